"""Refunds: what would go back, paying it, and undoing what was paid by mistake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from pos.domain.account_errors import (
    AccountMissing,
    CashNotAllowed,
    NothingToRefund,
    NotSameName,
    OnlyToHeirs,
    ReasonMissing,
    RefundTooMuch,
    UndoTooLate,
)
from pos.domain.accounts import after_top_up, limit_of, till_account
from pos.domain.canteen import Canteen
from pos.domain.errors import (
    AlreadyUndone,
    BadAmount,
    BadName,
    BalanceAboveLimit,
    MemberUnknown,
    NothingToUndo,
)
from pos.domain.ledger import Draft, EntryKind, reversed_postings
from pos.domain.members import Member, MemberStatus, Wallet
from pos.domain.money import Fen, yuan
from pos.domain.paper import SlipKind
from pos.domain.pricing import Tender
from pos.domain.refunds import (
    LONGEST_NOTE,
    Refund,
    RefundKind,
    RefundQuote,
    account_tail,
    refund_postings,
    same_name,
    share_out,
)
from pos.domain.sales import without_secrets
from pos.domain.shifts import Shift
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.shifts import open_shift
from pos.services.topping_up import canteen_of


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """A wish to be paid back. `refund_id` is made when the form opens and kept for every retry.

    `amount` is principal in fen, None for all of it. In cash, or to the `account` of `holder`, of which the last four
    characters are kept. `documents` are what heirs showed.
    """

    refund_id: str
    member_id: str
    tender: Tender
    amount: Fen | None = None
    holder: str = ""
    account: str = field(default="", repr=False)
    reason: str = ""
    documents: str = ""
    identity_seen: bool = False
    card_tail: str = ""


class Refunds:
    """Money out. Only principal is paid; the bonus that belongs to it is given up."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Pay back at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def quote(self, member_id: str, amount: Fen | None = None) -> RefundQuote:
        """What a refund of so much principal (fen, None for all) would take from which lot; nothing is written.

        Raises MemberUnknown, NothingToRefund, RefundTooMuch or BadAmount.
        """
        with self._stores.read() as store:
            member, wallet = owner(store, member_id, self._clock.local().date())
            return quoted(store, member, wallet, amount, self._clock.now_ms())

    def refund(self, actor: Actor, order: RefundOrder) -> Refund:
        """Pay principal back: one transaction, once however often it is asked for with the same id.

        Raises NothingToRefund, RefundTooMuch, CashNotAllowed, NotSameName, AccountMissing, ReasonMissing,
        OnlyToHeirs, BadAmount, BadName, MemberUnknown, NoShift, ShiftTooOld, ClockWentBack or NotPermitted; then no
        money moved.
        """
        actor.must(Permission.REFUND)
        with self._stores.write() as store:
            # Another counter that pays back the same lots waits at this lock, and then sees what is left.
            member, wallet = owner(store, order.member_id, self._clock.local().date())
            if stored := store.refunds.get(order.refund_id):
                return stored
            shift = open_shift(store, self._clock, self._till, actor)
            if member.status is MemberStatus.DECEASED:
                raise OnlyToHeirs(member.name)
            now_ms = self._clock.now_ms()
            quote = quoted(store, member, wallet, order.amount, now_ms)
            require_way(canteen_of(store), member, wallet, order)
            if quote.reason_needed and not order.reason.strip():
                raise ReasonMissing
            refund = write_refund(store, actor, shift, order, quote, RefundKind.REFUND, now_ms)
            store.paper.add(self._till, SlipKind.REFUND, refund.id, now_ms, kick=refund.tender is Tender.CASH)
            return refund

    def undoable(self, actor: Actor, number: str) -> Refund:
        """The refund with this number, if it may be undone at this till now; nothing is written.

        Raises NothingToUndo, AlreadyUndone, UndoTooLate or NotPermitted.
        """
        actor.must(Permission.REFUND)
        with self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            return _undoable(store.refunds.get(store.refunds.id_of(number)), shift)

    def undo(self, actor: Actor, undo_id: str, refund_id: str, reason: str) -> Refund:
        """Put a refund of the open shift back onto the same lots, once; the same `undo_id` gives the same answer.

        Raises ReasonMissing, BadName, NothingToUndo, AlreadyUndone, UndoTooLate, BalanceAboveLimit when the card was
        filled up meanwhile, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.REFUND)
        with self._stores.write() as store:
            refund = store.refunds.get(refund_id)
            if refund and (asked_before := store.ledger.entry(undo_id)):
                assert asked_before.draft.reverses == refund_id, "an undo id belongs to one refund"
                return refund
            shift = open_shift(store, self._clock, self._till, actor)
            refund = _undoable(refund, shift)
            member, wallet = owner(store, refund.member_id, shift.business_date)
            require_room(canteen_of(store), member, wallet, refund.amount, refund.forfeited)
            now_ms = self._clock.now_ms()
            reverse(store, actor, shift, undo_id, refund_id, reason, now_ms)
            store.paper.add(self._till, SlipKind.UNDO, refund_id, now_ms, kick=refund.tender is Tender.CASH)
            undone = store.refunds.get(refund_id)
            assert undone is not None, "a refund is never deleted"
            return undone


def _undoable(refund: Refund | None, shift: Shift | None) -> Refund:
    """Raise unless a refund may be undone in this shift: an account that was closed stays closed."""
    if refund is None:
        raise NothingToUndo
    if refund.undone:
        raise AlreadyUndone(refund.number)
    if shift is None or refund.shift_id != shift.id or refund.kind is not RefundKind.REFUND:
        raise UndoTooLate(refund.number)
    return refund


def quoted(
    store: Store, member: Member, wallet: Wallet, amount: Fen | None, now_ms: int, *, all_bonus: bool = False
) -> RefundQuote:
    """What a refund takes from which lot. `all_bonus` gives up every bonus, as at the end of an account.

    Raises NothingToRefund (there is only bonus, or nothing), RefundTooMuch or BadAmount.
    """
    asked = wallet.principal if amount is None else amount
    if amount is not None and amount <= 0:
        raise BadAmount(yuan(amount))
    if asked == 0 and not all_bonus:
        raise NothingToRefund(member.name)
    if asked > wallet.principal:
        raise RefundTooMuch(asked, wallet.principal)
    canteen = canteen_of(store)
    lots = store.refunds.paid_lots(member.id)
    shares = share_out(lots, asked, now_ms, canteen.refund_days, bonus_too=all_bonus)
    return RefundQuote(
        member.id,
        member.name,
        shares,
        wallet.principal - asked,
        wallet.bonus - sum(share.forfeited for share in shares),
        wallet.held,
        wallet.principal + wallet.held <= canteen.cash_refund_limit,
    )


def require_way(canteen: Canteen, member: Member, wallet: Wallet, order: RefundOrder, holder: str = "") -> None:
    """Raise unless the money may go this way: cash only of a small balance, else an account in the same name.

    The balance decides and not the amount (domain.md 2.1, article 21): else five times 100 would go out as 500.
    `holder` is whose account it has to be where it is not the member's.
    """
    if order.tender is Tender.CARD:
        raise BadAmount("")
    if len(order.reason) > LONGEST_NOTE or len(order.documents) > LONGEST_NOTE:
        raise BadName(LONGEST_NOTE)
    if order.tender is Tender.CASH:
        balance = wallet.principal + wallet.held
        if balance > canteen.cash_refund_limit:
            raise CashNotAllowed(balance, canteen.cash_refund_limit)
        return
    if not same_name(order.holder, holder or member.name):
        raise NotSameName(order.holder, holder or member.name)
    if not account_tail(order.account):
        raise AccountMissing


def write_refund(
    store: Store, actor: Actor, shift: Shift, order: RefundOrder, quote: RefundQuote, kind: RefundKind, now_ms: int
) -> Refund:
    """Post the entry of a refund and store it, lot by lot. Whoever asks puts the paper out."""
    by_account = order.tender is not Tender.CASH
    postings = refund_postings(quote.member_id, till_account(order.tender, shift.till), quote.shares)
    entry = store.ledger.post(
        Draft(
            order.refund_id, EntryKind.REFUND, shift.business_date, now_ms, shift.id, actor.staff_id, postings
        )
    )
    refund = Refund(
        id=order.refund_id,
        number=entry.number,
        kind=kind,
        business_date=shift.business_date,
        at_ms=now_ms,
        till=shift.till,
        shift_id=shift.id,
        staff_id=actor.staff_id,
        staff_name=actor.name,
        member_id=quote.member_id,
        member_name=quote.member_name,
        card_tail=order.card_tail[-4:],
        tender=order.tender,
        holder=without_secrets(order.holder) if by_account or kind is RefundKind.HEIRS else "",
        account_tail=account_tail(order.account) if by_account else "",
        reason=without_secrets(order.reason),
        documents=without_secrets(order.documents),
        identity_seen=order.identity_seen,
        shares=quote.shares,
        principal_after=quote.principal_after,
        bonus_after=quote.bonus_after,
    )
    store.refunds.add(refund)
    return refund


def reverse(store: Store, actor: Actor, shift: Shift, undo_id: str, entry_id: str, reason: str, now_ms: int) -> None:
    """Post the reversing entry of an entry, and why. Raises ReasonMissing, BadName, AlreadyUndone, NotEnough."""
    if not reason.strip():
        raise ReasonMissing
    if len(reason) > LONGEST_NOTE:
        raise BadName(LONGEST_NOTE)
    entry = store.ledger.entry(entry_id)
    assert entry is not None, "what is undone has its entry"
    postings = reversed_postings(entry.draft.postings)
    store.ledger.post(
        Draft(
            undo_id,
            EntryKind.REVERSAL,
            shift.business_date,
            now_ms,
            shift.id,
            actor.staff_id,
            postings,
            reverses=entry_id,
        )
    )
    store.refunds.note_undo(undo_id, without_secrets(reason.strip()))


def require_room(canteen: Canteen, member: Member, wallet: Wallet, principal: Fen, bonus: Fen) -> None:
    """Raise BalanceAboveLimit unless so much more (fen) may lie on this member's card."""
    after, limit = after_top_up(canteen, wallet, principal, bonus), limit_of(canteen, member)
    if after > limit:
        raise BalanceAboveLimit(after, limit)


def owner(store: Store, member_id: str, day: date) -> tuple[Member, Wallet]:
    """A member as of a day, with the wallet, locked where the store writes.

    Raises MemberUnknown, also for who was forgotten: money on such a wallet would be nobody's.
    """
    wallet = store.members.wallet(member_id)
    member = store.members.get(member_id, day)
    if member is None or wallet is None or not member.name:
        raise MemberUnknown
    return member, wallet
