"""The kernel: entries are numbered, chained and stored here, and with them the balances they move.

Everything that `post` locks, it locks in one order: wallets, lots, then the till's row. A use case that reads a
wallet before it posts (`members.wallet` locks it) keeps that order; what it read after the lock is still true
when it posts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import RowMapping, bindparam, insert, literal_column, select, update

from db.balances import move_balances, move_many
from db.pipeline import Question
from db.tables import entries, lot_balances, lots, postings, tills, top_ups, total
from db.transaction import AnyRow, Transaction
from db.verify import verify
from pos.domain.accounts import TopUp
from pos.domain.errors import AlreadyUndone, StoreFault, StoreTrouble
from pos.domain.ledger import (
    Draft,
    Entry,
    EntryKind,
    Lot,
    Posting,
    SpendOrder,
    entry_number,
    seal,
)
from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.domain.verify import Verdict

_TILL = (
    select(tills.c.epoch, tills.c.seq, tills.c.head)
    .where(tills.c.till == bindparam("at_till"))
    .with_for_update()
)
_TILL_MOVES_ON = (
    update(tills)
    .where(tills.c.till == bindparam("at_till"))
    .values(seq=bindparam("new_seq"), head=bindparam("new_head"), last_ms=bindparam("at_ms"))
)
_ADD_ENTRY = insert(entries)
_ADD_POSTING = insert(postings)

_ENTRY_AND_POSTINGS = (
    select(
        entries,
        postings.c.account,
        postings.c.amount,
        postings.c.member_id,
        postings.c.lot_id,
    )
    .join(postings, postings.c.entry_id == entries.c.id)
    .order_by(postings.c.line)
)
_ENTRY = _ENTRY_AND_POSTINGS.where(entries.c.id == bindparam("entry_id"))
_newest = (
    select(entries.c.id)
    .where(entries.c.till == bindparam("at_till"))
    .order_by(entries.c.epoch.desc(), entries.c.seq.desc())
    .limit(literal_column("1"))
)
_LAST_AT = _newest.with_only_columns(entries.c.shift_id, entries.c.at_ms)
_LAST = _ENTRY_AND_POSTINGS.where(entries.c.id == _newest.scalar_subquery())
_reversal = entries.alias("reversal")
_STANDING = (
    select(entries.c.till, entries.c.epoch, entries.c.seq, _reversal.c.id.label("reversed_by"))
    .outerjoin(_reversal, _reversal.c.reverses == entries.c.id)
    .where(entries.c.id == bindparam("entry_id"))
)
_REVERSED = select(entries.c.id).where(entries.c.reverses == bindparam("entry_id"))

_ADD_LOT = insert(lots).inline()
_ADD_LOT_BALANCE = insert(lot_balances)
_OPEN_LOTS = (
    select(
        lots.c.id,
        lots.c.member_id,
        lots.c.principal,
        lots.c.bonus,
        lot_balances.c.principal.label("principal_left"),
        lot_balances.c.bonus.label("bonus_left"),
        lots.c.spend_order,
    )
    .join(lot_balances, lot_balances.c.lot_id == lots.c.id)
    .where(lots.c.member_id == bindparam("owner"), lot_balances.c.principal + lot_balances.c.bonus > 0)
    .order_by(lots.c.seq)
)
_ADD_TOP_UP = insert(top_ups)
_TOP_UP = (
    select(top_ups, _reversal.c.id.is_not(None).label("undone"))
    .outerjoin(_reversal, _reversal.c.reverses == top_ups.c.id)
    .where(top_ups.c.id == bindparam("top_up_id"))
)
_BALANCE = select(total(postings.c.amount)).where(postings.c.account == bindparam("account_name"))


_MANY = 200


class SqlLedger:
    """Keeps the promises of pos.ports.LedgerRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def post(self, draft: Draft) -> Entry:
        """Number, chain and store an entry, and move the cached balances of wallets and lots it touches.

        Raises NotEnough, AlreadyUndone; StoreTrouble(BUSY) when another counter stored this very entry id
        meanwhile (asking again finds it).
        """
        original = "" if draft.reverses is None else self._still_standing(draft.reverses)
        move_balances(self._transaction, draft.postings)
        entry = self._seal(draft)
        self._insert([entry], original)
        self._till_moves_on(entry)
        return entry

    def post_all(self, drafts: Sequence[Draft], progress: Callable[[int, int], None]) -> None:
        # Every wallet before the till, as everywhere: no other counter waits for the till before it must.
        assert not any(draft.reverses for draft in drafts), "a reversal looks for what it reverses: post it alone"
        entries = len(drafts)
        move_many(
            self._transaction,
            (posting for draft in drafts for posting in draft.postings),
            lambda done, whole: progress(done * entries // whole, 2 * entries),
        )
        row = self._till()
        seq, head = row.seq, row.head
        for start in range(0, entries, _MANY):
            sealed: list[Entry] = []
            for draft in drafts[start : start + _MANY]:
                sealed.append(seal(draft, self._transaction.till, row.epoch, seq + 1, head))
                seq, head = sealed[-1].seq, sealed[-1].hash
            self._insert(sealed, "")
            self._till_moves_on(sealed[-1])
            progress(entries + start, 2 * entries)

    def entry(self, entry_id: str) -> Entry | None:
        return _entry(self._transaction.run(_ENTRY, {"entry_id": entry_id}).all())

    def last(self, till: str) -> Entry | None:
        """The till's newest entry. Its postings come with it: an entry without any would be none."""
        return _entry(self._transaction.run(_LAST, {"at_till": till}).all())

    def last_at(self, till: str) -> tuple[str, int] | None:
        row = self._transaction.ask(ask_last_at(till)).first()
        return None if row is None else (row[0], row[1])

    def is_reversed(self, entry_id: str) -> bool:
        return self._transaction.run(_REVERSED, {"entry_id": entry_id}).first() is not None

    def open_lots(self, member_id: str) -> tuple[Lot, ...]:
        # By place, and without the terms: they are for papers, and every meal asks this.
        rows = self._transaction.ask(ask_open_lots(member_id)).all()
        return tuple(
            Lot(lot_id, owner, principal, bonus, principal_left, bonus_left, SpendOrder(order))
            for lot_id, owner, principal, bonus, principal_left, bonus_left, order in rows
        )

    def add_lot(self, lot: Lot) -> None:
        self._transaction.run(_ADD_LOT, _lot_row(lot))
        self._transaction.run(_ADD_LOT_BALANCE, _empty_lot(lot))

    def add_lots(self, lots: Iterable[Lot]) -> None:
        every = tuple(lots)
        self._transaction.run_many(_ADD_LOT, map(_lot_row, every))
        self._transaction.run_many(_ADD_LOT_BALANCE, map(_empty_lot, every))

    def add_top_up(self, top_up: TopUp) -> None:
        row = {name: getattr(top_up, name) for name in top_ups.c.keys()}  # noqa: SIM118 columns iterate as columns
        row["business_date"] = top_up.business_date.isoformat()
        row["tender"] = top_up.tender.value
        row["identity_seen"] = int(top_up.identity_seen)
        self._transaction.run(_ADD_TOP_UP, row)

    def top_up(self, top_up_id: str) -> TopUp | None:
        row = self._transaction.run(_TOP_UP, {"top_up_id": top_up_id}).mappings().first()
        return None if row is None else read_top_up(row)

    def balance(self, account: str) -> Fen:
        found: int = self._transaction.run(_BALANCE, {"account_name": account}).scalar_one()
        return found

    def verify(self, scanned_head: str, progress: Callable[[int, int], None]) -> Verdict:
        """Re-derive every balance and every hash; ask a reading store, which sees one moment of the ledger."""
        return verify(self._transaction, scanned_head, progress)

    def _still_standing(self, entry_id: str) -> str:
        """The number of an entry that nobody reversed yet."""
        row = self._transaction.run(_STANDING, {"entry_id": entry_id}).first()
        assert row is not None, "what is reversed was posted"
        number = entry_number(row.till, row.epoch, row.seq)
        if row.reversed_by is not None:
            raise AlreadyUndone(number)
        return number

    def _seal(self, draft: Draft) -> Entry:
        row = self._till()
        return seal(draft, self._transaction.till, row.epoch, row.seq + 1, row.head)

    def _till(self) -> AnyRow:
        """The till's row, locked until the end of the transaction."""
        row = self._transaction.ask(ask_till(self._transaction.till)).first()
        assert row is not None, "a till is registered before it posts"
        return row

    def _till_moves_on(self, entry: Entry) -> None:
        moved = {"at_till": entry.till, "new_seq": entry.seq, "new_head": entry.hash, "at_ms": entry.draft.at_ms}
        self._transaction.send(_TILL_MOVES_ON, moved)

    def _insert(self, sealed: Sequence[Entry], original: str) -> None:
        self._transaction.send(_ADD_ENTRY, *map(_entry_row, sealed), broken=partial(_stored_already, original))
        self._transaction.send(
            _ADD_POSTING,
            *(
                {
                    "entry_id": entry.draft.id,
                    "line": line,
                    "account": posting.account,
                    "amount": posting.amount,
                    "member_id": posting.member_id,
                    "lot_id": posting.lot_id,
                    "business_date": entry.draft.business_date.isoformat(),
                }
                for entry in sealed
                for line, posting in enumerate(entry.draft.postings)
            ),
        )


def read_top_up(row: RowMapping) -> TopUp:
    """A top-up from its columns and `undone`."""
    facts: dict[str, Any] = {
        **row,
        "business_date": date.fromisoformat(row["business_date"]),
        "tender": Tender(row["tender"]),
        "identity_seen": bool(row["identity_seen"]),
        "undone": bool(row["undone"]),
    }
    return TopUp(**facts)


def ask_last_at(till: str) -> Question:
    return _LAST_AT, {"at_till": till}


def ask_open_lots(member_id: str) -> Question:
    return _OPEN_LOTS, {"owner": member_id}


def ask_till(till: str) -> Question:
    """Locks the till's row."""
    return _TILL, {"at_till": till}


def _stored_already(original: str, key: str) -> Exception | None:
    """What a broken key of the entries means; `original` is the number of the entry that was to be reversed."""
    if key in {"entries.reverses", "uq_entries_reverses"}:
        return AlreadyUndone(original)
    if key in {"entries.id", "pk_entries"}:
        return StoreTrouble(StoreFault.BUSY, "the entry is stored already", money_moved=None)
    return None


def _lot_row(lot: Lot) -> dict[str, Any]:
    return {
        "id": lot.id,
        "member_id": lot.member_id,
        "principal": lot.principal,
        "bonus": lot.bonus,
        "spend_order": lot.order.value,
        "terms": lot.terms,
        "root": lot.root,
        "filled_by": lot.filled_by,
    }


def _empty_lot(lot: Lot) -> dict[str, Any]:
    return {"lot_id": lot.id, "principal": 0, "bonus": 0}


def _entry_row(entry: Entry) -> dict[str, Any]:
    draft = entry.draft
    return {
        "id": draft.id,
        "till": entry.till,
        "epoch": entry.epoch,
        "seq": entry.seq,
        "kind": draft.kind.value,
        "business_date": draft.business_date.isoformat(),
        "at_ms": draft.at_ms,
        "shift_id": draft.shift_id,
        "staff_id": draft.staff_id,
        "reverses": draft.reverses,
        "prev_hash": entry.prev_hash,
        "hash": entry.hash,
    }


def _entry(rows: Sequence[AnyRow]) -> Entry | None:
    if not rows:
        return None
    first = rows[0]
    draft = Draft(
        first.id,
        EntryKind(first.kind),
        date.fromisoformat(first.business_date),
        first.at_ms,
        first.shift_id,
        first.staff_id,
        tuple(Posting(row.account, row.amount, row.member_id, row.lot_id) for row in rows),
        first.reverses,
    )
    return Entry(draft, first.till, first.epoch, first.seq, first.prev_hash, first.hash)
