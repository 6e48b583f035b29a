"""A picture file made small: upright, as JPEG, at most so many px wide or high."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

SIDE = 480
"""Large enough for a card's picture."""
QUALITY = 85
PATTERN = "(*.jpg *.jpeg *.png *.bmp *.webp)"


def read_picture(path: Path, side: int = SIDE) -> bytes | None:
    """The picture of a file; None where Qt cannot read it. Takes a while with a large one: not for the window's thread."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > side:
        image = image.scaled(
            QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    # Drawn anew, on white where it has no ground: what a camera adds about place and time does not come along.
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Not by QImage.save, which takes no bytes for a format in spite of its signature (PySide6 6.9).
    writer = QImageWriter(buffer, QByteArray(b"JPEG"))
    writer.setQuality(QUALITY)
    return bytes(data.data()) if writer.write(plain) else None
