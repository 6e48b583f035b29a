"""Reservations: book a meal of a later day, look at what waits, cancel in time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos.domain.calendar import DayFacts
from pos.domain.canteen import Canteen
from pos.domain.capacity import check_left, left_on, portions_left, without
from pos.domain.errors import MemberUnknown, PriceChanged, Refusal
from pos.domain.members import Member, Wallet
from pos.domain.menu import Meal, Menu
from pos.domain.paper import SlipKind
from pos.domain.pricing import Bill, Circumstances, Person, Tender, Usage, Way, price
from pos.domain.reservations import (
    LONGEST_WHY,
    AfterCutOff,
    BookedAlready,
    Booking,
    DayClosed,
    ReasonNeeded,
    Reservation,
    Source,
    State,
    TooFarAhead,
    check_meal,
)
from pos.domain.staff import Actor, Permission
from pos.domain.tariff import Tariff
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import days_between, facts_on
from pos.services.cut_offs import cut_offs, walk_ins_left
from pos.services.diners import active
from pos.services.orders import basket_from
from pos.services.sales import founded, person_of
from pos.services.settling import (
    Doing,
    behind_lock,
    locked,
    release,
    require_open,
    require_waiting,
    set_aside,
)
from pos.services.shifts import open_shift


@dataclass(frozen=True, slots=True)
class MealAhead:
    """What a screen needs to offer a meal of a later day to a member and to price it as the till will.

    `booked` is the member's reservation for it, which another booking would replace; `usage` leaves it out. `left` are
    the portions that can still be had, by dish; what has no limit is not in it. `book_until` and `cancel_until` are moments of civil time.
    """

    day: date
    meal: Meal
    facts: DayFacts
    menu: Menu
    tariff: Tariff
    person: Person
    usage: Usage
    wallet: Wallet
    area: str
    book_until: datetime
    cancel_until: datetime
    booked: Reservation | None
    left: Mapping[str, int]

    def circumstances(self, way: Way) -> Circumstances:
        """The day, the meal and the place of the bill."""
        return Circumstances(self.day, self.meal, way, Tender.CARD, self.facts, self.area)


class Reservations:
    """Meals of later days, at one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Book at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def days(self) -> tuple[date, ...]:
        """The days that can be booked for: from today on, those on which the canteen is open."""
        today = self._clock.local().date()
        with self._stores.read() as store:
            ahead = days_between(store, today, today + timedelta(days=founded(store).booking.days_ahead))
        return tuple(one.day for one in ahead if one.facts.open)

    def next_day(self) -> date:
        """The next day after today on which the canteen is open; tomorrow where none is in sight."""
        return self.first_of((*self.days(), self._clock.local().date() + timedelta(days=1)))

    def first_of(self, days: Iterable[date]) -> date:
        """The first of these days after today: today's meals are sold, not booked."""
        today = self._clock.local().date()
        return next((day for day in days if day > today), today)

    def ahead(self, member_id: str, day: date, meal: Meal) -> MealAhead:
        """What a meal of a later day offers to a member. Raises MemberUnknown or MemberNotActive."""
        with self._stores.read() as store:
            member = active(store.members.get(member_id, day))
            wallet = locked(store, member_id)
            canteen = founded(store)
            booked = store.reservations.waiting(member_id, day, meal)
            until, menu = cut_offs(store, canteen, day), store.menu.menu(day, meal)
            taken = _taken(store, day, meal, booked)
            return MealAhead(
                day,
                meal,
                facts_on(store, day),
                left_on(menu, taken),
                store.tariff.in_force(day),
                person_of(member),
                _without(store.sales.usage(member_id, day), day, meal),
                wallet,
                canteen.area,
                until.book,
                until.cancel,
                booked,
                portions_left(menu, store.menu.capacity(day, meal), taken),
            )

    def of_member(self, member_id: str) -> tuple[Reservation, ...]:
        """A member's reservations from today on, ended ones too."""
        with self._stores.read() as store:
            return store.reservations.of_member(member_id, self._clock.local().date())

    def of_day(self, day: date, meal: Meal | None = None) -> tuple[Reservation, ...]:
        """Everything that was ever reserved for a day, in the order of booking."""
        with self._stores.read() as store:
            return store.reservations.of_day(day, meal)

    def book(self, actor: Actor, booking: Booking) -> Reservation:
        """Reserve a meal and hold its price: one transaction, and one only however often the same id is asked for.

        Raises DayClosed, DayIsClosed, MealOver, TooFarAhead, AfterCutOff, ReasonNeeded, SoldOut, BookedAlready, NotOnMenu,
        EmptyBasket, BadQuantity,
        AboveLimit, PriceChanged, NotEnough, MemberUnknown, MemberNotActive, NoShift, ShiftTooOld,
        ClockWentBack or NotPermitted; then no money moved.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            store.reservations.lock_meal(booking.day, booking.meal)
            wallet = store.members.wallet(booking.member_id)
            if stored := store.reservations.get(booking.id):
                return stored
            if wallet is None:
                raise MemberUnknown
            shift = open_shift(store, self._clock, self._till, actor)
            doing = Doing(store, actor, shift, self._clock.now_ms())
            booked = self._reserve(doing, booking, wallet)
            if booking.source is Source.COUNTER:
                # Who signed up elsewhere is not here to take a slip.
                store.paper.add(self._till, SlipKind.BOOKING, booked.id, doing.now_ms)
            return booked

    def cancel(self, actor: Actor, reservation_id: str, why: str = "") -> Reservation:
        """Give a reservation up; what was held goes back. Asked again, the cancelled one is the answer.

        After the cut-off a manager may, with a reason. Raises ReservationGone, DayIsClosed, ReservationOver,
        AfterCutOff, ReasonNeeded, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            found, _wallet = behind_lock(store, reservation_id)
            if found.state is State.CANCELLED:
                return found
            require_open(store, found.day)
            require_waiting(found)
            until = cut_offs(store, founded(store), found.day).cancel
            if self._clock.local() > until:
                excused(actor, why, AfterCutOff(until, cancelling=True))
            doing = Doing(store, actor, open_shift(store, self._clock, self._till, actor), self._clock.now_ms())
            ended = release(doing, found, State.CANCELLED, why.strip())
            store.paper.add(self._till, SlipKind.BOOKING, ended.id, doing.now_ms)
            return ended

    def _reserve(self, doing: Doing, booking: Booking, wallet: Wallet) -> Reservation:
        store = doing.store
        require_open(store, booking.day)
        member, canteen = active(store.members.get(booking.member_id, booking.day)), founded(store)
        facts = facts_on(store, booking.day)
        self._check_day(booking.day, facts, canteen)
        check_meal(booking.day, booking.meal, self._clock.local())
        before = store.reservations.waiting(booking.member_id, booking.day, booking.meal)
        if before and before.id != booking.instead:
            raise BookedAlready(member.name, before.id)
        if before:
            self._check_giving_up(doing, booking, canteen)
        self._check_time(doing, booking, canteen)
        menu, most = store.menu.menu(booking.day, booking.meal), store.menu.capacity(booking.day, booking.meal)
        taken = _taken(store, booking.day, booking.meal, before)
        basket = basket_from(left_on(menu, taken), booking.portions, canteen.sale_limit, booking.chosen)
        check_left(menu, most, taken, basket)
        if before:
            release(doing, before, State.CANCELLED)
            wallet = locked(store, member.id)
        when = Circumstances(booking.day, booking.meal, booking.way, Tender.CARD, facts, canteen.area)
        usage, tariff = store.sales.usage(member.id, booking.day), store.tariff.in_force(booking.day)
        bill = price(basket, person_of(member), when, usage, tariff)
        if bill.due != booking.shown_due:
            raise PriceChanged(booking.shown_due, bill.due)
        hold_id = set_aside(doing, f"{booking.id}/hold", wallet, bill.due)
        reservation = reserved(booking, member, bill, hold_id, doing)
        store.reservations.add(reservation, doing.actor.staff_id)
        return reservation

    def _check_day(self, day: date, facts: DayFacts, canteen: Canteen) -> None:
        today = self._clock.local().date()
        last = today + timedelta(days=canteen.booking.days_ahead)
        if not today <= day <= last:
            raise TooFarAhead(day.isoformat(), today.isoformat(), last.isoformat())
        if not facts.open:
            raise DayClosed(day.isoformat(), facts.reason or facts.holiday)

    def _check_giving_up(self, doing: Doing, booking: Booking, canteen: Canteen) -> None:
        """What is replaced is given up: who may not cancel any more may not put a smaller meal in its place either."""
        until = cut_offs(doing.store, canteen, booking.day).cancel
        if self._clock.local() > until:
            excused(doing.actor, booking.why, AfterCutOff(until, cancelling=True))

    def _check_time(self, doing: Doing, booking: Booking, canteen: Canteen) -> None:
        """After the cut-off the portions for walk-ins can be had, then a manager's word is needed."""
        until = cut_offs(doing.store, canteen, booking.day).book
        if self._clock.local() <= until:
            return
        _waiting, walked_in = doing.store.reservations.at_counter(booking.day, booking.meal)
        left = walk_ins_left(doing.store, canteen, booking.day, booking.meal, walked_in)
        if left is None or left:
            return
        excused(doing.actor, booking.why, AfterCutOff(until))


def excused(actor: Actor, why: str, refusal: Refusal) -> None:
    """Against the rule goes who may, with a reason that fits on paper. Raises the refusal or ReasonNeeded."""
    if not why.strip():
        raise refusal
    actor.must(Permission.BOOK_LATE)
    if len(why.strip()) > LONGEST_WHY:
        raise ReasonNeeded(LONGEST_WHY)


def _without(usage: Usage, day: date, meal: Meal) -> Usage:
    """What counts for a booking that replaces the one that is there."""
    return Usage(tuple(one for one in usage.had if not (one.pending and one.day == day and one.meal is meal)))


def _taken(store: Store, day: date, meal: Meal, instead: Reservation | None) -> Mapping[str, int]:
    """The portions of a meal that are taken, but for those of a reservation that is replaced."""
    taken = store.reservations.taken_portions(day, meal)
    return without(taken, instead.bill.basket) if instead else taken


def reserved(booking: Booking, member: Member, bill: Bill, hold_id: str, doing: Doing) -> Reservation:
    """The reservation that a booking becomes."""
    return Reservation(
        booking.id,
        member.id,
        member.name,
        booking.day,
        booking.meal,
        booking.way,
        bill,
        booking.source,
        doing.now_ms,
        doing.actor.name,
        booking.eat_at,
        hold_id,
        why=booking.why.strip(),
        card_tail=booking.card_tail[-4:],
    )
