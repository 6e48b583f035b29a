"""What bringing in a list needs from the store: everybody at once, and many newcomers at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pos.domain.cards import CardUid
from pos.domain.identity import SealedDocument
from pos.domain.import_rows import Newcomer
from pos.domain.members import Wallet


@dataclass(frozen=True, slots=True)
class KnownMember:
    """A member as a list may mean them."""

    id: str
    name: str
    birth_date: date | None
    phone: str


class ImportRows(Protocol):
    """Everybody, in a few questions."""

    def members(self) -> tuple[KnownMember, ...]:
        """Every member who was not deleted."""
        ...

    def deleted(self) -> frozenset[str]:
        """The ids of those who were deleted: nothing else is left of them but the books and the numbers of their cards."""
        ...

    def cards(self) -> Mapping[str, tuple[tuple[CardUid, str], ...]]:
        """Every card that somebody has or had, with the member's id, by the last four bytes (hex)."""
        ...

    def wallets(self) -> Mapping[str, Wallet]:
        """Every wallet by the member's id."""
        ...

    def openings(self) -> Mapping[str, tuple[int, int]]:
        """Opening balances brought in so far: principal and bonus (fen) by the member's id."""
        ...

    def numbers(self) -> Mapping[str, str]:
        """The members whose document's number is kept, by its fingerprint."""
        ...

    def add(
        self,
        newcomers: Iterable[Newcomer],
        keys: Callable[[Newcomer], Iterable[str]],
        sealed: Callable[[Newcomer], SealedDocument | None],
        at_ms: int,
    ) -> None:
        """Store new members with their particulars, cards and empty wallets.

        `keys` are what a search finds them by, `sealed` is the document to keep of each.
        """
        ...
