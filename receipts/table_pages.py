"""A table of the till as pages to print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pos.domain.money import yuan
from pos.domain.pages import Frame
from pos.domain.tables import Cell, Column, ColumnKind, Table
from receipts.new_file import put_in_place
from receipts.pages import Align, Block, Gap, Grid, GridColumn, Words, pdf


class TablePages:
    """Keeps the promise of pos.ports.tables.WritesPages."""

    def write(self, frame: Frame, table: Table, path: Path) -> None:
        """Write a table as PDF. Raises FileNotWritten."""
        with put_in_place(path) as draft:
            draft.write_bytes(table_pdf(frame, table))


def table_pdf(frame: Frame, table: Table) -> bytes:
    """A table with its lines above and below it; the frame says whose paper it is, and its title."""
    blocks: list[Block] = [Words(line, align="center") for line in table.title]
    blocks += [Gap(2), grid_of(table), *(Words(line) for line in table.foot)]
    return pdf(frame, blocks)


def grid_of(table: Table, size: float = 9) -> Grid:
    """A table's rows as words: money in yuan, days as ISO 8601; what is words is broken into lines."""
    columns = tuple(
        GridColumn(column.title, column.width, _ALIGN[column.kind], wrap=column.kind is ColumnKind.TEXT)
        for column in table.columns
    )
    rows = (_words_of(table.columns, row) for row in table.rows)
    return Grid(columns, rows, tuple(_words_of(table.columns, row) for row in table.totals), size)


_ALIGN: dict[ColumnKind, Align] = {
    ColumnKind.TEXT: "left",
    ColumnKind.COUNT: "right",
    ColumnKind.MONEY: "right",
    ColumnKind.DAY: "left",
}


def _words_of(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(_words(column.kind, cell) for column, cell in zip(columns, row, strict=True))


def _words(kind: ColumnKind, cell: Cell) -> str:
    if cell is None:
        return ""
    if kind is ColumnKind.MONEY and isinstance(cell, int):
        return yuan(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
