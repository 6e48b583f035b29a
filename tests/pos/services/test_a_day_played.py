"""A day played through, from the evening before to its close, and every fen of it found in the ledger."""

from __future__ import annotations

from collections import Counter as Tally
from datetime import date, datetime, time, timedelta

import pytest

from pos.clock import CHINA
from pos.domain.cases import CaseStep
from pos.domain.day_close import OpenCases
from pos.domain.deliveries import Outcome
from pos.domain.ledger import HELD, EntryKind
from pos.domain.members import Member, Wallet
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.prints import PrintKind
from pos.domain.reservations import AfterCutOff, Booking, Reservation, State
from pos.domain.routes import Route
from pos.domain.standing_orders import StandingOrder
from pos.services.cases import Cases
from pos.services.claims import Claims
from pos.services.day_close import DayCloses
from pos.services.deliveries import Deliveries, Noting
from pos.services.kitchen import Kitchen
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from pos.services.rosters import Rosters
from pos.services.routes import Routes
from pos.services.sign_up_lists import Confirmed, Fate, SignUpLists
from pos.services.standing_orders import StandingOrders
from tests.made_up import no_file
from tests.pos.services.counter import MONDAY, Counter, rows_of

TUESDAY = MONDAY + timedelta(days=1)
PASTED = """#接龙 明天午餐 🍚
1. 赵红梅 1份 送餐
2. 周玉兰 自取
3. 王二小 +1
"""
FULL = (20_000, 2_000)


def wallet(counter: Counter, member: Member) -> Wallet | None:
    with counter.stores.read() as store:
        return store.members.wallet(member.id)


def book(counter: Counter, member: Member, due: int, way: Way = Way.DINE_IN) -> Reservation:
    wish = Booking(counter.new_id("book"), member.id, TUESDAY, Meal.LUNCH, way, (("set", 1),), due)
    return Reservations(counter.stores, counter.clock, "A").book(counter.cashier, wish)


def states(counter: Counter) -> dict[str, tuple[State, str]]:
    found = Reservations(counter.stores, counter.clock, "A").of_day(TUESDAY)
    return {one.member_name: (one.state, "sold" if one.sale_id else "") for one in found}


def note(counter: Counter, stop: Reservation, outcome: Outcome) -> None:
    deliveries = Deliveries(counter.stores, counter.clock, "A")
    deliveries.note(counter.manager, Noting(counter.new_id("result"), stop.id, outcome, TUESDAY, Meal.LUNCH))


def test_a_day_from_the_evening_before_to_its_close(counter: Counter) -> None:
    fetches = counter.rich("王秀英", date(1940, 1, 1))
    stays_away = counter.rich("吴长林", date(1948, 1, 1))
    opens = counter.rich("李桂芳", date(1945, 1, 1))
    silent = counter.rich("张德福", date(1950, 1, 1))
    finds_it_at_the_door = counter.rich("陈寿昌", date(1930, 1, 1))
    refuses = counter.rich("赵红梅", date(1990, 1, 1))
    changes_her_mind = counter.rich("周玉兰", date(1948, 5, 5))
    reservations = Reservations(counter.stores, counter.clock, "A")
    kitchen = Kitchen(counter.stores, counter.clock, "A")

    # The evening before: by swipe, by standing order, by a pasted list.
    for_noon = book(counter, fetches, 720)
    book(counter, stays_away, 1_080)
    orders = StandingOrders(counter.stores, counter.clock, "A")
    for member in (opens, silent, finds_it_at_the_door):
        order = StandingOrder(counter.new_id("order"), member.id, frozenset({1, 3}), Meal.LUNCH, Way.DELIVERY, MONDAY)
        orders.add(counter.cashier, order)
    generated = orders.generate(counter.cashier, TUESDAY, TUESDAY, lambda _done, _all: None)
    lists = SignUpLists(counter.stores, counter.clock, "A")
    checked = lists.check(counter.cashier, PASTED, TUESDAY, Meal.LUNCH)
    known = [line for line in checked.lines if line.fate is Fate.RECOGNISED]
    ways = (Way.DELIVERY, Way.TAKE_AWAY)
    confirmed = [Confirmed(line, line.people[0].member_id, 1, way) for line, way in zip(known, ways, strict=True)]
    listed = lists.book(counter.cashier, checked, confirmed, lambda _done, _all: None)
    assert (generated.booked, generated.skipped, checked.count(Fate.UNKNOWN)) == (3, (), 1)
    assert [one.refusal for one in listed] == [None, None]
    held = {720, 1_080}
    assert held <= {found.held for member in (fetches, stays_away) if (found := wallet(counter, member))}
    assert counter.balance(HELD) == -(720 + 1_080 + 720 + 1_080 + 0 + 1_200 + 1_080)

    # The kitchen's sheet; a change after it; the cut-off.
    kitchen.record(counter.manager, TUESDAY, Meal.LUNCH, no_file)
    (given_up,) = [one.made for one in listed if one.made and one.made.member_id == changes_her_mind.id]
    reservations.cancel(counter.cashier, given_up.id)
    kitchen.print_roll(counter.manager, TUESDAY, Meal.LUNCH, only_changes=True)
    counter.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))
    with pytest.raises(AfterCutOff):
        book(counter, changes_her_mind, 1_080)
    assert wallet(counter, changes_her_mind) == Wallet(changes_her_mind.id, *FULL)

    # Rosters for the volunteers.
    routes, rosters = Routes(counter.stores, counter.clock), Rosters(counter.stores, counter.clock, "A")
    route = routes.save(counter.manager, Route("", "东区"))
    for member in (opens, silent, finds_it_at_the_door, refuses):
        routes.settle(counter.manager, member.id, route.id)
    rosters.record(counter.manager, TUESDAY, Meal.LUNCH, (route.id,), "2026-11-23 17:05", no_file)
    with counter.stores.read() as store:
        roster = store.prints.latest(PrintKind.ROSTER, route.id, TUESDAY, Meal.LUNCH)
    assert roster is not None
    stops = {one.member_id: one for one in reservations.of_day(TUESDAY) if one.way is Way.DELIVERY}
    assert set(roster.lines) - {""} == {stop.id for stop in stops.values()}

    # Noon.
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.clock.set(datetime.combine(TUESDAY, time(11, 30), tzinfo=CHINA))
    counter.shifts.open(counter.cashier, 0)
    PickUp(counter.stores, counter.clock, "A").hand_over(counter.cashier, "fetched", for_noon.id)
    for member, outcome in (
        (opens, Outcome.HANDED_OVER),
        (finds_it_at_the_door, Outcome.LEFT_AT_DOOR),
        (refuses, Outcome.REFUSED),
        (silent, Outcome.NO_ANSWER),
    ):
        note(counter, stops[member.id], outcome)

    # Nobody goes home before it is known how he is.
    closes, cases = DayCloses(counter.stores, counter.clock, "A"), Cases(counter.stores, counter.clock)
    counter.clock.set(datetime.combine(TUESDAY, time(14, 30), tzinfo=CHINA))
    with pytest.raises(OpenCases):
        closes.close(counter.manager, TUESDAY)
    (case,) = cases.open_now()
    for step in (CaseStep.CALLED, CaseStep.CALLED_FAMILY, CaseStep.FOUND_WELL):
        case = cases.take_step(counter.manager, counter.new_id("step"), case.id, step)
    closed = closes.close(counter.manager, TUESDAY)

    assert case.outcome is not None
    assert closed.day == TUESDAY
    assert states(counter) == {
        "王秀英": (State.SERVED, "sold"),
        "吴长林": (State.MISSED, ""),
        "李桂芳": (State.SERVED, "sold"),
        "张德福": (State.MISSED, ""),
        "陈寿昌": (State.SERVED, "sold"),
        "赵红梅": (State.MISSED, ""),
        "周玉兰": (State.CANCELLED, ""),
    }
    # Every fen: two meals of 7.20 with 3.00 from the city each, one free one, and everybody else has all of it back.
    assert {member.name: counter.wallet(member) for member in (fetches, opens)} == {
        "王秀英": (19_345, 1_935),
        "李桂芳": (19_345, 1_935),
    }
    assert {counter.wallet(member) for member in (stays_away, silent, finds_it_at_the_door, refuses, changes_her_mind)} == {FULL}
    assert (counter.balance(HELD), counter.balance("receivable:city")) == (0, 600)
    assert counter.balance("revenue:set_meal") == -3_600
    assert counter.balance("canteen_discount") == 180 + 180 + 1_200
    kinds = Tally(kind for (kind,) in rows_of(counter.file, "SELECT kind FROM entries"))
    assert (kinds[EntryKind.HOLD], kinds[EntryKind.RELEASE], kinds[EntryKind.SALE]) == (6, 6, 3)
    (city,) = Claims(counter.stores, counter.clock).months(counter.manager)
    preview = Claims(counter.stores, counter.clock).preview(counter.manager, city.payer, city.months[0][0])
    assert sorted(line.name for line in preview.lines) == ["李桂芳", "王秀英"]
    assert counter.verify.run().sound
