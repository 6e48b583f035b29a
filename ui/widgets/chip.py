"""A chip: one or two words on a ground of their own, such as the meal of the moment."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import draw_box


class Shade(Enum):
    """Ground and text of a chip."""

    AMBER = (Colour.AMBER, Colour.AMBER_INK)
    GREEN = (Colour.GREEN_TINT, Colour.GREEN_INK)
    RED = (Colour.RED_TINT, Colour.RED)
    PLAIN = (Colour.SUNKEN, Colour.INK)


class Chip(QWidget):
    """A few words that are told apart at a glance. An empty chip is not there."""

    def __init__(self, theme: Theme, words: str = "", shade: Shade = Shade.GREEN, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shade = shade
        self._words = ""
        self.setFont(theme.font(Text.SMALL_STRONG))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._take(words)

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    def set_words(self, words: str, shade: Shade | None = None) -> None:
        """Say something else, or nothing."""
        self._shade = shade or self._shade
        self._take(words)
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        """Room for the words."""
        width = QFontMetrics(self.font()).horizontalAdvance(self._words) + self._theme.px(24)
        return QSize(width, self._theme.px(Size.CHIP + 2))

    def minimumSizeHint(self) -> QSize:
        """Room for the words."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pill and its words."""
        ground, text = self._shade.value
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), ground, radius=self.height() / 2)
        painter.setFont(self.font())
        painter.setPen(self._theme.ink(text, ground))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._words)

    def _take(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()
