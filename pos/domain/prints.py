"""Prints: which version of a list lies in the kitchen or goes out with a volunteer, and what changed since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos.domain.menu import Meal


class PrintKind(StrEnum):
    """A list that somebody works from, and that is wrong when a reservation changes."""

    KITCHEN = "kitchen"
    ROSTER = "roster"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Print:
    """What a list of one meal said when it was printed. `version` counts from 1; `at_ms` is UTC.

    `subject` tells lists of one kind from each other (a route's id), '' where there is only one. `lines` hold by the
    reservation's id everything that would make the paper wrong if it changed; nothing that paper must not say.
    """

    kind: PrintKind
    subject: str
    day: date
    meal: Meal
    version: int
    at_ms: int
    staff_name: str
    lines: Mapping[str, str] = field(repr=False)

    @property
    def id(self) -> str:
        """What the outbox asks for it by."""
        return print_id(self.kind, self.subject, self.day, self.meal, self.version)


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of reservations: those that a printed list lacks, those that are no more, those that it says otherwise.

    The gone ones in the order of the printed list, the others in the order of now.
    """

    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.gone) + len(self.changed)


def print_id(kind: PrintKind, subject: str, day: date, meal: Meal, version: int) -> str:
    """The name of one version of one list."""
    return f"{kind}/{day}/{meal}/{version}/{subject}"


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> Changes:
    """How a list differs from the printed one, both by reservation."""
    return Changes(
        added=tuple(one for one in now if one not in before),
        gone=tuple(one for one in before if one not in now),
        changed=tuple(one for one, line in now.items() if before.get(one, line) != line),
    )
