"""Transfers: lots change hands with their terms, within the receiver's limit, once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pos.domain.absences import Absence
from pos.domain.account_errors import OnlyToHeirs, ReasonMissing, SameMember, UndoTooLate
from pos.domain.errors import (
    AlreadyUndone,
    BadAmount,
    BalanceAboveLimit,
    MemberNotActive,
    MemberUnknown,
    NotEnough,
    NothingToUndo,
    NotPermitted,
)
from pos.domain.ledger import EntryKind, SpendOrder
from pos.domain.members import Member, MemberStatus
from pos.domain.pricing import Tender
from pos.domain.refunds import Transfer
from pos.services.refunds import RefundOrder, Refunds
from pos.services.standing import Standing
from pos.services.statements import Statements
from pos.services.transfers import TransferOrder, Transfers
from tests.pos.services.counter import MONDAY, Counter, rows_of
from tests.pos.services.test_refunds_pay import decided


def transfers(counter: Counter) -> Transfers:
    return Transfers(counter.stores, counter.clock, "A")


def pair(counter: Counter) -> tuple[Member, Member]:
    """Somebody with 140.00 and 14.00 left, and somebody with nothing."""
    giver = counter.rich("王秀英")
    counter.sell(giver, ("rice", 66))
    return giver, counter.enrol("李桂芳")


def given(counter: Counter, giver: Member, receiver: Member, amount: int | None = None, **facts: Any) -> Transfer:
    order = replace(TransferOrder("transfer", giver.id, receiver.id, amount, "夫妻合并"), **facts)
    return transfers(counter).transfer(counter.manager, order)


def test_all_of_it_changes_hands_with_the_terms_of_its_day(counter: Counter) -> None:
    decided(counter, spend_order=SpendOrder.BONUS_FIRST)
    giver, receiver = pair(counter)
    decided(counter, spend_order=SpendOrder.PRO_RATA)

    transfer = given(counter, giver, receiver)

    with counter.stores.read() as store:
        assert store.refunds.transfer("transfer") == transfer
        (paid_lot,) = store.refunds.paid_lots(receiver.id)
    assert (transfer.principal, transfer.bonus) == (15_400, 0)
    assert (counter.wallet(giver), counter.wallet(receiver)) == ((0, 0), (15_400, 0))
    assert (paid_lot.offer, paid_lot.tender, paid_lot.lot.order) == ("充200送20", Tender.CASH, SpendOrder.BONUS_FIRST)
    assert paid_lot.lot.terms == "offer-200 steps 200.00 +20.00"
    assert counter.jobs()[-1] == ("transfer", "transfer", 0, "", 0)


def test_a_part_moves_principal_and_bonus_in_the_proportion_of_the_lot(counter: Counter) -> None:
    giver, receiver = pair(counter)

    transfer = given(counter, giver, receiver, 7_700)

    assert (transfer.principal, transfer.bonus) == (7_000, 700)
    assert (counter.wallet(giver), counter.wallet(receiver)) == ((7_000, 700), (7_000, 700))


def test_handed_on_money_is_eaten_and_refunded_like_its_top_up(counter: Counter) -> None:
    giver, receiver = pair(counter)
    given(counter, giver, receiver, 7_700)

    sale = counter.sell(receiver, ("rice", 11))
    order = RefundOrder("refund", receiver.id, Tender.BANK, None, receiver.name, "12345678", "搬家")
    refund = Refunds(counter.stores, counter.clock, "A").refund(counter.manager, order)

    assert (sale.payment.principal, sale.payment.bonus) == (1_000, 100)
    assert (refund.amount, refund.forfeited, refund.shares[0].number) == (6_000, 600, "A-1-000002")


def test_handed_on_twice_it_still_names_its_top_up(counter: Counter) -> None:
    giver, receiver = pair(counter)
    third = counter.enrol("赵玉兰")
    given(counter, giver, receiver)
    given(counter, receiver, third, transfer_id="second")

    with counter.stores.read() as store:
        (paid_lot,) = store.refunds.paid_lots(third.id)

    assert (paid_lot.number, paid_lot.offer) == ("A-1-000002", "充200送20")
    assert rows_of(counter.file, "SELECT count(DISTINCT root) FROM lots WHERE root IS NOT NULL") == [(1,)]


def test_older_lots_go_first(counter: Counter) -> None:
    giver, receiver = counter.enrol("王秀英"), counter.enrol("李桂芳")
    for amount in (3_000, 5_000):
        counter.top_up(giver, amount)

    transfer = given(counter, giver, receiver, 4_000)

    assert [lot.principal for lot in transfer.lots] == [3_000, 1_000]


def test_the_receivers_limit_holds(counter: Counter) -> None:
    giver, receiver = pair(counter)
    decided(counter, balance_limit=15_399)

    with pytest.raises(BalanceAboveLimit) as refused:
        given(counter, giver, receiver)

    assert (refused.value.balance, refused.value.limit) == (15_400, 15_399)
    assert given(counter, giver, receiver, 15_399).principal == 13_999


def test_a_preview_moves_nothing(counter: Counter) -> None:
    giver, receiver = pair(counter)

    moved = transfers(counter).preview(TransferOrder("t", giver.id, receiver.id, 7_700))

    assert [(one.principal, one.bonus, one.offer) for one in moved] == [(7_000, 700, "充200送20")]
    assert counter.wallet(receiver) == (0, 0)


@pytest.mark.parametrize(("amount", "kind"), [(0, BadAmount), (-5, BadAmount), (15_401, NotEnough)])
def test_what_is_not_there_is_not_handed_on(counter: Counter, amount: int, kind: type[Exception]) -> None:
    giver, receiver = pair(counter)

    with pytest.raises(kind):
        given(counter, giver, receiver, amount)


def test_nobody_gives_to_themselves_to_nobody_or_without_a_reason(counter: Counter) -> None:
    giver, receiver = pair(counter)

    with pytest.raises(SameMember):
        given(counter, giver, giver)
    with pytest.raises(MemberUnknown):
        given(counter, giver, replace(receiver, id="nobody"))
    with pytest.raises(ReasonMissing):
        given(counter, giver, receiver, reason=" ")
    with pytest.raises(NotPermitted):
        transfers(counter).transfer(counter.cashier, TransferOrder("t", giver.id, receiver.id, 1, "x"))


def test_E3_the_money_of_the_dead_is_not_handed_on_and_nobody_gives_to_them(counter: Counter) -> None:
    giver, receiver = pair(counter)
    death = Absence("death", MemberStatus.DECEASED, counter.clock.local().date())
    Standing(counter.stores, counter.clock, "A").begin(counter.manager, giver.id, death)

    with pytest.raises(OnlyToHeirs):
        given(counter, giver, receiver)
    counter.top_up(receiver, 100)
    with pytest.raises(MemberNotActive):
        given(counter, receiver, giver)


def test_M1_a_transfer_is_made_once_however_often_it_is_asked_for(counter: Counter) -> None:
    giver, receiver = pair(counter)

    answers = [given(counter, giver, receiver, 7_700) for _ in range(2)]

    assert answers[0] == answers[1]
    assert counter.wallet(receiver) == (7_000, 700)


def test_a_transfer_by_mistake_goes_back_once_as_long_as_it_is_unspent(counter: Counter) -> None:
    giver, receiver = pair(counter)
    transfer = given(counter, giver, receiver)

    undone = transfers(counter).undo(counter.manager, "undo", transfer.id, "wrong member")

    assert undone.undone
    assert (counter.wallet(giver), counter.wallet(receiver)) == ((14_000, 1_400), (0, 0))
    with pytest.raises(AlreadyUndone):
        transfers(counter).undo(counter.manager, "again", transfer.id, "x")


def test_a_transfer_is_undone_for_a_reason_and_found_by_its_number(counter: Counter) -> None:
    transfer = given(counter, *pair(counter))
    found = transfers(counter).undoable(counter.manager, transfer.number)

    with pytest.raises(ReasonMissing):
        transfers(counter).undo(counter.manager, "undo", transfer.id, " ")
    undone = transfers(counter).undo(counter.manager, "undo", transfer.id, "给错人")

    assert (found, undone.undo_reason) == (transfer, "给错人")
    with pytest.raises(AlreadyUndone):
        transfers(counter).undoable(counter.manager, transfer.number)
    with pytest.raises(NothingToUndo):
        transfers(counter).undoable(counter.manager, "")


def test_a_transfer_of_an_earlier_shift_stays(counter: Counter) -> None:
    transfer = given(counter, *pair(counter))
    counter.shifts.close(counter.manager, 20_000)
    counter.shifts.open(counter.cashier, 0)

    with pytest.raises(UndoTooLate):
        transfers(counter).undoable(counter.manager, transfer.number)
    with pytest.raises(UndoTooLate):
        transfers(counter).undo(counter.manager, "undo", transfer.id, "x")


def test_a_transfer_that_was_spent_stays(counter: Counter) -> None:
    giver, receiver = pair(counter)
    transfer = given(counter, giver, receiver)
    counter.sell(receiver, ("rice", 1))

    with pytest.raises(NotEnough):
        transfers(counter).undo(counter.manager, "undo", transfer.id, "wrong member")


def test_a_transfer_does_not_go_back_onto_a_card_that_was_filled_up_meanwhile(counter: Counter) -> None:
    giver, receiver = pair(counter)
    transfer = given(counter, giver, receiver)
    decided(counter, balance_limit=15_400)
    counter.top_up(giver, 1)

    with pytest.raises(BalanceAboveLimit) as refused:
        transfers(counter).undo(counter.manager, "undo", transfer.id, "wrong member")

    assert (refused.value.balance, refused.value.limit) == (15_401, 15_400)
    assert (counter.wallet(giver), counter.wallet(receiver)) == ((1, 0), (14_000, 1_400))


def test_both_statements_name_the_other(counter: Counter) -> None:
    giver, receiver = pair(counter)
    given(counter, giver, receiver)
    of = Statements(counter.stores, counter.clock, "A").of

    lines = [of(member.id, MONDAY, MONDAY).lines[-1] for member in (giver, receiver)]

    assert [(line.kind, line.note, line.moved.total) for line in lines] == [
        (EntryKind.TRANSFER, "李桂芳", -15_400),
        (EntryKind.TRANSFER, "王秀英", 15_400),
    ]
