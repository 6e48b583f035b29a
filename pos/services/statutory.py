"""The State Council's lists of holidays and make-up workdays, as far as the package of this program knows them.

A list appears every November for the year to come and cannot be computed. It may change the December before it,
which is corrected by hand until a newer package is installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache, lru_cache

from pos.domain.calendar import DayKind, Holiday, Statutory, plain_day

_NAMES = {
    "New Year's Day": Holiday.NEW_YEAR,
    "Spring Festival": Holiday.SPRING,
    "Tomb-sweeping Day": Holiday.TOMB_SWEEPING,
    "Labour Day": Holiday.LABOUR,
    "Dragon Boat Festival": Holiday.DRAGON_BOAT,
    "Mid-autumn Festival": Holiday.MID_AUTUMN,
    "National Day": Holiday.NATIONAL,
}


@lru_cache(maxsize=4096)
def statutory(day: date) -> Statutory:
    """What the list of its year says about a day; a plain day where there is no list."""
    return _list().get(day) or plain_day(day)


def is_known(year: int) -> bool:
    """Whether the list of a year is out and in the package."""
    return year in _years()


@cache
def last_known() -> int:
    """The last year whose list is known."""
    return max(_years())


@cache
def _years() -> frozenset[int]:
    return frozenset(day.year for day in _list())


@cache
def _list() -> Mapping[date, Statutory]:
    from chinese_calendar.constants import holidays, workdays  # when the first day is asked for

    found = {day: Statutory(DayKind.HOLIDAY, _NAMES.get(name, name)) for day, name in holidays.items()}
    return found | {day: Statutory(DayKind.MAKE_UP, _NAMES.get(name, name)) for day, name in workdays.items()}
