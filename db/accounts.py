"""Money in and money out in the store, beyond the ledger: offers taken, payments for many."""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, exists, select

from db.ledger import read_top_up
from db.statements import statement_of
from db.tables import entries, top_ups
from db.transaction import Transaction
from pos.domain.accounts import Batch
from pos.domain.statement import Statement

_reversal = entries.alias("reversal")
_undone = exists().where(_reversal.c.reverses == top_ups.c.id)
_TOOK = (
    select(top_ups.c.id)
    .where(
        top_ups.c.member_id == bindparam("member"),
        top_ups.c.offer_id == bindparam("offer"),
        top_ups.c.business_date >= bindparam("since"),
        ~_undone,
    )
    .limit(1)
)
_BATCH = (
    select(top_ups, _undone.label("undone"))
    .join(entries, entries.c.id == top_ups.c.id)
    .where(top_ups.c.batch_id == bindparam("batch"))
    # One transaction wrote the batch: within a till's epoch its numbers stand in the order of the list.
    .order_by(entries.c.epoch, entries.c.seq)
)


class SqlAccounts:
    """Keeps the promises of pos.ports.AccountRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def took_offer(self, member_id: str, offer_id: str, since: date) -> bool:
        values = {"member": member_id, "offer": offer_id, "since": since.isoformat()}
        return self._transaction.run(_TOOK, values).first() is not None

    def batch(self, batch_id: str) -> Batch | None:
        rows = self._transaction.run(_BATCH, {"batch": batch_id}).mappings().all()
        return Batch(batch_id, tuple(map(read_top_up, rows))) if rows else None

    def statement(self, member_id: str, start: date, end: date) -> Statement | None:
        return statement_of(self._transaction, member_id, start, end)
