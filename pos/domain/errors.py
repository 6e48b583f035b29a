"""What can be refused and what can fail: facts for the words that ui/messages.py makes of them.

A Refusal is something the cashier or the diner can act on; when one is raised, no money has moved.
A Trouble is a failure of the store or a device and says whether money moved. Anything else is a bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Refusal(Exception):
    """The till says no, for a reason a person can act on. No money moved."""


class Trouble(Exception):
    """A part of the till failed. `money_moved`: False (surely not), True (surely), None (not known)."""

    money_moved: bool | None = False


# -- who is it ---------------------------------------------------------------------------------------


@dataclass(eq=False)
class UnknownCard(Refusal):
    """Nobody has this card. `printed` is the number on its face, as the 8H10D readers print it."""

    printed: str


@dataclass(eq=False)
class AmbiguousCard(Refusal):
    """Two cards end in the same four bytes and the reader did not send the fifth."""

    printed: str


class CardState(StrEnum):
    """The life of a card."""

    ACTIVE = "active"
    LOST = "lost"
    REPLACED = "replaced"
    RETURNED = "returned"
    BLOCKED = "blocked"


@dataclass(eq=False)
class CardNotUsable(Refusal):
    """The card is known but must not be used: lost, replaced, returned or blocked."""

    printed: str
    state: CardState
    holder: str


@dataclass(eq=False)
class MemberNotActive(Refusal):
    """The member is paused, has left or has died."""

    name: str
    status: str


@dataclass(eq=False)
class MemberUnknown(Refusal):
    """No member has this id (deleted at another counter between the swipe and the key)."""


# -- selling -----------------------------------------------------------------------------------------


@dataclass(eq=False)
class EmptyBasket(Refusal):
    """Nothing was chosen."""


@dataclass(eq=False)
class NotOnMenu(Refusal):
    """These dishes are not sold at this meal (any more)."""

    dish_ids: tuple[str, ...]


@dataclass(eq=False)
class BadQuantity(Refusal):
    """A quantity of zero, below zero or above the limit."""

    quantity: int
    limit: int


@dataclass(eq=False)
class PriceChanged(Refusal):
    """The price on the screen (fen) is no longer the price: show the new one and ask again."""

    shown: int
    now: int


@dataclass(eq=False)
class AlreadyServed(Refusal):
    """This member was served at this meal already; a second charge needs an explicit yes."""

    name: str
    at_ms: int


@dataclass(eq=False)
class NotEnough(Refusal):
    """The wallet holds less (fen) than the meal costs the diner (fen)."""

    needed: int
    available: int


@dataclass(eq=False)
class CashTooLittle(Refusal):
    """The diner gave less cash (fen) than is due (fen)."""

    due: int
    given: int


@dataclass(eq=False)
class BadAmount(Refusal):
    """Not an amount of money above zero: `text` is what was typed."""

    text: str


@dataclass(eq=False)
class AboveLimit(Refusal):
    """The amount (fen) is above what one action may move (fen)."""

    amount: int
    limit: int


@dataclass(eq=False)
class BalanceAboveLimit(Refusal):
    """The wallet (fen) would hold more than the law lets a named card hold (fen); domain.md 2.1."""

    balance: int
    limit: int


@dataclass(eq=False)
class NothingToUndo(Refusal):
    """There is no sale of this diner in this shift that could be undone."""


@dataclass(eq=False)
class AlreadyUndone(Refusal):
    """The entry was reversed before; a reversal happens once."""

    number: str


# -- staff, shift, time ------------------------------------------------------------------------------


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The person signed in may not do this."""

    permission: str
    name: str


@dataclass(eq=False)
class WrongPin(Refusal):
    """The name or the PIN is wrong; the next try counts after `wait_s` seconds."""

    wait_s: int


@dataclass(eq=False)
class PinWait(Refusal):
    """Too many wrong PINs: this try was not looked at."""

    wait_s: int


class PinWeakness(StrEnum):
    """Why a new PIN is refused."""

    NOT_DIGITS = "not_digits"
    TOO_SHORT = "too_short"
    TOO_SIMPLE = "too_simple"


@dataclass(eq=False)
class WeakPin(Refusal):
    """The new PIN is too easy to guess."""

    weakness: PinWeakness
    least: int


@dataclass(eq=False)
class BadName(Refusal):
    """A name is empty or too long (characters)."""

    longest: int


@dataclass(eq=False)
class NameTaken(Refusal):
    """Somebody on the staff has this name already."""

    name: str


@dataclass(eq=False)
class FormerName(Refusal):
    """Somebody who left has this name in the books, and keeps it there."""

    name: str


@dataclass(eq=False)
class NotOnStaff(Refusal):
    """Nobody of this name works here (any more)."""

    name: str


@dataclass(eq=False)
class LastManager(Refusal):
    """Nobody else could add people, so this manager stays."""

    name: str


@dataclass(eq=False)
class OwnLeave(Refusal):
    """Nobody takes themselves off the staff."""

    name: str


@dataclass(eq=False)
class CardTaken(Refusal):
    """The card belongs to somebody, or did once."""

    printed: str
    holder: str


@dataclass(eq=False)
class BadBirthDate(Refusal):
    """The birth date is in the future or over 125 years ago."""

    text: str


@dataclass(eq=False)
class NoShift(Refusal):
    """No shift is open at this till."""


@dataclass(eq=False)
class ShiftOpen(Refusal):
    """A shift is open at this till already."""

    opened_by: str
    business_date: str


@dataclass(eq=False)
class ShiftTooOld(Refusal):
    """The shift belongs to an earlier day: it must be closed before anything is sold."""

    business_date: str


@dataclass(eq=False)
class ClockWentBack(Refusal):
    """The machine's clock stands before the last entry of this till (both UTC epoch ms)."""

    now_ms: int
    last_ms: int


# -- store -------------------------------------------------------------------------------------------


class StoreFault(StrEnum):
    """What is wrong with the store."""

    NEWER = "newer"
    DAMAGED = "damaged"
    READ_ONLY = "read_only"
    FULL = "full"
    IN_USE = "in_use"
    BUSY = "busy"
    UNREACHABLE = "unreachable"
    NOT_A_CANTEEN = "not_a_canteen"
    MIGRATION_FAILED = "migration_failed"


@dataclass(eq=False)
class StoreTrouble(Trouble):
    """The store cannot be used. `detail` is for the log and the support line, never an address with a password."""

    fault: StoreFault
    detail: str = ""
    money_moved: bool | None = False


@dataclass(eq=False)
class LedgerBroken(Trouble):
    """`verify` found that the ledger contradicts itself; `problems` counts the findings."""

    problems: int
    money_moved: bool | None = False
