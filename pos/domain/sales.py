"""Sales: what was eaten, who paid which part, and how a sale becomes postings."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from pos.domain.ledger import (
    CANTEEN_DISCOUNT,
    DELIVERY_FEES,
    PASSES,
    WAIVERS,
    LotUse,
    Posting,
    clearing,
    drawer,
    receivable,
    revenue,
    wallet_postings,
)
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import CANTEEN, DINER, PREPAID, WAIVER, Bill, Tender, Way

MOST_PORTIONS = 99
"""Portions of one dish in one sale; more is a slip of the finger."""

LONGEST_REFERENCE = 40
_SECRET_DIGITS = re.compile(r"\d(?:[\s-]*\d){15,}")


@dataclass(frozen=True, slots=True)
class Payment:
    """How the diner's own share was paid, in fen.

    By card: `principal` and `bonus` taken, and what the wallet held after. In cash: `given`, the change being
    given minus due. By a scanned code: `reference`, what the cashier noted of it (never a payment code).
    """

    tender: Tender
    principal: Fen = 0
    bonus: Fen = 0
    principal_after: Fen = 0
    bonus_after: Fen = 0
    given: Fen = 0
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Sale:
    """A committed sale, as screen, receipt and journal show it. `id` is its entry's id; `number` is on paper.

    `waits_again`, told by its undo: the reserved meal that was handed over waits once more, and its price is held.
    """

    id: str
    number: str
    business_date: date
    meal: Meal
    way: Way
    at_ms: int
    till: str
    shift_id: str
    staff_id: str
    staff_name: str
    member_id: str | None
    member_name: str
    card_tail: str
    bill: Bill
    payment: Payment
    undone: bool = False
    waits_again: bool = False

    @property
    def change(self) -> Fen:
        """Cash to hand back, in fen."""
        return max(0, self.payment.given - self.bill.due) if self.payment.tender is Tender.CASH else 0

    @property
    def balance_before(self) -> Fen:
        """The wallet before this sale, in fen."""
        return self.balance_after + self.payment.principal + self.payment.bonus

    @property
    def balance_after(self) -> Fen:
        """The wallet after this sale, in fen."""
        return self.payment.principal_after + self.payment.bonus_after


def sale_postings(bill: Bill, tender: Tender, till: str, member_id: str | None, uses: tuple[LotUse, ...]) -> tuple[Posting, ...]:
    """The postings of a sale: revenue by kind at list price, and fees, against everybody who pays a part of it."""
    debits: list[Posting] = [Posting(payer_account(line.payer), line.amount) for line in bill.helped]
    if tender is Tender.CARD:
        assert member_id is not None, "a card belongs to a member"
        debits.extend(wallet_postings(member_id, uses))
    elif bill.due:
        debits.append(Posting(drawer(till) if tender is Tender.CASH else clearing(tender), bill.due))
    by_kind: dict[str, Fen] = defaultdict(int)
    for item in bill.basket:
        by_kind[item.kind] += item.amount
    fees = (Posting(DELIVERY_FEES, -bill.fees),) if bill.fees else ()
    return (*debits, *(Posting(revenue(kind), -amount) for kind, amount in by_kind.items() if amount), *fees)


def kept_reference(text: str) -> str:
    """What may be kept of a note on a scanned payment: of 16 digits and more only the last four, 40 characters in all.

    A payment code (WeChat 18 digits, Alipay 16 to 24) is as good as cash for a minute, and an identity number
    that was scanned into the wrong place stays somebody's secret for ever.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    return without_secrets(plain)[:LONGEST_REFERENCE]


def without_secrets(text: str) -> str:
    """Words as they may be kept and printed: of 16 digits and more, an account's or a document's, only the last four."""
    return _SECRET_DIGITS.sub(_last_four, text.strip())


def _last_four(digits: re.Match[str]) -> str:
    return "".join(character for character in digits[0] if character.isdigit())[-4:]


_OWN_ACCOUNTS = {CANTEEN: CANTEEN_DISCOUNT, PREPAID: PASSES, WAIVER: WAIVERS}


def payer_account(payer: str) -> str:
    """The account that a payer's part is booked to: the canteen's own ones, else what that payer owes."""
    assert payer != DINER, "the diner's share is paid by a tender"
    return _OWN_ACCOUNTS.get(payer) or receivable(payer)
