"""The mind of a change of status: what it touches is seen before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from pos.domain.absences import Absence, AbsenceReason
from pos.domain.errors import MemberNotActive
from pos.domain.members import Member, MemberStatus
from pos.services.standing import Standing
from tests.pos.services.counter import MONDAY
from tests.pos.services.counter import Counter as Till
from tests.ui.asking_face import AskFace
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import WANG_CARD
from tests.ui.small_screens import Strip
from ui.standing.presenter import StandingPresenter

pytest_plugins = ("tests.ui.sale_fixtures",)
pytestmark = pytest.mark.usefixtures("english")


@dataclass
class Question:
    """The question about Wang, who holds 172.80."""

    till: Till
    wang: Member
    face: AskFace
    strip: Strip
    mind: StandingPresenter
    changed: list[bool]

    def absences(self) -> tuple[Absence, ...]:
        return self.till.members.portrait(self.till.manager, self.wang.id).absences


def question_at(till: Till, lane: ImmediateLane | HeldLane) -> Question:
    face, strip, changed = AskFace(), Strip(), list[bool]()
    mind = StandingPresenter(
        face, strip, Standing(till.stores, till.clock, "A"), till.clock, lane, lambda: till.manager,
        changed=lambda: changed.append(True),
    )  # fmt: skip
    return Question(till, till.checkout.identify(WANG_CARD).member, face, strip, mind, changed)


@pytest.fixture
def question(till: Till) -> Question:
    return question_at(till, ImmediateLane())


def test_a_pause_shows_the_money_and_the_card_that_it_touches(question: Question) -> None:
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.PAUSED)

    assert question.face.facts() == {
        "Paid in and not eaten": "¥172.80", "Bonus": "¥0.00", "Card": "…6634, in use",
    }  # fmt: skip


def test_a_pause_is_saved_with_its_days_and_its_reason(question: Question) -> None:
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.PAUSED)
    question.mind.typed("first", "2026-12-01")
    question.mind.typed("last", "2026-12-10")
    question.mind.typed("reason", "holiday")

    question.mind.confirm()

    (saved,) = question.absences()
    assert (saved.status, saved.first, saved.last, saved.reason) == (
        MemberStatus.PAUSED, date(2026, 12, 1), date(2026, 12, 10), AbsenceReason.HOLIDAY,
    )  # fmt: skip
    assert (question.changed, question.face.now) == ([True], None)


def test_a_death_reported_late_shows_the_meals_that_were_sold_since(question: Question) -> None:
    yesterday = (MONDAY - timedelta(days=1)).isoformat()
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.DECEASED)
    question.mind.typed("first", yesterday)

    facts = question.face.facts()

    assert facts["Sold on these days already"] == "1 meal, look at it"


def test_nothing_is_saved_before_what_it_touches_is_on_the_screen(till: Till) -> None:
    lane = HeldLane()
    question = question_at(till, lane)
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.LEFT)
    question.mind.confirm()
    before = question.absences()
    lane.go()
    question.mind.confirm()
    lane.go()

    assert (before, [one.status for one in question.absences()]) == ((), [MemberStatus.LEFT])


def test_whoever_left_is_refused_at_the_counter_from_that_day_on(question: Question) -> None:
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.LEFT)
    question.mind.confirm()

    with pytest.raises(MemberNotActive):
        question.till.checkout.identify(WANG_CARD)


@pytest.mark.parametrize(("first", "last"), [("soon", ""), ("", ""), ("2026-12-10", "2026-12-01"), ("2026-12-10", "x")])
def test_days_that_cannot_be_are_refused_and_nothing_is_saved(question: Question, first: str, last: str) -> None:
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.PAUSED)
    question.mind.typed("first", first)
    question.mind.typed("last", last)

    question.mind.confirm()

    assert (question.absences(), question.strip.title != "") == ((), True)


def test_somebody_who_is_back_eats_from_today_on(question: Question) -> None:
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.PAUSED)
    question.mind.typed("first", (MONDAY - timedelta(days=3)).isoformat())
    question.mind.confirm()
    (pause,) = question.absences()

    question.mind.end(question.wang.id, pause)

    assert question.absences()[0].last == MONDAY - timedelta(days=1)
    assert question.till.checkout.identify(WANG_CARD).member.id == question.wang.id


def test_a_pause_that_was_only_planned_is_gone_when_it_is_ended(question: Question) -> None:
    question.mind.open(question.wang.id, question.wang.name, MemberStatus.PAUSED)
    question.mind.typed("first", (MONDAY + timedelta(days=3)).isoformat())
    question.mind.confirm()
    (pause,) = question.absences()

    question.mind.end(question.wang.id, pause)

    assert question.absences() == ()
