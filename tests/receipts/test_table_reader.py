"""Spreadsheets as people bring them: merged, computed, floating, in any encoding, or no spreadsheets at all."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from pos.domain.tables import (
    CellFault,
    Column,
    FileFault,
    ReadCell,
    ReadTable,
    Table,
    TooManyRows,
    UnknownSheet,
    UnreadableFile,
)
from receipts import table_reader, xlsx_reader
from receipts.table_reader import TableReader
from receipts.tables import TableFiles


def read(path: Path, sheet: str = "") -> ReadTable:
    return TableReader().read(path, sheet)[1]


def book_at(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def words(found: ReadTable) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, tuple(cell.text for cell in row.cells)) for row in found.rows]


def faults(found: ReadTable) -> dict[tuple[int, int], CellFault]:
    return {
        (row.number, column): cell.fault
        for row in found.rows
        for column, cell in enumerate(row.cells)
        if cell.fault is not None
    }


def unreadable(path: Path) -> FileFault:
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert refused.value.name == path.name
    return refused.value.fault


# -- xlsx ----------------------------------------------------------------------------------------------


def test_rows_keep_the_numbers_that_the_spreadsheet_shows_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", 会员=[["姓名", "电话"], [], ["王秀英", "13800001234"], [None, None], ["张三"]])

    found = read(path)

    assert words(found) == [(1, ("姓名", "电话")), (3, ("王秀英", "13800001234")), (5, ("张三",))]


def test_numbers_read_as_a_person_sees_them(tmp_path: Path) -> None:
    values = [13800001234, 13800001234.0, 200.1, 59.970000000000006, 0.1 + 0.2, 110105491231002, 1.5e-7, True, 0]
    path = book_at(tmp_path / "m.xlsx", a=[values])

    found = read(path)

    assert words(found) == [
        (1, ("13800001234", "13800001234", "200.1", "59.97", "0.3", "110105491231002", "0.000000150000000", "TRUE", "0"))
    ]
    assert faults(found) == {}


def test_an_identity_number_typed_as_a_number_has_lost_digits(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[[999999196002290028, 9.99999196002290e17, "999999196002290028"]])

    found = read(path)

    assert faults(found) == {(1, 0): CellFault.LOST_DIGITS, (1, 1): CellFault.LOST_DIGITS}
    assert found.rows[0].at(2) == ReadCell("999999196002290028")


def test_dates_read_as_days_and_moments(tmp_path: Path) -> None:
    noon = datetime(2026, 3, 2, 11, 52)  # noqa: DTZ001  # a spreadsheet knows no zones
    path = book_at(tmp_path / "m.xlsx", a=[[date(1940, 2, 3), noon, 14644]])

    found = read(path)

    assert words(found) == [(1, ("1940-02-03", "2026-03-02 11:52", "14644"))]


def test_cells_merged_over_rows_are_marked_and_a_wide_title_is_not(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["会员名单"], ["姓名", "楼"], ["王秀英", "3 号楼"], ["张三"]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("B3:B4")
    book.save(tmp_path / "m.xlsx")

    found = read(tmp_path / "m.xlsx")

    assert faults(found) == {(3, 1): CellFault.MERGED, (4, 1): CellFault.MERGED}
    assert words(found)[2:] == [(3, ("王秀英", "3 号楼")), (4, ("张三", ""))]


def test_a_formula_is_its_value_where_the_file_keeps_one_and_marked_where_not(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["=100+100", "=1/0", 5]])
    kept = with_part(path, b"<f>100+100</f><v />", b"<f>100+100</f><v>200</v>")

    found = read(kept)

    assert found.rows[0].cells == (ReadCell("200"), ReadCell("", CellFault.FORMULA), ReadCell("5"))


def test_an_error_of_the_spreadsheet_is_marked(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["#N/A", "王秀英"]])

    found = read(path)

    assert found.rows[0].cells == (ReadCell("#N/A", CellFault.ERROR), ReadCell("王秀英"))


def test_of_several_sheets_the_first_with_rows_is_read_or_the_one_named(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", 封面=[], 会员=[["王秀英"]], 说明=[["填表说明"]])

    first, named = read(path), read(path, "说明")

    assert (first.sheet, first.sheets, words(first)) == ("会员", ("封面", "会员", "说明"), [(1, ("王秀英",))])
    assert (named.sheet, words(named)) == ("说明", [(1, ("填表说明",))])


def test_a_sheet_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", 会员=[["王秀英"]])

    with pytest.raises(UnknownSheet) as refused:
        read(path, "名单")

    assert vars(refused.value) == {"name": "m.xlsx", "sheet": "名单"}


def test_a_wrong_size_in_the_file_hides_no_rows(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["姓名", "电话"], ["王秀英", "1"], ["张三", "2"]])
    lying = with_part(path, b'<dimension ref="A1:B3" />', b'<dimension ref="A1" />')

    found = read(lying)

    assert len(found.rows) == 3
    assert len(found.rows[0].cells) == 2


def test_the_same_bytes_have_the_same_hash(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["王秀英"]])

    found, _table = TableReader().read(path)

    assert found == hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_the_till_wrote_it_reads_again(tmp_path: Path) -> None:
    table = Table("List", (Column("Name"), Column("Phone")), (("=1+1", "+86 138"), ("王秀英", "-")))
    for name in ("t.xlsx", "t.csv"):
        TableFiles().write(table, tmp_path / name)

        assert [cells for _number, cells in words(read(tmp_path / name))] == [
            ("Name", "Phone"),
            ("=1+1", "+86 138"),
            ("王秀英", "-"),
        ]


# -- csv -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_file_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes("姓名,电话\r\n王秀英,13800001234\r\n\r\n买买提·艾力,\r\n".encode(encoding))

    found = read(path)

    assert words(found) == [(1, ("姓名", "电话")), (2, ("王秀英", "13800001234")), (4, ("买买提·艾力",))]
    assert found.sheets == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_file_is_read_with_every_usual_separator(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f'会员名单\n姓名{separator}住址\n王秀英{separator}"3 号楼{separator} 2 单元"\n', "utf-8")

    found = read(path)

    assert words(found) == [(1, ("会员名单",)), (2, ("姓名", "住址")), (3, ("王秀英", f"3 号楼{separator} 2 单元"))]


@pytest.mark.parametrize("text", ["1.38E+10", "1.1E+17", "9.99999E+17", "1.38e10"])
def test_a_number_that_was_saved_in_scientific_notation_has_lost_digits(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.csv"
    path.write_text(f"电话,备注\n{text},x\n", "utf-8")

    found = read(path)

    assert faults(found) == {(2, 0): CellFault.LOST_DIGITS}


# -- no tables -----------------------------------------------------------------------------------------


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    assert unreadable(tmp_path / "gone.xlsx") is FileFault.MISSING


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileFault.OLD_OR_LOCKED),
        (b"<html><table><tr><td>1</td></tr></table></html>", FileFault.OLD_OR_LOCKED),
        (b"PK\x03\x04 and nothing more", FileFault.DAMAGED),
        (b"\x00\x01\x02\x03", FileFault.NOT_A_TABLE),
        (b"\xff\xff\xff\xff", FileFault.NOT_A_TABLE),
        (b'a,"' + b"x" * 200_000, FileFault.NOT_A_TABLE),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, fault: FileFault) -> None:
    path = tmp_path / "m.xlsx"
    path.write_bytes(data)

    assert unreadable(path) is fault


def test_a_zip_that_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"x")

    assert unreadable(path) is FileFault.NOT_A_TABLE


@pytest.mark.parametrize("cut", [100, 1000, 3000])
def test_a_spreadsheet_that_was_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["王秀英"]])
    path.write_bytes(path.read_bytes()[:cut])

    assert unreadable(path) is FileFault.DAMAGED


def test_a_sheet_that_is_broken_inside_is_refused(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["王秀英"]])

    assert unreadable(with_part(path, b"</row>", b"</worm>")) is FileFault.DAMAGED


def test_a_file_that_would_unpack_to_more_than_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["王秀英"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"0" * 5_000_000)
    monkeypatch.setattr(xlsx_reader, "LARGEST_UNPACKED_BYTES", 4_000_000)

    assert unreadable(path) is FileFault.TOO_LARGE


def test_a_file_that_is_too_large_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(b"a,b\n" * 100)
    monkeypatch.setattr(table_reader, "LARGEST_FILE_BYTES", 399)

    assert unreadable(path) is FileFault.TOO_LARGE


def test_a_file_that_defines_entities_is_refused(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["王秀英"]])
    billion = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'

    assert unreadable(with_part(path, b"<worksheet", billion)) is FileFault.DAMAGED


def test_a_hundred_thousand_rows_are_refused_at_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(b"name,1\n" * 100_000)

    with pytest.raises(TooManyRows) as refused:
        read(path)

    assert vars(refused.value) == {"name": "m.csv", "limit": 50_000}


def test_a_row_far_below_the_end_of_any_spreadsheet_does_not_freeze_the_till(tmp_path: Path) -> None:
    path = book_at(tmp_path / "m.xlsx", a=[["王秀英"]])
    far = with_part(path, b"</sheetData>", b'<row r="2000000000"><c r="A2000000000"><v>1</v></c></row></sheetData>')

    found = read(far)

    assert words(found) == [(1, ("王秀英",))]


def with_part(path: Path, old: bytes, new: bytes) -> Path:
    """The same book with other bytes in its sheets."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename.startswith("xl/worksheets/"):
                assert old in data, data
                data = data.replace(old, new)
            target.writestr(part.filename, data)
    path.write_bytes(out.getvalue())
    return path


def test_a_reading_tells_how_far_it_is_and_ends_when_its_listener_raises(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes(b"name,1\n" * 1000)
    told: list[int] = []

    def enough(done: int, _total: int) -> None:
        told.append(done)
        if done >= 600:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        TableReader().read(path, "", enough)

    assert told == [200, 400, 600]
