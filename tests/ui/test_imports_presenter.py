"""The import's mind: columns that must be known, rows that are shown, and what is written when somebody says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pos import i18n
from pos.domain.errors import BadName, Refusal
from pos.domain.imports import ImportField
from pos.domain.pricing import Tender
from pos.domain.tables import Column, Table
from pos.services.imports import Imports
from pos.services.payer_lists import PayerLists
from receipts.files import files
from receipts.table_reader import TableReader
from receipts.tables import TableFiles
from tests.pos.services.counter import Counter
from tests.shelf import memory_vault
from tests.ui.immediate import ImmediateLane
from tests.ui.test_office_work import Strip as WorkStrip
from ui.imports.presenter import ImportPresenter, ImportScreen, Job, Stage
from ui.imports.previews import letter
from ui.office.work import Work
from ui.presenting import Message, Tone


@dataclass
class Face:
    """What the view was told."""

    screens: list[ImportScreen] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    @property
    def now(self) -> ImportScreen:
        return self.screens[-1]

    def show_import(self, screen: ImportScreen) -> None:
        self.screens.append(screen)

    def payer_refused(self, error: Refusal) -> None:
        self.refused.append(error)

    def show_message(self, message: Message) -> None:
        self.messages.append(message)

    def clear_message(self) -> None:
        return


@pytest.fixture
def face() -> Face:
    return Face()


@pytest.fixture
def till(shut_till: Counter) -> Counter:
    shut_till.shifts.open(shut_till.manager, 0)
    return shut_till


@pytest.fixture
def presenter(till: Counter, face: Face, english: None) -> ImportPresenter:
    imports = Imports(till.stores, till.clock, "A", TableReader(), memory_vault())
    work = Work(WorkStrip(), ImmediateLane(), lambda call: call())
    lists = PayerLists(till.stores, till.clock, "A")
    return ImportPresenter(face, face, imports, lists, files(), work, lambda: till.manager)


def written(folder: Path, header: tuple[str, ...], *rows: tuple[str, ...], name: str = "m.csv") -> Path:
    TableFiles().write(Table("a", tuple(map(Column, header)), rows), folder / name)
    return folder / name


def test_a_file_whose_header_is_understood_is_shown_row_by_row_at_once(
    presenter: ImportPresenter, face: Face, tmp_path: Path
) -> None:
    presenter.choose(Job.MEMBERS, written(tmp_path, ("姓名", "电话", "余额"), ("王秀英", "138", "20"), ("", "139", "")))

    assert (face.now.stage, face.now.file) == (Stage.PREVIEW, "m.csv")
    assert [count.words for count in face.now.summary.counts] == [
        "1 new",
        "0 are members",
        "0 to look at",
        "1 cannot come in",
        "opening balances ¥20.00",
    ]
    assert face.now.summary.deed == "Bring in 1 member"
    assert [line.cells[:2] for line in face.now.lines] == [("3", ""), ("2", "王秀英")]


def test_a_file_whose_header_is_not_understood_asks_for_its_columns(
    presenter: ImportPresenter, face: Face, tmp_path: Path
) -> None:
    presenter.choose(Job.MEMBERS, written(tmp_path, ("Wer", "Wann"), ("王秀英", "138")))
    asked = face.now
    presenter.check()
    presenter.set_column(0, ImportField.NAME)
    presenter.check()

    assert (asked.stage, [(one.letter, one.header, one.example, one.field) for one in asked.columns]) == (
        Stage.COLUMNS,
        [("A", "Wer", "王秀英", None), ("B", "Wann", "138", None)],
    )
    assert face.messages[0].title == "Which column holds: Name?"
    assert (face.now.stage, face.now.summary.deed) == (Stage.PREVIEW, "Bring in 1 member")


def test_identity_numbers_are_masked_wherever_they_stand(presenter: ImportPresenter, face: Face, tmp_path: Path) -> None:
    number = "999999193608150245"
    presenter.choose(Job.MEMBERS, written(tmp_path, ("姓名", "身份证号", "出生日期"), ("王秀英", number, number)))
    presenter.show_columns()

    assert face.now.columns[1].example == "…0245"
    assert number not in repr(face.screens)


def test_saying_yes_writes_the_members_and_goes_back_to_the_start(
    presenter: ImportPresenter, face: Face, till: Counter, tmp_path: Path
) -> None:
    presenter.choose(Job.MEMBERS, written(tmp_path, ("姓名", "电话", "余额"), ("王秀英", "138", "20")))

    presenter.go()

    (hit,) = till.members.search("王秀英")
    assert hit.spendable == 2_000
    assert face.now.stage is Stage.START
    assert face.messages[-1] == Message("1 member came in.", "", "1 opening balances: ¥20.00.", Tone.GOOD)


def test_doubtful_rows_come_in_only_when_they_are_ticked(
    presenter: ImportPresenter, face: Face, till: Counter, tmp_path: Path
) -> None:
    till.enrol("王秀英", None, None, "139")
    presenter.choose(Job.MEMBERS, written(tmp_path, ("姓名", "电话"), ("王秀英", "138")))
    before = face.now

    presenter.set_tick(True)

    assert (before.asks_tick, before.summary.deed) == (True, "")
    assert face.now.summary.deed == "Bring in 1 member"


def test_only_the_rows_with_something_wrong_are_shown_and_saved(
    presenter: ImportPresenter, face: Face, tmp_path: Path
) -> None:
    presenter.choose(
        Job.MEMBERS, written(tmp_path, ("姓名", "余额"), ("王秀英", "20"), ("张三", "1.999"), ("李四", "-"))
    )

    presenter.turn_wrong_only()
    presenter.save_problems(tmp_path / "wrong.csv")

    assert [line.cells for line in face.now.lines] == [
        ("3", "张三", "", "", "", "", "× Opening principal: “1.999” is no exact amount in yuan")
    ]
    assert (tmp_path / "wrong.csv").read_text("utf-8-sig").splitlines() == [
        "m.csv",
        "Row,Name,What is wrong",
        "3,张三,× Opening principal: “1.999” is no exact amount in yuan",
    ]


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
def test_an_empty_form_is_understood_when_it_comes_back(
    presenter: ImportPresenter, face: Face, tmp_path: Path, spoken: str
) -> None:
    i18n.use(spoken)
    for job in Job:
        path = tmp_path / f"{job.value}.xlsx"
        presenter.save_form(job, path)
        presenter.choose(job, path)

        assert (face.now.stage, face.now.lines) == (Stage.PREVIEW, ())
        presenter.show_columns()
        assert [one.field for one in face.now.columns if one.field is None] == []


def test_a_payers_list_is_booked_and_its_slip_printed(
    presenter: ImportPresenter, face: Face, till: Counter, tmp_path: Path
) -> None:
    member = till.enrol("王秀英")
    presenter.choose(Job.TOP_UPS, written(tmp_path, ("姓名", "金额"), ("王秀英", "200")))

    presenter.go("某某公司", Tender.WECHAT)

    assert till.wallet(member) == (20_000, 2_000)
    assert face.messages[-1].title == "¥200.00 are on 1 cards."
    assert till.balance("clearing:wechat") == 20_000


def test_a_payer_without_a_name_is_asked_again(
    presenter: ImportPresenter, face: Face, till: Counter, tmp_path: Path
) -> None:
    member = till.enrol("王秀英")
    presenter.choose(Job.TOP_UPS, written(tmp_path, ("姓名", "金额"), ("王秀英", "200")))

    presenter.go("  ")

    assert [type(error) for error in face.refused] == [BadName]
    assert (till.wallet(member), face.now.stage) == ((0, 0), Stage.PREVIEW)


def test_a_list_that_was_booked_before_is_offered_once_more_by_a_tick(
    presenter: ImportPresenter, face: Face, till: Counter, tmp_path: Path
) -> None:
    member = till.enrol("王秀英")
    path = written(tmp_path, ("姓名", "金额"), ("王秀英", "50"))
    presenter.choose(Job.TOP_UPS, path)
    presenter.go("某某公司")
    presenter.choose(Job.TOP_UPS, path)
    before = face.now

    presenter.set_tick(True)
    presenter.go("某某公司")

    assert (before.asks_tick, before.summary.deed, before.lines[0].cells[-1]) == (True, "", "booked before")
    assert till.wallet(member) == (10_000, 0)


def test_a_row_that_cannot_be_booked_stops_the_whole_list(
    presenter: ImportPresenter, face: Face, till: Counter, tmp_path: Path
) -> None:
    till.enrol("王秀英")
    presenter.choose(Job.TOP_UPS, written(tmp_path, ("姓名", "金额"), ("王秀英", "50"), ("李四", "50")))

    assert face.now.summary.deed == ""
    assert face.now.lines[0].cells[-1] == "× no member fits"


def test_a_file_that_is_no_table_says_so_and_nothing_is_shown(
    presenter: ImportPresenter, face: Face, tmp_path: Path
) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")

    presenter.choose(Job.MEMBERS, tmp_path / "old.xls")

    assert face.messages[-1].title == "old.xls is an old kind of file, or has a password."
    assert face.screens == []


def test_the_next_sheet_of_a_file_is_read(presenter: ImportPresenter, face: Face, tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for name, person in (("甲", "王秀英"), ("乙", "张三")):
        sheet = book.create_sheet(name)
        sheet.append(["姓名"])
        sheet.append([person])
    book.remove(book.worksheets[0])
    book.save(tmp_path / "m.xlsx")

    presenter.choose(Job.MEMBERS, tmp_path / "m.xlsx")
    first = face.now
    presenter.next_sheet()

    assert [(screen.sheet, screen.lines[0].cells[1]) for screen in (first, face.now)] == [("甲", "王秀英"), ("乙", "张三")]


def test_leaving_forgets_the_people_of_the_list(presenter: ImportPresenter, face: Face, tmp_path: Path) -> None:
    presenter.choose(Job.MEMBERS, written(tmp_path, ("姓名",), ("王秀英",)))

    presenter.start()

    assert face.now == ImportScreen()


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_the_spreadsheet_calls_them(column: int, name: str) -> None:
    assert letter(column) == name
