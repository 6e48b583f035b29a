"""One printed version of the kitchen's list, as its papers need it: pages, roll, change slip."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from pos.domain.forecast import Forecast
from pos.domain.kitchen import Counts, Plate, Tally
from pos.domain.kitchen_lines import PlateChange
from pos.domain.menu import Meal


@dataclass(frozen=True, slots=True)
class KitchenPaper:
    """What version `version` of the list for a meal says. `day` is the meal's, `at_ms` (UTC) the print's.

    `plates` are all of the list, those that are not cooked too, in the order of booking. `changes` lead here from
    the version before, whose counts are `before`; version 1 has none. `closed`: the canteen is closed on that day, for
    the `reason` that was given by hand; `no_menu`: nothing is planned for the meal.
    """

    day: date
    meal: Meal
    version: int
    at_ms: int
    staff_name: str
    plates: tuple[Plate, ...]
    counts: Counts
    before: Counts | None = None
    changes: tuple[PlateChange, ...] = ()
    forecast: Forecast | None = None
    closed: bool = False
    reason: str = ""
    no_menu: bool = False

    @property
    def clashing(self) -> tuple[Plate, ...]:
        """Those that are cooked and that their member should not eat."""
        return tuple(plate for plate in self.plates if plate.clashes and plate.not_cooked is None)

    @property
    def special(self) -> tuple[Plate, ...]:
        """Those that are cooked by a diet code, by code and time."""
        found = (plate for plate in self.plates if plate.diets and plate.not_cooked is None)
        return tuple(sorted(found, key=lambda plate: (plate.diets, plate.eat_at)))

    @property
    def away(self) -> tuple[Plate, ...]:
        """Those that are reserved and not cooked."""
        return tuple(plate for plate in self.plates if plate.not_cooked is not None)

    @property
    def moved(self) -> tuple[tuple[str, int, int], ...]:
        """The set meals, dishes and diets of which another number is cooked than before: name, before, now."""
        if self.before is None:
            return ()
        every = ((self.before.sets, self.counts.sets), (self.before.dishes, self.counts.dishes), (self.before.diets, self.counts.diets))
        return tuple(line for before, now in every for line in _moved(before, now))


def _moved(before: Iterable[Tally], now: Iterable[Tally]) -> Iterator[tuple[str, int, int]]:
    was, there = {one.key: one for one in before}, {one.key: one for one in now}
    for key, one in {**was, **there}.items():
        old, new = (found[key].total if key in found else 0 for found in (was, there))
        if old != new:
            yield one.name, old, new
