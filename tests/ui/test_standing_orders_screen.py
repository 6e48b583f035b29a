"""Standing orders in the office by keys alone: taken, changed, paused, ended, and run with the list of who was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.clock import CHINA
from pos.domain.calendar import Ruling
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.reservations import State
from pos.domain.standing_orders import FIRST_SET, StandingOrder
from pos.services.calendar import Calendar
from pos.services.reservations import Reservations
from pos.services.standing_orders import StandingOrders
from tests.pos.services.counter import MONDAY, Counter
from tests.pos.services.test_sign_up_lists import lives
from tests.ui.conftest import SIZES
from tests.ui.office_room import Room, room_for
from tests.ui.test_reservations_section import seen
from ui.asking import Ask
from ui.office.work import GivenUp
from ui.reservations.section import SECTION
from ui.theme import Theme
from ui.widgets.ask_sheet import AskSheet

Key = Qt.Key
TUESDAY, WEDNESDAY, FRIDAY, NEXT_MONDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4, 7))


@pytest.fixture
def till(shut_till: Counter) -> Counter:
    shut_till.shifts.open(shut_till.cashier, 0)
    lives(shut_till, "王秀英", "2号楼", "402")
    return shut_till


@pytest.fixture
def room(till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, till, theme, qtbot)


def ask_of(room: Room) -> Ask | None:
    """The question that lies on the page."""
    return next((sheet.ask for sheet in room.office.findChildren(AskSheet) if sheet.is_open), None)


def title(room: Room) -> str:
    ask = ask_of(room)
    return ask.title if ask else ""


def orders(room: Room) -> list[StandingOrder]:
    found = StandingOrders(room.till.stores, room.till.clock, "A")
    (hit,) = room.till.members.search("王秀英")
    return [replace(one, id="", member_id="", made_by="", made_ms=0) for one in found.of_member(hit.id)]


def days(room: Room) -> list[tuple[int, State]]:
    """The reservations of Wang by how many days from Monday."""
    (hit,) = room.till.members.search("王秀英")
    made = Reservations(room.till.stores, room.till.clock, "A").of_member(hit.id)
    return [((one.day - MONDAY).days, one.state) for one in made]


def open_orders(room: Room) -> None:
    room.press(Key.Key_F4, "wxy", Key.Key_Return)


def take_one(room: Room) -> None:
    """Monday, Wednesday, Friday, lunch, delivered: what the form offers."""
    open_orders(room)
    room.press(Key.Key_Return, Key.Key_Return)


USUAL = StandingOrder("", "", frozenset({0, 2, 4}), Meal.LUNCH, Way.DELIVERY, MONDAY)


def test_two_enters_take_the_usual_order(room: Room) -> None:
    open_orders(room)
    empty = title(room)
    room.press(Key.Key_Return)
    form = title(room)
    room.press(Key.Key_Return)

    assert (empty, form) == ("Standing orders of 王秀英", "New standing order of 王秀英")
    assert orders(room) == [USUAL]
    ask = ask_of(room)
    assert ask is not None
    assert ask.table is not None
    assert ask.table.rows == (("Mon, Wed, Fri", "Lunch", "Delivery", "set meal of the day", "", "for good", ""),)
    assert room.said == "The standing order is kept."


def test_weekdays_time_dish_and_days_are_changed_by_keys(room: Room) -> None:
    take_one(room)

    room.press(Key.Key_Return, Key.Key_Space, Key.Key_Tab, Key.Key_Space, *[Key.Key_Tab] * 8, "1130")
    room.press(Key.Key_Tab, Key.Key_Down, Key.Key_Tab, Key.Key_Backspace, "2", *[Key.Key_Tab] * 2)
    # The second dish is none, so its portions are passed over.
    room.press(Key.Key_Tab, "2026-12-31", Key.Key_Return)

    (changed,) = orders(room)
    assert (changed.weekdays, changed.eat_at, changed.last and changed.last.isoformat()) == (frozenset({1, 2, 4}), "11:30", "2026-12-31")
    ((dish, portions),) = changed.portions
    assert (dish != FIRST_SET, portions) == (True, 2)


def test_a_second_dish_lies_beside_the_first(room: Room) -> None:
    open_orders(room)
    room.press(Key.Key_Return, *[Key.Key_Tab] * 12, Key.Key_Down, Key.Key_Return)

    (taken,) = orders(room)

    assert [quantity for _dish, quantity in taken.portions] == [1, 1]
    assert len({dish for dish, _quantity in taken.portions}) == 1, "the set meal of the day twice, until the next one is chosen"


@pytest.mark.parametrize(
    ("tabs", "typed", "said"),
    [(9, "noon", "Type the time like 11:30, or nothing."), (11, "0", "Type how many portions, from 1 on."), (13, "x", "Write the day like 2026-01-31.")],
)
def test_what_means_nothing_is_pointed_at(room: Room, tabs: int, typed: str, said: str) -> None:
    open_orders(room)

    room.press(Key.Key_Return, *[Key.Key_Tab] * tabs, Key.Key_End, Key.Key_Backspace, typed, Key.Key_Return)

    assert (room.said, orders(room)) == (said, [])
    ask = ask_of(room)
    assert ask is not None
    assert ask.wrong


def test_without_a_weekday_nothing_is_ordered(room: Room) -> None:
    open_orders(room)
    room.press(Key.Key_Return, Key.Key_Space, Key.Key_Tab, Key.Key_Tab, Key.Key_Space, Key.Key_Tab, Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    assert (room.said, orders(room)) == ("No weekday is ticked.", [])


def test_a_run_books_the_week_and_a_pause_gives_its_days_up(room: Room) -> None:
    take_one(room)
    room.press(Key.Key_Escape, Key.Key_F6, Key.Key_Return)
    ran = ask_of(room)
    room.press(Key.Key_Escape)
    after_run = days(room)
    open_orders(room)
    room.press(Key.Key_Return, Key.Key_F10, *[Key.Key_Backspace] * 10, FRIDAY.isoformat(), Key.Key_Return)

    assert ran is not None
    assert (ran.title, ran.text) == ("Standing orders 11-24 – 11-30", "3 meals are booked now.")
    assert after_run == [(2, State.BOOKED), (4, State.BOOKED), (7, State.BOOKED)]
    assert days(room) == [(2, State.BOOKED), (4, State.CANCELLED), (7, State.CANCELLED)]
    assert room.window.message.todo == "Given up: 11-27, 11-30."
    (paused,) = orders(room)
    assert (paused.paused_from, paused.paused_to) == (FRIDAY, None)


def test_a_paused_order_goes_on_when_its_pause_is_emptied(room: Room) -> None:
    take_one(room)
    room.press(Key.Key_Return, Key.Key_F10, Key.Key_Return)
    (paused,) = orders(room)

    room.press(Key.Key_Return, Key.Key_F10, *[Key.Key_Backspace] * 10, Key.Key_Return)

    assert (paused.paused_from, orders(room)) == (MONDAY, [USUAL])


def test_an_order_is_ended_after_two_questions_and_esc_leads_back_step_by_step(room: Room) -> None:
    take_one(room)
    titles = []
    for key in (Key.Key_Return, Key.Key_F10, Key.Key_F10, Key.Key_Escape, Key.Key_Escape, Key.Key_Escape, Key.Key_Escape):
        room.press(key)
        titles.append(title(room))
    still = orders(room)
    open_orders(room)
    room.press(Key.Key_Return, Key.Key_F10, Key.Key_F10, Key.Key_Return)

    assert titles == [
        "Standing order of 王秀英",
        "When does the order of 王秀英 rest?",
        "End the standing order of 王秀英?",
        "When does the order of 王秀英 rest?",
        "Standing order of 王秀英",
        "Standing orders of 王秀英",
        "",
    ]
    assert (still, orders(room), room.said) == ([USUAL], [], "The standing order is ended.")


def test_K8_who_could_not_be_booked_is_listed_with_the_reason(room: Room) -> None:
    take_one(room)
    Calendar(room.till.stores, room.till.clock).rule(room.till.manager, Ruling(WEDNESDAY, opens=False, reason="停电"))

    room.press(Key.Key_Escape, Key.Key_F6, Key.Key_Return)

    ask = ask_of(room)
    assert ask is not None
    assert ask.table is not None
    assert ask.text == "2 meals are booked now. 1 could not be booked:"
    assert ask.table.rows == (("王秀英", "2号楼402", "11-25 Wed", "Lunch", "The canteen is closed on 2026-11-25. 停电"),)


def test_a_manager_books_days_after_their_cut_off_with_a_reason(room: Room) -> None:
    take_one(room)
    room.press(Key.Key_Escape)
    room.till.clock.set(datetime.combine(TUESDAY, time(17, 1), tzinfo=CHINA))
    room.till.shifts.close(room.till.cashier, room.till.balance("drawer:A"))
    room.till.shifts.open(room.till.cashier, 0)

    room.press(Key.Key_F6, Key.Key_Return)
    late = days(room)
    room.press(Key.Key_Escape, Key.Key_F6, Key.Key_Tab, Key.Key_Tab, "kitchen agrees", Key.Key_Return)

    assert [day for day, _state in late] == [4, 7]
    assert [day for day, _state in days(room)] == [2, 4, 7]


@pytest.mark.parametrize(("tabs", "typed"), [(0, "x"), (1, "x"), (1, "2026-11-01")])
def test_days_of_a_run_that_mean_nothing_are_pointed_at(room: Room, tabs: int, typed: str) -> None:
    take_one(room)

    room.press(Key.Key_Escape, Key.Key_F6, *[Key.Key_Tab] * tabs, *[Key.Key_Backspace] * 10, typed, Key.Key_Return)

    assert (room.said, days(room)) == ("Write the day like 2026-01-31.", [])


def test_a_run_that_is_given_up_says_that_nothing_was_booked(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    take_one(room)

    def given_up(*_asked: object) -> None:
        raise GivenUp

    monkeypatch.setattr(StandingOrders, "generate", given_up)
    room.press(Key.Key_Escape, Key.Key_F6, Key.Key_Return)

    assert (room.said, title(room), days(room)) == ("Given up: nothing was booked.", "", [])


def test_a_run_without_a_shift_says_so_and_the_question_stays(room: Room) -> None:
    take_one(room)
    room.till.shifts.close(room.till.cashier, room.till.balance("drawer:A"))

    room.press(Key.Key_Escape, Key.Key_F6, Key.Key_Return)

    assert (title(room), days(room)) == ("Book the standing orders", [])
    assert room.said


@pytest.mark.parametrize("size", SIZES)
def test_every_question_has_room(
    till: Counter, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    for number in range(30):
        member = till.enrol(f"钱{'永贵秀英'[number % 4]}")
        order = StandingOrder(till.new_id("order"), member.id, frozenset(range(7)), Meal.LUNCH, Way.DELIVERY, MONDAY)
        StandingOrders(till.stores, till.clock, "A").add(till.cashier, order)
    room = room_for(SECTION, till, theme_for(size), qtbot, size)
    take_one(room)
    faults = []
    for key in (Key.Key_Return, Key.Key_F10, Key.Key_F10, Key.Key_Escape, Key.Key_Escape, Key.Key_Escape):
        QApplication.processEvents()
        faults += shown_faults(room)
        room.press(key)
    room.press(Key.Key_Escape, Key.Key_F6, Key.Key_Return)
    faults += shown_faults(room)

    assert (faults, room.window.width()) == ([], size[0])


def shown_faults(room: Room) -> list[str]:
    sheet = next(sheet for sheet in room.office.findChildren(AskSheet) if sheet.is_open)
    return seen(sheet.card) + ([] if sheet.card.height() <= room.office.height() - 8 else ["sticks out of the page"])
