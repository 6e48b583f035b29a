"""Replay: the same tariff changes nothing, another one is measured to the fen, and giving up leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.domain.circumstances import Circumstances, Person
from pos.domain.claims import Month
from pos.domain.errors import NotPermitted
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Tender, Way
from pos.domain.replay import Moved, PastMeal, Replay, replay
from pos.domain.tariff import Tariff, parse_tariff
from pos.services.replay import Replays
from tests.pos.services.claiming import NOVEMBER, OCTOBER, Claiming, claiming_on, old_member
from tests.pos.services.counter import TARIFF

OWN = parse_tariff(TARIFF)
DRAFT = parse_tariff("""
id = "draft"
title = "明年的补贴"
valid_from = 2027-01-01

[payers]
city = "市民政局"
town = "镇政府"

[[rules]]
id = "old"
who = { age_from = 80 }
then = { off = 4.00 }
payers = ["city"]
limit = { per_day = 1 }

[[rules]]
id = "town"
who = { age_from = 80 }
then = { off = 1.00 }
payers = ["town"]
limit = { per_month = 2 }
""")


@pytest.fixture
def claiming(stores: SqlStores, tmp_path: Path) -> Claiming:
    """November: Wang (82) eats on three days, twice on the last; Li (36) once; one more meal was undone."""
    claiming = claiming_on(stores, tmp_path)
    with claiming.day(date(2026, 11, 2)):
        wang, li = old_member(claiming), old_member(claiming, "李雷", date(1990, 5, 5))
        claiming.counter.sell(wang)
        claiming.counter.sell(li)
        undone = claiming.counter.sell(old_member(claiming, "刘堃"))
        claiming.counter.checkout.undo(claiming.counter.manager, "undo", undone.id)
    claiming.sell_on(date(2026, 11, 3), wang)
    claiming.sell_on(date(2026, 11, 30), wang, wang)
    return claiming


def _run(claiming: Claiming, draft: Tariff, month: Month = NOVEMBER) -> Replay:
    return Replays(claiming.counter.stores).run(claiming.counter.manager, draft, month, lambda _done, _whole: None)


def test_the_tariff_that_was_in_force_changes_nothing(claiming: Claiming) -> None:
    found = _run(claiming, OWN)

    assert (found.meals, found.dearer, found.cheaper) == (5, 0, 0)
    assert [moved.change for moved in (*found.by_payer, *found.by_age)] == [0] * 5
    assert {moved.key: moved.after for moved in found.by_payer} == {"canteen": 720, "city": 900, "diner": 4_380}


def test_a_draft_is_measured_per_payer_rule_and_age(claiming: Claiming) -> None:
    found = _run(claiming, DRAFT)

    # The city pays 4.00 once a day (the fourth meal is the second of its day), the town 1.00 twice a month.
    assert found == Replay(
        meals=5,
        dearer=2,
        cheaper=2,
        by_payer=(
            Moved("canteen", 4, 0, 720, 0),
            Moved("city", 3, 3, 900, 1_200),
            Moved("diner", 5, 5, 4_380, 4_600),
            Moved("town", 0, 2, 0, 200),
        ),
        by_rule=found.by_rule,
        by_age=(Moved("0-59", 1, 1, 1_200, 1_200), Moved("80-89", 4, 4, 3_180, 3_400)),
    )
    assert {moved.key: (moved.meals_after, moved.after) for moved in found.by_rule if moved.after} == {
        "old": (3, 1_200),
        "town": (2, 200),
    }


def test_a_month_is_what_it_was_and_others_are_left_alone(claiming: Claiming) -> None:
    months = Replays(claiming.counter.stores).months(claiming.counter.manager)

    assert (months, _run(claiming, DRAFT, OCTOBER).meals) == ((NOVEMBER,), 0)


def test_progress_is_told_and_giving_up_leaves_no_trace(
    claiming: Claiming, monkeypatch: pytest.MonkeyPatch
) -> None:
    class GivenUp(Exception):
        pass

    monkeypatch.setattr("pos.domain.replay.TOLD_EVERY", 2)
    told: list[tuple[int, int]] = []

    def progress(done: int, whole: int) -> None:
        told.append((done, whole))
        if done == 4:
            raise GivenUp

    with pytest.raises(GivenUp):
        Replays(claiming.counter.stores).run(claiming.counter.manager, DRAFT, NOVEMBER, progress)

    assert told == [(0, 5), (2, 5), (4, 5)]
    assert claiming.counter.verify.run().findings == ()
    assert _run(claiming, DRAFT).meals == 5


def test_only_who_may_change_tariffs_replays(claiming: Claiming) -> None:
    cashier, replays = claiming.counter.cashier, Replays(claiming.counter.stores)
    asks: list[Callable[[], object]] = [
        lambda: replays.months(cashier),
        lambda: replays.run(cashier, DRAFT, NOVEMBER, lambda _done, _whole: None),
    ]

    for ask in asks:
        with pytest.raises(NotPermitted):
            ask()


def test_a_waiver_of_the_manager_stays_a_waiver() -> None:
    basket = (BasketItem("set", "套餐", DishKind.SET_MEAL, 1_200, 1),)
    meal = PastMeal("w", Person(date(1944, 1, 1)), date(2026, 11, 2), Meal.LUNCH, Way.DINE_IN, Tender.CARD, 0, basket, (("waiver", "", 500), ("diner", "", 700)))  # fmt: skip

    found = replay([meal], DRAFT, lambda one: Circumstances(one.day, one.meal), lambda _done: None)

    assert {moved.key: (moved.before, moved.after) for moved in found.by_payer} == {
        "city": (0, 400),
        "diner": (700, 200),
        "town": (0, 100),
        "waiver": (500, 500),
    }


def test_a_meal_that_is_free_before_and_after_is_paid_by_no_diner() -> None:
    basket = (BasketItem("rice", "米饭", DishKind.STAPLE, 400, 1),)
    parts = (("city", "old", 400), ("diner", "", 0))
    meal = PastMeal("w", Person(date(1944, 1, 1)), date(2026, 11, 2), Meal.LUNCH, Way.DINE_IN, Tender.CARD, 0, basket, parts)

    found = replay([meal], DRAFT, lambda one: Circumstances(one.day, one.meal), lambda _done: None)

    assert found.by_payer == (Moved("city", 1, 1, 400, 400),)
