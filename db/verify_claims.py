"""Compares each stamped claim with its hash and with the ledger, and each payment with its entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from sqlalchemy import bindparam, select, tuple_

from db import claim_sources
from db.claim_rows import stored_claim
from db.tables import claim_lines, claims, entries, payer_payments, postings
from db.transaction import AnyRow, Transaction
from pos.domain.claims import FIRST_CLAIM_FOLLOWS, Claim, claim_hash, read_line
from pos.domain.ledger import GENESIS, EntryKind, receivable
from pos.domain.money import Fen
from pos.domain.verify import Finding, Rule

_CLAIMS = select(claims).order_by(claims.c.seq)
_LINES = (
    select(claim_lines.c.entry_id, claim_lines.c.amount, claim_lines.c.content)
    .where(claim_lines.c.claim_id == bindparam("claim"))
    .order_by(claim_lines.c.line)
)
_HASH_AT = (
    select(entries.c.hash)
    .where(
        entries.c.till == bindparam("at_till"),
        tuple_(entries.c.epoch, entries.c.seq) <= tuple_(bindparam("epoch"), bindparam("seq")),
    )
    .order_by(entries.c.epoch.desc(), entries.c.seq.desc())
    .limit(1)
)
_PAID = (
    select(payer_payments, postings.c.amount.label("posted"), entries.c.kind)
    .outerjoin(entries, entries.c.id == payer_payments.c.id)
    .outerjoin(
        postings,
        (postings.c.entry_id == payer_payments.c.id)
        & (postings.c.account == receivable("") + payer_payments.c.payer),
    )
    .order_by(payer_payments.c.seq)
)


def verified_claims(transaction: Transaction) -> Iterator[Finding]:
    """Look at every claim, their chain, and every payment."""
    prev_hash = FIRST_CLAIM_FOLLOWS
    last: dict[str, Claim] = {}
    for seq, row in enumerate(transaction.run(_CLAIMS).all(), start=1):
        claim = stored_claim(row)
        if (claim.seq, claim.prev_hash) != (seq, prev_hash):
            found = f"{claim.seq} {claim.prev_hash}"
            yield Finding(Rule.CLAIM_UNCHANGED, claim.number, f"{seq} {prev_hash}", found)
        yield from contradictions(transaction, claim, last.get(claim.payer))
        last[claim.payer], prev_hash = claim, claim.hash
    yield from _payments(transaction.run(_PAID).all())


def contradictions(transaction: Transaction, claim: Claim, last: Claim | None) -> Iterator[Finding]:
    """Where one claim contradicts its hash, its lines or the ledger; `last` is the payer's claim before it."""
    rows = transaction.run(_LINES, {"claim": claim.id}).all()
    whole = claim_hash(claim, (row.content for row in rows))
    if whole != claim.hash:
        yield Finding(Rule.CLAIM_UNCHANGED, claim.number, claim.hash, whole)
    lines = [read_line(row.content) for row in rows]
    said = {row.entry_id: row.amount for row in rows}
    if said != {line.entry_id: line.amount for line in lines} or len(rows) != claim.lines:
        yield Finding(Rule.CLAIM_UNCHANGED, claim.number, str(claim.lines), str(len(rows)))
    if (found := sum(said.values())) != claim.total:
        yield Finding(Rule.CLAIM_IS_ITS_ENTRIES, claim.number, str(claim.total), str(found))
    for head in claim.heads:
        values = {"at_till": head.till, "epoch": head.epoch, "seq": head.seq}
        stands = transaction.run(_HASH_AT, values).scalar() or GENESIS
        if stands != head.hash:
            yield Finding(Rule.CLAIM_IS_ITS_ENTRIES, f"{claim.number} {head.number}", stands, head.hash)
    scopes = [claim_sources.of_month(claim.payer, claim.month)]
    if last is not None:
        scopes.append(claim_sources.late(claim.payer, last, [head.till for head in claim.heads]))
    seen = [claim_sources.until(scope, claim.heads) for scope in scopes]
    moved = dict(chain.from_iterable(claim_sources.movement(transaction, scope).items() for scope in seen))
    yield from _compared(claim, moved, said)


def _compared(claim: Claim, moved: dict[str, Fen], said: dict[str, Fen]) -> Iterator[Finding]:
    """Each line is what its entry moved; what no line holds cancels out (undone before anybody claimed it)."""
    for entry_id, amount in said.items():
        if moved.get(entry_id, 0) != amount:
            where = f"{claim.number} {entry_id}"
            yield Finding(Rule.CLAIM_IS_ITS_ENTRIES, where, str(moved.get(entry_id)), str(amount))
    left_out = sum(amount for entry_id, amount in moved.items() if entry_id not in said)
    if left_out:
        yield Finding(Rule.CLAIM_IS_ITS_ENTRIES, claim.number, str(claim.total + left_out), str(claim.total))


def _payments(rows: Sequence[AnyRow]) -> Iterator[Finding]:
    for row in rows:
        if (row.kind, row.posted) != (EntryKind.PAYER_PAID, -row.amount):
            expected = f"{row.kind} {row.posted}"
            yield Finding(Rule.PAYMENT_IS_ITS_ENTRY, row.number, expected, str(-row.amount))
