"""Rows to take away: members and ledger entries as plain tuples, the names of the columns first.

Identity numbers are never among them. Amounts are fen, instants UTC epoch milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import and_, literal, select

from db.dated import read_held
from db.store import SqlStores
from db.tables import absences, cards, entries, members, postings, wallets
from db.transaction import AnySelect, Transaction
from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.ledger import entry_number
from pos.domain.profile import told

ExportRow = tuple[str | int | None, ...]

_CHUNK = 1000


class Exported(StrEnum):
    """What can be exported."""

    MEMBERS = "members"
    ENTRIES = "entries"


_MEMBERS: AnySelect = (
    select(
        cards.c.uid,
        members.c.name,
        members.c.birth_date,
        members.c.phone,
        members.c.categories,
        members.c.hukou,
        members.c.residence,
        wallets.c.principal.label("principal_fen"),
        wallets.c.bonus.label("bonus_fen"),
        wallets.c.held.label("held_fen"),
        members.c.id,
    )
    .join(wallets, wallets.c.member_id == members.c.id)
    .outerjoin(
        cards, and_(cards.c.member_id == members.c.id, cards.c.state == literal(CardState.ACTIVE.value))
    )
    .order_by(members.c.name, members.c.id)
    .execution_options(yield_per=_CHUNK)
)
_ABSENCES = select(
    absences.c.member_id, absences.c.status, absences.c.first_day, absences.c.last_day
).order_by(absences.c.member_id, absences.c.first_day, absences.c.id)
_ENTRIES: AnySelect = (
    select(
        entries.c.till,
        entries.c.epoch,
        entries.c.seq,
        entries.c.kind,
        entries.c.business_date,
        entries.c.at_ms,
        entries.c.shift_id,
        entries.c.staff_id,
        entries.c.reverses,
        entries.c.hash,
        entries.c.id.label("entry_id"),
        postings.c.line,
        postings.c.account,
        postings.c.amount.label("amount_fen"),
        postings.c.member_id,
        postings.c.lot_id,
    )
    .join(postings, postings.c.entry_id == entries.c.id)
    .order_by(entries.c.till, entries.c.epoch, entries.c.seq, postings.c.line)
    .execution_options(yield_per=_CHUNK)
)


def _absences(transaction: Transaction) -> dict[str, list[str]]:
    """The absences of each member who has some, as a line each."""
    found: dict[str, list[str]] = {}
    for member_id, status, first, last in transaction.run(_ABSENCES):
        found.setdefault(member_id, []).append(f"{status} {first}–{last or ''}")
    return found


def exported(stores: SqlStores, what: Exported) -> Iterator[ExportRow]:
    """The names of the columns, then the rows: a member with the printed number of the active card, absences and
    categories with their days, or one posting a row with its entry's number. One moment of the store, read in pieces.
    Raises StoreTrouble.
    """
    statement = _MEMBERS if what is Exported.MEMBERS else _ENTRIES
    with stores.read_rows() as transaction:
        away = _absences(transaction) if what is Exported.MEMBERS else {}
        rows = transaction.run(statement)
        names = list(rows.keys())
        if what is Exported.MEMBERS:
            yield ("card", *names[1:4], "absences", *names[4:])
            for uid, name, born, phone, categories, *facts in rows:
                card = "" if uid is None else CardUid(uid).printed
                held = told(read_held(categories))
                yield (card, name, born, phone, "; ".join(away.get(str(facts[-1]), ())), held, *facts)
        else:
            yield ("number", *names[3:])
            for till, epoch, seq, *facts in rows:
                yield (entry_number(till, epoch, seq), *facts)
