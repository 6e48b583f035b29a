"""Compares each card with its history, and the deposits in the ledger with those that the history tells."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import func, select

from db.tables import card_events, cards, postings, total
from db.transaction import Transaction
from pos.domain.card_life import LEADS_TO, CardDeed
from pos.domain.ledger import CARD_DEPOSIT

_newest = (
    select(card_events.c.uid, func.max(card_events.c.seq).label("seq"))
    .where(card_events.c.deed.in_([deed.value for deed in LEADS_TO]))
    .group_by(card_events.c.uid)
    .subquery("newest")
)
_CARDS = (
    select(cards.c.uid, cards.c.member_id, cards.c.state, card_events.c.deed, card_events.c.member_id.label("told_member"))
    .join(_newest, _newest.c.uid == cards.c.uid)
    .join(card_events, card_events.c.seq == _newest.c.seq)
    .order_by(cards.c.uid)
)
_WITHOUT_CARD = (
    select(_newest.c.uid).outerjoin(cards, cards.c.uid == _newest.c.uid).where(cards.c.uid.is_(None)).order_by(_newest.c.uid)
)
_TOLD = select(total(card_events.c.deposit))
_LEDGER = select(total(postings.c.amount)).where(postings.c.account == CARD_DEPOSIT)


def cards_unlike_their_history(transaction: Transaction) -> Iterator[tuple[str, tuple[str, str], tuple[str, str]]]:
    """Cards that are not what their last deed made them: the last digits, what they should be, what they are."""
    for uid, member_id, state, deed, told_member in transaction.run(_CARDS):
        told, found = (told_member, LEADS_TO[CardDeed(deed)].value), (member_id, state)
        if told != found:
            yield uid[-4:], told, found
    for (uid,) in transaction.run(_WITHOUT_CARD):
        yield uid[-4:], ("", ""), ("card", "")


def deposits(transaction: Transaction) -> tuple[int, int]:
    """What lies with the canteen for cards, in fen: as the history tells it, and as the ledger has it."""
    return transaction.run(_TOLD).scalar_one(), -transaction.run(_LEDGER).scalar_one()
