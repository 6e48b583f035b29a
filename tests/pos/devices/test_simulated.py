"""The played reader sends what real readers send, through the same framer and hold."""

from __future__ import annotations

import pytest

from pos.devices.frames import LineFormat, LineFramer, Rdm6300Framer
from pos.devices.simulated import LineEnding, SimulatedReader, encode_line, encode_rdm6300
from pos.domain.cards import CardFlaw, CardReading, CardUid, NotACard

CARD = CardUid("01026F6C3A")
READING = CardReading(CARD, "practice")


class Clock:
    """A clock that a test moves."""

    now_ms = 0

    def __call__(self) -> int:
        return self.now_ms


@pytest.mark.parametrize(
    ("card", "frame"),
    [
        ("010063E9AE", b"\x02010063E9AE25\x03"),
        ("3C00CE754C", b"\x023C00CE754CCB\x03"),
        ("100086F444", b"\x02100086F44426\x03"),
    ],
)
def test_an_rdm6300_frame_is_written_as_in_the_manual(card: str, frame: bytes) -> None:
    assert encode_rdm6300(CardUid(card)) == frame


def test_an_id12_frame_has_a_line_end_before_its_last_byte() -> None:
    assert encode_rdm6300(CardUid("0C000621A5"), crlf=True) == b"\x020C000621A58E\r\n\x03"


def test_lines_are_written_as_the_readers_do() -> None:
    lines = [encode_line(CARD, LineFormat.EIGHT_H_TEN_D, ending) for ending in LineEnding]

    assert lines == [
        b"0040856634\r",
        b"0040856634\n",
        b"0040856634\r\n",
        b"\x020040856634\x03",
        b"0040856634",
    ]
    assert encode_line(CARD, LineFormat.TEN_H, LineEnding.CR) == b"01026F6C3A\r"


def test_a_card_whose_top_byte_is_not_known_cannot_be_played_in_full() -> None:
    short = CardUid("026F6C3A")

    with pytest.raises(NotACard) as rdm:
        encode_rdm6300(short)
    with pytest.raises(NotACard) as line:
        encode_line(short, LineFormat.TEN_H, LineEnding.CR)

    assert (rdm.value.flaw, line.value.flaw) == (CardFlaw.LENGTH, CardFlaw.LENGTH)
    assert encode_line(short, LineFormat.EIGHT_H_TEN_D, LineEnding.CR) == b"0040856634\r"


def test_played_bytes_are_a_swipe_in_the_call_itself() -> None:
    swipes: list[CardReading] = []
    reader = SimulatedReader(Rdm6300Framer(), swipes.append, reader="practice")

    reader.play(encode_rdm6300(CARD))

    assert swipes == [READING]


def test_M4_a_played_card_is_held_as_a_real_one() -> None:
    swipes: list[CardReading] = []
    clock = Clock()
    reader = SimulatedReader(Rdm6300Framer(), swipes.append, reader="practice", clock_ms=clock)

    for clock.now_ms in range(0, 30_000, 60):
        reader.play(encode_rdm6300(CARD))
    clock.now_ms += 1000
    reader.play(encode_rdm6300(CARD))

    assert swipes == [READING, READING]


def test_C5_a_played_damaged_frame_is_counted_and_no_swipe() -> None:
    swipes: list[CardReading] = []
    reader = SimulatedReader(Rdm6300Framer(), swipes.append)

    reader.play(encode_rdm6300(CARD).replace(b"01026F", b"01026E"))

    assert (swipes, reader.dropped) == ([], 1)


def test_a_line_without_an_end_is_a_swipe_when_the_reader_rests() -> None:
    swipes: list[CardReading] = []
    clock = Clock()
    framer = LineFramer(LineFormat.TEN_H)
    reader = SimulatedReader(framer, swipes.append, reader="practice", clock_ms=clock)

    reader.play(encode_line(CARD, LineFormat.TEN_H, LineEnding.SILENCE))
    before = list(swipes)
    clock.now_ms += 50
    reader.rest()

    assert (before, swipes) == ([], [READING])
