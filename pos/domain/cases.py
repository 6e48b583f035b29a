"""Cases: somebody did not answer the door or missed two meals, and is looked for until it is known how they are.

The steps are those of domain.md section 5; each is timed and has a name to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos.domain.address import NOWHERE, Address
from pos.domain.errors import Refusal
from pos.domain.menu import Meal
from pos.domain.profile import NOBODY, Contact

ALARM_AFTER = 2
"""So many reserved meals in a row that somebody living alone did not have, and nobody cancelled."""

LOOKED_BACK_DAYS = 14
LONGEST_STORY = 100


class CaseKind(StrEnum):
    """Why somebody is looked for."""

    NO_ANSWER = "no_answer"
    MISSED_TWICE = "missed_twice"


class CaseStep(StrEnum):
    """What was done: first the ladder, in its order, then the outcomes, each of which ends the case, then that an outcome
    was a mistake.
    """

    CALLED = "called"
    CALLED_FAMILY = "called_family"
    CALLED_COMMUNITY = "called_community"
    CALLED_EMERGENCY = "called_emergency"
    FOUND_WELL = "found_well"
    IN_HOSPITAL = "in_hospital"
    WAS_AWAY = "was_away"
    OTHER = "other"
    OPENED_AGAIN = "opened_again"

    @property
    def ends(self) -> bool:
        """Whether it is known now how the person is."""
        return self in OUTCOMES


OUTCOMES = frozenset({CaseStep.FOUND_WELL, CaseStep.IN_HOSPITAL, CaseStep.WAS_AWAY, CaseStep.OTHER})
LADDER = tuple(step for step in CaseStep if step not in OUTCOMES | {CaseStep.OPENED_AGAIN})


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step. `id` is made when the case is shown and kept for every retry."""

    id: str
    case_id: str
    step: CaseStep
    at_ms: int
    staff_id: str
    staff_name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom to ask about somebody, with their telephones, as they are known today."""

    phone: str = ""
    address: Address = NOWHERE
    emergency: Contact = NOBODY
    community_worker: Contact = NOBODY


UNKNOWN = Whom()


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody who is looked for, because of the meal of `reservation_id`. `steps` are in the order they were taken."""

    id: str
    member_id: str
    member_name: str
    reservation_id: str
    day: date
    meal: Meal
    kind: CaseKind
    opened_ms: int
    staff_id: str
    opened_by: str
    steps: tuple[StepTaken, ...] = ()
    whom: Whom = field(default=UNKNOWN, repr=False)

    @property
    def outcome(self) -> StepTaken | None:
        """What ended it; None while it is open, for the first time or again."""
        last = self.steps[-1] if self.steps else None
        return last if last is not None and last.step.ends else None

    @property
    def next_step(self) -> CaseStep:
        """The rung of the ladder above the highest one that was taken; at its top, that the person was found. One that is
        ended can only be opened again.
        """
        if self.outcome is not None:
            return CaseStep.OPENED_AGAIN
        highest = max((LADDER.index(one.step) for one in self.steps if one.step in LADDER), default=-1)
        return LADDER[highest + 1] if highest + 1 < len(LADDER) else CaseStep.FOUND_WELL


@dataclass(frozen=True, slots=True)
class ReservedMeal:
    """A reserved meal of which it is known by now whether the person was seen at it."""

    reservation_id: str
    day: date
    meal: Meal
    seen: bool


@dataclass(frozen=True, slots=True)
class LivingAlone:
    """Somebody who lives alone and has not fetched some meal of late: what was reserved, oldest first.

    `after` is the last meal at which the person was seen without a reservation, or because of which somebody was sent.
    """

    member_id: str
    meals: tuple[ReservedMeal, ...]
    after: tuple[date, Meal] | None = None


def alarming(meals: Iterable[ReservedMeal], after: tuple[date, Meal] | None = None) -> ReservedMeal | None:
    """The last of two or more missed meals in a row, or None; `meals` are one person's, oldest first.

    Meals up to `after` do not count: then the person was seen, or somebody was sent already.
    """
    order = list(Meal)
    row: list[ReservedMeal] = []
    for one in meals:
        counts = after is None or (one.day, order.index(one.meal)) > (after[0], order.index(after[1]))
        row = [] if one.seen else [*row, one] if counts else row
    return row[-1] if len(row) >= ALARM_AFTER else None


# -- what is refused ----------------------------------------------------------------------------------


@dataclass(eq=False)
class CaseGone(Refusal):
    """No case has this id."""


@dataclass(eq=False)
class CaseOver(Refusal):
    """The case was ended before (`outcome`), by `staff_name`."""

    name: str
    outcome: CaseStep
    staff_name: str


@dataclass(eq=False)
class CaseDayClosed(Refusal):
    """The books of the case's day (ISO text) are closed: it is not opened again."""

    name: str
    day: str


@dataclass(eq=False)
class StoryNeeded(Refusal):
    """An outcome that has no word of its own needs some, and no more than fit (characters)."""

    longest: int
