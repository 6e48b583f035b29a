"""The order of a walk: as people count their doors, as somebody ordered them, and newcomers beside their neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Protocol, TypeVar

from pos.domain.address import Address, countable

_LAST = "\uffff"


class Lives(Protocol):
    """Somebody behind a door."""

    @property
    def member_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> Address: ...


Somebody = TypeVar("Somebody", bound=Lives)
DoorKey = tuple[str, ...]


@lru_cache(maxsize=4_096)  # the same doors every noon
def door_key(address: Address) -> DoorKey:
    """A key that sorts doors as somebody walks: 2号楼 before 10号楼, who has no building last in the estate."""
    known, within = (address.estate, address.building), (address.unit, address.floor, address.door)
    return (*(_key(part) if part else _LAST for part in known), *map(_key, within))


def in_walking_order(people: Iterable[Somebody], numbers: Mapping[str, int]) -> tuple[Somebody, ...]:
    """People by the numbers that somebody gave to them, by member.

    One without a number comes beside the neighbours: those of the building, else of the estate, else last. Where
    nobody has one, that is the order of the addresses.
    """
    everybody = [(door_key(one.address), one) for one in people]
    walk = sorted(
        (pair for pair in everybody if numbers.get(pair[1].member_id)), key=lambda pair: numbers[pair[1].member_id]
    )
    others = sorted(
        (pair for pair in everybody if not numbers.get(pair[1].member_id)),
        key=lambda pair: (pair[0], pair[1].name, pair[1].member_id),
    )
    if not walk:
        return tuple(one for _key_of, one in others)
    for key, one in others:
        walk.insert(_spot(walk, key), (key, one))
    return tuple(one for _key_of, one in walk)


def _spot(walk: Sequence[tuple[DoorKey, Lives]], key: DoorKey) -> int:
    """Behind the last neighbour whose door comes before this one, or before the first neighbour."""
    for depth in (2, 1):
        near = [at for at, (other, _one) in enumerate(walk) if other[:depth] == key[:depth]]
        if near:
            before = [at for at in near if walk[at][0] <= key]
            return before[-1] + 1 if before else near[0]
    return len(walk)


_key = lru_cache(maxsize=4_096)(countable)
