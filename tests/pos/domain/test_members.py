"""Members: how old somebody is on the day of the meal, and what a wallet can spend."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.members import AgeStarts, Wallet, age_on

BIRTHDAY, DAY_AFTER, NEXT_MONTH = AgeStarts.BIRTHDAY, AgeStarts.DAY_AFTER, AgeStarts.NEXT_MONTH
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2090, 12, 31))


# The table of domain.md section 3: born, age, and the first day of that age under each of the three counts.
@pytest.mark.parametrize("starts", list(AgeStarts))
@pytest.mark.parametrize(
    ("born", "age", "first_days"),
    [
        (date(1960, 2, 29), 60, (date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 1))),
        (date(1960, 2, 29), 65, (date(2025, 3, 1), date(2025, 3, 1), date(2025, 3, 1))),
        (date(1960, 2, 29), 70, (date(2030, 3, 1), date(2030, 3, 1), date(2030, 3, 1))),
        (date(1960, 2, 29), 80, (date(2040, 2, 29), date(2040, 3, 1), date(2040, 3, 1))),
        (date(1965, 12, 31), 60, (date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 1))),
        (date(1966, 3, 1), 60, (date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 1))),
    ],
)
def test_E1_an_age_begins_on_the_day_of_the_table(
    born: date, age: int, first_days: tuple[date, date, date], starts: AgeStarts
) -> None:
    first = first_days[list(AgeStarts).index(starts)]

    assert (age_on(born, first - timedelta(days=1), starts), age_on(born, first, starts)) == (age - 1, age)


@pytest.mark.parametrize(("day", "age"), [(date(2026, 11, 22), 59), (date(2026, 11, 23), 60), (date(2026, 11, 24), 60)])
def test_E1_sixty_on_the_birthday_not_on_its_eve(day: date, age: int) -> None:
    assert age_on(date(1966, 11, 23), day) == age


@given(DAYS, st.integers(min_value=0, max_value=40_000))
def test_the_three_counts_differ_by_a_month_at_most_and_in_this_order(born: date, days: int) -> None:
    day = born + timedelta(days=days)

    ages = [age_on(born, day, starts) for starts in (NEXT_MONTH, DAY_AFTER, BIRTHDAY)]

    assert ages == sorted(ages)
    assert ages[-1] - ages[0] <= 1
    assert age_on(born, day + timedelta(days=32), NEXT_MONTH) >= ages[-1]


@given(DAYS, st.integers(min_value=0, max_value=40_000), st.sampled_from(AgeStarts))
def test_nobody_grows_younger(born: date, days: int, starts: AgeStarts) -> None:
    day = born + timedelta(days=days)

    assert 0 <= age_on(born, day + timedelta(days=1), starts) - age_on(born, day, starts) <= 1


def test_held_money_cannot_be_spent() -> None:
    wallet = Wallet("m", principal=1_000, bonus=200, held=300)

    assert wallet.spendable == 1_200
