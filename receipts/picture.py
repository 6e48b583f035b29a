"""Draw a line of words or a QR code as dots, for what the printer's own font cannot print.

Pillow and qrcode are imported when the first dot is drawn: most receipts need neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from receipts.roll import Line, PaperWidth, cells

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

FONT = Path(__file__).parent / "fonts" / "NotoSansSC-Regular.ttf"

CELL_HEIGHT = 24
"""Dots of a line's characters in size 1; a cell is half as wide."""

LEADING = 6
"""White dots below a line: printers advance 30 dots for their own 24-dot characters."""

_SHARPNESS = 4
_MASK = 2
_INK = 120  # of 255: a little below the middle, so that thin strokes stay whole


@dataclass(frozen=True, slots=True)
class Raster:
    """Dots as GS v 0 takes them: rows of width/8 bytes, the highest bit leftmost, 1 is black.

    Width and height are in dots; the width is a multiple of 8.
    """

    width: int
    height: int
    bits: bytes


def line_raster(line: Line, paper: PaperWidth) -> Raster:
    """The line with every character in the cell where the printer's own font would put it.

    White dots at the right are left out, since each costs its time at 9600 baud.
    """
    from PIL import Image

    height = CELL_HEIGHT * line.size
    canvas = Image.new("1", (paper.dots, height + LEADING))
    x = left_edge(line, paper)
    for char in line.text:
        glyph = draw_glyph(char, height, line.bold)
        canvas.paste(glyph.point(_to_ink, "1"), (x, 0))
        x += glyph.width
    if line.struck:
        edge, middle = left_edge(line, paper), height * 11 // 20
        canvas.paste(1, (edge, middle, x, middle + 2 * line.size))
    box = canvas.getbbox()
    width = 8 if box is None else -(-box[2] // 8) * 8
    return Raster(width, canvas.height, canvas.crop((0, 0, width, canvas.height)).tobytes())


def left_edge(line: Line, paper: PaperWidth) -> int:
    """Dots from the edge of the printed area to the line's first character."""
    room = paper.dots - cells(line.text) * line.size * CELL_HEIGHT // 2
    return {"left": 0, "center": room // 2, "right": room}[line.align]


def _to_ink(grey: int) -> int:
    return 255 if grey >= _INK else 0


@lru_cache(maxsize=4096)
def draw_glyph(char: str, height: int, bold: bool) -> Image:
    """A character in grey in cells `height` dots high: as wide if it is wide, else half as wide.

    The image is a quarter higher than the cell, for the tails of g and j hang below it. A character that
    the font lacks is an empty box: a reader sees that something is missing.
    """
    from PIL import Image, ImageChops, ImageDraw

    width = height * cells(char) // 2
    drop = height // 4
    if _lacks(char):
        box = Image.new("L", (width, height + drop))
        edge = height // 12
        ImageDraw.Draw(box).rectangle((edge, edge, width - edge - 1, height - edge - 1), 0, 255, edge)
        return box
    font = _font(height * _SHARPNESS)
    # Letters of the text font are as wide as they like: those wider than their cell are narrowed.
    advance = max(round(font.getlength(char)), width * _SHARPNESS)
    large = Image.new("L", (advance, (height + drop) * _SHARPNESS))
    # 0.88 em above the baseline is the ideographic box of Noto Sans SC (its OS/2 table says the same).
    baseline = round(0.88 * height * _SHARPNESS)
    ImageDraw.Draw(large).text((advance / 2, baseline), char, 255, font, anchor="ms")
    glyph = large.resize((width, height + drop), Image.Resampling.BOX)
    if not bold:
        return glyph
    struck_again = Image.new("L", glyph.size)
    struck_again.paste(glyph, (height // CELL_HEIGHT, 0))
    return ImageChops.lighter(glyph, struck_again)


def missing(text: str) -> str:
    """The characters that the bundled font lacks, each once, in their order."""
    return "".join(dict.fromkeys(char for char in text if _lacks(char)))


@lru_cache(maxsize=4096)
def _lacks(char: str) -> bool:
    # A font draws what it lacks as its glyph 0, the one that no character owns: U+FFFF is never assigned.
    return _shape(char) == _shape("\uffff")


def _shape(char: str) -> tuple[tuple[int, int], bytes]:
    mask = _font(CELL_HEIGHT).getmask(char)
    return mask.size, bytes(mask)


@lru_cache(maxsize=8)
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(FONT, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def qr_modules(data: str) -> tuple[tuple[bool, ...], ...]:
    """The QR code of the UTF-8 text, error level M, without its quiet zone; True is black."""
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(data.encode(), optimize=0)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def many_qr(data: str) -> tuple[tuple[bool, ...], ...]:
    """The same under one mask, for papers with hundreds of codes: to try all eight takes seven times as long.

    Every mask can be read (ISO/IEC 18004); the best is that with the fewest patterns that a worn print might confuse.
    """
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=_MASK)
    code.add_data(data.encode(), optimize=0)
    code.make(fit=True)
    return tuple(tuple(map(bool, row)) for row in code.get_matrix())


def qr_raster(data: str, module_dots: int) -> Raster:
    """The QR code with a quiet zone of 4 modules at each side (ISO/IEC 18004)."""
    from PIL import Image

    ink = draw_qr(data, module_dots)
    side = ink.width + 8 * module_dots
    canvas = Image.new("1", (-(-side // 8) * 8, side))
    canvas.paste(ink, ((canvas.width - ink.width) // 2, 4 * module_dots))
    return Raster(canvas.width, canvas.height, canvas.tobytes())


def draw_qr(data: str, module_dots: int) -> Image:
    """The QR code without its quiet zone, as a 1-bit image of its black dots."""
    from PIL import Image

    modules = qr_modules(data)
    image = Image.new("1", (len(modules), len(modules)))
    image.putdata([255 if module else 0 for row in modules for module in row])
    side = len(modules) * module_dots
    return image.resize((side, side), Image.Resampling.NEAREST)
