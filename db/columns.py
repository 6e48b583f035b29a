"""Values of columns that a noon reads two thousand times: asking an enum for one takes ten times as long as a dict."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pos.domain.bill import Way
from pos.domain.menu import DishKind, Meal
from pos.domain.reservations import Source, State

MEAL = {one.value: one for one in Meal}
WAY = {one.value: one for one in Way}
STATE = {one.value: one for one in State}
SOURCE = {one.value: one for one in Source}
DISH_KIND = {one.value: one for one in DishKind}


@lru_cache(maxsize=64)
def day(text: str) -> date:
    """A date; a list has one, or those of a few weeks."""
    return date.fromisoformat(text)
