"""Everything about one person in the store: read for their right to it, and forgotten for their right to that."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import BindParameter, Table, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.sql import ColumnElement

from db.tables import (
    absences,
    case_steps,
    cases,
    claim_lines,
    delivery_notes,
    delivery_results,
    entries,
    identities,
    lot_balances,
    lots,
    member_changes,
    members,
    metadata,
    particulars,
    postings,
    prints,
    refund_lots,
    refunds,
    reservation_items,
    reservations,
    route_stops,
    run_stops,
    sale_items,
    sale_lines,
    sales,
    search_keys,
    temporary_cards,
    top_ups,
    transfer_lots,
    transfers,
    undo_reasons,
)
from db.transaction import AnySelect, Transaction
from pos.domain.kitchen_lines import without_person
from pos.domain.prints import PrintKind
from pos.ports.persons import Row

DERIVED = frozenset({"search_keys"})
"""Tables that say nothing about a person which another one does not say."""

_SECRETS = frozenset(
    {
        identities.c.sealed,
        identities.c.fingerprint,
        identities.c.key_id,
        # What another member's card held after a transfer is that member's.
        transfers.c.giver_principal_after,
        transfers.c.giver_bonus_after,
        transfers.c.receiver_principal_after,
        transfers.c.receiver_bonus_after,
    }
)
_OF_MEMBER: BindParameter[str] = bindparam("of_member")
_own_sales = select(sales.c.id).where(sales.c.member_id == _OF_MEMBER)
_own_postings = select(postings.c.entry_id).where(postings.c.member_id == _OF_MEMBER)
_own_refunds = select(refunds.c.id).where(refunds.c.member_id == _OF_MEMBER)
_own_transfer = or_(transfers.c.giver_id == _OF_MEMBER, transfers.c.receiver_id == _OF_MEMBER)
_own_cases = select(cases.c.id).where(cases.c.member_id == _OF_MEMBER)
_own_reservations = select(reservations.c.id).where(reservations.c.member_id == _OF_MEMBER)
_own_lots = select(lots.c.id).where(lots.c.member_id == _OF_MEMBER)

_REACHED: Mapping[Table, ColumnElement[bool]] = {
    members: members.c.id == _OF_MEMBER,
    lot_balances: lot_balances.c.lot_id.in_(_own_lots),
    entries: or_(entries.c.id.in_(_own_sales), entries.c.id.in_(_own_postings)),
    sale_items: sale_items.c.sale_id.in_(_own_sales),
    sale_lines: sale_lines.c.sale_id.in_(_own_sales),
    refund_lots: refund_lots.c.refund_id.in_(_own_refunds),
    transfers: _own_transfer,
    transfer_lots: transfer_lots.c.transfer_id.in_(select(transfers.c.id).where(_own_transfer)),
    undo_reasons: undo_reasons.c.id.in_(_own_postings),
    claim_lines: claim_lines.c.entry_id.in_(_own_sales),
    case_steps: case_steps.c.case_id.in_(_own_cases),
    delivery_results: delivery_results.c.reservation_id.in_(_own_reservations),
    reservation_items: reservation_items.c.reservation_id.in_(_own_reservations),
}
"""Tables without a member's id that hold rows about one all the same."""

_LAST_PAID_IN = select(func.max(top_ups.c.business_date)).where(top_ups.c.member_id == _OF_MEMBER)
_BLANK = (
    update(members)
    .where(members.c.id == _OF_MEMBER)
    .values(
        name="", birth_date=None, phone="", hukou="", residence="", photo=None, categories="[]", diets="[]", passes="[]"
    )
)
_BLANK_CHANGES = update(member_changes).where(member_changes.c.member_id == _OF_MEMBER).values(old="", new="")
_BLANK_NOTES = (
    update(case_steps).where(case_steps.c.case_id.in_(_own_cases)).values(note=""),
    update(delivery_results).where(delivery_results.c.reservation_id.in_(_own_reservations)).values(note=""),
)
_LENT_TO_NOBODY = (
    update(temporary_cards)
    .where(temporary_cards.c.member_id == _OF_MEMBER)
    .values(member_id=None, day=None, meal=None)
)
_own_meals = select(reservations.c.day, reservations.c.meal).where(reservations.c.member_id == _OF_MEMBER).distinct().subquery()
# Rosters and labels keep nothing that anybody could read.
_PRINTED_ON = (
    select(prints.c.id)
    .join(_own_meals, and_(_own_meals.c.day == prints.c.day, _own_meals.c.meal == prints.c.meal))
    .where(prints.c.kind == PrintKind.KITCHEN.value)
)
_PRINTED = select(prints.c.lines).where(prints.c.id == bindparam("of_id"))
_REPRINT = update(prints).where(prints.c.id == bindparam("of_id")).values(lines=bindparam("shorter"))
_ALL_OF_IT = (particulars, absences, identities, search_keys, delivery_notes, route_stops, run_stops)
_FORGOTTEN = tuple(
    delete(table).where(table.c.member_id == _OF_MEMBER) for table in _ALL_OF_IT
)


class SqlPersons:
    """Keeps the promises of pos.ports.PersonRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def extract(self, member_id: str) -> Mapping[str, Sequence[Row]]:
        found: dict[str, list[Row]] = {}
        for name, statement in EXTRACTS.items():
            rows = self._transaction.run(statement, {"of_member": member_id}).mappings()
            found[name] = [{column: _plain(value) for column, value in row.items()} for row in rows]
        return found

    def last_paid_in(self, member_id: str) -> date | None:
        day: str | None = self._transaction.run(_LAST_PAID_IN, {"of_member": member_id}).scalar()
        return None if day is None else date.fromisoformat(day)

    def blank(self, member_id: str) -> None:
        for statement in (_BLANK, _BLANK_CHANGES, *_BLANK_NOTES, _LENT_TO_NOBODY, *_FORGOTTEN):
            self._transaction.run(statement, {"of_member": member_id})
        self._blank_prints(member_id)

    def _blank_prints(self, member_id: str) -> None:
        of = {"of_member": member_id}
        own = set(self._transaction.run(_own_reservations, of).scalars())
        for print_id in self._transaction.run(_PRINTED_ON, of).scalars().all():
            lines = json.loads(self._transaction.run(_PRINTED, {"of_id": print_id}).scalar_one())
            shorter = lines | {key: without_person(lines[key]) for key in own & lines.keys()}
            if shorter != lines:
                self._transaction.run(_REPRINT, {"of_id": print_id, "shorter": json.dumps(shorter, ensure_ascii=False)})


def _extract(table: Table) -> AnySelect | None:
    """What one table holds of a member; None for a table that holds nothing of anybody."""
    condition = _REACHED.get(table)
    if condition is None:
        if "member_id" not in table.c or table.name in DERIVED:
            return None
        condition = table.c.member_id == _OF_MEMBER
    columns = [column for column in table.c if column not in _SECRETS]
    return select(*columns).where(condition).order_by(*table.primary_key.columns)


EXTRACTS: Mapping[str, AnySelect] = {
    table.name: statement for table in metadata.sorted_tables if (statement := _extract(table)) is not None
}


def _plain(value: str | int | bytes | None) -> str | int | None:
    return b64encode(value).decode() if isinstance(value, bytes) else value
