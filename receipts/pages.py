"""A4 pages: a frame that says which paper it is, and blocks that flow from page to page.

The same frame and blocks give the same bytes. Lengths are points (1/72 inch) inside and millimetres where a block
asks for one. A block is laid out first and drawn when the number of pages is known.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from pos.domain.pages import Frame
from pos.i18n import _
from receipts.page_grid import Grid, GridColumn, GridLayout, LaidRow
from receipts.page_ink import Align, rule, write
from receipts.page_text import elided, font, width, wrapped
from receipts.slips_parts import PRACTICE_MARK

__all__ = [
    "Align",
    "Block",
    "Facts",
    "Flow",
    "Gap",
    "Grid",
    "GridColumn",
    "NewPage",
    "QrCode",
    "Rows",
    "Signatures",
    "Words",
    "bound",
    "pdf",
]

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
MARGIN = 15 * MM
HEAD_ROOM = 9 * MM
FOOT_ROOM = 9 * MM

_LEADING = 1.45
_RULE = 0.5


# -- blocks --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; `size` in points. A title stands on the page of its table: `room_mm` is what must be free below it."""

    words: str
    size: float = 10
    bold: bool = False
    align: Align = "left"
    red: bool = False
    room_mm: float = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values in columns beside each other, filled row by row."""

    pairs: tuple[tuple[str, str], ...]
    columns: int = 2
    size: float = 10


@dataclass(frozen=True, slots=True)
class Signatures:
    """Lines to sign on, beside each other, and where wanted a place for a seal at the right."""

    names: tuple[str, ...]
    seal: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of a text, with words beside it."""

    data: str
    words: tuple[str, ...] = ()
    side_mm: float = 26


@dataclass(frozen=True, slots=True)
class Gap:
    """Empty room."""

    height_mm: float = 4


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


class RowLayout(Protocol):
    """Rows with their heights, for one width of page, and a head for every page; `line_height` is that of the least."""

    @property
    def line_height(self) -> float: ...
    def head(self) -> LaidRow: ...
    def rows(self) -> Iterable[LaidRow]: ...


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that draws its own rows: `layout` is told the left edge and the width of the page, in points."""

    layout: Callable[[float, float], RowLayout]


Block: TypeAlias = Words | Facts | Grid | Rows | Signatures | QrCode | Gap | NewPage


def pdf(frame: Frame, blocks: Iterable[Block]) -> bytes:
    """The pages as a PDF file, at least one."""
    return bound([(frame, blocks)])


def bound(papers: Iterable[tuple[Frame, Iterable[Block]]]) -> bytes:
    """Several papers in one PDF file, each with page numbers of its own, each beginning on the front of a sheet."""
    flows = []
    for frame, blocks in papers:
        flow = Flow(frame)
        flow.heading()
        for block in blocks:
            flow.lay(block)
        flows.append(flow)
    return _drawn(flows)


# -- layout --------------------------------------------------------------------------------------------

Draw: TypeAlias = "Callable[[Canvas], None]"


class Flow:
    """Blocks laid out from the top of the first page down; `pages` are what will be drawn."""

    def __init__(self, frame: Frame) -> None:
        """Begin with an empty page."""
        self.frame = frame
        self.size = (A4[1], A4[0]) if frame.wide else A4
        self.left = MARGIN
        self.width = self.size[0] - 2 * MARGIN
        self.pages: list[list[Draw]] = [[]]
        self._y = self._top()

    def _top(self) -> float:
        return self.size[1] - MARGIN - (HEAD_ROOM if len(self.pages) > 1 else 0)

    def heading(self) -> None:
        """Whose paper and which, large, on the first page."""
        self.lay(Words(self.frame.canteen, 11, align="center"))
        self.lay(Words(self.frame.title, 17, bold=True, align="center"))
        self.lay(Gap(3))

    def lay(self, block: Block) -> None:
        """Lay out one block."""
        match block:
            case Words():
                self._words(block)
            case Facts():
                self._facts(block)
            case Grid():
                self._rows(GridLayout(block, self.left, self.width))
            case Rows():
                self._rows(block.layout(self.left, self.width))
            case Signatures():
                self._signatures(block)
            case QrCode():
                self._qr(block)
            case Gap():
                self._y -= block.height_mm * MM
            case NewPage():
                self._turn()

    def _turn(self) -> None:
        self.pages.append([])
        self._y = self._top()

    def _strip(self, height: float) -> float:
        """The top of a strip of this height, on the next page where this one has no room for it."""
        if self._y - height < MARGIN + FOOT_ROOM:
            self._turn()
        top = self._y
        self._y -= height
        return top

    def _put(self, draw: Draw) -> None:
        self.pages[-1].append(draw)

    def _words(self, block: Words) -> None:
        if block.room_mm and self._y - block.size * _LEADING - block.room_mm * MM < MARGIN + FOOT_ROOM:
            self._turn()
        for line in wrapped(block.words, self.width, block.size, 200):
            top = self._strip(block.size * _LEADING)
            self._text(line, self.left, self.width, top, block.size, block.align, bold=block.bold, red=block.red)

    def _facts(self, block: Facts) -> None:
        room = self.width / block.columns
        names = max((width(name, block.size) for name, _value in block.pairs), default=0) + 8
        for start in range(0, len(block.pairs), block.columns):
            row = block.pairs[start : start + block.columns]
            values = [wrapped(value, room - names - 8, block.size, 4) for _name, value in row]
            top = self._strip(block.size * _LEADING * max(map(len, values)) + 2)
            for number, ((name, _value), lines) in enumerate(zip(row, values, strict=True)):
                x = self.left + number * room
                self._text(name, x, names, top, block.size, grey=True)
                for at, line in enumerate(lines):
                    self._text(line, x + names, room - names - 8, top - at * block.size * _LEADING, block.size)

    def _rows(self, layout: RowLayout) -> None:
        head = layout.head()
        if self._y - head.height - layout.line_height < MARGIN + FOOT_ROOM:
            self._turn()
        self._row(head.height, head.draw)
        for row in layout.rows():
            if self._y - row.height < MARGIN + FOOT_ROOM:
                self._turn()
                self._row(head.height, head.draw)
            self._row(row.height, row.draw)

    def _row(self, height: float, draw: Callable[[Canvas, float], None]) -> None:
        top = self._strip(height)
        self._put(lambda canvas: draw(canvas, top))

    def _signatures(self, block: Signatures) -> None:
        size, height = 10.0, 24 * MM if block.seal else 16 * MM
        top = self._strip(height)
        line_y = top - 12 * MM
        room = self.width / (len(block.names) + bool(block.seal))
        for number, name in enumerate(block.names):
            x = self.left + number * room
            start = x + width(name, size) + 4
            self._text(name, x, room, line_y + size, size)
            self._put(_rule(start, line_y, x + room - 6 * MM))
        if block.seal:
            x = self.left + self.width - room
            self._text(block.seal, x + 4, room, top - 4, size, grey=True)
            self._put(_box(x, top - height, room, height))

    def _qr(self, block: QrCode) -> None:
        from receipts.picture import qr_modules

        modules = qr_modules(block.data)
        side = block.side_mm * MM
        module = side / (len(modules) + 8)  # a quiet zone of 4 modules at each side (ISO/IEC 18004)
        top = self._strip(side)
        x, y = self.left + 4 * module, top - 4 * module
        for number, row in enumerate(modules):
            self._put(_modules(x, y - (number + 1) * module, module, row))
        for number, words in enumerate(block.words):
            at = top - 4 * module - number * 9 * _LEADING
            self._text(words, self.left + side + 6, self.width - side - 6, at, 9)

    def _text(
        self,
        words: str,
        x: float,
        room: float,
        top: float,
        size: float,
        align: Align = "left",
        *,
        bold: bool = False,
        grey: bool = False,
        red: bool = False,
    ) -> None:
        self._put(lambda canvas: write(canvas, words, x, room, top, size, align, bold=bold, grey=grey, red=red))


# -- ink -----------------------------------------------------------------------------------------------


def _rule(left: float, y: float, right: float) -> Draw:
    return lambda canvas: rule(canvas, left, y, right, heavy=True)


def _box(x: float, y: float, box_width: float, height: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setStrokeGray(0.6)
        canvas.setLineWidth(_RULE)
        canvas.setDash(3, 2)
        canvas.rect(x, y, box_width, height, stroke=1, fill=0)
        canvas.setDash()

    return draw


def _modules(x: float, y: float, module: float, row: tuple[bool, ...]) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0)
        start = None
        for number, black in enumerate((*row, False)):
            if black and start is None:
                start = number
            elif not black and start is not None:
                # A hair over the edge, so that no white lines show between rows.
                canvas.rect(x + start * module, y, (number - start) * module, module * 1.01, stroke=0, fill=1)
                start = None

    return draw


def _drawn(flows: list[Flow]) -> bytes:
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0  # streams as they are: as letters they are a quarter longer, and that costs a third of the time
    out = io.BytesIO()
    first = flows[0].frame
    canvas = Canvas(out, pagesize=flows[0].size, pageCompression=1, invariant=1)
    canvas.setTitle(first.title)
    canvas.setAuthor(first.canteen)
    canvas.setCreator("")
    for flow in flows:
        if canvas.getPageNumber() % 2 == 0:
            canvas.showPage()  # an empty back
        canvas.setPageSize(flow.size)
        for number, page in enumerate(flow.pages, 1):
            _page(canvas, flow, number, page)
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, flow: Flow, number: int, page: list[Draw]) -> None:
    frame = flow.frame
    if frame.practice:
        _practice(canvas, flow.size)
    if number > 1:
        top = flow.size[1] - MARGIN
        running = frame.running or f"{frame.canteen} · {frame.title}"
        write(canvas, running, flow.left, flow.width, top, 9, grey=True)
        rule(canvas, flow.left, top - 14, flow.left + flow.width)
    for draw in page:
        draw(canvas)
    _foot(canvas, flow, number)
    canvas.showPage()


def _foot(canvas: Canvas, flow: Flow, number: int) -> None:
    frame = flow.frame
    top = MARGIN + 9
    rule(canvas, flow.left, top + 4, flow.left + flow.width)
    printed = _("Printed {moment}").format(moment=frame.printed) if frame.printed else ""
    left = " · ".join(part for part in (printed, frame.version) if part)
    count = _("Page {number} of {count}").format(number=number, count=len(flow.pages))
    write(canvas, elided(left, flow.width * 0.75, 8), flow.left, flow.width, top, 8, grey=True)
    write(canvas, count, flow.left, flow.width, top, 8, "right", grey=True)


def _practice(canvas: Canvas, size: tuple[float, float]) -> None:
    """Across the whole page, so that no cut-out part of it passes for a real paper."""
    canvas.saveState()
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(40)
    canvas.setFillGray(0.88)
    canvas.setFont(font(), 64)
    canvas.drawCentredString(0, 0, PRACTICE_MARK)
    canvas.restoreState()
