"""Shifts in the store, and what a shift did.

A shift is one row that is changed once, from open to closed; a trigger refuses any other change. A row of its own
for the close would be append-only too, but then nothing in the file could forbid two open shifts at one till: here
a unique index over the open ones does.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import bindparam, exists, func, insert, select, update

from db.pipeline import Question
from db.sales import Part
from db.tables import (
    card_events,
    entries,
    postings,
    refund_lots,
    refunds,
    sale_lines,
    sales,
    shifts,
    tills,
    top_ups,
    total,
)
from db.transaction import AnyRow, AnySelect, Transaction
from pos.domain.errors import ShiftOpen
from pos.domain.ledger import CARD_DEPOSIT, drawer, entry_number
from pos.domain.money import Fen
from pos.domain.pricing import DINER
from pos.domain.shifts import Report, Shift

_GET = select(shifts).where(shifts.c.id == bindparam("shift"))
_OPEN_AT = select(shifts).where(shifts.c.till == bindparam("at_till"), shifts.c.closed_ms.is_(None))
_LOCK_TILL = select(tills.c.till).where(tills.c.till == bindparam("at_till")).with_for_update()
_ADD = insert(shifts)
_CLOSE = (
    update(shifts)
    .where(shifts.c.id == bindparam("shift"), shifts.c.closed_ms.is_(None))
    .values(
        closed_ms=bindparam("at_ms"),
        closed_by=bindparam("by"),
        expected=bindparam("expected_fen"),
        counted=bindparam("counted_fen"),
    )
)

_reversal = entries.alias("reversal")
_of_shift = sales.c.shift_id == bindparam("shift")
_sale_undone = exists().where(_reversal.c.reverses == sales.c.id)
_top_up_undone = exists().where(_reversal.c.reverses == top_ups.c.id)
_SALES = select(func.count(), total(sales.c.list_price)).where(_of_shift, ~_sale_undone)
_UNDONE = select(func.count()).where(_of_shift, _sale_undone)
_TAKEN = select(sales.c.tender, total(sales.c.due)).where(_of_shift, ~_sale_undone).group_by(sales.c.tender)
_HELPED = (
    select(sale_lines.c.payer, total(sale_lines.c.amount))
    .join(sales, sales.c.id == sale_lines.c.sale_id)
    .where(_of_shift, ~_sale_undone, sale_lines.c.payer != DINER, sale_lines.c.part != Part.REPORT.value)
    .group_by(sale_lines.c.payer)
)
_TOPPED_UP = (
    select(top_ups.c.tender, total(top_ups.c.principal))
    .where(top_ups.c.shift_id == bindparam("shift"), ~_top_up_undone)
    .group_by(top_ups.c.tender)
)
_BONUS = select(total(top_ups.c.bonus)).where(top_ups.c.shift_id == bindparam("shift"), ~_top_up_undone)
_DEPOSITS = (
    select(card_events.c.tender, -total(postings.c.amount))
    .join(entries, entries.c.id == card_events.c.entry_id)
    .join(postings, postings.c.entry_id == entries.c.id)
    .where(entries.c.shift_id == bindparam("shift"), postings.c.account == CARD_DEPOSIT)
    .group_by(card_events.c.tender)
)
_refund_undone = exists().where(_reversal.c.reverses == refunds.c.id)
_REFUNDED = (
    select(refunds.c.tender, total(refund_lots.c.amount))
    .join(refund_lots, refund_lots.c.refund_id == refunds.c.id)
    .where(refunds.c.shift_id == bindparam("shift"), ~_refund_undone)
    .group_by(refunds.c.tender)
)
_DRAWER = select(total(postings.c.amount)).where(postings.c.account == bindparam("drawer"))
_LAST = (
    select(entries.c.till, entries.c.epoch, entries.c.seq, entries.c.hash)
    .where(entries.c.shift_id == bindparam("shift"))
    .order_by(entries.c.epoch.desc(), entries.c.seq.desc())
    .limit(1)
)


class SqlShifts:
    """Keeps the promises of pos.ports.ShiftRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def open_at(self, till: str) -> Shift | None:
        row = self._transaction.ask(ask_open_shift(till)).first()
        return None if row is None else _shift(row)

    def get(self, shift_id: str) -> Shift | None:
        row = self._transaction.run(_GET, {"shift": shift_id}).first()
        return None if row is None else _shift(row)

    def add(self, shift: Shift) -> None:
        """Raises ShiftOpen when the till has an open shift, also one that another window opened just now."""
        self._transaction.run(_LOCK_TILL, {"at_till": shift.till})
        present = self.open_at(shift.till)
        if present is not None:
            raise ShiftOpen(present.staff_name, present.business_date.isoformat())
        row = {
            "id": shift.id,
            "till": shift.till,
            "business_date": shift.business_date.isoformat(),
            "staff_id": shift.staff_id,
            "staff_name": shift.staff_name,
            "opened_ms": shift.opened_ms,
            "float_fen": shift.float_fen,
            "closed_ms": shift.closed_ms,
            "closed_by": shift.closed_by,
            "expected": shift.expected,
            "counted": shift.counted,
        }
        self._transaction.run(_ADD, row)

    def close(self, shift: Shift) -> None:
        values = {
            "shift": shift.id,
            "at_ms": shift.closed_ms,
            "by": shift.closed_by,
            "expected_fen": shift.expected,
            "counted_fen": shift.counted,
        }
        assert None not in values.values(), "a close is whole"
        closed = self._transaction.run(_CLOSE, values).rowcount
        assert closed == 1, "only an open shift is closed"

    def report(self, shift: Shift, now_ms: int) -> Report:
        """The drawer of a closed shift is what it was expected to hold; by now it may be another shift's."""
        of_shift = {"shift": shift.id}
        run = self._transaction.run
        count, list_price = run(_SALES, of_shift).one()
        last = run(_LAST, of_shift).first()
        cash = shift.expected
        if cash is None:
            cash = run(_DRAWER, {"drawer": drawer(shift.till)}).scalar_one()
        return Report(
            shift=shift,
            sales=count,
            undone=run(_UNDONE, of_shift).scalar_one(),
            list_price=list_price,
            taken=self._sums(_TAKEN, shift),
            helped=self._sums(_HELPED, shift),
            topped_up=self._sums(_TOPPED_UP, shift),
            bonus=run(_BONUS, of_shift).scalar_one(),
            deposits=self._sums(_DEPOSITS, shift),
            refunded=self._sums(_REFUNDED, shift),
            cash_in_drawer=cash,
            printed_ms=now_ms,
            last_number="" if last is None else entry_number(last.till, last.epoch, last.seq),
            head="" if last is None else last.hash,
        )

    def _sums(self, statement: AnySelect, shift: Shift) -> dict[str, Fen]:
        rows = self._transaction.run(statement, {"shift": shift.id}).all()
        return {row[0]: row[1] for row in sorted(rows, key=lambda row: str(row[0]))}


def ask_open_shift(till: str) -> Question:
    return _OPEN_AT, {"at_till": till}


def _shift(row: AnyRow) -> Shift:
    return Shift(
        row.id,
        row.till,
        date.fromisoformat(row.business_date),
        row.staff_id,
        row.staff_name,
        row.opened_ms,
        row.float_fen,
        row.closed_ms,
        row.closed_by,
        row.expected,
        row.counted,
    )
