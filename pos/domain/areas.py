"""Areas: a place as the path from its city down, 'city/district/town', and how near two places are."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import TypeAlias

Area: TypeAlias = str
"""'广州市/增城区/荔城街道', and a community after it where one is known; '' where nothing is known."""


class Level(StrEnum):
    """How much of two paths must agree."""

    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"


_DEPTH = {Level.CITY: 1, Level.DISTRICT: 2, Level.TOWN: 3}


@lru_cache(maxsize=1_024)  # a city has few areas, and every price compares them
def steps_of(area: Area) -> tuple[str, ...]:
    """The names of a path, from the city down, without the blanks around them."""
    return tuple(step for part in area.split("/") if (step := part.strip()))


def same(level: Level, one: Area, other: Area) -> bool:
    """Whether both places lie in the same city, district or town; a place not known that far lies nowhere."""
    depth = _DEPTH[level]
    first, second = steps_of(one)[:depth], steps_of(other)[:depth]
    return len(first) == depth and first == second


def within(area: Area, whole: Area) -> bool:
    """Whether a place lies in an area: '广州市/增城区' lies in '广州市'."""
    outer = steps_of(whole)
    return bool(outer) and steps_of(area)[: len(outer)] == outer
