"""What the kitchen needs from the store, and from whoever writes its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Protocol

from pos.domain.kitchen import Ordered
from pos.domain.kitchen_paper import KitchenPaper
from pos.domain.menu import Meal
from pos.domain.pages import Frame
from pos.ports.drafts import Draft


class KitchenRows(Protocol):
    """Reservations with their people as they are on the day, and what was sold without one."""

    def ordered(self, day: date, meal: Meal) -> tuple[Ordered, ...]:
        """The reservations for a meal, of all states, in the order in which they were booked."""
        ...

    def with_diets(self, first: date, last: date) -> tuple[Ordered, ...]:
        """The reservations that wait on these days and whose members have diet codes, by day and meal."""
        ...

    def walk_ins(self, meal: Meal, days: Iterable[date]) -> Mapping[date, int]:
        """Portions sold without a reservation (undone ones left out), by day; days without any sale of the meal lack."""
        ...


class WritesKitchenPages(Protocol):
    """Writes the kitchen's papers as pages to print."""

    def sheet(self, frame: Frame, paper: KitchenPaper, path: Path) -> Draft:
        """The whole list as PDF."""
        ...

    def changes(self, frame: Frame, paper: KitchenPaper, path: Path) -> Draft:
        """What changed since the version before as PDF."""
        ...
