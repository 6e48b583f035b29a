"""The diner's picture, or a circle with the first character of the name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Colour, Text, Theme
from ui.widgets.paint import draw_box

_SIDE = 76


class Portrait(QWidget):
    """A round picture of one size."""

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._initial = ""
        self._photo = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_person(self, name: str, photo: bytes | None) -> None:
        """Show somebody; a picture that Qt cannot read counts as none."""
        self._initial = name[:1].upper()
        self._photo = QPixmap()
        if photo:
            self._photo.loadFromData(photo)
        self.update()

    def sizeHint(self) -> QSize:
        """One size."""
        side = self._theme.px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in a circle, or the initial."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, Colour.GREEN_TINT, radius=box.width() / 2, edge=Colour.GREEN, width=self._theme.px(2))
        if self._photo.isNull():
            painter.setFont(self._theme.font(Text.AMOUNT))
            painter.setPen(self._theme.ink(Colour.GREEN_INK, Colour.GREEN_TINT))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), self._initial)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QPainterPath()
        circle.addEllipse(box)
        painter.setClipPath(circle)
        scaled = self._photo.scaled(
            self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawPixmap((self.width() - scaled.width()) // 2, (self.height() - scaled.height()) // 2, scaled)
