"""One member found: name, age, the tails of telephone and card, and the balance, in columns."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos import words
from pos.domain.members import MemberHit, MemberStatus
from pos.i18n import _
from ui import formats
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign, ringed


class HitRow(QAbstractButton):
    """A line to touch. The marked one has a thick edge, a tint and an arrow."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns: tuple[str, ...] = ("", "", "", "")
        self._name = ""
        self._marked = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hit(self, hit: MemberHit, *, marked: bool) -> None:
        """Show somebody."""
        self._name, self._marked = hit.name, marked
        phone = _("phone {tail}").format(tail=hit.phone_tail) if hit.phone_tail else ""
        card = _("card {tail}").format(tail=hit.card_tail) if hit.card_tail else _("no card")
        what = words.money(hit.spendable) if hit.status is MemberStatus.ACTIVE else words.member_status(hit.status)
        self._columns = (formats.age(hit.age), phone, card, what)
        self.setAccessibleName(", ".join(part for part in (hit.name, *self._columns) if part))
        metrics = QFontMetrics(self._theme.font(Text.HEADING))
        self.setToolTip(hit.name if metrics.horizontalAdvance(hit.name) > self._name_width() else "")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a thumb."""
        return QSize(self._theme.px(700), self._theme.px(Size.TARGET))

    def minimumSizeHint(self) -> QSize:
        """As high as a thumb."""
        return QSize(self._theme.px(640), self._theme.px(Size.TARGET))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the line that the Tab key went to."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, name, columns."""
        painter, theme = QPainter(self), self._theme
        box = ringed(painter, self, theme, theme.px(Size.RADIUS))
        ground = Colour.GREEN_TINT if self._marked or self.isDown() else Colour.SURFACE
        edge = Colour.GREEN if self._marked else Colour.LINE
        width = theme.px(3 if self._marked else 1)
        draw_box(painter, box, ground, radius=theme.px(Size.RADIUS), edge=edge, width=width)
        if self._marked:
            side = theme.px(20)
            spot = QRectF(theme.px(12), (self.height() - side) / 2, side, side)
            draw_sign(painter, Sign.NEXT, spot, theme.ink(Colour.GREEN_INK, ground), theme.px(3))
        painter.setFont(theme.font(Text.HEADING))
        painter.setPen(theme.ink(Colour.INK, ground))
        name = QRectF(theme.px(40), 0, self._name_width(), self.height())
        elided = QFontMetrics(painter.font()).elidedText(self._name, Qt.TextElideMode.ElideRight, int(name.width()))
        painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter), elided)
        self._paint_columns(painter, name.right(), ground)

    def _paint_columns(self, painter: QPainter, left: float, ground: Colour) -> None:
        theme = self._theme
        widths = self._widths()
        for number, (text, width) in enumerate(zip(self._columns, widths, strict=True)):
            last = number == len(widths) - 1
            painter.setFont(theme.font(Text.STRONG if last else Text.SMALL))
            painter.setPen(theme.ink(Colour.INK if last else Colour.MUTED, ground))
            side = Qt.AlignmentFlag.AlignRight if last else Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(left, 0, width, self.height()), int(side | Qt.AlignmentFlag.AlignVCenter), text)
            left += width

    def _widths(self) -> tuple[int, int, int, int]:
        px = self._theme.px
        return px(128), px(134), px(124), px(112)

    def _name_width(self) -> int:
        return max(self._theme.px(90), self.width() - sum(self._widths()) - self._theme.px(40 + 16))
