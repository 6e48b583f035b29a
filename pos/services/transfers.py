"""Transfers: money from one member to another, lot by lot, with the terms under which it was paid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import NAMESPACE_OID, uuid5

from pos.domain.account_errors import OnlyToHeirs, ReasonMissing, SameMember, UndoTooLate
from pos.domain.errors import (
    AlreadyUndone,
    BadAmount,
    BadName,
    MemberUnknown,
    NotEnough,
    NothingToUndo,
)
from pos.domain.ledger import Draft, EntryKind, Lot
from pos.domain.members import Member, MemberStatus, Wallet
from pos.domain.money import Fen, yuan
from pos.domain.paper import SlipKind
from pos.domain.refunds import LONGEST_NOTE, MovedLot, PaidLot, Transfer, carve, transfer_postings
from pos.domain.sales import without_secrets
from pos.domain.shifts import Shift
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.diners import active
from pos.services.refunds import require_room, reverse
from pos.services.shifts import open_shift
from pos.services.topping_up import canteen_of


@dataclass(frozen=True, slots=True)
class TransferOrder:
    """A wish to hand money on. `amount` is principal and bonus together in fen, None for all that can be spent."""

    transfer_id: str
    giver_id: str
    receiver_id: str
    amount: Fen | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Side:
    member: Member
    wallet: Wallet


class Transfers:
    """Money from member to member; principal and bonus move in the proportion in which each lot has them."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Hand money on at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def preview(self, order: TransferOrder) -> tuple[MovedLot, ...]:
        """What would move from which lot; nothing is written.

        Raises SameMember, BadAmount, NotEnough, BalanceAboveLimit, OnlyToHeirs, MemberUnknown or MemberNotActive.
        """
        with self._stores.read() as store:
            giver, receiver = _sides(store, order.giver_id, order.receiver_id, self._clock.local().date())
            return _moved(store, order, giver, receiver)

    def transfer(self, actor: Actor, order: TransferOrder) -> Transfer:
        """Hand money on: one transaction, once however often it is asked for with the same id.

        The receiver's limit holds. Raises SameMember, ReasonMissing, BadAmount, BadName, NotEnough,
        BalanceAboveLimit, OnlyToHeirs, MemberUnknown, MemberNotActive (of the receiver), NoShift, ShiftTooOld,
        ClockWentBack or NotPermitted; then no money moved.
        """
        actor.must(Permission.REFUND)
        with self._stores.write() as store:
            giver, receiver = _sides(store, order.giver_id, order.receiver_id, self._clock.local().date())
            if stored := store.refunds.transfer(order.transfer_id):
                return stored
            shift = open_shift(store, self._clock, self._till, actor)
            if not order.reason.strip():
                raise ReasonMissing
            if len(order.reason) > LONGEST_NOTE:
                raise BadName(LONGEST_NOTE)
            moved = _moved(store, order, giver, receiver)
            now_ms = self._clock.now_ms()
            transfer = self._write(store, actor, shift, order, giver, receiver, moved, now_ms)
            store.paper.add(self._till, SlipKind.TRANSFER, transfer.id, now_ms)
            return transfer

    def undoable(self, actor: Actor, number: str) -> Transfer:
        """The transfer with this number, if it may be undone at this till now; nothing is written.

        Raises NothingToUndo, AlreadyUndone, UndoTooLate or NotPermitted.
        """
        actor.must(Permission.REFUND)
        with self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            return _undoable(store.refunds.transfer(store.refunds.id_of(number)), shift)

    def undo(self, actor: Actor, undo_id: str, transfer_id: str, reason: str) -> Transfer:
        """Take a transfer of the open shift back, once, as long as the receiver did not spend it.

        Raises ReasonMissing, BadName, NothingToUndo, AlreadyUndone, UndoTooLate, NotEnough, BalanceAboveLimit when the
        giver's card was filled up meanwhile, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.REFUND)
        with self._stores.write() as store:
            transfer = store.refunds.transfer(transfer_id)
            if transfer and (asked_before := store.ledger.entry(undo_id)):
                assert asked_before.draft.reverses == transfer_id, "an undo id belongs to one transfer"
                return transfer
            shift = open_shift(store, self._clock, self._till, actor)
            transfer = _undoable(transfer, shift)
            giver, _receiver = _sides(store, transfer.giver_id, transfer.receiver_id, shift.business_date)
            require_room(canteen_of(store), giver.member, giver.wallet, transfer.principal, transfer.bonus)
            now_ms = self._clock.now_ms()
            reverse(store, actor, shift, undo_id, transfer_id, reason, now_ms)
            store.paper.add(self._till, SlipKind.UNDO, transfer_id, now_ms)
            undone = store.refunds.transfer(transfer_id)
            assert undone is not None, "a transfer is never deleted"
            return undone

    def _write(
        self,
        store: Store,
        actor: Actor,
        shift: Shift,
        order: TransferOrder,
        giver: _Side,
        receiver: _Side,
        moved: tuple[MovedLot, ...],
        now_ms: int,
    ) -> Transfer:
        lots = {one.lot.id: one.lot for one in store.refunds.paid_lots(giver.member.id)}
        for one in moved:
            store.ledger.add_lot(_handed_on(lots[one.lot_id], one, receiver.member.id, order.transfer_id))
        postings = transfer_postings(giver.member.id, receiver.member.id, moved)
        entry = store.ledger.post(
            Draft(
                order.transfer_id,
                EntryKind.TRANSFER,
                shift.business_date,
                now_ms,
                shift.id,
                actor.staff_id,
                postings,
            )
        )
        principal, bonus = sum(one.principal for one in moved), sum(one.bonus for one in moved)
        transfer = Transfer(
            id=order.transfer_id,
            number=entry.number,
            business_date=shift.business_date,
            at_ms=now_ms,
            till=self._till,
            shift_id=shift.id,
            staff_id=actor.staff_id,
            staff_name=actor.name,
            giver_id=giver.member.id,
            giver_name=giver.member.name,
            receiver_id=receiver.member.id,
            receiver_name=receiver.member.name,
            reason=without_secrets(order.reason),
            lots=moved,
            giver_principal_after=giver.wallet.principal - principal,
            giver_bonus_after=giver.wallet.bonus - bonus,
            receiver_principal_after=receiver.wallet.principal + principal,
            receiver_bonus_after=receiver.wallet.bonus + bonus,
        )
        store.refunds.add_transfer(transfer)
        return transfer


def _undoable(transfer: Transfer | None, shift: Shift | None) -> Transfer:
    if transfer is None:
        raise NothingToUndo
    if transfer.undone:
        raise AlreadyUndone(transfer.number)
    if shift is None or transfer.shift_id != shift.id:
        raise UndoTooLate(transfer.number)
    return transfer


def _sides(store: Store, giver_id: str, receiver_id: str, day: date) -> tuple[_Side, _Side]:
    """Both members, their wallets locked in the order of their ids, as an entry moves them."""
    if giver_id == receiver_id:
        raise SameMember
    wallets = {one: store.members.wallet(one) for one in sorted((giver_id, receiver_id))}
    sides: list[_Side] = []
    for member_id in (giver_id, receiver_id):
        member, wallet = store.members.get(member_id, day), wallets[member_id]
        if member is None or wallet is None:
            raise MemberUnknown
        sides.append(_Side(member, wallet))
    return sides[0], sides[1]


def _moved(store: Store, order: TransferOrder, giver: _Side, receiver: _Side) -> tuple[MovedLot, ...]:
    """What moves from which lot, oldest first, if the receiver may have it."""
    active(receiver.member)
    if giver.member.status is MemberStatus.DECEASED:
        raise OnlyToHeirs(giver.member.name)
    amount = giver.wallet.spendable if order.amount is None else order.amount
    if amount <= 0:
        raise BadAmount(yuan(amount))
    if amount > giver.wallet.spendable:
        raise NotEnough(amount, giver.wallet.spendable)
    moved = _carved(store.refunds.paid_lots(giver.member.id), amount, order.transfer_id)
    principal, bonus = sum(one.principal for one in moved), sum(one.bonus for one in moved)
    require_room(canteen_of(store), receiver.member, receiver.wallet, principal, bonus)
    return moved


def _carved(lots: tuple[PaidLot, ...], amount: Fen, transfer_id: str) -> tuple[MovedLot, ...]:
    moved: list[MovedLot] = []
    for one in lots:
        taken = min(amount, one.lot.principal_left + one.lot.bonus_left)
        if taken:
            principal, bonus = carve(one.lot, taken)
            new_lot_id = str(uuid5(NAMESPACE_OID, f"{transfer_id} {one.lot.id}"))
            moved.append(MovedLot(one.lot.id, new_lot_id, one.number, one.paid_ms, one.offer, principal, bonus))
            amount -= taken
    assert amount == 0, "the lots of a wallet hold what its balance says"
    return tuple(moved)


def _handed_on(lot: Lot, moved: MovedLot, receiver_id: str, transfer_id: str) -> Lot:
    return replace(
        lot,
        id=moved.new_lot_id,
        member_id=receiver_id,
        principal=moved.principal,
        bonus=moved.bonus,
        principal_left=0,
        bonus_left=0,
        root=lot.root or lot.id,
        filled_by=transfer_id,
    )
