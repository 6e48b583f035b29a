"""Lines and QR codes as dots: in the right cells, and whole."""

from __future__ import annotations

import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image

from receipts.picture import LEADING, Raster, draw_glyph, left_edge, line_raster, missing, qr_raster
from receipts.roll import Align, Line, PaperWidth, Size


def image_of(raster: Raster) -> Image.Image:
    return Image.frombytes("1", (raster.width, raster.height), raster.bits)


def ink_box(raster: Raster, *box: int) -> bool:
    return image_of(raster).crop((box[0], box[1], box[2], box[3])).getbbox() is not None


@pytest.mark.parametrize(
    ("align", "size", "expected"),
    [
        ("left", 1, 0),
        ("center", 1, (384 - 48) // 2),
        ("right", 1, 384 - 48),
        ("center", 2, (384 - 96) // 2),
    ],
)
def test_line_begins_where_the_printer_would_begin_it(align: Align, size: Size, expected: int) -> None:
    line = Line("堃𬭎", align, size)

    raster = line_raster(line, PaperWidth.MM58)

    inked = image_of(raster).getbbox()
    assert inked is not None
    assert left_edge(line, PaperWidth.MM58) == expected
    assert expected <= inked[0] < expected + 6 * size
    assert expected + 40 * size < inked[2] <= expected + 48 * size
    assert raster.height == 24 * size + LEADING


def test_amount_keeps_its_cells_at_the_right_edge() -> None:
    line = Line("龚䶮" + " " * 23 + "12.50")

    raster = line_raster(line, PaperWidth.MM58)

    assert raster.width == 384
    assert not ink_box(raster, 48, 0, 384 - 60, 30)
    assert [ink_box(raster, x, 0, x + 12, 30) for x in range(384 - 60, 384, 12)] == [True] * 5


def test_white_at_the_right_is_not_sent() -> None:
    assert line_raster(Line("䶮"), PaperWidth.MM80).width == 24
    assert line_raster(Line("   "), PaperWidth.MM80).width == 8


@pytest.mark.parametrize("char", "㑇𬱟䶮㛃𬭎喆堃𫖯𠅤")
def test_P6_font_has_the_rare_names(char: str) -> None:
    assert missing(char) == ""


def test_characters_that_the_font_lacks_are_named_and_boxed() -> None:
    box = draw_glyph("\U0001f600", 24, bold=False).point(lambda grey: 255 if grey else 0, "1")

    assert missing("王 😀\u3000五😀\ue000") == "😀\ue000"
    assert box.getbbox() == (2, 2, 22, 22)
    assert box.crop((4, 4, 20, 20)).getbbox() is None


def test_tails_of_letters_are_not_cut_off() -> None:
    assert ink_box(line_raster(Line("gjpqy䶮"), PaperWidth.MM58), 0, 24, 60, 30)


def test_bold_has_more_ink() -> None:
    thin, bold = (sum(draw_glyph("䶮", 24, bold=bold).tobytes()) for bold in (False, True))

    assert bold > thin


def test_qr_picture_has_its_quiet_zone() -> None:
    raster = qr_raster("A1-000123", 8)

    # 21 modules and 4 at each side.
    assert (raster.width, raster.height) == (29 * 8, 29 * 8)
    assert image_of(raster).getbbox() == (32, 32, 25 * 8, 25 * 8)


@pytest.mark.parametrize("data", ["A1-000123", "单号：一号机 䶮", "x" * 400])
def test_qr_picture_reads_back(data: str) -> None:
    raster = qr_raster(data, 4)

    paper = image_of(raster).convert("L").point(lambda ink: 255 - ink)
    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [data]


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    check = "import sys, receipts.escpos, receipts.printer, receipts.paper_picture; print(sorted({'PIL', 'qrcode', 'serial'} & set(sys.modules)))"

    answer = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)

    assert answer.stdout == "[]\n"
