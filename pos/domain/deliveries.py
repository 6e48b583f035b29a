"""Deliveries: what became of a meal that was brought to a door, and of the boxes it was brought in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pos.domain.address import NOWHERE, Address
from pos.domain.bill import Way
from pos.domain.errors import Refusal
from pos.domain.members import MemberStatus
from pos.domain.menu import Meal
from pos.domain.reservations import State


class Outcome(StrEnum):
    """What happened at the door. Who refused was seen; who did not answer may need help."""

    HANDED_OVER = "handed_over"
    LEFT_AT_DOOR = "left_at_door"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"

    @property
    def had(self) -> bool:
        """Whether the meal stayed there: then it is paid and claimed, else never."""
        return self in {Outcome.HANDED_OVER, Outcome.LEFT_AT_DOOR}


@dataclass(frozen=True, slots=True)
class Result:
    """What somebody noted of one stop, once. `id` is made when the stop is shown and kept for every retry; a sale that
    it led to has the same id.

    `volunteer` is who was at the door, '' where nobody said. `instead_of` is the earlier result that this one corrects.
    """

    id: str
    reservation_id: str
    outcome: Outcome
    at_ms: int
    staff_id: str
    staff_name: str
    volunteer: str = ""
    note: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """One door of one meal: a reservation that is delivered, with who lives there, as of that day.

    `boxes` go out with it; `boxes_there` are still there from before. `status` is that of the member on the day.
    `route` and `volunteer` are names, '' where there is none; `is_out` says that it stands on a printed roster.
    """

    reservation_id: str
    member_id: str
    name: str
    phone: str = field(repr=False)
    address: Address = NOWHERE
    boxes: int = 1
    boxes_there: int = 0
    state: State = State.BOOKED
    status: MemberStatus = MemberStatus.ACTIVE
    result: Result | None = None
    route: str = ""
    volunteer: str = ""
    is_out: bool = False

    def carried(self, route: str, volunteer: str, *, out: bool) -> Stop:
        """The same stop on a route; replace() takes five times as long, two thousand times a noon."""
        return Stop(
            self.reservation_id,
            self.member_id,
            self.name,
            self.phone,
            self.address,
            self.boxes,
            self.boxes_there,
            self.state,
            self.status,
            self.result,
            route,
            volunteer,
            out,
        )

    @property
    def is_open(self) -> bool:
        """Whether somebody is to say yet what happened there."""
        return self.state is State.BOOKED and self.status is MemberStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class BoxMove:
    """Boxes that went out to somebody (above 0) or came back (below 0)."""

    id: str
    member_id: str
    day: date
    boxes: int
    at_ms: int
    staff_id: str


@dataclass(frozen=True, slots=True)
class BoxHolder:
    """Who still has boxes, how many, and since which day at the latest something moved."""

    member_id: str
    name: str
    address: Address
    phone: str = field(repr=False)
    boxes: int
    last: date


# -- what is refused ----------------------------------------------------------------------------------


@dataclass(eq=False)
class NotADelivery(Refusal):
    """This reservation is eaten in or fetched (`way`): nobody brings it."""

    name: str
    way: Way


@dataclass(eq=False)
class StopOfOtherDay(Refusal):
    """A stop of another day (ISO text) or meal than the one that is noted."""

    name: str
    day: str
    meal: Meal


@dataclass(eq=False)
class StopHasResult(Refusal):
    """Something else was noted of this stop at `at_ms` by `staff_name`: it stays unless somebody corrects it."""

    name: str
    outcome: Outcome
    at_ms: int
    staff_name: str


@dataclass(eq=False)
class AteElsewhere(Refusal):
    """The meal was given back, and then its subsidy was used up by what the member had, or reserved, at another one.

    `day` is ISO text.
    """

    name: str
    day: str
    meal: Meal


@dataclass(eq=False)
class SoldByDelivery(Refusal):
    """This sale was made by the result of a delivery: it is taken back by correcting that."""

    number: str


@dataclass(eq=False)
class TooManyBoxes(Refusal):
    """More boxes are brought back than the member has (`known`)."""

    name: str
    known: int
