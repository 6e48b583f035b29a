"""Tables: what goes into a spreadsheet or onto a page, and what is read out of a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from pos.domain.errors import Refusal

MOST_ROWS = 50_000
"""A file of more rows than this is no list of a canteen's members; it is refused before it fills the memory."""

Cell: TypeAlias = str | int | date | None


# -- out -----------------------------------------------------------------------------------------------


class ColumnKind(StrEnum):
    """What stands in a column. MONEY is integer fen in the value and yuan with two decimals in the file."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title and its width in half characters (a Chinese character is two)."""

    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A table with what stands above and below it.

    `name` is the sheet's; `title` are lines above the header, `totals` rows of the same columns below the rows,
    `foot` lines below all. `facts` are names and values that a file keeps among its properties (a hash, a head).
    `rows` may be a generator: it is read once.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    title: tuple[str, ...] = ()
    totals: tuple[tuple[Cell, ...], ...] = ()
    foot: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


# -- in ------------------------------------------------------------------------------------------------


class CellFault(StrEnum):
    """Why the words of a cell must not be believed."""

    MERGED = "merged"
    FORMULA = "formula"
    ERROR = "error"
    LOST_DIGITS = "lost_digits"


@dataclass(frozen=True, slots=True)
class ReadCell:
    """What a person sees in a cell, as words: '200.1', '1940-02-03', '13800001234'.

    A number is written with the 15 digits that a spreadsheet keeps, a date as ISO 8601.
    """

    text: str = ""
    fault: CellFault | None = None


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row that is not empty; `number` is the one that the spreadsheet shows beside it. Cells at the end may lack."""

    number: int
    cells: tuple[ReadCell, ...]

    def at(self, column: int) -> ReadCell:
        """The cell of a column (from 0); an empty one where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ReadCell()


@dataclass(frozen=True, slots=True)
class ReadTable:
    """One sheet of a file; `sheets` are the names of all, of a csv file none."""

    sheet: str
    sheets: tuple[str, ...]
    rows: tuple[ReadRow, ...]


# -- refusals ------------------------------------------------------------------------------------------


class FileFault(StrEnum):
    """Why a file cannot be read as a table."""

    MISSING = "missing"
    NOT_READABLE = "not_readable"
    TOO_LARGE = "too_large"
    OLD_OR_LOCKED = "old_or_locked"
    NOT_A_TABLE = "not_a_table"
    DAMAGED = "damaged"


@dataclass(eq=False)
class UnreadableFile(Refusal):
    """A file that cannot be read as a table; `name` is its name without its folder."""

    name: str
    fault: FileFault


@dataclass(eq=False)
class TooManyRows(Refusal):
    """A file has more rows than the till takes at once."""

    name: str
    limit: int


@dataclass(eq=False)
class UnknownSheet(Refusal):
    """The file has no sheet of this name (it was changed after it was chosen)."""

    name: str
    sheet: str


@dataclass(eq=False)
class FileNotWritten(Refusal):
    """A file could not be written: the folder is gone or full, or the file is open in another program."""

    name: str
