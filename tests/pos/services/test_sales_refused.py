"""What is not charged: each refusal says why, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from pos.clock import CHINA
from pos.domain.absences import Absence
from pos.domain.errors import (
    AboveLimit,
    BadQuantity,
    CashTooLittle,
    EmptyBasket,
    MemberNotActive,
    MemberUnknown,
    NotEnough,
    NotOnMenu,
    NotPermitted,
    PriceChanged,
)
from pos.domain.members import MemberStatus
from pos.domain.menu import Meal
from pos.domain.pricing import Tender
from pos.services.sales import Order
from tests.pos.services.counter import MONDAY, OFFERS, Counter, refused

EIGHTY_TWO = date(1944, 1, 1)


def test_an_empty_tray_is_no_sale(counter: Counter) -> None:
    order = replace(counter.order(tender=Tender.CASH), portions=(), shown_due=0)

    refused(counter, order, EmptyBasket)


def test_what_costs_nothing_is_no_sale(counter: Counter) -> None:
    refused(counter, counter.order(None, ("soup", 1), tender=Tender.CASH), EmptyBasket)


def test_what_costs_nothing_may_stand_beside_a_meal(counter: Counter) -> None:
    sale = counter.sell(None, ("set", 1), ("soup", 1), tender=Tender.CASH)

    assert [(item.dish_id, item.amount) for item in sale.bill.basket] == [("set", 1_200), ("soup", 0)]


@pytest.mark.parametrize("quantity", [0, -1, -99, 100, 10**9])
def test_a_quantity_no_tray_can_hold_is_refused(counter: Counter, quantity: int) -> None:
    order = replace(counter.order(tender=Tender.CASH), portions=(("rice", quantity),))

    error = refused(counter, order, BadQuantity)

    assert (error.quantity, error.limit) == (quantity, 99)


@pytest.mark.parametrize("portions", [(("rice", 99), ("rice", 1)), (("rice", 5), ("rice", -4)), (("set", 1), ("rice", -1))])
def test_naming_a_dish_twice_is_no_way_around_the_limits(counter: Counter, portions: tuple[tuple[str, int], ...]) -> None:
    order = replace(counter.order(tender=Tender.CASH), portions=portions)

    assert refused(counter, order, BadQuantity).limit == 99


def test_a_dish_that_was_chosen_twice_is_one_line(counter: Counter) -> None:
    order = replace(counter.order(tender=Tender.CASH, given=5_000), portions=(("rice", 1), ("set", 1), ("rice", 2)), shown_due=1_500)

    sale = counter.checkout.charge(counter.cashier, order)

    assert [(item.dish_id, item.quantity) for item in sale.bill.basket] == [("rice", 3), ("set", 1)]


def test_more_than_a_thousand_yuan_in_a_sale_is_refused(counter: Counter) -> None:
    order = counter.order(None, ("set", 84), tender=Tender.CASH)

    error = refused(counter, order, AboveLimit)

    assert (error.amount, error.limit) == (100_800, 100_000)


def test_a_dish_that_left_the_menu_is_named_by_its_id(counter: Counter) -> None:
    order = counter.order(None, ("meat", 1), ("rice", 1), tender=Tender.CASH)
    with counter.stores.write() as store:
        store.menu.set_menu(None, Meal.LUNCH, OFFERS[2:])

    assert refused(counter, order, NotOnMenu).dish_ids == ("meat",)


def test_a_dish_of_another_meal_is_not_sold_now(counter: Counter) -> None:
    with counter.stores.write() as store:
        store.menu.set_menu(None, Meal.DINNER, OFFERS[:1])
    order = replace(counter.order(None, ("rice", 1), tender=Tender.CASH), meal=Meal.DINNER)

    assert refused(counter, order, NotOnMenu).dish_ids == ("rice",)


def test_a_price_that_changed_between_screen_and_enter_is_asked_again(counter: Counter) -> None:
    order = counter.order(tender=Tender.CASH)
    with counter.stores.write() as store:
        store.menu.set_menu(None, Meal.LUNCH, [replace(OFFERS[0], price=1_300)])

    error = refused(counter, order, PriceChanged)
    sale = counter.checkout.charge(counter.cashier, replace(order, shown_due=1_300, given=1_300))

    assert (error.shown, error.now, sale.bill.due) == (1_200, 1_300, 1_300)


@pytest.mark.parametrize("shown", [0, 1, 1_199, 1_201, -1_200])
def test_a_screen_that_shows_anything_but_the_price_sells_nothing(counter: Counter, shown: int) -> None:
    error = refused(counter, replace(counter.order(tender=Tender.CASH), shown_due=shown), PriceChanged)

    assert (error.shown, error.now) == (shown, 1_200)


@pytest.mark.parametrize("given", [-1, 0, 1_199])
def test_too_little_cash_is_no_sale(counter: Counter, given: int) -> None:
    error = refused(counter, replace(counter.order(tender=Tender.CASH), given=given), CashTooLittle)

    assert (error.due, error.given) == (1_200, given)


def test_a_card_is_never_overdrawn(counter: Counter) -> None:
    member = counter.rich(amount=1_199)

    error = refused(counter, counter.order(member), NotEnough)

    assert (error.needed, error.available) == (1_200, 1_199)


def test_a_card_may_be_spent_to_the_last_fen(counter: Counter) -> None:
    member = counter.rich(amount=1_200)

    sale = counter.sell(member)

    assert (sale.balance_before, sale.balance_after) == (1_200, 0)


@pytest.mark.parametrize("member_id", [None, "", "nobody"])
def test_a_card_of_nobody_pays_nothing(counter: Counter, member_id: str | None) -> None:
    order = replace(counter.order(tender=Tender.CASH), tender=Tender.CARD, member_id=member_id)

    refused(counter, order, MemberUnknown)


@pytest.mark.parametrize("status", ["paused", "left", "deceased"])
def test_a_member_who_was_paused_between_swipe_and_enter_is_not_charged(counter: Counter, status: str) -> None:
    member = counter.rich()
    order = counter.order(member)
    with counter.stores.write() as store:
        store.profiles.put_absence(member.id, Absence("away", MemberStatus(status), MONDAY))

    error = refused(counter, order, MemberNotActive)

    assert (error.name, error.status) == (member.name, status)


def test_who_may_not_sell_sells_nothing(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    order = counter.order(tender=Tender.CASH)
    monkeypatch.setattr("pos.domain.staff.MAY", dict.fromkeys(("cashier", "manager"), frozenset[str]()))

    assert refused(counter, order, NotPermitted).name == "李桂兰"


# -- the day of the meal -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (datetime(2026, 11, 22, 23, 59, tzinfo=CHINA), 1_200),
        (datetime(2026, 11, 23, 0, 1, tzinfo=CHINA), 1_080),
        (datetime(2026, 11, 23, 12, 0, tzinfo=CHINA), 1_080),
    ],
)
def test_E1_the_sixtieth_birthday_counts_from_its_own_business_date(closed_counter: Counter, moment: datetime, due: int) -> None:
    counter = closed_counter
    counter.clock.set(moment)
    counter.shifts.open(counter.cashier, 10_000)
    member = counter.enrol("王六十", date(1966, 11, 23))

    sale = counter.sell(member, tender=Tender.CASH)

    assert (sale.business_date, sale.bill.due) == (moment.date(), due)


STALE: list[Callable[[Order], Order]] = [
    lambda order: replace(order, day=date(2026, 11, 22)),
    lambda order: replace(order, day=date(2026, 11, 24)),
    lambda order: replace(order, meal=Meal.BREAKFAST),
    lambda order: replace(order, meal=Meal.DINNER),
]


@pytest.mark.parametrize("stale", STALE)
def test_a_screen_of_another_day_or_meal_neither_prices_nor_subsidises(counter: Counter, stale: Callable[[Order], Order]) -> None:
    member = counter.rich(born=EIGHTY_TWO)

    error = refused(counter, stale(counter.order(member, ("set", 1), ("rice", 1))), NotOnMenu)

    assert error.dish_ids == ("set", "rice")


@pytest.mark.parametrize(("minutes", "served"), [(29, True), (31, False)])
def test_who_queued_for_lunch_gets_lunch_for_half_an_hour_more(counter: Counter, minutes: int, served: bool) -> None:
    order = counter.order(tender=Tender.CASH)
    counter.clock.set(datetime(2026, 11, 23, 15, 30, tzinfo=CHINA))
    counter.wait(minutes=minutes)

    if served:
        assert counter.checkout.charge(counter.cashier, order).meal is Meal.LUNCH
    else:
        refused(counter, order, NotOnMenu)
