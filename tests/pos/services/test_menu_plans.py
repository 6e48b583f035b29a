"""Planning: one price a dish from today on, days with a plan of their own, and history that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.store import SqlStores
from pos.domain.errors import AboveLimit, BadAmount, BadName, NotPermitted
from pos.domain.menu import (
    MOST_OFFERS,
    DayGone,
    Dish,
    DishKind,
    DishTaken,
    DishUnknown,
    Meal,
    MenuFull,
    Offer,
)
from pos.services.menu import Menus
from tests.pos.services.counter import OFFERS, Counter

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
RICE = OFFERS[-1]


@pytest.fixture
def menus(counter: Counter) -> Menus:
    return Menus(counter.stores, counter.clock)


def names(menus: Menus, day: date | None, meal: Meal = Meal.LUNCH) -> tuple[list[str], bool]:
    """What is offered, and whether by a plan of the day's own."""
    plan = next(plan for plan in menus.plans(day) if plan.meal is meal)
    return [offer.name for offer in plan.offers], plan.own


def changes(stores: SqlStores) -> list[tuple[object, ...]]:
    with stores.read_rows() as rows:
        from db.tables import dish_changes

        found = rows.run(dish_changes.select().order_by(dish_changes.c.seq)).all()
    return [(row.name, row.price, row.cooked, row.staff_id) for row in found]


def test_a_new_dish_is_known_and_who_added_it_is_remembered(menus: Menus, counter: Counter) -> None:
    fish = menus.add_dish(counter.manager, " 清蒸鲈鱼 ", DishKind.MEAT, 1_800)

    assert fish == Dish(fish.id, "清蒸鲈鱼", DishKind.MEAT, 1_800, cooked=True)
    assert fish in menus.dishes()
    assert changes(counter.stores) == [("清蒸鲈鱼", 1_800, 1, counter.manager.staff_id)]


def test_a_day_with_a_plan_of_its_own_leaves_the_standing_one_to_the_other_days(menus: Menus, counter: Counter) -> None:
    standing = names(menus, None)[0]

    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id])

    assert names(menus, TOMORROW) == ([RICE.name], True)
    assert names(menus, TOMORROW, Meal.DINNER) == (standing, False)
    assert names(menus, TODAY) == (standing, False)


def test_a_plan_without_dishes_goes_back_to_the_standing_one(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id])

    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [])

    assert names(menus, TOMORROW) == (*names(menus, None)[:1], False)


def test_the_order_of_the_dishes_is_that_of_their_keys_and_a_dish_stands_there_once(menus: Menus, counter: Counter) -> None:
    first, second = OFFERS[1], OFFERS[0]

    plan = menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [first.dish_id, second.dish_id, first.dish_id])

    assert plan.offers == (replace(first, key=1), replace(second, key=2))


def test_a_new_price_holds_on_every_menu_from_today_on_and_on_none_before(menus: Menus, counter: Counter) -> None:
    yesterday = TODAY - timedelta(days=1)
    with counter.stores.write() as store:
        store.menu.set_menu(yesterday, Meal.LUNCH, [RICE])
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id])
    dish = next(dish for dish in menus.dishes() if dish.id == RICE.dish_id)

    menus.change_dish(counter.manager, replace(dish, price=dish.price + 50))

    def price(day: date | None) -> int:
        (lunch,) = (plan for plan in menus.plans(day) if plan.meal is Meal.LUNCH)
        return next(offer.price for offer in lunch.offers if offer.dish_id == dish.id)

    assert (price(yesterday), price(None), price(TOMORROW)) == (RICE.price, RICE.price + 50, RICE.price + 50)


def test_a_dish_that_is_no_longer_cooked_is_on_no_menu_to_come_and_may_come_back(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id, OFFERS[0].dish_id])
    dish = next(dish for dish in menus.dishes() if dish.id == RICE.dish_id)

    menus.change_dish(counter.manager, replace(dish, cooked=False))
    without = names(menus, TOMORROW)[0]
    with pytest.raises(DishUnknown):
        menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id])
    menus.change_dish(counter.manager, dish)
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id])

    assert without == [OFFERS[0].name]
    assert names(menus, TOMORROW)[0] == [RICE.name]


def test_a_week_is_copied_day_by_day_without_what_is_over_or_no_longer_cooked(menus: Menus, counter: Counter) -> None:
    monday = TODAY  # 2026-11-23 is a Monday, and the copy is made on the Tuesday
    menus.plan(counter.manager, monday, Meal.LUNCH, [RICE.dish_id])
    menus.plan(counter.manager, TOMORROW, Meal.DINNER, [OFFERS[0].dish_id, RICE.dish_id])
    counter.wait(days=8)
    dish = next(dish for dish in menus.dishes() if dish.id == OFFERS[0].dish_id)
    menus.change_dish(counter.manager, replace(dish, cooked=False))

    planned = menus.copy_week(counter.manager, monday + timedelta(days=7))

    assert planned == 1
    assert names(menus, monday + timedelta(days=7)) == (names(menus, None)[0], False)
    assert names(menus, TOMORROW + timedelta(days=7), Meal.DINNER) == ([RICE.name], True)


def test_the_menu_of_a_day_that_is_over_stays(menus: Menus, counter: Counter) -> None:
    with pytest.raises(DayGone) as refused:
        menus.plan(counter.manager, TODAY - timedelta(days=1), Meal.LUNCH, [RICE.dish_id])

    assert refused.value.business_date == "2026-11-22"


def test_bad_dishes_and_menus_are_refused_and_nothing_is_kept(menus: Menus, counter: Counter) -> None:
    before = menus.dishes()

    for name, price, why in (
        ("", 100, BadName),
        ("汤", -1, BadAmount),
        ("汤", 100_001, AboveLimit),
        (RICE.name, 200, DishTaken),
    ):
        with pytest.raises(why):
            menus.add_dish(counter.manager, name, DishKind.SOUP, price)
    with pytest.raises(DishUnknown):
        menus.change_dish(counter.manager, Dish("nobody", "汤", DishKind.SOUP, 100))
    with pytest.raises(DishUnknown):
        menus.plan(counter.manager, TOMORROW, Meal.LUNCH, ["nobody"])
    with pytest.raises(MenuFull):
        menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [str(number) for number in range(MOST_OFFERS + 1)])

    assert (menus.dishes(), names(menus, TOMORROW)[1]) == (before, False)


def test_a_cashier_changes_no_menu(menus: Menus, counter: Counter) -> None:
    dish = menus.dishes()[0]
    for deed in (
        lambda: menus.add_dish(counter.cashier, "汤", DishKind.SOUP, 100),
        lambda: menus.change_dish(counter.cashier, dish),
        lambda: menus.plan(counter.cashier, TOMORROW, Meal.LUNCH, []),
        lambda: menus.copy_week(counter.cashier, TODAY),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_the_counter_sells_what_was_planned(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TODAY, Meal.LUNCH, [RICE.dish_id])

    today = counter.checkout.today()

    assert today.menu.offers == (Offer(RICE.dish_id, RICE.name, RICE.kind, RICE.price, 1),)
