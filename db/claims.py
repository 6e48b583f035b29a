"""Claims in the store: what no claim holds yet, what was stamped, and what the payers sent; append-only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import bindparam, exists, func, insert, select

from db import claim_sources
from db.claim_rows import row_of, stored_claim
from db.past import SqlPast
from db.tables import (
    claim_lines,
    claims,
    delivery_results,
    entries,
    payer_payments,
    postings,
    sales,
    shifts,
    tariffs,
    tills,
)
from db.transaction import AnyRow, AnySelect, Transaction, Turn
from db.verify_claims import contradictions
from pos.domain.claim_anomalies import Swipe
from pos.domain.claims import Claim, ClaimLine, Head, Month, Payment, read_line, write_line
from pos.domain.ledger import receivable
from pos.domain.money import Fen
from pos.domain.tariff import parse_tariff
from pos.domain.verify import Finding

_PREFIX = receivable("")
_PAST_EVERY_PAYER = _PREFIX[:-1] + chr(ord(_PREFIX[-1]) + 1)
_NEXT_ACCOUNT = select(func.min(postings.c.account)).where(
    postings.c.account > bindparam("after"), postings.c.account < bindparam("below")
)
_NEXT_DAY = (
    select(postings.c.business_date)
    .join(entries, entries.c.id == postings.c.entry_id)
    .join(sales, sales.c.id == func.coalesce(entries.c.reverses, entries.c.id))
    .where(postings.c.account == bindparam("account"), postings.c.business_date > bindparam("after"))
    .order_by(postings.c.business_date)
    .limit(1)
)
_HEADS = select(tills.c.till, tills.c.epoch, tills.c.seq, tills.c.head).order_by(tills.c.till)
_reversal = entries.alias("reversal")
_SWIPES = (
    select(sales.c.number, sales.c.member_id, sales.c.member_name, sales.c.at_ms, sales.c.till)
    .where(
        sales.c.till.in_(select(tills.c.till)),  # lets the index by till and date serve
        sales.c.business_date >= bindparam("first"),
        sales.c.business_date <= bindparam("last"),
        sales.c.member_id.is_not(None),
        ~exists().where(_reversal.c.reverses == sales.c.id),
        ~exists().where(delivery_results.c.id == sales.c.id),  # noted from a sheet, one after the other
    )
    .order_by(sales.c.seq)
)
_OPEN_SHIFT = (
    select(shifts.c.till, shifts.c.business_date)
    .where(shifts.c.closed_ms.is_(None), shifts.c.business_date <= bindparam("until"))
    .order_by(shifts.c.business_date, shifts.c.till)
    .limit(1)
)
_TARIFFS = select(tariffs.c.document)
_CLAIMS = select(claims).order_by(claims.c.seq)
_LINES = (
    select(claim_lines.c.content)
    .where(claim_lines.c.claim_id == bindparam("claim"))
    .order_by(claim_lines.c.line)
)
_ADD = insert(claims)
_ADD_LINE = insert(claim_lines)
_ADD_PAYMENT = insert(payer_payments).inline()
_PAYMENTS: AnySelect = select(
    payer_payments.c.id,
    payer_payments.c.number,
    payer_payments.c.payer,
    payer_payments.c.amount,
    payer_payments.c.received_on,
    payer_payments.c.reference,
    payer_payments.c.staff_name,
    payer_payments.c.at_ms,
    exists().where(_reversal.c.reverses == payer_payments.c.id).label("undone"),
).order_by(payer_payments.c.seq)


class SqlClaims:
    """Keeps the promises of pos.ports.ClaimRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def in_turn(self) -> None:
        self._transaction.take(Turn.CLAIMS)

    def payers(self) -> tuple[str, ...]:
        # From one account to the next along the index: a sum over years of postings would read them all.
        found: list[str] = []
        account: str | None = _PREFIX
        while account is not None:
            values = {"after": account, "below": _PAST_EVERY_PAYER}
            account = self._transaction.run(_NEXT_ACCOUNT, values).scalar()
            if account is not None:
                found.append(account.removeprefix(_PREFIX))
        found.extend(payer for payer in self._reporting() if payer not in found and self.months(payer))
        return tuple(sorted(found))

    def months(self, payer: str) -> tuple[Month, ...]:
        found: list[Month] = []
        after = ""
        while True:
            values = {"account": receivable(payer), "after": after}
            day: str | None = self._transaction.run(_NEXT_DAY, values).scalar()
            if day is None:
                break
            found.append(Month.of(date.fromisoformat(day)))
            after = found[-1].last.isoformat()
        since = self._reporting().get(payer)
        if since is not None:
            sold = (month for month in SqlPast(self._transaction).months() if month.last >= since and month not in found)
            found.extend([month for month in sold if claim_sources.reports(self._transaction, payer, month)])
        return tuple(sorted(found))

    def heads(self) -> tuple[Head, ...]:
        return tuple(Head(*row) for row in self._transaction.run(_HEADS))

    def unclaimed(self, payer: str, month: Month, last: Claim | None) -> tuple[tuple[ClaimLine, ...], Fen]:
        scopes = [claim_sources.of_month(payer, month)]
        tills_now = [head.till for head in self.heads()]
        if last is not None:
            scopes.append(claim_sources.late(payer, last, tills_now))
        moved = sum(sum(claim_sources.movement(self._transaction, scope).values()) for scope in scopes)
        found = [line for scope in scopes for line in claim_sources.lines(self._transaction, payer, scope)]
        found.extend(claim_sources.reported(self._transaction, payer, month, last, tills_now))
        return tuple(found), moved

    def swipes(self, first: date, last: date) -> tuple[Swipe, ...]:
        values = {"first": first.isoformat(), "last": last.isoformat()}
        return tuple(Swipe(*row) for row in self._transaction.run(_SWIPES, values))

    def open_shift(self, until: date) -> tuple[str, date] | None:
        row = self._transaction.run(_OPEN_SHIFT, {"until": until.isoformat()}).first()
        return None if row is None else (row.till, date.fromisoformat(row.business_date))

    def stamped(self, payer: str = "") -> tuple[Claim, ...]:
        statement = _CLAIMS.where(claims.c.payer == payer) if payer else _CLAIMS
        return tuple(stored_claim(row) for row in self._transaction.run(statement))

    def get(self, claim_id: str) -> Claim | None:
        row = self._transaction.run(_CLAIMS.where(claims.c.id == claim_id)).first()
        return None if row is None else stored_claim(row)

    def lines(self, claim_id: str) -> tuple[ClaimLine, ...]:
        return tuple(read_line(text) for text in self._written(claim_id))

    def add(self, claim: Claim, lines: Sequence[ClaimLine]) -> None:
        self._transaction.run(_ADD, row_of(claim))
        self._transaction.run_many(
            _ADD_LINE,
            (
                {
                    "claim_id": claim.id,
                    "line": number,
                    "payer": claim.payer,
                    "entry_id": line.entry_id,
                    "amount": line.amount,
                    "content": write_line(line),
                }
                for number, line in enumerate(lines, start=1)
            ),
        )

    def contradictions(self, claim_id: str) -> tuple[Finding, ...]:
        claim = self.get(claim_id)
        assert claim is not None, "a claim is never deleted"
        before = [one for one in self.stamped(claim.payer) if one.seq < claim.seq]
        return tuple(contradictions(self._transaction, claim, before[-1] if before else None))

    def add_payment(self, payment: Payment) -> None:
        row = {
            "id": payment.id,
            "number": payment.number,
            "payer": payment.payer,
            "amount": payment.amount,
            "received_on": payment.received_on.isoformat(),
            "reference": payment.reference,
            "staff_name": payment.staff_name,
            "at_ms": payment.at_ms,
        }
        self._transaction.run(_ADD_PAYMENT, row)

    def payments(self, payer: str = "") -> tuple[Payment, ...]:
        statement = _PAYMENTS.where(payer_payments.c.payer == payer) if payer else _PAYMENTS
        return tuple(_payment(row) for row in self._transaction.run(statement))

    def payment(self, payment_id: str) -> Payment | None:
        row = self._transaction.run(_PAYMENTS.where(payer_payments.c.id == payment_id)).first()
        return None if row is None else _payment(row)

    def _reporting(self) -> dict[str, date]:
        """Who may owe something that moves no account, for serving or bringing meals, and from which day."""
        found: dict[str, date] = {}
        for text in self._transaction.run(_TARIFFS).scalars():
            tariff = parse_tariff(text)
            for payer in tariff.reporting:
                found[payer] = min(tariff.valid_from, found.get(payer, tariff.valid_from))
        return found

    def _written(self, claim_id: str) -> Iterator[str]:
        yield from self._transaction.run(_LINES, {"claim": claim_id}).scalars()


def _payment(row: AnyRow) -> Payment:
    return Payment(
        row.id,
        row.number,
        row.payer,
        row.amount,
        date.fromisoformat(row.received_on),
        row.reference,
        row.staff_name,
        row.at_ms,
        bool(row.undone),
    )
