"""Getting to know a reader: one card, two cards, a reader that types, another port, and nothing kept afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from pos.devices.frames import LineFormat
from pos.devices.simulated import LineEnding, encode_line, encode_rdm6300
from pos.domain.cards import CardUid
from pos.domain.staff import Actor, Role
from pos.domain.tables import FileNotWritten
from tests.ui.asking_face import AskFace
from tests.ui.immediate import ImmediateLane
from tests.ui.small_screens import Strip
from ui.canteen.answers import KEYBOARD
from ui.readers.presenter import LearnPresenter
from ui.readers.reader import Setup

pytestmark = pytest.mark.usefixtures("english")

CARD, OTHER = CardUid("01026F6C3A"), CardUid("0102030405")
MANAGER, CASHIER = Actor("m", "周敏", Role.MANAGER), Actor("c", "李桂兰", Role.CASHIER)
WRONG = Setup("COM3", 9600, "8h10d")


@dataclass
class Reader:
    """A reader on COM3, and another port beside it."""

    setup: Setup = WRONG
    listening: tuple[str, int] | None = None
    heard: Callable[[bytes], None] = field(default=lambda _data: None)
    full: bool = False

    def ports(self) -> tuple[str, ...]:
        return ("COM3", "COM4")

    def learn(self, port: str, baud: int, heard: Callable[[bytes], None]) -> None:
        self.listening, self.heard = (port, baud), heard

    def done(self) -> None:
        self.listening = None

    def use(self, setup: Setup) -> None:
        if self.full:
            raise FileNotWritten("canteen.toml")
        self.setup, self.listening = setup, None


@dataclass
class Learning:
    """The open question."""

    reader: Reader
    face: AskFace
    strip: Strip
    mind: LearnPresenter
    shown: list[Setup]
    ms: list[int]
    actor: list[Actor]

    def tap(self, data: bytes, *, after_ms: int = 5_000) -> None:
        self.ms[0] += after_ms
        self.reader.heard(data)

    @property
    def answer(self) -> str:
        return self.face.facts()["What it sends"]


@pytest.fixture
def learning() -> Learning:
    reader, face, strip, shown, ms, actor = Reader(), AskFace(), Strip(), [], [100_000], [MANAGER]

    class View:
        def show_setup(self, setup: Setup) -> None:
            shown.append(setup)

    mind = LearnPresenter(View(), face, strip, reader, ImmediateLane(), lambda: actor[0], lambda: ms[0])
    mind.open()
    return Learning(reader, face, strip, mind, shown, ms, actor)


def test_a_tap_and_its_printed_number_find_the_format_and_it_is_used(learning: Learning) -> None:
    asked = learning.face.facts()["Heard"]
    learning.tap(encode_rdm6300(CARD) * 3)
    learning.mind.typed("printed", CARD.printed)
    found = learning.answer
    learning.mind.confirm()

    assert (asked, found) == ("nothing yet: lay a card on the reader", "RDM6300 frame · printed as 10 digits")
    assert (learning.reader.setup, learning.face.now) == (Setup("COM3", 9600, "rdm6300"), None)
    assert (learning.shown, learning.strip.title) == ([Setup("COM3", 9600, "rdm6300")], "The reader is used so from now on.")


def test_a_tap_that_comes_in_pieces_is_one_and_after_a_pause_it_is_another(learning: Learning) -> None:
    whole = encode_rdm6300(CARD)
    learning.tap(encode_rdm6300(OTHER))
    learning.tap(whole[:6])
    learning.tap(whole[6:], after_ms=20)
    learning.mind.typed("printed", CARD.printed)

    assert learning.face.facts()["Heard"] == "14 characters"
    assert learning.answer.startswith("RDM6300 frame")


def test_a_number_of_another_card_fits_nothing_and_it_is_told(learning: Learning) -> None:
    learning.tap(encode_rdm6300(CARD))
    learning.mind.typed("printed", "0040856635")
    learning.mind.confirm()

    assert (learning.answer, learning.reader.setup) == ("nothing that makes this number", WRONG)
    assert learning.strip.title == "What the reader sent does not make this number. Compare it, or lay the card again."


@pytest.mark.parametrize(
    ("tapped", "said", "wrong"),
    [
        (False, "No card was heard yet. Lay one on the reader.", "port"),
        (True, "Type the number that is printed on the card.", "printed"),
    ],
)
def test_what_is_still_missing_is_told(learning: Learning, tapped: bool, said: str, wrong: str) -> None:
    if tapped:
        learning.tap(encode_rdm6300(CARD))
    learning.mind.confirm()

    assert learning.face.now is not None
    assert (learning.strip.title, learning.face.now.wrong) == (said, wrong)


def test_what_one_card_leaves_open_a_second_one_settles(learning: Learning) -> None:
    """0000000000 reads the same in hex and in decimal."""
    nothing = CardUid("0000000000")
    learning.tap(b"0000000000\r")
    learning.mind.typed("printed", "0")
    open_still = learning.answer
    learning.mind.confirm()
    refused = learning.strip.title
    learning.mind.another()
    learning.tap(encode_line(CARD, LineFormat.TEN_H, LineEnding.CR))
    learning.mind.typed("printed", CARD.printed)
    learning.mind.confirm()

    assert nothing.printed == "0000000000"
    assert open_still == "10 decimal digits or 10 hex characters: lay another card"
    assert refused == "More than one way of reading fits. Press F10 and lay another card."
    assert learning.reader.setup == Setup("COM3", 9600, "10h")


def test_a_reader_that_types_is_got_to_know_too(learning: Learning) -> None:
    learning.mind.typed("port", KEYBOARD)
    learning.mind.typed("keyed", CARD.printed)
    learning.mind.typed("printed", CARD.printed)
    learning.mind.confirm()

    assert learning.reader.setup == Setup(KEYBOARD, 9600, "8h10d")


def test_another_port_is_listened_to_at_once_and_what_came_before_is_gone(learning: Learning) -> None:
    learning.tap(encode_rdm6300(CARD))
    learning.mind.typed("port", "COM4")
    learning.mind.typed("baud", "19200")

    assert learning.reader.listening == ("COM4", 19200)
    assert learning.face.facts()["Heard"] == "nothing yet: lay a card on the reader"


def test_leaving_listens_as_before_and_keeps_nothing(learning: Learning) -> None:
    learning.tap(encode_rdm6300(OTHER))
    learning.mind.typed("printed", OTHER.printed)
    learning.mind.close()
    learning.tap(encode_rdm6300(OTHER))

    assert (learning.reader.listening, learning.reader.setup, learning.face.now) == (None, WRONG, None)
    assert [ask for ask in learning.face.asked if OTHER.hex in repr(ask) or OTHER.printed in repr(ask)] == []


def test_settings_that_cannot_be_written_are_told_and_the_question_stays(learning: Learning) -> None:
    learning.reader.full = True
    learning.tap(encode_rdm6300(CARD))
    learning.mind.typed("printed", CARD.printed)
    learning.mind.confirm()

    assert (learning.face.now is None, learning.shown) == (False, [])
    assert "canteen.toml" in learning.strip.title


def test_a_cashier_sets_up_no_reader(learning: Learning) -> None:
    learning.actor[0] = CASHIER
    learning.tap(encode_rdm6300(CARD))
    learning.mind.typed("printed", CARD.printed)
    learning.mind.confirm()

    assert learning.reader.setup == WRONG
