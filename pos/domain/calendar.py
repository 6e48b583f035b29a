"""The calendar: what kind of day it is, whether the canteen opens, and which payers count it.

Three layers that no other can be computed from (domain.md section 8): the State Council's paper of a year, the
canteen's own week, the days that subsidies are paid for. A ruling by hand about one date wins over all three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from pos.domain.errors import Refusal

EVERY_DAY = frozenset(range(7))
SATURDAY = 5


class DayKind(StrEnum):
    """What the national list says about a day."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a Saturday or Sunday that is worked for a holiday (调休)


EVERY_KIND = frozenset(DayKind)
WORKED = frozenset({DayKind.WORKDAY, DayKind.MAKE_UP})
"""The statutory workdays (法定工作日)."""


class Holiday(StrEnum):
    """The statutory holidays; a day ruled by hand may bear a name of its own."""

    NEW_YEAR = "new_year"
    SPRING = "spring"
    TOMB_SWEEPING = "tomb_sweeping"
    LABOUR = "labour"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL = "national"


@dataclass(frozen=True, slots=True)
class DayFacts:
    """What a price may depend on about a day.

    `holiday` is a Holiday or a name given by hand: of the holiday, or of the one that a make-up day is worked for.
    `subsidised` is the general answer, `payer_days` the answers of payers that have their own. `reason` says why
    the canteen is closed, or what was ruled by hand.
    """

    kind: DayKind = DayKind.WORKDAY
    open: bool = True
    subsidised: bool = True
    holiday: str = ""
    payer_days: Mapping[str, bool] = field(default_factory=dict)
    reason: str = ""

    @property
    def worked(self) -> bool:
        """Whether it is a statutory workday; a make-up Sunday is one."""
        return self.kind in WORKED

    def counts_for(self, payer: str) -> bool:
        """Whether a payer pays for meals of this day."""
        return self.payer_days.get(payer, self.subsidised)


@dataclass(frozen=True, slots=True)
class Statutory:
    """One day in the national list."""

    kind: DayKind
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """How the canteen and its payers keep the week from a day on.

    `open_on` are weekdays, Monday is 0. `subsidy` are the kinds of days that subsidies are paid for, `payers` the
    same for a payer that decides for itself: whether a make-up Sunday counts must be asked, so it is a setting.
    """

    valid_from: date
    open_on: frozenset[int] = EVERY_DAY
    open_on_holidays: bool = True
    open_on_make_up: bool = True
    subsidy: frozenset[DayKind] = EVERY_KIND
    payers: Mapping[str, frozenset[DayKind]] = field(default_factory=dict)

    def opens(self, day: date, kind: DayKind) -> bool:
        """Whether the canteen opens on a day of that kind."""
        if kind is DayKind.HOLIDAY and not self.open_on_holidays:
            return False
        return day.weekday() in self.open_on or (kind is DayKind.MAKE_UP and self.open_on_make_up)


ALWAYS = Week(date.min)
"""What holds until the canteen says otherwise: open every day, subsidies every day."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided by hand about one date; None leaves a layer as it is. The newest ruling of a date holds."""

    day: date
    kind: DayKind | None = None
    holiday: str = ""
    opens: bool | None = None
    subsidy: bool | None = None
    reason: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is decided (any more)."""
        return self.kind is None and self.opens is None and self.subsidy is None


def plain_day(day: date) -> Statutory:
    """A day of a year whose paper is not out: Monday to Friday are worked."""
    return Statutory(DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKDAY)


def week_of(day: date, weeks: Iterable[Week]) -> Week:
    """The week in force on a day; of two from the same day on, the one that was decided later."""
    return max((week for week in reversed(tuple(weeks)) if week.valid_from <= day), key=lambda week: week.valid_from, default=ALWAYS)


def day_facts(
    day: date, statutory: Statutory | None = None, week: Week = ALWAYS, ruling: Ruling | None = None
) -> DayFacts:
    """One day through the three layers. Where the canteen is shut nobody is subsidised, unless it was ruled so."""
    statutory = statutory or plain_day(day)
    ruling = ruling or Ruling(day)
    kind, holiday = statutory.kind, statutory.holiday
    if ruling.kind is not None:
        kind, holiday = ruling.kind, ruling.holiday
    opens = week.opens(day, kind) if ruling.opens is None else ruling.opens

    def pays(kinds: frozenset[DayKind]) -> bool:
        return opens and kind in kinds if ruling.subsidy is None else ruling.subsidy

    payer_days = {payer: pays(kinds) for payer, kinds in week.payers.items()}
    return DayFacts(kind, opens, pays(week.subsidy), holiday, payer_days, ruling.reason)


@dataclass(frozen=True, slots=True)
class RuledDay:
    """A ruling, who made it and when (UTC epoch ms)."""

    ruling: Ruling
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class DecidedWeek:
    """A week, who decided it and when (UTC epoch ms)."""

    week: Week
    by: str
    at_ms: int


LONGEST_REASON = 50


@dataclass(eq=False)
class NoReason(Refusal):
    """The canteen closes on a day, and nobody would know why."""

    day: str


@dataclass(eq=False)
class ReasonTooLong(Refusal):
    """A reason or a holiday's name has more characters than paper and screen show, or a line break."""

    longest: int


@dataclass(eq=False)
class NeverOpen(Refusal):
    """A week in which the canteen opens on no day."""


def check_ruling(ruling: Ruling) -> Ruling:
    """The ruling without blanks around its words. Raises NoReason or ReasonTooLong."""
    ruling = replace(ruling, reason=ruling.reason.strip(), holiday=ruling.holiday.strip())
    if ruling.opens is False and not ruling.reason:
        raise NoReason(ruling.day.isoformat())
    for text in (ruling.reason, ruling.holiday):
        if len(text) > LONGEST_REASON or (text and not text.isprintable()):
            raise ReasonTooLong(LONGEST_REASON)
    return ruling


def check_week(week: Week) -> Week:
    """The week, known to open at all. Raises NeverOpen."""
    if not week.open_on & EVERY_DAY:
        raise NeverOpen
    return week
