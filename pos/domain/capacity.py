"""Capacity: how many portions of a meal are left for whoever books or buys next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

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
    names = {one.dish_id: one.name for one in menu.offers}
    for dish_id, quantity in taken_by(basket).items():
        limit = most if dish_id == WHOLE_MEAL else limits.get(dish_id)
        if limit is not None and booked.get(dish_id, 0) + quantity > limit:
            raise SoldOut(names.get(dish_id, ""), max(limit - booked.get(dish_id, 0), 0))


def taken_by(basket: Basket) -> Counter[str]:
    """What a reservation takes: portions by dish, those that are eaten in a set meal too, and of WHOLE_MEAL one."""
    taken = Counter({WHOLE_MEAL: 1})
    for item in basket:
        for dish_id in (item.dish_id, *(one for one, _name in item.chosen)):
            taken[dish_id] += item.quantity
    return taken


def is_limited(menu: Menu, basket: Basket) -> bool:
    """Whether something in a basket has a limit."""
    return any(one.capacity is not None and one.dish_id in taken_by(basket) for one in menu.offers)


def left_on(menu: Menu, taken: Mapping[str, int]) -> Menu:
    """The menu with what is left of each dish in the place of its limit."""
    left = portions_left(menu, None, taken)
    return replace(menu, offers=tuple(replace(one, capacity=left.get(one.dish_id)) for one in menu.offers))


def portions_left(menu: Menu, most: int | None, booked: Mapping[str, int]) -> dict[str, int]:
    """The portions that can still be had, by dish and of the whole meal; what has no limit is not in it."""
    limits = {one.dish_id: one.capacity for one in menu.offers} | {WHOLE_MEAL: most}
    return {name: max(limit - booked.get(name, 0), 0) for name, limit in limits.items() if limit is not None}


def without(booked: Mapping[str, int], basket: Basket) -> dict[str, int]:
    """The portions that are booked, but for those of a reservation that is about to be replaced."""
    less = Counter(booked)
    less.subtract(taken_by(basket))
    return dict(less)
