"""A lamp: what a part of the till is doing, as a shape, a colour and words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.lights import State
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign

_GROUNDS = {State.CARE: Colour.AMBER, State.BAD: Colour.RED_TINT}
_TEXTS = {State.CARE: Colour.AMBER_INK, State.BAD: Colour.RED}


class Lamp(QWidget):
    """One part of the till. While all is well it is quiet; what needs somebody stands on a ground of its own.

    `ground` is what the lamp stands on: HEADER on the window's head, SURFACE on a panel.
    """

    def __init__(self, theme: Theme, *, ground: Colour = Colour.HEADER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._own_ground = ground
        self._state = State.OFF
        self._words = ""
        self.setFont(theme.font(Text.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_state(self, state: State, words: str) -> None:
        """Show a state with its words, such as 'Printer: no answer'."""
        self._state, self._words = state, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self._tell()
        self.update()

    @property
    def state(self) -> State:
        """What is shown."""
        return self._state

    @property
    def words(self) -> str:
        """What is written."""
        return self._words

    def sizeHint(self) -> QSize:
        """Room for shape and words."""
        theme = self._theme
        width = QFontMetrics(self.font()).horizontalAdvance(self._words) + theme.px(20) + theme.px(22)
        return QSize(width, theme.px(Size.CHIP + 2))

    def minimumSizeHint(self) -> QSize:
        """Room for the shape and a few characters; what is cut ends in '…' and stands in the tooltip."""
        return QSize(min(self._theme.px(100), self.sizeHint().width()), self.sizeHint().height())

    def fits(self) -> bool:
        """Nothing is lost without a sign."""
        return self._shown() == self._words or self.toolTip() == self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip is there only while something is cut."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, shape, words."""
        theme = self._theme
        painter = QPainter(self)
        ground = _GROUNDS.get(self._state, self._own_ground)
        quiet = Colour.WHITE if self._own_ground in {Colour.HEADER, Colour.HEADER_SOFT} else Colour.GREEN_INK
        ink = theme.ink(_TEXTS.get(self._state, quiet), ground)
        if ground is not self._own_ground:
            draw_box(painter, QRectF(self.rect()), ground, radius=self.height() / 2)
        side = theme.px(18)
        box = QRectF(theme.px(8), (self.height() - side) / 2, side, side)
        self._paint_shape(painter, box, ink, QColor(ground))
        painter.setFont(self.font())
        painter.setPen(ink)
        rest = QRectF(self.rect()).adjusted(box.right() + theme.px(6), 0, 0, 0)
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self._shown())

    def _shown(self) -> str:
        room = self.width() - self._theme.px(8 + 18 + 6)
        return QFontMetrics(self.font()).elidedText(self._words, Qt.TextElideMode.ElideRight, room)

    def _tell(self) -> None:
        self.setToolTip("" if self._shown() == self._words else self._words)

    def _paint_shape(self, painter: QPainter, box: QRectF, ink: QColor, ground: QColor) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink)
        painter.setBrush(ink)
        sign, inner = Sign.CHECK, box.adjusted(4, 4, -4, -4)
        match self._state:
            case State.GOOD:
                painter.drawEllipse(box)
            case State.CARE:
                top = QPointF(box.center().x(), box.top() - 1)
                painter.drawPolygon(QPolygonF([top, box.bottomRight(), box.bottomLeft()]))
                sign, inner = Sign.BANG, box.adjusted(4, 5, -4, -1)
            case State.BAD:
                painter.drawRect(box)
                sign = Sign.CROSS
            case State.OFF:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(box)
        painter.restore()
        if self._state is not State.OFF:
            draw_sign(painter, sign, inner, ground, self._theme.px(2))
