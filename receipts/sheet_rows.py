"""The rows of a spreadsheet as XML (ECMA-376, SpreadsheetML), put into a book that openpyxl made.

Through openpyxl's cells 30,000 rows take ten times as long.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from pos.domain.money import yuan
from pos.domain.tables import Cell, ColumnKind

SHEET = "xl/worksheets/sheet1.xml"
_END = b"</sheetData>"
_DAY_0 = date(1899, 12, 30)  # what day numbers of spreadsheets count from, after 1 March 1900
_CHUNK = 500


def row_xml(number: int, letters: Sequence[str], styles: Sequence[int], kinds: Sequence[ColumnKind], cells: Sequence[Cell]) -> str:
    """One row. Money is exact, a day is a day, and words are never a formula."""
    parts = [
        _cell(f"{letter}{number}", style, kind, cell)
        for letter, style, kind, cell in zip(letters, styles, kinds, cells, strict=False)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(parts)}</row>'


def _cell(place: str, style: int, kind: ColumnKind, cell: Cell) -> str:
    if isinstance(cell, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="{style}"><v>{(cell - _DAY_0).days}</v></c>'
    number = yuan(cell).rstrip("0").rstrip(".") if kind is ColumnKind.MONEY and cell is not None else cell
    return f'<c r="{place}" s="{style}"><v>{number}</v></c>'


def save_with_rows(book: io.BytesIO, rows: Iterable[str], path: Path) -> None:
    """Save a book of one sheet with these rows below those it has."""
    with (
        zipfile.ZipFile(book) as made,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as saved,
    ):
        for part in made.infolist():
            if part.filename != SHEET:
                saved.writestr(part, made.read(part))
                continue
            before, end, after = made.read(part).partition(_END)
            assert end, "a sheet has its rows in one place"
            with saved.open(SHEET, "w") as sheet:
                sheet.write(before)
                for chunk in _chunks(rows):
                    sheet.write(chunk)
                sheet.write(end + after)


def _chunks(rows: Iterable[str]) -> Iterable[bytes]:
    waiting: list[str] = []
    for row in rows:
        waiting.append(row)
        if len(waiting) >= _CHUNK:
            yield "".join(waiting).encode()
            waiting.clear()
    yield "".join(waiting).encode()
