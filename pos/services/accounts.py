"""Top-ups: money onto a meal card, with the offer of the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.accounts import TOP_UP_TENDERS, BonusOffer, TopUp, bonus_for, top_up_postings
from pos.domain.canteen import Canteen
from pos.domain.errors import (
    AboveLimit,
    AlreadyUndone,
    BadAmount,
    BalanceAboveLimit,
    CashTooLittle,
    MemberNotActive,
    MemberUnknown,
    NothingToUndo,
)
from pos.domain.ledger import Draft, EntryKind, Lot, reversed_postings
from pos.domain.members import Member, MemberStatus, Wallet
from pos.domain.money import Fen, yuan
from pos.domain.paper import SlipKind
from pos.domain.pricing import Tender
from pos.domain.sales import kept_reference
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.shifts import open_shift


@dataclass(frozen=True, slots=True)
class TopUpOrder:
    """A wish to top up; amounts in fen. `top_up_id` is made when the form opens and kept for every retry."""

    top_up_id: str
    member_id: str
    tender: Tender
    amount: Fen
    given: Fen = 0
    reference: str = field(default="", repr=False)
    card_tail: str = ""


class TopUps:
    """Money in."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Top up at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def offers(self) -> tuple[BonusOffer, ...]:
        """The bonus offers of today."""
        with self._stores.read() as store:
            return _canteen(store).offers

    def top_up(self, actor: Actor, order: TopUpOrder) -> TopUp:
        """Put money on a card: one transaction, once however often it is asked for with the same id.

        Raises BadAmount, AboveLimit, BalanceAboveLimit, CashTooLittle, MemberUnknown, MemberNotActive, NoShift,
        ShiftTooOld, ClockWentBack or NotPermitted; then no money moved.
        """
        actor.must(Permission.TOP_UP)
        with self._stores.write() as store:
            if stored := store.ledger.top_up(order.top_up_id):
                return stored
            shift = open_shift(store, self._clock, self._till, actor)
            canteen = _canteen(store)
            member, wallet = _member(store, order.member_id)
            offer = bonus_for(order.amount, canteen.offers)
            bonus = offer.bonus if offer else 0
            _check(order, canteen, wallet, bonus)
            now_ms = self._clock.now_ms()
            store.ledger.add_lot(Lot(order.top_up_id, member.id, order.amount, bonus, 0, 0))
            postings = top_up_postings(
                order.top_up_id, member.id, order.tender, self._till, order.amount, bonus
            )
            entry = store.ledger.post(
                Draft(
                    order.top_up_id,
                    EntryKind.TOP_UP,
                    shift.business_date,
                    now_ms,
                    shift.id,
                    actor.staff_id,
                    postings,
                )
            )
            top_up = TopUp(
                id=order.top_up_id,
                number=entry.number,
                business_date=shift.business_date,
                at_ms=now_ms,
                till=self._till,
                shift_id=shift.id,
                staff_id=actor.staff_id,
                staff_name=actor.name,
                member_id=member.id,
                member_name=member.name,
                card_tail=order.card_tail[-4:],
                tender=order.tender,
                principal=order.amount,
                bonus=bonus,
                offer=offer.title if offer else "",
                given=order.given if order.tender is Tender.CASH else 0,
                reference=kept_reference(order.reference),
                principal_after=wallet.principal + order.amount,
                bonus_after=wallet.bonus + bonus,
            )
            store.ledger.add_top_up(top_up)
            store.paper.add(self._till, SlipKind.TOP_UP, top_up.id, now_ms, kick=order.tender is Tender.CASH)
            return top_up

    def undo(self, actor: Actor, undo_id: str, top_up_id: str) -> TopUp:
        """Reverse a top-up of the open shift, once, as long as its money was not spent; asked again with the same
        `undo_id` it gives the same answer.

        Raises NothingToUndo, AlreadyUndone, NotEnough when it was spent, NoShift, ShiftTooOld, ClockWentBack or
        NotPermitted.
        """
        actor.must(Permission.UNDO)
        with self._stores.write() as store:
            top_up = store.ledger.top_up(top_up_id)
            if top_up and (asked_before := store.ledger.entry(undo_id)):
                assert asked_before.draft.reverses == top_up_id, "an undo id belongs to one top-up"
                return top_up
            shift = open_shift(store, self._clock, self._till, actor)
            if top_up is None or top_up.shift_id != shift.id:
                raise NothingToUndo
            if top_up.undone:
                raise AlreadyUndone(top_up.number)
            entry = store.ledger.entry(top_up_id)
            assert entry is not None, "a top-up has its entry"
            now_ms = self._clock.now_ms()
            store.ledger.post(
                Draft(
                    undo_id,
                    EntryKind.REVERSAL,
                    shift.business_date,
                    now_ms,
                    shift.id,
                    actor.staff_id,
                    reversed_postings(entry.draft.postings),
                    reverses=top_up_id,
                )
            )
            store.paper.add(self._till, SlipKind.UNDO, top_up_id, now_ms, kick=top_up.tender is Tender.CASH)
            undone = store.ledger.top_up(top_up_id)
            assert undone is not None, "a top-up is never deleted"
            return undone


def _canteen(store: Store) -> Canteen:
    canteen = store.canteen.get()
    assert canteen is not None, "a till tops up only in a founded canteen"
    return canteen


def _member(store: Store, member_id: str) -> tuple[Member, Wallet]:
    member, wallet = store.members.get(member_id), store.members.wallet(member_id)
    if member is None or wallet is None:
        raise MemberUnknown
    if member.status is not MemberStatus.ACTIVE:
        raise MemberNotActive(member.name, member.status)
    return member, wallet


def _check(order: TopUpOrder, canteen: Canteen, wallet: Wallet, bonus: Fen) -> None:
    if order.amount <= 0 or order.tender not in TOP_UP_TENDERS:
        raise BadAmount(yuan(order.amount))
    if order.amount > canteen.top_up_limit:
        raise AboveLimit(order.amount, canteen.top_up_limit)
    after = wallet.spendable + wallet.held + order.amount + bonus
    if after > canteen.balance_limit:
        raise BalanceAboveLimit(after, canteen.balance_limit)
    if order.tender is Tender.CASH and order.given < order.amount:
        raise CashTooLittle(order.amount, order.given)
