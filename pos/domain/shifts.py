"""Shifts: who stood at the till, what the drawer must hold, and what it held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pos.domain.ledger import CASH_DIFFERENCE, SAFE, Posting, drawer
from pos.domain.money import Fen


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift at a till. `counted` (fen) and `closed_ms` are None while it is open."""

    id: str
    till: str
    business_date: date
    staff_id: str
    staff_name: str
    opened_ms: int
    float_fen: Fen
    closed_ms: int | None = None
    closed_by: str = ""
    expected: Fen | None = None
    counted: Fen | None = None

    @property
    def difference(self) -> Fen:
        """Counted minus expected cash, in fen; zero while the shift is open."""
        return (self.counted or 0) - (self.expected or 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What a shift did so far (X), or all it did (after the close); amounts in fen.

    `sales` counts confirmed sales that were not undone. `taken` is the diners' own share by tender, `helped` the
    parts of others by payer, `topped_up` the principal by tender,
    `deposits` what was taken for cards less what was paid back, by tender;
    `refunded` the principal that was paid back, by tender. `head` is the hash of the till's last entry.
    """

    shift: Shift
    sales: int
    undone: int
    list_price: Fen
    taken: Mapping[str, Fen] = field(default_factory=dict)
    helped: Mapping[str, Fen] = field(default_factory=dict)
    topped_up: Mapping[str, Fen] = field(default_factory=dict)
    bonus: Fen = 0
    cash_in_drawer: Fen = 0
    printed_ms: int = 0
    last_number: str = ""
    head: str = ""
    deposits: Mapping[str, Fen] = field(default_factory=dict)
    refunded: Mapping[str, Fen] = field(default_factory=dict)


def float_postings(till: str, amount: Fen) -> tuple[Posting, ...]:
    """The float is carried from the safe to the drawer."""
    return (Posting(drawer(till), amount), Posting(SAFE, -amount))


def count_postings(till: str, expected: Fen, counted: Fen) -> tuple[Posting, ...]:
    """The counted cash goes to the safe, and what is missing or too much is booked as a difference."""
    amounts = ((drawer(till), -expected), (SAFE, counted), (CASH_DIFFERENCE, expected - counted))
    return tuple(Posting(account, amount) for account, amount in amounts if amount)
