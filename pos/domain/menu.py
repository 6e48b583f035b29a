"""The menu: what is sold at a meal, at which list price, under which key."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from hashlib import sha256

from pos.domain.diet import Tags
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
class Part:
    """A part of a set meal: `count` of the day's dishes of one shelf, as the diner chooses."""

    kind: DishKind
    count: int


@dataclass(frozen=True, slots=True)
class Dish:
    """What the kitchen can cook. `price` in fen for one portion; one that is no longer `cooked` is on no menu.

    A set meal may have `parts`, dishes that are chosen at the counter; its price is its own. `photo` tells one
    picture of it from another; '' where there is none.
    """

    id: str
    name: str
    kind: DishKind
    price: Fen
    cooked: bool = True
    tags: Tags = ()
    parts: tuple[Part, ...] = ()
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A dish on a day's menu. `price` in fen for one portion; `key` is its number on the keyboard, from 1.

    `capacity` is how many portions there are for the meal: None as many as are wanted, 0 none any more. `photo` is
    the dish's.
    """

    dish_id: str
    name: str
    kind: DishKind
    price: Fen
    key: int
    tags: Tags = ()
    capacity: int | None = None
    parts: tuple[Part, ...] = ()
    photo: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """What one meal of one day offers, in the order of its keys."""

    day: date
    meal: Meal
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What was planned for one meal of one day, or with `day` None for every day that has no plan of its own.

    `own` is False where the offers are those of the standing plan. `capacity` is how many portions there are for the
    whole meal, of whatever dishes; None is no limit.
    """

    day: date | None
    meal: Meal
    offers: tuple[Offer, ...]
    own: bool = True
    capacity: int | None = None


MOST_OFFERS = 60
"""Dishes on one menu; a sale screen with more would be leafed through, not read."""

MOST_OF_A_PART = 9
"""Dishes of one shelf in a set meal."""

MOST_PORTIONS_PLANNED = 9_999
"""Portions of one meal; more is a slip of the finger."""


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


@dataclass(eq=False)
class NotOffered(Refusal):
    """A limit for a dish that is not on the menu, or for a meal at which nothing is offered."""


@dataclass(eq=False)
class BadCapacity(Refusal):
    """A number of portions that is none: it is a whole one from 0 to `most`."""

    most: int


def offered(dishes: Iterable[Dish], limits: Mapping[str, int | None]) -> tuple[Offer, ...]:
    """Dishes in the order of their keys; `limits` are the portions there are, by dish."""
    return tuple(
        Offer(one.id, one.name, one.kind, one.price, key, one.tags, limits.get(one.id), one.parts, one.photo)
        for key, one in enumerate(dishes, start=1)
    )


def limits_of(offers: Iterable[Offer]) -> dict[str, int | None]:
    """How many portions there are of each dish, by dish."""
    return {one.dish_id: one.capacity for one in offers}


def check_capacity(capacity: int | None) -> int | None:
    """A number of portions, or None for no limit. Raises BadCapacity."""
    if capacity is not None and not 0 <= capacity <= MOST_PORTIONS_PLANNED:
        raise BadCapacity(MOST_PORTIONS_PLANNED)
    return capacity


def photo_mark(photo: bytes | None) -> str:
    """What tells one picture of a dish from another: who shows it asks for it again only when it is a new one."""
    return "" if photo is None else sha256(photo).hexdigest()[:16]


def parse_capacity(text: str) -> int | None:
    """What was typed as a number of portions, nothing being no limit. Raises BadCapacity."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    if not (plain.isascii() and plain.isdigit()):
        raise BadCapacity(MOST_PORTIONS_PLANNED)
    return check_capacity(int(plain[:9]))


DINNER_FROM = time(15, 30)
LUNCH_FROM = time(9, 30)


def meal_at(local: time) -> Meal:
    """The meal a wall-clock time in the canteen belongs to."""
    if local < LUNCH_FROM:
        return Meal.BREAKFAST
    return Meal.LUNCH if local < DINNER_FROM else Meal.DINNER
