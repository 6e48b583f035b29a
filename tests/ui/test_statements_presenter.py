"""The mind of a statement: the last months first, then any period, on the screen and as a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from pos.domain.statement import MealsLeft, Statement
from pos.services.canteen import Canteens
from pos.services.statements import Statements
from receipts.files import files
from tests.pos.services.counter import MONDAY
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import LI_CARD, WANG_CARD
from tests.ui.small_screens import Strip
from ui.statements.presenter import SHOWN_DAYS, StatementPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")


@dataclass
class Face:
    """Remembers the statements."""

    shown: list[tuple[Statement, MealsLeft]] = field(default_factory=list)

    def show_statement(self, statement: Statement, left: MealsLeft) -> None:
        self.shown.append((statement, left))


@dataclass
class Desk:
    """A statement of Wang, who paid 180.00 in and ate for 7.20 yesterday."""

    till: Till
    wang: str
    face: Face
    ask: AskFace
    strip: Strip
    mind: StatementPresenter
    opened: list[Path]

    @property
    def statement(self) -> Statement:
        return self.face.shown[-1][0]


def desk_at(till: Till, lane: ImmediateLane | HeldLane, folder: Path) -> Desk:
    face, ask, strip, opened = Face(), AskFace(), Strip(), list[Path]()
    mind = StatementPresenter(
        face, ask, strip, Statements(till.stores, till.clock, "A"), Canteens(till.stores, till.clock, "A"), files(),
        till.clock, lane, lambda: till.manager, choose=lambda name: folder / name, show_file=opened.append,
    )  # fmt: skip
    wang = till.checkout.identify(WANG_CARD).member.id
    mind.open(wang)
    return Desk(till, wang, face, ask, strip, mind, opened)


@pytest.fixture
def desk(till: Till, tmp_path: Path) -> Desk:
    return desk_at(till, ImmediateLane(), tmp_path)


def test_the_last_three_months_are_shown_with_the_meals_that_are_left(desk: Desk) -> None:
    statement, left = desk.face.shown[-1]

    assert (statement.start, statement.end) == (MONDAY - timedelta(days=SHOWN_DAYS), MONDAY)
    assert ([line.moved.total for line in statement.lines], statement.closing.total) == ([18_000, -720], 17_280)
    assert (left.balance, left.usual_price, left.meals) == (17_280, 720, 24)


def test_another_period_is_shown_when_it_was_chosen(desk: Desk) -> None:
    desk.mind.ask_period()
    desk.mind.typed("first", MONDAY.isoformat())

    desk.mind.confirm()

    assert (desk.statement.opening.total, desk.statement.lines, desk.ask.now) == (17_280, (), None)


@pytest.mark.parametrize(("first", "last"), [("", ""), ("x", "2026-11-01"), ("2026-11-02", "2026-11-01")])
def test_what_is_no_period_is_refused_and_the_old_one_stays(desk: Desk, first: str, last: str) -> None:
    desk.mind.ask_period()
    desk.mind.typed("first", first)
    desk.mind.typed("last", last)

    desk.mind.confirm()

    assert (len(desk.face.shown), desk.strip.title) == (1, "This is no period.")


def test_an_answer_about_somebody_who_is_shown_no_more_is_dropped(till: Till, tmp_path: Path) -> None:
    lane = HeldLane()
    desk = desk_at(till, lane, tmp_path)
    li = till.checkout.identify(LI_CARD).member.id
    desk.mind.open(li)

    lane.go()

    assert [statement.member_id for statement, _left in desk.face.shown] == [li]


def test_the_shown_period_is_printed_as_a_slip(desk: Desk) -> None:
    desk.mind.print()

    kind, subject, *_rest = desk.till.jobs()[-1]
    assert (kind, subject.split()[0]) == ("statement", desk.wang)


def test_the_shown_period_is_written_as_a_pdf_and_opened(desk: Desk) -> None:
    desk.mind.write("王桂英")

    (path,) = desk.opened
    assert (path.name, path.read_bytes()[:5]) == (f"Statement 王桂英 {MONDAY}.pdf", b"%PDF-")
