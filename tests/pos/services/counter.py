"""A made-up canteen's counter on a real SQLite file: the use cases, the people, and the short way to ask."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.accounts import BonusOffer, TopUp
from pos.domain.cards import CardUid
from pos.domain.members import Member, Wallet
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.money import Fen
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

[[tiers]]
rule = "60-79"
age_from = 60
age_to = 79
discount_percent = 10

[[tiers]]
rule = "80-89"
age_from = 80
age_to = 89
discount_percent = 15
subsidies = [{ payer = "city", yuan = "3.00" }]

[[tiers]]
rule = "90+"
age_from = 90
discount_percent = 100
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


def rows_of(file: Path, statement: str) -> list[Any]:
    """What stands in the file, read past our own code."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(statement).fetchall()


# What failures.md demands after every case, asked of the file itself: each statement finds what breaks a rule.
BROKEN: Sequence[tuple[str, str]] = (
    ("I1 an entry sums to zero", "SELECT entry_id FROM postings GROUP BY entry_id HAVING sum(amount) != 0"),
    (
        "I1 a wallet is the sum of its postings",
        """SELECT member_id FROM wallets WHERE
           principal != -(SELECT coalesce(sum(amount), 0) FROM postings p WHERE p.member_id = wallets.member_id AND account = 'principal')
           OR bonus != -(SELECT coalesce(sum(amount), 0) FROM postings p WHERE p.member_id = wallets.member_id AND account = 'bonus')""",
    ),
    (
        "I1 a wallet is the sum of its lots",
        """SELECT member_id FROM wallets WHERE
           principal != (SELECT coalesce(sum(b.principal), 0) FROM lots JOIN lot_balances b ON b.lot_id = lots.id WHERE lots.member_id = wallets.member_id)
           OR bonus != (SELECT coalesce(sum(b.bonus), 0) FROM lots JOIN lot_balances b ON b.lot_id = lots.id WHERE lots.member_id = wallets.member_id)""",
    ),
    (
        "I2 a sale has one entry of its own",
        "SELECT id FROM sales WHERE (SELECT count(*) FROM entries e WHERE e.id = sales.id AND e.kind = 'sale') != 1",
    ),
    ("I2 an entry of a sale has its sale", "SELECT id FROM entries WHERE kind = 'sale' AND id NOT IN (SELECT id FROM sales)"),
    (
        "I2 nobody gets two subsidies at a meal",
        """SELECT member_id FROM sales WHERE subsidised = 1 AND member_id IS NOT NULL
           AND id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL)
           GROUP BY member_id, business_date, meal HAVING count(*) > 1""",
    ),
    (
        "I3 the drawer holds float and cash in",
        """SELECT till FROM shifts WHERE closed_ms IS NULL AND
           float_fen
           + (SELECT coalesce(sum(due), 0) FROM sales s WHERE s.shift_id = shifts.id AND tender = 'cash'
              AND s.id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL))
           + (SELECT coalesce(sum(principal), 0) FROM top_ups t WHERE t.shift_id = shifts.id AND tender = 'cash'
              AND t.id NOT IN (SELECT reverses FROM entries WHERE reverses IS NOT NULL))
           != (SELECT coalesce(sum(amount), 0) FROM postings WHERE account = 'drawer:' || shifts.till)""",
    ),
    (
        "I3 a closed drawer is empty",
        """SELECT till FROM tills WHERE till NOT IN (SELECT till FROM shifts WHERE closed_ms IS NULL)
           AND (SELECT coalesce(sum(amount), 0) FROM postings WHERE account = 'drawer:' || tills.till) != 0""",
    ),
    ("I4 no number is missing", "SELECT till FROM entries GROUP BY till, epoch HAVING max(seq) != count(*)"),
    (
        "I5 the lines of a sale sum to its list price",
        """SELECT id FROM sales WHERE list_price != (SELECT sum(amount) FROM sale_lines WHERE sale_id = sales.id)
           OR list_price != (SELECT sum(unit_price * quantity) FROM sale_items WHERE sale_id = sales.id)
           OR list_price != -(SELECT sum(amount) FROM postings WHERE entry_id = sales.id AND account LIKE 'revenue:%')""",
    ),
    (
        "I5 the diner's line is what the tender took",
        """SELECT id FROM sales WHERE due != (SELECT sum(amount) FROM sale_lines WHERE sale_id = sales.id AND payer = 'diner')
           OR due != (SELECT coalesce(sum(amount), 0) FROM postings WHERE entry_id = sales.id
                      AND (account IN ('principal', 'bonus') OR account LIKE 'drawer:%' OR account LIKE 'clearing:%'))""",
    ),
    (
        "I5 every sale has its one original paper",
        "SELECT id FROM sales WHERE (SELECT count(*) FROM print_jobs j WHERE j.subject = sales.id AND kind = 'sale' AND copy = 0) != 1",
    ),
    ("no long number is kept in clear", "SELECT reference FROM sales WHERE reference GLOB '*[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]*'"),
)


def assert_invariants(counter: Counter) -> None:
    """I1 to I5 of failures.md hold, by the file's own rows and by `verify`."""
    broken = [(rule, row) for rule, statement in BROKEN for row in rows_of(counter.file, statement)]
    verdict = counter.verify.run()
    assert (broken, verdict.findings, verdict.sound) == ([], (), True)
