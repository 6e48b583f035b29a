"""A shift: opened once, of one day, closed with a count that empties the drawer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.errors import BadAmount, ClockWentBack, NoShift, NotPermitted, ShiftOpen, ShiftTooOld
from pos.domain.pricing import Tender
from pos.domain.shifts import Shift
from tests.pos.services.counter import MONDAY, TILL, Counter


def test_a_shift_is_of_the_day_on_which_it_was_opened(closed_counter: Counter) -> None:
    counter = closed_counter

    shift = counter.shifts.open(counter.cashier, 20_000)

    assert counter.shifts.current() == shift
    assert shift == Shift(
        shift.id, TILL, MONDAY, counter.cashier.staff_id, "李桂兰", counter.clock.now_ms(), 20_000
    )
    assert (counter.balance("drawer:A"), counter.balance("safe")) == (20_000, -20_000)


def test_a_shift_may_begin_with_an_empty_drawer(closed_counter: Counter) -> None:
    shift = closed_counter.shifts.open(closed_counter.cashier, 0)

    assert (shift.float_fen, closed_counter.count("entries")) == (0, 0)


def test_a_float_below_nothing_is_refused(closed_counter: Counter) -> None:
    with pytest.raises(BadAmount) as refused:
        closed_counter.shifts.open(closed_counter.cashier, -1)

    assert (refused.value.text, closed_counter.shifts.current()) == ("-0.01", None)


def test_a_till_has_one_open_shift(counter: Counter) -> None:
    with pytest.raises(ShiftOpen) as refused:
        counter.shifts.open(counter.manager, 0)

    assert (refused.value.opened_by, refused.value.business_date) == ("李桂兰", "2026-11-23")


def test_nothing_is_sold_without_a_shift(closed_counter: Counter) -> None:
    counter = closed_counter

    with pytest.raises(NoShift):
        counter.sell(tender=Tender.CASH)
    with pytest.raises(NoShift):
        counter.shifts.x_report(counter.cashier)
    with pytest.raises(NoShift):
        counter.shifts.close(counter.cashier, 0)


def test_S3_a_shift_that_ran_into_the_next_day_sells_nothing_and_can_be_closed(counter: Counter) -> None:
    counter.sell(tender=Tender.CASH)
    counter.wait(hours=12, minutes=31)

    with pytest.raises(ShiftTooOld) as refused:
        counter.sell(tender=Tender.CASH)
    report = counter.shifts.close(counter.cashier, 11_200)

    assert refused.value.business_date == "2026-11-23"
    assert (report.shift.business_date, report.shift.difference) == (MONDAY, 0)
    assert counter.shifts.open(counter.cashier, 0).business_date == date(2026, 11, 24)


def test_S2_two_shifts_a_day_have_totals_of_their_own(counter: Counter) -> None:
    counter.sell(tender=Tender.CASH)
    first = counter.shifts.close(counter.cashier, 11_200)
    counter.wait(hours=4)
    counter.shifts.open(counter.other, 5_000)
    member = counter.enrol()
    counter.top_up(member, 20_000)
    counter.sell(member)
    counter.sell(tender=Tender.WECHAT)

    second = counter.shifts.x_report(counter.other)

    assert (first.sales, dict(first.taken), dict(first.topped_up)) == (1, {"cash": 1_200}, {})
    assert (second.sales, dict(second.taken), dict(second.topped_up)) == (2, {"card": 1_200, "wechat": 1_200}, {"cash": 20_000})
    assert (second.bonus, second.cash_in_drawer) == (2_000, 25_000)


def test_a_report_tells_who_paid_which_part(counter: Counter) -> None:
    member = counter.rich(born=date(1944, 1, 1))
    sale = counter.sell(member)

    report = counter.shifts.x_report(counter.cashier)

    assert (report.sales, report.list_price, dict(report.taken), dict(report.helped)) == (
        1,
        1_200,
        {"card": 720},
        {"canteen": 180, "city": 300},
    )
    assert report.last_number == sale.number
    assert report.head == dict(counter.verify.run().heads)[TILL]


@pytest.mark.parametrize(("counted", "difference"), [(11_200, 0), (11_100, -100), (11_300, 100), (0, -11_200)])
def test_a_close_books_the_difference_and_leaves_the_drawer_empty(counter: Counter, counted: int, difference: int) -> None:
    counter.sell(tender=Tender.CASH)

    report = counter.shifts.close(counter.cashier, counted)

    assert (report.shift.expected, report.shift.counted, report.shift.difference) == (11_200, counted, difference)
    assert (report.shift.closed_by, report.shift.closed_ms) == ("李桂兰", counter.clock.now_ms())
    assert (counter.balance("drawer:A"), counter.balance("safe")) == (0, counted - 10_000)
    assert counter.balance("cash_difference") == -difference
    assert counter.shifts.current() is None
    assert counter.jobs()[-1] == ("shift_close", report.shift.id, 0, "", 0)


def test_a_shift_without_any_cash_is_closed_without_an_entry(closed_counter: Counter) -> None:
    counter = closed_counter
    counter.shifts.open(counter.cashier, 0)

    report = counter.shifts.close(counter.cashier, 0)

    assert (report.shift.difference, counter.count("entries")) == (0, 0)


def test_a_count_below_nothing_is_refused(counter: Counter) -> None:
    with pytest.raises(BadAmount):
        counter.shifts.close(counter.cashier, -1)

    assert counter.shifts.current() is not None


def test_somebody_elses_shift_is_closed_by_a_manager_alone(counter: Counter) -> None:
    with pytest.raises(NotPermitted) as refused:
        counter.shifts.close(counter.other, 10_000)
    report = counter.shifts.close(counter.manager, 10_000)

    assert refused.value.permission == "close_any_shift"
    assert (report.shift.staff_name, report.shift.closed_by) == ("李桂兰", "周敏")


def test_an_x_report_closes_nothing_and_prints_when_asked(counter: Counter) -> None:
    silent = counter.shifts.x_report(counter.cashier)
    printed = counter.shifts.x_report(counter.cashier, print_it=True)

    assert silent == printed
    assert counter.jobs() == [("x_report", silent.shift.id, 0, "", 0)]
    assert counter.shifts.current() == silent.shift


# -- clocks ------------------------------------------------------------------------------------------


def test_a_clock_that_went_back_before_the_last_entry_sells_nothing(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    counter.wait(seconds=-6)

    with pytest.raises(ClockWentBack) as refused:
        counter.sell(tender=Tender.CASH)

    assert (refused.value.last_ms - refused.value.now_ms, refused.value.last_ms) == (6_000, sale.at_ms)


def test_a_clock_may_be_set_back_five_seconds(counter: Counter) -> None:
    counter.sell(tender=Tender.CASH)
    counter.wait(seconds=-5)

    assert counter.sell(tender=Tender.CASH).number == "A-1-000003"


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(days=1)])
def test_a_clock_that_went_back_behind_an_empty_shift_sells_nothing(closed_counter: Counter, back: timedelta) -> None:
    counter = closed_counter
    shift = counter.shifts.open(counter.cashier, 0)
    counter.clock.set(counter.clock.local() - back)

    with pytest.raises(ClockWentBack) as refused:
        counter.sell(tender=Tender.CASH)

    assert refused.value.last_ms == shift.opened_ms


def test_a_clock_that_went_back_opens_and_closes_no_shift(counter: Counter) -> None:
    counter.sell(tender=Tender.CASH)
    counter.wait(minutes=-1)

    with pytest.raises(ClockWentBack):
        counter.shifts.close(counter.cashier, 11_200)
    counter.wait(minutes=1)
    counter.shifts.close(counter.cashier, 11_200)
    counter.wait(minutes=-1)
    with pytest.raises(ClockWentBack):
        counter.shifts.open(counter.cashier, 0)

    assert counter.shifts.current() is None


def test_a_manager_goes_on_after_a_clock_that_ran_ahead_was_put_right(closed_counter: Counter) -> None:
    counter = closed_counter
    ahead = counter.clock.local() + timedelta(days=30)
    counter.clock.set(ahead)
    counter.shifts.open(counter.cashier, 0)
    counter.sell(tender=Tender.WECHAT)
    counter.shifts.close(counter.cashier, 0)
    counter.clock.set(ahead - timedelta(days=30))
    with pytest.raises(ClockWentBack):
        counter.shifts.open(counter.cashier, 0)

    counter.shifts.open(counter.manager, 0)
    sale = counter.sell(tender=Tender.CASH)

    assert (sale.business_date, sale.number) == ((ahead - timedelta(days=30)).date(), "A-1-000002")


def test_a_shift_of_a_later_day_is_closed_before_anything_is_sold(closed_counter: Counter) -> None:
    counter = closed_counter
    tomorrow = counter.clock.local() + timedelta(days=1)
    counter.clock.set(tomorrow)
    counter.shifts.open(counter.manager, 0)
    counter.clock.set(tomorrow - timedelta(days=1))
    order = replace(counter.order(tender=Tender.CASH), day=tomorrow.date())

    with pytest.raises(ShiftTooOld):
        counter.checkout.charge(counter.manager, order)
