"""What the calendar needs from the store: rulings about dates and weeks, with who decided them and when."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pos.domain.calendar import DecidedWeek, RuledDay, Ruling, Week


class CalendarRows(Protocol):
    """What the canteen decided about its days; append-only, the newest decision holds."""

    def day(self, day: date) -> tuple[Week, Ruling | None]:
        """The week in force on a day and the ruling about it, in one question: every sale asks."""
        ...

    def rulings(self, first: date, last: date) -> tuple[RuledDay, ...]:
        """The rulings that hold on the days from `first` to `last`, by day; those that decide nothing are left out."""
        ...

    def weeks(self) -> tuple[DecidedWeek, ...]:
        """Every week that was ever decided, oldest decision first."""
        ...

    def rule(self, ruling: Ruling, staff_id: str, at_ms: int) -> None:
        """Store a ruling; those before it stay (audit trail)."""
        ...

    def keep(self, week: Week, staff_id: str, at_ms: int) -> None:
        """Store a week; those before it stay (audit trail)."""
        ...
