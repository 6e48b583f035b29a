"""What lists over all members need from the store."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pos.domain.lists import Owed, Recent


class ListRows(Protocol):
    """Every member in one question."""

    def owed(self, today: date) -> tuple[Owed, ...]:
        """Every member with what is owed to them, by name."""
        ...

    def recent(self, since: date, days: int) -> tuple[Recent, ...]:
        """Top-ups from a business date on that were not undone and of which principal is left, oldest first.

        Each may be asked back until `days` days after it was paid.
        """
        ...
