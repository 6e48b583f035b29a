"""Compares what is held with the holds that nobody released, each end of a hold with its beginning, and both with the
reservations: a hold is open as long as its reservation waits.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, exists, func, select

from db.tables import entries, postings, reservations, total, wallets
from db.transaction import Transaction
from pos.domain.ledger import HELD, EntryKind, entry_number
from pos.domain.reservations import State
from pos.domain.verify import Finding, Rule

_ended = entries.alias("ended")
_OPEN = (
    select(postings.c.member_id, -total(postings.c.amount))
    .join(entries, entries.c.id == postings.c.entry_id)
    .where(
        entries.c.kind == EntryKind.HOLD.value,
        postings.c.account == HELD,
        ~exists().where(_ended.c.reverses == entries.c.id),
    )
    .group_by(postings.c.member_id)
)
_HELD = select(wallets.c.member_id, wallets.c.held).where(wallets.c.held != 0)
_end = entries.alias("end_of_it")
_held_out = postings.alias("held_out")
_ENDS = (
    select(_end.c.till, _end.c.epoch, _end.c.seq, entries.c.kind, -postings.c.amount, _held_out.c.amount)
    .select_from(_end)
    .join(entries, entries.c.id == _end.c.reverses)
    .join(postings, and_(postings.c.entry_id == entries.c.id, postings.c.account == HELD))
    .join(_held_out, and_(_held_out.c.entry_id == _end.c.id, _held_out.c.account == HELD))
    .where(_end.c.kind == EntryKind.RELEASE.value)
)
_OF_RESERVATIONS = (
    select(
        entries.c.till,
        entries.c.epoch,
        entries.c.seq,
        func.coalesce(reservations.c.state, "") == State.BOOKED.value,
        ~exists().where(_ended.c.reverses == entries.c.id),
    )
    .outerjoin(reservations, reservations.c.hold_id == entries.c.id)
    .where(entries.c.kind == EntryKind.HOLD.value)
)


_OPEN_OR_NOT = {True: "open", False: "ended"}


def verified_holds(transaction: Transaction) -> Iterator[Finding]:
    """Money that is held for nothing, and holds that ended with more or less than they began with."""
    held = {row[0]: row[1] for row in transaction.run(_HELD)}
    open_holds = {row[0]: row[1] for row in transaction.run(_OPEN)}
    for member_id in sorted(held.keys() | open_holds.keys()):
        expected, found = open_holds.get(member_id, 0), held.get(member_id, 0)
        if expected != found:
            yield Finding(Rule.HELD_IS_ITS_HOLDS, member_id, str(expected), str(found))
    for till, epoch, seq, kind, expected, found in transaction.run(_ENDS):
        if kind != EntryKind.HOLD or expected != found:
            yield Finding(Rule.HELD_IS_ITS_HOLDS, entry_number(till, epoch, seq), str(expected), str(found))
    for till, epoch, seq, waits, is_open in transaction.run(_OF_RESERVATIONS):
        if bool(waits) != bool(is_open):
            number = entry_number(till, epoch, seq)
            yield Finding(Rule.HELD_IS_ITS_HOLDS, number, _OPEN_OR_NOT[bool(waits)], _OPEN_OR_NOT[bool(is_open)])
