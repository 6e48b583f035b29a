"""Buttons: primary, secondary, danger and quiet, each with its key beside its words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import Sign, draw_box, draw_sign, ringed


class Kind(Enum):
    """How much a button matters."""

    PRIMARY = auto()
    SECONDARY = auto()
    DANGER = auto()
    QUIET = auto()


@dataclass(frozen=True, slots=True)
class _Face:
    text: Colour
    fill: Colour
    down: Colour
    edge: Colour


_FACES = {
    Kind.PRIMARY: _Face(Colour.WHITE, Colour.GREEN, Colour.GREEN_DOWN, Colour.GREEN_DOWN),
    Kind.SECONDARY: _Face(Colour.GREEN_INK, Colour.SURFACE, Colour.GREEN_TINT, Colour.EDGE),
    Kind.DANGER: _Face(Colour.RED, Colour.SURFACE, Colour.RED_TINT, Colour.RED),
    Kind.QUIET: _Face(Colour.GREEN_INK, Colour.CANVAS, Colour.SUNKEN, Colour.CANVAS),
}
_DISABLED = _Face(Colour.MUTED, Colour.SUNKEN, Colour.SUNKEN, Colour.EDGE)
_CHECKED = _Face(Colour.WHITE, Colour.GREEN, Colour.GREEN_DOWN, Colour.GREEN_DOWN)
_ON_HEADER = _Face(Colour.WHITE, Colour.HEADER_SOFT, Colour.GREEN_DOWN, Colour.WHITE)


class Button(QPushButton):
    """A button that paints itself, so that its words, its key and its focus ring always have room.

    `key` is only shown: the shortcut itself is a QShortcut of the screen (QPushButton.setShortcut clicks 100 ms
    late). A checked button carries a check mark, a disabled one a dashed edge: nothing is told by colour alone.
    """

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        kind: Kind = Kind.SECONDARY,
        *,
        key: str = "",
        sign: Sign | None = None,
        size: Text = Text.STRONG,
        height: int = Size.TARGET,
        on_header: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kind = kind
        self._key = key
        self._sign = sign
        self._height = height
        self._on_header = on_header
        self.setFont(theme.font(size))
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def setText(self, words: str) -> None:
        """Show these words; they are the accessible name too."""
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Change how much it matters."""
        self._kind = kind
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all that is painted."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for all that is painted: less would cut the words."""
        least = self._theme.px(Size.TARGET)
        pad = 2 * self._theme.px(14)
        return QSize(max(least, self._content_width() + pad), max(self._theme.px(self._height), least))

    def fits(self) -> bool:
        """Whether everything painted has room."""
        return self._content_width() <= self.width() - 2 * self._theme.px(Size.GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """With Ctrl a key is the page's; for an arrow Qt would move the focus all the same."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, box, sign, words, key."""
        painter = QPainter(self)
        theme, face = self._theme, self._face()
        radius = theme.px(Size.RADIUS)
        box = ringed(painter, self, theme, radius, Colour.WHITE)
        over = self.isDown() or (self.underMouse() and self.isEnabled())
        fill = face.down if over else face.fill
        draw_box(
            painter, box, fill, radius=radius, edge=face.edge, width=theme.px(2 if self._kind is Kind.DANGER else 1),
            dashed=not self.isEnabled(),
        )  # fmt: skip
        self._paint_content(painter, theme.ink(face.text, fill))

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        theme = self._theme
        metrics = QFontMetrics(self.font())
        sign = Sign.CHECK if self.isCheckable() and self.isChecked() else self._sign
        x = (self.width() - self._content_width(signed=sign is not None)) / 2
        if sign is not None:
            side = self._sign_width()
            draw_sign(painter, sign, QRectF(x, (self.height() - side) / 2, side, side), ink, theme.px(3))
            x += side + (theme.px(Size.GAP) if self.text() else 0)
        painter.setFont(self.font())
        painter.setPen(ink)
        width = metrics.horizontalAdvance(self.text())
        painter.drawText(QRectF(x, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        if self._key:
            self._paint_key(painter, ink, x + width + theme.px(Size.SPACE))

    def _paint_key(self, painter: QPainter, ink: QColor, x: float) -> None:
        theme = self._theme
        painter.setFont(theme.font(Text.SMALL))
        width, height = self._key_width(), theme.px(Size.CHIP)
        chip = QRectF(x, (self.height() - height) / 2, width, height)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip, theme.px(6), theme.px(6))
        painter.restore()
        painter.setPen(ink)
        painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), self._key)

    def _face(self) -> _Face:
        if not self.isEnabled():
            return _DISABLED
        if self._on_header:
            return _ON_HEADER
        return _CHECKED if self.isCheckable() and self.isChecked() else _FACES[self._kind]

    def _sign_width(self) -> int:
        return round(self.font().pixelSize() * 0.8)

    def _key_width(self) -> int:
        return QFontMetrics(self._theme.font(Text.SMALL)).horizontalAdvance(self._key) + self._theme.px(14)

    def _content_width(self, *, signed: bool | None = None) -> int:
        theme = self._theme
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        if self._sign is not None or self.isCheckable() if signed is None else signed:
            width += self._sign_width() + (theme.px(Size.GAP) if self.text() else 0)
        if self._key:
            width += theme.px(Size.SPACE) + self._key_width()
        return width
