"""A pick: one of several things that are taken or left, with its key."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.i18n import _
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign, ringed

_SIGN = 18


class Pick(QAbstractButton):
    """`clicked` is the wish to take it or to leave it. What is taken has a check mark, a tint and a thick edge."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = ""
        self._taken = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_thing(self, name: str, key: str, *, taken: bool) -> None:
        """Show a thing; picks are filled again rather than made again."""
        self.setText(name)
        self._key, self._taken = key, taken
        spoken = _("{dish}, key {key}").format(dish=name, key=key)
        self.setAccessibleName(_("{dish}, chosen {count}").format(dish=spoken, count=1) if taken else spoken)
        self._tell()
        self.update()

    @property
    def taken(self) -> bool:
        """Whether it is taken."""
        return self._taken

    def sizeHint(self) -> QSize:
        """As high as a thumb."""
        return QSize(self._theme.px(200), self._theme.px(Size.TARGET))

    def minimumSizeHint(self) -> QSize:
        """Room for four characters, the sign and the key."""
        return QSize(self._theme.px(160), self._theme.px(Size.TARGET))

    def fits(self) -> bool:
        """A name that is cut stands whole in the tooltip."""
        return self._shown() == self.text() or self.toolTip() == self.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip is there only while the name is cut."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, box, sign, name, key."""
        painter, theme = QPainter(self), self._theme
        box = ringed(painter, self, theme, theme.px(Size.SMALL_RADIUS))
        ground = Colour.GREEN_TINT if self._taken or self.isDown() else Colour.SURFACE
        edge, width = (Colour.GREEN, 3) if self._taken else (Colour.EDGE, 1)
        draw_box(painter, box, ground, radius=theme.px(Size.SMALL_RADIUS), edge=edge, width=theme.px(width))
        if self._taken:
            side = theme.px(_SIGN)
            spot = QRectF(theme.px(Size.SPACE), (self.height() - side) / 2, side, side)
            draw_sign(painter, Sign.CHECK, spot, theme.ink(Colour.GREEN_INK, ground), theme.px(3))
        painter.setFont(theme.font(Text.STRONG if self._taken else Text.BODY))
        painter.setPen(theme.ink(Colour.INK, ground))
        painter.drawText(self._room(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self._shown())
        chip = self._chip()
        draw_box(painter, chip, Colour.SUNKEN, radius=theme.px(6))
        painter.setFont(theme.font(Text.SMALL_STRONG))
        painter.setPen(theme.ink(Colour.MUTED, Colour.SUNKEN))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def _room(self) -> QRectF:
        left = self._theme.px(Size.SPACE + _SIGN + Size.GAP)
        return QRectF(left, 0, self._chip().x() - left - self._theme.px(Size.GAP), self.height())

    def _chip(self) -> QRectF:
        theme = self._theme
        width = QFontMetrics(theme.font(Text.SMALL_STRONG)).horizontalAdvance(self._key) + theme.px(14)
        height = theme.px(Size.CHIP)
        return QRectF(self.width() - width - theme.px(Size.SPACE), (self.height() - height) / 2, width, height)

    def _shown(self) -> str:
        metrics = QFontMetrics(self._theme.font(Text.STRONG))
        return metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, int(self._room().width()))

    def _tell(self) -> None:
        self.setToolTip("" if self._shown() == self.text() else self.text())
