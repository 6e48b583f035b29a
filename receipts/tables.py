"""Write a table as .xlsx, or as .csv that a spreadsheet program opens by itself.

Money is integer fen in the table and an exact number of yuan in the file. Words are never taken for formulas:
a name like '=1+1' stays a name (OWASP, CSV injection). openpyxl is imported when the first file is written.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from pos.domain.money import yuan
from pos.domain.tables import Cell, Column, ColumnKind, Table
from receipts.new_file import put_in_place
from receipts.sheet_rows import row_xml, save_with_rows

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""Words that begin like this are run as formulas by spreadsheet programs that open a csv file."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET_NAME = 31
_FORMATS = {
    ColumnKind.TEXT: "@",  # so that a phone number stays one when a person edits its cell
    ColumnKind.COUNT: "0",
    ColumnKind.MONEY: "#,##0.00",
    ColumnKind.DAY: "yyyy-mm-dd",
}
_WIDTH_MORE = 2
_A4 = 9  # ECMA-376, ST_PageSetup paperSize


class TableFiles:
    """Keeps the promise of pos.ports.tables.WritesTables."""

    def write(self, table: Table, path: Path) -> None:
        """Write .xlsx, or .csv, by the ending of the name. Raises FileNotWritten."""
        with put_in_place(path) as draft:
            if path.suffix.lower() == ".csv":
                _write_csv(table, draft)
            else:
                _write_xlsx(table, draft)


# -- csv -----------------------------------------------------------------------------------------------


def _write_csv(table: Table, path: Path) -> None:
    # The mark at the start tells Excel that this is UTF-8; without it Chinese names come out as rubbish.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerows([_guarded(line)] for line in table.title)
        out.writerow([_guarded(column.title) for column in table.columns])
        for row in (*table.rows, *table.totals):
            out.writerow([_csv_cell(column, cell) for column, cell in zip(table.columns, row, strict=True)])
        out.writerows([_guarded(line)] for line in table.foot)
        out.writerows([_guarded(name), _guarded(value)] for name, value in table.facts)


def _csv_cell(column: Column, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return yuan(cell) if column.kind is ColumnKind.MONEY else str(cell)
    return _guarded(str(cell))


def _guarded(words: str) -> str:
    """Words that no spreadsheet program takes for a formula; receipts/table_reader.py takes the mark off again."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


# -- xlsx ----------------------------------------------------------------------------------------------


def _write_xlsx(table: Table, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.packaging.custom import StringProperty
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book: Any = Workbook(write_only=True)  # its stubs know less than it has
    book.properties.creator = ""
    book.properties.title = _clean(" ".join(table.title) or table.name)
    for name, value in table.facts:
        book.custom_doc_props.append(StringProperty(name=name, value=_clean(value)))
    sheet = book.create_sheet(_sheet_name(table.name))
    header_row = len(table.title) + 1
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width + _WIDTH_MORE
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    looks = _Looks(sheet)
    try:
        for cells in _head(table, looks):
            sheet.append(cells)
    finally:
        sheet.close()
    rows = _rows(table, looks, [get_column_letter(number) for number in range(1, len(table.columns) + 1)])
    book.save(made := io.BytesIO())
    save_with_rows(made, rows, path)


def _head(table: Table, looks: _Looks) -> Iterator[list[Any]]:
    for number, words in enumerate(table.title):
        yield [looks.cell(words, ColumnKind.TEXT, "text" if number else "title")]
    yield [
        looks.cell(column.title, ColumnKind.TEXT, "head" if column.kind is ColumnKind.TEXT else "head_right")
        for column in table.columns
    ]


def _rows(table: Table, looks: _Looks, letters: list[str]) -> Iterator[str]:
    """What stands below the head, as XML. The looks are numbered before the book is saved: it lists them."""
    kinds = [column.kind for column in table.columns]
    plain = [looks.number(kind) for kind in kinds]
    bold = [looks.number(kind, "total") for kind in kinds]
    words = looks.number(ColumnKind.TEXT)

    def rows() -> Iterator[str]:
        number = count(len(table.title) + 2)
        for row in table.rows:
            looks_of = [words if isinstance(cell, str) else look for look, cell in zip(plain, row, strict=True)]
            yield row_xml(next(number), letters, looks_of, kinds, [*map(_clean_cell, row)])
        for row in table.totals:
            yield row_xml(next(number), letters, bold, kinds, [*map(_clean_cell, row)])
        for line in table.foot:
            yield row_xml(next(number), letters, [words], kinds, [_clean(line)])

    return rows()


class _Looks:
    """Cells of a sheet with their looks; each look is worked out once, for that is what takes the time."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell

        self._sheet = sheet
        self._cell: Any = WriteOnlyCell
        self._styles: dict[tuple[ColumnKind, str], Any] = {}

    def cell(self, value: Cell, kind: ColumnKind, look: str = "text") -> Any:
        """A cell whose words are never a formula and whose money is exact."""
        if isinstance(value, str):
            cell, kind = self._cell(self._sheet, value=_clean(value)), ColumnKind.TEXT
            # Set after the value, which took a leading '=' for a formula and '#N/A' for an error.
            cell.data_type = "s"
        elif kind is ColumnKind.MONEY and isinstance(value, int):
            cell = self._cell(self._sheet, value=Decimal(value).scaleb(-2))
        else:
            cell = self._cell(self._sheet, value=value)
        cell._style = self._style(kind, look)  # noqa: SLF001  # the way openpyxl copies a style itself
        return cell

    def number(self, kind: ColumnKind, look: str = "text") -> int:
        """The number of a look in the book's list of them."""
        found = self._cell(self._sheet)
        found._style = self._style(kind, look)  # noqa: SLF001
        return int(found.style_id)

    def _style(self, kind: ColumnKind, look: str) -> Any:
        found = self._styles.get((kind, look))
        if found is None:
            found = self._styles[kind, look] = self._made(kind, look)._style  # noqa: SLF001
        return found

    def _made(self, kind: ColumnKind, look: str) -> Any:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        cell = self._cell(self._sheet)
        cell.number_format = _FORMATS[kind]
        if look != "text":
            cell.font = Font(bold=True, size=14 if look == "title" else 11)
        if look.startswith("head"):
            cell.fill = PatternFill("solid", fgColor="E8E4DC")
            cell.border = Border(bottom=Side(style="thin"))
        if look == "head_right":
            cell.alignment = Alignment(horizontal="right")
        if look == "total":
            cell.border = Border(top=Side(style="thin"))
        return cell


def _clean_cell(cell: Cell) -> Cell:
    return _clean(cell) if isinstance(cell, str) else cell


def _clean(words: str) -> str:
    """Words without the characters that XML 1.0 cannot hold."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", words)


def _sheet_name(words: str) -> str:
    return _NOT_IN_SHEET_NAMES.sub(" ", _clean(words)).strip()[:_LONGEST_SHEET_NAME] or "1"
