"""Opening balances: what a member's card held in the books that were kept before these."""

from __future__ import annotations

from uuid import UUID, uuid5

from pos.domain.ledger import BONUS, OPENING, PRINCIPAL, Posting
from pos.domain.money import Fen

OPENINGS = UUID("0f3a6a52-9c0e-4f0b-8a57-6a4b1f5f0c11")
OPENING_TERMS = "opening"
"""What is stamped on the lot: no offer of this canteen made its bonus."""


def opening_id(member_id: str) -> str:
    """The id of a member's opening balance: there is one, however often a file is brought in."""
    return str(uuid5(OPENINGS, member_id))


def opening_postings(member_id: str, principal: Fen, bonus: Fen) -> tuple[Posting, ...]:
    """What the canteen owes from before, against the old books; bonus was their expense, not this year's."""
    lot_id = opening_id(member_id)
    owed = (Posting(PRINCIPAL, -principal, member_id, lot_id), Posting(BONUS, -bonus, member_id, lot_id))
    return (Posting(OPENING, principal + bonus), *(posting for posting in owed if posting.amount))
