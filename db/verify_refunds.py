"""Compares refunds and transfers with the entries that moved their money, lot by lot."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, select

from db.tables import entries, lots, postings, refund_lots, refunds, total, transfer_lots, transfers
from db.transaction import Transaction
from pos.domain.ledger import BONUS, PRINCIPAL, EntryKind
from pos.domain.verify import Finding, Rule

_principal = total(case((postings.c.account == PRINCIPAL, postings.c.amount), else_=0))
_bonus = total(case((postings.c.account == BONUS, postings.c.amount), else_=0))
_POSTED = (
    select(entries.c.kind, postings.c.entry_id, postings.c.lot_id, _principal, _bonus)
    .join(postings, postings.c.entry_id == entries.c.id)
    .where(
        entries.c.kind.in_([EntryKind.REFUND.value, EntryKind.TRANSFER.value]),
        postings.c.account.in_([PRINCIPAL, BONUS]),
    )
    .group_by(entries.c.kind, postings.c.entry_id, postings.c.lot_id)
)
_REFUNDED = select(refund_lots.c.refund_id, refund_lots.c.lot_id, refund_lots.c.amount, refund_lots.c.forfeited)
_MOVED = select(
    transfer_lots.c.transfer_id,
    transfer_lots.c.lot_id,
    transfer_lots.c.new_lot_id,
    transfer_lots.c.principal,
    transfer_lots.c.bonus,
)
_NUMBERS = (select(refunds.c.id, refunds.c.number), select(transfers.c.id, transfers.c.number))
_FILLED_BY = select(lots.c.id, lots.c.filled_by).where(lots.c.filled_by.is_not(None))

Moved = dict[tuple[str, str], tuple[int, int]]
"""Principal and bonus (fen, out is positive) by entry and lot."""


def filled_by(transaction: Transaction) -> dict[str, str]:
    """The entry that filled each lot which another member handed on."""
    return {row[0]: row[1] for row in transaction.run(_FILLED_BY)}


def verified_refunds(transaction: Transaction) -> Iterator[Finding]:
    """What refunds and transfers say, and their entries do not."""
    posted: dict[str, Moved] = {EntryKind.REFUND: {}, EntryKind.TRANSFER: {}}
    for kind, entry_id, lot_id, principal, bonus in transaction.run(_POSTED):
        posted[kind][entry_id, lot_id] = (principal, bonus)
    told_refunds = {(one, lot): (amount, given_up) for one, lot, amount, given_up in transaction.run(_REFUNDED)}
    told_transfers: Moved = {}
    for one, lot, new_lot, principal, bonus in transaction.run(_MOVED):
        told_transfers[one, lot] = (principal, bonus)
        told_transfers[one, new_lot] = (-principal, -bonus)
    numbers: dict[str, str] = {one: number for asked in _NUMBERS for one, number in transaction.run(asked)}
    for rule, told, found in (
        (Rule.REFUND_IS_ITS_ENTRY, told_refunds, posted[EntryKind.REFUND]),
        (Rule.TRANSFER_IS_ITS_ENTRY, told_transfers, posted[EntryKind.TRANSFER]),
    ):
        yield from _unlike(rule, told, found, numbers)


def _unlike(rule: Rule, told: Moved, found: Moved, numbers: dict[str, str]) -> Iterator[Finding]:
    for place in sorted(told.keys() | found.keys()):
        nothing: Any = (0, 0)
        one, other = found.get(place, nothing), told.get(place, nothing)
        if one != other:
            yield Finding(rule, numbers.get(place[0], place[0]), str(one), str(other))
