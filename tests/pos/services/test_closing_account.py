"""The end of an account: all of it in one transaction, and the money of the dead to their heirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pos.domain.absences import Absence
from pos.domain.account_errors import (
    AccountMissing,
    CashNotAllowed,
    DocumentsMissing,
    HeirMissing,
    MoneyHeld,
    NotDeceased,
    NotSameName,
    OnlyToHeirs,
    ReasonMissing,
)
from pos.domain.cards import CardUid
from pos.domain.errors import CardNotUsable, CardState, MemberNotActive, NotPermitted, Refusal
from pos.domain.ledger import SpendOrder
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Meal
from pos.domain.pricing import Tender, Way
from pos.domain.refunds import RefundKind
from pos.domain.reservations import Booking
from pos.services.cards import Cards, Deposit
from pos.services.closing import Closed, Closing
from pos.services.refunds import RefundOrder, Refunds
from pos.services.reservations import Reservations
from pos.services.standing import Standing
from pos.services.transfers import TransferOrder, Transfers
from tests.pos.services.counter import Counter
from tests.pos.services.test_refunds_pay import decided

UID = CardUid("01026F6C3A")
TABLES = ("entries", "refunds", "card_events", "absences", "print_jobs")


def closing(counter: Counter) -> Closing:
    return Closing(counter.stores, counter.clock, "A")


def holder(counter: Counter) -> Member:
    """Somebody with a card on which lie a deposit of 10.00, 200.00 and 20.00."""
    member = counter.rich("王秀英")
    Cards(counter.stores, counter.clock, "A").issue(counter.manager, "card", member.id, UID, Deposit(1_000))
    return member


def wish(member: Member, **facts: Any) -> RefundOrder:
    order = RefundOrder("close", member.id, Tender.BANK, None, "王秀英", "6222 0000 1234 5678", "搬家")
    return replace(order, **facts)


def closed(counter: Counter, order: RefundOrder) -> Closed:
    return closing(counter).close(counter.manager, order)


def refused(counter: Counter, order: RefundOrder, kind: type[Refusal], *, heirs: bool = False) -> Any:
    before = {table: counter.count(table) for table in TABLES}
    ask = closing(counter).to_heirs if heirs else closing(counter).close
    with pytest.raises(kind) as error:
        ask(counter.manager, order)
    assert {table: counter.count(table) for table in TABLES} == before
    return error.value


def status(counter: Counter, member: Member) -> MemberStatus:
    with counter.stores.read() as store:
        found = store.members.get(member.id, counter.clock.local().date())
    assert found is not None
    return found.status


def dies(counter: Counter, member: Member) -> None:
    death = Absence("death", MemberStatus.DECEASED, counter.clock.local().date())
    Standing(counter.stores, counter.clock, "A").begin(counter.manager, member.id, death)


def test_closing_pays_all_back_takes_the_card_in_and_notes_that_the_member_left(counter: Counter) -> None:
    member = holder(counter)
    counter.sell(member, ("rice", 66))
    quote = closing(counter).quote(member.id)

    done = closed(counter, wish(member))

    assert (quote.refund.amount, quote.refund.forfeited, quote.deposit) == (14_000, 1_400, 1_000)
    assert done.refund is not None
    assert done.card is not None
    assert (done.refund.kind, done.refund.amount, done.refund.forfeited) == (RefundKind.CLOSING, 14_000, 1_400)
    assert (done.card.deposit, counter.balance("card_deposit"), counter.wallet(member)) == (-1_000, 0, (0, 0))
    assert status(counter, member) is MemberStatus.LEFT
    with pytest.raises(CardNotUsable) as refusal:
        counter.checkout.identify(UID)
    assert refusal.value.state is CardState.RETURNED
    with pytest.raises(MemberNotActive):
        counter.top_up(member, 100)
    assert [(kind, kick) for kind, _subject, _copy, _by, kick in counter.jobs()[-2:]] == [("refund", 0), ("card", 1)]


def test_M1_an_account_is_closed_once_however_often_it_is_asked_for(counter: Counter) -> None:
    member = holder(counter)
    first = closed(counter, wish(member))
    rows = {table: counter.count(table) for table in TABLES}

    again = closed(counter, wish(member))

    assert (again, {table: counter.count(table) for table in TABLES}) == (first, rows)


def test_an_account_without_money_and_without_a_card_is_closed_too(counter: Counter) -> None:
    member = counter.enrol("王秀英")

    answers = [closed(counter, wish(member)) for _ in range(2)]

    assert answers == [Closed(None, None)] * 2
    assert status(counter, member) is MemberStatus.LEFT


def test_bonus_without_principal_is_given_up_with_the_account(counter: Counter) -> None:
    decided(counter, spend_order=SpendOrder.PRINCIPAL_FIRST)
    member = counter.rich("王秀英")
    counter.sell(member, ("set", 10), ("meat", 10))

    done = closed(counter, wish(member))

    assert done.refund is not None
    assert (done.refund.amount, done.refund.forfeited, counter.wallet(member)) == (0, 2_000, (0, 0))


def test_E3_an_account_with_reservations_is_not_closed(counter: Counter) -> None:
    member = holder(counter)
    booking = Booking("booked", member.id, counter.clock.local().date(), Meal.LUNCH, Way.DINE_IN, (("set", 1),), 1_200)
    Reservations(counter.stores, counter.clock, "A").book(counter.manager, replace(booking, why="老人住得远"))

    assert refused(counter, wish(member), MoneyHeld).held == 1_200


def test_closing_follows_the_rules_of_a_refund(counter: Counter) -> None:
    member = holder(counter)

    refused(counter, wish(member, holder="李桂芳"), NotSameName)
    refused(counter, wish(member, account=""), AccountMissing)
    refused(counter, wish(member, tender=Tender.CASH), CashNotAllowed)
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.wait(days=8)
    counter.shifts.open(counter.cashier, 1_000)
    refused(counter, wish(member, reason=""), ReasonMissing)
    with pytest.raises(NotPermitted):
        closing(counter).close(counter.cashier, wish(member))


def test_E3_of_a_deceased_member_nothing_is_eaten_topped_up_handed_on_or_paid_but_to_heirs(counter: Counter) -> None:
    member = holder(counter)
    handed_on = TransferOrder("t", member.id, counter.enrol("李桂芳").id, 100, "夫妻合并")
    dies(counter, member)

    refused(counter, wish(member), OnlyToHeirs)
    with pytest.raises(OnlyToHeirs):
        Refunds(counter.stores, counter.clock, "A").refund(counter.manager, wish(member))
    with pytest.raises(OnlyToHeirs):
        Transfers(counter.stores, counter.clock, "A").transfer(counter.manager, handed_on)
    with pytest.raises(MemberNotActive):
        counter.top_up(member, 100)
    with pytest.raises(MemberNotActive):
        counter.checkout.identify(UID)


def test_heirs_are_paid_for_their_documents_into_their_own_account(counter: Counter) -> None:
    member = holder(counter)
    dies(counter, member)
    order = wish(member, holder="王小红", reason="", documents="死亡证明、继承公证书")

    done = closing(counter).to_heirs(counter.manager, order, card_returned=True)

    assert done.refund is not None
    assert (done.refund.kind, done.refund.amount, done.refund.holder) == (RefundKind.HEIRS, 20_000, "王小红")
    assert (done.refund.documents, counter.wallet(member)) == ("死亡证明、继承公证书", (0, 0))
    assert done.card is not None
    assert done == closing(counter).to_heirs(counter.manager, order, card_returned=True)


def test_of_the_numbers_of_accounts_and_documents_the_last_four_digits_are_kept(counter: Counter) -> None:
    member = holder(counter)
    dies(counter, member)
    order = wish(member, holder="王小红", reason="退到 6222 0000 1234 5678", documents="身份证999999194002030018、死亡证明")

    done = closing(counter).to_heirs(counter.manager, order)

    assert done.refund is not None
    assert (done.refund.reason, done.refund.documents) == ("退到 5678", "身份证0018、死亡证明")


def test_heirs_are_named_show_documents_and_exist_only_after_a_death(counter: Counter) -> None:
    member = holder(counter)
    order = wish(member, holder="王小红", documents="死亡证明")
    refused(counter, order, NotDeceased, heirs=True)
    dies(counter, member)

    refused(counter, replace(order, holder=" "), HeirMissing, heirs=True)
    refused(counter, replace(order, documents=" "), DocumentsMissing, heirs=True)
    refused(counter, replace(order, account=""), AccountMissing, heirs=True)
    with pytest.raises(NotPermitted):
        closing(counter).to_heirs(counter.cashier, order)
