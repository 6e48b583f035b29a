"""Trying a reader before it is taken: a card is heard, or the reason why none can be."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pos.devices.frames import LineFormat, LineFramer, Rdm6300Framer
from pos.devices.serial_reader import LostCause
from pos.devices.simulated import LineEnding, encode_line, encode_rdm6300
from pos.devices.trials import framer_for, hear_card, ports
from pos.domain.cards import CardUid

if sys.platform == "win32":  # no pseudo-terminals there
    pytest.skip("needs pseudo-terminals", allow_module_level=True)

import tty

CARD = CardUid("01026F6C3A")
WAIT_MS = 10_000
SHORT_MS = 250


class Cable:
    """A reader's cable: whatever it is told to send, it sends until it is pulled."""

    def __init__(self) -> None:
        self._master, self._slave = os.openpty()
        tty.setraw(self._master)
        tty.setraw(self._slave)
        self.path = os.ttyname(self._slave)
        self._pulled = threading.Event()
        self._hand: threading.Thread | None = None

    def hold(self, frame: bytes) -> None:
        """Hold a card to the reader: it repeats its frame."""

        def repeat() -> None:
            while not self._pulled.wait(0.06):
                os.write(self._master, frame)

        self._hand = threading.Thread(target=repeat)
        self._hand.start()

    def pull(self) -> None:
        self._pulled.set()
        if self._hand:
            self._hand.join()
        for number in (self._master, self._slave):
            with suppress(OSError):
                os.close(number)


@pytest.fixture
def cable() -> Iterator[Cable]:
    cable = Cable()
    yield cable
    cable.pull()


def test_a_card_is_told_by_the_number_on_its_face(cable: Cable) -> None:
    cable.hold(encode_rdm6300(CARD))

    heard = hear_card(cable.path, 9_600, "rdm6300", WAIT_MS)

    assert heard == (CARD.printed, None)


def test_a_line_readers_card_is_told_in_its_own_format(cable: Cable) -> None:
    cable.hold(encode_line(CARD, LineFormat.EIGHT_H_TEN_D, LineEnding.CR_LF))

    heard = hear_card(cable.path, 9_600, "8h10d", WAIT_MS)

    assert heard == (CARD.printed, None)


def test_a_reader_that_stays_silent_is_no_card_and_no_fault(cable: Cable) -> None:
    heard = hear_card(cable.path, 9_600, "rdm6300", SHORT_MS)

    assert heard == ("", None)


def test_a_reader_of_another_format_is_no_card(cable: Cable) -> None:
    cable.hold(encode_line(CARD, LineFormat.EIGHT_H_TEN_D, LineEnding.CR))

    heard = hear_card(cable.path, 9_600, "rdm6300", SHORT_MS)

    assert heard == ("", None)


@pytest.mark.parametrize(
    ("port", "cause"),
    [
        ("no-such-device", LostCause.ABSENT),
        ("nonsense://x", LostCause.BAD_ADDRESS),
        ("socket://127.0.0.1:1", LostCause.ABSENT),
    ],
)
def test_a_reader_that_is_not_there_says_why_at_once(tmp_path: Path, port: str, cause: LostCause) -> None:
    address = port if "://" in port else str(tmp_path / port)

    heard = hear_card(address, 9_600, "rdm6300", WAIT_MS)

    assert heard == ("", cause)


def test_a_reader_that_another_program_has_is_busy(cable: Cable) -> None:
    from serial import Serial

    with Serial(cable.path, exclusive=True):
        heard = hear_card(cable.path, 9_600, "rdm6300", WAIT_MS)

    assert heard == ("", LostCause.BUSY)


def test_each_format_has_its_framer() -> None:
    framers = [framer_for(name) for name in ("rdm6300", "8h10d", "10h")]

    assert [type(framer) for framer in framers] == [Rdm6300Framer, LineFramer, LineFramer]


def test_a_format_that_nobody_knows_is_a_bug() -> None:
    with pytest.raises(ValueError, match="wiegand"):
        framer_for("wiegand")


def test_ports_are_names_in_their_order() -> None:
    found = ports()

    assert list(found) == sorted(set(found))
