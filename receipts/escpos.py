"""Turn a slip into the bytes of an ESC/POS printer.

Written against the command set of Epson's ESC/POS reference and what Chinese printers make of it:
FS & switches Chinese characters on, FS . off, and QR codes, pictures and the drawer need them off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from receipts.picture import Raster, line_raster, qr_raster
from receipts.roll import Cut, Line, OpenDrawer, PaperWidth, Qr, Size, Slip, lay_out

Encoding = Literal["gb18030", "gbk", "utf-8", "big5"]
RomFont = Literal["gbk", "gb18030"]

START = b"\x1b@"
"""ESC @: forget what the job before left behind. It prints nothing."""

_CHINESE_ON = b"\x1c&"
_CHINESE_OFF = b"\x1c."
_ALIGN = {"left": b"\x1ba\x00", "center": b"\x1ba\x01", "right": b"\x1ba\x02"}
# GS ! sizes all characters; older printers heed only FS ! for the Chinese ones.
_SIZE: dict[Size, bytes] = {1: b"\x1d!\x00\x1c!\x00", 2: b"\x1d!\x11\x1c!\x0c"}
_BOLD = {False: b"\x1bE\x00", True: b"\x1bE\x01"}
_PLAIN = Line("")
_CENTERED = Line("", "center")
_CUT = b"\x1dVB\x00"  # GS V 66 0: feed to the knife, then cut
_FEED_TO_EDGE = b"\x1bd\x05"


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """What one printer is and can.

    `rom_font` says how far its own Chinese font reaches: most stop at GBK, whatever their encoding.
    `drawer_pin` is the drawer socket's pin, 2 or 5. Without a `cutter` the paper is fed for tearing off.
    """

    width_mm: Literal[58, 80] = 80
    encoding: Encoding = "gb18030"
    rom_font: RomFont = "gbk"
    qr: Literal["native", "picture"] = "native"
    drawer: Literal["escpos", "realtime", "none"] = "escpos"
    drawer_pin: Literal[2, 5] = 2
    cutter: bool = True

    @property
    def paper(self) -> PaperWidth:
        return PaperWidth(self.width_mm)

    @property
    def codec(self) -> str:
        """Python's name of the encoding. Printers' Big5 is Microsoft's, which has ￥."""
        return "cp950" if self.encoding == "big5" else self.encoding


def build(slip: Slip, settings: PrinterSettings) -> bytes:
    """The whole job, from ESC @ on. A line the printer cannot write, or not strike out, is drawn as a picture.

    The drawer is kicked before the first line, wherever the slip asks for it: a cashier gives change
    while the paper still runs.
    """
    laid = lay_out(slip, settings.paper)
    kick = drawer_kick(settings) if OpenDrawer() in laid else b""
    job = [START, kick or _CHINESE_ON]
    pen = _PLAIN
    for part in laid:
        match part:
            case Line() if writes(part.text, settings) and not part.struck:
                job.append(_restyle(pen, part) + part.text.encode(settings.codec) + b"\n")
                pen = part
            case Line():
                job.append(_restyle(pen, _PLAIN) + _raster_bytes(line_raster(part, settings.paper)))
                pen = _PLAIN
            case Qr():
                job.append(_restyle(pen, _CENTERED) + _qr_bytes(part.data, settings))
                pen = _CENTERED
            case Cut():
                job.append(_CUT if settings.cutter else _FEED_TO_EDGE)
            case OpenDrawer():
                pass
    return b"".join(job)


def drawer_kick(settings: PrinterSettings) -> bytes:
    """The bytes that open the drawer, nothing if there is none.

    ESC p waits in the printer's buffer while the paper is out; DLE DC4 does not, but some copies of
    Epson's printers ignore it. Times: 50 ms on, 500 ms off; DLE DC4: 100 ms each.
    """
    pin = bytes([{2: 0, 5: 1}[settings.drawer_pin]])
    match settings.drawer:
        case "escpos":
            return _CHINESE_OFF + b"\x1bp" + pin + b"\x19\xfa" + _CHINESE_ON
        case "realtime":
            return _CHINESE_OFF + b"\x10\x14\x01" + pin + b"\x01" + _CHINESE_ON
        case "none":
            return b""


def writes(text: str, settings: PrinterSettings) -> bool:
    """Whether the printer's own font has every character of a clean line."""
    return all(char < "\x80" or _writes_char(char, settings.codec, settings.rom_font) for char in text)


@lru_cache(maxsize=8192)
def _writes_char(char: str, codec: str, rom_font: RomFont) -> bool:
    try:
        if char.encode(codec).decode(codec) != char:
            return False  # Big5 has another one in its place, of another width: ￠ for ¢
        # A character of four bytes in GB18030 is in no printer's font; a Big5 font is its own measure.
        return codec == "cp950" or len(char.encode(rom_font)) == 2
    except UnicodeEncodeError:
        return False


def _restyle(pen: Line, line: Line) -> bytes:
    """The commands that lead from the style of one line to that of the next."""
    return (
        (_ALIGN[line.align] if line.align != pen.align else b"")
        + (_SIZE[line.size] if line.size != pen.size else b"")
        + (_BOLD[line.bold] if line.bold != pen.bold else b"")
    )


def _raster_bytes(raster: Raster) -> bytes:
    size = (raster.width // 8).to_bytes(2, "little") + raster.height.to_bytes(2, "little")
    return _CHINESE_OFF + b"\x1dv0\x00" + size + _calm(raster.bits) + _CHINESE_ON


def _calm(bits: bytes) -> bytes:
    """Dots without DLE EOT, DLE ENQ and DLE DC4: a printer obeys these even inside a picture.

    One more black dot beside a black one breaks the command, which might open the drawer.
    """
    return re.sub(rb"\x10[\x04\x05\x14]", lambda found: bytes([0x10, found[0][1] | 0x08]), bits)


def _qr_bytes(data: str, settings: PrinterSettings) -> bytes:
    dots = _module_dots(len(data.encode()))
    if settings.qr == "picture":
        return _raster_bytes(qr_raster(data, dots))
    store = b"1P0" + data.encode()
    commands = (b"1A2\x00", b"1C" + bytes([dots]), b"1E1", store, b"1Q0")  # model 2, size, level M
    sent = b"".join(b"\x1d(k" + len(command).to_bytes(2, "little") + command for command in commands)
    return _CHINESE_OFF + sent + _CHINESE_ON


def _module_dots(length: int) -> int:
    """Dots of one module, as large as 384 dots allow with the quiet zone.

    Bounds are the byte capacities of versions 3, 6, 10, 22 and 40 at level M (ISO/IEC 18004).
    """
    for capacity, dots in ((42, 8), (106, 7), (213, 5), (779, 3)):
        if length <= capacity:
            return dots
    return 2
