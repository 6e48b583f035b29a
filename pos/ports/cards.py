"""What the life of cards needs from the store."""

from __future__ import annotations

from typing import Protocol

from pos.domain.card_life import CardEvent, CardFile, TemporaryCard
from pos.domain.cards import CardUid
from pos.domain.members import Card


class CardRows(Protocol):
    """Cards with their history, which is append-only, and the pool of cards that are lent for a meal."""

    def in_turn(self) -> None:
        """From now on nobody else gives a card out or lends one until this transaction ends: whose a card is stays true.

        Comes before every wallet's lock. Raises StoreTrouble(BUSY) when somebody else takes too long.
        """
        ...

    def event(self, event_id: str) -> CardEvent | None:
        """A line of the history by its id."""
        ...

    def record(self, event: CardEvent, before: Card | None = None) -> None:
        """Write a line of the history, and move the member's card with it, from what it was `before` (None: nobody's).

        Raises StoreTrouble(BUSY) when another counter was faster and it is no longer that.
        """
        ...

    def file_of(self, member_id: str) -> CardFile:
        """All of a member's cards, with everything that happened to them under this member."""
        ...

    def deposit_on(self, uid: CardUid) -> int:
        """What its holder of now left with the canteen for a card (exact uid), in fen."""
        ...

    def temporary_ending(self, tail: str) -> tuple[TemporaryCard, ...]:
        """The pool's cards whose last four bytes (8 hex characters) are these."""
        ...

    def pool(self) -> tuple[TemporaryCard, ...]:
        """Every card of the pool, by its number."""
        ...

    def put_temporary(self, card: TemporaryCard) -> None:
        """Add a card to the pool, or store to whom it is lent now."""
        ...

    def drop_temporary(self, uid: CardUid) -> None:
        """Take a card out of the pool."""
        ...
