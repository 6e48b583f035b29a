"""A pad of number keys for fingers; whoever has a keyboard types into the field itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from pos.i18n import _
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.paint import Sign

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


class NumberPad(QWidget):
    """Ten digits, an erase key and, for amounts, the point. `pressed` carries what was pressed, `erased` nothing.

    The keys never take the focus, so the field keeps it and Enter stays what it was.
    """

    pressed = Signal(str)
    erased = Signal()

    def __init__(
        self, theme: Theme, *, point: bool = False, flat: bool = False, parent: QWidget | None = None
    ) -> None:
        """`flat` lays the keys in two rows of six; `point` adds the decimal point."""
        super().__init__(parent)
        self._line: QLineEdit | None = None
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(Size.GAP))
        across = 6 if flat else 3
        last = ("0", ".") if flat else (".", "0")
        for number, key in enumerate((*_KEYS, *last)):
            if key != "." or point:
                grid.addWidget(self._key(theme, key), number // across, number % across)
        self._erase = Button(theme, "", Kind.SECONDARY, sign=Sign.ERASE, size=Text.HEADING)
        self._erase.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._erase.setAutoRepeat(True)
        self._erase.clicked.connect(self._erase_one)
        grid.addWidget(self._erase, 11 // across, 11 % across)
        self.retranslate()

    def type_into(self, line: QLineEdit | None) -> None:
        """Let the keys write into this line."""
        self._line = line

    def retranslate(self) -> None:
        """Name the key that carries a sign instead of a digit."""
        self._erase.setAccessibleName(_("Erase the last digit"))

    def _key(self, theme: Theme, key: str) -> Button:
        button = Button(theme, key, Kind.SECONDARY, size=Text.HEADING)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._press(key))
        return button

    def _press(self, key: str) -> None:
        if self._line is not None:
            self._line.insert(key)
        self.pressed.emit(key)

    def _erase_one(self) -> None:
        if self._line is not None:
            self._line.backspace()
        self.erased.emit()
