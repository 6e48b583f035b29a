"""Two tills and one member: one subsidy a meal and no fen too much, on SQLite and on PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from threading import Barrier, BrokenBarrierError

import pytest

from db.store import SqlStores
from db.transaction import Transaction
from pos.clock import SetClock
from pos.domain.capacity import SoldOut
from pos.domain.errors import AlreadyServed, NotEnough, PriceChanged, Refusal, StoreFault, StoreTrouble
from pos.domain.members import Member
from pos.domain.menu import Meal
from pos.domain.pricing import Tender
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.canteen import Canteens
from pos.services.members import Members, NewMember
from pos.services.sales import Checkout, Order
from pos.services.shifts import Shifts
from pos.services.verify import Verify
from tests.pos.services.counter import MANAGER, MEAT, NOON, found_canteen, staff_of

TILLS = ("A", "B")
CLOCK = SetClock(NOON)


@pytest.fixture
def manager(stores: SqlStores) -> Actor:
    """The manager of a canteen with two tills, both open."""
    found_canteen(stores)
    (found,) = staff_of(stores, MANAGER)
    actor = Actor(found.id, found.name, found.role)
    for till in TILLS:
        Canteens(stores.at(till), CLOCK, till).join()
        Shifts(stores.at(till), CLOCK, till).open(actor, 0)
    return actor


def member_with(stores: SqlStores, manager: Actor, amount: int) -> Member:
    member = Members(stores, CLOCK).enrol(manager, NewMember("王䶮", date(1944, 1, 1)))
    TopUps(stores, CLOCK, "A").top_up(manager, TopUpOrder("top-up", member.id, Tender.WECHAT, amount))
    return member


def race(stores: SqlStores, manager: Actor, orders: list[Order], clock: SetClock = CLOCK) -> list[Sale | Refusal]:
    """Charge all orders at the same moment, turn by turn at either till."""
    together = Barrier(len(orders))

    def press(number: int) -> Sale | Refusal:
        till = TILLS[number % len(TILLS)]
        checkout = Checkout(stores.at(till), clock, till)
        together.wait()
        try:
            return checkout.charge(manager, orders[number])
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(orders)) as hands:
        return list(hands.map(press, range(len(orders))))


def orders_of(stores: SqlStores, member: Member, due: int, many: int) -> list[Order]:
    today = Checkout(stores, CLOCK, "A").today()
    return [
        Order(f"sale-{number}", member.id, (("set", 1),), Tender.CARD, today.day, today.meal, due)
        for number in range(many)
    ]


def kinds_of(answers: list[Sale | Refusal]) -> list[str]:
    return sorted(type(answer).__name__ for answer in answers)


def test_the_last_portion_is_sold_once(stores: SqlStores, manager: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    today = Checkout(stores, CLOCK, "A").today()
    with stores.write() as store:
        store.menu.set_menu(today.day, today.meal, (replace(MEAT, capacity=3),))
    order = Order("sale-1", None, (("meat", 2),), Tender.CASH, today.day, today.meal, 1_600, given=1_600)
    both_counted, commit = Barrier(2), Transaction.commit

    def commit_when_both_counted(transaction: Transaction) -> None:
        with suppress(BrokenBarrierError):
            both_counted.wait(timeout=0.3)
        commit(transaction)

    monkeypatch.setattr(Transaction, "commit", commit_when_both_counted)

    ended = race(stores, manager, [order, replace(order, sale_id="sale-2")])

    assert kinds_of(ended) == [Sale.__name__, SoldOut.__name__]
    assert [(one.name, one.left) for one in ended if isinstance(one, SoldOut)] == [("红烧肉", 1)]


def test_M4_two_tills_serve_a_member_once(stores: SqlStores, manager: Actor) -> None:
    member = member_with(stores, manager, 10_000)

    answers = race(stores, manager, orders_of(stores, member, 720, 4))

    assert kinds_of(answers) == [AlreadyServed.__name__] * 3 + [Sale.__name__]
    assert Verify(stores).run().findings == ()


def test_two_tills_cannot_both_take_the_subsidy_of_a_meal(stores: SqlStores, manager: Actor) -> None:
    member = member_with(stores, manager, 10_000)
    orders = [replace(order, again=True) for order in orders_of(stores, member, 720, 4)]

    answers = race(stores, manager, orders)

    assert kinds_of(answers) == [PriceChanged.__name__] * 3 + [Sale.__name__]
    with stores.read() as store:
        assert store.ledger.balance("receivable:city") == 300
    assert Verify(stores).run().findings == ()


ONCE_A_DAY = """
id = "once-a-day"
title = "每天一次"
valid_from = 2026-01-01
[payers]
city = "市民政局"
[[rules]]
id = "80+"
who = { age_from = 80 }
then = { off = 3.00 }
payers = ["city"]
limit = { per_day = 1 }
"""


def test_two_tills_cannot_both_take_the_only_subsidy_of_a_day(stores: SqlStores, manager: Actor) -> None:
    member = member_with(stores, manager, 10_000)
    with stores.write() as store:
        store.tariff.publish(ONCE_A_DAY, manager.staff_id, CLOCK.now_ms())
    between = SetClock(NOON.replace(hour=15, minute=40))  # whoever queued for lunch still gets lunch, and dinner has begun
    orders = [
        Order(f"{meal}-{number}", member.id, (("set", 1),), Tender.CARD, NOON.date(), meal, 900, again=True)
        for number in range(3)
        for meal in (Meal.LUNCH, Meal.DINNER)
    ]

    answers = race(stores, manager, orders, between)

    assert kinds_of(answers) == [PriceChanged.__name__] * 5 + [Sale.__name__]
    with stores.read() as store:
        assert store.ledger.balance("receivable:city") == 300
    assert Verify(stores).run().findings == ()


def test_M8_two_tills_and_the_last_yuan(stores: SqlStores, manager: Actor) -> None:
    member = member_with(stores, manager, 720 + 1_020 + 1_019)
    first = race(stores, manager, orders_of(stores, member, 720, 1))
    orders = [replace(order, sale_id=f"more-{order.sale_id}", again=True) for order in orders_of(stores, member, 1_020, 4)]

    answers = race(stores, manager, orders)

    assert kinds_of(first + answers) == [NotEnough.__name__] * 3 + [Sale.__name__] * 2
    with stores.read() as store:
        wallet = store.members.wallet(member.id)
    assert wallet is not None
    assert wallet.spendable == 1_019
    assert Verify(stores).run().findings == ()


@pytest.mark.parametrize("lost", ["before it was heard", "after it was done"])
def test_M2_a_charge_whose_commit_was_not_answered_is_made_once_when_it_is_asked_again(
    stores: SqlStores, manager: Actor, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    member = member_with(stores, manager, 10_000)
    (order,) = orders_of(stores, member, 720, 1)
    checkout, commit = Checkout(stores, CLOCK, "A"), Transaction.commit

    def lose_the_answer(transaction: Transaction) -> None:
        if lost == "after it was done":
            commit(transaction)
        raise StoreTrouble(StoreFault.UNREACHABLE, money_moved=None)

    with monkeypatch.context() as cable:
        cable.setattr(Transaction, "commit", lose_the_answer)
        with pytest.raises(StoreTrouble):
            checkout.charge(manager, order)
    sale, again = checkout.charge(manager, order), checkout.charge(manager, order)

    assert sale == again
    with stores.read() as store:
        wallet = store.members.wallet(member.id)
    assert wallet is not None
    assert wallet.spendable == 10_000 - 720
    assert Verify(stores).run().findings == ()
