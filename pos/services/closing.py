"""Closing an account: all principal back, the card returned, the member left; or the money to the heirs of a member."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_OID, uuid5

from pos.domain.absences import Absence
from pos.domain.account_errors import (
    DocumentsMissing,
    HeirMissing,
    MoneyHeld,
    NotDeceased,
    OnlyToHeirs,
    ReasonMissing,
)
from pos.domain.card_life import CardEvent
from pos.domain.members import Card, Member, MemberStatus, Wallet
from pos.domain.money import Fen
from pos.domain.paper import SlipKind
from pos.domain.pricing import Tender
from pos.domain.refunds import Refund, RefundKind, RefundQuote
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.cards import Cards
from pos.services.refunds import RefundOrder, owner, quoted, require_way, write_refund
from pos.services.shifts import open_shift
from pos.services.standing import save_absence
from pos.services.topping_up import canteen_of


@dataclass(frozen=True, slots=True)
class ClosingQuote:
    """What closing would pay: the principal lot by lot, every bonus given up, and the deposit (fen) of the card."""

    refund: RefundQuote
    card: Card | None
    deposit: Fen


@dataclass(frozen=True, slots=True)
class Closed:
    """What closing did: `refund` is None where there was no money, `card` where no card came back."""

    refund: Refund | None
    card: CardEvent | None


class Closing:
    """The end of an account. `refund_id` of the order is the id of the whole: asked again, it gives the same answer."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Close accounts at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till
        self._cards = Cards(stores, clock, till)

    def quote(self, member_id: str) -> ClosingQuote:
        """What closing would pay; nothing is written. Raises MemberUnknown."""
        with self._stores.read() as store:
            member, wallet = owner(store, member_id, self._clock.local().date())
            card = store.members.card_of(member_id)
            refund = quoted(store, member, wallet, None, self._clock.now_ms(), all_bonus=True)
            return ClosingQuote(refund, card, store.cards.deposit_on(card.uid) if card else 0)

    def close(
        self, actor: Actor, order: RefundOrder, *, card_returned: bool = True, deposit_by: Tender = Tender.CASH
    ) -> Closed:
        """Pay all principal back, take the card in, and note that the member has left: one transaction.

        What the order says of amounts does not matter. Raises MoneyHeld, OnlyToHeirs, CashNotAllowed, NotSameName,
        AccountMissing, ReasonMissing, BadAmount, BadName, MemberUnknown, NoShift, ShiftTooOld, ClockWentBack or
        NotPermitted; then nothing was closed.
        """
        actor.must(Permission.REFUND)
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            member, wallet = owner(store, order.member_id, self._clock.local().date())
            if done := _done(store, order):
                return done
            if member.status is MemberStatus.DECEASED:
                raise OnlyToHeirs(member.name)
            require_way(canteen_of(store), member, wallet, order)
            refund = self._pay(store, actor, order, member, wallet, RefundKind.CLOSING)
            card = self._take_card(store, actor, order, member, deposit_by) if card_returned else None
            today = self._clock.local().date()
            if member.status is not MemberStatus.LEFT:
                left = Absence(order.refund_id, MemberStatus.LEFT, today)
                save_absence(store, actor, member.id, left, self._clock.now_ms())
            return Closed(refund, card)

    def to_heirs(
        self, actor: Actor, order: RefundOrder, *, card_returned: bool = False, deposit_by: Tender = Tender.CASH
    ) -> Closed:
        """Pay all principal of a deceased member to the heir who is the order's `holder`, whose documents are noted.

        Raises MoneyHeld, NotDeceased, HeirMissing, DocumentsMissing, CashNotAllowed, AccountMissing, BadAmount, BadName,
        MemberUnknown, NoShift, ShiftTooOld, ClockWentBack or NotPermitted; then nothing was paid.
        """
        actor.must(Permission.REFUND)
        actor.must(Permission.CARDS)
        with self._stores.write() as store:
            member, wallet = owner(store, order.member_id, self._clock.local().date())
            if done := _done(store, order):
                return done
            if member.status is not MemberStatus.DECEASED:
                raise NotDeceased(member.name)
            if not order.holder.strip():
                raise HeirMissing
            if not order.documents.strip():
                raise DocumentsMissing
            require_way(canteen_of(store), member, wallet, order, holder=order.holder)
            refund = self._pay(store, actor, order, member, wallet, RefundKind.HEIRS)
            card = self._take_card(store, actor, order, member, deposit_by) if card_returned else None
            return Closed(refund, card)

    def _pay(
        self, store: Store, actor: Actor, order: RefundOrder, member: Member, wallet: Wallet, kind: RefundKind
    ) -> Refund | None:
        if wallet.held:
            raise MoneyHeld(wallet.held)
        shift = open_shift(store, self._clock, self._till, actor)
        now_ms = self._clock.now_ms()
        quote = quoted(store, member, wallet, None, now_ms, all_bonus=True)
        if quote.reason_needed and kind is RefundKind.CLOSING and not order.reason.strip():
            raise ReasonMissing
        if not quote.shares:
            return None
        refund = write_refund(store, actor, shift, order, quote, kind, now_ms)
        kick = refund.tender is Tender.CASH and refund.amount > 0
        store.paper.add(self._till, SlipKind.REFUND, refund.id, now_ms, kick=kick)
        return refund

    def _take_card(
        self, store: Store, actor: Actor, order: RefundOrder, member: Member, tender: Tender
    ) -> CardEvent | None:
        card = store.members.card_of(member.id)
        if card is None:
            return None
        return self._cards.take_in(store, actor, card_event_id(order.refund_id), card, member, tender)


def card_event_id(closing_id: str) -> str:
    """The id under which a closing writes that the card came back."""
    return str(uuid5(NAMESPACE_OID, f"{closing_id} card"))


def _done(store: Store, order: RefundOrder) -> Closed | None:
    """What this closing did when it was asked for before."""
    refund, card = store.refunds.get(order.refund_id), store.cards.event(card_event_id(order.refund_id))
    left = any(absence.id == order.refund_id for absence in store.profiles.absences(order.member_id))
    return Closed(refund, card) if refund or card or left else None
