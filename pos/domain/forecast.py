"""How many come without a reservation: what past weekdays say, and by how much that was wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

WEEKS_BACK = 8
LEAST_DAYS = 2
"""With one day there is no second one to hold against it."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Portions without a reservation that will be asked for, give or take `error`, from `days` past days."""

    portions: int
    error: int
    days: int


def same_weekdays(day: date, today: date) -> tuple[date, ...]:
    """The weekdays of `day` in the past weeks, newest first; only days that are over."""
    return tuple(islice((one for one in _weeks_before(day) if one < today), WEEKS_BACK))


def forecast(past: Sequence[int]) -> Forecast | None:
    """The median of past days; None for fewer than LEAST_DAYS.

    The error is the mean absolute error of foretelling each of these days from the others, which a day that was
    never so before raises honestly.
    """
    if len(past) < LEAST_DAYS:
        return None
    wrong = sum(abs(2 * had - _median_twice([*past[:at], *past[at + 1 :]])) for at, had in enumerate(past))
    return Forecast(_half_up(_median_twice(past), 2), _half_up(wrong, 2 * len(past)), len(past))


def _weeks_before(day: date) -> Iterator[date]:
    while True:
        day -= timedelta(weeks=1)
        yield day


def _median_twice(numbers: Sequence[int]) -> int:
    """Twice the median: of an even count it lies between two whole numbers."""
    ranked = sorted(numbers)
    return ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]


def _half_up(number: int, by: int) -> int:
    return (2 * number + by) // (2 * by)
