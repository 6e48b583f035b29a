"""Money out: what of each top-up goes back, what moves to another member, and how the amounts come about.

Only principal is ever paid back. The bonus that belongs to refunded principal is forfeited, in the proportion in which
both are left in the lot; what was eaten stays eaten, with every subsidy of those meals (domain.md 2.2, 2.3).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pos.domain.ledger import BONUS, BONUS_EXPENSE, PRINCIPAL, Lot, Posting
from pos.domain.money import Fen, round_half_up
from pos.domain.pricing import Tender

DAY_MS = 86_400_000
LONGEST_NOTE = 200


class RefundKind(StrEnum):
    """Why money goes out."""

    REFUND = "refund"
    CLOSING = "closing"
    HEIRS = "heirs"


@dataclass(frozen=True, slots=True)
class PaidLot:
    """A lot and how it was paid: the number and instant (UTC ms) of its entry, the tender, the offer's title.

    `gone_principal` and `gone_bonus` (fen) went back or to somebody else before; the rest of what is missing was eaten
    or is held. What was brought over from old books has no tender.
    """

    lot: Lot
    number: str = ""
    paid_ms: int = 0
    tender: Tender | None = None
    offer: str = ""
    gone_principal: Fen = 0
    gone_bonus: Fen = 0


@dataclass(frozen=True, slots=True)
class LotShare:
    """One lot's part of a refund, as the quote and the slip explain it; all amounts in fen.

    Of `paid` and `bonus` so much was eaten, so much gone before, so much is left; of what is left `amount` goes back
    and `forfeited` is given up. `free`: it was paid so few days ago that no reason is asked.
    """

    lot_id: str
    number: str
    paid_ms: int
    offer: str
    paid: Fen
    bonus: Fen
    eaten_principal: Fen
    eaten_bonus: Fen
    gone_principal: Fen
    gone_bonus: Fen
    left_principal: Fen
    left_bonus: Fen
    amount: Fen
    forfeited: Fen
    free: bool = False


@dataclass(frozen=True, slots=True)
class RefundQuote:
    """What a refund would pay, lot by lot, newest first; amounts in fen. Nothing is promised by it.

    `cash_allowed` says whether the balance is small enough for cash; `reason_needed` that some lot is no longer free.
    """

    member_id: str
    member_name: str
    shares: tuple[LotShare, ...]
    principal_after: Fen
    bonus_after: Fen
    held: Fen
    cash_allowed: bool

    @property
    def amount(self) -> Fen:
        """What would be paid, in fen."""
        return sum(share.amount for share in self.shares)

    @property
    def forfeited(self) -> Fen:
        """The bonus that would be given up, in fen."""
        return sum(share.forfeited for share in self.shares)

    @property
    def reason_needed(self) -> bool:
        """Whether some of it was paid too long ago to go back without a reason."""
        return any(share.amount and not share.free for share in self.shares)


@dataclass(frozen=True, slots=True)
class Refund:
    """A committed refund, as screen and slip show it; amounts in fen. `id` is its entry's id.

    Paid in cash, or to the account of `holder`, of which the last four characters stand in `account_tail`.
    """

    id: str
    number: str
    kind: RefundKind
    business_date: date
    at_ms: int
    till: str
    shift_id: str
    staff_id: str
    staff_name: str
    member_id: str
    member_name: str
    card_tail: str
    tender: Tender
    holder: str
    account_tail: str
    reason: str
    documents: str
    identity_seen: bool
    shares: tuple[LotShare, ...]
    principal_after: Fen
    bonus_after: Fen
    undone: bool = False
    undo_reason: str = ""

    @property
    def amount(self) -> Fen:
        """What was paid, in fen."""
        return sum(share.amount for share in self.shares)

    @property
    def forfeited(self) -> Fen:
        """The bonus that was given up, in fen."""
        return sum(share.forfeited for share in self.shares)


@dataclass(frozen=True, slots=True)
class MovedLot:
    """What one lot hands on to another member's new lot (fen); its terms go along."""

    lot_id: str
    new_lot_id: str
    number: str
    paid_ms: int
    offer: str
    principal: Fen
    bonus: Fen


@dataclass(frozen=True, slots=True)
class Transfer:
    """A committed transfer from one member to another; amounts in fen. `id` is its entry's id."""

    id: str
    number: str
    business_date: date
    at_ms: int
    till: str
    shift_id: str
    staff_id: str
    staff_name: str
    giver_id: str
    giver_name: str
    receiver_id: str
    receiver_name: str
    reason: str
    lots: tuple[MovedLot, ...]
    giver_principal_after: Fen
    giver_bonus_after: Fen
    receiver_principal_after: Fen
    receiver_bonus_after: Fen
    undone: bool = False
    undo_reason: str = ""

    @property
    def principal(self) -> Fen:
        """The principal that moved, in fen."""
        return sum(lot.principal for lot in self.lots)

    @property
    def bonus(self) -> Fen:
        """The bonus that moved, in fen."""
        return sum(lot.bonus for lot in self.lots)


def share_out(
    lots: Iterable[PaidLot], amount: Fen, now_ms: int, free_days: int, *, bonus_too: bool = False
) -> tuple[LotShare, ...]:
    """How an amount of principal (fen) is taken back out of lots, newest first: the money that may go back freely.

    `bonus_too` also gives up the bonus of lots whose principal is eaten, as at the end of an account. The caller has
    made sure that the lots hold the amount.
    """
    shares: list[LotShare] = []
    for one in sorted(lots, key=lambda one: one.paid_ms, reverse=True):
        taken = min(one.lot.principal_left, amount)
        amount -= taken
        if taken or (bonus_too and one.lot.bonus_left):
            shares.append(_share(one, taken, now_ms - one.paid_ms <= free_days * DAY_MS))
    assert amount == 0, "the lots of a wallet hold what its balance says"
    return tuple(shares)


def _share(one: PaidLot, taken: Fen, free: bool) -> LotShare:
    lot = one.lot
    return LotShare(
        lot.id,
        one.number,
        one.paid_ms,
        one.offer,
        lot.principal,
        lot.bonus,
        lot.principal - lot.principal_left - one.gone_principal,
        lot.bonus - lot.bonus_left - one.gone_bonus,
        one.gone_principal,
        one.gone_bonus,
        lot.principal_left,
        lot.bonus_left,
        taken,
        forfeited(lot, taken),
        free,
    )


def forfeited(lot: Lot, amount: Fen) -> Fen:
    """The bonus (fen) that belongs to an amount of a lot's principal (fen): what is left of it, in proportion."""
    if amount == lot.principal_left:
        return lot.bonus_left
    return round_half_up(lot.bonus_left * amount, lot.principal_left)


def refund_postings(member_id: str, source: str, shares: Iterable[LotShare]) -> tuple[Posting, ...]:
    """Principal out of the wallet against drawer or clearing; forfeited bonus back against its expense."""
    postings: list[Posting] = []
    paid = given_up = 0
    for share in shares:
        if share.amount:
            postings.append(Posting(PRINCIPAL, share.amount, member_id, share.lot_id))
        if share.forfeited:
            postings.append(Posting(BONUS, share.forfeited, member_id, share.lot_id))
        paid, given_up = paid + share.amount, given_up + share.forfeited
    postings += [Posting(source, -paid)] if paid else []
    postings += [Posting(BONUS_EXPENSE, -given_up)] if given_up else []
    return tuple(postings)


def carve(lot: Lot, taken: Fen) -> tuple[Fen, Fen]:
    """Principal and bonus (fen) that a part of what a lot has left consists of, in the proportion of what is left.

    In whatever order the lot is eaten: else principal could be handed on first and its bonus kept.
    """
    principal = round_half_up(taken * lot.principal_left, lot.principal_left + lot.bonus_left)
    return principal, taken - principal


def transfer_postings(giver_id: str, receiver_id: str, lots: Iterable[MovedLot]) -> tuple[Posting, ...]:
    """Each lot's part out of one wallet and into a new lot of the other."""
    postings: list[Posting] = []
    for lot in lots:
        for account, amount in ((PRINCIPAL, lot.principal), (BONUS, lot.bonus)):
            if amount:
                postings.append(Posting(account, amount, giver_id, lot.lot_id))
                postings.append(Posting(account, -amount, receiver_id, lot.new_lot_id))
    return tuple(postings)


def same_name(one: str, other: str) -> bool:
    """Whether an account's holder is the member: blanks, width and the kind of dot in a name do not matter."""
    return _bare(one) == _bare(other)


def _bare(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in plain if character.isalnum())


def account_tail(account: str) -> str:
    """What is kept of an account: its last four characters."""
    return "".join(unicodedata.normalize("NFKC", account).split())[-4:]
