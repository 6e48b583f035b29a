"""A tab: one of several places that a page can show, with its key. The open one has a thick edge."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import draw_box, ringed

_EDGE = 6


class Tab(QAbstractButton):
    """A name and its key; the open one is tinted, bold, and has a thick edge at its left."""

    def __init__(
        self, theme: Theme, key: str = "", *, width: int = 84, small: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._width = theme.px(width)
        self._plain, self._bold = (Text.SMALL, Text.SMALL_STRONG) if small else (Text.BODY, Text.STRONG)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Call the place this."""
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip("" if self.fits() else words)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a finger."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As high as a finger."""
        return QSize(self._width, self._theme.px(46))

    def fits(self) -> bool:
        """Whether the whole name can be read."""
        return self._shown() == self.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, edge, name, key."""
        painter, theme = QPainter(self), self._theme
        box = ringed(painter, self, theme, theme.px(Size.SMALL_RADIUS))
        on = self.isChecked() or self.isDown() or self.underMouse()
        ground = Colour.GREEN_TINT if on else Colour.SURFACE
        draw_box(painter, box, ground, radius=theme.px(Size.SMALL_RADIUS))
        if self.isChecked():
            edge = QRectF(box.left(), box.top() + theme.px(6), theme.px(_EDGE), box.height() - theme.px(12))
            draw_box(painter, edge, Colour.GREEN, radius=theme.px(3))
        painter.setPen(theme.ink(Colour.GREEN_INK if self.isChecked() else Colour.INK, ground))
        painter.setFont(self._font())
        room = QRectF(theme.px(18), 0, self.width() - theme.px(18 + Size.GAP), self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._shown())
        painter.setFont(theme.font(Text.SMALL))
        painter.setPen(theme.ink(Colour.MUTED, ground))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), self._key)

    def _font(self) -> QFont:
        return self._theme.font(self._bold if self.isChecked() else self._plain)

    def _shown(self) -> str:
        key = QFontMetrics(self._theme.font(Text.SMALL)).horizontalAdvance(self._key)
        room = self.width() - self._theme.px(18 + Size.GAP + (Size.GAP if self._key else 0)) - key
        return QFontMetrics(self._theme.font(self._bold)).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
