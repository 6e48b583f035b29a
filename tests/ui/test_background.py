"""Lanes and ears: work elsewhere, answers here, in order, and nothing left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.cards import CardReading, CardUid
from pos.domain.errors import NoShift, Refusal, StoreFault, StoreTrouble, Trouble
from ui.background import Ears, Lanes

SIGNALS = 3_000
"""PySide6 6.12.0 on Python 3.11 aborts after some 590 (devices.md section 0)."""

READING = CardReading(CardUid("0100626F6C"), "counter")


@pytest.fixture
def crashes() -> list[BaseException]:
    return []


@pytest.fixture
def lanes(qapp: QApplication, crashes: list[BaseException]) -> Iterator[Lanes]:
    lanes = Lanes(crashes.append)
    yield lanes
    lanes.close()


class Reader:
    """Says what it is told to say, on the thread that runs it, and then waits to be stopped."""

    def __init__(self, ears: Ears, times: int) -> None:
        self._ears = ears
        self._times = times
        self._stopped = threading.Event()
        self.ended = False

    def run(self) -> None:
        for _turn in range(self._times):
            self._ears.card(READING)
        self._stopped.wait()
        self.ended = True

    def stop(self) -> None:
        self._stopped.set()


def test_3000_answers_arrive_in_order_on_the_windows_thread(lanes: Lanes, qtbot: QtBot) -> None:
    arrived: list[tuple[int, int]] = []
    here = threading.get_ident()

    for number in range(SIGNALS):
        lanes.store.run(
            lambda number=number: number,  # type: ignore[misc]
            lambda number: arrived.append((number, threading.get_ident())),
            lambda _error: None,
        )
    qtbot.waitUntil(lambda: len(arrived) == SIGNALS, timeout=20_000)

    assert arrived == [(number, here) for number in range(SIGNALS)]


def test_work_is_done_on_a_thread_that_is_not_the_windows(lanes: Lanes, qtbot: QtBot) -> None:
    threads: list[int] = []

    lanes.store.run(threading.get_ident, threads.append, lambda _error: None)
    lanes.printer.run(threading.get_ident, threads.append, lambda _error: None)
    qtbot.waitUntil(lambda: len(threads) == 2)

    assert len({threading.get_ident(), *threads}) == 3


@pytest.mark.parametrize("error", [NoShift(), StoreTrouble(StoreFault.FULL)])
def test_what_was_refused_or_failed_is_told_and_is_no_crash(
    error: Refusal | Trouble, lanes: Lanes, crashes: list[BaseException], qtbot: QtBot
) -> None:
    told: list[Exception] = []

    def fail() -> None:
        raise error

    lanes.store.run(fail, lambda _answer: None, told.append)
    qtbot.waitUntil(lambda: bool(told))

    assert (told, crashes) == ([error], [])


def test_a_bug_goes_to_the_crash_path_and_the_lane_works_on(
    lanes: Lanes, crashes: list[BaseException], qtbot: QtBot
) -> None:
    told: list[Exception] = []
    answers: list[str] = []

    def bug() -> None:
        raise KeyError("dish")

    lanes.store.run(bug, lambda _answer: None, told.append)
    lanes.store.run(lambda: "next", answers.append, told.append)
    qtbot.waitUntil(lambda: bool(answers))

    assert ([type(error) for error in crashes], told, answers) == ([KeyError], [], ["next"])


def test_a_bug_in_a_listener_goes_to_the_crash_path_too(
    lanes: Lanes, crashes: list[BaseException], qtbot: QtBot
) -> None:
    def stumble(_answer: object) -> None:
        raise ZeroDivisionError

    lanes.store.run(lambda: 1, stumble, lambda _error: None)
    qtbot.waitUntil(lambda: bool(crashes))

    assert [type(error) for error in crashes] == [ZeroDivisionError]


def test_a_lane_is_busy_until_its_answer_was_heard(lanes: Lanes, qtbot: QtBot) -> None:
    go = threading.Event()
    before = lanes.store.busy

    lanes.store.run(go.wait, lambda _answer: None, lambda _error: None)
    during = lanes.store.busy
    go.set()
    qtbot.waitUntil(lambda: not lanes.store.busy)

    assert (before, during) == (False, True)


def test_a_printer_that_hangs_does_not_hold_up_a_sale(lanes: Lanes, qtbot: QtBot) -> None:
    paper = threading.Event()
    sold: list[str] = []

    lanes.printer.run(paper.wait, lambda _answer: None, lambda _error: None)
    lanes.store.run(lambda: "sold", sold.append, lambda _error: None)
    qtbot.waitUntil(lambda: bool(sold))
    hanging = lanes.printer.busy
    paper.set()

    assert (sold, hanging) == (["sold"], True)


def test_closing_finishes_what_is_under_way_and_tells_nobody(qapp: QApplication, crashes: list[BaseException]) -> None:
    lanes = Lanes(crashes.append)
    begun = threading.Event()
    done: list[str] = []
    told: list[object] = []

    def write() -> None:
        begun.set()
        done.append("written")

    lanes.store.run(write, told.append, told.append)
    begun.wait()
    lanes.close()
    qapp.processEvents()

    assert (done, told, crashes) == (["written"], [], [])
    assert [thread.name for thread in threading.enumerate() if thread.name.startswith(("store", "printer"))] == []


def test_every_card_that_a_reader_tells_arrives_on_the_windows_thread(
    qapp: QApplication, crashes: list[BaseException], qtbot: QtBot
) -> None:
    heard: list[tuple[CardReading, int]] = []
    ears = Ears(lambda reading: heard.append((reading, threading.get_ident())), lambda _state: None, crashes.append)
    reader = Reader(ears, SIGNALS)

    ears.listen(reader)
    qtbot.waitUntil(lambda: len(heard) == SIGNALS, timeout=20_000)
    ears.stop()

    assert (heard, reader.ended, crashes) == ([(READING, threading.get_ident())] * SIGNALS, True, [])


def test_a_bug_in_a_reader_goes_to_the_crash_path(
    qapp: QApplication, crashes: list[BaseException], qtbot: QtBot
) -> None:
    class Broken:
        def run(self) -> None:
            raise IndexError

        def stop(self) -> None:
            pass

    ears = Ears(lambda _reading: None, lambda _state: None, crashes.append)

    ears.listen(Broken())
    qtbot.waitUntil(lambda: bool(crashes))
    ears.stop()

    assert [type(error) for error in crashes] == [IndexError]
