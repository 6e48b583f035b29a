"""The menu: what is sold at a meal, at which list price, under which key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from pos.domain.errors import Refusal
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
class Dish:
    """What the kitchen can cook. `price` in fen for one portion; one that is no longer `cooked` is on no menu."""

    id: str
    name: str
    kind: DishKind
    price: Fen
    cooked: bool = True


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


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned for one meal of one day, or with `day` None for every day that has no plan of its own.

    `own` is False where the offers are those of the standing plan.
    """

    day: date | None
    meal: Meal
    offers: tuple[Offer, ...]
    own: bool = True


MOST_OFFERS = 60
"""Dishes on one menu; a sale screen with more would be leafed through, not read."""


@dataclass(eq=False)
class DishTaken(Refusal):
    """Another dish has this name."""

    name: str


@dataclass(eq=False)
class DishUnknown(Refusal):
    """A dish that the store does not have (any more), or that is no longer cooked."""


@dataclass(eq=False)
class MenuFull(Refusal):
    """More dishes than a menu holds."""

    most: int


@dataclass(eq=False)
class DayGone(Refusal):
    """The menu of a day that is over is never changed: its sales were priced by it. `business_date` is ISO text."""

    business_date: str


def offered(dishes: tuple[Dish, ...]) -> tuple[Offer, ...]:
    """Dishes in the order of their keys."""
    return tuple(Offer(one.id, one.name, one.kind, one.price, key) for key, one in enumerate(dishes, start=1))


DINNER_FROM = time(15, 30)
LUNCH_FROM = time(9, 30)


def meal_at(local: time) -> Meal:
    """The meal a wall-clock time in the canteen belongs to."""
    if local < LUNCH_FROM:
        return Meal.BREAKFAST
    return Meal.LUNCH if local < DINNER_FROM else Meal.DINNER
