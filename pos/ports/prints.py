"""What printed lists need from the store: their versions, each with what it said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from pos.domain.menu import Meal
from pos.domain.prints import Print, PrintKind


class PrintRows(Protocol):
    """Versions of printed lists; append-only."""

    def latest(self, kind: PrintKind, subject: str, day: date, meal: Meal) -> Print | None:
        """The newest version of a list, or None where it was never printed."""
        ...

    def latest_of(self, kind: PrintKind, day: date, meal: Meal) -> Mapping[str, Print]:
        """The newest version of every list of this kind for a meal, by subject."""
        ...

    def get(self, print_id: str) -> Print | None:
        """One version by its id, or None where there is none."""
        ...

    def add(
        self,
        kind: PrintKind,
        subject: str,
        day: date,
        meal: Meal,
        at_ms: int,
        staff_id: str,
        lines: Mapping[str, str],
    ) -> Print:
        """Store the next version of a list; versions have no gaps, however many tills print at once."""
        ...
