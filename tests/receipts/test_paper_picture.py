"""The painted paper: everything that was printed stands on it."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

import pytest
import zxingcpp
from PIL import Image

from receipts.escpos import PrinterSettings, build
from receipts.paper_picture import paint
from receipts.roll import Blank, Cut, Element, OpenDrawer, Qr, Row, Rule, Slip, Text


def painted(*elements: Element, width_mm: Literal[58, 80] = 58, scale: int = 1) -> Image.Image:
    settings = PrinterSettings(width_mm=width_mm)
    return Image.open(BytesIO(paint(build(Slip(elements), settings), settings, scale)))


def dark_box(paper: Image.Image) -> tuple[int, int, int, int] | None:
    """What is darker than the strip's edge and the cut line."""
    return paper.convert("L").point(lambda grey: 255 if grey < 100 else 0).getbbox()


@pytest.mark.parametrize(
    ("width_mm", "scale", "expected"), [(58, 1, 58 * 8), (80, 1, 80 * 8), (80, 2, 80 * 16), (58, 3, 58 * 24)]
)
def test_strip_is_as_wide_as_the_paper(width_mm: Literal[58, 80], scale: int, expected: int) -> None:
    assert painted(Text("票"), width_mm=width_mm, scale=scale).width == expected


def test_P6_written_and_drawn_lines_stand_in_the_same_cells() -> None:
    written = dark_box(painted(Row("龚龙", "12.50")))
    drawn = dark_box(painted(Row("龚䶮", "12.50")))

    assert written is not None
    assert drawn is not None
    assert all(abs(one - other) <= 2 for one, other in zip(written, drawn, strict=True))


def test_rows_are_as_high_as_their_letters() -> None:
    heights = [
        painted(*elements).height for elements in ((), (Text("票"),), (Text("票", size=2),), (Blank(3),))
    ]

    assert heights == [80, 110, 134, 170]


@pytest.mark.parametrize("qr", ["native", "picture"])
@pytest.mark.parametrize("data", ["A1-000123", "单号一二三"])
def test_qr_code_on_the_paper_reads_back(data: str, qr: Literal["native", "picture"]) -> None:
    settings = PrinterSettings(qr=qr)
    job = build(Slip((Text("扫码"), Qr(data), Cut())), settings)

    paper = Image.open(BytesIO(paint(job, settings)))

    assert [code.text for code in zxingcpp.read_barcodes(paper)] == [data]


def test_cut_is_a_dashed_line_across() -> None:
    paper = painted(Rule(), Cut(), OpenDrawer()).convert("L")
    y = 40 + 30 + 40

    dashes = paper.crop((14, y, paper.width, y + 1)).point(lambda grey: 255 if grey < 255 else 0)

    assert [bool(dashes.getpixel((x, 0))) for x in range(28)] == ([True] * 8 + [False] * 6) * 2


def test_blank_paper_has_no_ink() -> None:
    assert dark_box(painted(Text(""), Blank(2))) is None
