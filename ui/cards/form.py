"""What is about to happen to a card, at one moment, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.members import Card
from pos.domain.money import Fen
from pos.domain.pricing import Tender


class CardWish(StrEnum):
    """What is wished for."""

    LOST = "lost"
    FOUND = "found"
    ISSUE = "issue"
    REPLACE = "replace"
    LEND = "lend"
    RETURN = "return"
    BLOCK = "block"
    UNBLOCK = "unblock"


TAKES_NEW_CARD = frozenset({CardWish.ISSUE, CardWish.REPLACE, CardWish.LEND})
"""Wishes that need a card which the reader hears, or whose number is typed."""


@dataclass(frozen=True, slots=True)
class CardForm:
    """A wish and its answers. `card` is the one it is about, `number` the new one's as it was read or typed.

    `paid` is the deposit (fen) that lies with the canteen for the member's cards, `deposit` what is typed for the new.
    """

    wish: CardWish
    deed_id: str
    member_id: str
    name: str
    card: Card | None = None
    paid: Fen = 0
    number: str = ""
    deposit: str = ""
    tender: Tender = Tender.CASH
    reason: str = ""
    saving: bool = False
    wrong: str = ""
