"""The reader's loop on real pseudo-terminals: swipes, damage, a pulled cable, and the word to stop."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, Queue

import pytest

from pos.devices.frames import LineFormat, LineFramer, Rdm6300Framer
from pos.devices.serial_reader import Link, LostCause, ReaderState, SerialReader
from pos.devices.simulated import LineEnding, encode_line, encode_rdm6300
from pos.devices.swipes import monotonic_ms
from pos.domain.cards import CardReading, CardUid

if sys.platform == "win32":  # no pseudo-terminals there; the framers and the hold are tested on bytes
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

import tty

ANN = CardUid("01026F6C3A")
BEN = CardUid("3C00CE754C")
CONNECTED = ReaderState("counter", Link.CONNECTED, None, None, 0)
QUICK = (0.01,)
PATIENCE_S = 10


class Cable:
    """A reader's cable at a path that stays while the device behind it comes and goes, as by-id links do."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._master: int | None = None

    def plug_in(self) -> None:
        self._master, slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(slave)
        self.path.symlink_to(os.ttyname(slave))
        os.close(slave)

    def pull(self) -> None:
        self.path.unlink(missing_ok=True)
        if self._master is not None:
            os.close(self._master)
            self._master = None

    def send(self, data: bytes) -> None:
        assert self._master is not None
        os.write(self._master, data)


class Listener:
    """A serial reader that runs in a thread; what it says is waited for, never slept for.

    Its threads are joined; they are daemons so that a failed test cannot keep the whole run from ending.
    """

    def __init__(self) -> None:
        self.states: Queue[ReaderState] = Queue()
        self.swipes: Queue[CardReading] = Queue()
        self.trace = bytearray()
        self._running: list[tuple[SerialReader, threading.Thread]] = []

    def start(
        self,
        url: str | Path,
        framer: Rdm6300Framer | LineFramer | None = None,
        baud: int = 9600,
        clock_ms: Callable[[], int] = monotonic_ms,
    ) -> threading.Thread:
        reader = SerialReader(
            str(url),
            baud,
            framer or Rdm6300Framer(),
            self.swipes.put,
            self.states.put,
            reader="counter",
            backoff_s=QUICK,
            on_bytes=self.trace.extend,
            clock_ms=clock_ms,
        )
        thread = threading.Thread(target=reader.run, daemon=True)
        self._running.append((reader, thread))
        thread.start()
        return thread

    def state(self) -> ReaderState:
        return self.states.get(timeout=PATIENCE_S)

    def swipe(self) -> CardUid:
        return self.swipes.get(timeout=PATIENCE_S).uid

    def close(self) -> None:
        for reader, thread in self._running:
            reader.stop()
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        self._running.clear()

    def all_swipes(self) -> list[CardReading]:
        """Every swipe since the last question, once nothing more can come."""
        self.close()
        found = []
        with suppress(Empty):
            while True:
                found.append(self.swipes.get_nowait())
        return found


@pytest.fixture
def cable(tmp_path: Path) -> Iterator[Cable]:
    cable = Cable(tmp_path / "reader")
    cable.plug_in()
    yield cable
    cable.pull()


@pytest.fixture
def listener(cable: Cable) -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def test_a_swipe_says_which_card_and_which_reader(cable: Cable, listener: Listener) -> None:
    listener.start(cable.path)
    first = listener.state()

    cable.send(encode_rdm6300(ANN))
    swipe = listener.swipes.get(timeout=PATIENCE_S)

    assert (first, swipe) == (CONNECTED, CardReading(ANN, "counter"))


def test_two_cards_in_a_row_both_pass(cable: Cable, listener: Listener) -> None:
    listener.start(cable.path)
    listener.state()

    cable.send(encode_rdm6300(ANN) + encode_rdm6300(BEN))

    assert [listener.swipe(), listener.swipe()] == [ANN, BEN]


def test_M4_a_card_that_is_repeated_on_the_line_is_one_swipe(cable: Cable, listener: Listener) -> None:
    # A clock that moves 60 ms a frame: half a minute on the reader, played in a moment.
    frames = iter(range(0, 10**9, 60))
    listener.start(cable.path, clock_ms=lambda: next(frames))
    listener.state()

    for _ in range(500):
        cable.send(encode_rdm6300(ANN))
    cable.send(encode_rdm6300(BEN))
    swipes = [listener.swipe(), listener.swipe()]

    assert (swipes, listener.all_swipes()) == ([ANN, BEN], [])


def test_C5_halves_damage_and_noise_on_the_line_are_no_swipes(cable: Cable, listener: Listener) -> None:
    good, damaged = encode_rdm6300(BEN), encode_rdm6300(ANN).replace(b"01026F", b"01026E")
    listener.start(cable.path)
    listener.state()

    cable.send(b"\xff\x00\x02" + damaged + encode_rdm6300(ANN)[:9])
    cable.send(good)
    swipe = listener.swipe()

    assert (swipe, listener.all_swipes()) == (BEN, [])


def test_C5_the_count_of_dropped_frames_is_told(cable: Cable, listener: Listener) -> None:
    seconds = iter(range(0, 10**9, 1000))
    listener.start(cable.path, clock_ms=lambda: next(seconds))
    listener.state()

    cable.send(b"\xff")

    assert listener.state() == ReaderState("counter", Link.CONNECTED, None, None, 1)


def test_a_line_without_an_end_is_a_swipe_after_a_silence(cable: Cable, listener: Listener) -> None:
    listener.start(cable.path, LineFramer(LineFormat.EIGHT_H_TEN_D))
    listener.state()

    cable.send(encode_line(ANN, LineFormat.EIGHT_H_TEN_D, LineEnding.SILENCE))

    assert listener.swipe() == CardUid(ANN.tail)


def test_C4_a_reader_that_is_pulled_and_plugged_in_again_goes_on_without_a_restart(
    cable: Cable, listener: Listener
) -> None:
    thread = listener.start(cable.path)
    before = listener.state()
    cable.send(encode_rdm6300(ANN))
    swipes = [listener.swipe()]

    cable.pull()
    lost = [listener.state(), listener.state()]
    cable.plug_in()
    after = listener.state()
    cable.send(encode_rdm6300(BEN))
    swipes.append(listener.swipe())

    assert swipes == [ANN, BEN]
    assert (before, after, thread.is_alive()) == (CONNECTED, CONNECTED, True)
    assert [(state.link, state.cause) for state in lost] == [
        (Link.LOST, LostCause.BROKEN),
        (Link.LOST, LostCause.ABSENT),
    ]


def test_C4_half_a_frame_before_the_pull_is_not_joined_with_what_comes_after(
    cable: Cable, listener: Listener
) -> None:
    frame = encode_rdm6300(ANN)
    listener.start(cable.path)
    listener.state()
    cable.send(encode_rdm6300(BEN) + frame[:7])
    swipes = [listener.swipe()]

    cable.pull()
    listener.state()
    listener.state()
    cable.plug_in()
    listener.state()
    cable.send(frame[7:] + encode_rdm6300(CardUid("100086F444")))
    swipes.append(listener.swipe())

    assert (swipes, listener.all_swipes()) == ([BEN, CardUid("100086F444")], [])


def test_C4_a_reader_that_is_missing_at_the_start_is_told_once_and_waited_for(
    cable: Cable, listener: Listener
) -> None:
    cable.pull()
    listener.start(cable.path)
    absent = listener.state()

    cable.plug_in()
    found = listener.state()

    expected = ReaderState("counter", Link.LOST, LostCause.ABSENT, errno.ENOENT, 0)
    assert (absent, found) == (expected, CONNECTED)


def test_C4_the_waits_between_attempts_grow_and_start_again_after_a_connection(
    cable: Cable, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    reader = SerialReader(
        str(cable.path), 9600, Rdm6300Framer(), listener.swipes.put, listener.states.put, reader="counter"
    )

    def wait(timeout: float) -> bool:
        """Instead of the time it takes: the sixth attempt finds the reader, the eighth is the last."""
        waits.append(timeout)
        if len(waits) == 5:
            cable.plug_in()
        if len(waits) == 7:
            reader.stop()
        return False

    monkeypatch.setattr(reader._stopping, "wait", wait)
    cable.pull()
    thread = threading.Thread(target=reader.run, daemon=True)
    thread.start()
    listener.state()
    listener.state()
    cable.send(encode_rdm6300(ANN))
    listener.swipe()
    cable.pull()
    thread.join(PATIENCE_S)

    assert waits == [0.2, 0.4, 0.8, 1.6, 2.0, 0.2, 0.4]


def test_C4_a_reader_that_opens_and_fails_at_once_is_asked_less_and_less_often(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        url = f"socket://127.0.0.1:{server.getsockname()[1]}"
        reader = SerialReader(url, 9600, Rdm6300Framer(), listener.swipes.put, listener.states.put)

        def wait(timeout: float) -> bool:
            waits.append(timeout)
            if len(waits) == 4:
                reader.stop()
            return False

        def hang_up_on_each() -> None:
            for _ in range(4):
                server.accept()[0].close()

        monkeypatch.setattr(reader._stopping, "wait", wait)
        peer = threading.Thread(target=hang_up_on_each, daemon=True)
        peer.start()
        reader.run()
        peer.join(PATIENCE_S)

    assert waits == [0.2, 0.4, 0.8, 1.6]


def test_a_port_that_another_program_has_is_busy_and_left_to_it(cable: Cable, listener: Listener) -> None:
    listener.start(cable.path)
    listener.state()
    second = Listener()

    with closing(second):
        second.start(cable.path)
        refused = second.state()
        cable.send(encode_rdm6300(ANN))
        swipe = listener.swipe()
        stolen = second.all_swipes()

    assert refused == ReaderState("counter", Link.LOST, LostCause.BUSY, errno.EAGAIN, 0)
    assert (swipe, stolen) == (ANN, [])


@pytest.mark.parametrize(("url", "baud"), [("nonsense://x", 9600), ("loop://", -1)])
def test_an_impossible_address_or_speed_is_told_and_not_raised(
    listener: Listener, url: str, baud: int
) -> None:
    listener.start(url, baud=baud)

    assert listener.state() == ReaderState("counter", Link.LOST, LostCause.BAD_ADDRESS, None, 0)


def test_a_reader_behind_the_network_is_read_and_its_loss_told(listener: Listener) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        listener.start(f"socket://127.0.0.1:{server.getsockname()[1]}")
        peer, _ = server.accept()
        states = [listener.state()]
        peer.sendall(encode_rdm6300(ANN))
        swipe = listener.swipe()
    peer.close()
    states += [listener.state(), listener.state()]

    assert swipe == ANN
    assert [(state.link, state.cause, state.error_number) for state in states] == [
        (Link.CONNECTED, None, None),
        (Link.LOST, LostCause.BROKEN, None),
        (Link.LOST, LostCause.ABSENT, errno.ECONNREFUSED),
    ]


@pytest.mark.parametrize("plugged_in", [True, False])
def test_stop_ends_the_loop_whether_it_reads_or_waits(
    cable: Cable, listener: Listener, plugged_in: bool
) -> None:
    if not plugged_in:
        cable.pull()
    waiting = SerialReader(
        str(cable.path), 9600, Rdm6300Framer(), listener.swipes.put, listener.states.put, backoff_s=(3600.0,)
    )
    thread = threading.Thread(target=waiting.run, daemon=True)
    thread.start()
    listener.state()

    waiting.stop()
    thread.join(PATIENCE_S)

    assert not thread.is_alive()


def test_stop_before_the_start_opens_nothing(cable: Cable, listener: Listener) -> None:
    reader = SerialReader(
        str(cable.path), 9600, Rdm6300Framer(), listener.swipes.put, listener.states.put, reader="counter"
    )

    reader.stop()
    reader.run()

    assert listener.states.empty()


def test_the_port_is_free_again_after_stop(cable: Cable, listener: Listener) -> None:
    listener.start(cable.path)
    listener.state()
    listener.close()

    listener.start(cable.path)

    assert listener.state() == CONNECTED


def test_the_self_check_sees_every_byte_as_it_came(cable: Cable, listener: Listener) -> None:
    data = b"\xff\x00" + encode_rdm6300(ANN)
    listener.start(cable.path)
    listener.state()

    cable.send(data)
    listener.swipe()

    assert bytes(listener.trace) == data


def test_a_bug_in_the_callback_is_not_taken_for_a_lost_reader(cable: Cable, listener: Listener) -> None:
    raised: list[OSError] = []

    def on_card(reading: CardReading) -> None:
        raise OSError(reading.reader)

    reader = SerialReader(
        str(cable.path), 9600, Rdm6300Framer(), on_card, listener.states.put, reader="counter"
    )

    def run() -> None:
        try:
            reader.run()
        except OSError as bug:
            raised.append(bug)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    states = [listener.state()]
    cable.send(encode_rdm6300(ANN))
    thread.join(PATIENCE_S)

    assert ([bug.args for bug in raised], states, listener.states.empty()) == (
        [("counter",)],
        [CONNECTED],
        True,
    )
