"""A counter whose meals of tomorrow were booked, some of them to be brought, standing at noon of that day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

import pytest

from db.store import SqlStores
from pos.clock import CHINA
from pos.domain.bill import Way
from pos.domain.canteen import LIVING_ALONE
from pos.domain.deliveries import Outcome, Result
from pos.domain.members import Member
from pos.domain.menu import Meal
from pos.domain.pricing import BasketItem, price
from pos.domain.profile import Held, Particulars
from pos.domain.reservations import Booking, BookingTerms, Reservation
from pos.domain.staff import MAY, Actor, Permission, Role
from pos.services.boxes import Boxes
from pos.services.cases import Cases
from pos.services.day_close import DayCloses
from pos.services.deliveries import Deliveries, Noted, Noting
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from pos.services.shifts import Shifts
from tests.pos.services.counter import MONDAY, Counter

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
OLD = date(1940, 1, 1)
"""Born then, a set meal of 12.00 costs 7.20: the canteen gives 1.80 and the city 3.00."""
DUE = 720
DINNER = time(17, 30)


@dataclass(frozen=True, slots=True)
class Delivering:
    """The counter and what is used at its doors."""

    counter: Counter
    deliveries: Deliveries
    cases: Cases
    closes: DayCloses
    boxes: Boxes
    reservations: Reservations
    pick_up: PickUp

    def book(self, member: Member, way: Way = Way.DELIVERY, day: date = TUESDAY, meal: Meal = Meal.LUNCH, sets: int = 1) -> Reservation:
        ahead = self.reservations.ahead(member.id, day, meal)
        offer = next(one for one in ahead.menu.offers if one.dish_id == "set")
        basket = (BasketItem(offer.dish_id, offer.name, offer.kind, offer.price, sets),)
        due = price(basket, ahead.person, ahead.circumstances(way), ahead.usage, ahead.tariff).due
        booking = Booking(self.counter.new_id("booking"), member.id, day, meal, way, (("set", sets),), due)
        return self.reservations.book(self.counter.cashier, booking)

    def at(self, day: date, moment: time = time(11, 30)) -> None:
        """Another moment; on another day yesterday's shift is closed and today's is open."""
        shift = self.counter.shifts.current()
        if shift is not None and shift.business_date != day:
            self.counter.shifts.close(self.counter.manager, self.counter.balance("drawer:A"))
            shift = None
        self.counter.clock.set(datetime.combine(day, moment, tzinfo=CHINA))
        if shift is None:
            self.counter.shifts.open(self.counter.cashier, 0)

    def noting(self, stop: Reservation, outcome: Outcome, **more: str) -> Noting:
        return Noting(self.counter.new_id("result"), stop.id, outcome, stop.day, stop.meal, **more)

    def note(self, stop: Reservation, outcome: Outcome, **more: str) -> Noted:
        return self.deliveries.note(self.counter.manager, self.noting(stop, outcome, **more))

    def correct(self, stop: Reservation, first: Result, outcome: Outcome) -> Noted:
        return self.note(stop, outcome, instead_of=first.id)

    def decide(self, terms: BookingTerms) -> None:
        with self.counter.stores.write() as store:
            canteen = store.canteen.get()
            assert canteen is not None
            store.canteen.put(replace(canteen, booking=terms), self.counter.manager.staff_id, self.counter.clock.now_ms())

    def lives_alone(self, member: Member) -> Member:
        with self.counter.stores.write() as store:
            profile = store.profiles.get(member.id)
            assert profile is not None
            known = Particulars(categories=(Held("低保"), Held(LIVING_ALONE)))
            store.profiles.put(member.id, replace(profile, particulars=known), ())
        return member

    def reserved(self, stop: Reservation) -> Reservation:
        with self.counter.stores.read() as store:
            found = store.reservations.get(stop.id)
        assert found is not None
        return found


def who_may_not(noon: Delivering, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """A cashier of a canteen whose cashiers have nothing to do with deliveries."""
    monkeypatch.setitem(MAY, Role.CASHIER, MAY[Role.CASHIER] - {Permission.DELIVERIES})
    return noon.counter.cashier


def delivering_at(counter: Counter) -> Delivering:
    stores, clock = counter.stores, counter.clock
    return Delivering(
        counter,
        Deliveries(stores, clock, "A"),
        Cases(stores, clock),
        DayCloses(stores, clock, "A"),
        Boxes(stores, clock),
        Reservations(stores, clock, "A"),
        PickUp(stores, clock, "A"),
    )


def other_till(noon: Delivering) -> Deliveries:
    """A second counter of the same canteen, with a shift of its own."""
    stores: SqlStores = noon.counter.stores.at("B")
    with stores.write() as store:
        store.canteen.register_till("B")
    Shifts(stores, noon.counter.clock, "B").open(noon.counter.manager, 0)
    return Deliveries(stores, noon.counter.clock, "B")
