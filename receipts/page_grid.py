"""A table on pages: columns of fixed width, rows as high as their words, amounts under each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from receipts.page_ink import Align, PlacedWords, rule, strike, write, write_row
from receipts.page_text import elided, width, wrapped

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_PAD = 3.5
_MOST_LINES = 6
_LEADING = 1.35
_HEAD_GROUND = 0.93
_SMALLEST = 4.0

Line = tuple[str, float]
"""Words and their size in points."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a grid. `share` is its part of the page's width beside the others' parts.

    Words that do not fit are cut with an ellipsis, or with `wrap` broken into lines; what stands at the right, an
    amount, is never cut: it becomes smaller.
    """

    title: str
    share: float
    align: Align = "left"
    wrap: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose head is repeated on every page; `totals` are bold rows at its end. `size` in points.

    The cells that are `struck` (row and column, from 0) have a line through their words: they held once.
    """

    columns: tuple[GridColumn, ...]
    rows: Iterable[tuple[str, ...]]
    totals: tuple[tuple[str, ...], ...] = ()
    size: float = 9
    struck: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row: its height and how it is drawn from its top down."""

    height: float
    draw: Callable[[Canvas, float], None]


class GridLayout:
    """A grid's rows with their heights, for one width of page."""

    def __init__(self, grid: Grid, left: float, page_width: float) -> None:
        """Share the page's width out among the columns."""
        self._grid = grid
        self._left = left
        self._right = left + page_width
        whole = sum(column.share for column in grid.columns)
        self._widths = [page_width * column.share / whole for column in grid.columns]
        self.line_height = grid.size * _LEADING + 2 * _PAD

    def head(self) -> LaidRow:
        """The row of titles; they are broken into lines rather than cut."""
        titles = tuple(column.title for column in self._grid.columns)
        columns = tuple(GridColumn(column.title, column.share, column.align, wrap=True) for column in self._grid.columns)
        return self._laid(columns, titles, head=True, bold=True)

    def rows(self) -> Iterator[LaidRow]:
        """The rows and the totals, in order."""
        for number, row in enumerate(self._grid.rows):
            struck = frozenset(at for at in range(len(row)) if (number, at) in self._grid.struck)
            yield self._laid(self._grid.columns, row, struck=struck)
        for row in self._grid.totals:
            yield self._laid(self._grid.columns, row, bold=True)

    def _laid(
        self,
        columns: tuple[GridColumn, ...],
        row: tuple[str, ...],
        *,
        head: bool = False,
        bold: bool = False,
        struck: frozenset[int] = frozenset(),
    ) -> LaidRow:
        cells = [
            self._lines(column, words, room - 2 * _PAD)
            for column, words, room in zip(columns, row, self._widths, strict=True)
        ]
        height = max(map(len, cells)) * self._grid.size * _LEADING + 2 * _PAD

        def draw(canvas: Canvas, top: float) -> None:
            if head:
                canvas.setFillGray(_HEAD_GROUND)
                canvas.rect(self._left, top - height, self._right - self._left, height, stroke=0, fill=1)
            elif bold:
                rule(canvas, self._left, top, self._right, heavy=True)
            placed = tuple(self._placed(columns, cells, top))
            held_once = tuple(self._placed(columns, cells, top, struck)) if struck else ()
            if bold:
                for words, x, room, align, y, size in placed:
                    write(canvas, words, x, room, y, size, align, bold=True)
            else:
                write_row(canvas, placed)
            strike(canvas, held_once)
            rule(canvas, self._left, top - height, self._right, heavy=head)

        return LaidRow(height, draw)

    def _placed(
        self,
        columns: tuple[GridColumn, ...],
        cells: list[list[Line]],
        top: float,
        only: frozenset[int] | None = None,
    ) -> Iterator[PlacedWords]:
        x = self._left
        for number, (column, lines, room) in enumerate(zip(columns, cells, self._widths, strict=True)):
            for at, (words, size) in enumerate(lines if only is None or number in only else ()):
                y = top - _PAD - at * self._grid.size * _LEADING
                yield words, x + _PAD, room - 2 * _PAD, column.align, y, size
            x += room

    def _lines(self, column: GridColumn, words: str, room: float) -> list[Line]:
        size = self._grid.size
        if column.wrap:
            return [(line, size) for line in wrapped(words, room, size, _MOST_LINES)]
        if column.align == "right" and (taken := width(words, size)) > room:
            return [(words, max(_SMALLEST, size * room / taken))]
        return [(elided(words, room, size), size)]
