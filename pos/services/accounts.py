"""Top-ups: money onto a meal card, with the offer of the day."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.accounts import (
    Payer,
    TopUp,
    TopUpPreview,
    TopUpWarning,
    counted,
    identity_asked,
    is_near_limit,
)
from pos.domain.errors import AlreadyUndone, BadName, NothingToUndo
from pos.domain.ledger import Draft, EntryKind, reversed_postings
from pos.domain.offers import BonusOffer, bonus_for, next_step
from pos.domain.paper import SlipKind
from pos.domain.pricing import Tender
from pos.domain.staff import Actor, Permission, check_name
from pos.ports import Clock, OpenStore
from pos.services.diners import active
from pos.services.shifts import open_shift
from pos.services.topping_up import TopUpOrder as TopUpOrder
from pos.services.topping_up import TopUpPlan, book, canteen_of, offers_for, plan

LONGEST_RELATION = 20


class TopUps:
    """Money in."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Top up at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def offers(self, member_id: str) -> tuple[BonusOffer, ...]:
        """The bonus offers that this member may take today. Raises MemberUnknown or MemberNotActive."""
        with self._stores.read() as store:
            today = self._clock.local().date()
            member = active(store.members.get(member_id, today))
            return offers_for(store, canteen_of(store), member, today)[0]

    def preview(self, order: TopUpOrder) -> TopUpPreview:
        """What this top-up would do, what to look out for, and whether it would be refused; nothing is written.

        The amount may still be 0. Raises MemberUnknown or MemberNotActive.
        """
        with self._stores.read() as store:
            wallet = store.members.wallet(order.member_id)
            return _preview(plan(store, order, self._clock.local().date(), wallet))

    def top_up(self, actor: Actor, order: TopUpOrder) -> TopUp:
        """Put money on a card: one transaction, once however often it is asked for with the same id.

        Raises BadAmount, AboveLimit, BalanceAboveLimit, CashTooLittle, BadName (of the payer), MemberUnknown,
        MemberNotActive, NoShift, ShiftTooOld, ClockWentBack or NotPermitted; then no money moved.
        """
        actor.must(Permission.TOP_UP)
        order = replace(order, payer=_checked(order.payer))
        with self._stores.write() as store:
            # The same top-up asked for at the same moment elsewhere waits at this lock.
            wallet = store.members.wallet(order.member_id)
            if stored := store.ledger.top_up(order.top_up_id):
                return stored
            shift = open_shift(store, self._clock, self._till, actor)
            planned = plan(store, order, shift.business_date, wallet)
            if planned.refusal:
                raise planned.refusal
            now_ms = self._clock.now_ms()
            top_up = book(store, planned, shift, actor, now_ms)
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


def _checked(payer: Payer | None) -> Payer | None:
    if payer is None:
        return None
    relation = payer.relation.strip()
    if len(relation) > LONGEST_RELATION:
        raise BadName(LONGEST_RELATION)
    return Payer(check_name(payer.name), relation and check_name(relation))


def _preview(planned: TopUpPlan) -> TopUpPreview:
    order, canteen, offer = planned.order, planned.canteen, planned.offer
    next_pay, next_bonus = next_step(order.amount, planned.offers)
    return TopUpPreview(
        pays=order.amount,
        bonus=planned.bonus,
        offer=offer.title if offer else "",
        balance_after=planned.wallet_after.spendable,
        limit=planned.limit,
        room=max(0, planned.limit - counted(canteen, planned.wallet)),
        next_pay=next_pay,
        next_bonus=next_bonus,
        warnings=_warnings(planned),
        refusal=planned.refusal,
    )


def _warnings(planned: TopUpPlan) -> tuple[TopUpWarning, ...]:
    order, canteen = planned.order, planned.canteen
    missed = bonus_for(order.amount, planned.used)
    facts = {
        TopUpWarning.NEAR_LIMIT: is_near_limit(canteen, planned.counts_after, planned.limit),
        TopUpWarning.IDENTITY: identity_asked(canteen, planned.member, order.amount) and not order.identity_seen,
        TopUpWarning.OFFER_USED: missed is not None and missed.bonus_on(order.amount) > planned.bonus,
    }
    return tuple(warning for warning, holds in facts.items() if holds)
