"""Closing a day: what nobody fetched ends, nobody is looked for any more, and nothing of the day changes after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos.domain.bill import Way
from pos.domain.cases import Case
from pos.domain.day_close import DayClose, DayNotYet, MealStillComes, OpenCases, StopsOpen, figures
from pos.domain.menu import Meal, meal_at
from pos.domain.paper import SlipKind
from pos.domain.reservations import Reservation, State
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import facts_on
from pos.services.cases import Cases
from pos.services.sales import founded
from pos.services.settling import Doing, behind_lock, locked, miss, release
from pos.services.shifts import open_shift


@dataclass(frozen=True, slots=True)
class Checklist:
    """What stands before the close of a day. Those in `not_fetched` would end by the canteen's rule, those in `away`
    would be given back: their member does not eat here on that day, or nobody does. `stops` and `cases` are in its way.
    """

    day: date
    stops: tuple[Reservation, ...] = ()
    cases: tuple[Case, ...] = ()
    not_fetched: tuple[Reservation, ...] = ()
    away: tuple[Reservation, ...] = ()
    close: DayClose | None = None


class DayCloses:
    """The books of a day's reservations, closed at one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Close at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till
        self._cases = Cases(stores, clock)

    def look(self, actor: Actor, day: date) -> Checklist:
        """What stands before the close. Who lives alone and missed a second meal is noticed now. Raises NotPermitted."""
        actor.must(Permission.CLOSE_DAY)
        self._notice(actor, day)
        with self._stores.read() as store:
            return _checklist(store, day)

    def close(self, actor: Actor, day: date) -> DayClose:
        """Close a day, once: closed before, that close is the answer.

        Meals that nobody fetched end by the canteen's rule, without anybody's subsidy. Raises DayNotYet,
        MealStillComes, StopsOpen, OpenCases, NoShift, ShiftTooOld, ClockWentBack or NotPermitted; then nothing moved.
        """
        actor.must(Permission.CLOSE_DAY)
        if day > self._clock.local().date():
            raise DayNotYet(day.isoformat())
        self._notice(actor, day)
        with self._stores.write() as store:
            store.days.lock(day)
            if stored := store.days.closed(day):
                return stored
            for meal in Meal:
                store.reservations.lock_meal(day, meal)
            self._check_time(store, day)
            shift = open_shift(store, self._clock, self._till, actor)
            doing = Doing(store, actor, shift, self._clock.now_ms())
            # Every wallet before the till, in one order: no other counter waits for this one in a circle.
            for member_id in sorted({one.member_id for one in store.reservations.of_day(day, state=State.BOOKED)}):
                locked(store, member_id)
            found = _checklist(store, day)
            if found.cases:
                raise OpenCases(tuple(case.member_name for case in found.cases))
            if found.stops:
                raise StopsOpen(tuple(stop.member_name for stop in found.stops))
            _end(doing, found)
            return self._write(doing, day)

    def _notice(self, actor: Actor, day: date) -> None:
        """An alarm must outlast the refusal it leads to: it has a transaction of its own."""
        with self._stores.read() as store:
            closed = store.days.closed(day) is not None
        if not closed and day <= self._clock.local().date():
            self._cases.alarm(actor, day, self._begun(day))

    def _begun(self, day: date) -> Sequence[Meal]:
        """The meals of a day that are over or under way: whoever closes it says that nobody comes any more."""
        local = self._clock.local()
        meals = list(Meal)
        return meals[: meals.index(meal_at(local.time())) + 1] if day == local.date() else meals

    def _check_time(self, store: Store, day: date) -> None:
        for meal in Meal:
            if meal not in self._begun(day):
                waiting = store.reservations.of_day(day, meal, State.BOOKED)
                if waiting:
                    raise MealStillComes(meal, len(waiting))

    def _write(self, doing: Doing, day: date) -> DayClose:
        store = doing.store
        counted = figures(
            store.reservations.of_day(day),
            store.deliveries.of_day(day),
            store.days.settled(day),
            store.deliveries.boxes_of(day),
        )
        close = DayClose(day, doing.now_ms, self._till, doing.actor.staff_id, doing.actor.name, counted)
        store.days.add(close)
        store.paper.add(self._till, SlipKind.DAY_CLOSE, day.isoformat(), doing.now_ms)
        return close


def _checklist(store: Store, day: date) -> Checklist:
    waiting = store.reservations.of_day(day, state=State.BOOKED)
    gone = store.days.away(day) if facts_on(store, day).open else frozenset(one.member_id for one in waiting)
    here = tuple(one for one in waiting if one.member_id not in gone)
    return Checklist(
        day,
        tuple(one for one in here if one.way is Way.DELIVERY),
        tuple(case for case in store.cases.open_now() if case.day <= day),
        tuple(one for one in here if one.way is not Way.DELIVERY),
        tuple(one for one in waiting if one.member_id in gone),
        store.days.closed(day),
    )


def _end(doing: Doing, found: Checklist) -> None:
    rule = founded(doing.store).booking.no_show
    for one in found.away:
        release(doing, one, State.CANCELLED)
    for one in found.not_fetched:
        reservation, wallet = behind_lock(doing.store, one.id)
        miss(doing, reservation, wallet, f"{one.id}/missed", rule, one.why)
