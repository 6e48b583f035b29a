"""The message strip: what happened, whether money moved, what to do now. It stays until the next deed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from ui.presenting import Message, Tone
from ui.theme import Colour, Size, Text, Theme
from ui.widgets import labels
from ui.widgets.labels import ElidedLabel, Label
from ui.widgets.paint import Sign, draw_box, draw_sign


@dataclass(frozen=True, slots=True)
class _Face:
    ground: Colour
    text: Colour
    tone: labels.Tone
    sign: Sign


_FACES = {
    Tone.GOOD: _Face(Colour.GREEN_TINT, Colour.GREEN_INK, labels.Tone.GREEN, Sign.CHECK),
    Tone.NOTE: _Face(Colour.SUNKEN, Colour.INK, labels.Tone.PLAIN, Sign.INFO),
    Tone.REFUSED: _Face(Colour.AMBER_TINT, Colour.AMBER_INK, labels.Tone.AMBER, Sign.BANG),
    Tone.FAILED: _Face(Colour.RED_TINT, Colour.RED, labels.Tone.RED, Sign.CROSS),
}


class Banner(QFrame):
    """One message. No timer takes it away: the next swipe or key does, by `clear`."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message = Message("")
        self._title = ElidedLabel(theme, "", Text.STRONG)
        self._money = Label(theme, "", Text.SMALL_STRONG)
        self._todo = ElidedLabel(theme, "", Text.SMALL)
        grid = QGridLayout(self)
        edge = theme.px(Size.SPACE)
        grid.setContentsMargins(theme.px(64), theme.px(5), edge, theme.px(5))
        grid.setHorizontalSpacing(theme.px(Size.GAP))
        grid.setVerticalSpacing(0)
        grid.addWidget(self._title, 0, 0, 1, 2)
        grid.addWidget(self._money, 1, 0)
        grid.addWidget(self._todo, 1, 1)
        grid.setColumnStretch(1, 1)
        self.setAccessibleName("")
        self.hide()

    @property
    def message(self) -> Message:
        """What is shown; an empty title when nothing is."""
        return self._message

    def show_message(self, message: Message) -> None:
        """Show a message until the next one or `clear`."""
        self._message = message
        face = _FACES[message.tone]
        for label, text in ((self._title, message.title), (self._money, message.money), (self._todo, message.todo)):
            label.setText(text)
            label.setVisible(bool(text))
            label.set_tone(face.tone)
        self.setAccessibleName(" ".join(part for part in (message.title, message.money, message.todo) if part))
        self.show()
        self.update()

    def clear(self) -> None:
        """Take the message away."""
        self._message = Message("")
        self.setAccessibleName("")
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground, an edge at the left and a large sign; the words are labels."""
        theme, face = self._theme, _FACES[self._message.tone]
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        draw_box(painter, QRectF(self.rect()), face.ground, radius=0)
        draw_box(painter, QRectF(0, 0, theme.px(8), self.height()), face.text, radius=0)
        side = theme.px(32)
        spot = QRectF(theme.px(20), (self.height() - side) / 2, side, side)
        draw_box(painter, spot, face.text, radius=side / 2)
        pad = theme.px(8)
        draw_sign(painter, face.sign, spot.adjusted(pad, pad, -pad, -pad), QColor(face.ground), theme.px(3))
