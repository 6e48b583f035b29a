"""Planning: one price a dish from today on, days with a plan of their own, and history that stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.store import SqlStores
from pos.domain.diet import Tag
from pos.domain.errors import AboveLimit, BadAmount, BadName, NotPermitted
from pos.domain.menu import (
    MOST_OFFERS,
    MOST_PORTIONS_PLANNED,
    BadCapacity,
    DayGone,
    Dish,
    DishKind,
    DishTaken,
    DishUnknown,
    Meal,
    MenuFull,
    NotOffered,
    Offer,
    limits_of,
    photo_mark,
)
from pos.domain.profile import LARGEST_PHOTO_BYTES, PhotoTooLarge
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
    return [(row.name, row.price, row.cooked, row.tags, row.staff_id) for row in found]


def limits(menus: Menus, day: date | None, meal: Meal = Meal.LUNCH) -> tuple[dict[str, int | None], int | None, bool]:
    """How many portions there are of each dish and in all, and whether by a plan of the day's own."""
    plan = next(plan for plan in menus.plans(day) if plan.meal is meal)
    return limits_of(plan.offers), plan.capacity, plan.own


def test_a_new_dish_is_known_and_who_added_it_is_remembered(menus: Menus, counter: Counter) -> None:
    fish = menus.add_dish(counter.manager, " 清蒸鲈鱼 ", DishKind.MEAT, 1_800)

    assert fish == Dish(fish.id, "清蒸鲈鱼", DishKind.MEAT, 1_800, cooked=True)
    assert fish in menus.dishes()
    assert changes(counter.stores) == [("清蒸鲈鱼", 1_800, 1, "[]", counter.manager.staff_id)]


def test_the_tags_of_a_dish_stand_on_every_menu_and_each_change_of_them_is_remembered(menus: Menus, counter: Counter) -> None:
    ribs = menus.add_dish(counter.manager, "糖醋排骨", DishKind.MEAT, 850, [Tag.SPICY, Tag.PORK, Tag.PORK])
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [ribs.id])

    menus.change_dish(counter.manager, replace(ribs, tags=(Tag.SOFT, Tag.PORK)))

    (lunch,) = (plan for plan in menus.plans(TOMORROW) if plan.meal is Meal.LUNCH)
    assert ribs.tags == (Tag.PORK, Tag.SPICY)
    assert [offer.tags for offer in lunch.offers] == [(Tag.PORK, Tag.SOFT)]
    assert [dish.tags for dish in menus.dishes() if dish.id == ribs.id] == [(Tag.PORK, Tag.SOFT)]
    assert [row[3] for row in changes(counter.stores)] == ['["pork", "spicy"]', '["pork", "soft"]']


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


def test_a_limit_gives_a_day_a_plan_of_its_own_and_leaves_the_standing_one(menus: Menus, counter: Counter) -> None:
    free = dict.fromkeys([offer.dish_id for offer in OFFERS])

    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, RICE.dish_id, 40)
    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, None, 120)

    assert limits(menus, TOMORROW) == (free | {RICE.dish_id: 40}, 120, True)
    assert limits(menus, TOMORROW, Meal.DINNER) == (free, None, False)
    assert limits(menus, None) == (free, None, True)


def test_a_day_goes_by_the_standing_limits_until_it_has_a_plan_of_its_own_which_takes_them_over(menus: Menus, counter: Counter) -> None:
    menus.limit(counter.manager, None, Meal.LUNCH, RICE.dish_id, 40)
    menus.limit(counter.manager, None, Meal.LUNCH, None, 120)
    standing = limits(menus, TOMORROW)

    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [OFFERS[0].dish_id, RICE.dish_id])
    menus.limit(counter.manager, None, Meal.LUNCH, None, 200)

    assert standing == (dict.fromkeys([offer.dish_id for offer in OFFERS]) | {RICE.dish_id: 40}, 120, False)
    assert limits(menus, TOMORROW) == ({OFFERS[0].dish_id: None, RICE.dish_id: 40}, 120, True)


def test_a_limit_stays_when_the_menu_is_put_in_order_and_goes_with_its_dish(menus: Menus, counter: Counter) -> None:
    first, second = OFFERS[0].dish_id, RICE.dish_id
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [first, second])
    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, second, 0)

    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [second, first])
    turned = limits(menus, TOMORROW)
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [first])
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [first, second])

    assert turned == ({second: 0, first: None}, None, True)
    assert limits(menus, TOMORROW) == ({first: None, second: None}, None, True)


def test_none_takes_a_limit_off_and_a_plan_without_dishes_all_of_them(menus: Menus, counter: Counter) -> None:
    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, None, 120)
    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, RICE.dish_id, 40)
    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, RICE.dish_id, None)
    one_left = limits(menus, TOMORROW)

    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [])

    free = dict.fromkeys([offer.dish_id for offer in OFFERS])
    assert one_left == (free, 120, True)
    assert limits(menus, TOMORROW) == (free, None, False)


def test_a_copied_week_has_its_limits(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TODAY, Meal.LUNCH, [RICE.dish_id])
    menus.limit(counter.manager, TODAY, Meal.LUNCH, RICE.dish_id, 40)
    menus.limit(counter.manager, TODAY, Meal.LUNCH, None, 120)

    menus.copy_week(counter.manager, TODAY + timedelta(days=7))

    assert limits(menus, TODAY + timedelta(days=7)) == ({RICE.dish_id: 40}, 120, True)


def test_a_new_price_leaves_the_limits_alone(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [RICE.dish_id])
    menus.limit(counter.manager, TOMORROW, Meal.LUNCH, RICE.dish_id, 40)
    dish = next(dish for dish in menus.dishes() if dish.id == RICE.dish_id)

    menus.change_dish(counter.manager, replace(dish, price=dish.price + 50))

    assert limits(menus, TOMORROW) == ({RICE.dish_id: 40}, None, True)


def test_limits_that_are_none_are_refused(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TOMORROW, Meal.LUNCH, [OFFERS[0].dish_id])
    menus.plan(counter.manager, None, Meal.BREAKFAST, [])

    for day, meal, dish_id, capacity, why in (
        (TOMORROW, Meal.LUNCH, RICE.dish_id, 40, NotOffered),
        (TOMORROW, Meal.BREAKFAST, None, 40, NotOffered),
        (TOMORROW, Meal.LUNCH, None, -1, BadCapacity),
        (TOMORROW, Meal.LUNCH, None, MOST_PORTIONS_PLANNED + 1, BadCapacity),
        (TODAY - timedelta(days=1), Meal.LUNCH, None, 40, DayGone),
    ):
        with pytest.raises(why):
            menus.limit(counter.manager, day, meal, dish_id, capacity)

    assert limits(menus, TOMORROW) == ({OFFERS[0].dish_id: None}, None, True)


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


def test_a_picture_of_a_dish_is_kept_apart_and_every_menu_says_which_it_is(menus: Menus, counter: Counter) -> None:
    def shown() -> tuple[str, bytes | None, dict[str, bytes]]:
        (lunch,) = (plan for plan in menus.plans(TOMORROW) if plan.meal is Meal.LUNCH)
        offer = next(offer for offer in lunch.offers if offer.dish_id == RICE.dish_id)
        photos = counter.checkout.dish_photos([offer.dish_id for offer in lunch.offers])
        return offer.photo, menus.photo(RICE.dish_id), dict(photos)

    steps = []
    for photo in (b"rice", b"more rice", None):
        menus.picture(counter.manager, RICE.dish_id, photo)
        steps.append(shown())

    assert steps == [
        (photo_mark(b"rice"), b"rice", {RICE.dish_id: b"rice"}),
        (photo_mark(b"more rice"), b"more rice", {RICE.dish_id: b"more rice"}),
        ("", None, {}),
    ]
    assert len({photo_mark(photo) for photo in (b"rice", b"more rice", None)}) == 3


def test_a_change_of_a_dish_leaves_its_picture(menus: Menus, counter: Counter) -> None:
    menus.picture(counter.manager, RICE.dish_id, b"rice")
    dish = next(dish for dish in menus.dishes() if dish.id == RICE.dish_id)

    menus.change_dish(counter.manager, replace(dish, price=120, photo=""))

    assert menus.photo(RICE.dish_id) == b"rice"
    assert [one.photo for one in menus.dishes() if one.id == RICE.dish_id] == [photo_mark(b"rice")]


def test_a_picture_that_nobody_made_smaller_or_of_no_dish_is_refused(menus: Menus, counter: Counter) -> None:
    with pytest.raises(PhotoTooLarge):
        menus.picture(counter.manager, RICE.dish_id, bytes(LARGEST_PHOTO_BYTES + 1))
    with pytest.raises(DishUnknown):
        menus.picture(counter.manager, "nobody", b"x")
    with pytest.raises(NotPermitted):
        menus.picture(counter.cashier, RICE.dish_id, b"x")

    assert menus.photo(RICE.dish_id) is None


def test_a_cashier_changes_no_menu(menus: Menus, counter: Counter) -> None:
    dish = menus.dishes()[0]
    for deed in (
        lambda: menus.add_dish(counter.cashier, "汤", DishKind.SOUP, 100),
        lambda: menus.change_dish(counter.cashier, dish),
        lambda: menus.plan(counter.cashier, TOMORROW, Meal.LUNCH, []),
        lambda: menus.copy_week(counter.cashier, TODAY),
        lambda: menus.limit(counter.cashier, TOMORROW, Meal.LUNCH, None, 40),
    ):
        with pytest.raises(NotPermitted):
            deed()


def test_the_counter_sells_what_was_planned(menus: Menus, counter: Counter) -> None:
    menus.plan(counter.manager, TODAY, Meal.LUNCH, [RICE.dish_id])

    today = counter.checkout.today()

    assert today.menu.offers == (Offer(RICE.dish_id, RICE.name, RICE.kind, RICE.price, 1),)
