"""The calendar by keys alone: moving, deciding about days and weeks, what is known of a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.calendar import EVERY_DAY, WORKED, DayKind, Holiday, Ruling, Week
from pos.services.calendar import Calendar
from tests.pos.services.counter import MONDAY, Counter
from tests.ui.immediate import HeldLane
from tests.ui.office_room import Room, room_for
from tests.ui.small_screens import Strip
from ui.calendar.presenter import CalendarPresenter, MonthNow
from ui.calendar.view import SECTION, CalendarPage
from ui.theme import Theme

Key = Qt.Key
SIZES = ((1366, 768), (1920, 1080))


@pytest.fixture
def room(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, shut_till, theme, qtbot)


def page_of(room: Room) -> CalendarPage:
    assert isinstance(room.view, CalendarPage)
    return room.view


def now(room: Room) -> MonthNow:
    shown = page_of(room)._now
    assert shown is not None
    return shown


def calendar_of(room: Room) -> Calendar:
    return Calendar(room.till.stores, room.till.clock)


def ruling_on(room: Room, day: date) -> Ruling | None:
    with room.till.stores.read() as store:
        return store.calendar.day(day)[1]


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ([], MONDAY),
        ([Key.Key_Right, Key.Key_Down], date(2026, 12, 1)),
        ([Key.Key_Left, Key.Key_Up, Key.Key_Up, Key.Key_Up, Key.Key_Up], date(2026, 10, 25)),
        ([Key.Key_PageDown, Key.Key_PageDown], date(2027, 1, 23)),
        ([Key.Key_PageUp, Key.Key_Home], MONDAY),
    ],
)
def test_arrows_page_keys_and_home_move_the_mark(room: Room, keys: list[Qt.Key], day: date) -> None:
    room.press(*keys)

    assert now(room).marked == day
    assert now(room).month.first == day.replace(day=1)


def test_the_last_of_a_long_month_becomes_the_last_of_a_short_one(room: Room) -> None:
    room.press(Key.Key_PageUp, *[Key.Key_Right] * 8, Key.Key_PageDown)

    assert now(room).marked == date(2026, 11, 30)


def test_K8_a_closure_is_decided_by_keys_and_says_who_and_why(room: Room) -> None:
    room.press(Key.Key_Right, Key.Key_Return, Key.Key_Down, Key.Key_Down, Key.Key_Tab, Key.Key_Tab, "no gas", Key.Key_Return)

    day = date(2026, 11, 24)
    facts = now(room).day.facts
    assert ruling_on(room, day) == Ruling(day, opens=False, reason="no gas")
    assert (facts.open, facts.subsidised, facts.reason) == (False, False, "no gas")
    assert (room.said, page_of(room)._ruled.text()[:7]) == ("2026-11-24 is decided.", "Decided")


def test_a_closure_without_a_reason_is_refused_and_the_form_stays(room: Room) -> None:
    room.press(Key.Key_Return, Key.Key_Down, Key.Key_Down, Key.Key_Return)

    assert room.said == "Why is the canteen closed on that day?"
    assert page_of(room).day_sheet.is_open
    assert ruling_on(room, MONDAY) is None


def test_a_december_that_the_next_paper_changed_is_corrected_and_taken_back(room: Room) -> None:
    calendar = calendar_of(room)
    sheet = page_of(room).day_sheet

    room.press(Key.Key_Return)
    sheet._kind.set_value(DayKind.HOLIDAY.value)
    sheet._holiday.set_value(Holiday.NEW_YEAR.value)
    room.press(Key.Key_Return)
    corrected = now(room).day.facts
    room.press(Key.Key_Return, Key.Key_Delete)

    assert (corrected.kind, corrected.holiday) == (DayKind.HOLIDAY, Holiday.NEW_YEAR)
    assert calendar.month(2026, 11).days[MONDAY.day - 1].facts.kind is DayKind.WORKDAY
    assert room.said == "2026-11-23 is taken back."


def test_the_week_is_kept_from_a_day_on_by_keys(room: Room) -> None:
    room.press(Key.Key_F3, Key.Key_Tab, *[Key.Key_Tab] * 5, Key.Key_Space, Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    (decided,) = calendar_of(room).weeks()
    assert decided.week == Week(MONDAY, EVERY_DAY - {5, 6})


def test_a_payer_gets_days_of_its_own_where_they_differ(room: Room) -> None:
    calendar = calendar_of(room)
    room.press(Key.Key_F3)
    sheet = page_of(room).week_sheet
    for kind in (DayKind.WEEKEND, DayKind.HOLIDAY):
        sheet._payers[""][1][kind].click()
    for kind in (DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.MAKE_UP):
        sheet._payers["city"][1][kind].click()
    room.press(Key.Key_Return)

    assert calendar.weeks()[0].week == Week(MONDAY, subsidy=WORKED, payers={"city": frozenset({DayKind.WORKDAY})})


def test_a_date_that_is_none_is_told_at_its_field(room: Room) -> None:
    room.press(Key.Key_F3)
    page_of(room).week_sheet._from.line.clear()
    room.press("2026-02-30", Key.Key_Return)

    assert page_of(room).week_sheet._from.complaint == "Write the day like 2026-01-31."
    assert calendar_of(room).weeks() == ()


def test_the_year_turns_by_the_page_keys_and_says_where_no_paper_is_out(room: Room) -> None:
    sheet = page_of(room).year_sheet

    room.press(Key.Key_F4)
    known = (sheet._title.text(), sheet._unknown.words, len(sheet._table.lines))
    room.press(Key.Key_PageDown, Key.Key_PageDown)
    unknown = (sheet._title.text(), sheet._unknown.words, len(sheet._table.lines))

    assert known == ("2026", "", 13)
    assert unknown == ("2028", "No paper for 2028 yet", 0)


def test_a_month_without_a_paper_says_so(room: Room) -> None:
    room.press(*[Key.Key_PageDown] * 14)

    assert page_of(room)._unknown.words == "No paper for 2028 yet"


def test_escape_leaves_a_sheet_before_it_leaves_the_office(room: Room) -> None:
    left: list[None] = []
    room.office.back.connect(lambda: left.append(None))

    room.press(Key.Key_Return, Key.Key_Escape)
    still = (page_of(room).day_sheet.is_open, len(left))
    room.press(Key.Key_Escape)

    assert (still, len(left)) == ((False, 0), 1)


def test_a_touched_day_is_marked(room: Room) -> None:
    grid = page_of(room).grid
    cell = grid._cell(1 * 7 + 2).center()

    QTest.mouseClick(grid, Qt.MouseButton.LeftButton, pos=QPoint(int(cell.x()), int(cell.y())))

    assert now(room).marked == date(2026, 11, 4)


def test_an_answer_that_comes_late_does_not_turn_the_month_back(shut_till: Counter, strip: Strip, room: Room) -> None:
    lane, page = HeldLane(), page_of(room)
    mind = CalendarPresenter(
        page, strip, Calendar(shut_till.stores, shut_till.clock), lane, lambda: shut_till.manager
    )
    mind.open()
    lane.go()

    mind.turn(1)
    mind.mark(date(2026, 10, 5))
    lane.go()

    assert now(room).marked == date(2026, 10, 5)


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room_and_a_name_in_every_state(
    shut_till: Counter,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    language: str,
    size: tuple[int, int],
) -> None:
    calendar = Calendar(shut_till.stores, shut_till.clock)
    calendar.rule(shut_till.manager, Ruling(MONDAY, DayKind.HOLIDAY, "区庆", opens=False, reason="厨房排烟系统检修，停水停电"))
    room = room_for(SECTION, shut_till, theme_for(size), qtbot, size)
    page = page_of(room)

    found = {"month": room.faults()}
    for key, sheet in (
        (Key.Key_Return, page.day_sheet),
        (Key.Key_F3, page.week_sheet),
        (Key.Key_F4, page.year_sheet),
    ):
        room.press(key)
        found[type(sheet).__name__] = room.faults(sheet)
        room.press(Key.Key_Escape)

    assert found == {"month": [], "DaySheet": [], "WeekSheet": [], "YearSheet": []}
    assert (room.window.width(), room.window.height()) == size
