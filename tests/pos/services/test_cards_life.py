"""The life of a card: one in use, a number of its own, and a history that nobody changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier

import pytest

from pos.domain.account_errors import CardNotThus, HasCard, NoCard, PoolCard, ReasonMissing
from pos.domain.card_life import CardDeed, CardEvent
from pos.domain.cards import CardUid
from pos.domain.errors import (
    BadAmount,
    CardNotUsable,
    CardState,
    CardTaken,
    NoShift,
    NotPermitted,
    Refusal,
    UnknownCard,
)
from pos.domain.members import Member
from pos.domain.pricing import Tender
from pos.services.cards import Cards, Deposit
from pos.services.lending import Lending
from pos.services.statements import Statements
from tests.pos.services.counter import MONDAY, Counter, written_past_us

OLD, NEW, THIRD = CardUid("01026F6C3A"), CardUid("01026F6C3B"), CardUid("0102030405")


def cards(counter: Counter) -> Cards:
    return Cards(counter.stores, counter.clock, "A")


def holder(counter: Counter, name: str = "王秀英", uid: CardUid = OLD, deposit: int = 0) -> Member:
    """Somebody who was given this card."""
    member = counter.enrol(name)
    cards(counter).issue(counter.manager, counter.new_id("issue"), member.id, uid, Deposit(deposit))
    return member


def states(counter: Counter, member: Member) -> dict[CardUid, CardState]:
    return {card.uid: card.state for card in cards(counter).of(member.id).cards}


def deeds(counter: Counter, member: Member) -> list[tuple[CardDeed, CardUid]]:
    return [(event.deed, event.uid) for event in cards(counter).of(member.id).events]


def test_a_card_that_was_given_out_opens_the_counter(counter: Counter) -> None:
    member = counter.enrol()

    event = cards(counter).issue(counter.manager, "deed", member.id, OLD, reason="新办")

    assert counter.checkout.identify(OLD).member == member
    assert event == CardEvent(
        "deed", OLD, member.id, member.name, CardDeed.ISSUED, counter.clock.now_ms(), "A",
        counter.manager.staff_id, counter.manager.name, "新办",
    )  # fmt: skip
    assert cards(counter).of(member.id).events == (event,)
    assert counter.jobs() == [("card", "deed", 0, "", 0)]
    assert [hit.id for hit in counter.members.search(OLD.printed)] == [member.id]


def test_C1_a_replaced_card_is_refused_with_its_reason_and_balance_and_history_follow(counter: Counter) -> None:
    member = holder(counter)
    counter.top_up(member, 20_000)
    counter.sell(member, ("rice", 11))
    before = Statements(counter.stores, counter.clock, "A").of(member.id, MONDAY, MONDAY).lines

    cards(counter).replace(counter.manager, "deed", member.id, NEW, reason="卡面磨损")

    with pytest.raises(CardNotUsable) as refused:
        counter.checkout.identify(OLD)
    diner = counter.checkout.identify(NEW)
    assert (refused.value.printed, refused.value.state, refused.value.holder) == (OLD.printed, CardState.REPLACED, "王秀英")
    assert (diner.wallet.spendable, len(diner.recent)) == (20_900, 1)
    assert Statements(counter.stores, counter.clock, "A").of(member.id, MONDAY, MONDAY).lines == before
    assert deeds(counter, member) == [(CardDeed.ISSUED, OLD), (CardDeed.REPLACED, OLD), (CardDeed.ISSUED, NEW)]
    assert [event.other for event in cards(counter).of(member.id).events] == [None, NEW, OLD]


def test_C1_a_lost_card_is_refused_until_it_is_found(counter: Counter) -> None:
    member = holder(counter)
    cards(counter).report_lost(counter.cashier, "lost", member.id, "丢在菜场")
    with pytest.raises(CardNotUsable) as refused:
        counter.checkout.identify(OLD)

    cards(counter).found(counter.cashier, "found", OLD)

    assert refused.value.state is CardState.LOST
    assert counter.checkout.identify(OLD).member.id == member.id
    assert deeds(counter, member) == [(CardDeed.ISSUED, OLD), (CardDeed.LOST, OLD), (CardDeed.FOUND, OLD)]


def test_a_lost_card_is_replaced_and_never_found_again(counter: Counter) -> None:
    member = holder(counter)
    cards(counter).report_lost(counter.cashier, "lost", member.id)
    cards(counter).replace(counter.manager, "replace", member.id, NEW)

    with pytest.raises(CardNotThus) as refused:
        cards(counter).found(counter.cashier, "found", OLD)

    assert (refused.value.printed, refused.value.state) == (OLD.printed, CardState.REPLACED)
    assert states(counter, member) == {OLD: CardState.REPLACED, NEW: CardState.ACTIVE}


@pytest.mark.parametrize("deed", ["issue", "lost", "found", "replace", "back", "block"])
def test_M1_a_deed_is_done_once_however_often_it_is_asked_for(counter: Counter, deed: str) -> None:
    member = holder(counter, deposit=1_000)
    if deed == "found":
        cards(counter).report_lost(counter.cashier, "before", member.id)
    asked: dict[str, Callable[[], CardEvent]] = {
        "issue": lambda: cards(counter).issue(counter.manager, "issue-1", member.id, OLD),
        "lost": lambda: cards(counter).report_lost(counter.manager, "x", member.id),
        "found": lambda: cards(counter).found(counter.manager, "x", OLD),
        "replace": lambda: cards(counter).replace(counter.manager, "x", member.id, NEW, Deposit(500)),
        "back": lambda: cards(counter).give_back(counter.manager, "x", OLD),
        "block": lambda: cards(counter).block(counter.manager, "x", OLD, "反复逃单"),
    }
    first = asked[deed]()
    rows = [counter.count(table) for table in ("card_events", "entries", "print_jobs", "cards")]

    again = asked[deed]()

    assert again == first
    assert [counter.count(table) for table in ("card_events", "entries", "print_jobs", "cards")] == rows


def test_a_deposit_lies_apart_from_the_wallet_and_goes_back_with_the_card(counter: Counter) -> None:
    member = holder(counter, deposit=1_000)
    report = counter.shifts.x_report(counter.cashier)

    event = cards(counter).give_back(counter.manager, "back", OLD)

    assert (report.deposits, report.cash_in_drawer) == ({"cash": 1_000}, 11_000)
    assert (event.deposit, cards(counter).of(member.id).deposit) == (-1_000, 0)
    assert (counter.balance("card_deposit"), counter.balance("drawer:A"), counter.wallet(member)) == (0, 10_000, (0, 0))
    assert [kick for *_rest, kick in counter.jobs()] == [1, 1]
    assert states(counter, member) == {OLD: CardState.RETURNED}


def test_a_deposit_moves_to_the_new_card(counter: Counter) -> None:
    member = holder(counter, deposit=1_000)

    cards(counter).replace(counter.manager, "replace", member.id, NEW, Deposit(500, Tender.WECHAT))

    assert [event.deposit for event in cards(counter).of(member.id).events] == [1_000, -1_000, 1_500]
    assert counter.balance("card_deposit") == -1_500
    assert cards(counter).give_back(counter.manager, "back", NEW, Tender.WECHAT).deposit == -1_500


@pytest.mark.parametrize("deposit", [Deposit(-1), Deposit(100, Tender.CARD)])
def test_a_deposit_is_no_debt_and_no_card_money(counter: Counter, deposit: Deposit) -> None:
    with pytest.raises(BadAmount):
        cards(counter).issue(counter.manager, "deed", counter.enrol().id, OLD, deposit)


def test_a_deposit_needs_an_open_shift_and_a_card_without_one_does_not(closed_counter: Counter) -> None:
    member = closed_counter.enrol()
    with pytest.raises(NoShift):
        cards(closed_counter).issue(closed_counter.manager, "deed", member.id, OLD, Deposit(1_000))

    cards(closed_counter).issue(closed_counter.manager, "deed", member.id, OLD)

    assert states(closed_counter, member) == {OLD: CardState.ACTIVE}


def test_nobody_has_two_cards_in_use(counter: Counter) -> None:
    member = holder(counter)

    with pytest.raises(HasCard) as refused:
        cards(counter).issue(counter.manager, "deed", member.id, NEW)

    assert (refused.value.name, refused.value.printed) == ("王秀英", OLD.printed)


def test_a_card_that_comes_back_while_another_is_in_use_stays_shut(counter: Counter) -> None:
    member = holder(counter)
    cards(counter).report_lost(counter.cashier, "lost", member.id)
    cards(counter).issue(counter.manager, "second", member.id, NEW)

    with pytest.raises(HasCard):
        cards(counter).found(counter.cashier, "found", OLD)


def test_a_number_used_once_goes_to_somebody_else_only_for_a_reason(counter: Counter) -> None:
    first = holder(counter)
    second = counter.enrol("李桂芳")
    with pytest.raises(CardTaken):
        cards(counter).issue(counter.manager, "while-in-use", second.id, OLD, reason="家人转让")
    cards(counter).give_back(counter.manager, "back", OLD)
    with pytest.raises(CardTaken) as refused:
        cards(counter).issue(counter.manager, "without", second.id, OLD)

    cards(counter).issue(counter.manager, "with", second.id, CardUid(OLD.tail), reason="旧卡再用")

    assert refused.value.holder == "王秀英"
    assert counter.checkout.identify(OLD).member.id == second.id
    assert [hit.id for hit in counter.members.search(OLD.printed)] == [second.id]
    assert deeds(counter, first) == [(CardDeed.ISSUED, OLD), (CardDeed.RETURNED, OLD)]
    assert deeds(counter, second) == [(CardDeed.ISSUED, OLD)]


def test_a_deposit_of_the_holder_before_is_not_paid_to_the_next(counter: Counter) -> None:
    first, second = holder(counter, deposit=2_000), counter.enrol("李桂芳")
    cards(counter).report_lost(counter.cashier, "lost", first.id)
    cards(counter).issue(counter.manager, "with", second.id, OLD, Deposit(500), "拾到再用")

    event = cards(counter).give_back(counter.manager, "back", OLD)

    assert event.deposit == -500
    assert [cards(counter).of(member.id).deposit for member in (first, second)] == [2_000, 0]
    assert counter.balance("card_deposit") == -2_000


def test_the_member_gets_the_own_returned_card_again_without_a_reason(counter: Counter) -> None:
    member = holder(counter)
    cards(counter).give_back(counter.manager, "back", OLD)

    cards(counter).issue(counter.manager, "again", member.id, OLD)

    assert states(counter, member) == {OLD: CardState.ACTIVE}


def test_a_blocked_card_is_refused_and_let_in_again_for_a_reason(counter: Counter) -> None:
    member = holder(counter)
    with pytest.raises(ReasonMissing):
        cards(counter).block(counter.manager, "deed", OLD, " ")
    cards(counter).block(counter.manager, "block", OLD, "冒用")
    with pytest.raises(CardNotUsable) as refused:
        counter.checkout.identify(OLD)

    cards(counter).unblock(counter.manager, "unblock", OLD, "查清了")

    assert refused.value.state is CardState.BLOCKED
    assert [event.reason for event in cards(counter).of(member.id).events] == ["", "冒用", "查清了"]
    assert counter.checkout.identify(OLD).member.id == member.id


@pytest.mark.parametrize("state", [CardState.RETURNED, CardState.REPLACED])
def test_a_card_that_is_out_of_use_for_good_does_not_come_back_over_the_black_list(
    counter: Counter, state: CardState
) -> None:
    member = holder(counter)
    if state is CardState.RETURNED:
        cards(counter).give_back(counter.manager, "back", OLD)
    else:
        cards(counter).replace(counter.manager, "replace", member.id, NEW)

    with pytest.raises(CardNotThus) as refused:
        cards(counter).block(counter.manager, "block", OLD, "冒用")
    with pytest.raises(CardNotThus):
        cards(counter).unblock(counter.manager, "unblock", OLD, "查清了")

    assert (refused.value.printed, refused.value.state) == (OLD.printed, state)
    assert states(counter, member)[OLD] is state


def test_who_has_no_card_loses_none_and_gets_none_replaced(counter: Counter) -> None:
    member = counter.enrol()

    with pytest.raises(NoCard):
        cards(counter).report_lost(counter.cashier, "lost", member.id)
    with pytest.raises(NoCard):
        cards(counter).replace(counter.manager, "replace", member.id, NEW)
    with pytest.raises(UnknownCard):
        cards(counter).found(counter.cashier, "found", OLD)


def test_a_card_of_the_pool_is_nobodys_own(counter: Counter) -> None:
    Lending(counter.stores, counter.clock, "A").add(counter.manager, "pool", THIRD)

    with pytest.raises(PoolCard):
        cards(counter).issue(counter.manager, "deed", counter.enrol().id, THIRD)


def test_a_cashier_stops_a_lost_card_and_gives_out_none(counter: Counter) -> None:
    member = holder(counter)

    def refusal(ask: Callable[[], CardEvent]) -> type[Refusal]:
        with pytest.raises(NotPermitted) as refused:
            ask()
        return type(refused.value)

    asks: list[Callable[[], CardEvent]] = [
        lambda: cards(counter).issue(counter.cashier, "1", member.id, NEW),
        lambda: cards(counter).replace(counter.cashier, "2", member.id, NEW),
        lambda: cards(counter).give_back(counter.cashier, "3", OLD),
        lambda: cards(counter).block(counter.cashier, "4", OLD, "x"),
        lambda: cards(counter).unblock(counter.cashier, "5", OLD, "x"),
    ]
    assert [refusal(ask) for ask in asks] == [NotPermitted] * 5
    assert cards(counter).report_lost(counter.cashier, "6", member.id).deed is CardDeed.LOST


def test_two_counters_that_replace_one_card_leave_one_in_use(counter: Counter) -> None:
    member = holder(counter)
    together = Barrier(2)

    def replace(number: int) -> CardUid:
        together.wait()
        uid = (NEW, THIRD)[number]
        return cards(counter).replace(counter.manager, f"deed-{number}", member.id, uid).uid

    with ThreadPoolExecutor(2) as hands:
        given = list(hands.map(replace, range(2)))

    found = states(counter, member)
    assert sorted(found.values()) == [CardState.ACTIVE, CardState.REPLACED, CardState.REPLACED]
    assert set(given) == {NEW, THIRD}


def test_the_history_refuses_every_change(counter: Counter) -> None:
    holder(counter)

    for change in ("UPDATE card_events SET reason = 'x'", "DELETE FROM card_events"):
        with closing(sqlite3.connect(counter.file)) as rows, pytest.raises(sqlite3.IntegrityError):
            rows.execute(change)


def test_verify_finds_a_card_and_a_deposit_that_no_history_explains(closed_counter: Counter) -> None:
    holder(closed_counter)
    written_past_us(closed_counter, "UPDATE cards SET state = 'blocked'")

    found = [(one.rule, one.expected, one.found) for one in closed_counter.verify.run().findings]

    written_past_us(closed_counter, "UPDATE cards SET state = 'active'")
    ((rule, expected, actual),) = found
    assert rule == "card_is_its_history"
    assert ("active" in expected, "blocked" in actual) == (True, True)


def test_the_time_of_each_deed_stands_in_the_history(counter: Counter) -> None:
    member = holder(counter)
    given_ms = counter.clock.now_ms()
    counter.wait(minutes=5)
    cards(counter).report_lost(counter.cashier, "lost", member.id)

    times = [(event.at_ms, event.staff_name) for event in cards(counter).of(member.id).events]

    later = given_ms + timedelta(minutes=5) // timedelta(milliseconds=1)
    assert times == [(given_ms, counter.manager.name), (later, counter.cashier.name)]
