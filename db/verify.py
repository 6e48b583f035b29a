"""Re-derives the whole ledger: every number, hash, balance and sale, and names what contradicts itself.

Entries are streamed in the order of their chains, so memory stays small over years of them. Balances are summed
on the way: every posting is read for its hash anyway.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, select, tuple_

from db.tables import entries, lot_balances, lots, postings, tills, wallets
from db.transaction import AnyRow, Transaction
from db.verify_cards import cards_unlike_their_history, deposits
from db.verify_claims import verified_claims
from db.verify_holds import verified_holds
from db.verify_refunds import filled_by, verified_refunds
from db.verify_sales import compared_sales, sales_without_entry
from pos.domain.ledger import (
    BONUS,
    GENESIS,
    HELD,
    PRINCIPAL,
    WALLET_ACCOUNTS,
    Draft,
    EntryKind,
    Posting,
    entry_number,
    seal,
)
from pos.domain.money import Fen
from pos.domain.verify import Finding, Rule, Verdict

CHUNK = 1000
"""Entries read at a time."""

_place = tuple_(entries.c.till, entries.c.epoch, entries.c.seq)
_chunk = (
    select(entries)
    .where(_place > tuple_(bindparam("after_till"), bindparam("after_epoch"), bindparam("after_seq")))
    .order_by(entries.c.till, entries.c.epoch, entries.c.seq)
    .limit(bindparam("chunk"))
    .subquery("chunk")
)
_CHUNK = (
    select(
        _chunk,
        postings.c.line,
        postings.c.account,
        postings.c.amount,
        postings.c.member_id,
        postings.c.lot_id,
        postings.c.business_date.label("posted_date"),
    )
    .outerjoin(postings, postings.c.entry_id == _chunk.c.id)
    .order_by(_chunk.c.till, _chunk.c.epoch, _chunk.c.seq, postings.c.line)
)
_ENTRIES = select(func.count()).select_from(entries)
_TILLS = select(tills).order_by(tills.c.till)
_WALLETS = select(wallets)
_LOTS = select(
    lots, lot_balances.c.principal.label("principal_left"), lot_balances.c.bonus.label("bonus_left")
).outerjoin(lot_balances, lot_balances.c.lot_id == lots.c.id)

Balances = dict[str, dict[str, Fen]]


def verify(transaction: Transaction, scanned_head: str, progress: Callable[[int, int], None]) -> Verdict:
    """Look at everything. `scanned_head` is a hash from a shift-close paper, or empty.

    `progress` is told entries done and entries in all, after each chunk.
    """
    check = _Check(transaction)
    whole: int = transaction.run(_ENTRIES).scalar_one()
    for chunk in _chunks(transaction):
        check.chunk(chunk)
        progress(check.entries, whole)
    check.tills()
    check.balances()
    check.sales_without_entry()
    check.findings.extend(verified_claims(transaction))
    check.findings.extend(verified_refunds(transaction))
    check.findings.extend(verified_holds(transaction))
    check.cards()
    check.scanned(scanned_head)
    return Verdict(check.entries, check.wallets, tuple(check.findings), tuple(check.heads))


def _chunks(transaction: Transaction) -> Iterator[list[list[AnyRow]]]:
    after: tuple[str, int, int] = ("", 0, 0)
    while True:
        values = dict(zip(("after_till", "after_epoch", "after_seq"), after, strict=True))
        rows = transaction.run(_CHUNK, {**values, "chunk": CHUNK}).all()
        if not rows:
            return
        yield [list(group) for _id, group in groupby(rows, key=lambda row: row.id)]
        after = (rows[-1].till, rows[-1].epoch, rows[-1].seq)


class _Check:
    """One pass over the ledger: what was found, and the sums made on the way."""

    def __init__(self, transaction: Transaction) -> None:
        self.findings: list[Finding] = []
        self.heads: list[tuple[str, str]] = []
        self.entries = 0
        self.wallets = 0
        self._transaction = transaction
        self._filled_by = filled_by(transaction)
        self._hashes: set[str] = set()
        self._last: dict[str, AnyRow] = {}
        self._by_member: Balances = defaultdict(lambda: dict.fromkeys(WALLET_ACCOUNTS, 0))
        self._by_lot: Balances = defaultdict(lambda: dict.fromkeys(WALLET_ACCOUNTS, 0))
        self._filled: Balances = defaultdict(lambda: dict.fromkeys(WALLET_ACCOUNTS, 0))

    def chunk(self, chunk: Sequence[Sequence[AnyRow]]) -> None:
        """Check some entries, each given as one row a posting, in the order of their chains."""
        for rows in chunk:
            self.entries += 1
            lines = [row for row in rows if row.line is not None]
            self._chain(rows[0], lines)
            self._sum_up(rows[0], lines)
        self._sales([rows for rows in chunk if rows[0].kind == EntryKind.SALE])

    def tills(self) -> None:
        """Each till's row names its last entry."""
        for till in self._transaction.run(_TILLS):
            last = self._last.get(till.till)
            # After a restore the epoch has moved on and the sequence starts again; the chain goes on.
            seq = last.seq if last is not None and last.epoch == till.epoch else 0
            head = GENESIS if last is None else last.hash
            self._expect(Rule.HEAD_IS_LAST, till.till, (seq, head), (till.seq, till.head))
            self.heads.append((till.till, till.head))

    def balances(self) -> None:
        """Wallets and lots hold what their postings say, and a wallet what its lots hold."""
        rows = self._transaction.run(_WALLETS).all()
        self.wallets = len(rows)
        held = {row.member_id: {PRINCIPAL: row.principal, BONUS: row.bonus, HELD: row.held} for row in rows}
        self._compare(Rule.WALLET_IS_ITS_POSTINGS, self._by_member, held)
        left: Balances = {}
        in_lots: Balances = defaultdict(lambda: {PRINCIPAL: 0, BONUS: 0})
        for lot in self._transaction.run(_LOTS):
            left[lot.id] = {PRINCIPAL: lot.principal_left or 0, BONUS: lot.bonus_left or 0, HELD: 0}
            in_lots[lot.member_id][PRINCIPAL] += lot.principal_left or 0
            in_lots[lot.member_id][BONUS] += lot.bonus_left or 0
            filled = self._filled[lot.id]
            self._expect(
                Rule.LOT_IS_ITS_POSTINGS,
                lot.id,
                (filled[PRINCIPAL], filled[BONUS]),
                (lot.principal, lot.bonus),
            )
        self._compare(Rule.LOT_IS_ITS_POSTINGS, self._by_lot, left)
        without_held = {one: {PRINCIPAL: sums[PRINCIPAL], BONUS: sums[BONUS]} for one, sums in held.items()}
        self._compare(Rule.WALLET_IS_ITS_LOTS, in_lots, without_held)

    def sales_without_entry(self) -> None:
        """A sale that no entry paid for."""
        for number in sales_without_entry(self._transaction):
            self._expect(Rule.SALE_IS_ITS_ENTRY, number, "entry", "")

    def cards(self) -> None:
        """Cards are what their history made them, and the deposits in the ledger are theirs."""
        for where, expected, found in cards_unlike_their_history(self._transaction):
            self._expect(Rule.CARD_IS_ITS_HISTORY, where, expected, found)
        self._expect(Rule.DEPOSITS_ARE_THEIR_CARDS, "", *deposits(self._transaction))

    def scanned(self, head: str) -> None:
        """The head on a paper is the hash of one of the entries."""
        if head and head not in self._hashes and head != GENESIS:
            self._expect(Rule.SCANNED_HEAD_KNOWN, "", head, "")

    def _chain(self, entry: AnyRow, lines: Sequence[AnyRow]) -> None:
        where = entry_number(entry.till, entry.epoch, entry.seq)
        before = self._last.get(entry.till)
        follows = before.seq + 1 if before is not None and before.epoch == entry.epoch else 1
        self._expect(Rule.SEQUENCE_WITHOUT_GAPS, where, follows, entry.seq)
        self._expect(Rule.CHAIN_UNBROKEN, where, GENESIS if before is None else before.hash, entry.prev_hash)
        amount = sum(line.amount for line in lines)
        if amount != 0 or len(lines) < 2:
            self._find(Rule.ENTRY_SUMS_TO_ZERO, where, 0, f"{amount} ({len(lines)})")
        else:
            self._expect(Rule.CHAIN_UNBROKEN, where, _hash(entry, lines), entry.hash)
        self._last[entry.till] = entry
        self._hashes.add(entry.hash)

    def _sum_up(self, entry: AnyRow, lines: Sequence[AnyRow]) -> None:
        for line in lines:
            if line.account not in WALLET_ACCOUNTS:
                continue
            self._by_member[line.member_id][line.account] -= line.amount
            if line.account != HELD:
                self._by_lot[line.lot_id][line.account] -= line.amount
                if entry.id == self._filled_by.get(line.lot_id, line.lot_id):
                    self._filled[line.lot_id][line.account] -= line.amount

    def _sales(self, chunk: Sequence[Sequence[AnyRow]]) -> None:
        for where, expected, found in compared_sales(self._transaction, chunk):
            self._expect(Rule.SALE_IS_ITS_ENTRY, where, expected, found)

    def _compare(self, rule: Rule, expected: Mapping[str, Any], found: Mapping[str, Any]) -> None:
        # Whoever is on one side only may still agree: a wallet without postings holds nothing.
        for owner in sorted(expected.keys() | found.keys(), key=str):
            nothing = dict.fromkeys(expected.get(owner) or found[owner], 0)
            self._expect(rule, owner, dict(expected.get(owner, nothing)), dict(found.get(owner, nothing)))

    def _expect(self, rule: Rule, where: str, expected: Any, found: Any) -> None:
        if expected != found:
            self._find(rule, where, expected, found)

    def _find(self, rule: Rule, where: str, expected: Any, found: Any) -> None:
        self.findings.append(Finding(rule, where, str(expected), str(found)))


def _hash(entry: AnyRow, lines: Sequence[AnyRow]) -> str:
    """The hash this entry must have; empty where what is stored could not have come from a till."""
    try:
        draft = Draft(
            entry.id,
            EntryKind(entry.kind),
            date.fromisoformat(entry.business_date),
            entry.at_ms,
            entry.shift_id,
            entry.staff_id,
            tuple(Posting(line.account, line.amount, line.member_id, line.lot_id) for line in lines),
            entry.reverses,
        )
    except (AssertionError, ValueError):
        return ""
    # The date on a posting is a copy for reports: the hash covers the entry's.
    if any(line.posted_date != entry.business_date for line in lines):
        return ""
    return seal(draft, entry.till, entry.epoch, entry.seq, entry.prev_hash).hash
