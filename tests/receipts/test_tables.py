"""Tables into spreadsheets: exact money, words that stay words, Chinese that opens by itself."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pos.domain.tables import Cell, Column, ColumnKind, FileNotWritten, Table
from receipts.tables import TableFiles

COLUMNS = (
    Column("Name", width=20),
    Column("Phone"),
    Column("Meals", ColumnKind.COUNT),
    Column("Principal", ColumnKind.MONEY),
    Column("Last meal", ColumnKind.DAY),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("王秀英", "013800001234", 12, 20_005, date(2026, 3, 2)),
    ("买买提·艾力", "", 0, -3, None),
)


def table(*rows: tuple[Cell, ...]) -> Table:
    return Table(
        "Balances",
        COLUMNS,
        rows or ROWS,
        title=("幸福里社区食堂", "Balances owed"),
        totals=(("Total", None, 12, 20_002, None),),
        foot=("Checked by",),
        facts=(("head", "ab" * 32),),
    )


def test_a_spreadsheet_holds_title_header_rows_totals_and_foot(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"

    TableFiles().write(table(), path)

    rows = [tuple(row) for row in load_workbook(path)["Balances"].iter_rows(values_only=True)]
    assert rows == [
        ("幸福里社区食堂", None, None, None, None),
        ("Balances owed", None, None, None, None),
        ("Name", "Phone", "Meals", "Principal", "Last meal"),
        ("王秀英", "013800001234", 12, 200.05, datetime(2026, 3, 2)),  # noqa: DTZ001  # a spreadsheet knows no zones
        ("买买提·艾力", None, 0, -0.03, None),
        ("Total", None, 12, 200.02, None),
        ("Checked by", None, None, None, None),
    ]


def test_a_spreadsheet_keeps_its_header_in_sight_and_its_columns_wide_enough(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"

    TableFiles().write(table(), path)

    sheet = load_workbook(path)["Balances"]
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.column_dimensions["A"].width == 22
    assert [cell.number_format for cell in sheet[4]] == ["@", "@", "0", "#,##0.00", "yyyy-mm-dd"]


@pytest.mark.parametrize(
    ("fen", "written"),
    [(1, b"<v>0.01</v>"), (-5, b"<v>-0.05</v>"), (1990, b"<v>19.9</v>"), (123_456_789_012_345, b"<v>1234567890123.45</v>")],
)
def test_money_is_written_to_the_fen_without_drift(tmp_path: Path, fen: int, written: bytes) -> None:
    path = tmp_path / "money.xlsx"

    TableFiles().write(Table("Money", (Column("Amount", ColumnKind.MONEY),), ((fen,),)), path)

    assert written in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("words", ["=1+1", "+86", "-3", "@SUM(A1)", "\t=1", "#N/A"])
def test_words_that_look_like_a_formula_stay_words_in_a_spreadsheet(tmp_path: Path, words: str) -> None:
    path = tmp_path / "list.xlsx"

    TableFiles().write(Table("List", (Column("Name"),), ((words,),)), path)

    cell = load_workbook(path)["List"]["A2"]
    assert (cell.value, cell.data_type) == (words, "s")


def test_words_that_xml_cannot_hold_are_replaced_not_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"

    TableFiles().write(Table("a/b:c", (Column("Name"),), (("王\x00秀\x1b英",),)), path)

    assert load_workbook(path)["a b c"]["A2"].value == "王�秀�英"


def test_a_spreadsheet_carries_its_facts_among_its_properties(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"

    TableFiles().write(table(), path)

    book: Any = load_workbook(path)
    facts = {fact.name: fact.value for fact in book.custom_doc_props.props}
    assert facts == {"head": "ab" * 32}


def test_a_csv_file_opens_in_excel_as_chinese_and_runs_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"

    TableFiles().write(table(("=cmd|' /C calc'!A1", "+8613800001234", 3, -5, date(2026, 3, 2)), ("@x", "-1", None, 7, None)), path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert path.read_text("utf-8-sig").splitlines() == [
        "幸福里社区食堂",
        "Balances owed",
        "Name,Phone,Meals,Principal,Last meal",
        "'=cmd|' /C calc'!A1,'+8613800001234,3,-0.05,2026-03-02",
        "'@x,'-1,,0.07,",
        "Total,,12,200.02,",
        "Checked by",
        "head,abababababababababababababababababababababababababababababababab",
    ]


def test_a_file_that_cannot_be_written_is_refused_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "list.xlsx"

    with pytest.raises(FileNotWritten) as refused:
        TableFiles().write(table(), path)

    assert vars(refused.value) == {"name": "list.xlsx"}


def test_a_write_that_fails_leaves_the_older_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("older", "utf-8")

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield ("王秀英",)
        raise OSError(28, "No space left on device")

    with pytest.raises(FileNotWritten):
        TableFiles().write(Table("List", (Column("Name"),), rows()), path)

    assert [(found.name, found.read_text("utf-8")) for found in tmp_path.iterdir()] == [("list.csv", "older")]
