"""Tomorrow at a made-up counter: who books, who goes away, who eats what."""

from __future__ import annotations

from datetime import date, timedelta

from pos.domain.absences import Absence
from pos.domain.diet import Tag
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Dish, Meal
from pos.domain.pricing import BasketItem, Way, price
from pos.domain.profile import Particulars, Profile
from pos.domain.reservations import Booking, Reservation
from pos.services.kitchen import Kitchen
from pos.services.reservations import Reservations
from tests.pos.services.counter import MEAT, MONDAY, Counter

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)


def kitchen(counter: Counter) -> Kitchen:
    return Kitchen(counter.stores, counter.clock, "A")


def reservations(counter: Counter) -> Reservations:
    return Reservations(counter.stores, counter.clock, "A")


def book(
    counter: Counter,
    member: Member,
    day: date = TUESDAY,
    way: Way = Way.DINE_IN,
    portions: tuple[tuple[str, int], ...] = (("set", 1),),
    instead: str = "",
) -> Reservation:
    ahead = reservations(counter).ahead(member.id, day, Meal.LUNCH)
    offers = {offer.dish_id: offer for offer in ahead.menu.offers}
    chosen = [(offers[dish], quantity) for dish, quantity in portions]
    basket = tuple(BasketItem(one.dish_id, one.name, one.kind, one.price, quantity) for one, quantity in chosen)
    due = price(basket, ahead.person, ahead.circumstances(way), ahead.usage, ahead.tariff).due
    wish = Booking(counter.new_id("booking"), member.id, day, Meal.LUNCH, way, portions, due, instead=instead)
    return reservations(counter).book(counter.cashier, wish)


def has_diets(counter: Counter, member: Member, *diets: str) -> None:
    with counter.stores.write() as store:
        profile = Profile(member.name, member.birth_date, member.phone, Particulars(diets=diets))
        store.profiles.put(member.id, profile, ())


def goes_away(counter: Counter, member: Member, day: date = TUESDAY) -> None:
    with counter.stores.write() as store:
        store.profiles.put_absence(member.id, Absence(counter.new_id("trip"), MemberStatus.PAUSED, day, day))


def has_pork(counter: Counter) -> None:
    with counter.stores.write() as store:
        dish = Dish(MEAT.dish_id, MEAT.name, MEAT.kind, MEAT.price, tags=(Tag.PORK,))
        store.menu.change_dish(dish, MONDAY, counter.manager.staff_id, 0)
