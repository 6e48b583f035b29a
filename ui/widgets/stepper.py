"""A stepper: fewer, the number, more; both ends are as large as a thumb."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.i18n import _
from ui.theme import Size, Text, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.paint import Sign


class Stepper(QWidget):
    """A count with a minus and a plus. `stepped` carries the wish, -1 or 1; the count changes when told."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, what: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = what
        self._minus = Button(theme, "", Kind.SECONDARY, sign=Sign.MINUS)
        self._plus = Button(theme, "", Kind.SECONDARY, sign=Sign.PLUS)
        self._number = Label(theme, "0", Text.HEADING)
        self._number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._number.setMinimumWidth(theme.px(36))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(Size.GAP) // 2)
        for widget in (self._minus, self._number, self._plus):
            layout.addWidget(widget)
        side = theme.px(Size.TARGET)
        self._minus.setFixedSize(side, side)
        self._plus.setFixedSize(side, side)
        self._minus.clicked.connect(lambda: self.stepped.emit(-1))
        self._plus.clicked.connect(lambda: self.stepped.emit(1))
        self.retranslate()

    def set_count(self, count: int) -> None:
        """Show the count."""
        self._number.setText(str(count))

    def set_what(self, what: str) -> None:
        """Say what is counted, for a screen reader."""
        self._what = what
        self.retranslate()

    def retranslate(self) -> None:
        """Name both ends in the language of the moment."""
        self._minus.setAccessibleName(_("One less: {what}").format(what=self._what))
        self._plus.setAccessibleName(_("One more: {what}").format(what=self._what))
