"""A picture file made small enough for a card's picture: upright, at most 480 px, JPEG."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImageReader

SIDE = 480
QUALITY = 85
PATTERN = "(*.jpg *.jpeg *.png *.bmp *.webp)"


def read_picture(path: Path) -> bytes | None:
    """The picture of a file; None where Qt cannot read it. Takes a while with a large one: not for the window's thread."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > SIDE:
        image = image.scaled(
            QSize(SIDE, SIDE), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Written anew: what a camera adds about place and time does not come along.
    image.save(buffer, b"JPEG", QUALITY)
    return bytes(data.data())
