"""A set meal at the counter: what was chosen is stored with the sale, at the set's price."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.domain.errors import NotOnMenu
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Way
from pos.domain.reservations import Booking
from pos.domain.sales import Sale
from pos.domain.set_meals import WrongChoice
from pos.services.menu import Menus
from pos.services.reservations import Reservations
from tests.pos.services.counter import SET_MEAL, Counter
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


def test_a_dish_that_was_sold_out_meanwhile_is_refused_by_its_id(counter: Counter) -> None:
    ids = offer_choices(counter)
    order = replace(counter.order(counter.rich()), chosen=(("set", tuple(ids[name] for name in FIRST)),))
    Menus(counter.stores, counter.clock).limit(counter.manager, None, Meal.LUNCH, ids["清蒸鲈鱼"], 0)

    with pytest.raises(NotOnMenu) as refused:
        counter.checkout.charge(counter.cashier, order)

    assert refused.value.dish_ids == (ids["清蒸鲈鱼"],)


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
