"""The bytes of a slip, to the byte, and what a printer makes of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from receipts.escpos import Encoding, PrinterSettings, _calm, build, drawer_kick, writes
from receipts.escpos_reader import DrawerKick, Picture, QrSymbol, TextRow, TextRun, read
from receipts.picture import Raster, line_raster, qr_raster
from receipts.roll import Cut, Line, OpenDrawer, PaperWidth, Qr, Row, Slip, Text, clean, lay_out

ENCODINGS: tuple[Encoding, ...] = get_args(Encoding)
RARE = "㑇𬱟䶮㛃𬭎"


def test_a_small_slip_to_the_byte() -> None:
    slip = Slip(
        (
            Text("食堂", "center", 2, bold=True),
            Row("面", "¥8.00"),
            Qr("A1-7"),
            OpenDrawer(),
            Cut(),
        )
    )

    job = build(slip, PrinterSettings(width_mm=58))

    assert job == b"".join(
        (
            b"\x1b@",
            b"\x1c.\x1bp\x00\x19\xfa\x1c&",
            b"\x1ba\x01\x1d!\x11\x1c!\x0c\x1bE\x01\xca\xb3\xcc\xc3\n",
            b"\x1ba\x00\x1d!\x00\x1c!\x00\x1bE\x00\xc3\xe6" + b" " * 24 + b"\xa3\xa48.00\n",
            b"\x1ba\x01\x1c.",
            b"\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x08\x1d(k\x03\x001E1\x1d(k\x07\x001P0A1-7\x1d(k\x03\x001Q0",
            b"\x1c&",
            b"\x1dVB\x00",
        )
    )


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("gb18030", b"\xca\xb3\xcc\xc3"),
        ("gbk", b"\xca\xb3\xcc\xc3"),
        ("utf-8", b"\xe9\xa3\x9f\xe5\xa0\x82"),
        ("big5", b"\xad\xb9\xb0\xf3"),
    ],
)
def test_P6_chinese_goes_in_the_printers_own_encoding_from_the_first_line_on(
    encoding: Encoding, expected: bytes
) -> None:
    job = build(Slip((Text("食堂"),)), PrinterSettings(encoding=encoding))

    assert job == b"\x1b@\x1c&" + expected + b"\n"


@pytest.mark.parametrize("char", RARE)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_P6_rare_name_is_drawn_on_every_printer_on_the_first_line_too(char: str, encoding: Encoding) -> None:
    settings = PrinterSettings(width_mm=58, encoding=encoding)
    line = Line(char + "12.50", "center")

    drawn = read(build(Slip((Text(line.text, "center"), Text("OK"))), settings), settings)

    assert drawn == [
        Picture(line_raster(line, PaperWidth.MM58), "left"),
        TextRow((TextRun("OK", 1, bold=False),), "left"),
    ]


@pytest.mark.parametrize("char", "㑇䶮")
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_P6_printer_with_a_large_font_writes_two_byte_rarities_itself(char: str, encoding: Encoding) -> None:
    settings = PrinterSettings(encoding=encoding, rom_font="gb18030")

    job = build(Slip((Text(char),)), settings)

    assert job == b"\x1b@\x1c&" + char.encode(encoding) + b"\n"


@pytest.mark.parametrize(("char", "expected"), [("𬱟", False), ("㛃", False), ("𬭎", False), ("é", True)])
@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
def test_P6_four_byte_characters_are_never_sent(char: str, encoding: Encoding, expected: bool) -> None:
    assert writes(char, PrinterSettings(encoding=encoding, rom_font="gb18030")) == expected


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_yen_sign_of_latin_1_is_sent_as_the_full_width_one(encoding: Encoding) -> None:
    settings = PrinterSettings(encoding=encoding)

    drawn = read(build(Slip((Text("\xa512.50"),)), settings), settings)

    assert drawn == [TextRow((TextRun("￥12.50", 1, bold=False),), "left")]


@pytest.mark.parametrize(
    ("drawer", "pin", "expected"),
    [
        ("escpos", 2, b"\x1c.\x1bp\x00\x19\xfa\x1c&"),
        ("escpos", 5, b"\x1c.\x1bp\x01\x19\xfa\x1c&"),
        ("realtime", 2, b"\x1c.\x10\x14\x01\x00\x01\x1c&"),
        ("realtime", 5, b"\x1c.\x10\x14\x01\x01\x01\x1c&"),
        ("none", 2, b""),
    ],
)
def test_drawer_is_kicked_as_the_setting_says(
    drawer: Literal["escpos", "realtime", "none"], pin: Literal[2, 5], expected: bytes
) -> None:
    assert drawer_kick(PrinterSettings(drawer=drawer, drawer_pin=pin)) == expected


def test_drawer_opens_before_the_first_line_and_once() -> None:
    settings = PrinterSettings()

    drawn = read(build(Slip((Text("找零"), OpenDrawer(), OpenDrawer())), settings), settings)

    assert drawn[:1] == [DrawerKick(2, realtime=False)]
    assert [type(item) for item in drawn] == [DrawerKick, TextRow]


def test_printer_without_a_cutter_feeds_the_paper_to_its_edge() -> None:
    job = build(Slip((Cut(),)), PrinterSettings(cutter=False))

    assert job == b"\x1b@\x1c&\x1bd\x05"


@pytest.mark.parametrize("width_mm", [58, 80])
@pytest.mark.parametrize("data", ["7", "A1-000123", "单号" * 40, "x" * 779, "x" * 2331])
def test_qr_code_fits_the_paper_as_symbol_and_as_picture(data: str, width_mm: Literal[58, 80]) -> None:
    native = PrinterSettings(width_mm=width_mm)
    picture = PrinterSettings(width_mm=width_mm, qr="picture")

    [symbol] = read(build(Slip((Qr(data),)), native), native)
    [drawn] = read(build(Slip((Qr(data),)), picture), picture)

    assert isinstance(symbol, QrSymbol)
    assert symbol.data == data
    assert drawn == Picture(qr_raster(data, symbol.module_dots), "center")
    assert isinstance(drawn, Picture)
    assert drawn.raster.width <= native.paper.dots


def test_P6_styles_and_chinese_go_on_after_a_picture_and_a_code() -> None:
    settings = PrinterSettings(width_mm=58)
    slip = Slip((Text("合计", bold=True), Text("䶮"), Text("合计", bold=True), Qr("A1"), Text("谢谢")))

    drawn = read(build(slip, settings), settings)

    bold = TextRow((TextRun("合计", 1, bold=True),), "left")
    assert drawn == [
        bold,
        Picture(line_raster(Line("䶮"), PaperWidth.MM58), "left"),
        bold,
        QrSymbol("A1", 8, "center"),
        TextRow((TextRun("谢谢", 1, bold=False),), "left"),
    ]


def test_picture_that_would_open_the_drawer_is_sent_with_one_more_dot() -> None:
    settings = PrinterSettings(width_mm=58)
    raster = line_raster(Line("ÿ", "center", 2), PaperWidth.MM58)

    [drawn] = read(build(Slip((Text("ÿ", "center", 2),)), settings), settings)

    assert _calm(raster.bits) != raster.bits
    assert drawn == Picture(calm(raster), "left")


def test_no_picture_hides_a_command_that_printers_obey_in_the_midst_of_data() -> None:
    bits = b"\x00\x10\x14\x01\x00\x01\x10\x04\x10\x05\x10\x10\x14"

    assert _calm(bits) == b"\x00\x10\x1c\x01\x00\x01\x10\x0c\x10\x0d\x10\x10\x1c"


def calm(raster: Raster) -> Raster:
    return replace(raster, bits=_calm(raster.bits))


CHARACTERS = st.one_of(
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2EBE0),
    st.characters(max_codepoint=0x10FFFF),
    st.sampled_from("，。：（）￥\xa5×·—…“”①°é" + RARE),
)


@given(
    st.text(CHARACTERS, max_size=40),
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(ENCODINGS),
    st.sampled_from([58, 80]),
    st.sampled_from(["gbk", "gb18030"]),
)
@example("", "¢", "big5", 58, "gbk")
def test_P6_any_words_come_out_as_they_are_or_as_a_picture(
    words: str,
    amount: str,
    encoding: Encoding,
    width_mm: Literal[58, 80],
    rom_font: Literal["gbk", "gb18030"],
) -> None:
    settings = PrinterSettings(width_mm=width_mm, encoding=encoding, rom_font=rom_font)
    slip = Slip((Text(words, "center", 2), Row(words, amount), Text(clean(amount), bold=True)))

    drawn = read(build(slip, settings), settings)

    expected = [
        part.text if writes(part.text, settings) else calm(line_raster(part, settings.paper))
        for part in lay_out(slip, settings.paper)
        if isinstance(part, Line)
    ]
    assert [
        item.text if isinstance(item, TextRow) else item.raster
        for item in drawn
        if isinstance(item, TextRow | Picture)
    ] == expected
    assert not any(item.broken for item in drawn if isinstance(item, TextRow))
    assert all(item.cells <= settings.paper.cells for item in drawn if isinstance(item, TextRow))
    assert all(item.raster.width <= settings.paper.dots for item in drawn if isinstance(item, Picture))
