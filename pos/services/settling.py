"""The money of a reservation, within somebody's transaction: held when it is booked, and once more when it ends.

A reserved meal that is had becomes an ordinary sale: its hold is released and the sale charged in the same
transaction. So claims, limits, reports, undoing and `verify` know one kind of meal. Every function wants the wallet
to be locked (`store.members.wallet`) before what it decides is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from pos.domain.day_close import DayIsClosed
from pos.domain.errors import NotEnough
from pos.domain.holds import hold_postings, release_postings
from pos.domain.ledger import Draft, EntryKind, Posting, reversed_postings, spend
from pos.domain.members import Wallet
from pos.domain.paper import SlipKind
from pos.domain.pricing import Bill, Tender
from pos.domain.reservations import (
    MissedRule,
    Reservation,
    ReservationGone,
    ReservationOver,
    State,
    forfeited,
)
from pos.domain.sales import Payment, Sale, sale_postings
from pos.domain.shifts import Shift
from pos.domain.staff import Actor
from pos.ports import Store


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does something to reservations: at which till, in which shift, at which instant (UTC, ms)."""

    store: Store
    actor: Actor
    shift: Shift
    now_ms: int

    def draft(self, entry_id: str, kind: EntryKind, day: date, postings: tuple[Posting, ...], ends: str | None) -> Draft:
        """An entry of this shift."""
        return Draft(entry_id, kind, day, self.now_ms, self.shift.id, self.actor.staff_id, postings, ends)


def behind_lock(store: Store, reservation_id: str) -> tuple[Reservation, Wallet]:
    """A reservation, whatever became of it, and its member's wallet, locked. Raises ReservationGone."""
    found = store.reservations.get(reservation_id)
    if found is None:
        raise ReservationGone
    wallet = locked(store, found.member_id)
    # Read again behind the lock: somebody else may have ended it meanwhile.
    found = store.reservations.get(reservation_id)
    assert found is not None, "a reservation is never deleted"
    return found, wallet


def require_waiting(reservation: Reservation) -> None:
    """Raise ReservationOver for one that ended."""
    if reservation.state is not State.BOOKED:
        raise ReservationOver(reservation.member_name, reservation.state)


def require_open(store: Store, day: date) -> None:
    """Raise DayIsClosed for a day whose books were closed."""
    if store.days.closed(day) is not None:
        raise DayIsClosed(day.isoformat())


def locked(store: Store, member_id: str) -> Wallet:
    """A known member's wallet; in a writing store locked until the transaction ends."""
    wallet = store.members.wallet(member_id)
    assert wallet is not None, "a member has a wallet"
    return wallet


def set_aside(doing: Doing, hold_id: str, wallet: Wallet, amount: int) -> str:
    """Hold an amount (fen); the answer is the hold's id, '' for nothing. Raises NotEnough."""
    if not amount:
        return ""
    if wallet.spendable < amount:
        raise NotEnough(amount, wallet.spendable)
    uses = spend(doing.store.ledger.open_lots(wallet.member_id), amount)
    postings = hold_postings(wallet.member_id, uses)
    doing.store.ledger.post(doing.draft(hold_id, EntryKind.HOLD, doing.shift.business_date, postings, None))
    return hold_id


def release(doing: Doing, reservation: Reservation, state: State, why: str = "") -> Reservation:
    """End a reservation without a sale; what was held goes back into its lots."""
    _give_back(doing, reservation)
    why = why or reservation.why
    ended = replace(
        reservation, state=state, ended_ms=doing.now_ms, ended_by=doing.actor.name, sale_id="", why=why
    )
    doing.store.reservations.end(ended, reservation.state)
    return ended


def serve(doing: Doing, reservation: Reservation, wallet: Wallet, sale_id: str, *, on_paper: bool = True) -> Sale:
    """The meal was had: charge it as it was agreed, on the day it was for."""
    return _charge(doing, reservation, wallet, sale_id, reservation.bill, State.SERVED, on_paper=on_paper)


def miss(doing: Doing, reservation: Reservation, wallet: Wallet, sale_id: str, rule: MissedRule, why: str) -> Sale | None:
    """The meal was not had: release it or charge the diner's own share, as the canteen decided."""
    reservation = replace(reservation, why=why)
    if rule is MissedRule.RELEASE or not reservation.bill.due:
        release(doing, reservation, State.MISSED)
        return None
    bill = forfeited(reservation.bill)
    return _charge(doing, reservation, wallet, sale_id, bill, State.MISSED, on_paper=False)


def take_back(doing: Doing, reservation: Reservation, undo_id: str) -> None:
    """Reverse what a reservation cost when it ended, for another end in the same transaction; nothing is nothing."""
    if not reservation.sale_id or doing.store.ledger.is_reversed(reservation.sale_id):
        return
    entry = doing.store.ledger.entry(reservation.sale_id)
    assert entry is not None, "a sale has its entry"
    postings = reversed_postings(entry.draft.postings)
    draft = doing.draft(undo_id, EntryKind.REVERSAL, doing.shift.business_date, postings, reservation.sale_id)
    doing.store.ledger.post(draft)


def wait_again(doing: Doing, sale_id: str, undo_id: str) -> Reservation | None:
    """After the undo of a pick-up its meal waits again, held at the price that was agreed; None where the member has
    reserved it anew.
    """
    store = doing.store
    fetched = store.reservations.sold(sale_id)
    if fetched is None or fetched.state is not State.SERVED:
        return None
    if store.reservations.waiting(fetched.member_id, fetched.day, fetched.meal):
        return None
    hold_id = set_aside(doing, held_again_by(undo_id), locked(store, fetched.member_id), fetched.bill.due)
    waiting = replace(fetched, state=State.BOOKED, ended_ms=0, ended_by="", sale_id="", hold_id=hold_id)
    store.reservations.end(waiting, State.SERVED)
    store.paper.add(doing.shift.till, SlipKind.BOOKING, waiting.id, doing.now_ms)
    return waiting


def held_again_by(undo_id: str) -> str:
    """The hold of a meal whose pick-up was undone."""
    return f"{undo_id}/hold"


def waited_again(store: Store, sale: Sale, undo_id: str) -> bool:
    """Whether an undo let a meal wait again; of a free one, for which nothing is held, whether it waits now."""
    if sale.bill.due or sale.member_id is None:
        return store.ledger.entry(held_again_by(undo_id)) is not None
    waiting = store.reservations.waiting(sale.member_id, sale.business_date, sale.meal)
    return waiting is not None and waiting.bill.basket == sale.bill.basket and store.reservations.sold(sale.id) is None


def _charge(
    doing: Doing, reservation: Reservation, wallet: Wallet, sale_id: str, bill: Bill, state: State, *, on_paper: bool
) -> Sale:
    store, shift = doing.store, doing.shift
    _give_back(doing, reservation)
    uses = spend(store.ledger.open_lots(wallet.member_id), bill.due) if bill.due else ()
    postings = sale_postings(bill, Tender.CARD, shift.till, wallet.member_id, uses)
    entry = store.ledger.post(doing.draft(sale_id, EntryKind.SALE, reservation.day, postings, None))
    left = locked(store, wallet.member_id)
    principal, bonus = sum(use.principal for use in uses), sum(use.bonus for use in uses)
    sale = Sale(
        id=sale_id,
        number=entry.number,
        business_date=reservation.day,
        meal=reservation.meal,
        way=reservation.way,
        at_ms=doing.now_ms,
        till=shift.till,
        shift_id=shift.id,
        staff_id=doing.actor.staff_id,
        staff_name=doing.actor.name,
        member_id=reservation.member_id,
        member_name=reservation.member_name,
        card_tail=reservation.card_tail,
        bill=bill,
        payment=Payment(Tender.CARD, principal, bonus, left.principal, left.bonus),
    )
    store.sales.add(sale)
    ended = replace(
        reservation, state=state, ended_ms=doing.now_ms, ended_by=doing.actor.name, sale_id=sale_id
    )
    store.reservations.end(ended, reservation.state)
    if on_paper:
        store.paper.add(shift.till, SlipKind.SALE, sale_id, doing.now_ms)
    return sale


def _give_back(doing: Doing, reservation: Reservation) -> None:
    # One that ended before holds nothing any more: its end is being corrected.
    if not reservation.hold_id or reservation.state is not State.BOOKED:
        return
    hold = doing.store.ledger.entry(reservation.hold_id)
    assert hold is not None, "what was held was posted"
    postings = release_postings(hold.draft.postings)
    release_id = f"{reservation.hold_id}/back"  # one end for each hold, whoever asks
    doing.store.ledger.post(doing.draft(release_id, EntryKind.RELEASE, doing.shift.business_date, postings, reservation.hold_id))
