"""Standing orders are taken, changed, paused and ended; every version stays, and what was booked goes with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from pos.clock import CHINA
from pos.domain.absences import Absence
from pos.domain.errors import BadQuantity, MemberNotActive, MemberUnknown, NoShift, Refusal
from pos.domain.members import Member, MemberStatus, Wallet
from pos.domain.menu import DishUnknown, Meal
from pos.domain.pricing import Way
from pos.domain.reservations import ReservationOver, State
from pos.domain.staff import Actor, Role
from pos.domain.standing_orders import (
    FIRST_SET,
    DaysBackwards,
    NoWeekday,
    OrderedTwice,
    StandingOrder,
    StandingOrderGone,
)
from pos.services.persons import Persons
from pos.services.standing import Standing
from pos.services.standing_orders import Kept
from tests.pos.services.counter import MONDAY, Counter
from tests.pos.services.test_reservations_flow import reservations, wallet
from tests.pos.services.test_standing_orders_run import order_of, quiet, run, skips, standing_orders, states

TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 3, 4))


def wanted(member: Member, **facts: object) -> StandingOrder:
    order = StandingOrder("order", member.id, frozenset({0, 2, 4}), Meal.LUNCH, Way.DELIVERY, MONDAY)
    return replace(order, **facts)  # type: ignore[arg-type]


def booked_week(counter: Counter) -> tuple[Member, StandingOrder]:
    """Somebody whose Wednesday and Friday are booked."""
    member = counter.rich("王秀英")
    order = order_of(counter, member)
    standing_orders(counter).generate(counter.cashier, TUESDAY, FRIDAY, quiet)
    return member, order


def days(found: tuple[object, ...]) -> list[date]:
    return [one.day for one in found]  # type: ignore[attr-defined]


def test_M1_an_order_asked_for_twice_is_one(counter: Counter) -> None:
    member = counter.rich()

    first = standing_orders(counter).add(counter.cashier, wanted(member))
    again = standing_orders(counter).add(counter.cashier, wanted(member, way=Way.DINE_IN))

    assert first == again == Kept(wanted(member, made_by=counter.cashier.name, made_ms=counter.clock.now_ms()))
    assert standing_orders(counter).of_member(member.id) == (first.order,)
    assert counter.count("standing_orders") == 1


def test_every_version_of_an_order_stays(counter: Counter) -> None:
    member = counter.rich()
    orders = standing_orders(counter)
    first = orders.add(counter.cashier, wanted(member)).order
    counter.wait(minutes=1)

    changed = orders.change(counter.manager, replace(first, way=Way.TAKE_AWAY, portions=((FIRST_SET, 2), ("rice", 1)), eat_at="12:00"))
    same = orders.change(counter.manager, changed.order)
    paused = orders.pause(counter.cashier, first.id, THURSDAY)
    resumed = orders.pause(counter.cashier, first.id, None)
    ended = orders.end(counter.cashier, first.id)

    assert same == Kept(changed.order)
    assert (paused.order.paused_from, paused.order.paused_to, resumed.order.paused_from) == (THURSDAY, None, None)
    assert orders.versions(first.id) == (first, changed.order, paused.order, resumed.order, ended.order)
    assert [one.made_by for one in orders.versions(first.id)] == ["李桂兰", "周敏", "李桂兰", "李桂兰", "李桂兰"]
    assert orders.of_member(member.id) == ()


def test_what_an_order_booked_is_given_up_with_it_while_there_is_time(counter: Counter) -> None:
    member, order = booked_week(counter)
    counter.clock.set(datetime.combine(TUESDAY, time(17, 30), tzinfo=CHINA))
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.shifts.open(counter.cashier, 0)

    ended = standing_orders(counter).end(counter.cashier, order.id)

    assert (days(ended.cancelled), days(ended.too_late), ended.as_before) == ([FRIDAY], [WEDNESDAY], ())
    assert states(counter, WEDNESDAY) == [("王秀英", State.BOOKED)]
    assert states(counter, FRIDAY) == [("王秀英", State.CANCELLED)]
    assert wallet(counter, member) == Wallet(member.id, 18_909, 1_891, 1_200)


def test_a_pause_gives_up_its_days_alone(counter: Counter) -> None:
    member, order = booked_week(counter)

    paused = standing_orders(counter).pause(counter.cashier, order.id, THURSDAY, FRIDAY)

    assert (days(paused.cancelled), days(paused.too_late)) == ([FRIDAY], [])
    assert states(counter, WEDNESDAY) == [("王秀英", State.BOOKED)]
    assert wallet(counter, member) == Wallet(member.id, 18_909, 1_891, 1_200)


def test_what_went_with_a_pause_is_booked_again_when_it_is_lifted_and_what_was_given_up_by_itself_is_not(counter: Counter) -> None:
    member, order = booked_week(counter)
    orders = standing_orders(counter)
    (wednesday,) = reservations(counter).of_day(WEDNESDAY)
    reservations(counter).cancel(counter.cashier, wednesday.id)
    counter.wait(minutes=1)

    orders.pause(counter.cashier, order.id, WEDNESDAY, FRIDAY)
    while_paused = run(counter)
    counter.wait(minutes=1)
    lifted = orders.pause(counter.cashier, order.id, None)
    made = run(counter)
    again = run(counter)

    assert (while_paused.booked, days(lifted.again)) == (0, [FRIDAY])
    assert (made.booked, made.before, skips(made)) == (1, 0, [("王秀英", WEDNESDAY, ReservationOver)])
    assert (again.booked, again.before) == (0, 1)
    assert states(counter, FRIDAY) == [("王秀英", State.CANCELLED), ("王秀英", State.BOOKED)]
    assert days(orders.end(counter.cashier, order.id).cancelled) == [FRIDAY]
    assert wallet(counter, member) == Wallet(member.id, 20_000, 2_000)
    assert counter.verify.run().sound


@pytest.mark.parametrize(
    ("change", "cancelled"),
    [
        ({"weekdays": frozenset({2, 3})}, [FRIDAY]),
        ({"last": WEDNESDAY}, [FRIDAY]),
        ({"first": THURSDAY}, [WEDNESDAY]),
        ({"meal": Meal.DINNER}, [WEDNESDAY, FRIDAY]),
    ],
)
def test_a_change_gives_up_the_days_that_are_wanted_no_more(
    counter: Counter, change: dict[str, object], cancelled: list[date]
) -> None:
    _member, order = booked_week(counter)

    kept = standing_orders(counter).change(counter.cashier, replace(order, **change))  # type: ignore[arg-type]

    assert days(kept.cancelled) == cancelled


def test_a_change_of_what_is_eaten_leaves_booked_meals_and_tells_of_them(counter: Counter) -> None:
    _member, order = booked_week(counter)

    kept = standing_orders(counter).change(counter.cashier, replace(order, way=Way.DINE_IN))

    assert (days(kept.cancelled), days(kept.as_before)) == ([], [WEDNESDAY, FRIDAY])
    assert [one.way for one in reservations(counter).of_day(WEDNESDAY)] == [Way.DELIVERY]


def test_without_a_shift_an_order_with_booked_meals_is_not_ended(counter: Counter) -> None:
    _member, order = booked_week(counter)
    other = order_of(counter, counter.rich("李桂芳"))
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))

    with pytest.raises(NoShift):
        standing_orders(counter).end(counter.cashier, order.id)

    assert not standing_orders(counter).versions(order.id)[-1].ended
    assert standing_orders(counter).end(counter.cashier, other.id).order.ended


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"weekdays": frozenset()}, NoWeekday),
        ({"last": MONDAY - timedelta(days=1)}, DaysBackwards),
        ({"paused_from": FRIDAY, "paused_to": TUESDAY}, DaysBackwards),
        ({"portions": ((FIRST_SET, 0),)}, BadQuantity),
        ({"portions": ((FIRST_SET, 100),)}, BadQuantity),
        ({"portions": (("nothing", 1),)}, DishUnknown),
        ({"member_id": "nobody"}, MemberUnknown),
    ],
)
def test_an_order_that_cannot_be_right_is_refused(counter: Counter, facts: dict[str, object], kind: type[Refusal]) -> None:
    member = counter.rich()

    with pytest.raises(kind):
        standing_orders(counter).add(counter.cashier, wanted(member, **facts))

    assert counter.count("standing_orders") == 0


@pytest.mark.parametrize(
    ("facts", "clashes"),
    [
        ({}, True),
        ({"weekdays": frozenset({1, 3})}, False),
        ({"meal": Meal.DINNER}, False),
        ({"first": MONDAY + timedelta(days=8)}, False),
        ({"first": MONDAY + timedelta(days=7)}, True),
    ],
)
def test_a_second_order_for_the_same_meal_of_a_day_is_refused(
    counter: Counter, facts: dict[str, object], clashes: bool
) -> None:
    member = counter.rich()
    standing_orders(counter).add(counter.cashier, wanted(member, id="first", last=MONDAY + timedelta(days=7)))

    if clashes:
        with pytest.raises(OrderedTwice):
            standing_orders(counter).add(counter.cashier, wanted(member, **facts))
    else:
        standing_orders(counter).add(counter.cashier, wanted(member, **facts))

    assert counter.count("standing_orders") == (1 if clashes else 2)


def test_who_has_left_orders_nothing_and_who_is_ill_may(counter: Counter) -> None:
    left, ill = counter.rich("甲"), counter.rich("乙")
    standing = Standing(counter.stores, counter.clock, "A")
    standing.begin(counter.manager, left.id, Absence("a", MemberStatus.LEFT, MONDAY))
    standing.begin(counter.manager, ill.id, Absence("b", MemberStatus.PAUSED, MONDAY, FRIDAY))

    with pytest.raises(MemberNotActive):
        standing_orders(counter).add(counter.cashier, wanted(left))

    assert standing_orders(counter).add(counter.cashier, wanted(ill)).order.member_id == ill.id


def test_an_order_that_is_not_there_is_gone(counter: Counter) -> None:
    order = order_of(counter, counter.rich())
    orders = standing_orders(counter)
    orders.end(counter.cashier, order.id)
    nobody = Actor("x", "x", Role.CASHIER)
    asked: list[Callable[[], Kept]] = [
        lambda: orders.end(nobody, "nothing"),
        lambda: orders.pause(nobody, order.id, FRIDAY),
        lambda: orders.change(nobody, order),
    ]

    for ask in asked:
        with pytest.raises(StandingOrderGone):
            ask()


def test_an_extract_holds_somebodys_standing_orders(counter: Counter) -> None:
    member = counter.rich()
    order = order_of(counter, member)

    told = Persons(counter.stores, counter.clock).extract(counter.manager, member.id)

    assert [row["id"] for row in told["tables"]["standing_orders"]] == [order.id]
