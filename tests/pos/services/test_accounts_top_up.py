"""Topping up: money in once, with its bonus, within the limits, and back only while it is unspent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from pos.domain.absences import Absence
from pos.domain.accounts import TopUp
from pos.domain.errors import (
    AboveLimit,
    AlreadyUndone,
    BadAmount,
    BalanceAboveLimit,
    CashTooLittle,
    MemberNotActive,
    MemberUnknown,
    NoShift,
    NotEnough,
    NothingToUndo,
    NotPermitted,
    Refusal,
    ShiftTooOld,
)
from pos.domain.members import MemberStatus
from pos.domain.pricing import Tender
from pos.services.accounts import TopUpOrder
from tests.pos.services.counter import BONUS, MONDAY, Counter, rows_of


def wish(counter: Counter, amount: int = 20_000, tender: Tender = Tender.CASH) -> TopUpOrder:
    return TopUpOrder("wish", counter.enrol().id, tender, amount, given=amount)


def refused(counter: Counter, order: TopUpOrder, kind: type[Refusal]) -> Refusal:
    before = {table: counter.count(table) for table in ("entries", "lots", "top_ups", "print_jobs")}
    with pytest.raises(kind) as error:
        counter.top_ups.top_up(counter.cashier, order)
    assert {table: counter.count(table) for table in before} == before
    return error.value


@pytest.mark.parametrize(("amount", "bonus", "offer"), [(19_999, 0, ""), (20_000, 2_000, "充200送20"), (60_000, 2_000, "充200送20")])
def test_a_top_up_is_stored_with_the_offer_of_its_day(counter: Counter, amount: int, bonus: int, offer: str) -> None:
    member = counter.enrol()
    counter.top_up(member, 5_000)
    order = TopUpOrder("wish", member.id, Tender.CASH, amount, given=70_000, card_tail="0040856634")

    top_up = counter.top_ups.top_up(counter.cashier, order)

    with counter.stores.read() as store:
        assert store.ledger.top_up("wish") == top_up
    assert (top_up.principal, top_up.bonus, top_up.offer) == (amount, bonus, offer)
    assert (top_up.principal_after, top_up.bonus_after, top_up.change) == (5_000 + amount, bonus, 70_000 - amount)
    assert (top_up.card_tail, top_up.member_name, top_up.staff_name) == ("6634", member.name, "李桂兰")
    assert counter.wallet(member) == (5_000 + amount, bonus)


def test_an_offer_that_changes_later_leaves_old_lots_alone(counter: Counter) -> None:
    member = counter.rich()
    with counter.stores.write() as store:
        canteen = store.canteen.get()
        assert canteen is not None
        store.canteen.put(replace(canteen, offers=()), counter.manager.staff_id, counter.clock.now_ms())

    counter.sell(member, ("rice", 66))

    assert counter.wallet(member) == (14_000, 1_400)
    assert (counter.top_ups.offers(member.id), counter.top_up(member, 20_000).bonus) == ((), 0)


def test_22_meals_of_10_yuan_take_200_and_20_exactly(counter: Counter) -> None:
    member = counter.rich()

    sales = [counter.sell(member, ("rice", 10), again=True) for _ in range(22)]

    assert sorted(sale.payment.principal for sale in sales) == [909] * 20 + [910] * 2
    assert sum(sale.payment.bonus for sale in sales) == 2_000
    assert counter.wallet(member) == (0, 0)


def test_the_older_top_up_is_spent_first(counter: Counter) -> None:
    member = counter.enrol()
    counter.top_up(member, 1_000)
    counter.top_up(member, 20_000)

    sale = counter.sell(member, ("rice", 21))

    assert (sale.payment.principal, sale.payment.bonus) == (1_000 + 1_000, 100)


def test_M1_one_top_up_however_often_it_is_asked_for(counter: Counter) -> None:
    order = wish(counter)
    together = Barrier(3)

    def press(_: int) -> TopUp:
        together.wait()
        return counter.top_ups.top_up(counter.cashier, order)

    with ThreadPoolExecutor(3) as hands:
        answers = list(hands.map(press, range(3)))

    assert answers == [answers[0]] * 3
    assert (counter.count("lots"), counter.count("top_ups")) == (1, 1)


def test_M2_asked_again_after_the_shift_was_closed_it_gives_the_same_top_up(counter: Counter) -> None:
    order = wish(counter)
    first = counter.top_ups.top_up(counter.cashier, order)
    counter.shifts.close(counter.cashier, 30_000)

    assert counter.top_ups.top_up(counter.cashier, order) == first


@pytest.mark.parametrize("tender", [Tender.WECHAT, Tender.ALIPAY, Tender.BANK])
def test_a_top_up_by_scan_or_bank_leaves_the_drawer_shut_and_keeps_no_payment_code(counter: Counter, tender: Tender) -> None:
    order = replace(wish(counter, tender=tender), reference="134567890123456789", given=1)

    top_up = counter.top_ups.top_up(counter.cashier, order)

    assert (top_up.reference, top_up.given, top_up.change) == ("6789", 0, 0)
    assert rows_of(counter.file, "SELECT reference FROM top_ups") == [("6789",)]
    assert counter.jobs() == [("top_up", "wish", 0, "", 0)]
    assert counter.balance(f"clearing:{tender}") == 20_000


@pytest.mark.parametrize(("amount", "text"), [(0, "0.00"), (-1, "-0.01"), (-20_000, "-200.00")])
def test_nothing_or_less_is_no_top_up(counter: Counter, amount: int, text: str) -> None:
    error = refused(counter, wish(counter, amount), BadAmount)

    assert isinstance(error, BadAmount)
    assert error.text == text


def test_a_card_is_never_topped_up_from_a_card(counter: Counter) -> None:
    refused(counter, wish(counter, tender=Tender.CARD), BadAmount)


def test_more_than_2000_yuan_at_once_is_refused(counter: Counter) -> None:
    error = refused(counter, wish(counter, 200_001), AboveLimit)

    assert isinstance(error, AboveLimit)
    assert (error.amount, error.limit) == (200_001, 200_000)


def test_a_card_holds_5000_yuan_with_its_bonus_and_no_fen_more(counter: Counter) -> None:
    member = counter.enrol()
    for amount in (200_000, 200_000, 94_000 - 15):
        counter.top_up(member, amount)
    full = TopUpOrder("full", member.id, Tender.CASH, 16, given=16)

    error = refused(counter, full, BalanceAboveLimit)
    counter.top_ups.top_up(counter.cashier, replace(full, amount=15))

    assert isinstance(error, BalanceAboveLimit)
    assert (error.balance, error.limit) == (500_001, 500_000)
    assert sum(counter.wallet(member)) == 500_000


def test_less_cash_than_the_top_up_is_refused(counter: Counter) -> None:
    error = refused(counter, replace(wish(counter), given=19_999), CashTooLittle)

    assert isinstance(error, CashTooLittle)
    assert (error.due, error.given) == (20_000, 19_999)


def test_nobody_is_topped_up(counter: Counter) -> None:
    refused(counter, replace(wish(counter), member_id="nobody"), MemberUnknown)


def test_who_has_left_is_not_topped_up(counter: Counter) -> None:
    order = wish(counter)
    with counter.stores.write() as store:
        store.profiles.put_absence(order.member_id, Absence("away", MemberStatus.LEFT, MONDAY))

    refused(counter, order, MemberNotActive)


def test_without_a_shift_of_today_no_money_is_taken(counter: Counter) -> None:
    order = wish(counter)
    counter.wait(days=1)
    refused(counter, order, ShiftTooOld)
    counter.shifts.close(counter.cashier, 10_000)

    refused(counter, order, NoShift)


def test_who_may_not_top_up_takes_no_money(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    order = wish(counter)
    monkeypatch.setattr("pos.domain.staff.MAY", dict.fromkeys(("cashier", "manager"), frozenset[str]()))

    refused(counter, order, NotPermitted)


# -- undo --------------------------------------------------------------------------------------------


def test_an_undone_top_up_takes_its_bonus_along_and_gives_the_cash_back(counter: Counter) -> None:
    member = counter.enrol()
    top_up = counter.top_up(member, 20_000)

    undone = counter.top_ups.undo(counter.cashier, "undo", top_up.id)

    report = counter.shifts.x_report(counter.cashier)
    assert undone == replace(top_up, undone=True)
    assert counter.wallet(member) == (0, 0)
    assert (report.cash_in_drawer, dict(report.topped_up), report.bonus) == (10_000, {}, 0)
    assert (counter.balance("bonus_expense"), counter.jobs()[-1]) == (0, ("undo", top_up.id, 0, "", 1))


def test_a_top_up_of_which_a_meal_was_eaten_is_not_undone(counter: Counter) -> None:
    member = counter.enrol()
    top_up = counter.top_up(member, 20_000)
    counter.sell(member, ("rice", 1))

    with pytest.raises(NotEnough):
        counter.top_ups.undo(counter.cashier, "undo", top_up.id)

    assert counter.wallet(member) == (20_000 - 91, 2_000 - 9)


def test_money_of_a_later_top_up_does_not_stand_in_for_what_was_spent(counter: Counter) -> None:
    member = counter.enrol()
    spent = counter.top_up(member, 20_000)
    counter.sell(member, ("rice", 1))
    unspent = counter.top_up(member, 20_000)

    with pytest.raises(NotEnough):
        counter.top_ups.undo(counter.cashier, "undo", spent.id)
    counter.top_ups.undo(counter.cashier, "undo", unspent.id)

    assert counter.wallet(member) == (20_000 - 91, 2_000 - 9)


def test_once_the_meal_is_undone_the_top_up_can_be(counter: Counter) -> None:
    member = counter.enrol()
    top_up = counter.top_up(member, 20_000)
    sale = counter.sell(member)

    counter.checkout.undo(counter.cashier, "undo-sale", sale.id)
    counter.top_ups.undo(counter.cashier, "undo-top-up", top_up.id)

    assert counter.wallet(member) == (0, 0)


def test_a_top_up_is_undone_once_and_the_same_wish_has_the_same_answer(counter: Counter) -> None:
    top_up = counter.top_up(counter.enrol(), 20_000)
    first = counter.top_ups.undo(counter.cashier, "undo", top_up.id)

    with pytest.raises(AlreadyUndone) as error:
        counter.top_ups.undo(counter.cashier, "another", top_up.id)
    assert error.value.number == top_up.number
    assert counter.top_ups.undo(counter.cashier, "undo", top_up.id) == first
    counter.shifts.close(counter.cashier, 10_000)
    assert counter.top_ups.undo(counter.cashier, "undo", top_up.id) == first


def test_an_undone_top_up_asked_for_again_stays_undone(counter: Counter) -> None:
    order = wish(counter)
    counter.top_ups.top_up(counter.cashier, order)
    undone = counter.top_ups.undo(counter.cashier, "undo", order.top_up_id)

    assert counter.top_ups.top_up(counter.cashier, order) == undone
    assert counter.count("lots") == 1


def test_a_top_up_of_an_earlier_shift_stays(counter: Counter) -> None:
    top_up = counter.top_up(counter.enrol(), 5_000)
    counter.shifts.close(counter.cashier, 15_000)
    counter.shifts.open(counter.cashier, 10_000)

    with pytest.raises(NothingToUndo):
        counter.top_ups.undo(counter.cashier, "undo", top_up.id)


def test_the_offers_of_the_day_are_on_the_screen(counter: Counter) -> None:
    assert counter.top_ups.offers(counter.enrol().id) == (BONUS,)
