"""Signing in: choose a name, type the PIN, by keyboard alone or by touch."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from pos.domain.staff import Actor
from tests.pos.services.counter import CASHIER, MANAGER, OTHER, PIN, Counter
from tests.ui.conftest import SIZES
from tests.ui.geometry import clipped, nameless, overlapping, small_targets, unreachable
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.small_screens import Strip, focused, shown
from ui.staff.presenter import SignInPresenter
from ui.staff.view import SignInPage
from ui.theme import Theme


class Face:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.names: tuple[str, ...] = ()
        self.asked = ""
        self.cleared = 0
        self.busy = False

    def show_names(self, names: tuple[str, ...]) -> None:
        self.names = names

    def ask_pin(self, name: str) -> None:
        self.asked = name

    def clear_pin(self) -> None:
        self.cleared += 1

    def set_busy(self, busy: bool) -> None:
        self.busy = busy


@pytest.fixture
def signed_in() -> list[Actor]:
    return []


@pytest.fixture
def face() -> Face:
    return Face()


@pytest.fixture
def mind(face: Face, strip: Strip, shut_till: Counter, signed_in: list[Actor]) -> SignInPresenter:
    presenter = SignInPresenter(face, strip, shut_till.desk, ImmediateLane(), signed_in.append)
    presenter.start()
    return presenter


def test_everybody_who_may_sign_in_is_shown(mind: SignInPresenter, face: Face) -> None:
    assert set(face.names) == {MANAGER, CASHIER, OTHER}


def test_the_right_pin_signs_in(mind: SignInPresenter, signed_in: list[Actor], shut_till: Counter) -> None:
    mind.choose(CASHIER)
    mind.sign_in(PIN)

    assert signed_in == [shut_till.cashier]


def test_a_wrong_pin_is_said_and_the_line_is_empty_again(
    mind: SignInPresenter, face: Face, strip: Strip, signed_in: list[Actor], english: None
) -> None:
    mind.choose(CASHIER)
    before = face.cleared

    mind.sign_in("9999")

    assert (strip.title, face.cleared - before, face.busy, signed_in) == ("That PIN is not right.", 1, False, [])


def test_the_delay_after_wrong_pins_grows_and_is_said_in_words(
    mind: SignInPresenter, strip: Strip, shut_till: Counter, english: None
) -> None:
    said = []

    mind.choose(CASHIER)
    for _turn in range(5):
        mind.sign_in("9999")
        assert strip.message is not None
        said.append(strip.message.todo)
        shut_till.wait(minutes=10)

    assert said == [
        "Type it again.",
        "Type it again.",
        "Wait 2 seconds, then type it again.",
        "Wait 4 seconds, then type it again.",
        "Wait 8 seconds, then type it again.",
    ]


def test_a_second_enter_while_the_pin_is_looked_at_does_nothing(
    face: Face, strip: Strip, shut_till: Counter, signed_in: list[Actor]
) -> None:
    lane = HeldLane()
    mind = SignInPresenter(face, strip, shut_till.desk, lane, signed_in.append)
    mind.choose(CASHIER)

    mind.sign_in(PIN)
    mind.sign_in(PIN)
    asked = lane.go()

    assert (asked, signed_in) == (1, [shut_till.cashier])


@pytest.mark.parametrize(("name", "pin", "said"), [("", PIN, "Nobody is chosen."), (CASHIER, "", "The PIN is missing.")])
def test_what_is_missing_is_asked_for_and_no_try_is_counted(
    mind: SignInPresenter, strip: Strip, name: str, pin: str, said: str, english: None
) -> None:
    mind.choose(name)
    mind.sign_in(pin)

    assert strip.title == said


def test_the_presenter_keeps_no_pin(mind: SignInPresenter) -> None:
    class Pin(str):
        """A text that can be watched."""

        __slots__ = ("__weakref__",)

    pin = Pin("864277")
    watched = weakref.ref(pin)
    mind.choose(CASHIER)
    mind.sign_in(pin)

    del pin
    gc.collect()
    assert watched() is None


def test_one_name_alone_is_chosen_by_itself(face: Face, strip: Strip, shut_till: Counter) -> None:
    mind = SignInPresenter(face, strip, shut_till.desk, ImmediateLane(), lambda _actor: None)

    mind._names_came((MANAGER,))

    assert face.asked == MANAGER


@pytest.fixture
def page(theme: Theme, qtbot: QtBot, shut_till: Counter, strip: Strip, signed_in: list[Actor]) -> Iterator[SignInPage]:
    page = SignInPage(theme)
    presenter = SignInPresenter(page, strip, shut_till.desk, ImmediateLane(), signed_in.append)
    page.attend(presenter)
    window = shown(qtbot, theme, page, (1366, 768))
    presenter.start()
    yield page
    window.close()


def press(*keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(focused(), key)


def test_by_keyboard_alone_number_pin_enter(page: SignInPage, signed_in: list[Actor], shut_till: Counter) -> None:
    number = sorted((MANAGER, CASHIER, OTHER), key=shut_till.desk.names().index).index(OTHER) + 1

    press(Qt.Key(Qt.Key.Key_0 + number))
    QTest.keyClicks(focused(), PIN)
    press(Qt.Key.Key_Return)

    assert signed_in == [shut_till.other]


def test_by_touch_alone_name_pad_button(page: SignInPage, signed_in: list[Actor], shut_till: Counter) -> None:
    buttons = {button.text(): button for button in page.findChildren(QPushButton)}

    for words in (CASHIER, *PIN):
        QTest.mouseClick(buttons[words], Qt.MouseButton.LeftButton)
    QTest.mouseClick(page._enter, Qt.MouseButton.LeftButton)

    assert signed_in == [shut_till.cashier]


def test_escape_goes_back_to_the_names(page: SignInPage) -> None:
    press(Qt.Key.Key_2)
    in_pin = QApplication.focusWidget()

    press(Qt.Key.Key_Escape)

    assert (in_pin, QApplication.focusWidget()) == (page._pin.line, page._names[0])


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room_a_name_and_a_size_for_thumbs(
    size: tuple[int, int],
    language: str,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
) -> None:
    page = SignInPage(theme_for(size))
    window = shown(qtbot, page._theme, page, size)
    page.show_names(("欧阳建国", "李敏", "Alexandra Montgomery", "王秀兰", "赵建国"))
    page.ask_pin("李敏")
    QApplication.processEvents()

    found = clipped(window), overlapping(window), small_targets(window), nameless(window), unreachable(window)

    assert (window.width(), window.height(), found) == (*size, ([], [], [], [], []))
