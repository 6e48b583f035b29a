"""Lists over all members, each in one question."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, exists, select

from db.members import CURRENT_STATUS
from db.tables import cards, entries, lot_balances, lots, members, particulars, sales, top_ups, wallets
from db.transaction import AnyRow, AnySelect, Transaction
from pos.clock import CHINA
from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.lists import Owed, Recent
from pos.domain.members import MemberStatus
from pos.domain.pricing import Tender

_TAIL_DIGITS = 4

_reversal = entries.alias("reversal")
_last_sale = (
    select(sales.c.seq)
    .where(sales.c.member_id == members.c.id, ~exists().where(_reversal.c.reverses == sales.c.id))
    .order_by(sales.c.seq.desc())
    .limit(1)
    .correlate(members)
    .scalar_subquery()
)
_last = sales.alias("last")
_OWED: AnySelect = (
    select(
        members.c.id,
        members.c.name,
        CURRENT_STATUS,
        members.c.phone,
        members.c.created_ms,
        particulars.c.estate,
        particulars.c.building,
        particulars.c.unit,
        particulars.c.floor,
        particulars.c.door,
        particulars.c.emergency,
        cards.c.uid,
        wallets.c.principal,
        wallets.c.bonus,
        wallets.c.held,
        _last.c.business_date.label("last_use"),
        _last.c.due.label("last_due"),
    )
    .join(wallets, wallets.c.member_id == members.c.id)
    .outerjoin(particulars, particulars.c.member_id == members.c.id)
    .outerjoin(cards, and_(cards.c.member_id == members.c.id, cards.c.state == CardState.ACTIVE.value))
    .outerjoin(_last, _last.c.seq == _last_sale)
    .order_by(members.c.name, members.c.id)
)
_RECENT = (
    select(
        members.c.id,
        members.c.name,
        members.c.phone,
        top_ups.c.number,
        top_ups.c.business_date,
        top_ups.c.tender,
        lots.c.principal,
        lots.c.bonus,
        lot_balances.c.principal.label("principal_left"),
        lot_balances.c.bonus.label("bonus_left"),
    )
    .join(lots, lots.c.id == top_ups.c.id)
    .join(lot_balances, lot_balances.c.lot_id == lots.c.id)
    .join(members, members.c.id == lots.c.member_id)
    .where(top_ups.c.business_date >= bindparam("since"), lot_balances.c.principal > 0)
    .order_by(top_ups.c.business_date, lots.c.seq)
)


class SqlLists:
    """Keeps the promises of pos.ports.lists.ListRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def owed(self, today: date) -> tuple[Owed, ...]:
        return tuple(_owed(row) for row in self._transaction.run(_OWED, {"day": today.isoformat()}).all())

    def recent(self, since: date, days: int) -> tuple[Recent, ...]:
        rows = self._transaction.run(_RECENT, {"since": since.isoformat()}).all()
        return tuple(_recent(row, days) for row in rows)


def _owed(row: AnyRow) -> Owed:
    return Owed(
        member_id=row.id,
        name=row.name,
        status=MemberStatus.ACTIVE if row.status is None else MemberStatus(row.status),
        phone=row.phone,
        address="" if row.estate is None else str(Address(row.estate, row.building, row.unit, row.floor, row.door)),
        contact="" if row.emergency is None else _contact(row.emergency),
        card_tail="" if row.uid is None else CardUid(row.uid).printed[-_TAIL_DIGITS:],
        principal=row.principal,
        bonus=row.bonus,
        held=row.held,
        last_use=None if row.last_use is None else date.fromisoformat(row.last_use),
        last_due=row.last_due or 0,
        since=datetime.fromtimestamp(row.created_ms // 1000, CHINA).date(),
    )


def _contact(text: str) -> str:
    known = json.loads(text)
    return " ".join(filter(None, (known["name"], known["relation"], known["phone"])))


def _recent(row: AnyRow, days: int) -> Recent:
    paid_on = date.fromisoformat(row.business_date)
    return Recent(
        member_id=row.id,
        name=row.name,
        phone=row.phone,
        number=row.number,
        paid_on=paid_on,
        until=paid_on + timedelta(days=days),
        tender=Tender(row.tender),
        principal=row.principal,
        bonus=row.bonus,
        principal_left=row.principal_left,
        bonus_left=row.bonus_left,
    )
