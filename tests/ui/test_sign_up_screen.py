"""A sign-up list in the office by keys alone: pasted, read, looked through, ticked, booked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.clock import CHINA
from pos.domain.errors import Refusal
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.reservations import State
from pos.services.reservations import Reservations
from pos.services.sign_up_lists import Confirmed, Outcome, SignUpLists
from tests.pos.services.counter import MONDAY, Counter
from tests.pos.services.test_reservations_flow import booked
from tests.pos.services.test_sign_up_lists import lives
from tests.ui.conftest import SIZES
from tests.ui.office_room import Room, room_for
from tests.ui.test_reservations_section import seen
from ui.office.work import GivenUp
from ui.reservations.section import SECTION, ReservationsSection
from ui.sign_up_lists.sheet import SignUpSheet
from ui.theme import Theme

Key = Qt.Key
TUESDAY = MONDAY + timedelta(days=1)
TEXT = """#接龙
明天午餐 一荤两素

1. 王秀英 1份 送餐
2. 李桂芳 1份
3. 赵德福 取消
4. 吴一凡 1份
5. 孙淑华 ➕２
"""


@pytest.fixture
def till(shut_till: Counter) -> Counter:
    """Wang, Zhao and Sun have money; there are two Li, and one of them ate here before."""
    counter = shut_till
    counter.shifts.open(counter.cashier, 0)
    for name, building in (("王秀英", "1号楼"), ("李桂芳", "2号楼"), ("李桂芳", "3号楼"), ("赵德福", "4号楼"), ("孙淑华", "5号楼")):
        lives(counter, name, building, "101")
    return counter


@pytest.fixture
def room(till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, till, theme, qtbot)


def sheet_of(room: Room) -> SignUpSheet:
    (sheet,) = room.office.findChildren(SignUpSheet)
    return sheet


def paste(room: Room, text: str = TEXT) -> None:
    """Into the box, as Ctrl+V does."""
    room.press(Key.Key_F7)
    sheet_of(room)._box.edit.setPlainText(text)
    room.press(Key.Key_F9)


def rows(room: Room) -> list[tuple[str, ...]]:
    return [line.cells for line in sheet_of(room)._table.lines]


def made(room: Room) -> list[tuple[str, Way, int]]:
    found = Reservations(room.till.stores, room.till.clock, "A").of_day(TUESDAY, Meal.LUNCH)
    return [(one.member_name, one.way, one.portions) for one in found if one.state is State.BOOKED]


def test_a_pasted_list_shows_what_to_look_at_first_and_ticks_whom_it_knows(room: Room) -> None:
    paste(room)

    assert rows(room) == [
        ("", "2. 李桂芳 1份", "李桂芳 2-101", "1", "Dine in", "2 of this name: ← → choose"),
        ("", "5. 孙淑华 ➕２", "孙淑华 5-101", "2", "Dine in", "how many?"),
        ("", "4. 吴一凡 1份", "nobody of this name", "", "", ""),
        ("√", "1. 王秀英 1份 送餐", "王秀英 1-101", "1", "Delivery", ""),
        ("", "3. 赵德福 取消", "赵德福 4-101", "", "", "cancelled"),
    ]
    assert sheet_of(room)._summary.text() == "known 1 · doubtful 2 · unknown 1 · left out 1"
    assert sheet_of(room)._yes.text() == "Book 1 line"
    assert made(room) == []


def test_only_what_is_ticked_is_booked(room: Room) -> None:
    paste(room)

    room.press(Key.Key_F9)

    assert made(room) == [("王秀英", Way.DELIVERY, 1)]
    assert rows(room)[3] == ("", "1. 王秀英 1份 送餐", "王秀英 1-101", "", "", "booked, ¥12.00 is held")
    assert room.said == "1 meal is booked."
    section = room.view
    assert isinstance(section, ReservationsSection)
    assert [line.cells[1] for line in section.page._table.lines] == ["王秀英"]


def test_the_cashier_ticks_chooses_between_two_of_one_name_and_changes_way_and_portions(room: Room) -> None:
    paste(room)

    room.press(Key.Key_Right, Key.Key_Space, Key.Key_F7, Key.Key_Down, Key.Key_Minus, Key.Key_Minus, Key.Key_Plus, Key.Key_Space, Key.Key_F9)

    assert sorted(made(room)) == [("孙淑华", Way.DINE_IN, 2), ("李桂芳", Way.TAKE_AWAY, 1), ("王秀英", Way.DELIVERY, 1)]
    assert [(row[2], row[5]) for row in rows(room)[:2]] == [
        ("李桂芳 3-101", "booked, ¥12.00 is held"),
        ("孙淑华 5-101", "booked, ¥24.00 is held"),
    ]


def test_nobody_unknown_or_cancelled_can_be_ticked(room: Room) -> None:
    paste(room)

    for _row in rows(room):
        room.press(Key.Key_Space, Key.Key_Plus, Key.Key_F7, Key.Key_Right, Key.Key_Down)

    assert [row[0] for row in rows(room)] == ["√", "√", "", "", ""], "and a tick is taken off as it was put"
    assert [row[3] for row in rows(room)] == ["2", "3", "", "2", ""]


def test_how_they_eat_who_say_nothing_is_chosen_for_all(room: Room) -> None:
    paste(room)

    sheet_of(room)._ways[Way.TAKE_AWAY].click()

    assert [row[4] for row in rows(room)] == ["Take away", "Take away", "", "Delivery", ""]


def test_one_refusal_stays_on_its_line_and_the_others_are_booked(room: Room) -> None:
    room.till.enrol("钱永贵")
    paste(room, "1. 钱永贵 1份\n2. 王秀英 1份")

    room.press(Key.Key_F9)

    assert made(room) == [("王秀英", Way.DINE_IN, 1)]
    assert [row[5] for row in rows(room)] == ["The meal costs ¥12.00, the card holds ¥0.00.", "booked, ¥12.00 is held"]
    assert (room.said, room.window.message.todo) == ("1 meal is booked.", "1 line was refused: it says why.")


def test_M1_f9_twice_books_once(room: Room) -> None:
    paste(room)

    room.press(Key.Key_F9, Key.Key_F9)

    assert len(made(room)) == 1
    assert room.said == "No line is ticked."


def test_esc_leads_back_to_the_text_where_it_is_mended_and_read_again(room: Room) -> None:
    paste(room)
    room.press(Key.Key_Escape)
    box = sheet_of(room)._box
    kept = box.text
    box.edit.setPlainText(kept.replace("吴一凡", "王秀英"))
    room.press(Key.Key_F9)
    again = [row[5] for row in rows(room)]
    room.press(Key.Key_Escape, Key.Key_Escape)

    assert kept == TEXT
    assert "line 7 counts" in again[-1] or any("line 7 counts" in said for said in again)
    assert (sheet_of(room).is_open, box.text) == (False, ""), "and nothing of it is left behind"


def test_who_has_a_meal_already_is_doubtful(room: Room) -> None:
    (hit,) = room.till.members.search("王秀英")
    with room.till.stores.read() as store:
        member = store.members.get(hit.id, TUESDAY)
    assert member is not None
    booked(room.till, member)

    paste(room, "1. 王秀英 1份\n2. 王秀英 取消")

    assert [row[5] for row in rows(room)] == [
        "line 2 counts, reserved already, signed up more than once",
        "cancelled, reserved already: give it up in the list, signed up more than once",
    ]


def test_a_list_of_another_meal_or_that_comes_late_says_so(room: Room) -> None:
    room.till.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))
    paste(room, "今天晚餐\n1. 王秀英 1份")
    warned = sheet_of(room)._warning.text()
    room.press(Key.Key_F9)
    refused = rows(room)[0][5]
    room.press(Key.Key_Space)
    sheet_of(room)._why.line.setFocus()
    room.press("late", Key.Key_F9)

    assert warned == "The list speaks of Dinner! The time for booking is over."
    assert refused == "It could be booked until 11-23 17:00."
    assert made(room) == [("王秀英", Way.DINE_IN, 1)]


@pytest.mark.parametrize(("text", "said"), [("谢谢", "Nobody signs up in this text."), ("1. 王\n" * 1_001, "The list has 1001 lines; 1000 are read at most.")])
def test_a_text_that_is_no_list_stays_where_it_is(room: Room, text: str, said: str) -> None:
    paste(room, text)

    assert (room.said, sheet_of(room)._stack.currentIndex(), sheet_of(room)._box.text) == (said, 0, text)


def test_a_list_that_is_given_up_half_way_keeps_what_was_booked(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    book = SignUpLists._book

    def half(lists: SignUpLists, actor: object, checked: object, one: Confirmed, why: str) -> object:
        if one.line.sign_up.line > 1:
            raise GivenUp
        return book(lists, actor, checked, one, why)  # type: ignore[arg-type]

    monkeypatch.setattr(SignUpLists, "_book", half)
    paste(room, "1. 王秀英 1份\n2. 孙淑华 1份")
    room.press(Key.Key_F9)

    assert made(room) == [("王秀英", Way.DINE_IN, 1)]
    assert room.said == "Given up: what was booked by then stays booked."
    assert [(row[0], row[5]) for row in rows(room)] == [("", "reserved already"), ("√", "")]


def test_what_cannot_be_booked_at_all_is_said_and_the_lines_stay(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Refusal):
        pass

    def refuse(*_asked: object) -> tuple[Outcome, ...]:
        raise Broken

    paste(room)
    monkeypatch.setattr(SignUpLists, "book", refuse)
    room.press(Key.Key_F9)

    assert (rows(room)[3][0], made(room)) == ("√", [])


@pytest.mark.parametrize("size", SIZES)
def test_text_and_lines_have_room(
    till: Counter, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    room = room_for(SECTION, till, theme_for(size), qtbot, size)
    till.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))
    room.press(Key.Key_F7)
    faults = seen(sheet_of(room).card)
    sheet_of(room)._box.edit.setPlainText(TEXT.replace("午餐", "晚餐"))
    room.press(Key.Key_F9)
    QApplication.processEvents()
    sheet = sheet_of(room)
    faults += seen(sheet.card)

    assert (faults, sheet._table.titles_fit(), sheet._summary.fits() if hasattr(sheet._summary, "fits") else True) == ([], True, True)
    assert sheet.card.height() <= room.office.height() - 8
    assert room.window.width() == size[0]
