"""A run of the standing orders beside other counters: what was decided while it waited holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.bill import Way
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.staff import Actor
from pos.domain.standing_orders import Generated, StandingOrder
from pos.services.standing_orders import StandingOrders
from tests.made_up import BOSS, NOON_MS, TODAY, found_canteen, found_shift, topped_up_member

MANAGER = Actor(BOSS.id, BOSS.name, BOSS.role)
TOMORROW = TODAY + timedelta(days=1)
_WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


def standing_orders(stores: SqlStores, till: str) -> StandingOrders:
    clock = SetClock(datetime.fromtimestamp(NOON_MS / 1000, UTC).astimezone(CHINA))
    return StandingOrders(stores.at(till), clock, till)


def until_somebody_waits(stores: SqlStores) -> None:
    waiting = 0
    while not waiting:
        with stores.read_rows() as transaction:
            waiting = transaction.run(_WAITING).scalar_one()


def test_an_order_that_was_ended_while_a_run_waited_books_nothing(postgresql_stores: SqlStores) -> None:
    stores = postgresql_stores
    shift = found_canteen(stores)
    found_shift(stores.at("B"))
    wang = topped_up_member(stores, shift, 20_000)
    with stores.write() as store:
        store.menu.add_dish("set", "套餐", DishKind.SET_MEAL, 1_200)
        store.menu.set_menu(None, Meal.LUNCH, (Offer("set", "套餐", DishKind.SET_MEAL, 1_200, 1),))
    order = StandingOrder("order", wang.id, frozenset(range(7)), Meal.LUNCH, Way.DELIVERY, TODAY)
    standing_orders(stores, "A").add(MANAGER, order)

    with ThreadPoolExecutor(1) as hand, stores.at("B").write() as store:
        store.reservations.lock_meal(TOMORROW, Meal.LUNCH)
        made = hand.submit(
            standing_orders(stores, "A").generate, MANAGER, TOMORROW, TOMORROW, lambda _done, _whole: None
        )
        until_somebody_waits(stores)
        standing_orders(stores, "B").end(MANAGER, order.id)

    assert made.result(timeout=10) == Generated(0, 0, ())
