"""Claims as files: what each holds, that the same claim gives the same pages, and that any change is found."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pos import i18n
from pos.domain.claim_paper import DEFAULT_COLUMNS, ClaimColumn, ClaimMark, ClaimPaper, NoClaimFile
from pos.domain.claims import Claim, Head, Month, claim_hash, total_of, write_line
from pos.domain.pricing import Way
from pos.domain.tables import FileFault, UnreadableFile
from receipts.claim_files import ClaimFiles
from tests.pos.domain.claim_lines import meal, taken_back

HEAD = "a" * 64
LINES = (
    meal("A-1-000001"),
    meal("A-1-000002", member_id="li", name="阿依古丽·买买提", age=71, categories=(), way=Way.DELIVERY, by_hand=True),
    meal("A-1-000003", day=date(2026, 11, 3), others=(("canteen", 180), ("town", 0)), name="=1+1"),
    taken_back(meal("A-1-000000", day=date(2026, 10, 30)), date(2026, 11, 1)),
)
CLAIM = Claim(
    id="c",
    seq=1,
    payer="city",
    payer_name="市民政局",
    names=(("town", "桃园镇政府"),),
    canteen="幸福里社区食堂",
    month=Month(2026, 11),
    lines=len(LINES),
    total=total_of(LINES),
    heads=(Head("A", 1, 7, HEAD),),
    staff_id="boss",
    staff_name="周敏",
    at_ms=1_796_097_600_000,
    prev_hash="0" * 64,
)
CLAIM = replace(CLAIM, hash=claim_hash(CLAIM, map(write_line, LINES)))
PAPER = ClaimPaper(CLAIM, LINES)
KINDS = ("csv", "xlsx", "pdf")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def _written(folder: Path, kind: str, paper: ClaimPaper = PAPER) -> Path:
    path = folder / f"claim.{kind}"
    ClaimFiles().write(paper, path, lambda _done, _whole: None)
    return path


def _text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_a_csv_claim_holds_every_line_its_sum_its_hash_and_its_head(tmp_path: Path) -> None:
    path = _written(tmp_path, "csv")

    assert path.read_text("utf-8-sig").splitlines() == [
        "幸福里社区食堂 · Subsidy claim 2026-11 · 市民政局",
        "city-2026-11",
        "Line no.,Date,Meal,Way,Name,Identity no.,Age,Category,Community,List price,Canteen discount,桃园镇政府,Diner paid,Claimed,Note",
        "1,2026-11-02,Lunch,Dine in,王秀英,**002X,82,低保,幸福里,12.00,1.80,0.00,7.20,3.00,",
        "2,2026-11-02,Lunch,Delivery,阿依古丽·买买提,**002X,71,,幸福里,12.00,1.80,0.00,7.20,3.00,charged by name",
        "3,2026-11-03,Lunch,Dine in,'=1+1,**002X,82,低保,幸福里,12.00,1.80,0.00,7.20,3.00,",
        "4,2026-10-30,Lunch,Dine in,王秀英,**002X,82,低保,幸福里,-12.00,-1.80,0.00,-7.20,-3.00,undone on 2026-11-01",
        "Total,,,,,,,,,24.00,3.60,0.00,14.40,6.00,",
        f"Claim hash: {CLAIM.hash}",
        f"Ledger head A-1-000007: {HEAD}",
        f"canteen-claim;{CLAIM.hash};en;no+day+meal+way+name+identity+age+category+community+list+others+due+amount+note",
    ]


def test_an_xlsx_claim_holds_the_same_and_knows_its_hash(tmp_path: Path) -> None:
    book: Any = load_workbook(_written(tmp_path, "xlsx"))

    sheet = book["city-2026-11"]
    assert [cell.value for cell in sheet[4]][:7] == [1, sheet["B4"].value, "Lunch", "Dine in", "王秀英", "**002X", 82]
    assert [cell.value for cell in sheet[8]][9:14] == [24, 3.6, 0, 14.4, 6]
    assert {prop.name: prop.value for prop in book.custom_doc_props.props}["claim_hash"] == CLAIM.hash


def test_a_pdf_claim_has_summary_signatures_people_and_lines(tmp_path: Path) -> None:
    text = _text_of(_written(tmp_path, "pdf"))

    said = (
        "Claimed: ¥6.00",
        "corrections of earlier claims: -¥3.00 (-1 meals)",
        "Subdistrict / town",
        "Civil affairs",
        "Seal of the canteen",
        f"Claim hash: {CLAIM.hash}",
        f"Ledger head A-1-000007: {HEAD}",
        "By person",
        "Meal by meal",
        "阿依古丽·买买提",
        "undone on",
        "80-89",
        "Delivered, meals",
    )
    assert [words for words in said if words not in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_recognised_and_says_what_the_claim_says(tmp_path: Path, kind: str) -> None:
    path = _written(tmp_path, kind)
    i18n.use("zh_CN")

    mark = ClaimFiles().mark_of(path)

    assert mark == ClaimMark(CLAIM.hash, DEFAULT_COLUMNS, "en")
    assert ClaimFiles().difference(PAPER, mark, path) == ""
    assert i18n.language() == "zh_CN"


def _spread(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text("utf-8-sig")), "utf-8-sig")


@pytest.mark.parametrize(
    ("change", "row"),
    [
        (lambda text: text.replace("3.00,charged", "5.00,charged"), "5"),
        (lambda text: text.replace("王秀英", "王桂英", 1), "4"),
        (lambda text: "\n".join(line for line in text.split("\n") if "undone" not in line), "7"),
        (lambda text: text.replace("24.00", "25.00"), "8"),
        (lambda text: text + "9,2026-11-04,more\n", "12"),
    ],
)
def test_a_changed_row_of_a_csv_is_named(tmp_path: Path, change: Callable[[str], str], row: str) -> None:
    path = _written(tmp_path, "csv")

    _spread(path, change)

    assert ClaimFiles().difference(PAPER, ClaimFiles().mark_of(path), path) == row


def test_a_changed_cell_of_an_xlsx_is_named_and_saving_it_again_changes_nothing(tmp_path: Path) -> None:
    path = _written(tmp_path, "xlsx")
    book = load_workbook(path)
    book.save(path)
    saved_again = ClaimFiles().difference(PAPER, ClaimFiles().mark_of(path), path)

    book["city-2026-11"]["N5"] = 30
    book.save(path)

    assert (saved_again, ClaimFiles().difference(PAPER, ClaimFiles().mark_of(path), path)) == ("", "5")


def test_a_changed_byte_of_a_pdf_is_found(tmp_path: Path) -> None:
    path = _written(tmp_path, "pdf")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    assert ClaimFiles().difference(PAPER, ClaimFiles().mark_of(path), path) == "claim.pdf"


@pytest.mark.parametrize("kind", KINDS)
def test_the_canteen_chooses_the_columns(tmp_path: Path, kind: str) -> None:
    chosen = (ClaimColumn.NUMBER, ClaimColumn.DAY, ClaimColumn.TIME, ClaimColumn.TILL, ClaimColumn.NAME, ClaimColumn.HUKOU, ClaimColumn.OPERATING, ClaimColumn.DELIVERY, ClaimColumn.AMOUNT, ClaimColumn.RULE, ClaimColumn.SIGN)  # fmt: skip
    paper = replace(PAPER, columns=chosen)
    path = _written(tmp_path, kind, paper)

    mark = ClaimFiles().mark_of(path)

    assert (mark.columns, ClaimFiles().difference(paper, mark, path)) == (chosen, "")


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_somebody_else_is_no_claim(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"other.{kind}"
    path.write_bytes(b"a,b\n1,2\n" if kind != "pdf" else b"%PDF-1.4\n%%EOF\n")

    with pytest.raises(NoClaimFile) as refusal:
        ClaimFiles().mark_of(path)

    assert refusal.value.name == f"other.{kind}"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        ClaimFiles().mark_of(tmp_path / "claim.pdf")

    assert refusal.value.fault is FileFault.MISSING


def test_writing_that_is_given_up_leaves_no_file(tmp_path: Path) -> None:
    class GivenUp(Exception):
        pass

    def give_up(_done: int, _whole: int) -> None:
        raise GivenUp

    for kind in KINDS:
        with pytest.raises(GivenUp):
            ClaimFiles().write(PAPER, tmp_path / f"claim.{kind}", give_up)

    assert list(tmp_path.iterdir()) == []


def test_a_claim_of_the_practice_canteen_says_so(tmp_path: Path) -> None:
    paper = replace(PAPER, practice=True)

    assert "PRACTICE" in _written(tmp_path, "csv", paper).read_text("utf-8-sig").splitlines()[0]
    assert _written(tmp_path, "pdf", paper).read_bytes() != _written(tmp_path, "pdf").read_bytes()
