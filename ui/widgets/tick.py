"""A tick: a box with a word beside it that is on or off."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign, ringed

_SIDE = 26


class Tick(QAbstractButton):
    """Space or a touch turns it; `toggled` tells."""

    def __init__(self, theme: Theme, words: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.say(words)

    def say(self, words: str) -> None:
        """Ask in these words."""
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for box and words."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for box and words."""
        theme = self._theme
        width = QFontMetrics(theme.font(Text.BODY)).horizontalAdvance(self.text())
        return QSize(width + theme.px(_SIDE + 3 * Size.SPACE) + 2, theme.px(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, sign, words."""
        painter, theme = QPainter(self), self._theme
        ringed(painter, self, theme, theme.px(Size.SMALL_RADIUS))
        side = theme.px(_SIDE)
        box = QRectF(theme.px(Size.SPACE), (self.height() - side) / 2, side, side)
        fill = Colour.GREEN if self.isChecked() else Colour.SURFACE
        draw_box(painter, box, fill, radius=theme.px(6), edge=Colour.EDGE, width=theme.px(2), dashed=not self.isEnabled())
        if self.isChecked():
            inset = theme.px(4)
            spot = box.adjusted(inset, inset, -inset, -inset)
            draw_sign(painter, Sign.CHECK, spot, theme.ink(Colour.WHITE, Colour.GREEN), theme.px(3))
        painter.setFont(theme.font(Text.BODY))
        painter.setPen(theme.ink(Colour.INK if self.isEnabled() else Colour.MUTED, Colour.SURFACE))
        room = QRectF(box.right() + theme.px(Size.SPACE), 0, self.width(), self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.text())
