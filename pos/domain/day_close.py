"""The close of a day: everything that was reserved for it has come to an end, and nobody is looked for any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pos.domain.bill import Way
from pos.domain.deliveries import Outcome, Result
from pos.domain.errors import Refusal
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.reservations import Reservation, State


@dataclass(frozen=True, slots=True)
class DayFigures:
    """What became of a day's reservations: how many of each way ended in each state, of the stops with each outcome.

    `held` is what was set aside for all of them, `settled` what the diners paid in the end (fen); the rest was given
    back. Boxes went out to doors and came back from them on that day.
    """

    ended: Mapping[tuple[Way, State], int] = field(default_factory=dict)
    outcomes: Mapping[Outcome, int] = field(default_factory=dict)
    held: Fen = 0
    settled: Fen = 0
    boxes_out: int = 0
    boxes_back: int = 0

    @property
    def released(self) -> Fen:
        """What was given back, in fen."""
        return self.held - self.settled

    def count(self, state: State | None = None, way: Way | None = None) -> int:
        """How many reservations ended so, of one way or of all."""
        return sum(
            number
            for (of_way, in_state), number in self.ended.items()
            if (state is None or in_state is state) and (way is None or of_way is way)
        )


@dataclass(frozen=True, slots=True)
class DayClose:
    """A day that was closed: by whom, when (UTC, ms), at which till, and what it had come to."""

    day: date
    at_ms: int
    till: str
    staff_id: str
    staff_name: str
    figures: DayFigures


def figures(
    reserved: Iterable[Reservation], results: Iterable[Result], settled: Fen, boxes: tuple[int, int]
) -> DayFigures:
    """The figures of a day from its rows; `boxes` went out and came back."""
    every = tuple(reserved)
    return DayFigures(
        Counter((one.way, one.state) for one in every),
        Counter(one.outcome for one in results),
        sum(one.bill.due for one in every),
        settled,
        *boxes,
    )


# -- what is refused ----------------------------------------------------------------------------------


@dataclass(eq=False)
class DayIsClosed(Refusal):
    """The day (ISO text) was closed: what was reserved for it stays as it ended."""

    day: str


@dataclass(eq=False)
class SaleOfClosedDay(Refusal):
    """This sale ended a reservation of a day (ISO text) that was closed: it is undone no more."""

    number: str
    day: str


@dataclass(eq=False)
class DayNotYet(Refusal):
    """The day (ISO text) has not come."""

    day: str


@dataclass(eq=False)
class MealStillComes(Refusal):
    """For a later meal of the day somebody has reserved: the day is not over."""

    meal: Meal
    waiting: int


@dataclass(eq=False)
class StopsOpen(Refusal):
    """Of these stops nobody said what happened there."""

    names: tuple[str, ...]


@dataclass(eq=False)
class OpenCases(Refusal):
    """These people are still looked for."""

    names: tuple[str, ...]
