"""When a standing order holds, what it is, and which two of them clash."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.bill import Way
from pos.domain.menu import DishKind, Meal, Menu, Offer
from pos.domain.standing_orders import (
    FIRST_SET,
    NothingPlanned,
    Portions,
    StandingOrder,
    clashing,
    days_of,
    on_menu,
)

MONDAY = date(2026, 11, 23)
ORDER = StandingOrder("order", "m", frozenset({0, 2, 4}), Meal.LUNCH, Way.DELIVERY, MONDAY)
MEAT = Offer("meat", "红烧肉", DishKind.MEAT, 800, 1)
SETS = tuple(Offer(key, key, DishKind.SET_MEAL, 1_200, number) for number, key in enumerate(("set", "other"), 2))


def held(order: StandingOrder) -> list[int]:
    """The days of two weeks on which it holds, counted from the first Monday."""
    return [day.toordinal() - MONDAY.toordinal() for day in days_of(MONDAY, MONDAY + timedelta(days=13)) if order.holds_on(day)]


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, [0, 2, 4, 7, 9, 11]),
        ({"first": MONDAY + timedelta(days=2)}, [2, 4, 7, 9, 11]),
        ({"last": MONDAY + timedelta(days=9)}, [0, 2, 4, 7, 9]),
        ({"paused_from": MONDAY + timedelta(days=2), "paused_to": MONDAY + timedelta(days=7)}, [0, 9, 11]),
        ({"paused_from": MONDAY + timedelta(days=3)}, [0, 2]),
        ({"weekdays": frozenset({6})}, [6, 13]),
        ({"ended": True}, []),
    ],
)
def test_an_order_holds_on_its_weekdays_but_for_its_pause(facts: dict[str, object], days: list[int]) -> None:
    assert held(replace(ORDER, **facts)) == days  # type: ignore[arg-type]


def test_the_reservation_of_a_day_has_one_id() -> None:
    ids = [ORDER.reservation_id(day) for day in days_of(MONDAY, MONDAY + timedelta(days=1))]
    changed = replace(ORDER, way=Way.DINE_IN, portions=(("meat", 1),))

    assert ids[0] == changed.reservation_id(MONDAY)
    assert len({*ids, replace(ORDER, meal=Meal.DINNER).reservation_id(MONDAY), replace(ORDER, id="x").reservation_id(MONDAY)}) == 4


@pytest.mark.parametrize(
    ("portions", "wanted"),
    [
        (((FIRST_SET, 1),), (("set", 1),)),
        (((FIRST_SET, 2), ("meat", 1)), (("set", 2), ("meat", 1))),
        ((("meat", 1),), (("meat", 1),)),
    ],
)
def test_the_first_set_meal_is_that_of_the_day(portions: Portions, wanted: Portions) -> None:
    menu = Menu(MONDAY, Meal.LUNCH, (MEAT, *SETS))

    assert on_menu(portions, menu) == wanted


@pytest.mark.parametrize(("menu", "portions", "set_meal"), [((), (("meat", 1),), False), ((MEAT,), ((FIRST_SET, 1),), True)])
def test_where_nothing_is_planned_nothing_can_be_booked(menu: tuple[Offer, ...], portions: Portions, set_meal: bool) -> None:
    with pytest.raises(NothingPlanned) as refused:
        on_menu(portions, Menu(MONDAY, Meal.LUNCH, menu))

    assert refused.value.set_meal is set_meal


def test_an_order_never_clashes_with_itself_or_with_one_that_ended() -> None:
    other = replace(ORDER, id="other")

    assert clashing(ORDER, [ORDER, replace(other, ended=True)]) is None
    assert clashing(ORDER, [replace(other, paused_from=MONDAY)]) == replace(other, paused_from=MONDAY)
