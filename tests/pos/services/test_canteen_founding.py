"""The first day: a canteen is founded once, whole, and without a default PIN."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.canteen import Canteen
from pos.domain.errors import AboveLimit, BadAmount, BadName, NameTaken, Refusal, WeakPin
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Tender
from pos.domain.staff import Actor, Role
from pos.domain.tariff import LIST_PRICE
from pos.services.canteen import Canteens, Founding
from pos.services.sales import Checkout, Order
from pos.services.shifts import Shifts
from pos.services.staff import Desk
from pos.services.verify import Verify
from tests.pos.services.counter import NOON, TILL

FOUNDING = Founding("幸福里社区食堂", "周敏", "9042", "工作餐", 1_200)


def canteens_on(stores: SqlStores) -> Canteens:
    return Canteens(stores, SetClock(NOON), TILL)


def test_before_the_first_start_there_is_no_canteen(sqlite_stores: SqlStores) -> None:
    assert canteens_on(sqlite_stores).current() is None
    assert Desk(sqlite_stores, SetClock(NOON)).names() == ()


def test_a_founded_canteen_has_a_name_a_manager_and_a_meal_for_every_meal(sqlite_stores: SqlStores) -> None:
    manager = canteens_on(sqlite_stores).found(replace(FOUNDING, name=" 幸福里社区食堂 "))

    assert canteens_on(sqlite_stores).current() == Canteen("幸福里社区食堂")
    assert Desk(sqlite_stores, SetClock(NOON)).sign_in("周敏", "9042") == manager == Actor(manager.staff_id, "周敏", Role.MANAGER)
    with sqlite_stores.read() as store:
        menus = [store.menu.menu(NOON.date(), meal).offers for meal in Meal]
        assert store.tariff.in_force(NOON.date()) == LIST_PRICE
    assert menus == [menus[0]] * 3
    assert [(one.name, one.kind, one.price, one.key) for one in menus[0]] == [("工作餐", DishKind.SET_MEAL, 1_200, 1)]


def test_the_first_sale_needs_nothing_but_a_shift(sqlite_stores: SqlStores) -> None:
    manager = canteens_on(sqlite_stores).found(FOUNDING)
    Shifts(sqlite_stores, SetClock(NOON), TILL).open(manager, 0)
    checkout = Checkout(sqlite_stores, SetClock(NOON), TILL)
    today = checkout.today()
    order = Order("sale", None, ((today.menu.offers[0].dish_id, 1),), Tender.CASH, today.day, today.meal, 1_200, given=1_200)

    sale = checkout.charge(manager, order)

    assert (sale.number, Verify(sqlite_stores).run().sound) == ("A-1-000001", True)


@pytest.mark.parametrize(
    ("founding", "kind"),
    [
        (replace(FOUNDING, name=" "), BadName),
        (replace(FOUNDING, manager=""), BadName),
        (replace(FOUNDING, set_meal="\x1b"), BadName),
        (replace(FOUNDING, pin="1234"), WeakPin),
        (replace(FOUNDING, pin=""), WeakPin),
        (replace(FOUNDING, set_meal_price=0), BadAmount),
        (replace(FOUNDING, set_meal_price=-1), BadAmount),
        (replace(FOUNDING, set_meal_price=100_001), AboveLimit),
    ],
)
def test_half_a_canteen_is_never_founded(sqlite_stores: SqlStores, founding: Founding, kind: type[Refusal]) -> None:
    with pytest.raises(kind):
        canteens_on(sqlite_stores).found(founding)

    assert canteens_on(sqlite_stores).current() is None
    assert Desk(sqlite_stores, SetClock(NOON)).names() == ()


def test_a_canteen_is_founded_once(sqlite_stores: SqlStores) -> None:
    canteens_on(sqlite_stores).found(FOUNDING)

    with pytest.raises(NameTaken) as refused:
        canteens_on(sqlite_stores).found(replace(FOUNDING, name="另一个", manager="马国强"))

    assert refused.value.name == "幸福里社区食堂"
    assert Desk(sqlite_stores, SetClock(NOON)).names() == ("周敏",)


def test_a_second_till_joins_as_often_as_it_starts(sqlite_stores: SqlStores) -> None:
    manager = canteens_on(sqlite_stores).found(FOUNDING)
    second = sqlite_stores.at("B")
    for _ in range(2):
        Canteens(second, SetClock(NOON), "B").join()

    shifts = Shifts(second, SetClock(NOON), "B")
    shifts.open(manager, 500)

    assert shifts.x_report(manager).last_number == "B-1-000001"


def test_the_pin_is_not_in_what_a_log_would_show() -> None:
    assert "9042" not in repr(FOUNDING)
