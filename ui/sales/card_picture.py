"""A drawn card and its waves: what the till waits for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Theme
from ui.widgets.paint import draw_box


class CardPicture(QWidget):
    """An ornament without words; the label below it says what to do."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One size."""
        return QSize(self._theme.px(168), self._theme.px(96))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A card with a stripe and a chip, and three waves beside it."""
        px, painter = self._theme.px, QPainter(self)
        card = QRectF(px(2), px(10), px(112), px(76))
        draw_box(painter, card, Colour.GREEN_TINT, radius=px(10), edge=Colour.GREEN, width=px(3))
        draw_box(painter, QRectF(px(16), px(30), px(24), px(20)), Colour.GREEN, radius=px(4))
        for number, width in enumerate((64, 44)):
            line = QRectF(px(16), px(60 + 11 * number), px(width), px(5))
            draw_box(painter, line, Colour.EDGE, radius=px(2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(Colour.GREEN), px(4), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for radius in (14, 28, 42):
            circle = QRectF(px(116) - px(radius), px(48) - px(radius), 2 * px(radius), 2 * px(radius))
            painter.drawArc(circle, -45 * 16, 90 * 16)
