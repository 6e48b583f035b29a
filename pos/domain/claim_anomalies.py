"""What an auditor would ask about: meals of a month that look odd. Nothing here changes an amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from pos.domain.claims import ClaimLine

TWO_PLACES_MS = 10 * 60_000
"""Nobody eats at two tills within ten minutes."""

MINUTE_MS = 60_000
MANY_A_MINUTE = 10
"""So many charges at one till within a minute are a stack of cards, not a queue."""


class AnomalyKind(StrEnum):
    """Why a meal looks odd."""

    TWO_PLACES = "two_places"
    MANY_SWIPES = "many_swipes"
    NOT_ACTIVE = "not_active"
    CLOSED_DAY = "closed_day"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Swipe:
    """A meal that was charged, claimed or not: whose, when (UTC ms) and at which till."""

    number: str
    member_id: str
    name: str
    at_ms: int
    till: str


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing to ask about: the meals' numbers, whose they are (several names for a stack of cards), and when.

    `detail` is a fact of its kind: the other till, how many charges, or the status of the member.
    """

    kind: AnomalyKind
    day: date
    at_ms: int
    till: str
    names: tuple[str, ...]
    numbers: tuple[str, ...]
    detail: str = ""


def anomalies(
    lines: Sequence[ClaimLine],
    swipes: Sequence[Swipe],
    status_on: Callable[[str, date], str],
    closed_on: Callable[[date], bool],
) -> tuple[Anomaly, ...]:
    """Look at the meals of a claim. `swipes` are all charges of members in those days: the other half of a pair may
    not be claimed. `status_on` answers '' for somebody who may eat here on that day.
    """
    claimed = {line.number: line for line in lines if line.meals > 0}
    found = [
        *_two_places(swipes, claimed),
        *_many_swipes(swipes, claimed),
        *(
            _of_line(AnomalyKind.NOT_ACTIVE, line, status)
            for line in claimed.values()
            if (status := status_on(line.member_id, line.day))
        ),
        *(_of_line(AnomalyKind.CLOSED_DAY, line) for line in claimed.values() if closed_on(line.day)),
        *(_of_line(AnomalyKind.BY_HAND, line) for line in claimed.values() if line.by_hand),
    ]
    order = list(AnomalyKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), one.day, one.at_ms, one.numbers)))


def _of_line(kind: AnomalyKind, line: ClaimLine, detail: str = "") -> Anomaly:
    return Anomaly(kind, line.day, line.at_ms, line.till, (line.name,), (line.number,), detail)


def _two_places(swipes: Iterable[Swipe], claimed: Mapping[str, ClaimLine]) -> list[Anomaly]:
    of_person: dict[str, list[Swipe]] = defaultdict(list)
    for swipe in swipes:
        of_person[swipe.member_id].append(swipe)
    found: list[Anomaly] = []
    for mine in of_person.values():
        for first, second in pairwise(sorted(mine, key=lambda one: (one.at_ms, one.number))):
            line = claimed.get(first.number) or claimed.get(second.number)
            if line and first.till != second.till and second.at_ms - first.at_ms < TWO_PLACES_MS:
                numbers = (first.number, second.number)
                found.append(
                    Anomaly(
                        AnomalyKind.TWO_PLACES,
                        line.day,
                        first.at_ms,
                        first.till,
                        (first.name,),
                        numbers,
                        second.till,
                    )
                )
    return found


def _many_swipes(swipes: Iterable[Swipe], claimed: Mapping[str, ClaimLine]) -> list[Anomaly]:
    """Each stretch of charges once, from its first to its last, however many minutes it goes on."""
    at_till: dict[str, list[Swipe]] = defaultdict(list)
    for swipe in swipes:
        at_till[swipe.till].append(swipe)
    found: list[Anomaly] = []
    for till, mine in sorted(at_till.items()):
        mine.sort(key=lambda one: (one.at_ms, one.number))
        for first, last in _stretches([swipe.at_ms for swipe in mine]):
            stack = mine[first : last + 1]
            line = next((claimed[one.number] for one in stack if one.number in claimed), None)
            if line:
                names, numbers = tuple(one.name for one in stack), tuple(one.number for one in stack)
                at_ms = stack[0].at_ms
                found.append(
                    Anomaly(
                        AnomalyKind.MANY_SWIPES, line.day, at_ms, till, names, numbers, str(len(stack))
                    )
                )
    return found


def _stretches(times_ms: Sequence[int]) -> list[tuple[int, int]]:
    """First and last place of every run in which some minute has too many charges; `times_ms` is sorted."""
    runs: list[tuple[int, int]] = []
    first = 0
    for last, at_ms in enumerate(times_ms):
        while at_ms - times_ms[first] >= MINUTE_MS:
            first += 1
        if last - first + 1 >= MANY_A_MINUTE:
            joined = bool(runs) and first <= runs[-1][1]
            runs[-1:] = [(runs[-1][0], last)] if joined else [*runs[-1:], (first, last)]
    return runs
