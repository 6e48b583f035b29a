"""A member's statement, read from the postings of the wallet: two questions, whatever the number of years."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select

from db.tables import cards, entries, members, postings, refunds, sales, top_ups, total, transfers
from db.transaction import AnyRow, Transaction
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.ledger import BONUS, HELD, PRINCIPAL, EntryKind, entry_number
from pos.domain.menu import Meal
from pos.domain.pricing import Tender
from pos.domain.statement import Balance, Statement, StatementLine

_TAIL_DIGITS = 4
_KINDS = {kind.value: kind for kind in EntryKind}
_MEALS = {meal.value: meal for meal in Meal}
_TENDERS = {tender.value: tender for tender in Tender}
"""Three thousand rows look their words up: asking the enum costs more than the whole row."""

_WHO = (
    select(members.c.name, cards.c.uid)
    .outerjoin(cards, and_(cards.c.member_id == members.c.id, cards.c.state == CardState.ACTIVE.value))
    .where(members.c.id == bindparam("member"))
)


def _moved(account: str) -> ColumnElement[int]:
    # What the canteen owes is a credit: a credit comes into the wallet.
    return -total(case((postings.c.account == account, postings.c.amount), else_=0))


_sums = (_moved(PRINCIPAL).label("principal"), _moved(BONUS).label("bonus"), _moved(HELD).label("held"))
_OPENING = select(*_sums).where(
    postings.c.member_id == bindparam("member"), postings.c.business_date < bindparam("start")
)
_moves = (
    select(postings.c.entry_id, *_sums)
    .where(
        postings.c.member_id == bindparam("member"),
        postings.c.business_date >= bindparam("start"),
        postings.c.business_date <= bindparam("end"),
    )
    .group_by(postings.c.entry_id)
    .subquery("moves")
)
_undone = entries.alias("undone")
_other_side = case(
    (transfers.c.giver_id == bindparam("member"), transfers.c.receiver_name), else_=transfers.c.giver_name
)
_LINES = (
    select(
        entries.c.till,
        entries.c.epoch,
        entries.c.seq,
        entries.c.business_date,
        entries.c.at_ms,
        entries.c.kind,
        _moves.c.principal,
        _moves.c.bonus,
        _moves.c.held,
        sales.c.meal,
        func.coalesce(top_ups.c.tender, refunds.c.tender, "").label("tender"),
        func.coalesce(top_ups.c.paid_by, _other_side, "").label("about"),
        func.coalesce(top_ups.c.offer, "").label("offer"),
        _undone.c.kind.label("undoes"),
        _undone.c.till.label("undone_till"),
        _undone.c.epoch.label("undone_epoch"),
        _undone.c.seq.label("undone_seq"),
    )
    .select_from(_moves)
    .join(entries, entries.c.id == _moves.c.entry_id)
    .outerjoin(sales, sales.c.id == entries.c.id)
    .outerjoin(top_ups, top_ups.c.id == entries.c.id)
    .outerjoin(refunds, refunds.c.id == entries.c.id)
    .outerjoin(transfers, transfers.c.id == entries.c.id)
    .outerjoin(_undone, and_(_undone.c.id == entries.c.reverses, entries.c.kind == EntryKind.REVERSAL.value))
    # No number runs through all tills, so between two tills the clock decides; within one the sequence does.
    .order_by(entries.c.business_date, entries.c.at_ms, entries.c.till, entries.c.epoch, entries.c.seq)
)


def statement_of(transaction: Transaction, member_id: str, start: date, end: date) -> Statement | None:
    """A member's movements on business dates from `start` to `end`."""
    who = transaction.run(_WHO, {"member": member_id}).first()
    if who is None:
        return None
    period = {"member": member_id, "start": start.isoformat(), "end": end.isoformat()}
    opening = Balance(*transaction.run(_OPENING, {"member": member_id, "start": period["start"]}).one())
    rows = transaction.run(_LINES, period).all()
    tail = "" if who.uid is None else CardUid(who.uid).printed[-_TAIL_DIGITS:]
    return Statement(member_id, who.name, tail, start, end, opening, tuple(_lines(opening, rows)))


def _lines(opening: Balance, rows: Iterable[AnyRow]) -> Iterable[StatementLine]:
    after = opening
    for row in rows:
        # By place: three thousand rows read a column by its name at eight times the cost.
        till, epoch, seq, day, at_ms, kind, principal, bonus, held, meal, tender, about, offer, *undone = row
        moved = Balance(principal, bonus, held)
        after = after.plus(moved)
        undoes, *undone_place = undone
        yield StatementLine(
            entry_number(till, epoch, seq),
            date.fromisoformat(day),
            at_ms,
            _KINDS[kind],
            moved,
            after,
            _MEALS.get(meal),
            _TENDERS.get(tender),
            about or offer,
            _KINDS.get(undoes),
            "" if undoes is None else entry_number(*undone_place),
        )
