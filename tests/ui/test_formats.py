"""Dates, times and counts as the screen says them."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from pos import i18n
from ui import formats

NOON_MS = 1_795_406_400_000
"""2026-11-23 12:00 in China."""


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Mon 11-23 11:42"), ("zh_CN", "11月23日 周一 11:42")]
)
def test_the_clock_speaks_the_language_of_the_moment(language: str, said: str) -> None:
    before = i18n.language()
    i18n.use(language)

    shown = formats.clock(datetime(2026, 11, 23, 11, 42, tzinfo=timezone(timedelta(hours=8))))

    i18n.use(before)
    assert shown == said


def test_an_instant_is_shown_in_the_civil_time_of_the_canteen() -> None:
    assert (formats.time_of(NOON_MS), formats.moment(NOON_MS)) == ("12:00", "2026-11-23 12:00")


@pytest.mark.parametrize(
    ("balance", "meal", "said"),
    [
        (2_400, 1_200, "enough for 2 more meals"),
        (2_399, 1_200, "enough for 1 more meal"),
        (1_199, 1_200, "not enough for another meal"),
        (0, 1_200, "not enough for another meal"),
        (500_000, 100, "enough for more than 99 meals"),
        (5_000, 0, ""),
    ],
)
def test_a_balance_is_told_in_meals(balance: int, meal: int, said: str, english: None) -> None:
    assert formats.enough_for(balance, meal) == said


@pytest.mark.parametrize(
    ("then", "said"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 21), "Sat"),
        (date(2026, 11, 17), "Tue"),
        (date(2026, 11, 16), "11-16"),
        (date(2026, 11, 25), "11-25"),
    ],
)
def test_a_past_day_is_called_as_people_call_it(then: date, said: str, english: None) -> None:
    assert formats.ago(then, date(2026, 11, 23)) == said


@pytest.mark.parametrize(("seconds", "said"), [(1, "1 second"), (59, "59 seconds"), (60, "1 minute"), (61, "2 minutes")])
def test_a_wait_is_never_said_shorter_than_it_is(seconds: int, said: str, english: None) -> None:
    assert formats.wait(seconds) == said


@pytest.mark.parametrize(("years", "said"), [(82, "82 years old"), (None, "age not known")])
def test_an_age_or_that_nobody_knows_it(years: int | None, said: str, english: None) -> None:
    assert formats.age(years) == said
