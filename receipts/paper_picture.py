"""Paint the paper that a printer would put out for these bytes, as a PNG file.

It reads the bytes themselves, so the picture shows what is really sent: for the practice counter, for
the preview of a slip and for the manual.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from receipts.escpos_reader import Cut, DrawerKick, Drawn, Feed, Picture, QrSymbol, TextRow, read
from receipts.picture import CELL_HEIGHT, LEADING, Raster, draw_glyph, draw_qr, qr_modules
from receipts.roll import Align, PaperWidth

if TYPE_CHECKING:
    from PIL.Image import Image

    from receipts.escpos import PrinterSettings

# All lengths are printer dots, 8 to the mm, until they are painted.
_SIDE = {PaperWidth.MM58: 40, PaperWidth.MM80: 32}  # 58 mm paper has 5 mm beside the printed 48, 80 mm has 4
_TOP = 40
_AFTER_CUT = 32

_PAPER = (255, 255, 255)
_INK = (34, 32, 36)
_EDGE = (206, 206, 210)
_CUT_LINE = (150, 150, 156)


def paint(data: bytes, settings: PrinterSettings, scale: int = 2) -> bytes:
    """The PNG of a strip of paper; `scale` is picture dots per printer dot. Raises UnknownCommand."""
    from PIL import Image, ImageDraw

    drawn = read(data, settings)
    paper = settings.paper
    width = (paper.dots + 2 * _SIDE[paper]) * scale
    height = (2 * _TOP + sum(_height(item) for item in drawn)) * scale
    strip = Image.new("RGB", (width, height), _PAPER)
    ImageDraw.Draw(strip).rectangle((0, 0, width - 1, height - 1), outline=_EDGE, width=scale)
    y = _TOP
    for item in drawn:
        _paint_item(strip, item, paper, y, scale)
        y += _height(item)
    png = BytesIO()
    strip.save(png, "PNG", compress_level=6)
    return png.getvalue()


def _height(item: Drawn) -> int:
    match item:
        case TextRow():
            return max((run.size for run in item.runs), default=1) * CELL_HEIGHT + LEADING
        case Picture():
            return item.raster.height
        case QrSymbol():
            return _qr_side(item) + 2 * LEADING
        case Feed():
            return item.lines * (CELL_HEIGHT + LEADING)
        case Cut():
            return _TOP + _AFTER_CUT
        case DrawerKick():
            return 0


def _paint_item(strip: Image, item: Drawn, paper: PaperWidth, y: int, scale: int) -> None:
    match item:
        case TextRow():
            _paint_row(strip, item, paper, y, scale)
        case Picture():
            x = _left(paper, item.raster.width, item.align)
            _paint_mask(strip, _dots(item.raster), x, y, scale)
        case QrSymbol() if item.data:
            x = _left(paper, _qr_side(item), item.align)
            _paint_mask(strip, draw_qr(item.data, item.module_dots), x, y + LEADING, scale)
        case Cut():
            _paint_cut(strip, y + _TOP, scale)
        case _:
            pass


def _left(paper: PaperWidth, width: int, align: Align) -> int:
    room = paper.dots - width
    return _SIDE[paper] + {"left": 0, "center": room // 2, "right": room}[align]


def _paint_row(strip: Image, row: TextRow, paper: PaperWidth, y: int, scale: int) -> None:
    x = _left(paper, row.cells * CELL_HEIGHT // 2, row.align) * scale
    bottom = (y + _height(row) - LEADING) * scale
    for run in row.runs:
        height = run.size * CELL_HEIGHT * scale
        for char in run.text:
            glyph = draw_glyph(char, height, run.bold)
            strip.paste(_INK, (x, bottom - height), glyph)
            x += glyph.width


def _paint_mask(strip: Image, mask: Image, x: int, y: int, scale: int) -> None:
    strip.paste(_INK, (x * scale, y * scale), mask.resize((mask.width * scale, mask.height * scale)))


def _dots(raster: Raster) -> Image:
    """The raster in grey, so that enlarging it rounds its dots as heat does on paper."""
    from PIL import Image

    return Image.frombytes("1", (raster.width, raster.height), raster.bits).convert("L")


def _qr_side(symbol: QrSymbol) -> int:
    return len(qr_modules(symbol.data)) * symbol.module_dots if symbol.data else 0


def _paint_cut(strip: Image, y: int, scale: int) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(strip)
    for x in range(0, strip.width, 14 * scale):
        pen.line((x, y * scale, x + 8 * scale - 1, y * scale), _CUT_LINE, width=scale)
