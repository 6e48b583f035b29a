"""Read an .xlsx file. Its parts are measured before they are unpacked, and none may define entities."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import ParseError

from pos.domain.tables import CellFault, FileFault, ReadCell, UnknownSheet
from receipts.table_cells import EMPTY, MOST_COLUMNS, Unreadable, cell_of

LARGEST_UNPACKED_BYTES = 200_000_000
LAST_ROW = 1_048_576

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_BROKEN = (zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, EOFError, NotImplementedError)

Place = tuple[int, int]
"""Row from 1, column from 0."""


@contextmanager
def opened(data: bytes) -> Iterator[Book]:
    """The book in these bytes. Raises Unreadable, also for what is found broken while it is read."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # openpyxl warns of what it leaves out (drop-down lists, drawings): none of it is a cell.
            warnings.simplefilter("ignore")
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _check(archive)
                book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
                try:
                    yield Book(book, archive, data)
                finally:
                    book.close()
    except _BROKEN as error:
        raise Unreadable(FileFault.DAMAGED) from error


def _check(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    # zipfile never unpacks more of a part than it declares here.
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES:
        raise Unreadable(FileFault.TOO_LARGE)
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Unreadable(FileFault.NOT_A_TABLE)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as opened_part:
                if b"<!DOCTYPE" in opened_part.read(4096).upper():
                    raise Unreadable(FileFault.DAMAGED)


class Book:
    """A workbook, read sheet by sheet."""

    def __init__(self, book: Any, archive: zipfile.ZipFile, data: bytes) -> None:
        self._book = book
        self._archive = archive
        self._data = data
        self._worksheets: dict[str, Any] = {sheet.title: sheet for sheet in book.worksheets}
        self.sheets = tuple(self._worksheets)
        self.chosen = ""

    def choose(self, sheet: str, file_name: str) -> str:
        """The sheet of this name, or for '' the first that holds anything. Raises UnknownSheet."""
        if sheet and sheet not in self._worksheets:
            raise UnknownSheet(file_name, sheet)
        if not self.sheets:
            raise Unreadable(FileFault.NOT_A_TABLE)
        self.chosen = sheet or next(filter(self._holds_anything, self.sheets), self.sheets[0])
        return self.chosen

    def rows(self, sheet: str) -> Iterator[list[ReadCell]]:
        """The rows of a sheet with their cells, empty ones too."""
        worksheet = self._worksheets[sheet]
        # Some programs write a wrong size of the sheet, and all below it would be left out.
        worksheet.reset_dimensions()
        faults = self._faults(worksheet)
        for number, row in enumerate(worksheet.iter_rows(), 1):
            if number > LAST_ROW:
                break
            cells = [
                ReadCell(str(cell.value), CellFault.ERROR) if cell.data_type == "e" else cell_of(cell.value)
                for cell in row[:MOST_COLUMNS]
            ]
            for column, fault in faults.get(number, {}).items():
                cells += [EMPTY] * (column + 1 - len(cells))
                # A formula whose value the spreadsheet program kept is as good as that value.
                if fault is CellFault.MERGED or not cells[column].text:
                    cells[column] = ReadCell(cells[column].text, fault)
            yield cells

    def _holds_anything(self, sheet: str) -> bool:
        worksheet = self._worksheets[sheet]
        worksheet.reset_dimensions()
        rows = zip(range(LAST_ROW), worksheet.iter_rows(values_only=True), strict=False)
        return any(value is not None for _number, row in rows for value in row)

    def _faults(self, worksheet: Any) -> dict[int, dict[int, CellFault]]:
        """By row and column: cells under a merge over several rows, and cells that are computed."""
        text = self._archive.read(worksheet._worksheet_path)  # noqa: SLF001  # openpyxl tells it nowhere else
        faults: dict[int, dict[int, CellFault]] = {}
        if _FORMULA.search(text):
            for row, column in self._formulas(worksheet.title):
                faults.setdefault(row, {})[column] = CellFault.FORMULA
        for row, column in _merged(text):
            faults.setdefault(row, {})[column] = CellFault.MERGED
        return faults

    def _formulas(self, sheet: str) -> Iterator[Place]:
        from openpyxl import load_workbook

        book: Any = load_workbook(io.BytesIO(self._data), read_only=True, keep_links=False)
        worksheet = book[sheet]
        worksheet.reset_dimensions()
        for number, row in zip(range(1, LAST_ROW + 1), worksheet.iter_rows(), strict=False):
            for column, cell in enumerate(row[:MOST_COLUMNS]):
                if cell.data_type == "f":
                    yield number, column
        book.close()


def _merged(text: bytes) -> Iterator[Place]:
    """Every cell of a range that was merged over several rows: which row its words belong to is not known.

    A range within one row is a wide cell, nothing else.
    """
    from openpyxl.utils import column_index_from_string

    for first_column, first_row, last_column, last_row in _MERGED.findall(text):
        if first_row == last_row:
            continue
        left, right = (column_index_from_string(letters.decode()) - 1 for letters in (first_column, last_column))
        for row in range(int(first_row), min(int(last_row), LAST_ROW) + 1):
            for column in range(left, min(right + 1, MOST_COLUMNS)):
                yield row, column
