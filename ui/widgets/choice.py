"""A choice: its label and one of a few values, or where it is open, anything typed."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QListView, QVBoxLayout, QWidget

from ui.theme import Colour, Text, Theme
from ui.widgets.labels import Label
from ui.widgets.paint import Sign, draw_sign


class _Box(QComboBox):
    """A box whose arrow is drawn: a style sheet could only show a picture file."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt's box, then the arrow."""
        super().paintEvent(event)
        theme, side = self._theme, self._theme.px(18)
        spot = QRectF(self.width() - theme.px(20) - side, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        draw_sign(painter, Sign.DOWN, spot, theme.ink(Colour.INK, Colour.SURFACE), theme.px(3))


class Choice(QWidget):
    """One question with a few answers. `chosen` carries the value, not the words."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, open_ended: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = Label(theme, "", Text.SMALL_STRONG)
        self.box: QComboBox = _Box(theme)
        self.box.setFont(theme.font(Text.BODY))
        self.box.setView(QListView())
        self.box.setEditable(open_ended)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._label.setBuddy(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(self._label)
        layout.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.activated.connect(lambda: self.chosen.emit(self.value))

    def set_label(self, label: str) -> None:
        """Ask in these words."""
        self._label.setText(label)
        self.box.setAccessibleName(label)
        if (line := self.box.lineEdit()) is not None:
            line.setAccessibleName(label)

    def set_options(self, options: Iterable[tuple[str, str]]) -> None:
        """Offer values with their words, in the language of the moment; what was chosen stays chosen."""
        before = self.value
        self.box.clear()
        for value, words in options:
            self.box.addItem(words, value)
        self.set_value(before)

    @property
    def value(self) -> str:
        """The value chosen, or what was typed."""
        typed = self.box.currentText().strip()
        found = self.box.findText(typed, Qt.MatchFlag.MatchExactly)
        return str(self.box.itemData(found)) if found >= 0 else typed

    def set_value(self, value: str) -> None:
        """Choose a value."""
        found = self.box.findData(value)
        if found >= 0:
            self.box.setCurrentIndex(found)
        elif self.box.isEditable() and value:
            self.box.setEditText(value)
        elif self.box.count():
            self.box.setCurrentIndex(0)
