"""Absences: since when and until when somebody does not eat here, and why; past, present or planned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos.domain.errors import Refusal
from pos.domain.members import Card, MemberStatus
from pos.domain.money import Fen
from pos.domain.reservations import Reservation


class AbsenceReason(StrEnum):
    """Why somebody pauses."""

    HOSPITAL = "hospital"
    HOLIDAY = "holiday"
    OTHER = "other"


@dataclass(eq=False)
class BadAbsence(Refusal):
    """The days cannot be right: the last lies before the first, or a death has a last day."""

    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which somebody is paused, has left or has died, both ends included; without `last`, for ever.

    `id` is made when the form opens and kept for every retry.
    """

    id: str
    status: MemberStatus
    first: date
    last: date | None = None
    reason: AbsenceReason = AbsenceReason.OTHER

    def __post_init__(self) -> None:
        """Raise BadAbsence for days that cannot be right."""
        assert self.status is not MemberStatus.ACTIVE, "who is active is not absent"
        died = self.status is MemberStatus.DECEASED
        if self.last is not None and (self.last < self.first or died):
            raise BadAbsence(self.first.isoformat(), self.last.isoformat())

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.first <= day and (self.last is None or day <= self.last)

    def touches(self, other: Absence) -> bool:
        """Whether both hold on some day."""
        return (self.last is None or other.first <= self.last) and (other.last is None or self.first <= other.last)


STRONGEST_FIRST = (MemberStatus.DECEASED, MemberStatus.LEFT, MemberStatus.PAUSED)
"""In the order of their words, too: the store takes the least."""


def status_on(absences: Iterable[Absence], day: date) -> MemberStatus:
    """What somebody is on a day; of several absences the strongest counts, of none: active."""
    holding = {absence.status for absence in absences if absence.covers(day)}
    return next((status for status in STRONGEST_FIRST if status in holding), MemberStatus.ACTIVE)


@dataclass(frozen=True, slots=True)
class Affected:
    """What an absence touches, shown before it is saved; money in fen.

    `meals_since` counts the meals that were sold on its days already: a death that is reported late has some.
    `reservations` are those that wait on its days.
    """

    name: str
    principal: Fen
    bonus: Fen
    held: Fen
    card: Card | None
    absences: tuple[Absence, ...]
    meals_since: int
    reservations: tuple[Reservation, ...] = ()
