"""A time of the day as people write it."""

from __future__ import annotations

import pytest

from pos.domain.eat_at import BadEatAt, parse_eat_at


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("11:30", "11:30"),
        ("１１：３０", "11:30"),
        ("11.30", "11:30"),
        ("1130", "11:30"),
        ("930", "09:30"),
        (" 11 : 30 ", "11:30"),
        ("11点", "11:00"),
        ("11点整", "11:00"),
        ("11点半", "11:30"),
        ("12点5分", "12:05"),
        ("12时15", "12:15"),
        ("0:00", "00:00"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_time_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert parse_eat_at(typed) == kept


@pytest.mark.parametrize("typed", ["noon", "24:00", "11:60", "11", "11:3", "-1:00", "11:30-12:00", "中午", "12345"])
def test_what_is_no_time_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(BadEatAt) as refused:
        parse_eat_at(typed)

    assert refused.value.text == typed
