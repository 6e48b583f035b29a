"""The life of a card: given out, lost, found, replaced, returned, blocked; and the cards lent for one meal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos.domain.account_errors import CardNotThus
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.ledger import CARD_DEPOSIT, Posting
from pos.domain.members import Card
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import Tender


class CardDeed(StrEnum):
    """What can happen to a card. The last four happen to the cards of the pool, which are lent for a meal."""

    ISSUED = "issued"
    LOST = "lost"
    FOUND = "found"
    REPLACED = "replaced"
    RETURNED = "returned"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    POOLED = "pooled"
    LENT = "lent"
    BACK = "back"
    RETIRED = "retired"


LEADS_TO: dict[CardDeed, CardState] = {
    CardDeed.ISSUED: CardState.ACTIVE,
    CardDeed.LOST: CardState.LOST,
    CardDeed.FOUND: CardState.ACTIVE,
    CardDeed.REPLACED: CardState.REPLACED,
    CardDeed.RETURNED: CardState.RETURNED,
    CardDeed.BLOCKED: CardState.BLOCKED,
    CardDeed.UNBLOCKED: CardState.ACTIVE,
}
"""The state of a member's card after each deed."""

_COMES_FROM: Mapping[CardDeed, frozenset[CardState]] = {
    CardDeed.LOST: frozenset({CardState.ACTIVE}),
    CardDeed.FOUND: frozenset({CardState.LOST}),
    CardDeed.REPLACED: frozenset({CardState.ACTIVE, CardState.LOST}),
    CardDeed.RETURNED: frozenset({CardState.ACTIVE, CardState.LOST}),
    # A returned or replaced card is refused as it is: over the black list it would come back into use.
    CardDeed.BLOCKED: frozenset({CardState.ACTIVE, CardState.LOST}),
    CardDeed.UNBLOCKED: frozenset({CardState.BLOCKED}),
}


@dataclass(frozen=True, slots=True)
class CardEvent:
    """One line of a card's history; it is never changed. `id` was made by whoever asked.

    `deposit` (fen) was taken with the card, or below zero paid back, by `tender`; `entry_id` is its entry where money
    moved. A replaced card and its successor name each other as `other`. The pool's cards are nobody's until lent.
    """

    id: str
    uid: CardUid
    member_id: str | None
    member_name: str
    deed: CardDeed
    at_ms: int
    till: str
    staff_id: str
    staff_name: str
    reason: str = ""
    other: CardUid | None = None
    deposit: Fen = 0
    tender: Tender | None = None
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class CardFile:
    """All cards that are or were a member's, their history (oldest first), and the deposit (fen) paid for them."""

    cards: tuple[Card, ...]
    events: tuple[CardEvent, ...]
    deposit: Fen


@dataclass(frozen=True, slots=True)
class TemporaryCard:
    """A card of the pool. While lent it names the member, the business date and the meal it was lent for."""

    uid: CardUid
    member_id: str | None = None
    member_name: str = ""
    day: date | None = None
    meal: Meal | None = None

    def is_lent(self, day: date, meal: Meal) -> bool:
        """Whether it stands for a member at this meal."""
        return self.member_id is not None and (self.day, self.meal) == (day, meal)


def can(card: Card, deed: CardDeed) -> bool:
    """Whether this can happen to a card that is as it is."""
    return card.state in _COMES_FROM[deed]


def require(card: Card, deed: CardDeed) -> None:
    """Raise CardNotThus unless this can happen to a card that is as it is."""
    if not can(card, deed):
        raise CardNotThus(card.uid.printed, card.state)


def deposit_postings(source: str, amount: Fen) -> tuple[Posting, ...]:
    """A deposit (fen, below zero when it goes back) that lies with the canteen; `source` is drawer or clearing."""
    return (Posting(source, amount), Posting(CARD_DEPOSIT, -amount))
