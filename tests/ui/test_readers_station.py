"""The station: which line and which keys are listened to, as set up, while learning, and after another setup is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.config import ReaderConfig, TillConfig, WedgeConfig
from pos.devices.simulated import encode_rdm6300
from pos.domain.cards import CardUid
from pos.domain.tables import FileNotWritten
from tests.journey.shop import ReaderCable
from ui.background import Ears
from ui.canteen.answers import KEYBOARD, NO_DEVICE
from ui.readers.reader import Setup
from ui.readers.station import Station

CARD = CardUid("01026F6C3A")
FRAME = encode_rdm6300(CARD)
PATIENCE_MS = 20_000


@dataclass
class Window:
    """The keys, the lamp and what is heard."""

    keys: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    states: list[Any] = field(default_factory=list)
    crashes: list[BaseException] = field(default_factory=list)

    def watch_keys(self, format_name: str) -> None:
        self.keys.append(format_name)

    def leave_keys(self) -> None:
        self.keys.append("left")

    def no_reader(self) -> None:
        self.keys.append("none")


@dataclass
class Bench:
    """A station at two cables."""

    station: Station
    window: Window
    cable: ReaderCable
    other: ReaderCable
    till: list[TillConfig]
    qtbot: QtBot

    def send_until_heard(self, cable: ReaderCable, heard: list[Any] | bytearray, frame: bytes = FRAME) -> None:
        """A line that is opened anew loses what came before: lay the card until it is heard."""

        def laid() -> bool:
            cable.send(frame)
            self.qtbot.wait(60)
            return bool(heard)

        self.qtbot.waitUntil(laid, timeout=PATIENCE_MS)


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    window = Window()
    ears = Ears(lambda reading: window.cards.append(reading.uid.hex), window.states.append, window.crashes.append)
    cable, other = ReaderCable(tmp_path / "reader"), ReaderCable(tmp_path / "other")
    till = [TillConfig(reader=ReaderConfig(str(cable.path)))]

    def keep(kept: TillConfig) -> None:
        till[0] = kept

    yield Bench(Station(window, ears, lambda: till[0], keep), window, cable, other, till, qtbot)
    ears.stop()
    cable.pull()
    other.pull()
    assert window.crashes == []


def test_bytes_are_told_while_somebody_learns_and_not_before_or_afterwards(bench: Bench) -> None:
    told = bytearray()
    bench.station.listen()
    bench.send_until_heard(bench.cable, bench.window.cards)
    before = bytes(told)

    bench.station.learn(str(bench.cable.path), 9600, told.extend)
    bench.send_until_heard(bench.cable, told)
    bench.station.done()
    after = len(told)
    bench.cable.send(FRAME)
    bench.qtbot.wait(300)

    assert (before, bytes(told[:14]), len(told)) == (b"", FRAME, after)


def test_another_line_is_heard_while_learning_and_kept_it_is_heard_from_then_on(bench: Bench) -> None:
    told = bytearray()
    bench.station.listen()
    bench.station.learn(str(bench.other.path), 9600, told.extend)
    bench.send_until_heard(bench.other, told)
    bench.window.cards.clear()

    bench.station.use(Setup(str(bench.other.path), 9600, "10h"))
    bench.send_until_heard(bench.other, bench.window.cards, f"{CARD.hex}\r".encode())

    assert bench.till[0].reader == ReaderConfig(str(bench.other.path), format="10h")
    assert set(bench.window.cards) == {CARD.hex}


def test_leaving_without_a_choice_goes_back_to_the_line_that_is_set_up(bench: Bench) -> None:
    told = bytearray()
    bench.station.listen()
    bench.station.learn(str(bench.other.path), 9600, told.extend)
    bench.send_until_heard(bench.other, told)
    bench.window.cards.clear()

    bench.station.done()
    bench.send_until_heard(bench.cable, bench.window.cards)

    assert (set(bench.window.cards), bench.station.setup.port) == ({CARD.hex}, str(bench.cable.path))


def test_keys_come_as_they_are_typed_while_learning_and_are_watched_again(bench: Bench) -> None:
    bench.till[0] = TillConfig(wedge=WedgeConfig(True, "10h"))

    bench.station.listen()
    bench.station.learn(KEYBOARD, 9600, lambda _data: None)
    bench.station.use(Setup(KEYBOARD, 9600, "8h10d"))

    assert bench.window.keys == ["10h", "left", "8h10d"]
    assert bench.till[0] == TillConfig(wedge=WedgeConfig(True, "8h10d"))


def test_a_till_without_a_reader_says_so(bench: Bench) -> None:
    bench.till[0] = TillConfig()

    bench.station.listen()

    assert (bench.window.keys, bench.station.setup) == (["left", "none"], Setup(NO_DEVICE))


def test_a_reader_on_a_line_leaves_a_scanner_that_types(bench: Bench) -> None:
    till = TillConfig(wedge=WedgeConfig(True, "10h"))

    assert Setup("COM4", 9600, "rdm6300").applied(till) == TillConfig(reader=ReaderConfig("COM4"), wedge=WedgeConfig(True, "10h"))


def test_settings_that_cannot_be_written_change_nothing(bench: Bench) -> None:
    def full(_till: TillConfig) -> None:
        raise OSError

    bench.station._keep = full

    with pytest.raises(FileNotWritten):
        bench.station.use(Setup("COM4"))
    assert bench.station.setup.port == str(bench.cable.path)
