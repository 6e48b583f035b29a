"""The close of a day: what stands in its way, what it ends, and that nothing of the day changes after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.bill import Way
from pos.domain.calendar import Ruling
from pos.domain.cases import CaseStep
from pos.domain.day_close import (
    DayFigures,
    DayIsClosed,
    DayNotYet,
    MealStillComes,
    OpenCases,
    SaleOfClosedDay,
    StopsOpen,
)
from pos.domain.deliveries import Outcome
from pos.domain.errors import NotPermitted, Refusal, StoreTrouble
from pos.domain.members import MemberStatus, Wallet
from pos.domain.menu import Meal
from pos.domain.paper import SlipKind
from pos.domain.reservations import BookingTerms, MissedRule, Reservation, State
from pos.services.calendar import Calendar
from tests.pos.services.counter import counter_on, found_canteen
from tests.pos.services.delivering import DINNER, DUE, OLD, TUESDAY, WEDNESDAY, Delivering, delivering_at

OVER = time(13, 30)
NOTED_LATE = """INSERT INTO delivery_results
    (id, reservation_id, outcome, at_ms, staff_id, staff_name, volunteer, note, instead_of)
    SELECT 'x', reservation_id, 'refused', 1, staff_id, '', '', '', id FROM delivery_results"""


@pytest.fixture
def noon(stores: SqlStores, tmp_path: Path) -> Delivering:
    found_canteen(stores)
    counter = counter_on(stores, tmp_path)
    counter.shifts.open(counter.cashier, 0)
    return delivering_at(counter)


def wallet(noon: Delivering, of: Reservation) -> Wallet | None:
    with noon.counter.stores.read() as store:
        return store.members.wallet(of.member_id)


def refusal(ask: Callable[[], object], kind: type[Refusal]) -> Refusal:
    with pytest.raises(kind) as refused:
        ask()
    return refused.value


def test_a_whole_day_is_closed_with_its_figures_and_its_paper(noon: Delivering) -> None:
    names = iter("甲乙丙丁戊己庚")
    fetched, not_fetched, dropped = (noon.book(noon.counter.rich(next(names), OLD), Way.DINE_IN) for _ in range(3))
    stops = [noon.book(noon.counter.rich(next(names), OLD)) for _ in Outcome]
    noon.reservations.cancel(noon.counter.cashier, dropped.id)
    noon.at(TUESDAY)
    noon.pick_up.hand_over(noon.counter.cashier, "sale", fetched.id)
    for stop, outcome in zip(stops, Outcome, strict=True):
        noon.note(stop, outcome)
    noon.boxes.came_back(noon.counter.manager, "back", stops[0].member_id, 1)
    (case,) = noon.cases.open_now()
    noon.cases.take_step(noon.counter.manager, "step", case.id, CaseStep.FOUND_WELL)
    noon.at(TUESDAY, OVER)

    close = noon.closes.close(noon.counter.manager, TUESDAY)
    again = noon.closes.close(noon.counter.manager, TUESDAY)

    dine_in, delivery = Way.DINE_IN, Way.DELIVERY
    assert close.figures == DayFigures(
        ended={
            (dine_in, State.SERVED): 1,
            (dine_in, State.MISSED): 1,
            (dine_in, State.CANCELLED): 1,
            (delivery, State.SERVED): 2,
            (delivery, State.MISSED): 2,
        },
        outcomes=dict.fromkeys(Outcome, 1),
        held=7 * DUE,
        settled=3 * DUE,
        boxes_out=2,
        boxes_back=1,
    )
    assert (again, close.figures.released, close.staff_name) == (close, 4 * DUE, "周敏")
    assert noon.reserved(not_fetched).state is State.MISSED
    assert wallet(noon, not_fetched) == Wallet(not_fetched.member_id, 20_000, 2_000)
    assert noon.counter.balance("receivable:city") == 900
    with noon.counter.stores.read() as store:
        papers = [(job.kind, job.subject) for job in store.paper.waiting("A", 99)]
    assert papers.count((SlipKind.DAY_CLOSE, "2026-11-24")) == 1
    assert noon.counter.verify.run().findings == ()


def test_an_open_case_and_a_stop_without_a_result_stand_in_the_way(noon: Delivering) -> None:
    silent, open_stop = (noon.book(noon.counter.rich(name, OLD)) for name in ("甲", "乙"))
    noon.at(TUESDAY)
    noon.note(silent, Outcome.NO_ANSWER)

    def close() -> object:
        return noon.closes.close(noon.counter.manager, TUESDAY)

    looked_for = refusal(close, OpenCases)
    (case,) = noon.cases.open_now()
    noon.cases.take_step(noon.counter.manager, "step", case.id, CaseStep.OTHER, "在邻居家打牌")
    without_result = refusal(close, StopsOpen)
    noon.note(open_stop, Outcome.HANDED_OVER)
    closed = close()

    assert (getattr(looked_for, "names", ()), getattr(without_result, "names", ())) == (("甲",), ("乙",))
    assert noon.closes.look(noon.counter.manager, TUESDAY).close == closed


def test_who_lives_alone_and_is_missing_is_looked_for_before_the_day_is_closed(noon: Delivering) -> None:
    member = noon.lives_alone(noon.counter.rich("王秀英", OLD))
    noon.book(member, Way.DINE_IN)
    noon.book(member, Way.DINE_IN, WEDNESDAY)
    noon.at(TUESDAY, OVER)
    noon.closes.close(noon.counter.manager, TUESDAY)
    noon.at(WEDNESDAY, OVER)

    refused = refusal(lambda: noon.closes.close(noon.counter.manager, WEDNESDAY), OpenCases)

    assert getattr(refused, "names", ()) == ("王秀英",)
    assert [one.day for one in noon.cases.open_now()] == [WEDNESDAY], "the alarm outlasts the refusal"


@pytest.mark.parametrize("rule", MissedRule)
def test_meals_nobody_fetched_end_by_the_canteens_rule_without_a_subsidy(noon: Delivering, rule: MissedRule) -> None:
    noon.decide(BookingTerms(no_show=rule))
    missed = noon.book(noon.counter.rich("王秀英", OLD), Way.TAKE_AWAY)
    noon.at(TUESDAY, OVER)

    close = noon.closes.close(noon.counter.manager, TUESDAY)

    kept = {MissedRule.RELEASE: 0, MissedRule.CHARGE: DUE}[rule]
    left = wallet(noon, missed)
    assert left is not None
    assert (noon.reserved(missed).state, left.spendable, left.held) == (State.MISSED, 22_000 - kept, 0)
    assert (close.figures.settled, noon.counter.balance("receivable:city")) == (kept, 0)


def test_the_last_sale_of_the_counter_is_none_that_the_close_made(noon: Delivering) -> None:
    noon.decide(BookingTerms(no_show=MissedRule.CHARGE))
    noon.book(noon.counter.rich("王秀英", OLD), Way.TAKE_AWAY)
    noon.at(TUESDAY, OVER)
    sold = noon.counter.sell(noon.counter.rich("李桂芳"))

    noon.closes.close(noon.counter.manager, TUESDAY)

    assert noon.counter.checkout.last() == sold


def test_E3_who_is_away_that_day_gets_the_money_back_whatever_the_rule(noon: Delivering) -> None:
    noon.decide(BookingTerms(no_show=MissedRule.CHARGE, undelivered=MissedRule.CHARGE))
    member = noon.counter.rich("王秀英", OLD)
    fetches, is_brought = noon.book(member, Way.DINE_IN), noon.book(member, meal=Meal.DINNER)
    with noon.counter.stores.write() as store:
        store.profiles.put_absence(member.id, Absence("absence", MemberStatus.DECEASED, TUESDAY))
    noon.at(TUESDAY, DINNER)

    listed = noon.closes.look(noon.counter.manager, TUESDAY)
    noon.closes.close(noon.counter.manager, TUESDAY)

    assert (listed.away, listed.stops, listed.not_fetched) == ((fetches, is_brought), (), ())
    assert {noon.reserved(one).state for one in (fetches, is_brought)} == {State.CANCELLED}
    assert wallet(noon, fetches) == Wallet(member.id, 20_000, 2_000)


def test_K8_what_was_reserved_for_a_day_on_which_the_canteen_stays_shut_is_given_back(noon: Delivering) -> None:
    noon.decide(BookingTerms(no_show=MissedRule.CHARGE, undelivered=MissedRule.CHARGE))
    both = [noon.book(noon.counter.rich(name, OLD), way) for name, way in (("甲", Way.DINE_IN), ("乙", Way.DELIVERY))]
    Calendar(noon.counter.stores, noon.counter.clock).rule(noon.counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))
    noon.at(TUESDAY, OVER)

    noon.closes.close(noon.counter.manager, TUESDAY)

    assert [noon.reserved(one).state for one in both] == [State.CANCELLED] * 2
    assert noon.counter.balance("receivable:city") == 0


def test_a_day_is_closed_when_its_last_reserved_meal_is_under_way_not_before(noon: Delivering) -> None:
    member = noon.counter.rich("王秀英", OLD)
    noon.book(member, Way.DINE_IN, meal=Meal.DINNER)
    noon.at(TUESDAY, OVER)

    early = refusal(lambda: noon.closes.close(noon.counter.manager, TUESDAY), MealStillComes)
    refusal(lambda: noon.closes.close(noon.counter.manager, WEDNESDAY), DayNotYet)
    refusal(lambda: noon.closes.close(noon.counter.cashier, TUESDAY), NotPermitted)
    noon.at(TUESDAY, DINNER)
    noon.closes.close(noon.counter.manager, TUESDAY)

    assert (getattr(early, "meal", None), getattr(early, "waiting", 0)) == (Meal.DINNER, 1)


def test_after_the_close_nothing_of_the_day_changes(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("甲", OLD))
    eats_in = noon.book(noon.counter.rich("乙", OLD), Way.DINE_IN)
    late = noon.counter.rich("丙", OLD)
    noon.decide(BookingTerms(book_until=time(23), cancel_until=time(23), walk_ins=99))
    noon.at(TUESDAY, OVER)
    first = noon.note(stop, Outcome.HANDED_OVER)
    noon.closes.close(noon.counter.manager, TUESDAY)
    counts = {table: count(noon, table) for table in ("entries", "delivery_results", "reservations")}

    for ask in (
        lambda: noon.correct(stop, first.result, Outcome.REFUSED),
        lambda: noon.pick_up.hand_over(noon.counter.cashier, "sale", eats_in.id),
        lambda: noon.reservations.cancel(noon.counter.manager, eats_in.id, "晚了"),
        lambda: noon.book(late, Way.DINE_IN),
    ):
        refused = refusal(ask, DayIsClosed)
        assert getattr(refused, "day", "") == "2026-11-24"

    assert counts == {table: count(noon, table) for table in counts}


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_what_was_fetched_or_charged_for_a_closed_day_is_undone_no_more_and_a_walk_in_is(noon: Delivering) -> None:
    noon.decide(BookingTerms(no_show=MissedRule.CHARGE))
    fetched, missed = (noon.book(noon.counter.rich(name, OLD), Way.TAKE_AWAY) for name in ("甲", "乙"))
    noon.at(TUESDAY, OVER)
    sold = noon.pick_up.hand_over(noon.counter.cashier, "fetched", fetched.id)
    walk_in = noon.counter.sell(noon.counter.rich("丙", OLD))
    noon.closes.close(noon.counter.manager, TUESDAY)
    undo = noon.counter.checkout.undo

    for ended in (fetched, missed):
        with pytest.raises(SaleOfClosedDay) as refused:
            undo(noon.counter.manager, noon.counter.new_id("undo"), noon.reserved(ended).sale_id)
        assert refused.value.day == "2026-11-24"
    undone = undo(noon.counter.cashier, "walk-in", walk_in.id)

    assert (noon.reserved(fetched).sale_id, undone.undone) == (sold.id, True)
    assert noon.closes.close(noon.counter.manager, TUESDAY).figures.settled == 2 * DUE
    assert noon.counter.balance("receivable:city") == 300


def test_a_result_whose_answer_was_lost_is_still_the_answer_after_the_close(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("甲", OLD))
    noon.at(TUESDAY, OVER)
    noting = noon.noting(stop, Outcome.HANDED_OVER)
    first = noon.deliveries.note(noon.counter.manager, noting)
    noon.closes.close(noon.counter.manager, TUESDAY)

    assert noon.deliveries.note(noon.counter.manager, noting) == first


def count(noon: Delivering, table: str) -> int:
    with noon.counter.stores.read_rows() as rows:
        return int(rows.run(text(f"SELECT count(*) FROM {table}")).scalar_one())


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reservations SET why = 'x', state = 'served' WHERE way = 'delivery'",
        NOTED_LATE,
    ],
)
def test_the_file_itself_keeps_a_closed_day(noon: Delivering, change: str) -> None:
    stop = noon.book(noon.counter.rich("甲", OLD))
    noon.at(TUESDAY, OVER)
    noon.note(stop, Outcome.REFUSED)
    noon.closes.close(noon.counter.manager, TUESDAY)

    with (
        pytest.raises((DBAPIError, StoreTrouble)),
        noon.counter.stores.database.writer.connect() as connection,
        connection.begin(),
    ):
        connection.exec_driver_sql(change)
