"""What a top-up would do and how it is written: shared by one at the counter and by one that pays for many."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from pos.domain.accounts import (
    TOP_UP_TENDERS,
    Payer,
    TopUp,
    after_top_up,
    limit_of,
    top_up_postings,
)
from pos.domain.canteen import Canteen
from pos.domain.errors import (
    AboveLimit,
    BadAmount,
    BalanceAboveLimit,
    CashTooLittle,
    MemberUnknown,
    Refusal,
)
from pos.domain.ledger import Draft, EntryKind, Lot
from pos.domain.members import Member, Wallet, age_on
from pos.domain.money import Fen, yuan
from pos.domain.offers import BonusOffer, HowOften, bonus_for
from pos.domain.pricing import Tender
from pos.domain.sales import kept_reference
from pos.domain.shifts import Shift
from pos.domain.staff import Actor
from pos.ports import Store
from pos.services.diners import active


@dataclass(frozen=True, slots=True)
class TopUpOrder:
    """A wish to top up; amounts in fen. `top_up_id` is made when the form opens and kept for every retry.

    `payer` is whoever pays for the member; None: the member. `identity_seen`: a document was looked at.
    """

    top_up_id: str
    member_id: str
    tender: Tender
    amount: Fen
    given: Fen = 0
    reference: str = field(default="", repr=False)
    card_tail: str = ""
    payer: Payer | None = None
    identity_seen: bool = False
    batch_id: str = ""


@dataclass(frozen=True, slots=True)
class TopUpPlan:
    """What the store says about a wish: whose wallet as it is now, and the offer that it earns."""

    order: TopUpOrder
    canteen: Canteen
    member: Member
    wallet: Wallet
    offers: tuple[BonusOffer, ...]
    used: tuple[BonusOffer, ...]

    @property
    def offer(self) -> BonusOffer | None:
        """The offer that this payment earns."""
        return bonus_for(self.order.amount, self.offers)

    @property
    def bonus(self) -> Fen:
        """What comes on top, in fen."""
        return self.offer.bonus_on(self.order.amount) if self.offer else 0

    @property
    def limit(self) -> Fen:
        """What this card may hold, in fen."""
        return limit_of(self.canteen, self.member)

    @property
    def counts_after(self) -> Fen:
        """What would count towards the limit, in fen."""
        return after_top_up(self.canteen, self.wallet, self.order.amount, self.bonus)

    @property
    def wallet_after(self) -> Wallet:
        """The wallet with this money in it."""
        principal, bonus = self.wallet.principal + self.order.amount, self.wallet.bonus + self.bonus
        return replace(self.wallet, principal=principal, bonus=bonus)

    @property
    def refusal(self) -> Refusal | None:
        """Why it must not be booked: BadAmount, AboveLimit, BalanceAboveLimit or CashTooLittle; None when it may."""
        order = self.order
        if order.amount <= 0 or order.tender not in TOP_UP_TENDERS:
            return BadAmount(yuan(order.amount))
        if order.amount > self.canteen.top_up_limit:
            return AboveLimit(order.amount, self.canteen.top_up_limit)
        if self.counts_after > self.limit:
            return BalanceAboveLimit(self.counts_after, self.limit)
        if order.tender is Tender.CASH and order.given < order.amount:
            return CashTooLittle(order.amount, order.given)
        return None


def canteen_of(store: Store) -> Canteen:
    """The canteen, which was founded before anybody could ask for money."""
    canteen = store.canteen.get()
    assert canteen is not None, "money moves only in a founded canteen"
    return canteen


def plan(store: Store, order: TopUpOrder, day: date, wallet: Wallet | None) -> TopUpPlan:
    """Look a wish up; `wallet` was read (and locked) first. Raises MemberUnknown or MemberNotActive."""
    member = active(store.members.get(order.member_id, day))
    if wallet is None:
        raise MemberUnknown
    canteen = canteen_of(store)
    free, used = offers_for(store, canteen, member, day)
    return TopUpPlan(order, canteen, member, wallet, free, used)


def offers_for(
    store: Store, canteen: Canteen, member: Member, day: date
) -> tuple[tuple[BonusOffer, ...], tuple[BonusOffer, ...]]:
    """The offers of a day that this member may take, and those taken as often as they may be (E1: age on that day)."""
    age = None if member.birth_date is None else age_on(member.birth_date, day)
    free: list[BonusOffer] = []
    used: list[BonusOffer] = []
    for offer in canteen.offers:
        if offer.is_in_force(day) and offer.suits(age, member.categories):
            (used if _is_used(store, offer, member, day) else free).append(offer)
    return tuple(free), tuple(used)


def _is_used(store: Store, offer: BonusOffer, member: Member, day: date) -> bool:
    if offer.how_often is HowOften.ALWAYS:
        return False
    since = day.replace(day=1) if offer.how_often is HowOften.MONTHLY else date.min
    return store.accounts.took_offer(member.id, offer.id, since)


def book(store: Store, planned: TopUpPlan, shift: Shift, actor: Actor, now_ms: int) -> TopUp:
    """Write lot, entry and top-up. Whoever asks has refused what must be refused, and puts the paper out."""
    order, offer, after = planned.order, planned.offer, planned.wallet_after
    member, payer = planned.member, order.payer or Payer("")
    terms = offer.terms() if offer else ""
    lot = Lot(order.top_up_id, member.id, order.amount, planned.bonus, 0, 0, planned.canteen.spend_order, terms)
    store.ledger.add_lot(lot)
    postings = top_up_postings(lot.id, member.id, order.tender, shift.till, order.amount, planned.bonus)
    draft = Draft(
        lot.id, EntryKind.TOP_UP, shift.business_date, now_ms, shift.id, actor.staff_id, postings
    )
    entry = store.ledger.post(draft)
    top_up = TopUp(
        id=lot.id,
        number=entry.number,
        business_date=shift.business_date,
        at_ms=now_ms,
        till=shift.till,
        shift_id=shift.id,
        staff_id=actor.staff_id,
        staff_name=actor.name,
        member_id=member.id,
        member_name=member.name,
        card_tail=order.card_tail[-4:],
        tender=order.tender,
        principal=order.amount,
        bonus=planned.bonus,
        offer=offer.title if offer else "",
        given=order.given if order.tender is Tender.CASH else 0,
        reference=kept_reference(order.reference),
        principal_after=after.principal,
        bonus_after=after.bonus,
        offer_id=offer.id if offer else "",
        paid_by=payer.name,
        relation=payer.relation,
        identity_seen=order.identity_seen,
        batch_id=order.batch_id,
    )
    store.ledger.add_top_up(top_up)
    return top_up
