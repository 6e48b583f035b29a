"""Holds: money set aside for a reserved meal is spent on nothing else, and ends once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from pos.domain.account_errors import HoldEnded
from pos.domain.errors import BadAmount, MemberUnknown, NotEnough, NotPermitted
from pos.domain.ledger import EntryKind
from pos.domain.members import Member, Wallet
from pos.domain.statement import Balance
from pos.services.holds import Holds
from pos.services.refunds import Refunds
from pos.services.statements import Statements
from tests.made_up import bill_of
from tests.pos.services.counter import MONDAY, Counter, written_past_us


def holds(counter: Counter) -> Holds:
    return Holds(counter.stores, counter.clock, "A")


def wallet(counter: Counter, member: Member) -> Wallet | None:
    with counter.stores.read() as store:
        return store.members.wallet(member.id)


def test_held_money_is_neither_eaten_nor_paid_back(counter: Counter) -> None:
    member = counter.rich()

    hold = holds(counter).hold(counter.cashier, "hold", member.id, 16_500)

    assert (hold.principal, hold.bonus, hold.amount) == (15_000, 1_500, 16_500)
    assert holds(counter).of(member.id) == (hold,)
    assert wallet(counter, member) == Wallet(member.id, 5_000, 500, 16_500)
    assert Refunds(counter.stores, counter.clock, "A").quote(member.id).amount == 5_000
    with pytest.raises(NotEnough):
        counter.sell(member, ("rice", 56))


def test_a_meal_that_is_eaten_is_paid_out_of_its_hold_and_the_rest_goes_back(counter: Counter) -> None:
    member = counter.rich()
    holds(counter).hold(counter.cashier, "hold", member.id, 2_200)

    entry = holds(counter).settle(counter.cashier, "settle", "hold", bill_of(1_100))

    assert (entry.draft.kind, entry.draft.reverses) == (EntryKind.SETTLE, "hold")
    assert wallet(counter, member) == Wallet(member.id, 19_000, 1_900)
    assert (holds(counter).of(member.id), counter.balance("revenue:set_meal")) == ((), -1_100)


def test_a_cancelled_reservation_gives_everything_back_to_its_lots(counter: Counter) -> None:
    member = counter.rich()
    counter.top_up(member, 1_000)
    holds(counter).hold(counter.cashier, "hold", member.id, 22_500)

    holds(counter).release(counter.cashier, "release", "hold")

    assert wallet(counter, member) == Wallet(member.id, 21_000, 2_000)
    with counter.stores.read() as store:
        assert [(lot.principal_left, lot.bonus_left) for lot in store.ledger.open_lots(member.id)] == [(20_000, 2_000), (1_000, 0)]


def test_a_hold_ends_once(counter: Counter) -> None:
    member = counter.rich()
    holds(counter).hold(counter.cashier, "hold", member.id, 1_100)
    holds(counter).release(counter.cashier, "release", "hold")

    with pytest.raises(HoldEnded):
        holds(counter).settle(counter.cashier, "settle", "hold", bill_of(1_100))
    with pytest.raises(HoldEnded):
        holds(counter).release(counter.cashier, "again", "hold")


def test_M1_each_step_is_done_once_however_often_it_is_asked_for(counter: Counter) -> None:
    member = counter.rich()
    together = Barrier(2)

    def settle(_: int) -> str:
        together.wait()
        return holds(counter).settle(counter.cashier, "settle", "hold", bill_of(1_100)).number

    held = [holds(counter).hold(counter.cashier, "hold", member.id, 1_100) for _ in range(2)]
    with ThreadPoolExecutor(2) as hands:
        settled = list(hands.map(settle, range(2)))

    assert (held[0], settled[0]) == (held[1], settled[1])
    assert wallet(counter, member) == Wallet(member.id, 19_000, 1_900)


def test_a_meal_that_costs_more_than_was_held_is_refused(counter: Counter) -> None:
    member = counter.rich()
    holds(counter).hold(counter.cashier, "hold", member.id, 1_100)

    with pytest.raises(NotEnough) as refused:
        holds(counter).settle(counter.cashier, "settle", "hold", bill_of(1_101))

    assert (refused.value.needed, refused.value.available) == (1_101, 1_100)


def test_nothing_is_held_that_is_not_there(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    member = counter.rich()

    for amount, kind in ((0, BadAmount), (22_001, NotEnough)):
        with pytest.raises(kind):
            holds(counter).hold(counter.cashier, "hold", member.id, amount)
    with pytest.raises(MemberUnknown):
        holds(counter).hold(counter.cashier, "hold", "nobody", 1)
    monkeypatch.setattr("pos.domain.staff.MAY", dict.fromkeys(("cashier", "manager"), frozenset[str]()))
    with pytest.raises(NotPermitted):
        holds(counter).hold(counter.cashier, "hold", member.id, 1)


def test_a_statement_shows_what_is_held_and_balances(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1950, 1, 1))
    holds(counter).hold(counter.cashier, "hold", member.id, 1_100)
    holds(counter).settle(counter.cashier, "settle", "hold", bill_of(550))

    statement = Statements(counter.stores, counter.clock, "A").of(member.id, MONDAY, MONDAY)

    assert [(line.kind, line.moved, line.undoes) for line in statement.lines[1:]] == [
        (EntryKind.HOLD, Balance(-1_000, -100, 1_100), None),
        (EntryKind.SETTLE, Balance(500, 50, -1_100), None),
    ]
    assert (statement.closing, statement.eaten) == (Balance(19_500, 1_950), 550)


def test_verify_finds_money_that_is_held_for_nothing(counter: Counter) -> None:
    member = counter.rich()
    holds(counter).hold(counter.cashier, "hold", member.id, 1_100)
    written_past_us(counter, "UPDATE wallets SET held = held + 1")

    rules = {finding.rule for finding in counter.verify.run().findings}

    written_past_us(counter, "UPDATE wallets SET held = held - 1")
    assert "held_is_its_holds" in rules
