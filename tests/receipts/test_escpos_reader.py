"""What a printer makes of bytes, right ones and wrong ones."""

from __future__ import annotations

import pytest

from receipts.escpos import Encoding, PrinterSettings
from receipts.escpos_reader import (
    Cut,
    DrawerKick,
    Feed,
    Picture,
    QrSymbol,
    TextRow,
    TextRun,
    UnknownCommand,
    read,
)
from receipts.picture import Raster

GBK = PrinterSettings(width_mm=58)
QR = b"\x1d(k\x05\x001P0A1\x1d(k\x03\x001Q0"


def row(text: str, size: int = 1, *, bold: bool = False) -> TextRow:
    return TextRow((TextRun(text, size, bold),), "left")


def test_styles_last_until_they_are_changed_or_forgotten() -> None:
    data = b"\x1ba\x02\x1d!\x11\x1bE\x01A\x1bE\x00B\nC\n\x1b@D\n"

    assert read(data, GBK) == [
        TextRow((TextRun("A", 2, True), TextRun("B", 2, False)), "right"),
        TextRow((TextRun("C", 2, False),), "right"),
        row("D"),
    ]


def test_chinese_needs_its_mode() -> None:
    assert read(b"\x1c&\xca\xb3\n\x1c.\xca\xb3\n\x1c&\xca\xb3\n\x1b@\xca\xb3\n", GBK) == [
        row("食"),
        row("╩│"),
        row("食"),
        row("╩│"),
    ]


@pytest.mark.parametrize(
    ("encoding", "sent", "expected"),
    [
        ("gbk", "㛃".encode("gb18030"), "��"),  # 82 30 b7 31: two pairs, and neither is a character
        ("gb18030", "㛃".encode("gb18030"), "��"),
        ("gb18030", "䶮".encode("gb18030"), "�"),
        ("utf-8", "㛃𬭎".encode(), "��"),
        ("utf-8", "食堂".encode(), "食堂"),
        ("utf-8", "食堂".encode("gbk"), "��"),
        ("big5", "食堂".encode("big5"), "食堂"),
    ],
)
def test_what_the_printers_font_lacks_is_rubbish(encoding: Encoding, sent: bytes, expected: str) -> None:
    assert read(b"\x1c&" + sent + b"\n", PrinterSettings(encoding=encoding)) == [row(expected)]


def test_wrong_encoding_eats_the_line_feed() -> None:
    assert read(b"\x1c&caf\x82\nA\n", GBK) == [row("caf�A")]


def test_long_row_is_broken_at_the_edge() -> None:
    assert read(b"x" * 33 + b"\n", GBK) == [
        TextRow((TextRun("x" * 32, 1, False),), "left", broken=True),
        row("x"),
    ]


def test_qr_code_in_chinese_mode_is_empty() -> None:
    data = b"\x1ba\x01\x1d(k\x03\x001C\x06" + QR + b"\x1c&" + QR

    assert read(data, GBK) == [QrSymbol("A1", 6, "center"), QrSymbol("", 6, "center")]


def test_pictures_drawer_feed_and_knife() -> None:
    data = (
        b"\x1dv0\x00\x02\x00\x01\x00\x0a\x1b"
        b"\x1bp\x01\x19\xfa\x10\x14\x01\x00\x01\x10\x04\x01\x00\x00"
        b"A\x1bd\x03\n\x1dVB\x00\x1dV\x01"
    )

    assert read(data, GBK) == [
        Picture(Raster(16, 1, b"\x0a\x1b"), "left"),
        DrawerKick(5, realtime=False),
        DrawerKick(2, realtime=True),
        row("A"),
        Feed(3),
        TextRow((), "left"),
        Cut(),
        Cut(),
    ]


@pytest.mark.parametrize(
    "half", [b"B", b"\x1b", b"\x1dv0\x00\x02\x00\x01\x00\x0a", b"\x1d(k\x05\x001P", b"\x1c&\xca"]
)
def test_job_that_breaks_off_leaves_what_was_whole(half: bytes) -> None:
    assert read(b"A\n" + half, GBK) == [row("A")]


def test_next_job_does_not_print_the_half_row_of_the_one_before() -> None:
    assert read(b"half \x1b@whole\n", GBK) == [row("whole")]


@pytest.mark.parametrize(
    ("data", "offset", "command"), [(b"A\n\x1bzz", 2, b"\x1bzz"), (b"\x1d(k\x03\x001Z0", 0, b"\x1d(k1Z")]
)
def test_unknown_command_is_an_error_with_its_place(data: bytes, offset: int, command: bytes) -> None:
    with pytest.raises(UnknownCommand) as unknown:
        read(data, GBK)

    assert (unknown.value.offset, unknown.value.command) == (offset, command)
