"""What the section shows at one moment, as frozen values: the rosters at the left, one of them at the right."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.menu import Meal
from pos.domain.rosters import Roster, Round, Stop
from pos.domain.routes import Recipient, Route


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A line of the rosters. `route` None is the list of those without one; `along`: it is walked on another's roster."""

    route: Route | None
    roster: Roster
    along: bool = False

    @property
    def id(self) -> str:
        """The route's id, '' for the list of those without one."""
        return self.route.id if self.route else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """`round` is None until it was read. `route_id` is the marked route, `member_id` whom the mark among the stops is on.

    `living` are the people of the marked route in its usual order, where that is what is shown; else None.
    """

    day: date
    meal: Meal
    today: date
    round: Round | None = None
    route_id: str = ""
    member_id: str = ""
    living: tuple[Recipient, ...] | None = None

    @property
    def rows(self) -> tuple[RouteRow, ...]:
        """The rosters, each with the routes that are merged into it under it."""
        found: list[RouteRow] = []
        for roster in self.round.every if self.round else ():
            found.append(RouteRow(roster.route, roster))
            found += [RouteRow(route, roster, along=True) for route in roster.along]
        return tuple(found)

    @property
    def row(self) -> RouteRow | None:
        """The marked one, or the first."""
        rows = self.rows
        return next((one for one in rows if one.id == self.route_id), rows[0] if rows else None)

    @property
    def always(self) -> bool:
        """Whether the usual order is shown, not that of the day."""
        return self.living is not None

    @property
    def listed(self) -> tuple[Stop | Recipient, ...]:
        """Whom the right list shows."""
        if self.living is not None:
            return self.living
        return self.row.roster.stops if self.row else ()

    @property
    def marked(self) -> Stop | Recipient | None:
        """Whom the mark in the right list is on, or the first of it."""
        listed = self.listed
        return next((one for one in listed if one.member_id == self.member_id), listed[0] if listed else None)
