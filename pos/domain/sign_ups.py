"""What one person wishes in a chat's sign-up list, and what somebody should look at before it is booked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.address import Address, Door
from pos.domain.bill import Way
from pos.domain.members import MemberStatus


class Doubt(StrEnum):
    """Why a line is not simply true as it was read."""

    NO_NAME = "no_name"
    SEVERAL_NAMES = "several_names"
    PORTIONS = "portions"
    WAY = "way"
    TIME = "time"
    CHANGED = "changed"
    REPEATED = "repeated"
    UNNUMBERED = "unnumbered"


@dataclass(frozen=True, slots=True)
class SignUp:
    """What one person wishes. `line` counts the lines of the text from 1, `place` the people of that line from 0.

    `name` is '' where none could be read, `way` None and `eat_at` '' where nothing is said. `replaced_by` is the later
    line of the same name that counts instead, 0 where there is none.
    """

    line: int
    place: int
    text: str
    name: str
    portions: int = 1
    way: Way | None = None
    eat_at: str = ""
    door: Door | None = None
    cancelled: bool = False
    replaced_by: int = 0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Namesake:
    """A member who bears a name, and what tells two of one name apart."""

    member_id: str
    name: str
    address: Address
    phone_tail: str
    status: MemberStatus
