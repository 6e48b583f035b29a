"""What standing orders need from the store: the orders, and everything about their holders in few questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pos.domain.ledger import Lot
from pos.domain.members import Member, Wallet
from pos.domain.menu import Meal
from pos.domain.reservations import State
from pos.domain.standing_orders import StandingOrder
from pos.domain.usage import Had


@dataclass(frozen=True, slots=True)
class Reserved:
    """A reservation, as far as another one for the same meal asks; `ended_ms` (UTC) is 0 while it waits."""

    id: str
    member_id: str
    day: date
    meal: Meal
    state: State
    ended_ms: int = 0


class StandingOrderRows(Protocol):
    """Standing orders; a change adds a version, and nothing is deleted.

    The questions about holders are about everybody who has an order that was not ended and holds on some day from
    `first` to `last`.
    """

    def get(self, order_id: str) -> StandingOrder | None:
        """The newest version of an order."""
        ...

    def of_member(self, member_id: str) -> tuple[StandingOrder, ...]:
        """The newest versions of a member's orders, ended ones too, in the order in which they were made."""
        ...

    def versions(self, order_id: str) -> tuple[StandingOrder, ...]:
        """Every version of an order, oldest first."""
        ...

    def put(self, order: StandingOrder, staff_id: str) -> None:
        """Store a new version."""
        ...

    def between(self, first: date, last: date) -> tuple[StandingOrder, ...]:
        """The orders that hold on some day, in the order in which they were made; nobody's who was forgotten."""
        ...

    def holders(self, first: date, last: date, day: date) -> Mapping[str, Member]:
        """Who has them, as of a day, by member."""
        ...

    def doors(self, first: date, last: date) -> Mapping[str, str]:
        """Where they live, building and door, by member; who told nothing is left out."""
        ...

    def wallets(self, first: date, last: date) -> Mapping[str, Wallet]:
        """Their wallets; in a writing store locked in the order of their ids until the transaction ends."""
        ...

    def open_lots(self, first: date, last: date) -> Mapping[str, tuple[Lot, ...]]:
        """Their lots that hold something, oldest first."""
        ...

    def usage(self, first: date, last: date) -> Mapping[str, Sequence[Had]]:
        """What they had and reserved that counts on any of the days, if a rule gave something to it; others may be among them."""
        ...

    def reserved(self, first: date, last: date) -> Sequence[Reserved]:
        """Everybody's reservations for the days, of all states."""
        ...
