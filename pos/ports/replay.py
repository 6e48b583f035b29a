"""What a replay needs from the store: the months that have meals, and the meals of one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Protocol

from pos.domain.claims import Month
from pos.domain.replay import PastMeal


class PastMeals(Protocol):
    """Sales that were not undone, as a tariff sees them."""

    def months(self) -> tuple[Month, ...]:
        """The months in which something was sold, newest first."""
        ...

    def count(self, first: date, last: date) -> int:
        """How many meals there are from one business date to another."""
        ...

    def between(self, first: date, last: date) -> Iterator[PastMeal]:
        """Those meals in the order in which they were sold, read day by day."""
        ...
