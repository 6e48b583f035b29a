"""Payments of payers: money that arrived for claims, booked against what the payer owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.claim_errors import MoreThanClaimed
from pos.domain.claims import Payment
from pos.domain.errors import AlreadyUndone, BadAmount, NothingToUndo
from pos.domain.ledger import Draft, EntryKind, Posting, clearing, receivable, reversed_postings
from pos.domain.money import Fen, yuan
from pos.domain.pricing import Tender
from pos.domain.sales import kept_reference
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore
from pos.services.shifts import open_shift


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Money on the bank's statement (fen). `payment_id` is made when the form opens and kept for every retry."""

    payment_id: str
    payer: str
    amount: Fen
    received_on: date
    reference: str = ""


class PayerPayments:
    """Money from payers."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Book at one till, whose chain the entry joins."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def listed(self, actor: Actor) -> tuple[Payment, ...]:
        """Every payment, newest first. Raises NotPermitted."""
        actor.must(Permission.CLAIM)
        with self._stores.read() as store:
            return store.claims.payments()[::-1]

    def receive(self, actor: Actor, order: PaymentOrder) -> Payment:
        """Book money that a payer sent, once however often it is asked for with the same id.

        Raises BadAmount, MoreThanClaimed, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.CLAIM)
        if order.amount <= 0:
            raise BadAmount(yuan(order.amount))
        with self._stores.write() as store:
            store.claims.in_turn()
            if stored := store.claims.payment(order.payment_id):
                return stored
            shift = open_shift(store, self._clock, self._till, actor)
            claimed = sum(claim.total for claim in store.claims.stamped(order.payer))
            paid = sum(one.amount for one in store.claims.payments(order.payer) if not one.undone)
            if order.amount > claimed - paid:
                raise MoreThanClaimed(order.amount, claimed - paid)
            now_ms = self._clock.now_ms()
            postings = (
                Posting(clearing(Tender.BANK), order.amount),
                Posting(receivable(order.payer), -order.amount),
            )
            entry = store.ledger.post(
                Draft(
                    order.payment_id,
                    EntryKind.PAYER_PAID,
                    shift.business_date,
                    now_ms,
                    shift.id,
                    actor.staff_id,
                    postings,
                )
            )
            reference = kept_reference(order.reference)
            payment = Payment(
                order.payment_id,
                entry.number,
                order.payer,
                order.amount,
                order.received_on,
                reference,
                actor.name,
                now_ms,
            )
            store.claims.add_payment(payment)
            return payment

    def undo(self, actor: Actor, undo_id: str, payment_id: str) -> Payment:
        """Take back a payment that was booked by mistake, once; `undo_id` asked again gives the same answer.

        Raises NothingToUndo, AlreadyUndone, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.CLAIM)
        with self._stores.write() as store:
            payment = store.claims.payment(payment_id)
            if payment is None:
                raise NothingToUndo
            if asked_before := store.ledger.entry(undo_id):
                assert asked_before.draft.reverses == payment_id, "an undo id belongs to one payment"
                return payment
            shift = open_shift(store, self._clock, self._till, actor)
            if payment.undone:
                raise AlreadyUndone(payment.number)
            entry = store.ledger.entry(payment_id)
            assert entry is not None, "a payment has its entry"
            store.ledger.post(
                Draft(
                    undo_id,
                    EntryKind.REVERSAL,
                    shift.business_date,
                    self._clock.now_ms(),
                    shift.id,
                    actor.staff_id,
                    reversed_postings(entry.draft.postings),
                    reverses=payment_id,
                )
            )
            undone = store.claims.payment(payment_id)
            assert undone is not None, "a payment is never deleted"
            return undone
