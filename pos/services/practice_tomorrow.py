"""What the practice canteen has before it: who has meals brought and who eats there on fixed days, booked for today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from pos.domain.members import Member
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.routes import DeliveryNote, Route, Run, Volunteer
from pos.domain.staff import Actor
from pos.domain.standing_orders import StandingOrder
from pos.ports import Clock, OpenStore
from pos.services.reservations import Reservations
from pos.services.rosters import Rosters
from pos.services.routes import Routes
from pos.services.standing_orders import StandingOrders

EVERY_DAY = frozenset(range(7))
BROUGHT = (2, 12, 14, 22, 24, 32, 34, 42, 44, 52, 54, 62, 64)
"""Numbers of people between 80 and 90 who have lunch brought to their doors."""
FETCHED = {6: "11:30", 16: "11:30", 26: "12:00", 36: "12:00", 46: "", 56: ""}
"""Numbers of people who eat lunch there, and when."""
VOLUNTEERS = (("刘志愿", "19900030001"), ("陈志愿", "19900030002"))
NOTES = ((12, "敲门重一点，耳背", False), (22, "可以放门口的凳子上", False), (32, "请当面交给本人", True))
CARRIED_HOME = (5, 15, 25)


def reserve(
    stores: OpenStore,
    clock: Clock,
    till: str,
    manager: Actor,
    people: Sequence[Member],
    first: date,
    new_id: Callable[[], str],
) -> None:
    """Take everybody's standing order from a day on, and book that day and the next one that is open."""
    orders = StandingOrders(stores, clock, till)
    wanted = [(number, Way.DELIVERY, "") for number in BROUGHT]
    wanted += [(number, Way.DINE_IN, at) for number, at in FETCHED.items()]
    wanted += [(number, Way.TAKE_AWAY, "") for number in CARRIED_HOME]
    for number, way, eat_at in wanted:
        member = people[number]
        orders.add(manager, StandingOrder(new_id(), member.id, EVERY_DAY, Meal.LUNCH, way, first, eat_at=eat_at))
    days = Reservations(stores, clock, till).days()
    until = next((day for day in days if day > first), first + timedelta(days=1))
    orders.generate(manager, first, until, lambda _done, _all: None)
    _carry(stores, clock, till, manager, people, (first, until))


def _carry(
    stores: OpenStore, clock: Clock, till: str, manager: Actor, people: Sequence[Member], days: Sequence[date]
) -> None:
    """Two routes with their volunteers; one of those to whom meals are brought has no route yet."""
    routes, rosters = Routes(stores, clock), Rosters(stores, clock, till)
    east, west = (routes.save(manager, Route("", name)) for name in ("东区路线", "西区路线"))
    carriers = [
        routes.save_volunteer(manager, Volunteer("", name, phone, EVERY_DAY)) for name, phone in VOLUNTEERS
    ]
    for at, number in enumerate(BROUGHT[:-1]):
        routes.settle(manager, people[number].id, (east, west)[at % 2].id)
    for number, text, in_person in NOTES:
        routes.keep_note(manager, people[number].id, DeliveryNote(text, in_person))
    for day in days:
        for route, carrier in zip((east, west), carriers, strict=True):
            rosters.decide(manager, Run(route.id, day, Meal.LUNCH, carrier.id, "", "11:00", "12:30"))
