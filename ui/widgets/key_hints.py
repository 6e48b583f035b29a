"""Which keys do what on this screen: a line of keys and words at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Size, Text, Theme
from ui.widgets.paint import draw_box

Hints = tuple[tuple[str, str], ...]
"""Keys and what they do, the most needed first: (("F12", "Pay"), ("Esc", "Cancel"))."""


class KeyHints(QWidget):
    """Keys with their words, over one line or two."""

    def __init__(self, theme: Theme, *, ground: Colour = Colour.SUNKEN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = ground
        self._hints: Hints = ()
        self.setFont(theme.font(Text.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_hints(self, hints: Hints) -> None:
        """Show these keys."""
        self._hints = hints
        self.setAccessibleName(", ".join(f"{key} {words}" for key, words in hints))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for two lines."""
        return QSize(self._theme.px(400), self._theme.px(Size.FOOTER))

    def minimumSizeHint(self) -> QSize:
        """Room for two lines."""
        return QSize(self._theme.px(200), self._theme.px(Size.FOOTER))

    def fits(self) -> bool:
        """Whether every hint has room."""
        return len(self._places()) == len(self._hints)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each key in a frame of its own, its words after it."""
        theme = self._theme
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), self._ground, radius=0)
        metrics = QFontMetrics(self.font())
        painter.setFont(self.font())
        for box, (key, words) in zip(self._places(), self._hints, strict=False):
            chip = QRectF(box.x(), box.y(), metrics.horizontalAdvance(key) + theme.px(14), box.height())
            draw_box(painter, chip, Colour.SURFACE, radius=theme.px(6), edge=Colour.EDGE, width=theme.px(1))
            painter.setPen(theme.ink(Colour.INK, Colour.SURFACE))
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), key)
            painter.setPen(theme.ink(Colour.MUTED, self._ground))
            rest = QRectF(chip.right() + theme.px(6), box.y(), box.width(), box.height())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _places(self) -> list[QRectF]:
        theme, metrics = self._theme, QFontMetrics(self.font())
        widths = [
            metrics.horizontalAdvance(key) + metrics.horizontalAdvance(words) + theme.px(14 + 6) for key, words in self._hints
        ]
        gap, height, edge = theme.px(18), theme.px(Size.CHIP), theme.px(Size.WIDE)
        room = self.width() - edge
        one_line = edge + sum(widths) + gap * (len(widths) - 1) <= room
        top = (self.height() - height) / 2 if one_line else (self.height() - 2 * height - theme.px(4)) / 2
        places: list[QRectF] = []
        x, y, line = float(edge), top, 0
        for width in widths:
            if x > edge and x + width > room:
                line, x, y = line + 1, float(edge), y + height + theme.px(4)
            if line > 1 or x + width > room:
                break
            places.append(QRectF(x, y, width, height))
            x += width + gap
        return places
