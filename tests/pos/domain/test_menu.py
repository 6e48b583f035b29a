"""The menu: which meal a time of day belongs to."""

from __future__ import annotations

from datetime import time

import pytest

from pos.domain.menu import Meal, meal_at


@pytest.mark.parametrize(
    ("local", "meal"),
    [
        (time(0, 0), Meal.BREAKFAST),
        (time(9, 29, 59, 999_999), Meal.BREAKFAST),
        (time(9, 30), Meal.LUNCH),
        (time(15, 29, 59), Meal.LUNCH),
        (time(15, 30), Meal.DINNER),
        (time(23, 59, 59), Meal.DINNER),
    ],
)
def test_a_time_of_day_belongs_to_one_meal(local: time, meal: Meal) -> None:
    assert meal_at(local) is meal
