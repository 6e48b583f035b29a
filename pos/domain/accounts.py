"""Accounts: money that goes onto a meal card, who paid it, and how much a card may hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID, uuid5

from pos.domain.canteen import ANONYMOUS, Canteen
from pos.domain.errors import Refusal
from pos.domain.ledger import BONUS, BONUS_EXPENSE, PRINCIPAL, Posting, clearing, drawer
from pos.domain.members import Member, Wallet
from pos.domain.money import Fen, share
from pos.domain.pricing import Tender

TOP_UP_TENDERS = (Tender.CASH, Tender.WECHAT, Tender.ALIPAY, Tender.BANK)


@dataclass(frozen=True, slots=True)
class Payer:
    """Who paid for somebody else: a child, a neighbour, a volunteer, a company; and what they are to the member."""

    name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class TopUp:
    """A committed top-up, as screen and slip show it; all amounts in fen. `id` is its entry's and its lot's id.

    `paid_by` and `relation` name whoever paid for the member, both empty where the member paid. `identity_seen` says
    that a document was looked at. `batch_id` is that of a payment for many, else empty.
    """

    id: str
    number: str
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
    principal: Fen
    bonus: Fen
    offer: str
    given: Fen
    reference: str
    principal_after: Fen
    bonus_after: Fen
    undone: bool = False
    offer_id: str = ""
    paid_by: str = ""
    relation: str = ""
    identity_seen: bool = False
    batch_id: str = ""

    @property
    def change(self) -> Fen:
        """Cash to hand back, in fen."""
        return max(0, self.given - self.principal) if self.tender is Tender.CASH else 0

    @property
    def balance_after(self) -> Fen:
        """The wallet after this top-up, in fen."""
        return self.principal_after + self.bonus_after


@dataclass(frozen=True, slots=True)
class Batch:
    """One payment for many members, in the order of the payer's list; there is at least one."""

    id: str
    top_ups: tuple[TopUp, ...]

    @property
    def payer(self) -> str:
        """Who paid."""
        return self.top_ups[0].paid_by

    @property
    def total(self) -> Fen:
        """What was paid for all, in fen."""
        return sum(top_up.principal for top_up in self.top_ups)

    @property
    def bonus(self) -> Fen:
        """What came on top for all, in fen."""
        return sum(top_up.bonus for top_up in self.top_ups)


class TopUpWarning(StrEnum):
    """What the cashier should know before the money is taken."""

    NEAR_LIMIT = "near_limit"
    IDENTITY = "identity"
    OFFER_USED = "offer_used"


@dataclass(frozen=True, slots=True)
class TopUpPreview:
    """What a top-up would do; amounts in fen. `refusal` says why it would be refused, None where it would not.

    `next_pay` is the smallest larger amount that earns more (0 where there is none), `next_bonus` what it earns.
    `room` is what the card may still take.
    """

    pays: Fen
    bonus: Fen
    offer: str
    balance_after: Fen
    limit: Fen
    room: Fen
    next_pay: Fen = 0
    next_bonus: Fen = 0
    warnings: tuple[TopUpWarning, ...] = ()
    refusal: Refusal | None = None

    @property
    def gets(self) -> Fen:
        """What the card gains, in fen."""
        return self.pays + self.bonus


def limit_of(canteen: Canteen, member: Member) -> Fen:
    """What this member's card may hold, in fen."""
    return canteen.anonymous_limit if ANONYMOUS in member.categories else canteen.balance_limit


def counted(canteen: Canteen, wallet: Wallet) -> Fen:
    """What of a wallet counts towards its limit, in fen; held money may be released again.

    Whether the law counts the bonus is not settled (domain.md 2.1): it does here, unless the canteen decides otherwise.
    """
    return wallet.principal + wallet.held + (0 if canteen.limit_principal_only else wallet.bonus)


def after_top_up(canteen: Canteen, wallet: Wallet, principal: Fen, bonus: Fen) -> Fen:
    """What would count towards the limit after a top-up, in fen."""
    return counted(canteen, wallet) + principal + (0 if canteen.limit_principal_only else bonus)


def is_near_limit(canteen: Canteen, balance: Fen, limit: Fen) -> bool:
    """Whether a balance (fen) has come so near its limit that the member should hear of it."""
    return balance > share(limit, canteen.warn_percent * 100)


def identity_asked(canteen: Canteen, member: Member, amount: Fen) -> bool:
    """Whether the rules ask to see a document: for every named card, or for 10,000 yuan onto one without a name."""
    return ANONYMOUS not in member.categories or amount >= canteen.identity_from


def batch_row_id(batch_id: str, row: int) -> str:
    """The id of a row's top-up: the same for the same batch and row, so that a second run adds nothing."""
    return str(uuid5(UUID(batch_id), str(row)))


def top_up_postings(
    top_up_id: str, member_id: str, tender: Tender, till: str, principal: Fen, bonus: Fen
) -> tuple[Posting, ...]:
    """Money in against what the canteen now owes the member; a bonus is the canteen's expense."""
    postings = [Posting(till_account(tender, till), principal), Posting(PRINCIPAL, -principal, member_id, top_up_id)]
    if bonus:
        postings += [Posting(BONUS_EXPENSE, bonus), Posting(BONUS, -bonus, member_id, top_up_id)]
    return tuple(postings)


def till_account(tender: Tender, till: str) -> str:
    """Where money that is paid in at a till comes to lie, and where money that is paid out is taken from."""
    return drawer(till) if tender is Tender.CASH else clearing(tender)
