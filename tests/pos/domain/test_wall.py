"""What hangs on the wall: what is there every day stands once, and the notice is for diners."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.calendar import DayFacts
from pos.domain.menu import DishKind, Meal, Offer, Plan
from pos.domain.tariff import parse_tariff
from pos.domain.wall import DAYS, MealOfWeek, PriceBoard, WeekMenu, week_menu

MONDAY = date(2026, 11, 23)
OPEN = (DayFacts(),) * DAYS


def dish(name: str) -> Offer:
    return Offer(name, name, DishKind.MEAT, 300, 1)


RICE, PORK, FISH = dish("rice"), dish("pork"), dish("fish")


def lunches(*of_days: Sequence[Offer]) -> list[list[Plan]]:
    """A week with these lunches from Monday on; the other days have none."""
    days = [*of_days, *[()] * (DAYS - len(of_days))]
    return [[Plan(MONDAY + timedelta(days=at), Meal.LUNCH, tuple(offers))] for at, offers in enumerate(days)]


def test_what_every_served_day_has_stands_once_and_the_rest_on_its_day() -> None:
    week = week_menu(MONDAY, OPEN, lunches([RICE, PORK], [FISH, RICE]))

    days = ((PORK,), (FISH,), (), (), (), (), ())
    assert week == WeekMenu(MONDAY, OPEN, (MealOfWeek(Meal.LUNCH, (RICE,), days),))


def test_a_closed_day_serves_nothing_and_changes_nothing_of_what_there_is_always() -> None:
    closed = (DayFacts(open=False, reason="停水"), *OPEN[1:])

    (lunch,) = week_menu(MONDAY, closed, lunches([FISH], [RICE, PORK], [RICE])).meals

    assert lunch == MealOfWeek(Meal.LUNCH, (RICE,), ((), (PORK,), (), (), (), (), ()))


def test_a_single_day_is_not_every_day() -> None:
    (lunch,) = week_menu(MONDAY, OPEN, lunches([RICE, PORK])).meals

    assert (lunch.always, lunch.days[0]) == ((), (RICE, PORK))


def test_a_week_without_a_menu_has_no_meals() -> None:
    assert week_menu(MONDAY, OPEN, lunches()).meals == ()


@given(st.lists(st.lists(st.sampled_from("abcdef"), unique=True), min_size=DAYS, max_size=DAYS))
def test_every_dish_of_every_day_is_found_once(names: list[list[str]]) -> None:
    week = week_menu(MONDAY, OPEN, lunches(*([dish(name) for name in of_day] for of_day in names)))

    for at, of_day in enumerate(names):
        shown = [one.name for meal in week.meals for one in (*(meal.always if of_day else ()), *meal.days[at])]
        assert sorted(shown) == sorted(of_day)


def test_what_is_only_reported_is_on_no_notice() -> None:
    tariff = parse_tariff("""
id = "t"
title = "t"
valid_from = 2026-01-01
[payers]
city = "市民政局"
[[rules]]
id = "off"
then = { off = 2.00 }
payers = ["city"]
[[rules]]
id = "served"
then = { report = 3.00, service = "operating" }
payers = ["city"]
""")

    assert [rule.id for rule in PriceBoard(MONDAY, (), tariff).notice] == ["off"]
