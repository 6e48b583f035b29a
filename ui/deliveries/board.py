"""What the deliveries show at one moment, as frozen values without Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto

from pos.domain.bill import Way
from pos.domain.cases import Case
from pos.domain.day_close import DayClose
from pos.domain.deliveries import Outcome, Stop
from pos.domain.menu import Meal
from pos.domain.reservations import State

BROUGHT_BY: Mapping[str, Outcome] = {str(number): outcome for number, outcome in enumerate(Outcome, 1)}
"""The key of each outcome; Enter alone is the first."""

BOXES_KEY = "5"


class StopState(Enum):
    """How a stop stands. NOTING is on its way to the store; GONE is fetched at the counter or its person away."""

    OPEN = auto()
    NOTING = auto()
    NOTED = auto()
    GONE = auto()


@dataclass(frozen=True, slots=True)
class StopLine:
    """A stop with what is under way about it."""

    stop: Stop
    noting: Outcome | None = None

    @property
    def state(self) -> StopState:
        """How it stands."""
        if self.noting is not None:
            return StopState.NOTING
        if self.stop.result is not None:
            return StopState.NOTED
        return StopState.OPEN if self.stop.is_open else StopState.GONE

    @property
    def is_fetched(self) -> bool:
        """Whether it was handed over at the counter."""
        return self.stop.result is None and self.stop.state is State.SERVED

    @property
    def outcome(self) -> Outcome | None:
        """What is noted of it, or being noted."""
        return self.noting or (self.stop.result.outcome if self.stop.result else None)


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of the day at a glance: a route, or a way of eating. `out` are under way with a printed roster; None
    where nothing is carried. `open` are those of which nobody knows yet.
    """

    way: Way
    planned: int
    done: int
    open: int
    route: str = ""
    out: int | None = None
    cases: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """A meal's deliveries, as they stood on `today`. `at` is the marked line, -1 where there is none."""

    day: date
    meal: Meal
    lines: tuple[StopLine, ...] = ()
    at: int = -1
    tallies: tuple[Tally, ...] = ()
    cases: tuple[Case, ...] = ()
    boxes_out: int = 0
    boxes_back: int = 0
    boxes_return: bool = True
    close: DayClose | None = None
    shut: str | None = None
    with_routes: bool = False
    one_estate: bool = False
    complaint: str = ""
    today: date = date.min
    texts: int = field(default=0)
    """Counts the texts of the scan field that were dealt with: each time it is emptied."""

    @property
    def marked(self) -> StopLine | None:
        """The line that a key would note."""
        return self.lines[self.at] if 0 <= self.at < len(self.lines) else None


def tallies(
    lines: Iterable[StopLine], counts: Mapping[tuple[Way, State], int], cases: Iterable[Case]
) -> tuple[Tally, ...]:
    """The day at a glance: each route in the order of its first stop, then who eats here and who fetches, with those who
    fetched what was to be brought. Nobody walks to these, or to who is away.
    """
    looked_for = {case.reservation_id for case in cases}
    routes: dict[str, list[StopLine]] = {}
    fetched = 0
    for line in lines:
        if line.state is not StopState.GONE:
            routes.setdefault(line.stop.route, []).append(line)
        fetched += line.is_fetched
    found = [_of_route(route, mine, looked_for) for route, mine in routes.items()]
    for way in (Way.DINE_IN, Way.TAKE_AWAY):
        waiting, had, missed = (counts.get((way, state), 0) for state in (State.BOOKED, State.SERVED, State.MISSED))
        had += fetched if way is Way.TAKE_AWAY else 0
        if waiting + had + missed:
            found.append(Tally(way, waiting + had + missed, had, waiting))
    return tuple(found)


def _of_route(route: str, lines: list[StopLine], looked_for: set[str]) -> Tally:
    is_open = [line for line in lines if line.state is StopState.OPEN]
    return Tally(
        Way.DELIVERY,
        planned=len(lines),
        done=len(lines) - len(is_open),
        open=len(is_open),
        route=route,
        out=sum(line.stop.is_out for line in is_open),
        cases=sum(line.stop.reservation_id in looked_for for line in lines),
    )
