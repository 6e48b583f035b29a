"""A table of the till as columns and lines of the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.domain.money import yuan
from pos.domain.tables import Cell, Column, ColumnKind, Table
from ui.widgets import table as screen

PX_A_CHARACTER = 9
PX_BESIDE = 24
MOST_FIGURES = 9
WIDE = 22
"""A column of words that is wider than this, in half characters, takes what the others leave; else the first does."""


def columns_of(table: Table) -> tuple[screen.Column, ...]:
    """The columns: amounts and counts to the right, long words as wide as there is room."""
    columns = tuple(_column(column) for column in table.columns)
    if all(column.width for column in columns):
        return (replace(columns[0], width=0), *columns[1:])
    return columns


def line_of(table: Table, row: tuple[Cell, ...]) -> screen.Line:
    """A row: money in yuan, days as ISO 8601."""
    return screen.Line(tuple(_words(column, cell) for column, cell in zip(table.columns, row, strict=True)))


def _column(column: Column) -> screen.Column:
    right = column.kind in (ColumnKind.MONEY, ColumnKind.COUNT)
    wide = column.kind is ColumnKind.TEXT and column.width > WIDE
    # The sums, which want more room, stand on paper and below the table.
    characters = min(column.width, MOST_FIGURES) if column.kind is ColumnKind.MONEY else column.width
    return screen.Column(column.title, 0 if wide else characters * PX_A_CHARACTER + PX_BESIDE, right=right)


def _words(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    if column.kind is ColumnKind.MONEY and isinstance(cell, int):
        return yuan(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)
