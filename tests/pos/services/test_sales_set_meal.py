"""A set meal at the counter: what was chosen is stored with the sale, at the set's price."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.domain.capacity import SoldOut
from pos.domain.errors import NotOnMenu
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Tender, Way
from pos.domain.reservations import Booking
from pos.domain.sales import Sale
from pos.domain.set_meals import WrongChoice
from pos.services.menu import Menus
from pos.services.reservations import Reservations
from tests.pos.services.counter import SET_MEAL, Counter, refused
from tests.pos.services.set_meals import FIRST, PARTS, offer_choices


def chosen(sale: Sale) -> list[tuple[str, ...]]:
    return [tuple(name for _dish_id, name in item.chosen) for item in sale.bill.basket]


def test_what_was_chosen_is_kept_with_the_sale_at_the_price_of_the_set(counter: Counter) -> None:
    ids = offer_choices(counter)
    dishes = tuple(ids[name] for name in ("香菇滑鸡", "番茄牛腩", "米饭", "例汤"))
    order = replace(counter.order(counter.rich(), ("set", 2), ("rice", 1)), chosen=(("set", dishes),))

    sale = counter.checkout.charge(counter.cashier, order)

    assert chosen(sale) == [("番茄牛腩", "香菇滑鸡", "米饭", "例汤"), ()]
    assert [item.amount for item in sale.bill.basket] == [2 * SET_MEAL.price, 100]
    with counter.stores.read() as store:
        assert store.sales.get(sale.id) == sale


def test_an_order_that_names_no_dishes_has_the_first_of_each_shelf(counter: Counter) -> None:
    offer_choices(counter)

    sale = counter.sell(counter.rich())

    assert chosen(sale) == [FIRST]


def test_the_same_order_again_is_the_same_sale_whatever_the_menu_says_by_then(counter: Counter) -> None:
    ids = offer_choices(counter)
    order = replace(counter.order(counter.rich()), chosen=(("set", tuple(ids[name] for name in FIRST)),))
    sale = counter.checkout.charge(counter.cashier, order)
    Menus(counter.stores, counter.clock).limit(counter.manager, None, Meal.LUNCH, ids["红烧肉"], 0)

    again = counter.checkout.charge(counter.cashier, order)

    assert again == sale


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (("红烧肉", "米饭", "例汤"), WrongChoice),
        (("红烧肉", "红烧肉", "米饭", "例汤"), WrongChoice),
        (("红烧肉", "清蒸鲈鱼", "番茄牛腩", "米饭", "例汤"), WrongChoice),
        (("红烧肉", "一荤两素套餐", "米饭", "例汤"), NotOnMenu),
    ],
)
def test_what_is_no_such_meal_is_refused_and_nothing_is_charged(
    counter: Counter, names: tuple[str, ...], why: type[Exception]
) -> None:
    ids = offer_choices(counter)
    order = replace(counter.order(counter.rich()), chosen=(("set", tuple(ids[name] for name in names)),))

    with pytest.raises(why):
        counter.checkout.charge(counter.cashier, order)

    assert counter.checkout.recent() == ()


def test_a_dish_that_was_sold_out_meanwhile_is_refused_by_its_name(counter: Counter) -> None:
    ids = offer_choices(counter)
    order = replace(counter.order(counter.rich()), chosen=(("set", tuple(ids[name] for name in FIRST)),))
    Menus(counter.stores, counter.clock).limit(counter.manager, None, Meal.LUNCH, ids["清蒸鲈鱼"], 0)

    assert refused(counter, order, SoldOut).name == "清蒸鲈鱼"


def test_parts_stand_on_every_menu_and_only_a_set_meal_has_them(counter: Counter) -> None:
    offer_choices(counter)
    menus = Menus(counter.stores, counter.clock)
    tomorrow = counter.clock.local().date() + timedelta(days=1)
    dish = next(dish for dish in menus.dishes() if dish.id == SET_MEAL.dish_id)
    soup = menus.add_dish(counter.manager, "老鸭汤", DishKind.SOUP, 500, parts=PARTS)

    plan = menus.plan(counter.manager, tomorrow, Meal.LUNCH, [dish.id])
    menus.change_dish(counter.manager, replace(dish, kind=DishKind.STAPLE))

    assert ([offer.parts for offer in plan.offers], soup.parts) == ([PARTS], ())
    assert [offer.parts for plan in menus.plans(tomorrow) if plan.meal is Meal.LUNCH for offer in plan.offers] == [()]


def test_a_reserved_set_meal_is_eaten_as_it_was_chosen_whatever_the_menu_says_by_then(counter: Counter) -> None:
    ids = offer_choices(counter)
    member, tomorrow = counter.rich(), counter.clock.local().date() + timedelta(days=1)
    dishes = tuple(ids[name] for name in ("番茄牛腩", "香菇滑鸡", "米饭", "例汤"))
    wish = Booking("b", member.id, tomorrow, Meal.LUNCH, Way.DINE_IN, (("set", 1),), 1_200, chosen=(("set", dishes),))

    Reservations(counter.stores, counter.clock, "A").book(counter.cashier, wish)
    Menus(counter.stores, counter.clock).limit(counter.manager, tomorrow, Meal.LUNCH, ids["番茄牛腩"], 0)

    with counter.stores.read() as store:
        reserved = store.reservations.waiting(member.id, tomorrow, Meal.LUNCH)
    assert reserved
    assert [name for _dish_id, name in reserved.bill.basket[0].chosen] == ["番茄牛腩", "香菇滑鸡", "米饭", "例汤"]


def test_portions_of_a_dish_count_wherever_they_are_eaten_booked_or_sold(counter: Counter) -> None:
    ids = offer_choices(counter)
    fish = ids["清蒸鲈鱼"]
    Menus(counter.stores, counter.clock).limit(counter.manager, None, Meal.LUNCH, fish, 4)
    with_fish = (("set", tuple(ids[name] for name in FIRST)),)
    member, today = counter.rich(), counter.checkout.today().day
    ahead = Reservations(counter.stores, counter.clock, "A")
    wish = Booking("booking", member.id, today, Meal.LUNCH, Way.DINE_IN, (("set", 1),), SET_MEAL.price, why="x", chosen=with_fish)
    ahead.book(counter.manager, wish)

    counter.sell(None, ("set", 1), tender=Tender.CASH)
    undone = counter.sell(None, (fish, 1), tender=Tender.CASH)
    counter.checkout.undo(counter.cashier, "undo", undone.id)
    last = counter.order(None, ("set", 1), (fish, 2), tender=Tender.CASH)

    assert left(counter, fish) == 2
    assert refused(counter, last, SoldOut).left == 2
    counter.checkout.charge(counter.cashier, replace(last, portions=(("set", 1), (fish, 1)), shown_due=2_100))
    assert (left(counter, fish), ahead.ahead(member.id, today, Meal.LUNCH).left[fish]) == (0, 1), "her own is hers to change"


def test_a_set_meal_that_names_no_dishes_has_others_of_the_shelf_when_the_first_are_sold_out(counter: Counter) -> None:
    ids = offer_choices(counter)
    Menus(counter.stores, counter.clock).limit(counter.manager, None, Meal.LUNCH, ids["红烧肉"], 1)
    counter.sell(counter.rich())

    sale = counter.sell(counter.rich("李"))

    assert chosen(sale) == [("清蒸鲈鱼", "番茄牛腩", "米饭", "例汤")]


def left(counter: Counter, dish_id: str) -> int | None:
    return next(one.capacity for one in counter.checkout.today().menu.offers if one.dish_id == dish_id)
