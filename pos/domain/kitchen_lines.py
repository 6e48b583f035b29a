"""The kitchen's printed list: a plate as a line that is kept, and what changed since the list was printed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from json.encoder import encode_basestring

from pos.domain.bill import Way
from pos.domain.errors import Refusal
from pos.domain.kitchen import Clash, NotCooked, Plate, Portion
from pos.domain.menu import DishKind, Meal
from pos.domain.prints import changes

_encode = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: json.dumps makes one each time."""


class ChangeKind(StrEnum):
    """What became of a plate after the list was printed."""

    CANCELLED = "cancelled"
    CHANGED = "changed"
    ADDED = "added"


@dataclass(eq=False)
class NothingChanged(Refusal):
    """The list of a meal (`day` is ISO text) was never printed, or says what it said: there is nothing to tell."""

    day: str
    meal: Meal


@dataclass(frozen=True, slots=True)
class PlateChange:
    """One change. `before` is the plate as it was printed, `now` as it is; a plate that is not cooked any more,
    because its member is away or the canteen closed, is cancelled with that reason in `now`.
    """

    kind: ChangeKind
    before: Plate | None
    now: Plate | None


def line_of(plate: Plate) -> str:
    """A plate as text: all that the paper says of it."""
    whom = (plate.member_id, plate.name, plate.way, plate.eat_at)
    said = ", ".join((*map(encode_basestring, whom), _portions(plate.portions)))
    return f"[{said}, {_what_not(plate.diets, plate.clashes, plate.not_cooked)}]"


@lru_cache(maxsize=1_024)  # two thousand people eat the same few plates
def _portions(portions: tuple[Portion, ...]) -> str:
    return _encode([[one.dish_id, one.name, one.kind, one.quantity, one.chosen] for one in portions])


@lru_cache(maxsize=1_024)
def _what_not(diets: tuple[str, ...], clashes: tuple[Clash, ...], not_cooked: NotCooked | None) -> str:
    return _encode([diets, [[one.dish, one.codes] for one in clashes], not_cooked or ""])[1:-1]


def read_line(reservation_id: str, line: str) -> Plate:
    """The plate of such a text."""
    member_id, name, way, eat_at, portions, diets, clashes, not_cooked = json.loads(line)
    return Plate(
        reservation_id,
        member_id,
        name,
        Way(way),
        eat_at,
        tuple(_portion(*one) for one in portions),
        tuple(diets),
        tuple(Clash(dish, tuple(codes)) for dish, codes in clashes),
        NotCooked(not_cooked) if not_cooked else None,
    )


def without_person(line: str) -> str:
    """What may stay of a line when its member is forgotten: what was cooked, not for whom nor why it was cooked so.

    The member's id stays, as in the books: the id of the reservation leads there anyhow.
    """
    member_id, _name, way, eat_at, portions, _diets, _clashes, not_cooked = json.loads(line)
    why = NotCooked.LEFT if not_cooked and not_cooked != NotCooked.CLOSED else not_cooked
    return _encode([member_id, "", way, eat_at, portions, [], [], why])


def _portion(dish_id: str, name: str, kind: str, quantity: int, chosen: list[tuple[str, str]]) -> Portion:
    return Portion(dish_id, name, DishKind(kind), quantity, tuple((one, called) for one, called in chosen))


def lines_of(plates: Iterable[Plate]) -> dict[str, str]:
    """A whole list, by reservation."""
    return {plate.id: line_of(plate) for plate in plates}


def plate_changes(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[PlateChange, ...]:
    """What the kitchen must know after a list was printed: cancelled first, then changed, then added.

    A reservation that was replaced by another of the same member is one changed plate. What was not cooked before
    and is not now changes nothing.
    """
    found = changes(before, now)
    pairs: list[tuple[Plate | None, Plate | None]] = [
        (read_line(one, before[one]), read_line(one, now[one])) for one in found.changed
    ]
    gone = {plate.member_id: plate for plate in (read_line(one, before[one]) for one in found.gone)}
    pairs += ((gone.pop(plate.member_id, None), plate) for plate in (read_line(one, now[one]) for one in found.added))
    pairs += ((plate, None) for plate in gone.values())
    every = [_change(old if _cooked(old) else None, new) for old, new in pairs if _cooked(old) or _cooked(new)]
    order = tuple(ChangeKind)
    return tuple(sorted(every, key=lambda one: order.index(one.kind)))


def _cooked(plate: Plate | None) -> bool:
    return plate is not None and plate.not_cooked is None


def _change(before: Plate | None, now: Plate | None) -> PlateChange:
    if before is None:
        return PlateChange(ChangeKind.ADDED, None, now)
    return PlateChange(ChangeKind.CHANGED if _cooked(now) else ChangeKind.CANCELLED, before, now)
