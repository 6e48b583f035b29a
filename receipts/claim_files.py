"""Claims as files: written as .pdf, .xlsx or .csv, and held against the claim in the ledger again.

A table is compared cell by cell, so that one that a spreadsheet program saved again is still itself; pages are made
anew and compared byte by byte.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pos import i18n
from pos.domain.claim_paper import ClaimColumn, ClaimMark, ClaimPaper, NoClaimFile
from pos.domain.money import yuan
from pos.domain.tables import Cell, Column, ColumnKind, FileFault, ReadRow, Table, UnreadableFile
from receipts.claim_pages import claim_pdf
from receipts.claim_table import MARK, claim_table
from receipts.new_file import put_in_place
from receipts.table_reader import TableReader
from receipts.tables import TableFiles

PDF, CSV = ".pdf", ".csv"
_MARK = re.compile(rf"{MARK};([0-9a-f]{{64}});({'|'.join(i18n.LANGUAGES)});([a-z+]+)")


class ClaimFiles:
    """Keeps the promises of pos.ports.claim_files.KeepsClaimFiles."""

    def write(self, paper: ClaimPaper, path: Path, progress: Callable[[int, int], None]) -> None:
        """Write a file by the ending of its name. Raises FileNotWritten."""
        if path.suffix.lower() == PDF:
            data = claim_pdf(paper, progress)
            with put_in_place(path) as draft:
                draft.write_bytes(data)
            return
        table = claim_table(paper, progress)
        # A csv file has no properties: its facts would stand below the foot, which says them already.
        TableFiles().write(replace(table, facts=()) if path.suffix.lower() == CSV else table, path)

    def mark_of(self, path: Path) -> ClaimMark:
        """What a file says about itself. Raises NoClaimFile, UnreadableFile or TooManyRows."""
        if path.suffix.lower() == PDF:
            found = _MARK.search(_bytes_of(path)[-2_000:].decode("latin-1"))
        else:
            rows = reversed(_rows_of(path))
            marks = (_MARK.search(cell.text) for row in rows for cell in row.cells)
            found = next((mark for mark in marks if mark), None)
        if found is None or not set(columns := found[3].split("+")) <= set(ClaimColumn):
            raise NoClaimFile(path.name)
        return ClaimMark(found[1], tuple(map(ClaimColumn, columns)), found[2])

    def difference(self, paper: ClaimPaper, mark: ClaimMark, path: Path) -> str:
        """Where a file differs from the claim, '' where it says the same."""
        with _spoken(mark.language):
            if path.suffix.lower() == PDF:
                return "" if claim_pdf(paper, _silent) == _bytes_of(path) else path.name
            return _different_row(claim_table(paper, _silent), _rows_of(path))


def _different_row(table: Table, rows: tuple[ReadRow, ...]) -> str:
    """The number of the first row that is not the claim's, as the spreadsheet counts."""
    expected = [
        *([words] for words in table.title),
        [column.title for column in table.columns],
        *(_words_of(table.columns, row) for row in table.rows),
        *(_words_of(table.columns, row) for row in table.totals),
        *([words] for words in table.foot),
    ]
    for wanted, row in zip(expected, rows, strict=False):
        found = [_plain(cell.text) for cell in row.cells]
        if found != _short([_plain(words) for words in wanted]):
            return str(row.number)
    if len(rows) != len(expected):
        return str(rows[min(len(rows), len(expected)) - 1].number + 1 if rows else 1)
    return ""


def _words_of(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> list[str]:
    return [
        yuan(cell) if isinstance(cell, int) and column.kind is ColumnKind.MONEY else "" if cell is None else str(cell)
        for column, cell in zip(columns, row, strict=True)
    ]


def _short(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _plain(words: str) -> str:
    """'3.00', '3' and '3.0' are one amount, whichever a spreadsheet program made of it."""
    text = words.strip()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return format(number.normalize(), "f") if number.is_finite() else text


def _rows_of(path: Path) -> tuple[ReadRow, ...]:
    return TableReader().read(path, "", _silent)[1].rows


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        missing = isinstance(error, FileNotFoundError)
        raise UnreadableFile(path.name, FileFault.MISSING if missing else FileFault.NOT_READABLE) from error


def _silent(_done: int, _total: int) -> None:
    """Nobody waits for the check of a file by its minutes."""


@contextmanager
def _spoken(language: str) -> Iterator[None]:
    """The language that the file is in. Only the terminal checks files: no window changes its words meanwhile."""
    before = i18n.language()
    i18n.use(language)
    try:
        yield
    finally:
        i18n.use(before)
