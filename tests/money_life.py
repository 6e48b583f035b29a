"""Everything that can happen to a member's money, in one vocabulary: for the state machine and for endurance.

Each deed goes through the use case where there is one, else through the kernel as the use case does it, and gives back
by how much (fen) it changes what each member can spend and has held. The model is nothing but these sums.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from db.store import SqlStore
from pos.clock import CHINA, SetClock
from pos.domain.cards import CardUid
from pos.domain.members import Member
from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.domain.reservations import Reservation, State
from pos.domain.shifts import Shift
from pos.domain.staff import Actor
from pos.ports import OpenStore, Store
from pos.services.cards import Cards
from pos.services.refunds import RefundOrder, Refunds
from pos.services.settling import (
    Doing,
    behind_lock,
    locked,
    release,
    require_waiting,
    serve,
    set_aside,
    wait_again,
)
from pos.services.transfers import TransferOrder, Transfers
from tests.made_up import BOSS, NOON_MS, TODAY, bill_of, reservation, sell, top_up, undo

MANAGER = Actor(BOSS.id, BOSS.name, BOSS.role)
CLOCK = SetClock(datetime.fromtimestamp(NOON_MS / 1000, UTC).astimezone(CHINA))


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry that may be undone, what it changed, and the reservation that was fetched with it."""

    id: str
    kind: str
    changed: Mapping[str, Fen]
    fetched: Reservation | None = None


@dataclass
class Life:
    """Some members' money at some tills. `spendable` and `held` are what each should have, in fen."""

    at: Callable[[str], OpenStore]
    shifts: Mapping[str, Shift]
    people: Mapping[str, Member]
    spendable: dict[str, Fen] = field(default_factory=dict)
    held: dict[str, Fen] = field(default_factory=dict)
    posted: list[Posted] = field(default_factory=list)
    reserved: list[Reservation] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.spendable = dict.fromkeys(self.people, 0)
        self.held = dict.fromkeys(self.people, 0)

    def tops_up(self, till: str, who: str, principal: Fen, bonus: Fen) -> None:
        with self.at(till).write() as store:
            made = top_up(store, self.shifts[till], self.people[who], principal, bonus, self._id("t"))
        self._happened(made.id, "top_up", {who: principal + bonus})

    def eats(self, till: str, who: str, amount: Fen) -> None:
        with self.at(till).write() as store:
            sale = sell(store, self.shifts[till], self.people[who], amount, self._id("s"))
        self._happened(sale.id, "sale", {who: -amount})

    def reserves(self, till: str, who: str, amount: Fen) -> None:
        with self.at(till).write() as store:
            number = self._id("h")
            hold_id = set_aside(self._doing(store, till), f"{number}/hold", locked(store, who), amount)
            one = reservation(self.people[who], TODAY + timedelta(days=int(number[1:])), bill_of(amount), number, hold_id)
            store.reservations.add(one, BOSS.id)
        self._holds(one)

    def picks_up(self, till: str, one: Reservation) -> None:
        with self.at(till).write() as store:
            found, wallet = behind_lock(store, one.id)
            require_waiting(found)
            sale = serve(self._doing(store, till), found, wallet, self._id("p"))
        self._ended(one)
        self.spendable[one.member_id] += one.bill.due
        self._happened(sale.id, "sale", {one.member_id: -one.bill.due}, one)

    def cancels(self, till: str, one: Reservation) -> None:
        with self.at(till).write() as store:
            found, _wallet = behind_lock(store, one.id)
            require_waiting(found)
            release(self._doing(store, till), found, State.CANCELLED)
        self._ended(one)
        self.spendable[one.member_id] += one.bill.due

    def is_paid_back(self, till: str, who: str, amount: Fen | None) -> None:
        order = RefundOrder(self._id("r"), who, Tender.BANK, amount, self.people[who].name, "12345678", "搬家")
        refund = Refunds(self.at(till), CLOCK, till).refund(MANAGER, order)
        self._happened(refund.id, "refund", {who: -refund.amount - refund.forfeited})

    def gives(self, till: str, who: str, other: str, amount: Fen) -> None:
        order = TransferOrder(self._id("g"), who, other, amount, "互相")
        Transfers(self.at(till), CLOCK, till).transfer(MANAGER, order)
        self._happened(order.transfer_id, "transfer", {who: -amount, other: amount})

    def gets_a_new_card(self, till: str, who: str) -> None:
        number = next(self._numbers)
        uid, cards = CardUid(f"01{number:08X}"), Cards(self.at(till), CLOCK, till)
        give = cards.replace if cards.of(who).cards else cards.issue
        give(MANAGER, f"card-{number}", who, uid, reason="磨损")

    def takes_back(self, till: str, one: Posted) -> None:
        """Undo an entry. Raises NotEnough where its money is gone."""
        undo_id = self._id("u")
        if one.kind == "refund":
            Refunds(self.at(till), CLOCK, till).undo(MANAGER, undo_id, one.id, "x")
        elif one.kind == "transfer":
            Transfers(self.at(till), CLOCK, till).undo(MANAGER, undo_id, one.id, "x")
        else:
            with self.at(till).write() as store:
                undo(store, self.shifts[till], one.id, undo_id)
                waiting = wait_again(self._doing(store, till), one.id, undo_id)
            assert (waiting is None) == (one.fetched is None)
        self.posted.remove(one)
        for who, amount in one.changed.items():
            self.spendable[who] -= amount
        if one.fetched:
            self._holds(one.fetched)

    def found_in(self, store: SqlStore) -> tuple[dict[str, Fen], dict[str, Fen]]:
        """What the wallets say, to be compared with `spendable` and `held`."""
        wallets = {who: store.members.wallet(who) for who in self.people}
        return (
            {who: wallet.spendable for who, wallet in wallets.items() if wallet},
            {who: wallet.held for who, wallet in wallets.items() if wallet},
        )

    def _holds(self, one: Reservation) -> None:
        self.reserved.append(one)
        self.spendable[one.member_id] -= one.bill.due
        self.held[one.member_id] += one.bill.due

    def _happened(self, entry_id: str, kind: str, changed: Mapping[str, Fen], fetched: Reservation | None = None) -> None:
        self.posted.append(Posted(entry_id, kind, changed, fetched))
        for who, amount in changed.items():
            self.spendable[who] += amount

    def _ended(self, one: Reservation) -> None:
        self.reserved.remove(one)
        self.held[one.member_id] -= one.bill.due

    def _doing(self, store: Store, till: str) -> Doing:
        return Doing(store, MANAGER, self.shifts[till], NOON_MS)

    def _id(self, letter: str) -> str:
        return f"{letter}{next(self._numbers)}"
