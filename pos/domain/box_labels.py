"""Labels for boxes: what is in the box, for whom behind which door, and until when it is eaten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pos.domain.address import Address
from pos.domain.kitchen import Portion
from pos.domain.menu import DishKind, Meal
from pos.domain.names import short_name
from pos.domain.rosters import Roster, Stop
from pos.domain.stop_codes import stop_code


@dataclass(frozen=True, slots=True)
class BoxLabel:
    """One box of a stop: number `box` of `boxes`. `code` is the text of its QR code; times are 'HH:MM' or ''.

    `inside` are the dishes of a set meal, or what comes beside it, with their portions.
    """

    code: str
    day: date
    meal: Meal
    dish: str
    inside: tuple[tuple[str, int], ...]
    diets: tuple[str, ...]
    name: str
    estate: str
    door: str
    route: str
    cooked_at: str
    eat_by: str
    box: int
    boxes: int


def labels_of(roster: Roster, stops: Iterable[Stop], mark: str) -> tuple[BoxLabel, ...]:
    """A label for every box of these stops, in the order of the walk; `mark` is the canteen's."""
    return tuple(label for stop in stops for label in _labels(roster, stop, mark))


def packed(portions: tuple[Portion, ...]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """What is in each box of a stop: a set meal and its dishes. What is ordered beside set meals is in the first box,
    without any all of it is in one, whose own name is then ''.
    """
    sets = [one for one in portions for _portion in range(one.quantity) if one.kind is DishKind.SET_MEAL]
    beside = tuple((one.name, one.quantity) for one in portions if one.kind is not DishKind.SET_MEAL)
    if not sets:
        return (("", beside),)
    inside = [tuple((name, 1) for _dish_id, name in one.chosen) for one in sets]
    inside[0] += beside
    return tuple((one.name, dishes) for one, dishes in zip(sets, inside, strict=True))


def door_of(address: Address) -> str:
    """A door without its estate: 2号楼3单元402."""
    return str(Address("", address.building, address.unit, "" if address.door else address.floor, address.door))


def _labels(roster: Roster, stop: Stop, mark: str) -> Iterable[BoxLabel]:
    boxes = packed(stop.portions)
    for number, (dish, inside) in enumerate(boxes, 1):
        yield BoxLabel(
            stop_code(mark, stop.id),
            roster.day,
            roster.meal,
            dish,
            inside,
            stop.diets,
            short_name(stop.name),
            stop.address.estate,
            door_of(stop.address),
            roster.route.name if roster.route else "",
            roster.run.cooked_at if roster.run else "",
            roster.run.eat_by if roster.run else "",
            number,
            len(boxes),
        )
