"""The menu: what is sold at a meal, at which list price, under which key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from pos.domain.money import Fen


class Meal(StrEnum):
    """The meals of a day."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"


class DishKind(StrEnum):
    """The shelf a dish stands on; one tab of the sale screen each."""

    SET_MEAL = "set_meal"
    MEAT = "meat"
    VEGETABLE = "vegetable"
    STAPLE = "staple"
    SOUP = "soup"


@dataclass(frozen=True, slots=True)
class Offer:
    """A dish on a day's menu. `price` in fen for one portion; `key` is its number on the keyboard, from 1."""

    dish_id: str
    name: str
    kind: DishKind
    price: Fen
    key: int


@dataclass(frozen=True, slots=True)
class Menu:
    """What one meal of one day offers, in the order of its keys."""

    day: date
    meal: Meal
    offers: tuple[Offer, ...]


DINNER_FROM = time(15, 30)
LUNCH_FROM = time(9, 30)


def meal_at(local: time) -> Meal:
    """The meal a wall-clock time in the canteen belongs to."""
    if local < LUNCH_FROM:
        return Meal.BREAKFAST
    return Meal.LUNCH if local < DINNER_FROM else Meal.DINNER
