"""The list of a meal: everybody who reserved it, with the door that tells two of one name apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.calendar import DayFacts
from pos.domain.menu import Meal
from pos.domain.reservations import Reservation, State
from pos.ports import Clock, OpenStore
from pos.services.calendar import facts_on
from pos.services.cut_offs import cut_offs
from pos.services.sales import founded


@dataclass(frozen=True, slots=True)
class Listed:
    """A reservation, and the door of its member as neighbours say it (2-3-402), '' where that is not known."""

    reservation: Reservation
    door: str


@dataclass(frozen=True, slots=True)
class MealList:
    """Everything that was ever reserved for a meal, what waits first and in the order of eating.

    `cancel_until` is a moment of civil time; `today` and `late` (it has passed) are as of the reading.
    """

    day: date
    meal: Meal
    facts: DayFacts
    listed: tuple[Listed, ...]
    cancel_until: datetime
    today: date
    late: bool

    @property
    def waiting(self) -> tuple[Reservation, ...]:
        """Those that are neither had, cancelled nor missed."""
        return tuple(one.reservation for one in self.listed if one.reservation.state is State.BOOKED)


class ReservationList:
    """Lists of reservations, for whoever looks after them."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Read from one store."""
        self._stores = stores
        self._clock = clock

    def of(self, day: date, meal: Meal) -> MealList:
        """The list of a meal, of any day."""
        now = self._clock.local()
        with self._stores.read() as store:
            found = store.reservations.of_day(day, meal)
            doors = {member_id: lives.brief for member_id, lives in store.reservations.addresses(day, meal).items()}
            facts, until = facts_on(store, day), cut_offs(store, founded(store), day).cancel
        listed = (Listed(one, doors.get(one.member_id, "")) for one in sorted(found, key=_order))
        return MealList(day, meal, facts, tuple(listed), until, now.date(), now > until)

    def found(self, day: date, meal: Meal, word: str) -> frozenset[str]:
        """The members on the list of whom something begins with a word: name, pinyin, initials, telephone, card, door."""
        with self._stores.read() as store:
            return store.reservations.found(day, meal, word.lower())


_STATES = {State.BOOKED: 0, State.SERVED: 1, State.MISSED: 2, State.CANCELLED: 3}


def _order(one: Reservation) -> tuple[int, str]:
    # Whoever said no time comes after those who did; among equals the order of booking stays.
    return _STATES[one.state], one.eat_at or "~"
