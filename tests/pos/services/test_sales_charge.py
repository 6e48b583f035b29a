"""Charging: once, at the right price, or not at all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from pos.domain.errors import (
    AlreadyServed,
    NotEnough,
    Refusal,
)
from pos.domain.menu import Meal
from pos.domain.pricing import CANTEEN, DINER, Tender, Way
from pos.domain.sales import Payment, Sale
from pos.services.accounts import TopUpOrder
from pos.services.sales import Checkout, Order
from tests.pos.services.counter import TILL, Counter, refused, rows_of, written_past_us

EIGHTY_TWO = date(1944, 1, 1)


def parts_of(sale: Sale) -> list[tuple[str, int]]:
    return [(line.payer, line.amount) for line in sale.bill.lines]


# -- once --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("presses", [2, 5])
def test_M1_enter_pressed_by_several_threads_at_once_is_one_sale(counter: Counter, presses: int) -> None:
    member = counter.rich()
    order = counter.order(member)
    together = Barrier(presses)

    def press() -> Sale:
        together.wait()
        return counter.checkout.charge(counter.cashier, order)

    with ThreadPoolExecutor(presses) as hands:
        sales = [future.result() for future in [hands.submit(press) for _ in range(presses)]]

    assert sales == [sales[0]] * presses
    assert counter.wallet(member) == (20_000 - 1_091, 2_000 - 109)
    assert counter.count("sales") == 1


def test_M2_asked_again_after_a_lost_answer_it_gives_the_same_sale(counter: Counter) -> None:
    member = counter.rich()
    order = counter.order(member, ("set", 1), ("rice", 2))
    first = counter.checkout.charge(counter.cashier, order)

    counter.wait(minutes=3)
    restarted = Checkout(counter.stores, counter.clock, TILL)
    second = restarted.charge(counter.cashier, order)

    assert second == first
    assert counter.count("sales") == 1


def test_M2_asked_again_after_the_shift_was_closed_it_gives_the_same_sale(counter: Counter) -> None:
    order = counter.order(tender=Tender.CASH)
    first = counter.checkout.charge(counter.cashier, order)
    counter.shifts.close(counter.cashier, 11_200)

    assert counter.checkout.charge(counter.cashier, order) == first


def test_M4_a_second_sale_at_a_meal_is_shown_not_charged(counter: Counter) -> None:
    member = counter.rich()
    first = counter.sell(member)
    counter.wait(minutes=5)

    error = refused(counter, counter.order(member), AlreadyServed)

    assert (error.name, error.at_ms) == (member.name, first.at_ms)


def test_M4_an_explicit_yes_sells_again(counter: Counter) -> None:
    member = counter.rich()
    first = counter.sell(member)
    counter.wait(minutes=5)

    second = counter.sell(member, ("rice", 1), again=True)

    diner = counter.checkout.diner(member.id)
    assert second.bill.due == 100
    assert [sale.id for sale in diner.recent] == [second.id, first.id]
    assert diner.served_at_ms == (second.at_ms,)


def test_M4_the_next_meal_needs_no_yes(counter: Counter) -> None:
    member = counter.rich()
    counter.sell(member)
    counter.wait(hours=5)

    dinner = counter.sell(member)

    assert dinner.meal is Meal.DINNER


def test_M4_paying_cash_is_no_way_around_the_second_meal(counter: Counter) -> None:
    member = counter.rich()
    counter.sell(member)

    assert refused(counter, counter.order(member, tender=Tender.CASH), AlreadyServed).name == member.name


def test_a_wife_is_not_blocked_by_her_husbands_meal(counter: Counter) -> None:
    husband, wife = counter.rich("王建国"), counter.rich("李秀兰")

    sales = [counter.sell(husband), counter.sell(wife)]

    assert [sale.member_name for sale in sales] == ["王建国", "李秀兰"]


@pytest.mark.parametrize("tender", [Tender.CARD, Tender.CASH, Tender.WECHAT])
def test_a_meal_carries_one_subsidy_however_it_is_paid(counter: Counter, tender: Tender) -> None:
    member = counter.rich(born=EIGHTY_TWO)
    first = counter.sell(member)

    second = counter.sell(member, tender=tender, again=True)

    assert parts_of(first) == [(CANTEEN, 180), ("city", 300), (DINER, 720)]
    assert parts_of(second) == [(CANTEEN, 180), (DINER, 1_020)]


def test_M8_two_tills_and_the_last_ten_yuan(counter: Counter) -> None:
    member = counter.rich(amount=1_200)
    orders = [counter.order(member), counter.order(member)]
    together = Barrier(2)

    def press(order: Order) -> Sale | Refusal:
        together.wait()
        try:
            return counter.checkout.charge(counter.cashier, replace(order, again=True))
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(press, orders))

    assert {type(answer) for answer in answers} == {Sale, NotEnough}
    assert counter.wallet(member) == (0, 0)


# -- the sale as it is stored ------------------------------------------------------------------------


def test_a_sale_by_card_is_stored_as_it_was_answered(counter: Counter) -> None:
    member = counter.rich(born=EIGHTY_TWO)
    order = replace(counter.order(member), card_tail="0040856634", way=Way.TAKE_AWAY)

    sale = counter.checkout.charge(counter.cashier, order)

    with counter.stores.read() as store:
        assert store.sales.get(sale.id) == sale
    assert (sale.number, sale.card_tail, sale.staff_name, sale.way) == ("A-1-000003", "6634", "李桂兰", Way.TAKE_AWAY)
    assert sale.payment == Payment(Tender.CARD, 655, 65, 20_000 - 655, 2_000 - 65)
    assert (sale.balance_before, sale.balance_after) == (22_000, 21_280)


def test_a_member_may_pay_cash_and_the_card_is_left_alone(counter: Counter) -> None:
    member = counter.rich()

    sale = counter.sell(member, tender=Tender.CASH)

    assert (sale.member_name, sale.payment.tender) == (member.name, Tender.CASH)
    assert counter.wallet(member) == (20_000, 2_000)


def test_S1_of_100_given_for_75_the_drawer_keeps_75(counter: Counter) -> None:
    order = counter.order(None, ("meat", 9), ("rice", 3), tender=Tender.CASH, given=10_000)

    sale = counter.checkout.charge(counter.cashier, order)

    assert (sale.bill.due, sale.payment.given, sale.change) == (7_500, 10_000, 2_500)
    assert counter.shifts.x_report(counter.cashier).cash_in_drawer == 10_000 + 7_500


def test_the_drawer_opens_for_cash_alone(counter: Counter) -> None:
    member = counter.rich()
    sales = [counter.sell(tender=Tender.CASH), counter.sell(tender=Tender.WECHAT), counter.sell(member)]

    kicks = {subject: kick for kind, subject, _, _, kick in counter.jobs() if kind == "sale"}

    assert [kicks[sale.id] for sale in sales] == [1, 0, 0]


def test_a_meal_that_is_free_for_the_diner_is_a_sale_too(counter: Counter) -> None:
    member = counter.enrol("李百岁", date(1930, 1, 1))

    sale = counter.sell(member)

    assert parts_of(sale) == [(CANTEEN, 1_200), (DINER, 0)]
    assert counter.wallet(member) == (0, 0)


@pytest.mark.parametrize("tender", [Tender.WECHAT, Tender.ALIPAY, Tender.BANK])
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("134567890123456789", "6789"), ("28 0123 4567 8901 2345 6789", "6789"), ("老王 13800001234", "老王 13800001234")],
)
def test_a_payment_code_is_never_stored_in_clear(counter: Counter, tender: Tender, typed: str, kept: str) -> None:
    order = replace(counter.order(tender=tender), reference=typed)

    sale = counter.checkout.charge(counter.cashier, order)

    assert sale.payment.reference == kept
    assert rows_of(counter.file, "SELECT reference FROM sales") == [(kept,)]


WRITTEN = ("entries", "postings", "sales", "sale_items", "sale_lines", "print_jobs", "wallets", "lot_balances", "tills")


@pytest.mark.parametrize(
    "statement",
    [*(f"INSERT ON {table}" for table in WRITTEN[:6]), *(f"UPDATE ON {table}" for table in WRITTEN[6:])],
)
def test_M11_a_failure_at_any_statement_leaves_nothing_behind(counter: Counter, statement: str) -> None:
    order = counter.order(counter.rich(born=EIGHTY_TWO), ("set", 1), ("rice", 1))
    before = [rows_of(counter.file, f"SELECT * FROM {table}") for table in WRITTEN]
    written_past_us(counter, f"CREATE TRIGGER fault AFTER {statement} BEGIN SELECT RAISE(ABORT, 'injected'); END")

    with pytest.raises(Exception, match="injected"):
        counter.checkout.charge(counter.cashier, order)

    assert [rows_of(counter.file, f"SELECT * FROM {table}") for table in WRITTEN] == before
    written_past_us(counter, "DROP TRIGGER fault")
    assert counter.checkout.charge(counter.cashier, order).bill.due == order.shown_due


def test_a_payment_code_is_not_in_what_a_log_would_show(counter: Counter) -> None:
    sale = replace(counter.order(tender=Tender.WECHAT), reference="134567890123456789")
    top_up = TopUpOrder("wish", "m", Tender.WECHAT, 5_000, reference="134567890123456789")

    assert "134567890123456789" not in repr(sale) + repr(top_up)
