"""A made-up canteen's counter on a real SQLite file: the use cases, the people, and the short way to ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.accounts import TopUp
from pos.domain.cards import CardUid
from pos.domain.errors import Refusal
from pos.domain.members import Member, Wallet
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.money import Fen
from pos.domain.offers import BonusOffer
from pos.domain.pricing import Basket, BasketItem, Circumstances, Person, Tender, Usage, price
from pos.domain.sales import Sale
from pos.domain.staff import Actor, Role, StaffMember
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.canteen import Canteens, Founding
from pos.services.members import Members, NewMember
from pos.services.paper import Papers
from pos.services.sales import Checkout, Order
from pos.services.shifts import Shifts
from pos.services.staff import Desk
from pos.services.verify import Verify

TILL = "A"
MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 11, 30, tzinfo=CHINA)
MANAGER, CASHIER, OTHER = "周敏", "李桂兰", "马国强"
PIN = "2580"

SET_MEAL = Offer("set", "一荤两素套餐", DishKind.SET_MEAL, 1_200, 1)
MEAT = Offer("meat", "红烧肉", DishKind.MEAT, 800, 2)
RICE = Offer("rice", "米饭", DishKind.STAPLE, 100, 3)
FREE_SOUP = Offer("soup", "例汤", DishKind.SOUP, 0, 4)
OFFERS = (SET_MEAL, MEAT, RICE, FREE_SOUP)
BONUS = BonusOffer("offer-200", "充200送20", 20_000, 2_000)

TARIFF = """\
id = "test-2026"
title = "助餐优惠 2026"
valid_from = 2026-01-01

[payers]
city = "市民政局"

[[rules]]
id = "60-79"
who = { age_from = 60, age_to = 79 }
then = { percent = 10 }

[[rules]]
id = "80-89 discount"
who = { age_from = 80, age_to = 89 }
then = { percent = 15 }

[[rules]]
id = "80-89"
who = { age_from = 80, age_to = 89 }
then = { off = 3.00 }
payers = ["city"]

[[rules]]
id = "90+"
who = { age_from = 90 }
then = { free = true }
"""


def found_canteen(stores: SqlStores) -> None:
    """The canteen as it stands before the first shift: staff, menu, tariff, an offer."""
    clock = SetClock(NOON - timedelta(hours=4))
    manager = Canteens(stores, clock, TILL).found(Founding("幸福里社区食堂", MANAGER, PIN, "工作餐", 1_000))
    desk = Desk(stores, clock)
    desk.add(manager, CASHIER, Role.CASHIER, PIN)
    desk.add(manager, OTHER, Role.CASHIER, PIN)
    with stores.write() as store:
        canteen = store.canteen.get()
        assert canteen is not None
        store.canteen.put(replace(canteen, offers=(BONUS,)), manager.staff_id, clock.now_ms())
        store.tariff.publish(TARIFF, manager.staff_id, clock.now_ms())
        for offer in OFFERS:
            store.menu.add_dish(offer.dish_id, offer.name, offer.kind, offer.price)
        for meal in Meal:
            store.menu.set_menu(None, meal, OFFERS)


@dataclass(frozen=True, slots=True)
class Counter:
    """One till on one file."""

    stores: SqlStores
    clock: SetClock
    checkout: Checkout
    top_ups: TopUps
    members: Members
    shifts: Shifts
    desk: Desk
    papers: Papers
    verify: Verify
    manager: Actor
    cashier: Actor
    other: Actor
    file: Path
    new_id: Callable[[str], str]

    def wait(self, **by: int) -> None:
        self.clock.set(self.clock.local() + timedelta(**by))

    def enrol(self, name: str = "王䶮", born: date | None = None, card: CardUid | None = None, phone: str = "") -> Member:
        return self.members.enrol(self.manager, NewMember(name, born, phone, card))

    def rich(self, name: str = "王䶮", born: date | None = None, amount: Fen = 20_000) -> Member:
        """A member with money on the card."""
        member = self.enrol(name, born)
        self.top_up(member, amount)
        return member

    def top_up(self, member: Member, amount: Fen, tender: Tender = Tender.CASH) -> TopUp:
        order = TopUpOrder(self.new_id("top-up"), member.id, tender, amount, given=amount)
        return self.top_ups.top_up(self.cashier, order)

    def order(
        self,
        member: Member | None = None,
        *portions: tuple[str, int],
        tender: Tender = Tender.CARD,
        given: Fen = 0,
    ) -> Order:
        """What the screen would ask for now: today's menu, this diner's price."""
        chosen = portions or (("set", 1),)
        today = self.checkout.today()
        offers = {offer.dish_id: offer for offer in today.menu.offers}
        basket: Basket = tuple(
            BasketItem(dish_id, offers[dish_id].name, offers[dish_id].kind, offers[dish_id].price, quantity)
            for dish_id, quantity in chosen
            if quantity > 0
        )
        diner = self.checkout.diner(member.id) if member else None
        person, usage = (diner.person, diner.usage) if diner else (Person(), Usage())
        due = price(basket, person, Circumstances(today.day, today.meal, tender=tender), usage, today.tariff).due
        sale_id, member_id = self.new_id("sale"), member.id if member else None
        return Order(sale_id, member_id, chosen, tender, today.day, today.meal, due, given=given or due)

    def sell(self, member: Member | None = None, *portions: tuple[str, int], tender: Tender = Tender.CARD, again: bool = False) -> Sale:
        order = self.order(member, *portions, tender=tender)
        return self.checkout.charge(self.cashier, replace(order, again=again))

    def wallet(self, member: Member) -> tuple[Fen, Fen]:
        with self.stores.read() as store:
            wallet = store.members.wallet(member.id)
        assert wallet is not None
        assert wallet == Wallet(member.id, wallet.principal, wallet.bonus)
        return wallet.principal, wallet.bonus

    def balance(self, account: str) -> Fen:
        with self.stores.read() as store:
            return store.ledger.balance(account)

    def jobs(self) -> list[tuple[str, str, int, str, int]]:
        """The outbox: kind, subject, copy, who asked, whether the drawer opens; oldest first."""
        return rows_of(self.file, "SELECT kind, subject, copy, asked_by, kick FROM print_jobs ORDER BY id")

    def count(self, table: str) -> int:
        return int(rows_of(self.file, f"SELECT count(*) FROM {table}")[0][0])


def counter_on(stores: SqlStores, file: Path) -> Counter:
    """A counter at half past eleven on a Monday, nobody's shift open."""
    clock = SetClock(NOON)
    desk = Desk(stores, clock)
    numbers = count(1)
    manager, cashier, other = (Actor(one.id, one.name, one.role) for one in staff_of(stores, MANAGER, CASHIER, OTHER))
    return Counter(
        stores,
        clock,
        Checkout(stores, clock, TILL),
        TopUps(stores, clock, TILL),
        Members(stores, clock),
        Shifts(stores, clock, TILL),
        desk,
        Papers(stores, clock, TILL),
        Verify(stores),
        manager,
        cashier,
        other,
        file,
        lambda what: f"{what}-{next(numbers)}",
    )


def staff_of(stores: SqlStores, *names: str) -> list[StaffMember]:
    with stores.read() as store:
        people = {one.name: one for one in store.staff.all()}
    return [people[name] for name in names]


def refused(counter: Counter, order: Order, kind: type[Refusal]) -> Any:
    """The refusal of an order, and the proof that nothing was written."""
    before = {table: counter.count(table) for table in ("entries", "postings", "sales", "print_jobs")}
    with pytest.raises(kind) as error:
        counter.checkout.charge(counter.cashier, order)
    assert {table: counter.count(table) for table in before} == before
    return error.value


def rows_of(file: Path, statement: str) -> list[Any]:
    """What stands in the file, read past our own code."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


def written_past_us(counter: Counter, statement: str) -> None:
    """Write into the file behind the program's back."""
    with closing(sqlite3.connect(counter.file)) as connection:
        connection.execute(statement)
        connection.commit()
