"""The window: its head, its foot, the language, the way out, and the widgets that every screen stands on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos import i18n
from pos.clock import CHINA
from pos.devices.serial_reader import Link, LostCause, ReaderState
from pos.domain.errors import NotEnough
from pos.domain.menu import Meal
from pos.domain.verify import Finding, Rule, Verdict
from pos.i18n import _
from tests.ui.conftest import SIZES
from tests.ui.geometry import clipped, nameless, overlapping, small_targets, unreachable
from tests.ui.small_screens import focused
from ui import lights, messages
from ui.crash import CrashPath, report
from ui.lights import Light
from ui.main_window import MainWindow
from ui.messages import Message
from ui.theme import Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.field import Field
from ui.widgets.key_hints import Hints, KeyHints
from ui.widgets.labels import ElidedLabel
from ui.widgets.number_pad import NumberPad
from ui.widgets.stepper import Stepper
from ui.widgets.tile import Tile

BROKEN_LEDGER = Verdict(9, 1, (Finding(Rule.HEAD_IS_LAST, "A", "1", "2"),) * 12)


class Plain(QWidget):
    """A page with one button."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.button = Button(theme, "", Kind.PRIMARY, key="F12")
        QVBoxLayout(self).addWidget(self.button)
        self.setFocusProxy(self.button)
        self.retranslate()

    def retranslate(self) -> None:
        self.button.setText(_("Sign in"))

    def hints(self) -> Hints:
        return (("F12", _("Sign in")),)


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, language: str) -> MainWindow:
    return full(theme, qtbot, (1366, 768))


def full(theme: Theme, qtbot: QtBot, size: tuple[int, int]) -> MainWindow:
    """A window with the fullest head that a day can bring."""
    window = MainWindow(theme)
    qtbot.addWidget(window)
    window.add_page("one", Plain(theme))
    window.add_page("two", Plain(theme))
    window.set_canteen("上海市浦东新区幸福里街道社区综合为老服务中心食堂", practice=True)
    window.set_day(Meal.BREAKFAST, 1_126, 1_843_000)
    window.set_person("买买提·艾则孜")
    window.set_clock(datetime(2026, 11, 23, 11, 42, tzinfo=CHINA))
    window.set_lamp(Light.READER, lights.reader(ReaderState("r", Link.LOST, LostCause.BUSY, None, 0)))
    window.set_lamp(Light.PRINTER, lights.printer(reason="refused"))
    window.set_lamp(Light.LEDGER, lights.ledger(BROKEN_LEDGER))
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.show_page("one")
    QApplication.processEvents()
    return window


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("message", [None, NotEnough(1_200, 350)])
def test_the_fullest_head_has_room_on_every_screen(
    message: NotEnough | None,
    size: tuple[int, int],
    language: str,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
) -> None:
    window = full(theme_for(size), qtbot, size)
    if message is not None:
        window.show_message(messages.words(message))
    QApplication.processEvents()

    found = clipped(window), overlapping(window), small_targets(window), nameless(window), unreachable(window)

    assert (window.width(), window.height(), found) == (*size, ([], [], [], [], []))


def test_a_message_moves_no_page_and_stays_until_it_is_taken_away(window: MainWindow) -> None:
    page = window._pages["one"]
    assert isinstance(page, QWidget)
    before = page.geometry()

    window.show_message(Message("No dish is chosen.", "No money moved.", "Choose a dish."))
    QApplication.processEvents()
    during, title = page.geometry(), window.message.title
    window.clear_message()

    assert (during, title, window.message) == (before, "No dish is chosen.", Message(""))


def test_another_page_takes_the_message_of_the_last_one_away(window: MainWindow) -> None:
    window.show_message(Message("x"))

    window.show_page("two")

    assert (window.page, window.message) == ("two", Message(""))


def test_the_language_is_switched_live_by_its_button_and_by_its_key(window: MainWindow) -> None:
    first = i18n.language()
    told: list[str] = []
    window.language_changed.connect(told.append)

    QTest.mouseClick(window._head.language, Qt.MouseButton.LeftButton)
    second, words = i18n.language(), window._head.language.text()
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert (first != second, words != window._head.language.text(), told) == (True, True, [second, first])


def test_the_language_button_is_reached_by_the_tab_key(window: MainWindow) -> None:
    reached = []

    for _turn in range(3):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())

    assert window._head.language in reached


def test_practice_is_said_in_both_languages_and_only_in_practice(window: MainWindow) -> None:
    said = window._practice.accessibleName()
    window.set_canteen("x", practice=False)

    assert ("练习" in said, "PRACTICE" in said, window._practice.isVisible()) == (True, True, False)


def test_the_clock_shows_what_it_is_told_and_nothing_of_its_own(window: MainWindow) -> None:
    window.set_clock(datetime(1999, 12, 31, 23, 59, tzinfo=CHINA))

    assert "23:59" in window._head._clock.text()


def test_a_window_does_not_close_while_money_is_written_down(theme: Theme, qtbot: QtBot) -> None:
    free = [False]
    window = MainWindow(theme, may_close=lambda: free[0])
    qtbot.addWidget(window)
    window.add_page("one", Plain(theme))
    window.show()
    window.activateWindow()
    window.show_page("one")
    QApplication.processEvents()

    window.close()
    during, said = window.isVisible(), bool(window.message.title)
    free[0] = True
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)

    assert (during, said, window.isVisible()) == (True, True, False)


@pytest.mark.parametrize(
    ("shine", "said"),
    [
        (lights.reader(ReaderState("r", Link.CONNECTED, None, None, 3)), "Reader ready"),
        (lights.reader(ReaderState("r", Link.LOST, LostCause.ABSENT, 2, 0)), "Reader: not plugged in"),
        (lights.printer(), "Printer ready"),
        (lights.printer(waiting=2), "Printer: 2 waiting"),
        (lights.printer(waiting=2, unknown=1), "Printer: look at 1 paper"),
        (lights.printer(waiting=2, reason="paper_out"), "Printer: out of paper"),
        (lights.printer(reason="on fire"), "Printer: trouble"),
        (lights.ledger(Verdict(9, 1, ())), "Ledger sound"),
        (lights.ledger(BROKEN_LEDGER), "Ledger: 12 contradictions"),
        (lights.checking(1, 4), "Checking the ledger: 25%"),
        (lights.cases(1), "1 person looked for"),
        (lights.cases(12), "12 people looked for"),
    ],
)
def test_a_lamp_says_its_state_in_words(shine: lights.Shine, said: str, english: None) -> None:
    assert shine.words() == said


def test_the_lamp_of_those_who_are_looked_for_is_there_until_they_are_found(theme: Theme, qtbot: QtBot) -> None:
    window = MainWindow(theme)
    qtbot.addWidget(window)
    window.show()
    lamp = window._head._lamps[Light.CASES]

    seen = []
    for count in (0, 2, 0):
        window.set_lamp(Light.CASES, lights.cases(count))
        seen.append(lamp.isVisible())

    assert seen == [False, True, False]


def test_every_state_of_a_lamp_has_a_shape_of_its_own(theme: Theme, qtbot: QtBot) -> None:
    from ui.widgets.lamp import Lamp

    grey = set()
    for state in lights.State:
        lamp = Lamp(theme)
        qtbot.addWidget(lamp)
        lamp.set_state(state, "")
        lamp.resize(lamp.sizeHint())
        picture = lamp.grab().toImage().convertToFormat(lamp.grab().toImage().Format.Format_Mono)
        grey.add(bytes(picture.constBits()))

    assert len(grey) == len(lights.State)


def test_a_button_is_never_smaller_than_what_it_paints(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Count the drawer and close", Kind.PRIMARY, key="F12")
    qtbot.addWidget(button)

    button.resize(button.minimumSizeHint())
    roomy = button.fits()
    button.resize(100, 60)

    assert (roomy, button.fits(), button.accessibleName()) == (True, False, "Count the drawer and close")


def test_a_focused_button_wears_a_ring_that_an_idle_one_does_not(theme: Theme, qtbot: QtBot) -> None:
    frame = QWidget()
    qtbot.addWidget(frame)
    layout = QVBoxLayout(frame)
    buttons = [Button(theme, "x", kind) for kind in Kind]
    for button in buttons:
        layout.addWidget(button)
    frame.show()
    frame.activateWindow()

    seen = []
    for button in buttons:
        idle = button.grab().toImage()
        button.setFocus()
        QApplication.processEvents()
        seen.append(button.hasFocus() and button.grab().toImage() != idle)

    assert seen == [True] * len(Kind)


def test_a_cut_word_says_so_and_stands_whole_in_the_tooltip(theme: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel(theme, "欧阳建国的名字很长很长")
    qtbot.addWidget(label)

    label.resize(80, 30)
    label.show()

    assert (label._shown()[-1], label.toolTip(), label.fits()) == ("…", "欧阳建国的名字很长很长", True)


@pytest.mark.parametrize("name", ["红烧肉", "番茄炒鸡蛋盖浇饭", "Stir-fried seasonal greens with garlic"])
@pytest.mark.parametrize("count", [0, 12])
def test_a_tile_loses_nothing_without_a_sign(theme: Theme, qtbot: QtBot, name: str, count: int, english: None) -> None:
    tile = Tile(theme)
    qtbot.addWidget(tile)
    tile.show_dish(name, 123_400, key="12", badge="usual")
    tile.set_count(count)

    tile.resize(tile.minimumSizeHint())
    tile.show()

    chosen = ", chosen 12" if count else ""
    assert (tile.fits(), tile.accessibleName()) == (True, f"{name} ¥1234.00, usual, key 12{chosen}")


def test_a_field_says_what_is_wrong_until_something_is_typed(theme: Theme, qtbot: QtBot) -> None:
    field = Field(theme, "PIN")
    qtbot.addWidget(field)
    field.show()
    field.complain("Digits only.")
    before = field.complaint, field.height()

    QTest.keyClicks(field.line, "1")

    assert (before[0], field.complaint, field.height() == before[1]) == ("Digits only.", "", True)


def test_the_pad_types_into_its_line_and_erases(theme: Theme, qtbot: QtBot) -> None:
    field, pad = Field(theme, "Amount"), NumberPad(theme, point=True)
    qtbot.addWidget(field)
    qtbot.addWidget(pad)
    typed: list[str] = []
    field.typed.connect(typed.append)
    pad.type_into(field.line)
    keys = {button.text(): button for button in pad.findChildren(Button)}

    for key in ("1", "2", ".", "5", ""):
        QTest.mouseClick(keys[key], Qt.MouseButton.LeftButton)

    assert (typed, field.text) == (["1", "12", "12.", "12.5", "12."], "12.")


def test_a_stepper_wishes_and_counts_only_when_told(theme: Theme, qtbot: QtBot) -> None:
    stepper = Stepper(theme, "红烧肉")
    qtbot.addWidget(stepper)
    wishes: list[int] = []
    stepper.stepped.connect(wishes.append)
    less, more = stepper.findChildren(Button)

    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(less, Qt.MouseButton.LeftButton)

    numbers = [label.text() for label in stepper.findChildren(QLabel)]
    assert (wishes, numbers) == ([1, -1], ["0"])


def test_key_hints_run_on_over_a_second_line_and_say_when_even_that_is_full(theme: Theme, qtbot: QtBot) -> None:
    hints = KeyHints(theme)
    qtbot.addWidget(hints)
    hints.resize(1024, 68)
    few: Hints = tuple((f"F{number}", "Something to do") for number in range(1, 9))

    hints.set_hints(few)
    fits = hints.fits()
    hints.set_hints(few * 2)

    assert (fits, hints.fits()) == (True, False)


def test_a_crash_report_names_the_place_and_no_value() -> None:
    def charge(card: str) -> None:
        raise ValueError(card)

    path = CrashPath()
    told: list[Message] = []
    path.show = told.append
    with pytest.raises(ValueError, match="0040856634") as caught:
        charge("0040856634")
    written = report(caught.value)
    path(caught.value)

    assert ("ValueError at charge test_main_window.py:" in written, "0040856634" in written, len(told)) == (True, False, 1)


def test_a_library_lost_while_the_till_runs_is_named_and_the_way_out_with_it() -> None:
    told: list[Message] = []
    path = CrashPath(told.append)

    with pytest.raises(ImportError) as caught:
        import_module("no_such_library")
    path(caught.value)

    assert told == [messages.library_words("no_such_library")]
    assert ("no_such_library" in told[0].title, ".venv" in told[0].todo) == (True, True)
