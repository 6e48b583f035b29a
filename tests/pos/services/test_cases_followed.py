"""Cases: opened by a door that stays shut or two missed meals, followed step by step, ended by an outcome."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.cases import (
    Case,
    CaseDayClosed,
    CaseGone,
    CaseKind,
    CaseOver,
    CaseStep,
    StepTaken,
    StoryNeeded,
    Whom,
)
from pos.domain.day_close import OpenCases
from pos.domain.deliveries import Outcome
from pos.domain.errors import MemberUnknown, NotPermitted
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Meal
from pos.domain.profile import Contact, Held, Particulars, StillLookedFor
from pos.domain.reservations import BookingTerms, MissedRule, Reservation
from pos.services.cases import Cases
from pos.services.persons import Persons
from tests.pos.services.counter import MONDAY, counter_on, found_canteen
from tests.pos.services.delivering import (
    DINNER,
    DUE,
    OLD,
    TUESDAY,
    WEDNESDAY,
    Delivering,
    delivering_at,
    who_may_not,
)

DAUGHTER, WORKER = Contact("曾小红", "13900000001", "女儿"), Contact("马晓燕", "13900000002", "东关社区")
DOOR = Address("幸福里小区", "2号楼", "3单元", "4层", "402")


@pytest.fixture
def noon(stores: SqlStores, tmp_path: Path) -> Delivering:
    found_canteen(stores)
    counter = counter_on(stores, tmp_path)
    counter.shifts.open(counter.cashier, 0)
    return delivering_at(counter)


def no_answer(noon: Delivering) -> tuple[Reservation, Case]:
    member = noon.counter.rich("曾秀珍", OLD)
    with noon.counter.stores.write() as store:
        profile = store.profiles.get(member.id)
        assert profile is not None
        known = Particulars(address=DOOR, emergency=DAUGHTER, community_worker=WORKER)
        store.profiles.put(member.id, replace(profile, phone="13800009876", particulars=known), ())
    stop = noon.book(member)
    noon.at(TUESDAY)
    case = noon.note(stop, Outcome.NO_ANSWER).case
    assert case is not None
    return stop, case


def take(noon: Delivering, case: Case, step: CaseStep, note: str = "") -> Case:
    noon.counter.wait(minutes=5)
    return noon.cases.take_step(noon.counter.manager, noon.counter.new_id("step"), case.id, step, note)


def test_no_answer_opens_a_case_at_once_that_says_whom_to_call(noon: Delivering) -> None:
    stop, case = no_answer(noon)

    assert case == Case(
        f"{stop.id}/case",
        stop.member_id,
        "曾秀珍",
        stop.id,
        TUESDAY,
        Meal.LUNCH,
        CaseKind.NO_ANSWER,
        noon.counter.clock.now_ms(),
        noon.counter.manager.staff_id,
        "周敏",
        (),
        Whom("13800009876", DOOR, DAUGHTER, WORKER),
    )
    assert noon.cases.open_now() == (case,)


def test_each_step_is_timed_and_named_and_an_outcome_ends_the_case(noon: Delivering) -> None:
    _stop, case = no_answer(noon)
    began = noon.counter.clock.now_ms()

    take(noon, case, CaseStep.CALLED)
    take(noon, case, CaseStep.CALLED_FAMILY, "女儿马上过去")
    ended = take(noon, case, CaseStep.IN_HOSPITAL, "120接走, 市人民医院")

    manager = noon.counter.manager
    assert [(one.step, one.at_ms - began, one.staff_name, one.note) for one in ended.steps] == [
        (CaseStep.CALLED, 300_000, "周敏", ""),
        (CaseStep.CALLED_FAMILY, 600_000, "周敏", "女儿马上过去"),
        (CaseStep.IN_HOSPITAL, 900_000, "周敏", "120接走, 市人民医院"),
    ]
    assert ended.outcome == StepTaken(
        ended.steps[2].id, case.id, CaseStep.IN_HOSPITAL, began + 900_000, manager.staff_id, "周敏", "120接走, 市人民医院"
    )
    assert noon.cases.open_now() == ()
    with pytest.raises(CaseOver) as refused:
        take(noon, case, CaseStep.CALLED)
    assert (refused.value.name, refused.value.outcome) == ("曾秀珍", CaseStep.IN_HOSPITAL)


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_a_case_that_was_ended_by_mistake_is_opened_again_by_name_and_its_day_is_not_closed_before_it_ends(
    noon: Delivering,
) -> None:
    _stop, case = no_answer(noon)
    cashier, closes = noon.counter.cashier, noon.closes
    take(noon, case, CaseStep.CALLED)
    take(noon, case, CaseStep.FOUND_WELL)

    again = noon.cases.take_step(cashier, "again", case.id, CaseStep.OPENED_AGAIN, "是另一户")
    same = noon.cases.take_step(cashier, "more", case.id, CaseStep.OPENED_AGAIN)
    open_again = noon.cases.open_now()
    with pytest.raises(OpenCases):
        closes.close(noon.counter.manager, TUESDAY)
    take(noon, case, CaseStep.WAS_AWAY)
    listed = noon.cases.of_day(TUESDAY)
    closes.close(noon.counter.manager, TUESDAY)
    with pytest.raises(CaseDayClosed) as too_late:
        take(noon, case, CaseStep.OPENED_AGAIN)

    assert [(one.step, one.staff_name) for one in again.steps[1:]] == [
        (CaseStep.FOUND_WELL, "周敏"),
        (CaseStep.OPENED_AGAIN, "李桂兰"),
    ]
    assert (again.outcome, again.next_step, open_again, same) == (None, CaseStep.CALLED_FAMILY, (again,), again)
    assert [one.outcome and one.outcome.step for one in listed] == [CaseStep.WAS_AWAY]
    assert (too_late.value.name, too_late.value.day, noon.cases.open_now()) == ("曾秀珍", "2026-11-24", ())


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_nobody_looks_again_for_who_was_forgotten_since(noon: Delivering) -> None:
    _stop, case = no_answer(noon)
    take(noon, case, CaseStep.FOUND_WELL)
    with noon.counter.stores.write() as store:
        store.persons.blank(case.member_id)

    with pytest.raises(MemberUnknown):
        take(noon, case, CaseStep.OPENED_AGAIN)

    assert noon.cases.open_now() == ()


def test_a_step_asked_for_twice_is_taken_once_and_two_outcomes_at_once_are_one(noon: Delivering) -> None:
    _stop, case = no_answer(noon)
    noon.cases.take_step(noon.counter.manager, "step", case.id, CaseStep.CALLED)
    noon.cases.take_step(noon.counter.manager, "step", case.id, CaseStep.CALLED)
    together = Barrier(2)

    def end(at: int) -> bool:
        together.wait()
        try:
            noon.cases.take_step(noon.counter.manager, f"end-{at}", case.id, CaseStep.FOUND_WELL)
        except CaseOver:
            return False
        return True

    with ThreadPoolExecutor(2) as hands:
        ended = list(hands.map(end, range(2)))

    with noon.counter.stores.read() as store:
        stored = store.cases.get(case.id)
    assert stored is not None
    assert (sorted(ended), [one.step for one in stored.steps]) == ([False, True], [CaseStep.CALLED, CaseStep.FOUND_WELL])


def test_what_cannot_be_a_step_is_refused(noon: Delivering, monkeypatch: pytest.MonkeyPatch) -> None:
    _stop, case = no_answer(noon)
    steps, stranger = noon.cases, who_may_not(noon, monkeypatch)

    with pytest.raises(CaseGone):
        steps.take_step(noon.counter.manager, "s", "nothing", CaseStep.CALLED)
    for note in (" ", "长" * 101):
        with pytest.raises(StoryNeeded):
            steps.take_step(noon.counter.manager, "s", case.id, CaseStep.OTHER, note)
    with pytest.raises(NotPermitted):
        steps.take_step(stranger, "s", case.id, CaseStep.CALLED)
    assert noon.cases.open_now() == (case,)


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_who_is_looked_for_is_not_forgotten_before_it_is_known_how_they_are(noon: Delivering) -> None:
    counter = noon.counter
    member = counter.rich("曾秀珍", OLD, DUE)
    stop = noon.book(member)
    noon.at(TUESDAY)
    case = noon.note(stop, Outcome.NO_ANSWER).case
    counter.sell(member)
    assert case is not None
    persons = Persons(counter.stores, counter.clock)

    with pytest.raises(StillLookedFor) as refused:
        persons.forget(counter.manager, member.id)
    take(noon, case, CaseStep.WAS_AWAY)
    persons.forget(counter.manager, member.id)

    with counter.stores.read() as store:
        assert (refused.value.name, store.members.name_of(member.id)) == ("曾秀珍", "")


def test_a_door_that_opens_at_the_second_knock_leaves_the_case_to_whoever_ends_it(noon: Delivering) -> None:
    stop, case = no_answer(noon)
    with noon.counter.stores.read() as store:
        first = store.deliveries.holding(stop.id)
    assert first is not None

    noon.correct(stop, first, Outcome.HANDED_OVER)

    assert [one.id for one in noon.cases.open_now()] == [case.id]


# -- two missed meals ---------------------------------------------------------------------------------


def alone(noon: Delivering, name: str = "王秀英") -> Member:
    return noon.lives_alone(noon.counter.rich(name, OLD, 50_000))


def watched(noon: Delivering) -> list[tuple[str, CaseKind, date, Meal]]:
    return [(one.member_name, one.kind, one.day, one.meal) for one in noon.cases.watch(noon.counter.cashier)]


def test_who_lives_alone_and_misses_two_meals_is_looked_for(noon: Delivering) -> None:
    member = alone(noon)
    noon.book(member, Way.DINE_IN)
    noon.book(member, Way.TAKE_AWAY, meal=Meal.DINNER)

    noon.at(TUESDAY, DINNER)
    after_one = watched(noon)
    noon.at(WEDNESDAY, time(8))
    in_the_morning = watched(noon)
    noon.at(WEDNESDAY, DINNER)
    later = watched(noon)

    assert after_one == []
    assert in_the_morning == later == [("王秀英", CaseKind.MISSED_TWICE, TUESDAY, Meal.DINNER)]


@pytest.mark.parametrize("rule", MissedRule)
def test_meals_missed_on_closed_days_count_and_what_is_charged_for_them_is_no_sign_of_life(noon: Delivering, rule: MissedRule) -> None:
    noon.decide(BookingTerms(no_show=rule))
    member = alone(noon)
    noon.book(member, Way.DINE_IN)
    noon.book(member, Way.DINE_IN, WEDNESDAY)
    noon.at(TUESDAY, time(13))
    noon.closes.close(noon.counter.manager, TUESDAY)

    noon.at(WEDNESDAY, DINNER)

    assert watched(noon) == [("王秀英", CaseKind.MISSED_TWICE, WEDNESDAY, Meal.LUNCH)]


def test_nobody_is_looked_for_who_was_seen_or_is_away_or_lives_with_others(noon: Delivering) -> None:
    walked_in, refused, away, with_others = alone(noon, "甲"), alone(noon, "乙"), alone(noon, "丙"), noon.counter.rich("丁", OLD)
    cancelled = alone(noon, "戊")
    stop: dict[date, Reservation] = {}
    for day in (TUESDAY, WEDNESDAY):
        for member in (walked_in, away, with_others):
            noon.book(member, Way.DINE_IN, day)
        stop[day] = noon.book(refused, day=day)
    noon.book(cancelled, Way.DINE_IN)
    noon.reservations.cancel(noon.counter.cashier, noon.book(cancelled, Way.DINE_IN, WEDNESDAY).id)
    noon.at(TUESDAY)
    noon.note(stop[TUESDAY], Outcome.REFUSED)
    noon.at(WEDNESDAY)
    noon.note(stop[WEDNESDAY], Outcome.REFUSED)
    order = noon.counter.order(walked_in)
    noon.counter.checkout.charge(noon.counter.cashier, replace(order, again=True))
    with noon.counter.stores.write() as store:
        store.profiles.put_absence(away.id, Absence("absence", MemberStatus.PAUSED, TUESDAY))

    noon.at(WEDNESDAY, DINNER)

    assert watched(noon) == []


def test_a_category_that_has_run_out_is_none(noon: Delivering) -> None:
    member = alone(noon)
    for day in (TUESDAY, WEDNESDAY):
        noon.book(member, Way.DINE_IN, day)
    with noon.counter.stores.write() as store:
        profile = store.profiles.get(member.id)
        assert profile is not None
        held = (Held("独居", last=TUESDAY),)
        store.profiles.put(member.id, replace(profile, particulars=Particulars(categories=held)), ())

    noon.at(WEDNESDAY, DINNER)

    assert watched(noon) == []


def test_one_alarm_is_raised_once_by_two_counters_and_again_after_two_more_meals(noon: Delivering) -> None:
    member = alone(noon)
    for number in range(1, 5):
        noon.book(member, Way.DINE_IN, MONDAY + timedelta(days=number))
    noon.at(WEDNESDAY, DINNER)
    together = Barrier(2)
    tills = (noon.cases, Cases(noon.counter.stores.at("B"), noon.counter.clock))

    def watch(at: int) -> int:
        together.wait()
        return len(tills[at].watch(noon.counter.cashier))

    with ThreadPoolExecutor(2) as hands:
        seen = list(hands.map(watch, range(2)))
    (first,) = noon.cases.open_now()
    take(noon, first, CaseStep.WAS_AWAY)
    noon.at(MONDAY + timedelta(days=3), DINNER)
    after_three = watched(noon)
    noon.at(MONDAY + timedelta(days=4), DINNER)
    after_four = watched(noon)

    assert (seen, after_three) == ([1, 1], [])
    assert after_four == [("王秀英", CaseKind.MISSED_TWICE, MONDAY + timedelta(days=4), Meal.LUNCH)]
