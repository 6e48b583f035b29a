"""The menu: which meal a time of day belongs to, and what a number of portions is."""

from __future__ import annotations

from datetime import time

import pytest

from pos.domain.menu import MOST_PORTIONS_PLANNED, BadCapacity, Meal, meal_at, parse_capacity


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


@pytest.mark.parametrize(
    ("text", "capacity"),
    [("", None), ("  ", None), ("0", 0), ("40", 40), ("４０", 40), (" 9999 ", MOST_PORTIONS_PLANNED)],
)
def test_portions_are_typed_as_a_whole_number_or_not_at_all(text: str, capacity: int | None) -> None:
    assert parse_capacity(text) == capacity


@pytest.mark.parametrize("text", ["-1", "1.5", "10000", "四十", "4 0", "9" * 5_000])
def test_anything_else_is_no_number_of_portions(text: str) -> None:
    with pytest.raises(BadCapacity) as refused:
        parse_capacity(text)

    assert refused.value.most == MOST_PORTIONS_PLANNED
