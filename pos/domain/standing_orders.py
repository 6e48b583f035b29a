"""Standing orders: a meal that somebody has on the same weekdays until they say otherwise, and what a run books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from pos.domain.bill import Way
from pos.domain.errors import Refusal
from pos.domain.menu import DishKind, Meal, Menu

_NAMES = UUID("6d2f4f0e-2b5c-5f0a-9a56-0f2f8b3c7e11")
"""What the ids of reservations are made in: no other id can come out of it."""

Portions = tuple[tuple[str, int], ...]
"""Dishes by id, and how many portions of each."""

FIRST_SET = ""
"""Stands for the first set meal of a day's menu, whatever it is."""


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A meal on weekdays (Monday is 0) from `first` to `last`, without `last` for good, but for a pause.

    Of its `portions` FIRST_SET is the day's first set meal. `eat_at` is 'HH:MM' or ''. Without `paused_to` the pause has
    no end. `made_by` and `made_ms` (UTC) are those of its newest version: each change is one.
    """

    id: str
    member_id: str
    weekdays: frozenset[int]
    meal: Meal
    way: Way
    first: date
    portions: Portions = ((FIRST_SET, 1),)
    eat_at: str = ""
    last: date | None = None
    paused_from: date | None = None
    paused_to: date | None = None
    ended: bool = False
    made_by: str = ""
    made_ms: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether the meal of a day is wanted."""
        within = self.first <= day and (self.last is None or day <= self.last)
        return not self.ended and within and day.weekday() in self.weekdays and not self.paused_on(day)

    def wants(self, day: date, meal: Meal) -> bool:
        """Whether this meal of a day is wanted."""
        return meal is self.meal and self.holds_on(day)

    def paused_on(self, day: date) -> bool:
        """Whether the pause covers a day."""
        if self.paused_from is None or day < self.paused_from:
            return False
        return self.paused_to is None or day <= self.paused_to

    def reservation_id(self, day: date, again: int = 0) -> str:
        """The reservation that it makes for a day: the same however often it is asked.

        `again` counts those before it, which were given up with the order.
        """
        number = f"/{again}" if again else ""
        return str(uuid5(_NAMES, f"{self.id}/{day.isoformat()}/{self.meal.value}{number}"))

    def without_version(self) -> StandingOrder:
        """What was ordered, whoever said so and when."""
        return replace(self, made_by="", made_ms=0)


def given_up_with(versions: Iterable[StandingOrder], day: date, meal: Meal, at_ms: int) -> bool:
    """Whether a meal that was given up at an instant (UTC, ms) went because the order did not want it then.

    `versions` are all of the order, oldest first. Whoever gave up the meal itself does not get it again.
    """
    then = [one for one in versions if one.made_ms <= at_ms]
    return bool(then) and not then[-1].wants(day, meal)


def on_menu(portions: Portions, menu: Menu) -> Portions:
    """The portions with the dish that is the day's first set meal. Raises NothingPlanned."""
    if not menu.offers:
        raise NothingPlanned(menu.day.isoformat(), menu.meal)
    first_set = next((one.dish_id for one in menu.offers if one.kind is DishKind.SET_MEAL), None)
    if first_set is None and any(dish_id == FIRST_SET for dish_id, _ in portions):
        raise NothingPlanned(menu.day.isoformat(), menu.meal, set_meal=True)
    return tuple((first_set or "" if dish_id == FIRST_SET else dish_id, quantity) for dish_id, quantity in portions)


def days_of(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`."""
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Skipped:
    """A meal that was not booked, of whom (`door` tells two of one name apart), and why."""

    member_id: str
    name: str
    door: str
    day: date
    meal: Meal
    reason: Refusal


@dataclass(frozen=True, slots=True)
class Generated:
    """What a run did: meals booked now, meals of these orders that were booked before, and those skipped."""

    booked: int
    before: int
    skipped: tuple[Skipped, ...]


# -- what is refused ----------------------------------------------------------------------------------


@dataclass(eq=False)
class NoWeekday(Refusal):
    """A standing order for no day of the week."""


@dataclass(eq=False)
class DaysBackwards(Refusal):
    """The last day lies before the first (ISO text)."""

    first: str
    last: str


@dataclass(eq=False)
class OrderedTwice(Refusal):
    """Another standing order of the same member holds for this meal on one of the same days."""

    name: str


@dataclass(eq=False)
class StandingOrderGone(Refusal):
    """There is no such standing order, or it was ended."""


@dataclass(eq=False)
class NothingPlanned(Refusal):
    """Nothing is on the menu of a meal (`day` is ISO text), or no set meal where one is wanted."""

    day: str
    meal: Meal
    set_meal: bool = False


def check_order(order: StandingOrder) -> None:
    """Raise NoWeekday or DaysBackwards for an order that could never hold as it is meant."""
    if not order.weekdays:
        raise NoWeekday
    assert order.weekdays <= frozenset(range(7)), "a week has seven days"
    for first, last in ((order.first, order.last), (order.paused_from, order.paused_to)):
        if first and last and last < first:
            raise DaysBackwards(first.isoformat(), last.isoformat())


def clashing(order: StandingOrder, others: Iterable[StandingOrder]) -> StandingOrder | None:
    """Another order for the same meal that holds on one of the same days, whatever is paused."""
    for other in others:
        apart = (order.last and order.last < other.first) or (other.last and other.last < order.first)
        same = other.id != order.id and other.meal is order.meal and bool(other.weekdays & order.weekdays)
        if same and not (apart or order.ended or other.ended):
            return other
    return None
