"""Capacity: how many portions of a meal are left for whoever books next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.bill import Basket
from pos.domain.errors import Refusal
from pos.domain.menu import Menu

WHOLE_MEAL = ""
"""Stands for all dishes together, where portions are told by dish."""


@dataclass(eq=False)
class SoldOut(Refusal):
    """Of a dish, or with `name` '' of the whole meal, only `left` portions are there."""

    name: str
    left: int


def check_left(menu: Menu, most: int | None, booked: Mapping[str, int], basket: Basket) -> None:
    """Raise SoldOut where a basket is more than is left.

    `most` is the limit of the whole meal. `booked` are the portions that are taken by dish, and for WHOLE_MEAL how many
    reservations do: each is one.
    """
    limits = {one.dish_id: one.capacity for one in menu.offers}
    wanted = {(item.dish_id, item.name): item.quantity for item in basket}
    for (dish_id, name), quantity in {(WHOLE_MEAL, ""): 1, **wanted}.items():
        limit = most if dish_id == WHOLE_MEAL else limits.get(dish_id)
        if limit is not None and booked.get(dish_id, 0) + quantity > limit:
            raise SoldOut(name, max(limit - booked.get(dish_id, 0), 0))


def portions_left(menu: Menu, most: int | None, booked: Mapping[str, int]) -> dict[str, int]:
    """The portions that can still be had, by dish and of the whole meal; what has no limit is not in it."""
    limits = {one.dish_id: one.capacity for one in menu.offers} | {WHOLE_MEAL: most}
    return {name: max(limit - booked.get(name, 0), 0) for name, limit in limits.items() if limit is not None}


def without(booked: Mapping[str, int], basket: Basket) -> dict[str, int]:
    """The portions that are booked, but for those of a reservation that is about to be replaced."""
    less = Counter(booked)
    less.subtract({WHOLE_MEAL: 1} | {item.dish_id: item.quantity for item in basket})
    return dict(less)
