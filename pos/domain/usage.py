"""Usage: what a person had before, so that a subsidy is given as often as its tariff says and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from pos.domain.menu import Meal


class Per(StrEnum):
    """The stretches of time in which uses are counted; a week begins on Monday."""

    MEAL = "meal"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Had:
    """One sale or booking of a person: the rules that gave something to it, and when it was made (UTC, ms).

    `pending` is a booking that is not settled yet; it counts like a meal that was eaten.
    """

    day: date
    meal: Meal
    rules: tuple[str, ...] = ()
    at_ms: int = 0
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Usage:
    """A person's sales and bookings around a date, oldest first; one that got nothing may stand for others before it.

    `places` says where in `had` each rule stands, worked out once: a price asks for many rules.
    """

    had: tuple[Had, ...] = ()
    places: Mapping[str, Sequence[int]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Find the rules."""
        places: dict[str, list[int]] = {}
        for place, one in enumerate(self.had):
            for rule in one.rules:
                places.setdefault(rule, []).append(place)
        object.__setattr__(self, "places", places)

    def uses(self, rules: Iterable[str], per: Per, day: date, meal: Meal) -> int:
        """How many sales in the stretch around a meal got something from any of these rules."""
        return len(self.used(rules, per, day, meal))

    def used(self, rules: Iterable[str], per: Per, day: date, meal: Meal) -> tuple[Had, ...]:
        """Those, oldest first."""
        places = {place for rule in rules for place in self.places.get(rule, ())}
        if not places:
            return ()
        first, last = stretch(per, day)
        found = (self.had[place] for place in sorted(places))
        return tuple(one for one in found if first <= one.day <= last and (per is not Per.MEAL or one.meal is meal))

    def at(self, day: date, meal: Meal) -> tuple[Had, ...]:
        """What was sold at one meal, oldest first."""
        return tuple(one for one in self.had if one.day == day and one.meal is meal and not one.pending)


    def waits_at(self, day: date, meal: Meal) -> bool:
        """Whether a meal is reserved and not eaten yet."""
        return any(one.day == day and one.meal is meal and one.pending for one in self.had)


NOTHING_HAD = Usage()


def stretch(per: Per, day: date) -> tuple[date, date]:
    """The first and the last day of the stretch that a day lies in."""
    if per is Per.WEEK:
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    if per is Per.MONTH:
        first = day.replace(day=1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return day, day


def counted(day: date) -> tuple[date, date]:
    """All the days whose meals may count on a date: its week and its month."""
    week, month = stretch(Per.WEEK, day), stretch(Per.MONTH, day)
    return min(week[0], month[0]), max(week[1], month[1])
