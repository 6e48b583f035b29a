"""Money out and cards at two counters at once: each lot goes back once, and a number has one holder."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from db.store import SqlStores
from pos.clock import CHINA, SetClock
from pos.domain.account_errors import NothingToRefund, RefundTooMuch
from pos.domain.cards import CardUid
from pos.domain.errors import CardTaken, NotEnough, StoreTrouble
from pos.domain.members import Member, Wallet
from pos.domain.pricing import Tender
from pos.domain.staff import Actor
from pos.services.cards import Cards
from pos.services.refunds import RefundOrder, Refunds
from pos.services.transfers import TransferOrder, Transfers
from tests.made_up import (
    BOSS,
    NOON_MS,
    WANG,
    found_canteen,
    found_shift,
    member,
    sell,
    top_up,
    topped_up_member,
)

MANAGER = Actor(BOSS.id, BOSS.name, BOSS.role)


def clock() -> SetClock:
    return SetClock(datetime.fromtimestamp(NOON_MS / 1000, UTC).astimezone(CHINA))


def refunding(stores: SqlStores, till: str, refund_id: str, amount: int | None) -> Callable[[], str]:
    def run() -> str:
        order = RefundOrder(refund_id, WANG.id, Tender.BANK, amount, WANG.name, "12345678")
        try:
            return f"paid {Refunds(stores.at(till), clock(), till).refund(MANAGER, order).amount}"
        except NothingToRefund:
            return "nothing left"
        except RefundTooMuch as refused:
            return f"asked {refused.asked}, left {refused.left}"

    return run


def at_once(*runs: Callable[[], str]) -> list[str]:
    start = Barrier(len(runs))

    def run(one: Callable[[], str]) -> str:
        start.wait(timeout=10)
        return one()

    with ThreadPoolExecutor(len(runs)) as threads:
        return sorted(threads.map(run, runs))


def founded(stores: SqlStores) -> Member:
    shift = found_canteen(stores)
    found_shift(stores.at("B"))
    return topped_up_member(stores, shift, 20_000, 2_000)


def wallet(stores: SqlStores, somebody: Member = WANG) -> Wallet | None:
    with stores.read() as store:
        assert store.ledger.verify("", lambda _done, _whole: None).findings == ()
        return store.members.wallet(somebody.id)


def test_M6_of_two_counters_that_pay_back_the_same_lot_one_pays(stores: SqlStores) -> None:
    founded(stores)

    outcomes = at_once(refunding(stores, "A", "a", None), refunding(stores, "B", "b", None))

    assert outcomes == ["nothing left", "paid 20000"]
    assert wallet(stores) == Wallet(WANG.id, 0, 0)


def test_M6_two_parts_at_once_are_never_more_than_the_whole(stores: SqlStores) -> None:
    founded(stores)

    outcomes = at_once(refunding(stores, "A", "a", 15_000), refunding(stores, "B", "b", 15_000))

    assert outcomes == ["asked 15000, left 5000", "paid 15000"]
    assert wallet(stores) == Wallet(WANG.id, 5_000, 500)


def test_M8_what_is_paid_back_here_is_not_eaten_there(stores: SqlStores) -> None:
    somebody = founded(stores)
    other = stores.at("B")

    def eating() -> str:
        try:
            with other.write() as store:
                shift = store.shifts.open_at("B")
                assert shift is not None
                sell(store, shift, somebody, 22_000)
        except NotEnough as refused:
            return f"needs {refused.needed}, has {refused.available}"
        return "eaten"

    outcomes = at_once(refunding(stores, "A", "a", None), eating)

    assert outcomes in (["needs 22000, has 0", "paid 20000"], ["eaten", "nothing left"])
    assert wallet(stores) == Wallet(WANG.id, 0, 0)


def test_of_two_counters_that_give_out_one_number_one_is_told_so(stores: SqlStores) -> None:
    found_canteen(stores)
    found_shift(stores.at("B"))
    people = (member(stores, "王桂英", None), member(stores, "李桂兰", None))
    uid = CardUid("0102AAAAAA")

    def issuing(till: str, somebody: Member) -> Callable[[], str]:
        def run() -> str:
            try:
                Cards(stores.at(till), clock(), till).issue(MANAGER, f"deed-{till}", somebody.id, uid)
            except (CardTaken, StoreTrouble):
                return "refused"
            return "given out"

        return run

    outcomes = at_once(issuing("A", people[0]), issuing("B", people[1]))

    assert outcomes == ["given out", "refused"]
    with stores.read() as store:
        assert len(store.members.cards_ending(uid.tail)) == 1


def test_two_members_who_give_to_each_other_at_once_both_get_it(stores: SqlStores) -> None:
    somebody = founded(stores)
    friend = member(stores, "李桂兰", None)
    with stores.write() as store:
        shift = store.shifts.open_at("A")
        assert shift is not None
        top_up(store, shift, friend, 5_000)

    def giving(till: str, giver: Member, receiver: Member, amount: int) -> Callable[[], str]:
        def run() -> str:
            order = TransferOrder(f"t-{till}", giver.id, receiver.id, amount, "互相")
            transfer = Transfers(stores.at(till), clock(), till).transfer(MANAGER, order)
            return f"gave {transfer.principal + transfer.bonus}"

        return run

    outcomes = at_once(giving("A", somebody, friend, 11_000), giving("B", friend, somebody, 5_000))

    assert outcomes == ["gave 11000", "gave 5000"]
    assert (wallet(stores), wallet(stores, friend)) == (
        Wallet(WANG.id, 15_000, 1_000),
        Wallet(friend.id, 10_000, 1_000),
    )
