"""What routes and rosters need from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from pos.domain.menu import Meal
from pos.domain.routes import DeliveryNote, Place, Recipient, Route, Run, Volunteer


class RouteRows(Protocol):
    """Routes, volunteers, who lives where on a route, and what is decided for one meal of a day."""

    def every(self) -> tuple[Route, ...]:
        """All routes, also those that are not walked any more."""
        ...

    def put(self, route: Route) -> None:
        """Store a route, or change the one with its id. Raises RouteTaken."""
        ...

    def volunteers(self) -> tuple[Volunteer, ...]:
        """All volunteers, also those who come no more, by name."""
        ...

    def put_volunteer(self, volunteer: Volunteer) -> None:
        """Store a volunteer, or change the one with this id."""
        ...

    def runs(self, day: date, meal: Meal) -> Mapping[str, Run]:
        """What is decided for a meal of a day, by route; a route about which nothing is decided is not there."""
        ...

    def put_run(self, run: Run) -> None:
        """Store what is decided about a route on a day and meal."""
        ...

    def recipients(self, day: date, meal: Meal) -> Mapping[str, Recipient]:
        """Everybody who ever had a delivery reserved for a meal, cancelled ones too, by member; in one question."""
        ...

    def living_on(self, route_id: str) -> tuple[Recipient, ...]:
        """The members of a route, in no order; `today` is empty."""
        ...

    def settle(self, member_id: str, route_id: str) -> None:
        """Let a member live on this route from now on, where nobody has ordered it yet; with '' on none."""
        ...

    def order(self, member_ids: Sequence[str]) -> None:
        """Give members of one route the places 1, 2, 3 …; those who live on none stay so."""
        ...

    def set_day(self, day: date, meal: Meal, places: Mapping[str, Place]) -> None:
        """Give members another route or another place for one meal; NO_PLACE takes back what was given."""
        ...

    def note(self, member_id: str) -> DeliveryNote:
        """The note for whoever brings a member's meals."""
        ...

    def put_note(self, member_id: str, note: DeliveryNote) -> None:
        """Store it; NO_NOTE forgets it."""
        ...
