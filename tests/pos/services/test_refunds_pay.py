"""Refunds: the principal that is left, to the right person, in the right way, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pos.domain.account_errors import (
    AccountMissing,
    CashNotAllowed,
    NothingToRefund,
    NotSameName,
    ReasonMissing,
    RefundTooMuch,
    UndoTooLate,
)
from pos.domain.errors import (
    AlreadyUndone,
    BadAmount,
    BadName,
    BalanceAboveLimit,
    MemberUnknown,
    NotEnough,
    NothingToUndo,
    NotPermitted,
    Refusal,
)
from pos.domain.ledger import EntryKind, SpendOrder
from pos.domain.members import Member
from pos.domain.pricing import Tender
from pos.domain.refunds import Refund, RefundKind
from pos.services.refunds import RefundOrder, Refunds
from pos.services.statements import Statements
from tests.pos.services.counter import MONDAY, Counter, rows_of

NAME = "王秀英"


def refunds(counter: Counter) -> Refunds:
    return Refunds(counter.stores, counter.clock, "A")


def wish(member: Member, amount: int | None = None, **facts: Any) -> RefundOrder:
    return replace(
        RefundOrder("refund", member.id, Tender.BANK, amount, member.name, "6222 0000 1234 5678", "搬家"), **facts
    )


def paid(counter: Counter, member: Member, amount: int | None = None, **facts: Any) -> Refund:
    return refunds(counter).refund(counter.manager, wish(member, amount, **facts))


def refused(counter: Counter, order: RefundOrder, kind: type[Refusal]) -> Any:
    before = {table: counter.count(table) for table in ("entries", "refunds", "refund_lots", "print_jobs")}
    with pytest.raises(kind) as error:
        refunds(counter).refund(counter.manager, order)
    assert {table: counter.count(table) for table in before} == before
    return error.value


def decided(counter: Counter, **terms: Any) -> None:
    with counter.stores.write() as store:
        canteen = store.canteen.get()
        assert canteen is not None
        store.canteen.put(replace(canteen, **terms), counter.manager.staff_id, counter.clock.now_ms())


@pytest.mark.parametrize(
    ("order", "back", "given_up"),
    [
        (SpendOrder.PRINCIPAL_FIRST, 13_400, 2_000),
        (SpendOrder.BONUS_FIRST, 15_400, 0),
        (SpendOrder.PRO_RATA, 14_000, 1_400),
    ],
)
def test_200_and_20_with_66_eaten_pay_back_what_the_order_of_their_day_says(
    counter: Counter, order: SpendOrder, back: int, given_up: int
) -> None:
    decided(counter, spend_order=order)
    member = counter.rich(NAME)
    decided(counter, spend_order=SpendOrder.PRO_RATA)
    counter.sell(member, ("rice", 66))
    quote = refunds(counter).quote(member.id)

    refund = paid(counter, member)

    assert (quote.amount, quote.forfeited) == (refund.amount, refund.forfeited) == (back, given_up)
    assert refund.shares == quote.shares
    assert counter.wallet(member) == (0, 0)
    assert counter.balance("clearing:bank") == -back
    assert counter.balance("bonus_expense") == 2_000 - given_up


def test_after_22_meals_of_10_yuan_there_is_nothing_to_pay_back(counter: Counter) -> None:
    member = counter.rich(NAME)
    for _ in range(22):
        counter.sell(member, ("rice", 10), again=True)

    refused(counter, wish(member), NothingToRefund)


def test_a_refund_is_stored_with_all_that_explains_it(counter: Counter) -> None:
    member = counter.rich(NAME)

    refund = paid(counter, member, 5_000, identity_seen=True, card_tail="0040856634")

    with counter.stores.read() as store:
        assert store.refunds.get("refund") == refund
    assert (refund.kind, refund.holder, refund.account_tail, refund.reason) == (RefundKind.REFUND, NAME, "5678", "搬家")
    assert (refund.principal_after, refund.bonus_after, refund.card_tail) == (15_000, 1_500, "6634")
    assert counter.wallet(member) == (15_000, 1_500)
    assert counter.jobs()[-1] == ("refund", "refund", 0, "", 0)
    assert not rows_of(counter.file, "SELECT 1 FROM refunds WHERE account_tail LIKE '%0000%'")


def test_M6_part_and_then_the_rest_is_the_whole_and_no_fen_more(counter: Counter) -> None:
    member = counter.rich(NAME)
    counter.sell(member, ("rice", 66))
    parts = [paid(counter, member, amount, refund_id=f"r{amount}") for amount in (3_333, 4_444)]

    error = refused(counter, wish(member, 14_000 - 7_777 + 1, refund_id="more"), RefundTooMuch)
    rest = paid(counter, member, refund_id="rest")

    assert (error.asked, error.left) == (6_224, 6_223)
    assert [one.amount for one in (*parts, rest)] == [3_333, 4_444, 6_223]
    assert sum(one.forfeited for one in (*parts, rest)) == 1_400
    assert (rest.shares[0].gone_principal, rest.shares[0].eaten_principal) == (7_777, 6_000)
    assert counter.wallet(member) == (0, 0)


def test_M6_a_refund_of_a_refund_is_refused(counter: Counter) -> None:
    member = counter.rich(NAME)
    paid(counter, member)

    refused(counter, wish(member, refund_id="again"), NothingToRefund)
    refused(counter, wish(member, 20_000, refund_id="again"), RefundTooMuch)


def test_M15_bonus_and_an_empty_card_are_never_paid_out(counter: Counter) -> None:
    decided(counter, spend_order=SpendOrder.PRINCIPAL_FIRST)
    member, empty = counter.rich(NAME), counter.enrol("李桂芳")
    counter.sell(member, ("rice", 99), ("set", 1), ("meat", 11), again=True)
    counter.sell(member, ("rice", 1), again=True)

    assert counter.wallet(member)[0] == 0
    assert refused(counter, wish(member), NothingToRefund).name == NAME
    refused(counter, wish(empty), NothingToRefund)
    refused(counter, wish(member, tender=Tender.CARD), NothingToRefund)


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_or_less_is_no_refund(counter: Counter, amount: int) -> None:
    refused(counter, wish(counter.rich(NAME), amount), BadAmount)


def test_money_does_not_go_back_onto_a_card(counter: Counter) -> None:
    refused(counter, wish(counter.rich(NAME), tender=Tender.CARD), BadAmount)


def test_a_balance_of_100_yuan_goes_in_cash_and_one_fen_more_does_not(counter: Counter) -> None:
    member = counter.enrol(NAME)
    counter.top_up(member, 10_001)
    error = refused(counter, wish(member, 100, tender=Tender.CASH), CashNotAllowed)
    paid(counter, member, 1, refund_id="one-fen")

    refund = paid(counter, member, tender=Tender.CASH, holder="somebody", account="123456")

    assert (error.balance, error.limit) == (10_001, 10_000)
    assert (refund.amount, refund.holder, refund.account_tail) == (10_000, "", "")
    assert counter.balance("drawer:A") == 10_000 + 10_001 - 10_000
    assert counter.jobs()[-1] == ("refund", "refund", 0, "", 1)


def test_the_canteen_may_move_the_limit_of_cash(counter: Counter) -> None:
    decided(counter, cash_refund_limit=20_000)
    member = counter.rich(NAME)

    assert refunds(counter).quote(member.id).cash_allowed
    assert paid(counter, member, tender=Tender.CASH).amount == 20_000


@pytest.mark.parametrize(("holder", "kind"), [("李桂芳", NotSameName), ("", NotSameName)])
def test_money_goes_to_an_account_in_the_members_own_name(counter: Counter, holder: str, kind: type[Refusal]) -> None:
    refused(counter, wish(counter.rich(NAME), holder=holder), kind)


def test_without_an_account_nothing_is_paid_to_one(counter: Counter) -> None:
    refused(counter, wish(counter.rich(NAME), account=" "), AccountMissing)


def test_within_seven_days_no_reason_is_asked_and_after_them_one_is(counter: Counter) -> None:
    member = counter.rich(NAME)
    free = refunds(counter).quote(member.id)
    paid(counter, member, 100, refund_id="free", reason="")
    counter.shifts.close(counter.cashier, 30_000)
    counter.wait(days=7, milliseconds=1)
    counter.shifts.open(counter.cashier, 0)
    late = refunds(counter).quote(member.id)

    refused(counter, wish(member, reason=" "), ReasonMissing)

    assert (free.reason_needed, late.reason_needed) == (False, True)
    assert paid(counter, member).reason == "搬家"


def test_M1_a_refund_is_paid_once_however_often_it_is_asked_for(counter: Counter) -> None:
    member = counter.rich(NAME)

    answers = [paid(counter, member, 5_000) for _ in range(3)]

    assert answers == [answers[0]] * 3
    assert (counter.wallet(member), counter.count("refunds")) == ((15_000, 1_500), 1)


def test_a_refund_leaves_the_subsidy_of_meals_already_eaten(counter: Counter) -> None:
    member = counter.rich(NAME, date(1940, 1, 1))
    counter.sell(member)
    subsidy = counter.balance("receivable:city")

    paid(counter, member)

    assert (subsidy, counter.balance("receivable:city")) == (300, 300)


def test_a_refund_by_mistake_is_put_back_onto_its_lots_once(counter: Counter) -> None:
    member = counter.rich(NAME)
    counter.sell(member, ("rice", 66))
    refund = paid(counter, member)

    undone = refunds(counter).undo(counter.manager, "undo", refund.id, "wrong member")

    assert undone == replace(refund, undone=True, undo_reason="wrong member") == refunds(counter).undo(counter.manager, "undo", refund.id, "wrong member")
    assert (counter.wallet(member), counter.balance("clearing:bank")) == ((14_000, 1_400), 0)
    assert refunds(counter).quote(member.id).shares[0].gone_principal == 0
    with pytest.raises(AlreadyUndone):
        refunds(counter).undo(counter.manager, "again", refund.id, "x")
    assert paid(counter, member, refund_id="right").amount == 14_000


def test_a_refund_is_not_put_back_onto_a_card_that_was_filled_up_meanwhile(counter: Counter) -> None:
    decided(counter, balance_limit=22_000)
    member = counter.rich(NAME)
    refund = paid(counter, member)
    top_up = counter.top_up(member, 1)

    with pytest.raises(BalanceAboveLimit) as error:
        refunds(counter).undo(counter.manager, "undo", refund.id, "wrong member")

    assert (error.value.balance, error.value.limit, counter.wallet(member)) == (22_001, 22_000, (1, 0))
    counter.top_ups.undo(counter.cashier, "room", top_up.id)
    assert refunds(counter).undo(counter.manager, "undo", refund.id, "wrong member").undone


def test_a_refund_is_undone_for_a_reason_that_is_kept_without_numbers(counter: Counter) -> None:
    refund = paid(counter, counter.rich(NAME), 500)

    for nothing, refused in (("", ReasonMissing), (" ", ReasonMissing), ("x" * 201, BadName)):
        with pytest.raises(refused):
            refunds(counter).undo(counter.manager, "undo", refund.id, nothing)
    undone = refunds(counter).undo(counter.manager, "undo", refund.id, " 账号 6222020200112233445 打错 ")

    assert (undone.undone, "6222020200112233445" in undone.undo_reason, undone.undo_reason[:2]) == (True, False, "账号")


def test_a_refund_is_found_by_its_number_as_long_as_it_may_be_undone(counter: Counter) -> None:
    member = counter.rich(NAME)
    refund = paid(counter, member, 500)
    found = refunds(counter).undoable(counter.manager, refund.number)
    refunds(counter).undo(counter.manager, "undo", refund.id, "x")

    assert found == refund
    with pytest.raises(AlreadyUndone):
        refunds(counter).undoable(counter.manager, refund.number)
    with pytest.raises(NothingToUndo):
        refunds(counter).undoable(counter.manager, "A-1-999999")
    with pytest.raises(NotPermitted):
        refunds(counter).undoable(counter.cashier, refund.number)


def test_a_refund_of_an_earlier_shift_has_left_and_stays(counter: Counter) -> None:
    refund = paid(counter, counter.rich(NAME), 500)
    counter.shifts.close(counter.manager, 20_000)
    with pytest.raises(UndoTooLate):
        refunds(counter).undoable(counter.manager, refund.number)
    counter.shifts.open(counter.cashier, 0)

    with pytest.raises(UndoTooLate):
        refunds(counter).undoable(counter.manager, refund.number)
    with pytest.raises(UndoTooLate) as refused:
        refunds(counter).undo(counter.manager, "undo", refund.id, "x")

    assert refused.value.number == refund.number


def test_a_top_up_whose_money_went_back_is_not_undone_as_well(counter: Counter) -> None:
    member = counter.enrol(NAME)
    top_up = counter.top_up(member, 5_000)
    paid(counter, member)

    with pytest.raises(NotEnough):
        counter.top_ups.undo(counter.cashier, "undo", top_up.id)


def test_the_shift_counts_what_was_paid_back(counter: Counter) -> None:
    member = counter.enrol(NAME)
    counter.top_up(member, 8_000)
    paid(counter, member, 3_000, refund_id="cash", tender=Tender.CASH)
    paid(counter, member, 1_000, refund_id="bank")
    gone = paid(counter, member, 500, refund_id="undone")
    refunds(counter).undo(counter.manager, "undo", gone.id, "x")

    report = counter.shifts.x_report(counter.cashier)

    assert (report.refunded, report.cash_in_drawer) == ({"bank": 1_000, "cash": 3_000}, 10_000 + 8_000 - 3_000)


def test_a_refund_stands_on_the_statement(counter: Counter) -> None:
    member = counter.rich(NAME)
    paid(counter, member, 5_000)

    line = Statements(counter.stores, counter.clock, "A").of(member.id, MONDAY, MONDAY).lines[-1]

    assert (line.kind, line.tender, line.moved.total, line.after.total) == (EntryKind.REFUND, Tender.BANK, -5_500, 16_500)


def test_only_a_manager_pays_back_and_only_to_members(counter: Counter) -> None:
    member = counter.rich(NAME)

    with pytest.raises(NotPermitted):
        refunds(counter).refund(counter.cashier, wish(member))
    refused(counter, wish(replace(member, id="nobody")), MemberUnknown)
    with pytest.raises(MemberUnknown):
        refunds(counter).quote("nobody")
