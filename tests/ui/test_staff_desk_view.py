"""The staff sheet by its keys alone, and that everything on it has room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos import i18n
from pos.domain.staff import Role
from tests.pos.services.counter import CASHIER, MANAGER, OTHER, Counter
from tests.ui import geometry
from tests.ui.immediate import ImmediateLane
from tests.ui.small_screens import Strip, focused
from ui.staff.desk_presenter import Doing, StaffPresenter
from ui.staff.desk_view import StaffSheet
from ui.theme import Theme

PAGES = {(1024, 768): (1024, 590), (1366, 768): (1366, 590), (1920, 1080): (1920, 848)}
"""What a screen leaves to a page, the practice strip shown."""

Key = Qt.Key


@dataclass
class Screen:
    """The sheet on its page, and the fingers on its keys."""

    till: Counter
    page: QWidget
    sheet: StaffSheet
    mind: StaffPresenter

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(focused(), key)
            else:
                QTest.keyClick(focused(), key)

    def mark(self, name: str) -> None:
        names = [one.name for one in self.till.desk.people(self.till.manager)]
        self.press(*[Key.Key_Up] * 9, *[Key.Key_Down] * names.index(name))

    def faults(self) -> list[str]:
        QApplication.processEvents()
        checks = (geometry.clipped, geometry.overlapping, geometry.small_targets, geometry.nameless, geometry.unreachable)
        return [fault for check in checks for fault in check(self.page)]


def screen_at(till: Counter, strip: Strip, theme: Theme, qtbot: QtBot, size: tuple[int, int]) -> Screen:
    page = QWidget()
    qtbot.addWidget(page)
    sheet = StaffSheet(theme, page)
    mind = StaffPresenter(sheet, strip, till.desk, ImmediateLane(), lambda: till.manager)
    sheet.attend(mind)
    page.resize(*size)
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    mind.open()
    return Screen(till, page, sheet, mind)


@pytest.fixture
def screen(shut_till: Counter, strip: Strip, theme: Theme, qtbot: QtBot) -> Screen:
    return screen_at(shut_till, strip, theme, qtbot, PAGES[1366, 768])


def test_a_manager_is_added_by_keys_alone(screen: Screen) -> None:
    screen.press(Key.Key_F3, "He", Key.Key_Tab, Key.Key_Right, Key.Key_Tab, "904273", Key.Key_Tab, "904273", Key.Key_Return)

    assert screen.till.desk.sign_in("He", "904273").role is Role.MANAGER


def test_a_cashier_is_added_where_no_role_is_chosen(screen: Screen) -> None:
    screen.press(Key.Key_F3, "He", Key.Key_Tab, Key.Key_Tab, "904273", Key.Key_Tab, "904273", Key.Key_Return)

    assert screen.till.desk.sign_in("He", "904273").role is Role.CASHIER


def test_a_new_pin_by_keys_alone(screen: Screen) -> None:
    screen.mark(CASHIER)
    screen.press(Key.Key_F4, "904273", Key.Key_Tab, "904273", Key.Key_Return)

    assert screen.till.desk.sign_in(CASHIER, "904273") == screen.till.cashier


def test_leaving_takes_two_different_keys(screen: Screen) -> None:
    screen.mark(OTHER)
    screen.press(Key.Key_Delete, Key.Key_Delete)
    still = OTHER in screen.till.desk.names()
    screen.press(Key.Key_Return)

    assert (still, OTHER in screen.till.desk.names(), CASHIER in screen.till.desk.names()) == (True, False, True)


def test_enter_on_the_list_changes_nobody_and_escape_goes_away(screen: Screen) -> None:
    before = screen.till.desk.people(screen.till.manager)
    screen.press(Key.Key_Return, Key.Key_Down, Key.Key_Return, Key.Key_Escape)

    assert (screen.till.desk.people(screen.till.manager), screen.sheet.is_open) == (before, False)


def test_a_pin_does_not_wait_in_a_form_that_was_left(screen: Screen) -> None:
    screen.press(Key.Key_F3, "He", Key.Key_Tab, Key.Key_Right, Key.Key_Tab, "904273", Key.Key_Escape, Key.Key_F3)

    left = [field.text for field in (screen.sheet._name, screen.sheet._pin, screen.sheet._again)]
    assert (left, screen.sheet._roles[Role.CASHIER].isChecked()) == (["", "", ""], True)


def test_by_touch_alone(screen: Screen) -> None:
    buttons = {button.text(): button for button in screen.sheet.findChildren(QPushButton)}
    names = [one.name for one in screen.till.desk.people(screen.till.manager)]

    for target in (
        screen.sheet._rows[names.index(OTHER)],
        screen.sheet._asks[Doing.LEAVE],
        buttons[screen.sheet._confirm.text()],
    ):
        QTest.mouseClick(target, Qt.MouseButton.LeftButton)

    assert set(screen.till.desk.names()) == {MANAGER, CASHIER}


def test_a_finger_turns_through_more_people_than_there_are_lines(screen: Screen) -> None:
    for number in range(4):
        screen.till.desk.add(screen.till.manager, f"何玉兰{number}", Role.CASHIER, "904273")
    screen.mind.back()
    screen.mind.open()
    screen.press(*[Key.Key_Up] * 9)

    at = []
    for _turn in range(2):
        QTest.mouseClick(screen.sheet._turn, Qt.MouseButton.LeftButton)
        assert screen.sheet._now is not None
        at.append(screen.sheet._now.at)

    assert at == [5, 0]


def test_the_language_changes_under_an_open_form_and_nothing_else_does(screen: Screen, english: None) -> None:
    screen.press(Key.Key_F3, "He")

    i18n.use("zh_CN")
    screen.sheet.retranslate()
    chinese = screen.sheet._title.text()
    i18n.use("en")
    screen.sheet.retranslate()

    assert (screen.sheet._title.text(), screen.sheet._name.text) == ("New person", "He")
    assert chinese != "New person"


@pytest.mark.parametrize("size", PAGES)
def test_everything_has_room_a_name_and_a_thumbs_size_in_every_state(
    shut_till: Counter,
    strip: Strip,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    language: str,
    size: tuple[int, int],
) -> None:
    for name in ("欧阳建国", "Alexandra Montgomery-Featherstonehaugh of Shanghai", "王秀兰", "赵建国"):
        shut_till.desk.add(shut_till.manager, name, Role.MANAGER, "904273")
    screen = screen_at(shut_till, strip, theme_for(size), qtbot, PAGES[size])
    screen.press(*[Key.Key_Up] * 9)

    found = {Doing.LIST: screen.faults()}
    for key, doing in ((Key.Key_F3, Doing.NEW), (Key.Key_F4, Doing.PIN), (Key.Key_Delete, Doing.LEAVE)):
        screen.press(key)
        assert screen.sheet._now is not None
        assert screen.sheet._now.doing is doing
        found[doing] = screen.faults()
        screen.press(Key.Key_Escape)

    assert found == {doing: [] for doing in Doing}
    assert (screen.page.width(), screen.page.height()) == PAGES[size]
