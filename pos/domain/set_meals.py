"""Set meals (六菜一汤): which of the day's dishes a diner may choose, and whether what was chosen is such a meal."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pos.domain.capacity import SoldOut
from pos.domain.errors import NotOnMenu, Refusal
from pos.domain.menu import MOST_OF_A_PART, DishKind, Menu, Offer, Part

Eaten = tuple[tuple[str, str], ...]
"""The dishes that belong to a set meal, by id and name."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be chosen for one part of a set meal: `count` different ones of `offers`, in the order of their keys."""

    kind: DishKind
    count: int
    offers: tuple[Offer, ...]


@dataclass(eq=False)
class WrongChoice(Refusal):
    """Of the shelf `kind` exactly `count` different dishes belong to the set meal `name`."""

    name: str
    kind: DishKind
    count: int


def choices(offer: Offer, menu: Menu) -> tuple[Choice, ...]:
    """What may be chosen for each part of a set meal; a dish that is sold out may not.

    Where the menu has fewer dishes of a shelf than belong to the meal, the meal has as many as there are: nobody
    goes hungry because the kitchen cooked one dish less.
    """
    found = []
    for part in offer.parts:
        there = tuple(one for one in menu.offers if one.kind is part.kind and one.capacity != 0)
        found.append(Choice(part.kind, min(part.count, len(there)), there))
    return tuple(found)


def is_open(offer: Offer, menu: Menu) -> bool:
    """Whether there is anything to choose."""
    return any(len(choice.offers) > choice.count for choice in choices(offer, menu))


def defaults(offer: Offer, menu: Menu) -> tuple[str, ...]:
    """The dishes that a set meal has where nobody chose: the first of each shelf."""
    return tuple(one.dish_id for choice in choices(offer, menu) for one in choice.offers[: choice.count])


def check_chosen(offer: Offer, menu: Menu, chosen: Collection[str]) -> None:
    """Whether these dishes make the set meal.

    Raises SoldOut for a dish that is, NotOnMenu for one that is none of its shelves', WrongChoice for too many, too few
    or one twice.
    """
    for one in menu.offers:
        if one.dish_id in chosen and one.capacity == 0:
            raise SoldOut(one.name, 0)
    parts = choices(offer, menu)
    there = {one.dish_id for choice in parts for one in choice.offers}
    if gone := tuple(dish_id for dish_id in chosen if dish_id not in there):
        raise NotOnMenu(gone)
    for choice in parts:
        picked = [dish_id for dish_id in chosen if dish_id in {one.dish_id for one in choice.offers}]
        if len(picked) != choice.count or len(set(picked)) != choice.count:
            raise WrongChoice(offer.name, choice.kind, choice.count)


def eaten(offer: Offer, menu: Menu, chosen: Collection[str]) -> Eaten:
    """The dishes of a set meal with their names, in the order of its parts; those of nobody's choice without any."""
    wanted = frozenset(chosen or defaults(offer, menu))
    offers = (one for choice in choices(offer, menu) for one in choice.offers)
    return tuple((one.dish_id, one.name) for one in offers if one.dish_id in wanted)


def tidy_parts(kind: DishKind, parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts a dish may have: none but for a set meal, a shelf once, no set meal in a set meal."""
    if kind is not DishKind.SET_MEAL:
        return ()
    counts = {part.kind: part.count for part in parts}
    shelves = (shelf for shelf in DishKind if shelf is not DishKind.SET_MEAL and counts.get(shelf, 0) > 0)
    return tuple(Part(shelf, min(counts[shelf], MOST_OF_A_PART)) for shelf in shelves)
