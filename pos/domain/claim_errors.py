"""Why a claim is not stamped and a payer's money is not booked."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import Refusal


@dataclass(eq=False)
class MonthNotOver(Refusal):
    """A month ('2026-03') is claimed when its last day is over."""

    month: str


@dataclass(eq=False)
class MonthHasOpenShift(Refusal):
    """A till's shift of that month is still open: it may still sell and undo."""

    till: str
    business_date: str


@dataclass(eq=False)
class NothingToClaim(Refusal):
    """The payer owes nothing for that month ('2026-03')."""

    month: str


@dataclass(eq=False)
class ClaimStamped(Refusal):
    """The claim of that month is stamped already, and a stamped claim is never edited."""

    number: str


@dataclass(eq=False)
class LaterClaimStamped(Refusal):
    """Claims are stamped in the order of their months, and a later one is there already."""

    number: str


@dataclass(eq=False)
class EarlierMonthUnclaimed(Refusal):
    """An earlier month ('2026-02') has meals that no claim holds: it comes first."""

    month: str


@dataclass(eq=False)
class ClaimChanged(Refusal):
    """The total on the screen (fen) is no longer the total: look at the claim again."""

    shown: int
    now: int


@dataclass(eq=False)
class MoreThanClaimed(Refusal):
    """A payer sent more (fen) than the claims that are open (fen)."""

    amount: int
    open: int
