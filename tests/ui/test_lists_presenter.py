"""The lists' mind: one list at a time, as far as it reaches, onto the screen and into files."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from pos.services.canteen import Canteens
from pos.services.lists import Lists
from receipts.files import files
from tests.pos.services.counter import Counter
from tests.receipts.pdf import words_of
from tests.ui.immediate import ImmediateLane
from tests.ui.test_office_work import Strip as WorkStrip
from ui.lists.presenter import ListsPresenter, Shown
from ui.lists.sheets import ListKind
from ui.office.work import Work
from ui.presenting import Message


@dataclass
class Face:
    """What the view was told."""

    shown: list[Shown] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    opened: list[Path] = field(default_factory=list)

    @property
    def now(self) -> Shown:
        return self.shown[-1]

    def show_list(self, shown: Shown) -> None:
        self.shown.append(shown)

    def show_message(self, message: Message) -> None:
        self.messages.append(message)

    def clear_message(self) -> None:
        return


@pytest.fixture
def face() -> Face:
    return Face()


@pytest.fixture
def till(shut_till: Counter) -> Counter:
    """Wang has 200 + 20 and ate for 12.00."""
    shut_till.shifts.open(shut_till.manager, 0)
    shut_till.sell(shut_till.rich("王秀英", date(1990, 1, 1)))
    return shut_till


@pytest.fixture
def presenter(till: Counter, face: Face, english: None) -> ListsPresenter:
    stores, clock = till.stores, till.clock
    work = Work(WorkStrip(), ImmediateLane(), lambda call: call())
    lists, canteens = Lists(stores, clock, "A"), Canteens(stores, clock, "A")
    return ListsPresenter(face, face, lists, canteens, files(), clock, work, lambda: till.manager, face.opened.append)


def test_the_first_list_is_of_every_balance_owed(presenter: ListsPresenter, face: Face) -> None:
    presenter.open()

    assert face.now.heading == "2026-11-23: 1 line, ¥208.00 owed in all; the sums are those of the books."
    assert face.now.table is not None
    assert face.now.screen is not None
    assert face.now.table.totals == (("Total", None, None, None, None, 18_909, 1_891, 0, 20_800, None),)
    assert [column.title for column in face.now.screen.columns] == [
        "Name", "Phone", "Emergency contact", "Principal", "Bonus", "Balance", "Last meal"
    ]  # fmt: skip


def test_stepping_reaches_further_within_bounds(presenter: ListsPresenter, face: Face) -> None:
    presenter.choose(ListKind.LOW)
    for _step in range(15):
        presenter.step(1)
    far = face.now
    for _step in range(30):
        presenter.step(-1)

    assert far.table is not None
    assert (far.reach, len(tuple(far.table.rows))) == (18, 1)
    assert (face.now.reach, face.now.empty) == (1, "Everybody who comes has money for enough meals.")


def test_a_list_without_reach_takes_no_step(presenter: ListsPresenter, face: Face) -> None:
    presenter.open()
    before = len(face.shown)

    presenter.step(1)

    assert len(face.shown) == before


@pytest.mark.parametrize("kind", list(ListKind))
@pytest.mark.parametrize("ending", ["csv", "xlsx", "pdf"])
def test_every_list_goes_into_every_kind_of_file(
    presenter: ListsPresenter, face: Face, tmp_path: Path, kind: ListKind, ending: str
) -> None:
    presenter.choose(kind)
    path = tmp_path / presenter.file_name(ending)

    presenter.save(path)

    assert path.stat().st_size > 20
    assert face.messages[-1].title == f"{path.name} is written."
    assert face.opened == ([path] if ending == "pdf" else [])


def test_the_refund_list_on_paper_names_everybody_and_the_sum(
    presenter: ListsPresenter, face: Face, tmp_path: Path
) -> None:
    presenter.open()
    presenter.save(tmp_path / "owed.pdf")

    (page,) = words_of((tmp_path / "owed.pdf").read_bytes())

    words = " ".join(page).replace("|", " ")
    assert "Balances owed" in words
    assert "王秀英" in words
    assert "189.09 18.91 0.00 208.00 2026-11-23" in words


def test_leaving_forgets_names_and_balances(presenter: ListsPresenter, face: Face, tmp_path: Path) -> None:
    presenter.open()

    presenter.forget()
    presenter.save(tmp_path / "owed.csv")

    assert (face.now.table, face.now.screen) == (None, None)
    assert list(tmp_path.glob("owed*")) == []
