"""Money out in the store: lots with their past, refunds and transfers with what each lot gave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, exists, func, insert, select, union_all

from db.tables import (
    entries,
    lot_balances,
    lots,
    refund_lots,
    refunds,
    top_ups,
    total,
    transfer_lots,
    transfers,
    undo_reasons,
)
from db.transaction import AnyRow, Transaction
from pos.domain.ledger import Lot, SpendOrder, entry_number
from pos.domain.pricing import Tender
from pos.domain.refunds import LotShare, MovedLot, PaidLot, Refund, RefundKind, Transfer

_reversal = entries.alias("reversal")
_origin = entries.alias("origin")
_refunded = (
    select(total(refund_lots.c.amount))
    .where(refund_lots.c.lot_id == lots.c.id, ~exists().where(_reversal.c.reverses == refund_lots.c.refund_id))
    .scalar_subquery()
)
_given_up = (
    select(total(refund_lots.c.forfeited))
    .where(refund_lots.c.lot_id == lots.c.id, ~exists().where(_reversal.c.reverses == refund_lots.c.refund_id))
    .scalar_subquery()
)
_moved_principal = (
    select(total(transfer_lots.c.principal))
    .where(transfer_lots.c.lot_id == lots.c.id, ~exists().where(_reversal.c.reverses == transfer_lots.c.transfer_id))
    .scalar_subquery()
)
_moved_bonus = (
    select(total(transfer_lots.c.bonus))
    .where(transfer_lots.c.lot_id == lots.c.id, ~exists().where(_reversal.c.reverses == transfer_lots.c.transfer_id))
    .scalar_subquery()
)
_PAID_LOTS = (
    select(
        lots,
        lot_balances.c.principal.label("principal_left"),
        lot_balances.c.bonus.label("bonus_left"),
        _origin.c.till.label("origin_till"),
        _origin.c.epoch.label("origin_epoch"),
        _origin.c.seq.label("origin_seq"),
        _origin.c.at_ms.label("paid_ms"),
        top_ups.c.tender,
        func.coalesce(top_ups.c.offer, "").label("offer"),
        (_refunded + _moved_principal).label("gone_principal"),
        (_given_up + _moved_bonus).label("gone_bonus"),
    )
    .join(lot_balances, lot_balances.c.lot_id == lots.c.id)
    .join(_origin, _origin.c.id == func.coalesce(lots.c.root, lots.c.id))
    .outerjoin(top_ups, top_ups.c.id == _origin.c.id)
    .where(lots.c.member_id == bindparam("owner"), lot_balances.c.principal + lot_balances.c.bonus > 0)
    .order_by(lots.c.seq)
)
def _now(about: Table) -> tuple[ColumnElement[Any], ...]:
    """Whether a refund or a transfer was undone, and why."""
    undone = _reversal.c.reverses == about.c.id
    why = select(undo_reasons.c.reason).join(_reversal, _reversal.c.id == undo_reasons.c.id).where(undone)
    return exists().where(undone).label("undone"), func.coalesce(why.scalar_subquery(), "").label("undo_reason")


_ADD_REFUND = insert(refunds)
_ADD_REFUND_LOT = insert(refund_lots)
_REFUND = select(refunds, *_now(refunds)).where(refunds.c.id == bindparam("refund"))
_SHARES = select(refund_lots).where(refund_lots.c.refund_id == bindparam("refund")).order_by(refund_lots.c.line)
_ADD_TRANSFER = insert(transfers)
_ADD_TRANSFER_LOT = insert(transfer_lots)
_TRANSFER = select(transfers, *_now(transfers)).where(transfers.c.id == bindparam("transfer"))
_MOVED = (
    select(transfer_lots).where(transfer_lots.c.transfer_id == bindparam("transfer")).order_by(transfer_lots.c.line)
)

_NUMBERED = union_all(*(select(about.c.id).where(about.c.number == bindparam("number")) for about in (refunds, transfers)))
_NOTE_UNDO = insert(undo_reasons)


class SqlRefunds:
    """Keeps the promises of pos.ports.RefundRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def paid_lots(self, member_id: str) -> tuple[PaidLot, ...]:
        return tuple(map(_paid_lot, self._transaction.run(_PAID_LOTS, {"owner": member_id})))

    def add(self, refund: Refund) -> None:
        row = {name: getattr(refund, name) for name in refunds.c.keys()}  # noqa: SIM118 columns iterate as columns
        row |= {"kind": refund.kind.value, "tender": refund.tender.value, "identity_seen": int(refund.identity_seen)}
        self._transaction.run(_ADD_REFUND, row | {"business_date": refund.business_date.isoformat()})
        self._transaction.run_many(_ADD_REFUND_LOT, _numbered("refund_id", refund.id, refund.shares))

    def get(self, refund_id: str) -> Refund | None:
        row = self._transaction.run(_REFUND, {"refund": refund_id}).mappings().first()
        if row is None:
            return None
        shares = tuple(_lot(LotShare, one) for one in self._transaction.run(_SHARES, {"refund": refund_id}))
        facts: dict[str, Any] = {
            **row,
            "kind": RefundKind(row["kind"]),
            "business_date": date.fromisoformat(row["business_date"]),
            "tender": Tender(row["tender"]),
            "identity_seen": bool(row["identity_seen"]),
            "undone": bool(row["undone"]),
        }
        return Refund(**facts, shares=shares)

    def add_transfer(self, transfer: Transfer) -> None:
        row = {name: getattr(transfer, name) for name in transfers.c.keys()}  # noqa: SIM118 columns iterate as columns
        self._transaction.run(_ADD_TRANSFER, row | {"business_date": transfer.business_date.isoformat()})
        self._transaction.run_many(_ADD_TRANSFER_LOT, _numbered("transfer_id", transfer.id, transfer.lots))

    def transfer(self, transfer_id: str) -> Transfer | None:
        row = self._transaction.run(_TRANSFER, {"transfer": transfer_id}).mappings().first()
        if row is None:
            return None
        moved = tuple(_lot(MovedLot, one) for one in self._transaction.run(_MOVED, {"transfer": transfer_id}))
        facts: dict[str, Any] = {
            **row,
            "business_date": date.fromisoformat(row["business_date"]),
            "undone": bool(row["undone"]),
        }
        return Transfer(**facts, lots=moved)

    def id_of(self, number: str) -> str:
        return self._transaction.run(_NUMBERED, {"number": number}).scalar() or ""

    def note_undo(self, undo_id: str, reason: str) -> None:
        self._transaction.run(_NOTE_UNDO, {"id": undo_id, "reason": reason})


def _paid_lot(row: AnyRow) -> PaidLot:
    lot = Lot(
        row.id,
        row.member_id,
        row.principal,
        row.bonus,
        row.principal_left,
        row.bonus_left,
        SpendOrder(row.spend_order),
        row.terms,
        row.root,
        row.filled_by,
    )
    tender = None if row.tender is None else Tender(row.tender)
    number = entry_number(row.origin_till, row.origin_epoch, row.origin_seq)
    return PaidLot(lot, number, row.paid_ms, tender, row.offer, row.gone_principal, row.gone_bonus)


def _numbered(owner: str, owner_id: str, parts: Iterable[LotShare | MovedLot]) -> list[dict[str, Any]]:
    return [
        {owner: owner_id, "line": line, **{field.name: _stored(getattr(part, field.name)) for field in fields(part)}}
        for line, part in enumerate(parts)
    ]


def _stored(value: str | int) -> str | int:
    return int(value) if isinstance(value, bool) else value


def _lot(kind: Any, row: AnyRow) -> Any:
    facts = {field.name: getattr(row, field.name) for field in fields(kind)}
    return kind(**({**facts, "free": bool(facts["free"])} if "free" in facts else facts))
