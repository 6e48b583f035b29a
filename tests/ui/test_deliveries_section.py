"""The deliveries' section by its keys alone, on a real file: a sweep of fifty stops, a case, the close of the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.address import Address
from pos.domain.deliveries import Outcome
from pos.domain.profile import Contact, Particulars
from pos.domain.staff import Actor
from pos.domain.stop_codes import stop_code
from pos.services.members import NewMember
from tests.pos.services.conftest import closed_counter, counter, founded_file
from tests.pos.services.counter import Counter
from tests.pos.services.delivering import TUESDAY, Delivering, delivering_at
from tests.ui.office_room import Room, room_for
from tests.ui.small_screens import focused
from ui.deliveries.section import SECTION, DeliveriesSection
from ui.theme import Theme

__all__ = ["closed_counter", "counter", "founded_file"]

Key = Qt.Key
DAUGHTER, WORKER = Contact("曾小红", "13900000001", "女儿"), Contact("马晓燕", "13900000002", "东关社区")
PRESSES_A_SECOND = 1
"""Of somebody who reads the sheet line by line."""


class Fingers:
    """Presses keys where the focus is, and counts them."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            if isinstance(key, str):
                self.presses += len(key)
                QTest.keyClicks(focused(), key)
            else:
                self.presses += 1
                QTest.keyClick(focused(), key)
        QApplication.processEvents()


def noon_with(counter: Counter, stops: int) -> Delivering:
    noon = delivering_at(counter)
    for number in range(stops):
        place = Address("幸福里", f"{number // 8 + 1}号楼", "", "", f"{number % 8 + 1}01")
        known = Particulars(address=place, emergency=DAUGHTER, community_worker=WORKER)
        member = counter.members.enrol(counter.manager, NewMember(f"会员{number:02d}", None, "13800009876", None, known))
        counter.top_up(member, 10_000)
        noon.book(member)
    noon.at(TUESDAY)
    return noon


def open_section(
    noon: Delivering, theme: Theme, qtbot: QtBot, size: tuple[int, int] = (1366, 768), actor: Actor | None = None
) -> tuple[Room, DeliveriesSection]:
    room = room_for(SECTION, noon.counter, theme, qtbot, size, lambda: actor or noon.counter.manager)
    return room, cast("DeliveriesSection", room.view)


def results(noon: Delivering) -> dict[Outcome, int]:
    with noon.counter.stores.read() as store:
        noted = [one.outcome for one in store.deliveries.of_day(TUESDAY)]
    return {outcome: noted.count(outcome) for outcome in Outcome}


def test_fifty_stops_are_swept_by_keyboard_in_less_than_two_minutes(counter: Counter, theme: Theme, qtbot: QtBot) -> None:
    noon = noon_with(counter, 50)
    open_section(noon, theme, qtbot)
    fingers = Fingers()

    for number in range(50):
        key = {7: "2", 19: "3", 33: "4"}.get(number, "")
        fingers.press(key, Key.Key_Return)

    assert results(noon) == {Outcome.HANDED_OVER: 47, Outcome.LEFT_AT_DOOR: 1, Outcome.REFUSED: 1, Outcome.NO_ANSWER: 1}
    assert (fingers.presses, fingers.presses / PRESSES_A_SECOND <= 120) == (53, True)


def test_fifty_stops_are_swept_by_their_codes(counter: Counter, theme: Theme, qtbot: QtBot) -> None:
    noon = noon_with(counter, 50)
    _room, section = open_section(noon, theme, qtbot)
    with counter.stores.read() as store:
        mark = store.canteen.mark()
    codes = [stop_code(mark, line.stop.reservation_id) for line in reversed(section._mind.board.lines)]
    fingers = Fingers()

    for code in codes:  # a scanner that types, then a finger
        QTest.keyClicks(focused(), code)
        QTest.keyClick(focused(), Key.Key_Return)
        fingers.press(Key.Key_Return)

    assert (results(noon)[Outcome.HANDED_OVER], fingers.presses) == (50, 50)


def test_an_enter_that_is_held_down_notes_one_stop(counter: Counter, theme: Theme, qtbot: QtBot) -> None:
    noon = noon_with(counter, 3)
    open_section(noon, theme, qtbot)

    QTest.keyClick(focused(), Key.Key_Return)
    for _repeat in range(20):
        held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True)
        QApplication.sendEvent(focused(), held)

    assert sum(results(noon).values()) == 1


def test_a_no_answer_is_followed_to_its_end_and_the_day_closed_by_keys_alone(counter: Counter, theme: Theme, qtbot: QtBot) -> None:
    noon = noon_with(counter, 2)
    room, section = open_section(noon, theme, qtbot)
    fingers = Fingers()

    fingers.press("4", Key.Key_Return, Key.Key_Return)
    red = section._cases.isVisible()
    fingers.press(Key.Key_F9)
    in_the_way = room.office.covered
    fingers.press(Key.Key_Escape, Key.Key_F3, Key.Key_Return, Key.Key_Return)
    for _rung in range(3):  # from "called the community worker" to "found well"
        fingers.press(Key.Key_Down)
        if section._case._form is not None and section._case._form.step.ends:
            break
    fingers.press(Key.Key_Return)
    still_red = section._cases.isVisible()
    fingers.press(Key.Key_F9, Key.Key_Return)

    with counter.stores.read() as store:
        close = store.days.closed(TUESDAY)
    assert (red, still_red, in_the_way) == (True, False, True)
    assert close is not None
    assert counter.count("case_steps") == 3


def test_a_cashier_alone_at_noon_notes_and_looks_for_people_and_leaves_the_close_to_the_manager(
    counter: Counter, theme: Theme, qtbot: QtBot
) -> None:
    noon = noon_with(counter, 1)
    room, section = open_section(noon, theme, qtbot, actor=counter.cashier)
    fingers = Fingers()

    fingers.press("4", Key.Key_Return, Key.Key_F3, Key.Key_Return, Key.Key_Escape, Key.Key_F9)

    (case,) = noon.cases.open_now()
    assert (case.opened_by, [one.staff_name for one in case.steps]) == ("李桂兰", ["李桂兰"])
    assert (section._close.isVisible(), room.said) == (False, "李桂兰没有权限：日结。")


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("cases", [0, 1, 5])
def test_everything_has_room(
    counter: Counter, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, size: tuple[int, int], cases: int, language: str
) -> None:
    noon = noon_with(counter, 6)
    room, section = open_section(noon, theme_for(size), qtbot, size)
    for _number in range(cases):
        section._mind.note(Outcome.NO_ANSWER)
    QApplication.processEvents()

    titles = [table.titles_fit() for table in (section._stops, section._glance)]

    assert (room.faults(), titles) == ([], [True, True])


@pytest.mark.parametrize("key", [Key.Key_F3, Key.Key_F4, Key.Key_F6, Key.Key_F9])
def test_every_sheet_has_room(
    counter: Counter, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, key: Qt.Key, language: str
) -> None:
    noon = noon_with(counter, 3)
    size = (1366, 768)
    room, section = open_section(noon, theme_for(size), qtbot, size)
    Fingers().press("4", Key.Key_Return, Key.Key_Return, key)

    (sheet,) = (one for one in section._sheets if one.is_open)

    assert room.faults(sheet.card) == []
