"""The calendar: what a day is here, and what the manager decides about days and weeks."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.calendar import (
    DayFacts,
    DayKind,
    DecidedWeek,
    RuledDay,
    Ruling,
    Statutory,
    Week,
    check_ruling,
    check_week,
    day_facts,
    week_of,
)
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.statutory import is_known, statutory


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day: what the national list says, what holds, and what was ruled by hand."""

    day: date
    statutory: Statutory
    facts: DayFacts
    ruled: RuledDay | None = None


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """The days of a month. `known`: the national list of its year is out."""

    first: date
    known: bool
    days: tuple[CalendarDay, ...]


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """What is known of a year, and how many days of it are worked, open and subsidised."""

    year: int
    known: bool
    days: tuple[CalendarDay, ...]

    @property
    def worked(self) -> int:
        """Statutory workdays: what an annual pass is good for."""
        return sum(one.facts.worked for one in self.days)

    @property
    def open(self) -> int:
        """Days on which the canteen opens."""
        return sum(one.facts.open for one in self.days)

    @property
    def subsidised(self) -> int:
        """Days that subsidies are paid for in general."""
        return sum(one.facts.subsidised for one in self.days)

    @property
    def holidays(self) -> tuple[tuple[CalendarDay, ...], ...]:
        """The holidays, consecutive days of one name together."""
        runs: list[list[CalendarDay]] = []
        for one in self.days:
            if one.facts.kind is not DayKind.HOLIDAY:
                continue
            last = runs[-1][-1] if runs else None
            follows = last is not None and one.day - last.day == timedelta(days=1)
            if follows and last and last.facts.holiday == one.facts.holiday:
                runs[-1].append(one)
            else:
                runs.append([one])
        return tuple(map(tuple, runs))

    @property
    def make_up(self) -> tuple[CalendarDay, ...]:
        """The weekends that are worked."""
        return tuple(one for one in self.days if one.facts.kind is DayKind.MAKE_UP)

    @property
    def by_hand(self) -> tuple[CalendarDay, ...]:
        """The days about which something was ruled."""
        return tuple(one for one in self.days if one.ruled is not None)


class Calendar:
    """The canteen's calendar."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Read and decide through a store."""
        self._stores = stores
        self._clock = clock

    def today(self) -> date:
        """The canteen's date."""
        return self._clock.local().date()

    def month(self, year: int, month: int) -> CalendarMonth:
        """A month, day by day."""
        first = date(year, month, 1)
        last = first.replace(day=monthrange(year, month)[1])
        with self._stores.read() as store:
            return CalendarMonth(first, is_known(year), days_between(store, first, last))

    def year(self, year: int) -> CalendarYear:
        """A year, and what is known of it."""
        with self._stores.read() as store:
            return CalendarYear(year, is_known(year), days_between(store, date(year, 1, 1), date(year, 12, 31)))

    def weeks(self) -> tuple[DecidedWeek, ...]:
        """Every week that was ever decided, oldest decision first."""
        with self._stores.read() as store:
            return store.calendar.weeks()

    def payers(self) -> Mapping[str, str]:
        """The payers of today's tariff, by key: those that may count days of their own."""
        with self._stores.read() as store:
            return store.tariff.in_force(self.today()).payer_names

    def rule(self, actor: Actor, ruling: Ruling) -> CalendarDay:
        """Decide about a date by hand; an empty ruling takes an earlier one back.

        Raises NoReason, ReasonTooLong or NotPermitted.
        """
        actor.must(Permission.CALENDAR)
        ruling = check_ruling(ruling)
        with self._stores.write() as store:
            _, before = store.calendar.day(ruling.day)
            if ruling != (before or Ruling(ruling.day)):
                store.calendar.rule(ruling, actor.staff_id, self._clock.now_ms())
            return days_between(store, ruling.day, ruling.day)[0]

    def keep(self, actor: Actor, week: Week) -> None:
        """Decide how the week is kept from a day on. Raises NeverOpen or NotPermitted."""
        actor.must(Permission.CALENDAR)
        week = check_week(week)
        with self._stores.write() as store:
            if week_of(week.valid_from, (one.week for one in store.calendar.weeks())) != week:
                store.calendar.keep(week, actor.staff_id, self._clock.now_ms())


def facts_on(store: Store, day: date) -> DayFacts:
    """The facts of one day, in one question to the store: what a sale is priced by."""
    week, ruling = store.calendar.day(day)
    return day_facts(day, statutory(day), week, ruling)


def days_between(store: Store, first: date, last: date) -> tuple[CalendarDay, ...]:
    """The days from `first` to `last`."""
    weeks = tuple(one.week for one in store.calendar.weeks())
    ruled = {one.ruling.day: one for one in store.calendar.rulings(first, last)}
    return tuple(_day(day, weeks, ruled.get(day)) for day in _days(first, last))


def _day(day: date, weeks: Iterable[Week], ruled: RuledDay | None) -> CalendarDay:
    listed = statutory(day)
    facts = day_facts(day, listed, week_of(day, weeks), ruled.ruling if ruled else None)
    return CalendarDay(day, listed, facts, ruled)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))
