"""Booking at the counter: a swipe and two keys; what is laid out, changed, refused and given up."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.calendar import Ruling
from pos.domain.diet import Tag
from pos.domain.menu import DishKind, Meal, Offer, Part
from pos.domain.pricing import Way
from pos.domain.reservations import BookedAlready, Booking, Reservation, State
from pos.services.calendar import Calendar
from pos.services.reservations import Reservations
from tests.pos.services.counter import MEAT, MONDAY, RICE, SET_MEAL
from tests.pos.services.counter import Counter as Till
from tests.ui.geometry import clipped, overlapping, small_targets
from tests.ui.sale_world import LI_CARD, WANG_CARD
from tests.ui.test_sales_view import PAGES, Screen, screen_at
from ui import messages
from ui.reservations.booking_sheet import BookingSheet
from ui.reservations.form import BookingForm
from ui.sales.tray import Tray
from ui.theme import Theme

pytest_plugins = ("tests.ui.sale_fixtures",)

TUESDAY = MONDAY + timedelta(days=1)
WEDNESDAY = MONDAY + timedelta(days=2)
Key = Qt.Key


@pytest.fixture
def screen(till: Till, theme: Theme, qtbot: QtBot) -> Screen:
    return screen_at(till, theme, qtbot)


def sheet_of(screen: Screen) -> BookingSheet:
    (sheet,) = screen.counter.page.findChildren(BookingSheet)
    return sheet


def of_day(till: Till, day: date = TUESDAY) -> list[tuple[str, State, Way, tuple[tuple[str, int], ...], int]]:
    made = Reservations(till.stores, till.clock, "A").of_day(day)
    return [(one.member_name, one.state, one.way, _dishes(one), one.bill.due) for one in made]


def _dishes(one: Reservation) -> tuple[tuple[str, int], ...]:
    return tuple((item.dish_id, item.quantity) for item in one.bill.basket)


def plan(till: Till, day: date, *offers: Offer) -> None:
    with till.stores.write() as store:
        store.menu.set_menu(day, Meal.LUNCH, offers)


def test_a_swipe_and_two_keys_book_the_usual_meal_for_tomorrow(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)

    screen.press(Key.Key_F3, Key.Key_Return)

    assert of_day(screen.till) == [("王桂英", State.BOOKED, Way.DINE_IN, (("set", 1),), 720)]
    assert (sheet_of(screen).is_open, screen.now.diner and screen.now.diner.wallet.held) == (False, 720)
    assert screen.strip.message
    assert "7.20" in screen.strip.message.todo


def test_M1_holding_enter_books_once(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)

    screen.press(Key.Key_F3, Key.Key_Return, Key.Key_Escape, Key.Key_Escape)

    assert len(of_day(screen.till)) == 1


def test_another_day_way_and_dishes_by_keys_alone(screen: Screen) -> None:
    screen.counter.card_read(LI_CARD)

    screen.press(Key.Key_F3, Key.Key_Right, Key.Key_F7, Key.Key_F7, "2", Key.Key_Down, Key.Key_Plus, Key.Key_Return)

    assert of_day(screen.till, WEDNESDAY) == [("李建国", State.BOOKED, Way.DELIVERY, (("meat", 1), ("rice", 1)), 810)]


def test_a_closed_day_is_stepped_over(screen: Screen) -> None:
    Calendar(screen.till.stores, screen.till.clock).rule(screen.till.manager, Ruling(TUESDAY, opens=False, reason="停电"))
    screen.counter.card_read(WANG_CARD)

    screen.press(Key.Key_F3, Key.Key_Return)

    assert (of_day(screen.till), len(of_day(screen.till, WEDNESDAY))) == ([], 1)


def test_what_is_reserved_is_laid_out_and_changed_or_given_up(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3, Key.Key_Return)

    screen.press(Key.Key_F3, "3", Key.Key_Return)
    changed = of_day(screen.till)
    screen.press(Key.Key_F3, Key.Key_F8, Key.Key_Return)

    assert changed == [
        ("王桂英", State.CANCELLED, Way.DINE_IN, (("set", 1),), 720),
        ("王桂英", State.BOOKED, Way.DINE_IN, (("set", 1), ("rice", 1)), 805),
    ]
    assert [state for _name, state, *_rest in of_day(screen.till)] == [State.CANCELLED, State.CANCELLED]
    assert screen.now.diner
    assert screen.now.diner.wallet.held == 0


def test_what_was_booked_elsewhere_meanwhile_is_laid_out_to_be_changed_or_given_up(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3)
    elsewhere = Reservations(screen.till.stores, screen.till.clock, "A")
    wang = screen.till.checkout.identify(WANG_CARD).member.id
    made = elsewhere.book(screen.till.cashier, Booking("elsewhere", wang, TUESDAY, Meal.LUNCH, Way.DELIVERY, (("meat", 1),), 380))

    screen.press(Key.Key_Return)

    form = sheet_of(screen)._form
    assert form
    assert (form.ahead and form.ahead.booked, form.tray.portions, form.way) == (made, (("meat", 1),), Way.DELIVERY)
    assert screen.strip.message == messages.words(BookedAlready("王桂英", made.id))
    screen.press("3", Key.Key_Return)
    assert [(state, dishes) for _name, state, _way, dishes, _due in of_day(screen.till)] == [
        (State.CANCELLED, (("meat", 1),)),
        (State.BOOKED, (("meat", 1), ("rice", 1))),
    ]


def test_after_the_cut_off_a_manager_is_asked_why(screen: Screen) -> None:
    screen.till.wait(hours=6)
    screen.counter.card_read(WANG_CARD)

    screen.press(Key.Key_F3, Key.Key_Return, Key.Key_Return)
    refused = of_day(screen.till)
    screen.press("late", Key.Key_Return)

    assert refused == []
    assert [one.why for one in Reservations(screen.till.stores, screen.till.clock, "A").of_day(TUESDAY)] == ["late"]


def test_a_sold_out_dish_is_refused_and_says_how_many_are_left(screen: Screen) -> None:
    plan(screen.till, TUESDAY, Offer("set", SET_MEAL.name, SET_MEAL.kind, 1_200, 1, capacity=1), MEAT, RICE)
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3, Key.Key_Return)
    screen.counter.card_read(LI_CARD)
    screen.press(Key.Key_F3)
    form = sheet_of(screen)._form

    screen.press("1", Key.Key_Return)

    assert form
    assert form.tray.portions == (), "nothing that is sold out is laid out"
    assert [name for name, *_rest in of_day(screen.till)] == ["王桂英"]
    assert screen.strip.message
    assert "一荤两素套餐" in screen.strip.message.title


def test_K1_a_price_that_changed_is_shown_before_it_is_held(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3)
    plan(screen.till, TUESDAY, Offer("set", SET_MEAL.name, SET_MEAL.kind, 1_500, 1))

    screen.press(Key.Key_Return)
    refused = of_day(screen.till)
    screen.press(Key.Key_Return)

    assert (refused, [due for *_rest, due in of_day(screen.till)]) == ([], [975])


def test_a_price_that_changed_leaves_on_the_tray_what_was_chosen(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3, Key.Key_2, Key.Key_F7)
    dearer = replace(MEAT, price=900)
    plan(screen.till, TUESDAY, Offer("set", SET_MEAL.name, SET_MEAL.kind, 1_200, 1), dearer, RICE)

    screen.press(Key.Key_Return, Key.Key_Return)

    assert [(way, dishes) for _name, _state, way, dishes, _due in of_day(screen.till)] == [(Way.TAKE_AWAY, (("meat", 1),))]


def test_the_dishes_of_a_set_meal_are_chosen_by_keys(screen: Screen) -> None:
    sets = Offer("set", SET_MEAL.name, SET_MEAL.kind, 1_200, 1, parts=(Part(DishKind.STAPLE, 1),))
    noodles = Offer("noodles", "面条", DishKind.STAPLE, 100, 4)
    with screen.till.stores.write() as store:
        store.menu.add_dish("noodles", "面条", DishKind.STAPLE, 100)
    change_parts(screen.till, sets)
    plan(screen.till, TUESDAY, sets, MEAT, RICE, noodles)
    screen.counter.card_read(WANG_CARD)

    screen.press(Key.Key_F3, Key.Key_Slash, "2", Key.Key_Return, Key.Key_Return)

    (made,) = Reservations(screen.till.stores, screen.till.clock, "A").of_day(TUESDAY)
    assert made.bill.basket[0].chosen == (("noodles", "面条"),)


def test_a_set_meal_is_against_a_diet_when_one_of_its_dishes_is(screen: Screen) -> None:
    sets = Offer("set", SET_MEAL.name, SET_MEAL.kind, 1_200, 1, parts=(Part(DishKind.MEAT, 1),))
    pork = replace(MEAT, tags=(Tag.PORK,))
    ahead = Reservations(screen.till.stores, screen.till.clock, "A").ahead(
        screen.till.checkout.identify(WANG_CARD).member.id, TUESDAY, Meal.LUNCH
    )
    ahead = replace(ahead, menu=replace(ahead.menu, offers=(sets, pork)))

    form = BookingForm("wang", "王桂英", diets=("无猪",), ahead=ahead, tray=Tray((("set", 1),), "set"))

    assert form.clashing(sets) == ("无猪",)


def change_parts(till: Till, sets: Offer) -> None:
    with till.stores.write() as store:
        (dish,) = (one for one in store.menu.dishes() if one.id == sets.dish_id)
        store.menu.change_dish(replace(dish, parts=sets.parts), MONDAY, till.manager.staff_id, 0)


def test_the_next_card_takes_the_form_away(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3)

    screen.counter.card_read(LI_CARD)

    assert (sheet_of(screen).is_open, screen.now.diner and screen.now.diner.member.name) == (False, "李建国")
    assert of_day(screen.till) == []


@pytest.mark.parametrize("size", PAGES)
def test_the_sheet_has_room(
    till: Till, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, size: tuple[int, int]
) -> None:
    screen = screen_at(till, theme_for(size), qtbot, PAGES[size])
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_F3)
    sheet = sheet_of(screen)
    if save := os.environ.get("PICTURES"):
        screen.counter.page.grab().save(f"{save}/booking-{size[0]}.png")

    assert (clipped(sheet), overlapping(sheet), small_targets(sheet, 46)) == ([], [], [])
