"""A picture file as it is kept: small, a JPEG, on white; and what is no picture is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from ui.widgets.picture_file import SIDE, read_picture


def made(path: Path, width: int, height: int, colour: QColor | Qt.GlobalColor) -> Path:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(colour)
    assert image.save(str(path))
    return path


def shown(photo: bytes | None) -> QImage:
    assert photo is not None
    assert photo.startswith(b"\xff\xd8\xff"), "a JPEG"
    return QImage.fromData(photo)


@pytest.mark.parametrize("side", [SIDE, 320])
def test_a_large_picture_becomes_small_in_its_own_shape(qapp: QApplication, tmp_path: Path, side: int) -> None:
    image = shown(read_picture(made(tmp_path / "large.png", 2 * SIDE, SIDE, Qt.GlobalColor.red), side))

    assert (image.width(), image.height()) == (side, side // 2)
    assert image.pixelColor(1, 1).red() > 250


def test_a_small_picture_keeps_its_size(qapp: QApplication, tmp_path: Path) -> None:
    image = shown(read_picture(made(tmp_path / "small.bmp", 40, 30, Qt.GlobalColor.blue)))

    assert (image.width(), image.height()) == (40, 30)


def test_a_picture_without_a_ground_stands_on_white(qapp: QApplication, tmp_path: Path) -> None:
    image = shown(read_picture(made(tmp_path / "clear.png", 40, 30, QColor(0, 0, 0, 0))))

    assert image.pixelColor(20, 15) == QColor(255, 255, 255)


def test_what_is_no_picture_is_none(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "text.png").write_text("not a picture", "utf-8")

    assert [read_picture(tmp_path / name) for name in ("text.png", "missing.jpg")] == [None, None]
