"""Accounts: money that goes onto a meal card, and the offers of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.ledger import BONUS, BONUS_EXPENSE, PRINCIPAL, Posting, clearing, drawer
from pos.domain.money import Fen
from pos.domain.pricing import Tender

TOP_UP_TENDERS = (Tender.CASH, Tender.WECHAT, Tender.ALIPAY)


@dataclass(frozen=True, slots=True)
class BonusOffer:
    """'Pay 200.00, get 20.00 on top': the largest threshold (fen) that a payment reaches gives its bonus (fen)."""

    id: str
    title: str
    pay: Fen
    bonus: Fen


def bonus_for(paid: Fen, offers: tuple[BonusOffer, ...]) -> BonusOffer | None:
    """The offer that a payment (fen) earns, or None. Once per payment, never added up."""
    earned = [offer for offer in offers if offer.pay <= paid]
    return max(earned, key=lambda offer: (offer.pay, offer.bonus), default=None)


@dataclass(frozen=True, slots=True)
class TopUp:
    """A committed top-up, as screen and slip show it; all amounts in fen. `id` is its entry's and its lot's id."""

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

    @property
    def change(self) -> Fen:
        """Cash to hand back, in fen."""
        return max(0, self.given - self.principal) if self.tender is Tender.CASH else 0

    @property
    def balance_after(self) -> Fen:
        """The wallet after this top-up, in fen."""
        return self.principal_after + self.bonus_after


def top_up_postings(
    top_up_id: str, member_id: str, tender: Tender, till: str, principal: Fen, bonus: Fen
) -> tuple[Posting, ...]:
    """Money in against what the canteen now owes the member; a bonus is the canteen's expense."""
    source = drawer(till) if tender is Tender.CASH else clearing(tender)
    postings = [Posting(source, principal), Posting(PRINCIPAL, -principal, member_id, top_up_id)]
    if bonus:
        postings += [Posting(BONUS_EXPENSE, bonus), Posting(BONUS, -bonus, member_id, top_up_id)]
    return tuple(postings)
