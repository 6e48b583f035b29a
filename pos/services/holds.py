"""Holds: set money aside for a reserved meal, settle it when the meal is eaten, release it when it is cancelled."""

from __future__ import annotations

from pos.domain.account_errors import HoldEnded
from pos.domain.bill import Bill
from pos.domain.errors import BadAmount, MemberUnknown, NotEnough
from pos.domain.holds import Hold, hold_postings, release_postings, settle_postings
from pos.domain.ledger import BONUS, HELD, PRINCIPAL, Draft, Entry, EntryKind, Posting, spend
from pos.domain.money import Fen, yuan
from pos.domain.pricing import Tender
from pos.domain.sales import sale_postings
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.diners import active
from pos.services.shifts import open_shift


class Holds:
    """Money between the wallet and the meal. Every id is made by whoever asks and kept for every retry."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Hold at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def of(self, member_id: str) -> tuple[Hold, ...]:
        """What is held for a member now, oldest first."""
        with self._stores.read() as store:
            return store.accounts.holds(member_id)

    def hold(self, actor: Actor, hold_id: str, member_id: str, amount: Fen) -> Hold:
        """Set an amount (fen) aside, principal and bonus as a meal would take them.

        Raises BadAmount, NotEnough, MemberUnknown, MemberNotActive, NoShift, ShiftTooOld, ClockWentBack or
        NotPermitted.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            wallet = store.members.wallet(member_id)
            if stored := store.ledger.entry(hold_id):
                return _hold(stored)
            if wallet is None:
                raise MemberUnknown
            active(store.members.get(member_id, self._clock.local().date()))
            if amount <= 0:
                raise BadAmount(yuan(amount))
            if amount > wallet.spendable:
                raise NotEnough(amount, wallet.spendable)
            postings = hold_postings(member_id, spend(store.ledger.open_lots(member_id), amount))
            return _hold(self._post(store, actor, hold_id, EntryKind.HOLD, postings, None))

    def settle(self, actor: Actor, settle_id: str, hold_id: str, bill: Bill) -> Entry:
        """The reserved meal was eaten: its bill is paid out of the hold, the rest goes back into the lots.

        Raises HoldEnded, NotEnough when the diner's share is larger than the hold, NoShift, ShiftTooOld,
        ClockWentBack or NotPermitted.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            hold = _locked(store, hold_id)
            if stored := store.ledger.entry(settle_id):
                return stored
            _require_open(store, hold)
            member_id, held = _whose(hold)
            if bill.due > held:
                raise NotEnough(bill.due, held)
            others = sale_postings(bill, Tender.CARD, self._till, member_id, ())
            postings = settle_postings(member_id, hold.draft.postings, others)
            return self._post(store, actor, settle_id, EntryKind.SETTLE, postings, hold_id)

    def release(self, actor: Actor, release_id: str, hold_id: str) -> Entry:
        """Put all of a hold back into the lots it came from.

        Raises HoldEnded, NoShift, ShiftTooOld, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            hold = _locked(store, hold_id)
            if stored := store.ledger.entry(release_id):
                return stored
            _require_open(store, hold)
            postings = release_postings(hold.draft.postings)
            return self._post(store, actor, release_id, EntryKind.RELEASE, postings, hold_id)

    def _post(
        self,
        store: Store,
        actor: Actor,
        entry_id: str,
        kind: EntryKind,
        postings: tuple[Posting, ...],
        ends: str | None,
    ) -> Entry:
        shift = open_shift(store, self._clock, self._till, actor)
        return store.ledger.post(
            Draft(
                entry_id, kind, shift.business_date, self._clock.now_ms(), shift.id, actor.staff_id, postings, ends
            )
        )


def _locked(store: Store, hold_id: str) -> Entry:
    """A hold, behind the lock of its member's wallet: whoever ends it at the same moment waits."""
    hold = store.ledger.entry(hold_id)
    assert hold is not None, "only what was held is settled or released"
    store.members.wallet(_whose(hold)[0])
    return hold


def _require_open(store: Store, hold: Entry) -> None:
    if store.ledger.is_reversed(hold.draft.id):
        raise HoldEnded(hold.number)


def _whose(hold: Entry) -> tuple[str, Fen]:
    """Whose money a hold is, and how much (fen)."""
    held = next(posting for posting in hold.draft.postings if posting.account == HELD)
    assert held.member_id is not None, "held money is somebody's"
    return held.member_id, -held.amount


def _hold(entry: Entry) -> Hold:
    draft = entry.draft
    parts = {
        account: sum(posting.amount for posting in draft.postings if posting.account == account)
        for account in (PRINCIPAL, BONUS)
    }
    member_id, _held = _whose(entry)
    return Hold(draft.id, entry.number, member_id, draft.business_date, draft.at_ms, parts[PRINCIPAL], parts[BONUS])
