"""Deliveries on both databases: what a payer is asked for, and two counters at one stop."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from threading import Barrier

import pytest

from db.store import SqlStores
from pos.clock import CHINA
from pos.domain.bill import Way
from pos.domain.canteen import LIVING_ALONE
from pos.domain.claim_anomalies import AnomalyKind
from pos.domain.claims import Month
from pos.domain.deliveries import Outcome, StopHasResult
from pos.domain.errors import Refusal
from pos.domain.reservations import BookingTerms, MissedRule, State
from pos.services.claims import Claims, StampOrder
from tests.pos.services.counter import TARIFF, counter_on, found_canteen
from tests.pos.services.delivering import OLD, TUESDAY, Delivering, delivering_at, other_till

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
BROUGHT = """
[[rules]]
id = "brought"
who = { age_from = 60 }
how = { ways = ["delivery"] }
then = { report = 2.00, service = "delivery" }
payers = ["city"]
"""


@pytest.fixture
def noon(stores: SqlStores, tmp_path: Path) -> Delivering:
    found_canteen(stores)
    counter = counter_on(stores, tmp_path)
    counter.shifts.open(counter.cashier, 0)
    return delivering_at(counter)


@pytest.mark.parametrize("rule", MissedRule)
def test_K7_only_delivered_meals_are_claimed(noon: Delivering, rule: MissedRule) -> None:
    noon.decide(BookingTerms(undelivered=rule))
    names = ("甲", "乙", "丙", "丁", "戊")
    stops = [noon.book(noon.lives_alone(noon.counter.rich(name, OLD))) for name in names]
    noon.at(TUESDAY)
    for stop, outcome in zip(stops, Outcome, strict=False):
        noon.note(stop, outcome)
    taken_back = noon.note(stops[4], Outcome.HANDED_OVER).result
    noon.correct(stops[4], taken_back, Outcome.REFUSED)

    claims = Claims(noon.counter.stores, noon.counter.clock)
    noon.counter.clock.set(datetime(2026, 12, 1, 9, tzinfo=CHINA))
    preview = claims.preview(noon.counter.manager, "city", NOVEMBER)

    standing = [line for line in preview.lines if line.undone_on is None]
    assert [(line.name, line.amount) for line in standing if line.sale_id != taken_back.id] == [("甲", 300), ("乙", 300)]
    assert sum(line.amount for line in preview.lines) == preview.movement == 600
    assert noon.counter.balance("receivable:city") == 600
    assert noon.counter.verify.run().findings == ()


def test_a_delivered_meal_is_no_meal_charged_by_name_and_no_stack_of_cards(noon: Delivering) -> None:
    stops = [noon.book(noon.lives_alone(noon.counter.rich(f"会员{number}", OLD))) for number in range(12)]
    eats_in = noon.counter.rich("李桂芳", OLD)
    noon.at(TUESDAY)
    for stop in stops:
        noon.note(stop, Outcome.HANDED_OVER)
    by_name = noon.counter.sell(eats_in)

    noon.counter.clock.set(datetime(2026, 12, 1, 9, tzinfo=CHINA))
    preview = Claims(noon.counter.stores, noon.counter.clock).preview(noon.counter.manager, "city", NOVEMBER)

    assert [(one.kind, one.numbers) for one in preview.anomalies] == [(AnomalyKind.BY_HAND, (by_name.number,))]
    assert {line.categories for line in preview.lines} == {("低保",), ()}, f"{LIVING_ALONE} stands on no paper"


def test_two_counters_note_the_same_stops_at_once_and_each_is_sold_once(noon: Delivering) -> None:
    stops = [noon.book(noon.counter.rich(f"会员{number}", OLD)) for number in range(8)]
    noon.at(TUESDAY)
    tills, together = (noon.deliveries, other_till(noon)), Barrier(2)
    wishes = [[noon.noting(stop, Outcome.HANDED_OVER) for stop in stops] for _till in tills]

    def note_all(at: int) -> list[bool]:
        together.wait()
        return [tills[at].note(noon.counter.manager, noting).again for noting in wishes[at]]

    with ThreadPoolExecutor(2) as hands:
        one, other = hands.map(note_all, range(2))

    assert [sorted(pair) for pair in zip(one, other, strict=True)] == [[False, True]] * 8
    assert noon.counter.balance("receivable:city") == 8 * 300
    assert noon.counter.verify.run().findings == ()


def test_of_two_counters_that_say_different_things_of_a_stop_one_is_told_so(noon: Delivering) -> None:
    stop = noon.book(noon.counter.rich("王秀英", OLD))
    noon.at(TUESDAY)
    tills, together = (noon.deliveries, other_till(noon)), Barrier(2)
    wishes = [noon.noting(stop, outcome) for outcome in (Outcome.HANDED_OVER, Outcome.NO_ANSWER)]

    def note(at: int) -> type[Refusal] | None:
        together.wait()
        try:
            tills[at].note(noon.counter.manager, wishes[at])
        except Refusal as refused:
            return type(refused)
        return None

    with ThreadPoolExecutor(2) as hands:
        said = list(hands.map(note, range(2)))

    assert sorted(said, key=str) == [StopHasResult, None]
    assert noon.reserved(stop).state is not State.BOOKED
    assert noon.counter.verify.run().findings == ()


def test_a_correction_after_the_month_was_claimed_is_a_negative_line_of_the_next_claim(noon: Delivering) -> None:
    noon.at(date(2026, 11, 29))
    stop = noon.book(noon.counter.rich("王秀英", OLD), day=date(2026, 11, 30))
    noon.at(date(2026, 11, 30))
    first = noon.note(stop, Outcome.HANDED_OVER).result
    noon.at(date(2026, 12, 1))
    claims, manager = Claims(noon.counter.stores, noon.counter.clock), noon.counter.manager
    stamped = claims.stamp(manager, StampOrder("claim", "city", NOVEMBER, 300, 1))

    noon.correct(stop, first, Outcome.NO_ANSWER)

    december = claims.preview(manager, "city", Month(2026, 12))
    assert (stamped.total, [(line.day, line.undone_on, line.amount) for line in december.lines]) == (
        300,
        [(date(2026, 11, 30), date(2026, 12, 1), -300)],
    )
    assert noon.counter.balance("receivable:city") == 0


def test_a_result_noted_after_the_month_was_claimed_is_claimed_next_with_what_is_paid_for_bringing_it(noon: Delivering) -> None:
    counter, last_day = noon.counter, date(2026, 11, 30)
    with counter.stores.write() as store:
        tariff = TARIFF.replace("test-2026", "brought") + BROUGHT
        store.tariff.publish(tariff, counter.manager.staff_id, counter.clock.now_ms() + 1)
    noon.at(date(2026, 11, 29))
    stops = {
        name: noon.book(counter.rich(name, date(born, 1, 1)), day=last_day)
        for name, born in (("老甲", 1940), ("老乙", 1940), ("丙", 1960), ("丁", 1960), ("戊", 1960))
    }
    noon.at(last_day)
    first = {name: noon.note(stops[name], Outcome.HANDED_OVER).result for name in ("老甲", "丙", "戊")}
    noon.at(date(2026, 12, 1))
    claims, manager = Claims(counter.stores, counter.clock), counter.manager
    november = claims.stamp(manager, StampOrder("november", "city", NOVEMBER, 300, 3))

    late = {name: noon.note(stops[name], Outcome.LEFT_AT_DOOR).sale for name in ("老乙", "丁")}
    noon.correct(stops["丙"], first["丙"], Outcome.REFUSED)
    noon.at(date(2027, 1, 2))
    december = claims.preview(manager, "city", DECEMBER)
    stamped = claims.stamp(manager, StampOrder("december", "city", DECEMBER, december.total, len(december.lines)))
    noon.correct(stops["戊"], first["戊"], Outcome.REFUSED)
    january = claims.preview(manager, "city", Month(2027, 1))

    assert all(sale is not None and sale.business_date == last_day for sale in late.values())
    assert sorted((line.name, line.amount, line.delivery) for line in december.lines) == [
        ("丁", 0, 200), ("丙", 0, -200), ("老乙", 300, 200),
    ]  # fmt: skip
    assert [(line.name, line.undone_on, line.amount, line.delivery) for line in january.lines] == [
        ("戊", date(2027, 1, 2), 0, -200)
    ]
    assert (november.total, stamped.total, counter.balance("receivable:city")) == (300, 300, 600)
    assert counter.verify.run().findings == ()


@pytest.mark.parametrize("stores", ["sqlite"], indirect=True)
def test_nobody_is_asked_for_bringing_a_meal_that_was_fetched_at_the_counter(noon: Delivering) -> None:
    counter = noon.counter
    with counter.stores.write() as store:
        tariff = TARIFF.replace("test-2026", "brought") + BROUGHT
        store.tariff.publish(tariff, counter.manager.staff_id, counter.clock.now_ms() + 1)
    fetched, brought = (noon.book(counter.rich(name, OLD)) for name in ("甲", "乙"))
    noon.at(TUESDAY)

    sale = noon.pick_up.hand_over(counter.cashier, "sale", fetched.id)
    noon.note(brought, Outcome.HANDED_OVER)

    counter.clock.set(datetime(2026, 12, 1, 9, tzinfo=CHINA))
    lines = Claims(counter.stores, counter.clock).preview(counter.manager, "city", NOVEMBER).lines
    assert (sale.way, sale.bill.due) == (Way.TAKE_AWAY, fetched.bill.due)
    assert sorted((line.name, line.way, line.amount, line.delivery) for line in lines) == [
        ("乙", Way.DELIVERY, 300, 200),
        ("甲", Way.TAKE_AWAY, 300, 0),
    ]
    assert counter.verify.run().findings == ()
