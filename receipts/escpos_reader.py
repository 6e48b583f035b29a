"""Read ESC/POS bytes as a printer would: what stands on the paper, what moves the drawer and the knife.

It knows the commands of our builder and some neighbours, and no more: an unknown command is an error.
It is as literal as a printer. Chinese characters sent while they are off come out as rubbish, a QR code
sent while they are on comes out empty, and a row that is too long is broken at the paper's edge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from receipts.escpos import PrinterSettings, writes
from receipts.picture import Raster
from receipts.roll import Align, cells

if TYPE_CHECKING:
    from collections.abc import Callable

RUBBISH = "\ufffd"


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one style; `size` is the multiple of both width and height."""

    text: str
    size: int
    bold: bool

    @property
    def cells(self) -> int:
        return cells(self.text) * self.size


@dataclass(frozen=True, slots=True)
class TextRow:
    """One printed row. `broken`: it reached the paper's edge, and the next row carries it on."""

    runs: tuple[TextRun, ...]
    align: Align
    broken: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    @property
    def cells(self) -> int:
        return sum(run.cells for run in self.runs)


@dataclass(frozen=True, slots=True)
class Picture:
    raster: Raster
    align: Align


@dataclass(frozen=True, slots=True)
class QrSymbol:
    """A QR code made by the printer; empty if the printer was in Chinese mode."""

    data: str
    module_dots: int
    align: Align


@dataclass(frozen=True, slots=True)
class DrawerKick:
    pin: int
    realtime: bool


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank rows between printed ones."""

    lines: int


@dataclass(frozen=True, slots=True)
class Cut:
    pass


Drawn = TextRow | Picture | QrSymbol | DrawerKick | Feed | Cut


class UnknownCommand(ValueError):
    """Bytes that are no command of this reader: their offset and the first few of them."""

    def __init__(self, offset: int, command: bytes) -> None:
        super().__init__(offset, command)
        self.offset = offset
        self.command = command


def read(data: bytes, settings: PrinterSettings) -> list[Drawn]:
    """Everything that a job of `data` makes the printer do, in order.

    A last row without its line feed and a last command without its end stay in the printer's buffer
    and are not drawn. Raises UnknownCommand.
    """
    printer = _Reading(data, settings)
    try:
        while printer.at < len(data):
            printer.step()
    except _HalfCommand:
        pass
    return printer.drawn


class _HalfCommand(Exception):
    """The bytes end inside a command: a printer waits for the rest."""


@dataclass(slots=True)
class _Reading:
    """Where the reading stands: the commands' effects until now."""

    data: bytes
    settings: PrinterSettings
    at: int = 0
    drawn: list[Drawn] = field(default_factory=list)
    runs: list[TextRun] = field(default_factory=list)
    align: Align = "left"
    size: int = 1
    chinese_size: int = 1
    bold: bool = False
    chinese: bool = False
    qr_data: bytes = b""
    qr_dots: int = 3

    def take(self, count: int) -> bytes:
        if self.at + count > len(self.data):
            raise _HalfCommand
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def step(self) -> None:
        lead = self.data[self.at]
        if lead in (0x10, 0x1B, 0x1C, 0x1D):
            self._command()
        elif lead == 0x0A:
            self.take(1)
            self.end_row()
        elif lead < 0x20:
            self.take(1)  # other control characters do nothing
        else:
            self._character()

    def _command(self) -> None:
        offset = self.at
        command = self.take(2)
        for length in (2, 3):
            if command in _COMMANDS:
                _COMMANDS[command](self)
                return
            if length == 2:
                command += self.take(1)
        raise UnknownCommand(offset, command)

    def _character(self) -> None:
        if self.data[self.at] < 0x80:
            self.put(self.take(1).decode("ascii"), self.size)
        elif not self.chinese:
            self.put(self.take(1).decode("cp437"), self.size)
        else:
            # A lead byte takes what follows, even a line feed: this is how a wrong encoding spoils a row.
            char = self.take(self._length()).decode(self.settings.codec, "replace")
            good = len(char) == 1 and writes(char, self.settings)
            self.put(char if good else RUBBISH, self.chinese_size)

    def _length(self) -> int:
        lead = self.data[self.at]
        if self.settings.encoding != "utf-8":
            return 2
        return 4 if lead >= 0xF0 else 3 if lead >= 0xE0 else 2 if lead >= 0xC0 else 1

    def put(self, char: str, size: int) -> None:
        if sum(run.cells for run in self.runs) + cells(char) * size > self.settings.paper.cells:
            self.end_row(broken=True)
        last = self.runs[-1] if self.runs else None
        if last and (last.size, last.bold) == (size, self.bold):
            self.runs[-1] = TextRun(last.text + char, size, self.bold)
        else:
            self.runs.append(TextRun(char, size, self.bold))

    def end_row(self, broken: bool = False) -> None:
        self.drawn.append(TextRow(tuple(self.runs), self.align, broken))
        self.runs.clear()

    def forget(self) -> None:
        """ESC @: the styles and the row in the buffer are gone."""
        self.runs.clear()
        self.align, self.size, self.chinese_size, self.bold, self.chinese = "left", 1, 1, False, False
        self.qr_data, self.qr_dots = b"", 3


def _align(reading: _Reading) -> None:
    aligns: tuple[Align, ...] = ("left", "center", "right")
    reading.align = aligns[reading.take(1)[0] % 48 % 3]


def _bold(reading: _Reading) -> None:
    reading.bold = bool(reading.take(1)[0] & 1)


def _size(reading: _Reading) -> None:
    reading.size = reading.chinese_size = (reading.take(1)[0] >> 4) + 1


def _chinese_size(reading: _Reading) -> None:
    reading.chinese_size = 2 if reading.take(1)[0] & 0x04 else 1


def _chinese_on(reading: _Reading) -> None:
    reading.chinese = True


def _chinese_off(reading: _Reading) -> None:
    reading.chinese = False


def _feed(reading: _Reading) -> None:
    lines = reading.take(1)[0]
    if reading.runs:
        reading.end_row()
    reading.drawn.append(Feed(lines))


def _kick(reading: _Reading) -> None:
    pin, _on, _off = reading.take(3)
    reading.drawn.append(DrawerKick(5 if pin & 1 else 2, realtime=False))


def _kick_now(reading: _Reading) -> None:
    pin, _time = reading.take(2)
    reading.drawn.append(DrawerKick(5 if pin & 1 else 2, realtime=True))


def _cut_plain(_reading: _Reading) -> None:
    _reading.drawn.append(Cut())


def _cut_fed(reading: _Reading) -> None:
    reading.take(1)
    reading.drawn.append(Cut())


def _raster(reading: _Reading) -> None:
    reading.take(1)
    width, height = reading.number(), reading.number()
    reading.drawn.append(Picture(Raster(width * 8, height, reading.take(width * height)), reading.align))


def _symbol(reading: _Reading) -> None:
    """GS ( k: the QR functions 65 model, 67 size, 69 level, 80 store, 81 print."""
    offset = reading.at - 3
    body = reading.take(reading.number())
    match body[:2]:
        case b"1A" | b"1E":
            pass
        case b"1C":
            reading.qr_dots = body[2]
        case b"1P":
            reading.qr_data = body[3:]
        case b"1Q":
            data = "" if reading.chinese else reading.qr_data.decode("utf-8", "replace")
            reading.drawn.append(QrSymbol(data, reading.qr_dots, reading.align))
        case _:
            raise UnknownCommand(offset, b"\x1d(k" + body[:2])


def _skip(reading: _Reading) -> None:
    """A command with one byte behind it and nothing to draw: DLE EOT, ESC 3."""
    reading.take(1)


_COMMANDS: dict[bytes, Callable[[_Reading], None]] = {
    b"\x1b@": _Reading.forget,
    b"\x1ba": _align,
    b"\x1bE": _bold,
    b"\x1bd": _feed,
    b"\x1bp": _kick,
    b"\x1b3": _skip,
    b"\x1c&": _chinese_on,
    b"\x1c.": _chinese_off,
    b"\x1c!": _chinese_size,
    b"\x1d!": _size,
    b"\x1dV\x00": _cut_plain,
    b"\x1dV\x01": _cut_plain,
    b"\x1dVA": _cut_fed,
    b"\x1dVB": _cut_fed,
    b"\x1dv0": _raster,
    b"\x1d(k": _symbol,
    b"\x10\x04": _skip,
    b"\x10\x14\x01": _kick_now,
}
