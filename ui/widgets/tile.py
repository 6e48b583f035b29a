"""A dish as a large tile: its name, its price, its number key, and how many portions are chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.domain.money import Fen, money
from pos.i18n import _
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_picture, draw_sign, lines_of, ringed

_LINE = 1.25
"""Height of a line of a dish's name, in heights of its font."""
_PICTURE = 0.45
"""The width of a dish's picture, as a part of the tile's."""
_FADED = 0.4
_BADGE_PAD = 16


class Tile(QAbstractButton):
    """One dish. `clicked` is the wish for one portion more.

    A dish that has a picture shows it in the corner where the count of a chosen one is. A chosen tile has a thick edge, a tint, a check mark and its count: four signs, one of them colour. One that is
    gone is sunken, with a dashed edge, and its badge says why; it may be touched, and whoever does is told.
    """

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._price: Fen = 0
        self._key = ""
        self._badge = ""
        self._gone = False
        self._count = 0
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_dish(
        self, name: str, price: Fen, *, key: str = "", badge: str = "", picture: QPixmap | None = None, gone: bool = False
    ) -> None:
        """Show a dish and its price in fen; tiles are filled again rather than made again, which is slow."""
        self.setText(name)
        self._price, self._key, self._badge, self._picture, self._gone = price, key, badge, picture, gone
        self._tell()

    def set_count(self, count: int) -> None:
        """Show how many portions are chosen."""
        self._count = count
        self._tell()

    @property
    def count(self) -> int:
        """How many portions are chosen."""
        return self._count

    def retranslate(self) -> None:
        """Say the name in the language of the moment."""
        self._tell()

    def sizeHint(self) -> QSize:
        """A comfortable tile."""
        return QSize(self._theme.px(180), self._theme.px(108))

    def minimumSizeHint(self) -> QSize:
        """The smallest tile that still shows four characters twice and its price."""
        return QSize(self._theme.px(144), self._theme.px(88))

    def fits(self) -> bool:
        """Nothing is lost without a sign: a name that is cut stands whole in the tooltip."""
        return not self._cut() or self.toolTip() == self._whole()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip is there only while the name is cut."""
        super().resizeEvent(event)
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, box, name, key, price, badge, count."""
        painter = QPainter(self)
        theme = self._theme
        radius = theme.px(Size.RADIUS)
        box = ringed(painter, self, theme, radius)
        ground = self._ground()
        edge = Colour.GREEN if self._count else Colour.LINE
        draw_box(
            painter, box, ground, radius=radius, edge=edge if not self._faded else Colour.EDGE,
            width=theme.px(3 if self._count else 1), dashed=self._faded,
        )  # fmt: skip
        inner = self._inner()
        ink = theme.ink(Colour.MUTED if self._faded else Colour.INK, ground)
        if self._picture is not None:
            painter.setOpacity(_FADED if self._faded else 1)
            draw_picture(painter, self._picture, self._picture_box(), theme.px(Size.SMALL_RADIUS))
            painter.setOpacity(1)
        painter.setPen(ink)
        self._paint_name(painter)
        if self._key:
            self._paint_key(painter)
        line = QRectF(inner.x(), inner.bottom() - theme.px(30), inner.width(), theme.px(30))
        painter.setFont(theme.font(self._price_size()))
        painter.setPen(ink if self._faded else theme.ink(Colour.MONEY, ground))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom), money(self._price))
        if self._count:
            self._paint_count(painter)
        elif self._badge:
            self._paint_badge(painter)

    @property
    def _faded(self) -> bool:
        return self._gone or not self.isEnabled()

    def _ground(self) -> Colour:
        if self._faded:
            return Colour.SUNKEN
        return Colour.GREEN_TINT if self._count or self.isDown() else Colour.SURFACE

    def _inner(self) -> QRectF:
        side, edge = self._theme.px(14), self._theme.px(10)
        return QRectF(self.rect()).adjusted(side, edge, -side, -edge)

    def _paint_name(self, painter: QPainter) -> None:
        font, lines = self._name()
        box = self._name_box()
        height = font.pixelSize() * _LINE
        painter.setFont(font)
        for number, line in enumerate(lines):
            spot = QRectF(box.x(), box.y() + number * height, box.width() + 2, height)
            painter.drawText(spot, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line)

    def _name(self) -> tuple[QFont, list[str]]:
        """One large line where the name has room in it, else up to two smaller ones."""
        box = self._name_box()
        large = self._theme.font(Text.HEADING)
        if QFontMetrics(large).horizontalAdvance(self.text()) <= box.width():
            return large, [self.text()]
        small = self._theme.font(Text.STRONG)
        most = max(1, min(3 if self._picture is None else 2, int(box.height() // (small.pixelSize() * _LINE))))
        return small, lines_of(self.text(), small, box.width(), most)

    def _cut(self) -> bool:
        name = "".join("".join(self._name()[1]).split()) != "".join(self.text().split())
        return name or self._shown_badge() != self._badge

    def _whole(self) -> str:
        return f"{self.text()} {self._badge}".strip()

    def _tell(self) -> None:
        self.setToolTip(self._whole() if self._cut() else "")
        name = f"{self.text()} {money(self._price)}" + (f", {self._badge}" if self._badge else "")
        if self._key:
            name = _("{dish}, key {key}").format(dish=name, key=self._key)
        if self._count:
            name = _("{dish}, chosen {count}").format(dish=name, count=self._count)
        self.setAccessibleName(name)
        self.update()

    def _paint_key(self, painter: QPainter) -> None:
        theme = self._theme
        chip = self._key_box()
        draw_box(painter, chip, Colour.SUNKEN, radius=theme.px(6))
        painter.setFont(theme.font(Text.SMALL_STRONG))
        painter.setPen(theme.ink(Colour.MUTED, Colour.SUNKEN))
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def _paint_count(self, painter: QPainter) -> None:
        theme = self._theme
        font = theme.font(Text.STRONG)
        label = f"×{self._count}"
        inner = self._inner()
        height = theme.px(32)
        width = QFontMetrics(font).horizontalAdvance(label) + theme.px(20)
        # Price and count never lie on each other: on a narrow tile the check mark gives way.
        sign = theme.px(16) if width + theme.px(20) <= inner.width() - self._price_width() else 0
        width += sign + (theme.px(4) if sign else 0)
        pill = QRectF(inner.right() - width, inner.bottom() - height, width, height)
        draw_box(painter, pill, Colour.GREEN, radius=height / 2)
        white: QColor = theme.ink(Colour.WHITE, Colour.GREEN)
        left = theme.px(10)
        if sign:
            draw_sign(
                painter, Sign.CHECK, QRectF(pill.x() + left, pill.center().y() - sign / 2, sign, sign), white, theme.px(3)
            )
            left += sign + theme.px(4)
        painter.setFont(font)
        painter.setPen(white)
        painter.drawText(pill.adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), label)

    def _paint_badge(self, painter: QPainter) -> None:
        """On a ground of its own: it may lie on the dish's picture."""
        theme, inner = self._theme, self._inner()
        font, label = theme.font(self._badge_size()), self._shown_badge()
        width, height = QFontMetrics(font).horizontalAdvance(label) + theme.px(_BADGE_PAD), theme.px(Size.CHIP)
        ground = Colour.SURFACE if self._gone else Colour.SUNKEN
        box = QRectF(inner.right() - width + theme.px(4), inner.bottom() - height, width, height)
        draw_box(painter, box, ground, radius=theme.px(6), edge=Colour.EDGE if self._gone else None)
        painter.setFont(font)
        painter.setPen(theme.ink(Colour.INK, ground))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), label)

    def _badge_size(self) -> Text:
        return Text.SMALL_STRONG if self._gone else Text.SMALL

    def _price_width(self) -> int:
        return QFontMetrics(self._theme.font(self._price_size())).horizontalAdvance(money(self._price))

    def _price_size(self) -> Text:
        return Text.HEADING if self._inner().width() >= self._theme.px(150) else Text.STRONG

    def _shown_badge(self) -> str:
        metrics = QFontMetrics(self._theme.font(self._badge_size()))
        room = self._inner().width() - self._price_width() - self._theme.px(Size.GAP) - self._theme.px(_BADGE_PAD)
        return metrics.elidedText(self._badge, Qt.TextElideMode.ElideRight, int(room))

    def _picture_box(self) -> QRectF:
        """The right lower corner, below the name and beside the price."""
        inner, (font, lines) = self._inner(), self._name()
        name = len(lines) * font.pixelSize() * _LINE
        beside = inner.width() - self._price_width() - self._theme.px(Size.GAP)
        side = min(inner.height() - name, inner.width() * _PICTURE, beside)
        return QRectF(inner.right() - side, inner.bottom() - side, side, side)

    def _key_box(self) -> QRectF:
        theme = self._theme
        width = QFontMetrics(theme.font(Text.SMALL_STRONG)).horizontalAdvance(self._key) + theme.px(14)
        inner = self._inner()
        return QRectF(inner.right() - width + theme.px(4), inner.y(), width, theme.px(Size.CHIP))

    def _name_box(self) -> QRectF:
        inner = self._inner()
        right = self._key_box().x() - self._theme.px(6) if self._key else inner.right()
        return QRectF(inner.x(), inner.y(), right - inner.x(), inner.height() - self._theme.px(30))
