"""The reservations in the office by keys alone: looked through, changed, given up, booked, and their rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.clock import CHINA
from pos.domain.calendar import Ruling
from pos.domain.cards import CardUid
from pos.domain.pricing import Way
from pos.domain.reservations import BookingTerms, MissedRule, Reservation, State
from pos.services.calendar import Calendar
from pos.services.reservations import Reservations
from pos.services.terms import Terms
from tests.pos.services.counter import MONDAY, Counter
from tests.pos.services.test_reservations_flow import booked, wish
from tests.pos.services.test_sign_up_lists import lives
from tests.ui import geometry
from tests.ui.conftest import SIZES
from tests.ui.office_room import Room, room_for
from ui.reservations.section import SECTION, ReservationsSection
from ui.reservations.terms import Mistyped, terms_of, values_of
from ui.theme import Theme
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.sheet import Sheet

Key = Qt.Key
TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def till(shut_till: Counter) -> Counter:
    """Wang and Li have lunch tomorrow, Zhao gave his up; the cashier's shift is open."""
    counter = shut_till
    counter.shifts.open(counter.cashier, 0)
    wang, li = lives(counter, "王秀英", "2号楼", "402", date(1940, 1, 1)), lives(counter, "李桂芳", "3号楼", "101")
    zhao = counter.rich("赵德福")
    Reservations(counter.stores, counter.clock, "A").book(counter.cashier, wish(counter, wang, TUESDAY, Way.DELIVERY))
    booked(counter, li)
    Reservations(counter.stores, counter.clock, "A").cancel(counter.cashier, booked(counter, zhao).id)
    return counter


@pytest.fixture
def room(till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, till, theme, qtbot)


def section_of(room: Room) -> ReservationsSection:
    assert isinstance(room.view, ReservationsSection)
    return room.view


def lines(room: Room) -> list[tuple[str, ...]]:
    """Name, door, way, state of each line."""
    return [(cells[1], cells[2], cells[4], cells[6]) for cells in (line.cells for line in section_of(room).page._table.lines)]


def of_day(room: Room, day: date = TUESDAY) -> list[tuple[str, State, Way]]:
    found = Reservations(room.till.stores, room.till.clock, "A").of_day(day)
    return [(one.member_name, one.state, one.way) for one in found]


def ask_of(room: Room) -> str:
    """The title of the question that lies on the page."""
    return next((sheet.ask.title for sheet in room.office.findChildren(AskSheet) if sheet.is_open and sheet.ask), "")


WANG = ("王秀英", "2-402", "Delivery", "booked")
LI = ("李桂芳", "3-101", "Dine in", "booked")
ZHAO = ("赵德福", "", "Dine in", "cancelled")


def test_the_next_days_lunch_is_shown_with_what_was_given_up_at_its_end(room: Room) -> None:
    assert lines(room) == [WANG, LI, ZHAO]
    assert section_of(room).page._summary.text() == "2 reservations · 2 meals · Dine in 1 · Delivery 1 · cancelled 1"
    assert section_of(room).page._bar.day == "11-24 Tue tomorrow"


def test_arrows_and_digits_look_at_other_days_and_meals(room: Room) -> None:
    room.press(Key.Key_3)
    dinner = lines(room)
    room.press(Key.Key_2, Key.Key_Right)
    wednesday = section_of(room).list.shown.day
    room.press(Key.Key_Left)

    assert (dinner, wednesday, lines(room)) == ([], WEDNESDAY, [WANG, LI, ZHAO])


def test_somebody_is_found_by_name_pinyin_door_way_and_state(room: Room) -> None:
    found = {}
    for text in ("王", "wxy", "2-402", "delivery", "cancelled", "gui fang", "nobody"):
        room.press(Key.Key_F2)
        line = section_of(room).page._line
        line.clear()
        line.insert(text)
        line.textEdited.emit(text)
        found[text] = [name for name, *_others in lines(room)]
    room.press(Key.Key_Escape)

    assert found == {
        "王": ["王秀英"], "wxy": ["王秀英"], "2-402": ["王秀英"], "delivery": ["王秀英"], "cancelled": ["赵德福"],
        "gui fang": ["李桂芳"], "nobody": [],
    }  # fmt: skip
    assert len(lines(room)) == 3, "Esc forgets what was looked for"


def test_a_letter_begins_to_look_for_somebody_and_the_arrows_stay_the_lists(room: Room) -> None:
    room.press("l", "i", Key.Key_Down, Key.Key_Up, Key.Key_F8)

    assert [name for name, *_others in lines(room)] == ["王秀英", "李桂芳"], "Delivery has these letters, too"
    assert ask_of(room) == "Give up the reservation of 王秀英 2-402?"


def test_K1_a_reservation_is_given_up_and_stays_on_the_list(room: Room) -> None:
    room.press(Key.Key_F8, Key.Key_Return)

    assert lines(room) == [LI, ("王秀英", "2-402", "Delivery", "cancelled"), ZHAO]
    assert room.said == "Cancelled"
    assert ask_of(room) == ""


def test_what_is_over_is_neither_given_up_nor_changed(room: Room) -> None:
    room.press(Key.Key_End, Key.Key_F8)
    given_up = room.said
    room.press(Key.Key_Return)

    assert (given_up, room.said) == ("This reservation of 赵德福 is over: cancelled.",) * 2
    assert ask_of(room) == ""


def late(till: Counter) -> None:
    till.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))


def test_after_the_cut_off_a_manager_gives_a_reason(room: Room) -> None:
    late(room.till)
    room.press(Key.Key_F5, Key.Key_F8, Key.Key_Return)
    without = (room.said, of_day(room)[0][1])
    room.press("hospital", Key.Key_Return)

    assert without == ("It could be cancelled until 11-23 17:00.", State.BOOKED)
    found: Reservation = Reservations(room.till.stores, room.till.clock, "A").of_day(TUESDAY)[0]
    assert (found.state, found.why) == (State.CANCELLED, "hospital")


def test_after_the_cut_off_a_cashier_is_told_so(till: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    late(till)
    room = room_for(SECTION, till, theme, qtbot, actor=lambda: till.cashier)

    room.press(Key.Key_F8)

    assert (ask_of(room), room.said) == ("", "It could be cancelled until 11-23 17:00.")


def test_enter_changes_the_way_and_the_portions_of_a_reservation(room: Room) -> None:
    room.press(Key.Key_Return, Key.Key_F7, Key.Key_1, Key.Key_Return)

    assert of_day(room)[0] == ("王秀英", State.CANCELLED, Way.DELIVERY)
    assert ("王秀英", State.BOOKED, Way.DINE_IN) in of_day(room)
    assert ("王秀英", "2-402", "Dine in", "booked") in lines(room)


def test_a_changed_reservation_keeps_its_time(room: Room) -> None:
    till = room.till
    asked = wish(till, lives(till, "孙淑华", "1号楼", "101"), WEDNESDAY)
    made = Reservations(till.stores, till.clock, "A").book(till.cashier, replace(asked, eat_at="11:30"))

    room.press(Key.Key_Right, Key.Key_Return, Key.Key_F7, Key.Key_Return)

    changed = Reservations(till.stores, till.clock, "A").of_day(WEDNESDAY)[-1]
    assert (made.eat_at, changed.id != made.id, changed.eat_at, changed.way) == ("11:30", True, "11:30", Way.TAKE_AWAY)


def test_somebody_found_by_name_gets_a_meal_of_the_day_that_is_looked_at(room: Room) -> None:
    room.till.rich("钱永贵")

    room.press(Key.Key_Right, Key.Key_F3, "qyg", Key.Key_Return, Key.Key_Return)

    assert of_day(room, WEDNESDAY) == [("钱永贵", State.BOOKED, Way.DINE_IN)]
    assert [name for name, *_others in lines(room)] == ["钱永贵"]


def test_a_card_that_is_shown_books_for_its_member(room: Room) -> None:
    member = room.till.enrol("钱永贵", card=CardUid("01026F6C3A"))
    room.till.top_up(member, 10_000)

    room.office.card_read(CardUid("01026F6C3A"))
    room.press(Key.Key_Return)

    assert of_day(room)[-1] == ("钱永贵", State.BOOKED, Way.DINE_IN)


def test_K8_a_closed_day_says_that_people_have_to_be_told(room: Room) -> None:
    Calendar(room.till.stores, room.till.clock).rule(room.till.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    room.press(Key.Key_F5)

    assert section_of(room).page._warning.text() == "The canteen is closed on this day. 停电 2 people have to be told."


def test_a_day_that_is_over_is_looked_at_and_not_changed(room: Room) -> None:
    room.till.clock.set(datetime.combine(WEDNESDAY, time(11), tzinfo=CHINA))

    room.press(Key.Key_F5, Key.Key_Return)

    assert room.said == "This day is over."


def test_the_rules_of_booking_are_decided_by_keys(room: Room) -> None:
    room.press(Key.Key_F9, Key.Key_Tab, Key.Key_Tab, Key.Key_Backspace, Key.Key_Backspace, "5", Key.Key_Return)

    assert Terms(room.till.stores, room.till.clock).current().booking.days_ahead == 5
    assert room.said == "It is decided so."


def test_a_rule_that_means_nothing_is_pointed_at(room: Room) -> None:
    room.press(Key.Key_F9, "x", Key.Key_Return)

    assert room.said == "Type a time like 17:00."
    assert Terms(room.till.stores, room.till.clock).current().booking == BookingTerms()


def test_that_boxes_are_thrown_away_is_a_tick_of_the_rules(till: Counter, theme: Theme, qtbot: QtBot) -> None:
    room = room_for(SECTION, till, theme, qtbot)
    terms = Terms(till.stores, till.clock)
    before = terms.current()

    room.press(Key.Key_F9, *[Key.Key_Tab] * 6, Key.Key_Space, Key.Key_Return)

    assert terms.current() == replace(before, boxes_return=False)


def test_a_cashier_sees_no_rules_to_decide(till: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    room = room_for(SECTION, till, theme, qtbot, actor=lambda: till.cashier)

    room.press(Key.Key_F9)

    assert ask_of(room) == ""
    assert not section_of(room).page._terms.isVisible()


@pytest.mark.parametrize(
    ("name", "typed", "field", "value"),
    [
        ("book_until", "16点半", "book_until", time(16, 30)),
        ("cancel_until", "0900", "cancel_until", time(9)),
        ("days_ahead", "１", "days_ahead", 1),
        ("walk_ins", "", "walk_ins", None),
        ("walk_ins", "0", "walk_ins", 0),
        ("no_show", "charge", "no_show", MissedRule.CHARGE),
    ],
)
def test_a_rule_is_read_as_it_is_typed(name: str, typed: str, field: str, value: object) -> None:
    assert getattr(terms_of({**values_of(BookingTerms()), name: typed}), field) == value


@pytest.mark.parametrize(("name", "typed"), [("book_until", ""), ("days_ahead", "0"), ("days_ahead", "15"), ("walk_ins", "-1"), ("walk_ins", "x")])
def test_a_rule_that_is_mistyped_is_named(name: str, typed: str) -> None:
    with pytest.raises(Mistyped) as wrong:
        terms_of({**values_of(BookingTerms()), name: typed})

    assert wrong.value.name == name


def seen(widget: QWidget) -> list[str]:
    """What eyes would see at once, targets too small for a thumb among it."""
    checks = (geometry.clipped, geometry.overlapping, geometry.nameless, lambda one: geometry.small_targets(one, 44))
    found = [fault for check in checks for fault in check(widget)]
    return [fault for fault in found if not fault.startswith("QHeaderView")]  # Qt hints it as a square


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room(
    till: Counter, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    room = room_for(SECTION, till, theme_for(size), qtbot, size)
    faults = seen(room.view)
    for key in (Key.Key_F3, Key.Key_F6, Key.Key_F7, Key.Key_F8, Key.Key_F9):
        room.press(key)
        QApplication.processEvents()
        sheet = next(sheet for sheet in room.office.findChildren(Sheet) if sheet.is_open)
        faults += seen(sheet.card)
        room.press(Key.Key_Escape)

    assert (faults, room.window.width()) == ([], size[0])
