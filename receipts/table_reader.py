"""Read a spreadsheet (.xlsx) or a .csv file into rows of words, whoever wrote it.

What a person would read wrongly is marked instead of guessed: merged cells, formulas without a value, numbers of
which the spreadsheet kept only some digits. Nothing of a file is run or followed; its size is known before it is
unpacked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pos.domain.tables import (
    MOST_ROWS,
    FileFault,
    ReadCell,
    ReadRow,
    ReadTable,
    TooManyRows,
    UnreadableFile,
)
from receipts import csv_reader, xlsx_reader
from receipts.table_cells import Unreadable

LARGEST_FILE_BYTES = 40_000_000

Progress = Callable[[int, int], None]

_TOLD_EVERY = 200

_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls of before 2007, and every .xlsx with a password
_WEB_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml")  # what many web systems hand out as .xls


class TableReader:
    """Keeps the promise of pos.ports.tables.ReadsTables."""

    def read(
        self, path: Path, sheet: str = "", progress: Progress = lambda _done, _total: None
    ) -> tuple[str, ReadTable]:
        """The SHA-256 of the file and one of its sheets. Raises UnreadableFile, TooManyRows or UnknownSheet."""
        try:
            data = _bytes_of(path)
            return hashlib.sha256(data).hexdigest(), _table(data, path.name, sheet, progress)
        except Unreadable as unreadable:
            raise UnreadableFile(path.name, unreadable.fault) from unreadable


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise Unreadable(FileFault.TOO_LARGE)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(FileFault.MISSING) from error
    except OSError as error:
        raise Unreadable(FileFault.NOT_READABLE) from error


def _table(data: bytes, name: str, sheet: str, progress: Progress) -> ReadTable:
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if data.startswith(_OLD_OFFICE) or start.startswith(_WEB_PAGES):
        raise Unreadable(FileFault.OLD_OR_LOCKED)
    if not data.startswith(_ZIP):
        return ReadTable("", (), tuple(_numbered(csv_reader.rows(data), name, progress)))
    with xlsx_reader.opened(data) as book:
        rows = book.rows(book.choose(sheet, name))
        return ReadTable(book.chosen, book.sheets, tuple(_numbered(rows, name, progress)))


def _numbered(rows: Iterable[list[ReadCell]], name: str, progress: Progress) -> Iterator[ReadRow]:
    """The rows that say something, with their numbers; cells without words at the end are left out."""
    found = 0
    for number, cells in enumerate(rows, 1):
        if number % _TOLD_EVERY == 0:
            progress(number, 0)
        while cells and not cells[-1].text and cells[-1].fault is None:
            cells.pop()
        if not cells:
            continue
        found += 1
        if found > MOST_ROWS:
            raise TooManyRows(name, MOST_ROWS)
        yield ReadRow(number, tuple(cells))
