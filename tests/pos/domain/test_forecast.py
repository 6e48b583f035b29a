"""How many come without a reservation: the median of past weekdays, and how wrong it would have been."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.forecast import Forecast, forecast, same_weekdays

THURSDAY = date(2026, 11, 26)


def test_past_weekdays_are_those_that_are_over() -> None:
    tomorrow, in_two_weeks = date(2026, 11, 27), date(2026, 12, 11)

    assert same_weekdays(tomorrow, THURSDAY) == (
        date(2026, 11, 20), date(2026, 11, 13), date(2026, 11, 6), date(2026, 10, 30),
        date(2026, 10, 23), date(2026, 10, 16), date(2026, 10, 9), date(2026, 10, 2),
    )  # fmt: skip
    assert same_weekdays(in_two_weeks, THURSDAY) == same_weekdays(tomorrow, THURSDAY)
    assert same_weekdays(THURSDAY, THURSDAY)[0] == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("past", "expected"),
    [
        ((), None),
        ((30,), None),
        ((30, 30), Forecast(30, 0, 2)),
        ((0, 0, 0), Forecast(0, 0, 3)),
        # From 20 the other would be 20 and is 25, and the other way round: 5 each.
        ((20, 25), Forecast(23, 5, 2)),
        # From the others: 10 by 25, 20 by 20, 30 by 15; wrong by 15, 0 and 15, so 10 on average.
        ((30, 10, 20), Forecast(20, 10, 3)),
        # One feast does not move the middle, but it is in the error: 20, 20 and 80 wrong by 30, 30 and 60.
        ((20, 80, 20), Forecast(20, 40, 3)),
    ],
)
def test_the_middle_of_the_past_is_foretold_with_its_mean_error(past: tuple[int, ...], expected: Forecast | None) -> None:
    assert forecast(past) == expected
