"""A canteen with people, money and a past, made through the use cases: what the speeds are measured on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.cards import CardUid
from pos.domain.members import Member
from pos.domain.menu import Meal, Offer
from pos.domain.money import Fen
from pos.domain.pricing import BasketItem, Circumstances, Tender, price
from pos.domain.sales import Sale
from pos.domain.staff import Actor, Role
from pos.domain.tariff import Tariff
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.canteen import Canteens, Founding
from pos.services.members import Members, NewMember
from pos.services.practice import CANTEEN, GIVEN, PIN, SURNAMES, TARIFF
from pos.services.practice_menu import DISHES
from pos.services.sales import Checkout, Order
from pos.services.shifts import Shifts
from pos.services.staff import Desk

TILL = "A"
TODAY = date(2026, 3, 2)
MEAL_TIMES = (time(7, 0), time(11, 0), time(17, 0))
PAST_DAYS = 2
PURSE: Fen = 100_000


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody with a card and a taste."""

    member: Member
    uid: CardUid
    portions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Busy:
    """The canteen: its cashier, and who eats there."""

    cashier: Actor
    guests: Sequence[Guest]


def found(stores: SqlStores, clock: SetClock) -> tuple[Actor, tuple[Offer, ...]]:
    """A canteen with the practice canteen's dishes and tariff, at the store's till."""
    manager = Canteens(stores, clock, stores.till).found(Founding(CANTEEN, "周敏", PIN, *DISHES[0][::2]))
    offers = tuple(Offer(f"dish-{key}", name, kind, fen, key) for key, (name, kind, fen) in enumerate(DISHES, 1))
    with stores.write() as store:
        store.tariff.publish(TARIFF, manager.staff_id, clock.now_ms())
        for offer in offers:
            store.menu.add_dish(offer.dish_id, offer.name, offer.kind, offer.price)
        for meal in Meal:
            store.menu.set_menu(None, meal, offers)
    return manager, offers


def enrol(
    stores: SqlStores, clock: SetClock, manager: Actor, offers: Sequence[Offer], count: int
) -> Sequence[Guest]:
    """So many members from 30 to 96 years, each with a card and an empty wallet."""
    members = Members(stores, clock)
    guests = []
    for number in range(count):
        uid = CardUid(f"01{0x6F6C00 + number * 257:08X}")
        born = date(1930 + number * 7 % 67, 1 + number % 12, 1 + number % 28)
        name = SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)]
        new = NewMember(name, born, f"1990{number:07d}", uid)
        # Half of them take a set meal, half choose their dishes.
        three = ((offers[4 + number % 6].dish_id, 1), (offers[10 + number % 4].dish_id, 1), (offers[14].dish_id, 2))
        portions = three if number % 2 else ((offers[number % 4].dish_id, 1),)
        guests.append(Guest(members.enrol(manager, new), uid, portions))
    return guests


def fill(stores: SqlStores, guests: int, tills: Sequence[str] = (TILL,)) -> Busy:
    """Two past days with three meals for every guest, then a morning on which every till has the cashier's shift."""
    clock = SetClock(at(TODAY - timedelta(days=PAST_DAYS), time(6)))
    manager, offers = found(stores, clock)
    Desk(stores, clock).add(manager, "李桂兰", Role.CASHIER, PIN)
    cashier = Desk(stores, clock).sign_in("李桂兰", PIN)
    people = enrol(stores, clock, manager, offers, guests)
    top_ups = TopUps(stores, clock, stores.till)
    shifts = Shifts(stores, clock, stores.till)
    numbers = iter(range(10**9))
    for past in range(PAST_DAYS, 0, -1):
        clock.set(at(TODAY - timedelta(days=past), time(6)))
        shifts.open(cashier, 0)
        if past == PAST_DAYS:
            for guest in people:
                order = TopUpOrder(made_id(next(numbers)), guest.member.id, Tender.WECHAT, PURSE)
                top_ups.top_up(manager, order)
        for meal_time in MEAL_TIMES:
            clock.set(at(TODAY - timedelta(days=past), meal_time))
            counter = Counter.at(stores, clock, cashier)
            for guest in people:
                counter.serve(guest, made_id(next(numbers)))
        shifts.close(cashier, 0)
    clock.set(at(TODAY, time(6)))
    for till in tills:
        Canteens(stores, clock, till).join()
        Shifts(stores.at(till), clock, till).open(cashier, 0)
    return Busy(cashier, people)


@dataclass(frozen=True, slots=True)
class Counter:
    """A till at one meal, as the sale screen uses it."""

    checkout: Checkout
    actor: Actor
    day: date
    meal: Meal
    offers: dict[str, Offer]
    tariff: Tariff

    @classmethod
    def at(cls, stores: SqlStores, clock: SetClock, actor: Actor) -> Counter:
        """Look at the day once, as the screen does."""
        checkout = Checkout(stores, clock, stores.till)
        today = checkout.today()
        offers = {one.dish_id: one for one in today.menu.offers}
        return cls(checkout, actor, today.day, today.meal, offers, today.tariff)

    def serve(self, guest: Guest, sale_id: str) -> Sale:
        """A swipe, the price on the screen, Enter. Raises what the use cases raise."""
        return self.checkout.charge(self.actor, self.order(guest, sale_id))

    def order(self, guest: Guest, sale_id: str, *, again: bool = False) -> Order:
        """A swipe and the price on the screen."""
        diner = self.checkout.identify(guest.uid)
        basket = tuple(
            BasketItem(one.dish_id, one.name, one.kind, one.price, quantity)
            for one, quantity in ((self.offers[dish_id], quantity) for dish_id, quantity in guest.portions)
        )
        when = Circumstances(self.day, self.meal)
        due = price(basket, diner.person, when, diner.usage, self.tariff).due
        return Order(
            sale_id,
            diner.member.id,
            guest.portions,
            Tender.CARD,
            self.day,
            self.meal,
            due,
            card_tail=diner.card,
            again=again,
        )


def at(day: date, clock_time: time) -> datetime:
    """A moment in the canteen's civil time."""
    return datetime.combine(day, clock_time, CHINA)


def made_id(number: int) -> str:
    """An id like those of the screen, the same in every run."""
    return str(UUID(int=number, version=4))
