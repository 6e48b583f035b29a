"""Staff: who may stand at the counter, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from unicodedata import category

from pos.domain.errors import BadName, NotPermitted, PinWeakness, WeakPin

LEAST_PIN = 4
LONGEST_NAME = 50
_NO_TEXT = ("Cc", "Zl", "Zp")
FREE_TRIES = 2
LONGEST_WAIT_S = 300


class Permission(StrEnum):
    """One thing a person may do; checked in the use case."""

    SELL = "sell"
    UNDO = "undo"
    TOP_UP = "top_up"
    ENROL = "enrol"
    REPRINT = "reprint"
    OPEN_DRAWER = "open_drawer"
    SHIFT = "shift"
    X_REPORT = "x_report"
    CLOSE_ANY_SHIFT = "close_any_shift"
    SET_CLOCK = "set_clock"
    VERIFY = "verify"
    STAFF = "staff"
    MENU = "menu"
    TARIFF = "tariff"
    EXPORT = "export"
    MEMBERS = "members"
    REVEAL = "reveal"
    CARD_LOST = "card_lost"
    CARDS = "cards"
    REFUND = "refund"
    IMPORT = "import"
    WAIVER = "waiver"
    CLAIM = "claim"
    CALENDAR = "calendar"
    BOOK_LATE = "book_late"
    DELIVERIES = "deliveries"
    ROUTES = "routes"
    CLOSE_DAY = "close_day"
    DEVICES = "devices"


class Role(StrEnum):
    """A named set of permissions."""

    CASHIER = "cashier"
    MANAGER = "manager"


CASHIER_MAY = frozenset(
    {
        Permission.SELL,
        Permission.UNDO,
        Permission.TOP_UP,
        Permission.REPRINT,
        Permission.OPEN_DRAWER,
        Permission.SHIFT,
        Permission.X_REPORT,
        Permission.CARD_LOST,
        Permission.DELIVERIES,
    }
)
MAY = {Role.CASHIER: CASHIER_MAY, Role.MANAGER: frozenset(Permission)}


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who signs in. `pin_hash` is argon2id's own text; `wrong_pins` and `last_wrong_ms` slow guessing."""

    id: str
    name: str
    role: Role
    pin_hash: str = field(repr=False)
    active: bool = True
    wrong_pins: int = 0
    last_wrong_ms: int = 0


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is signed in; every use case that changes something asks what the actor may do."""

    staff_id: str
    name: str
    role: Role

    def may(self, permission: Permission) -> bool:
        """Whether this person may do that."""
        return permission in MAY[self.role]

    def must(self, permission: Permission) -> None:
        """Raise NotPermitted unless this person may do that."""
        if not self.may(permission):
            raise NotPermitted(permission, self.name)


def pin_wait_s(wrong_pins: int) -> int:
    """Seconds before the next PIN is looked at: none after one or two slips, then 2, 4, 8 … up to 300."""
    if wrong_pins <= FREE_TRIES:
        return 0
    return min(LONGEST_WAIT_S, 1 << min(wrong_pins - FREE_TRIES, 16))


def check_pin(pin: str) -> None:
    """Raise WeakPin for a PIN that is not digits, too short, all one digit, or a run up or down (1234, 9876)."""
    if not (pin.isascii() and pin.isdigit()):
        raise WeakPin(PinWeakness.NOT_DIGITS, LEAST_PIN)
    if len(pin) < LEAST_PIN:
        raise WeakPin(PinWeakness.TOO_SHORT, LEAST_PIN)
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    if steps in ({0}, {1}, {9}):
        raise WeakPin(PinWeakness.TOO_SIMPLE, LEAST_PIN)


def check_name(name: str) -> str:
    """The name without blanks around it.

    Raises BadName when it is empty, over 50 characters, or no single line of text: a control character in a
    name would reach the printer as a command.
    """
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME or any(category(character) in _NO_TEXT for character in name):
        raise BadName(LONGEST_NAME)
    return name
