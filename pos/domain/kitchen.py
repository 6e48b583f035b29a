"""What the kitchen cooks for one meal: plates, counted by dish, diet, way and time, and who is not cooked for.

A plate is one reservation as the kitchen sees it: a short name, its dishes, its diet codes. Counts are portions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from pos.domain.bill import Way
from pos.domain.diet import Tags, clashes
from pos.domain.discreet import cooked_codes
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.names import short_name
from pos.domain.reservations import State

WAYS = tuple(Way)


class NotCooked(StrEnum):
    """Why a reserved meal is not cooked."""

    PAUSED = "paused"
    LEFT = "left"
    DECEASED = "deceased"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Portion:
    """Portions of one dish; `chosen` are the dishes, by id and name, that belong to a set meal."""

    dish_id: str
    name: str
    kind: DishKind
    quantity: int
    chosen: tuple[tuple[str, str], ...] = ()

    @property
    def dishes(self) -> tuple[tuple[str, str], ...]:
        """The dish and those in it, by id and name."""
        return ((self.dish_id, self.name), *self.chosen)


@dataclass(frozen=True, slots=True)
class Clash:
    """Diet codes that a dish does not respect."""

    dish: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """A reservation with its member as they are on its day; `eat_at` is 'HH:MM' or ''. `fetched`: it was to be brought, and
    was handed over at the counter.
    """

    id: str
    member_id: str
    member_name: str
    day: date
    meal: Meal
    way: Way
    eat_at: str
    state: State
    diets: tuple[str, ...]
    status: MemberStatus
    portions: tuple[Portion, ...]
    fetched: bool = False


@dataclass(frozen=True, slots=True)
class Plate:
    """One reservation on the kitchen's list; with `not_cooked` it stands there so that nobody forgets it."""

    id: str
    member_id: str
    name: str
    way: Way
    eat_at: str
    portions: tuple[Portion, ...]
    diets: tuple[str, ...] = ()
    clashes: tuple[Clash, ...] = ()
    not_cooked: NotCooked | None = None

    @property
    def count(self) -> int:
        """Meals of it: set meals where there are any, else one tray."""
        return sum(one.quantity for one in self.portions if one.kind is DishKind.SET_MEAL) or 1


@dataclass(frozen=True, slots=True)
class Tally:
    """Portions of something by way, in the order of WAYS. `key` is a dish's id, a diet code or a time."""

    key: str
    name: str
    by_way: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_way)


@dataclass(frozen=True, slots=True)
class Counts:
    """Portions of one meal. `dishes` count those chosen in set meals too; dishes in the order of the menu.

    Whoever has two diet codes is counted under both, and once more in `combined` under '软食+低盐'.
    """

    meals: Tally
    sets: tuple[Tally, ...]
    dishes: tuple[Tally, ...]
    ordinary: Tally
    diets: tuple[Tally, ...]
    combined: tuple[Tally, ...]
    times: tuple[Tally, ...]


def plate_of(ordered: Ordered, tags: Mapping[str, Tags], *, closed: bool) -> Plate:
    """A reservation as the kitchen sees it. `tags` are those of the day's menu, by dish; `closed`: nobody cooks."""
    diets = cooked_codes(ordered.diets)
    return Plate(
        ordered.id,
        ordered.member_id,
        short_name(ordered.member_name),
        Way.TAKE_AWAY if ordered.fetched else ordered.way,
        ordered.eat_at,
        ordered.portions,
        diets,
        clashes_of(diets, ordered.portions, tags) if diets else (),
        _why_not(ordered, closed=closed),
    )


def _why_not(ordered: Ordered, *, closed: bool) -> NotCooked | None:
    """A meal that was had was cooked, whoever goes away or closes that afternoon."""
    if ordered.state is State.SERVED:
        return None
    return NotCooked.CLOSED if closed else _AWAY[ordered.status]


def clashes_of(diets: tuple[str, ...], portions: Iterable[Portion], tags: Mapping[str, Tags]) -> tuple[Clash, ...]:
    """What in a reservation its member does not eat."""
    dishes = dict(dish for one in portions for dish in one.dishes)
    found = (Clash(name, clashes(diets, tags.get(dish_id, ()))) for dish_id, name in dishes.items())
    return tuple(one for one in found if one.codes)


def count(plates: Iterable[Plate], offers: Iterable[Offer]) -> Counts:
    """Count what is cooked; the menu gives the dishes their order."""
    cooked = _alike(plate for plate in plates if plate.not_cooked is None)
    names = {dish_id: name for plate, _times in cooked for one in plate.portions for dish_id, name in one.dishes}
    timed = [(plate.eat_at, plate.way, plate.count * times) for plate, times in cooked]
    place = {offer.dish_id: at for at, offer in enumerate(offers)}

    def by_menu(tally: Tally) -> tuple[int, str]:
        return place.get(tally.key, len(place)), tally.name

    return Counts(
        meals=_one((way, number) for _time, way, number in timed),
        sets=tuple(sorted(_tallies(_sets(cooked), names), key=by_menu)),
        dishes=tuple(sorted(_tallies(_dishes(cooked), names), key=by_menu)),
        ordinary=_one((plate.way, plate.count * times) for plate, times in cooked if not plate.diets),
        diets=tuple(sorted(_tallies(_by_codes(cooked)), key=_most_first)),
        combined=tuple(sorted(_tallies(_by_combinations(cooked)), key=_most_first)),
        times=tuple(sorted(_tallies(timed), key=_earliest_first)),
    )


_AWAY: dict[MemberStatus, NotCooked | None] = {
    MemberStatus.ACTIVE: None,
    MemberStatus.PAUSED: NotCooked.PAUSED,
    MemberStatus.LEFT: NotCooked.LEFT,
    MemberStatus.DECEASED: NotCooked.DECEASED,
}

_Counted: TypeAlias = tuple[str, Way, int]
_Alike: TypeAlias = tuple[Plate, int]
"""A plate, and how many there are that the counts cannot tell from it."""


def _alike(plates: Iterable[Plate]) -> list[_Alike]:
    """Two thousand people eat a few hundred different plates."""
    counted = Counter((plate.portions, plate.way, plate.eat_at, plate.diets) for plate in plates)
    return [(Plate("", "", "", way, eat_at, portions, diets), times) for (portions, way, eat_at, diets), times in counted.items()]


def _sets(cooked: Iterable[_Alike]) -> Iterator[_Counted]:
    for plate, times in cooked:
        for one in plate.portions:
            if one.kind is DishKind.SET_MEAL:
                yield one.dish_id, plate.way, one.quantity * times


def _dishes(cooked: Iterable[_Alike]) -> Iterator[_Counted]:
    for plate, times in cooked:
        for one in plate.portions:
            if one.kind is not DishKind.SET_MEAL:
                yield one.dish_id, plate.way, one.quantity * times
            for dish_id, _name in one.chosen:
                yield dish_id, plate.way, one.quantity * times


def _by_codes(cooked: Iterable[_Alike]) -> Iterator[_Counted]:
    return ((code, plate.way, plate.count * times) for plate, times in cooked for code in plate.diets)


def _by_combinations(cooked: Iterable[_Alike]) -> Iterator[_Counted]:
    return (("+".join(plate.diets), plate.way, plate.count * times) for plate, times in cooked if len(plate.diets) > 1)


def _most_first(tally: Tally) -> tuple[int, str]:
    return -tally.total, tally.key


def _earliest_first(tally: Tally) -> tuple[bool, str]:
    return not tally.key, tally.key


def _one(counted: Iterable[tuple[Way, int]]) -> Tally:
    portions = dict.fromkeys(WAYS, 0)
    for way, number in counted:
        portions[way] += number
    return Tally("", "", tuple(portions.values()))


def _tallies(counted: Iterable[_Counted], names: Mapping[str, str] = MappingProxyType({})) -> Iterator[Tally]:
    found: dict[str, dict[Way, int]] = {}
    for key, way, number in counted:
        portions = found.get(key)
        if portions is None:
            portions = found[key] = dict.fromkeys(WAYS, 0)
        portions[way] += number
    return (Tally(key, names.get(key, key), tuple(sums.values())) for key, sums in found.items())
