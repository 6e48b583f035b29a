"""The ledger: entries of postings that sum to zero, lots that are spent in order, and the chain of hashes.

A positive posting is a debit, a negative one a credit, as in any double-entry book: cash in the drawer is
positive, what the canteen owes its members is negative.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pos.domain.money import Fen, round_half_up

GENESIS = "0" * 64
"""The hash that a till's first entry follows."""


class EntryKind(StrEnum):
    """What happened."""

    SALE = "sale"
    TOP_UP = "top_up"
    REVERSAL = "reversal"
    FLOAT = "float"
    COUNT = "count"
    PAYER_PAID = "payer_paid"
    DEPOSIT = "deposit"
    OPENING = "opening"
    REFUND = "refund"
    TRANSFER = "transfer"
    HOLD = "hold"
    RELEASE = "release"


PRINCIPAL = "principal"
BONUS = "bonus"
HELD = "held"
WALLET_ACCOUNTS = (PRINCIPAL, BONUS, HELD)
"""Accounts that belong to a member: what the canteen owes."""

BONUS_EXPENSE = "bonus_expense"
CANTEEN_DISCOUNT = "canteen_discount"
PASSES = "passes"
WAIVERS = "waivers"
DELIVERY_FEES = "delivery_fees"
CASH_DIFFERENCE = "cash_difference"
SAFE = "safe"
CARD_DEPOSIT = "card_deposit"
"""What members left with the canteen for the plastic; not a part of their wallets."""
OPENING = "opening"
"""What members had in the books before these: the other side of their opening balances."""


def drawer(till: str) -> str:
    """The cash in a till's drawer."""
    return f"drawer:{till}"


def clearing(tender: str) -> str:
    """Money on its way to the canteen's account: wechat, alipay, bank."""
    return f"clearing:{tender}"


def receivable(payer: str) -> str:
    """What a payer of subsidies owes the canteen."""
    return f"receivable:{payer}"


def revenue(kind: str) -> str:
    """What was sold, by kind of dish, at list price."""
    return f"revenue:{kind}"


@dataclass(frozen=True, slots=True)
class Posting:
    """One amount (fen, debit positive) on one account; of a member and a lot where it is a wallet's."""

    account: str
    amount: Fen
    member_id: str | None = None
    lot_id: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before the ledger numbers it. `id` is made by whoever asks: it is the idempotency key."""

    id: str
    kind: EntryKind
    business_date: date
    at_ms: int
    shift_id: str
    staff_id: str
    postings: tuple[Posting, ...]
    reverses: str | None = None

    def __post_init__(self) -> None:
        """Refuse an entry that creates or destroys money; that is a bug, whoever asked."""
        assert len(self.postings) >= 2, "an entry has two postings or more"
        assert sum(posting.amount for posting in self.postings) == 0, "the postings of an entry sum to zero"
        assert all(
            (posting.account in WALLET_ACCOUNTS) == (posting.member_id is not None) for posting in self.postings
        ), "wallet postings name their member, others do not"


@dataclass(frozen=True, slots=True)
class Entry:
    """A numbered entry: `seq` has no gaps within a till and an epoch, `hash` covers it and `prev_hash`."""

    draft: Draft
    till: str
    epoch: int
    seq: int
    prev_hash: str
    hash: str

    @property
    def number(self) -> str:
        """The number on paper: till, epoch, sequence."""
        return entry_number(self.till, self.epoch, self.seq)


def entry_number(till: str, epoch: int, seq: int) -> str:
    """'A-1-000042': unique for ever, also after a backup was restored (the epoch moves on)."""
    return f"{till}-{epoch}-{seq:06d}"


def seal(draft: Draft, till: str, epoch: int, seq: int, prev_hash: str) -> Entry:
    """Number an entry and chain it to the till's previous one by SHA-256."""
    body = json.dumps(
        [
            draft.id,
            draft.kind,
            draft.business_date.isoformat(),
            draft.at_ms,
            till,
            epoch,
            seq,
            draft.shift_id,
            draft.staff_id,
            draft.reverses,
            [[p.account, p.amount, p.member_id, p.lot_id] for p in draft.postings],
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )
    digest = hashlib.sha256(f"{prev_hash}\n{body}".encode()).hexdigest()
    return Entry(draft, till, epoch, seq, prev_hash, digest)


class SpendOrder(StrEnum):
    """Which part of a lot is eaten first; stamped on the lot when it is made (domain.md 2.3)."""

    PRO_RATA = "pro_rata"
    PRINCIPAL_FIRST = "principal_first"
    BONUS_FIRST = "bonus_first"


@dataclass(frozen=True, slots=True)
class Lot:
    """One top-up: what was paid and given (fen), and what is left of both (fen).

    `order` and `terms` were in force when it was paid in, and stay whatever is decided later. A lot that another
    member handed on names the lot of the top-up it comes from as `root`, and the entry that filled it as `filled_by`;
    a top-up's own lot has neither: it is its own root, and filled by the entry of its id.
    """

    id: str
    member_id: str
    principal: Fen
    bonus: Fen
    principal_left: Fen
    bonus_left: Fen
    order: SpendOrder = SpendOrder.PRO_RATA
    terms: str = ""
    root: str | None = None
    filled_by: str | None = None


@dataclass(frozen=True, slots=True)
class LotUse:
    """What one payment takes out of one lot, in fen."""

    lot_id: str
    principal: Fen
    bonus: Fen


def spend(lots: Sequence[Lot], amount: Fen) -> tuple[LotUse, ...]:
    """Take an amount out of lots, first in first out; inside a lot in the order that is stamped on it.

    Pro rata the principal spent so far is always round(spent * principal / whole lot), so the rounding of single
    meals never drifts: 22 meals of 10.00 on 200 + 20 take exactly 200.00 and 20.00 (domain.md 2.3).
    The caller has made sure that the lots hold the amount.
    """
    uses: list[LotUse] = []
    for lot in lots:
        if amount == 0:
            break
        left = lot.principal_left + lot.bonus_left
        taken = min(left, amount)
        if taken:
            uses.append(_take(lot, taken))
            amount -= taken
    assert amount == 0, "the lots of a wallet hold what its balance says"
    return tuple(uses)


def remaining(lots: Iterable[Lot], uses: Iterable[LotUse]) -> tuple[Lot, ...]:
    """The lots after these uses; what is used up is left out."""
    used = {use.lot_id: use for use in uses}
    after = (_without(lot, used[lot.id]) if lot.id in used else lot for lot in lots)
    return tuple(lot for lot in after if lot.principal_left or lot.bonus_left)


def _without(lot: Lot, use: LotUse) -> Lot:
    return replace(lot, principal_left=lot.principal_left - use.principal, bonus_left=lot.bonus_left - use.bonus)


def _take(lot: Lot, taken: Fen) -> LotUse:
    if lot.order is not SpendOrder.PRO_RATA:
        first = lot.principal_left if lot.order is SpendOrder.PRINCIPAL_FIRST else lot.bonus_left
        first, second = min(first, taken), max(taken - first, 0)
        return LotUse(lot.id, first, second) if lot.order is SpendOrder.PRINCIPAL_FIRST else LotUse(lot.id, second, first)
    whole = lot.principal + lot.bonus
    spent = whole - lot.principal_left - lot.bonus_left + taken
    principal_after = lot.principal - round_half_up(spent * lot.principal, whole)
    # Undone meals may leave a lot some fen away from its even share: the next one goes back towards it, and
    # takes nothing below zero. Neither part is ever overdrawn: the even share of both lies within the lot.
    principal = min(max(lot.principal_left - principal_after, 0), taken)
    return LotUse(lot.id, principal, taken - principal)


def wallet_postings(member_id: str, uses: Iterable[LotUse]) -> tuple[Posting, ...]:
    """The debits that take these uses out of a member's wallet."""
    postings: list[Posting] = []
    for use in uses:
        if use.principal:
            postings.append(Posting(PRINCIPAL, use.principal, member_id, use.lot_id))
        if use.bonus:
            postings.append(Posting(BONUS, use.bonus, member_id, use.lot_id))
    return tuple(postings)


def reversed_postings(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """The same postings the other way round: what a reversing entry posts."""
    return tuple(Posting(p.account, -p.amount, p.member_id, p.lot_id) for p in postings)
