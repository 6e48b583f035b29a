"""The first start: page by page, checked where it is asked, and no password that anybody else knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.store import SqlStores
from pos.clock import SetClock
from pos.devices.serial_reader import LostCause
from pos.domain.staff import Actor
from pos.services.canteen import Canteens
from pos.services.staff import Desk
from tests.pos.services.counter import NOON, TILL
from tests.stores import opened
from tests.ui.conftest import SIZES
from tests.ui.geometry import clipped, nameless, overlapping, small_targets, unreachable
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.small_screens import Strip, focused, shown
from ui.canteen.answers import KEYBOARD, Answers, Devices, Heard, Question, Step
from ui.canteen.presenter import FoundingPresenter
from ui.canteen.view import FoundingPage
from ui.presenting import Lane
from ui.theme import Theme

GOOD = Answers("幸福里社区食堂", "周敏", "2580", "2580", "工作餐", "15", Devices("COM7", printer_target="COM8"))


class Bench:
    """Devices that answer what they were told to."""

    def __init__(self, heard: Heard = Heard("0006547886"), printed: str = "") -> None:  # noqa: B008
        self.heard = heard
        self.printed = printed

    def ports(self) -> tuple[str, ...]:
        return ("COM7", "COM8")

    def hear_card(self, devices: Devices) -> Heard:
        return self.heard

    def print_page(self, devices: Devices) -> str:
        return self.printed


class Face:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.step: Step | None = None
        self.ports: tuple[str, ...] = ()
        self.wrong: dict[Question, str] = {}
        self.reader: list[tuple[str, bool | None]] = []
        self.printer: list[tuple[str, bool | None]] = []
        self.busy = False

    def show_step(self, step: Step) -> None:
        self.step = step

    def show_ports(self, ports: tuple[str, ...]) -> None:
        self.ports = ports

    def complain(self, question: Question, wrong: str) -> None:
        self.wrong[question] = wrong

    def forgive(self) -> None:
        self.wrong.clear()

    def show_reader_trial(self, words: str, *, good: bool | None) -> None:
        self.reader.append((words, good))

    def show_printer_trial(self, words: str, *, good: bool | None) -> None:
        self.printer.append((words, good))

    def set_busy(self, busy: bool) -> None:
        self.busy = busy


Founded = list[tuple[Actor, Devices]]


@pytest.fixture
def founded() -> Founded:
    return []


@pytest.fixture
def face() -> Face:
    return Face()


@pytest.fixture
def empty_stores(sqlite_file: Path) -> Iterator[SqlStores]:
    """Books that nobody founded a canteen in."""
    with opened(sqlite_file) as stores:
        yield stores


Make = Callable[..., FoundingPresenter]


@pytest.fixture
def make(face: Face, strip: Strip, founded: Founded, empty_stores: SqlStores) -> Make:
    def made(bench: Bench | None = None, lane: Lane | None = None) -> FoundingPresenter:
        presenter = FoundingPresenter(
            face,
            strip,
            Canteens(empty_stores, SetClock(NOON), TILL),
            lane or ImmediateLane(),
            bench or Bench(),
            ImmediateLane(),
            lambda actor, devices: founded.append((actor, devices)),
        )
        presenter.start()
        return presenter

    return made


def test_four_good_pages_found_the_canteen_and_sign_its_manager_in(
    make: Make, founded: Founded, empty_stores: SqlStores
) -> None:
    mind = make()

    for _page in Step:
        mind.forward(GOOD)

    actor = Desk(empty_stores, SetClock(NOON)).sign_in("周敏", "2580")
    assert founded == [(actor, GOOD.devices)]


@pytest.mark.parametrize(
    ("step", "change", "question", "said"),
    [
        (Step.CANTEEN, {"name": " "}, Question.NAME, "A name is missing or too long. Type 1 to 50 characters."),
        (Step.MANAGER, {"manager": ""}, Question.MANAGER, "A name is missing or too long. Type 1 to 50 characters."),
        (Step.MANAGER, {"pin": "1234", "again": "1234"}, Question.PIN, "This PIN is too easy to guess. Choose 4 digits or more, not 1111 and not 1234."),
        (Step.MANAGER, {"pin": "25"}, Question.PIN, "This PIN is too short. Choose 4 digits or more, not 1111 and not 1234."),
        (Step.MANAGER, {"again": "2581"}, Question.AGAIN, "The two PINs differ. Type the same one twice."),
        (Step.MEAL, {"set_meal": ""}, Question.SET_MEAL, "A name is missing or too long. Type 1 to 50 characters."),
        (Step.MEAL, {"price": "free"}, Question.PRICE, '"free" is not an amount of money. Type it like 12.50.'),
        (Step.MEAL, {"price": "0"}, Question.PRICE, '"0" is not an amount of money. Type it like 12.50.'),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_said_where_it_was_given_and_the_page_stays(
    make: Make, face: Face, step: Step, change: dict[str, str], question: Question, said: str, english: None
) -> None:
    mind = make()
    for _page in range(step.value - 1):
        mind.forward(GOOD)

    mind.forward(replace(GOOD, **change))  # type: ignore[arg-type]

    assert (face.step, face.wrong) == (step, {question: said})


def test_back_turns_one_page_and_not_past_the_first(make: Make, face: Face) -> None:
    mind = make()
    mind.forward(GOOD)

    mind.back()
    mind.back()

    assert face.step is Step.CANTEEN


def test_a_double_enter_founds_one_canteen(make: Make, founded: Founded) -> None:
    lane = HeldLane()
    mind = make(lane=lane)
    for _page in range(3):
        mind.forward(GOOD)

    mind.forward(GOOD)
    mind.forward(GOOD)

    assert (lane.go(), len(founded)) == (1, 1)


def test_what_another_till_founded_meanwhile_is_said_and_not_founded_again(
    make: Make, strip: Strip, founded: Founded, empty_stores: SqlStores, english: None
) -> None:
    first, second = make(), make()

    for _page in Step:
        first.forward(GOOD)
    for _page in Step:
        second.forward(GOOD)

    assert (len(founded), strip.title) == (1, "There is a 幸福里社区食堂 on the staff already.")


@pytest.mark.parametrize(
    ("port", "heard", "said"),
    [
        ("COM7", Heard("0006547886"), ("It works: card 0006547886.", True)),
        ("COM7", Heard(), ("No card came. Try another format or port.", False)),
        ("COM7", Heard(cause=LostCause.DENIED), ("Reader: no right to open it", False)),
        ("", Heard(), ("Choose a reader first.", False)),
        (KEYBOARD, Heard(), ("It types like a keyboard and needs no test.", True)),
    ],
)
def test_a_readers_trial_is_said_in_words(
    make: Make, face: Face, port: str, heard: Heard, said: tuple[str, bool], english: None
) -> None:
    make(Bench(heard=heard)).try_reader(Devices(reader_port=port))

    assert face.reader[-1] == said


@pytest.mark.parametrize(
    ("target", "printed", "said"),
    [
        ("COM8", "", ("Sent. Is every line on the paper readable?", True)),
        ("COM8", "paper_out", ("Printer: out of paper", False)),
        ("", "", ("Choose a printer first.", False)),
    ],
)
def test_a_printers_trial_is_said_in_words(
    make: Make, face: Face, target: str, printed: str, said: tuple[str, bool], english: None
) -> None:
    make(Bench(printed=printed)).try_printer(Devices(printer_target=target))

    assert face.printer[-1] == said


def test_a_pin_is_in_no_text_of_the_answers() -> None:
    assert "2580" not in repr(GOOD)


def type_and_enter(*texts: str) -> None:
    for text in texts:
        QTest.keyClicks(focused(), text)
        QTest.keyClick(focused(), Qt.Key.Key_Tab)


def test_by_keyboard_alone_from_the_name_to_the_open_canteen(
    theme: Theme, qtbot: QtBot, strip: Strip, founded: Founded, empty_stores: SqlStores
) -> None:
    page = FoundingPage(theme)
    mind = FoundingPresenter(
        page, strip, Canteens(empty_stores, SetClock(NOON), TILL), ImmediateLane(), Bench(), ImmediateLane(),
        lambda actor, devices: founded.append((actor, devices)),
    )  # fmt: skip
    page.attend(mind)
    _window = shown(qtbot, theme, page, (1366, 768))
    mind.start()

    for texts in (("Lane",), ("Min", "2580", "2580"), ("Set", "15")):
        type_and_enter(*texts[:-1])
        QTest.keyClicks(focused(), texts[-1])
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    page._next.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_Return)

    assert [(actor.name, devices) for actor, devices in founded] == [("Min", Devices())]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", Step)
def test_every_page_has_room_names_and_sizes_for_thumbs(
    step: Step, size: tuple[int, int], language: str, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot
) -> None:
    page = FoundingPage(theme_for(size))
    window = shown(qtbot, page._theme, page, size)
    page.show_step(step)
    page.show_ports(("/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0",))
    page.show_reader_trial("It works: card 0006547886.", good=True)
    page.show_printer_trial("Printer: used by another program", good=False)
    QApplication.processEvents()

    found = clipped(window), overlapping(window), small_targets(window), nameless(window), unreachable(window)

    assert (window.width(), window.height(), found) == (*size, ([], [], [], [], []))
