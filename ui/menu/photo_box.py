"""The picture of a dish in its form, or that there is none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.i18n import _
from ui.theme import Colour, Size, Text, Theme
from ui.widgets.buttons import Button
from ui.widgets.paint import draw_box, draw_picture
from ui.widgets.panel import row


class PhotoBox(QWidget):
    """`wanted` is the wish to choose a file (F5); F6 takes the picture away."""

    wanted = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo: bytes | None = None
        self._picture = _Picture(theme)
        self._choose, self._remove = Button(theme, key="F5"), Button(theme, key="F6")
        line = row(theme, self._picture, self._choose, self._remove)
        line.setContentsMargins(0, 0, 0, 0)
        line.addStretch(1)
        self.setLayout(line)
        self._choose.clicked.connect(self.wanted)
        self._remove.clicked.connect(lambda: self.show_photo(None))
        self.retranslate()

    @property
    def photo(self) -> bytes | None:
        """The picture file that is shown."""
        return self._photo

    def show_photo(self, photo: bytes | None) -> None:
        """Show a picture file, or none; one that Qt cannot read looks like none."""
        self._photo = photo
        self._picture.show_photo(photo)
        self._remove.setVisible(photo is not None)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._choose.setText(_("Photo"))
        self._remove.setText(_("No photo"))
        self._picture.setAccessibleName(_("Photo"))


class _Picture(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._pixmap = QPixmap()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_photo(self, photo: bytes | None) -> None:
        self._pixmap = QPixmap()
        if photo:
            self._pixmap.loadFromData(photo)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the buttons beside it."""
        return QSize(self._theme.px(84), self._theme.px(Size.TARGET))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, or a dash in an empty box."""
        painter, theme, box = QPainter(self), self._theme, QRectF(self.rect())
        radius = theme.px(Size.SMALL_RADIUS)
        if not self._pixmap.isNull():
            draw_picture(painter, self._pixmap, box, radius)
            return
        draw_box(painter, box, Colour.SUNKEN, radius=radius, edge=Colour.EDGE, dashed=True)
        painter.setFont(theme.font(Text.SMALL))
        painter.setPen(theme.ink(Colour.MUTED, Colour.SUNKEN))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "–")
