"""Bytes to cards: every family's frames, cut, joined, damaged and among noise."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos.devices.frames import Framer, LineFormat, LineFramer, Rdm6300Framer
from pos.devices.simulated import LineEnding, encode_line, encode_rdm6300
from pos.domain.cards import CardUid, from_bytes

CARD = CardUid("01026F6C3A")
OTHER = CardUid("3C00CE754C")
GOOD = encode_rdm6300(CARD)

uids = st.binary(min_size=5, max_size=5).map(from_bytes)

# Written without the framer's own expressions, so that a mistake there cannot hide here.
A_FRAME = re.compile(rb"\x02[0-9A-Fa-f]{12}(\x03|\x0d\x0a\x03)")
A_LINE = re.compile(rb"(^|[\x02\x03\x0d\x0a])[0-9]{10}([\x03\x0d\x0a]|$)")


def in_chunks(framer: Framer, stream: bytes, sizes: list[int]) -> list[CardUid]:
    """Feed the stream in pieces of these sizes, over and over, all in one moment."""
    cards: list[CardUid] = []
    while stream:
        for size in sizes:
            cards += framer.feed(stream[:size], at_ms=0)
            stream = stream[size:]
    return cards


# -- RDM6300 and ID-12 -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frame", "card", "face"),
    [
        (b"\x02010063E9AE25\x03", "010063E9AE", "0006547886"),
        (b"\x023C00CE754CCB\x03", "3C00CE754C", "0013530444"),
        (b"\x02100086F44426\x03", "100086F444", "0008844356"),
        (b"\x020C000621A58E\r\n\x03", "0C000621A5", "0000401829"),
    ],
)
def test_frames_of_the_manuals_are_read(frame: bytes, card: str, face: str) -> None:
    framer = Rdm6300Framer()

    cards = framer.feed(frame, at_ms=0)

    assert [(uid.hex, uid.printed) for uid in cards] == [(card, face)]
    assert framer.dropped == 0


def test_hex_in_small_letters_is_the_same_card() -> None:
    assert Rdm6300Framer().feed(b"\x023c00ce754ccb\x03", at_ms=0) == [OTHER]


@pytest.mark.parametrize("crlf", [False, True])
def test_C5_half_a_frame_waits_for_its_other_half(crlf: bool) -> None:
    frame = encode_rdm6300(CARD, crlf=crlf)

    for cut in range(1, len(frame)):
        framer = Rdm6300Framer()
        actual = [framer.feed(frame[:cut], at_ms=0), framer.feed(frame[cut:], at_ms=15), framer.dropped]
        assert actual == [[], [CARD], 0]


def test_C5_two_frames_in_one_read_are_two_cards() -> None:
    cards = Rdm6300Framer().feed(GOOD + encode_rdm6300(OTHER, crlf=True) + GOOD[:5], at_ms=0)

    assert cards == [CARD, OTHER]


def test_C5_a_wrong_check_byte_is_dropped_and_counted_and_the_next_frame_passes() -> None:
    framer = Rdm6300Framer()

    cards = framer.feed(b"\x02010063E9AE26\x03" + GOOD, at_ms=0)

    assert (cards, framer.dropped) == ([CARD], 1)


def test_C5_a_changed_character_never_gives_a_card() -> None:
    alphabet = b"0123456789ABCDEF\x00\x02\x03\r\n\xff"
    damaged = [
        GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
        for place in range(len(GOOD))
        for byte in alphabet
        if byte != GOOD[place]
    ]

    cards = [card for frame in damaged for card in Rdm6300Framer().feed(frame, at_ms=0)]

    assert cards == []


def test_C5_noise_is_counted_once_however_many_bytes_and_reads_it_has() -> None:
    framer = Rdm6300Framer()

    cards = [
        framer.feed(data, at_ms=0) for data in (b"\xff\x00AB\r\n", b"\x03\x03noise", GOOD, b"\x00", GOOD)
    ]

    assert (cards, framer.dropped) == ([[], [], [CARD], [], [CARD]], 2)


@pytest.mark.parametrize("noise", [b"\x02", b"\x02\x02\x02", b"\x02010063", GOOD[:-1], GOOD[:-1] + b"\r\n"])
def test_C5_an_STX_in_noise_does_not_swallow_the_good_frame_after_it(noise: bytes) -> None:
    assert Rdm6300Framer().feed(noise + GOOD, at_ms=0) == [CARD]


def test_C5_a_failed_frame_is_not_waited_for() -> None:
    framer = Rdm6300Framer()

    framer.feed(b"\x0201x", at_ms=0)

    assert framer.dropped == 1


def test_C5_a_card_that_only_touched_the_reader_is_not_finished_by_the_next_one() -> None:
    framer = Rdm6300Framer(gap_ms=200)

    cards = framer.feed(GOOD[:7], at_ms=0) + framer.feed(GOOD[7:], at_ms=200)

    assert (cards, framer.dropped) == ([], 2)


def test_C5_half_a_frame_is_given_up_when_the_line_is_silent() -> None:
    framer = Rdm6300Framer(gap_ms=200)
    framer.feed(GOOD[:7], at_ms=1000)

    steps = [(framer.idle(at_ms=at_ms), framer.dropped) for at_ms in (1199, 1200, 1500)]

    assert steps == [([], 0), ([], 1), ([], 1)]


def test_C5_half_a_frame_before_the_cable_was_cut_is_not_finished_after_it() -> None:
    framer = Rdm6300Framer()
    framer.feed(GOOD[:7], at_ms=0)

    framer.reset()

    assert (framer.feed(GOOD[7:], at_ms=1), framer.dropped) == ([], 2)


@given(
    parts=st.lists(
        st.one_of(
            st.builds(lambda uid, crlf: (uid, encode_rdm6300(uid, crlf=crlf)), uids, st.booleans()),
            st.one_of(
                st.binary(max_size=30),
                st.lists(st.sampled_from(b"\x02\x03\r\n0123456789ABCDEFabcdef"), max_size=30).map(bytes),
                st.builds(lambda uid, size: encode_rdm6300(uid)[:size], uids, st.integers(0, 13)),
            ).map(lambda noise: (None, noise)),
        ),
        max_size=12,
    ),
    sizes=st.lists(st.integers(1, 20), min_size=1, max_size=6),
)
def test_C5_exactly_the_good_frames_come_out_of_any_noise_in_any_chunks(
    parts: list[tuple[CardUid | None, bytes]], sizes: list[int]
) -> None:
    stream = b"".join(data for _, data in parts)
    good = [uid for uid, _ in parts if uid is not None]
    # Pieces of noise may add up to a well-formed frame by chance; nothing could tell it from a good one.
    assume(len(A_FRAME.findall(stream)) == len(good))

    assert in_chunks(Rdm6300Framer(), stream, sizes) == good


@given(uid=uids, size=st.integers(0, 13), rest=st.lists(st.integers(0, 13), max_size=5))
def test_C5_truncated_frames_never_yield_a_card(uid: CardUid, size: int, rest: list[int]) -> None:
    frame = encode_rdm6300(uid)
    framer = Rdm6300Framer()

    cards = [card for cut in (size, *rest) for card in framer.feed(frame[:cut], at_ms=0)]

    assert [*cards, *framer.idle(at_ms=10_000)] == []


# -- lines -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", list(LineEnding))
@pytest.mark.parametrize(
    ("line_format", "card"),
    [(LineFormat.EIGHT_H_TEN_D, CardUid("026F6C3A")), (LineFormat.TEN_H, CARD)],
)
def test_a_line_is_a_card_however_it_ends(line_format: LineFormat, card: CardUid, ending: LineEnding) -> None:
    framer = LineFramer(line_format)

    cards = framer.feed(encode_line(CARD, line_format, ending), at_ms=0) + framer.idle(at_ms=50)

    assert (cards, framer.dropped) == ([card], 0)


@pytest.mark.parametrize(
    "data", [b"\x020040856634\r\n\x03", b"\n0040856634\r", b"\r\n\r\n0040856634\r\r", b"0040856634\n\r"]
)
def test_a_line_with_more_than_one_end_is_one_card(data: bytes) -> None:
    framer = LineFramer(LineFormat.EIGHT_H_TEN_D)

    assert (framer.feed(data, at_ms=0), framer.dropped) == ([CardUid("026F6C3A")], 0)


def test_C5_half_a_line_waits_for_its_other_half() -> None:
    framer = LineFramer(LineFormat.EIGHT_H_TEN_D)

    steps = [framer.feed(data, at_ms=at_ms) for at_ms, data in ((0, b"0040"), (9, b"856634"), (40, b"\r"))]

    assert (steps, framer.dropped) == ([[], [], [CardUid("026F6C3A")]], 0)


def test_C5_two_lines_in_one_read_are_two_cards() -> None:
    cards = LineFramer(LineFormat.TEN_H).feed(b"01026F6C3A\r\n3C00CE754C\r\n", at_ms=0)

    assert cards == [CARD, OTHER]


def test_a_line_without_an_end_is_ended_by_the_gap_before_the_next_read() -> None:
    framer = LineFramer(LineFormat.TEN_H, gap_ms=50)

    steps = [framer.feed(b"01026F6C3A", at_ms=0), framer.feed(b"3C00CE754C", at_ms=50), framer.idle(99)]

    assert [*steps, framer.idle(100)] == [[], [CARD], [], [OTHER]]


def test_C5_two_lines_without_gap_or_end_are_no_card() -> None:
    framer = LineFramer(LineFormat.TEN_H, gap_ms=50)

    cards = (
        framer.feed(b"01026F6C3A", at_ms=0) + framer.feed(b"3C00CE754C", at_ms=49) + framer.idle(at_ms=200)
    )

    assert (cards, framer.dropped) == ([], 1)


@pytest.mark.parametrize(
    "line",
    [
        b"004085663",
        b"00408566344",
        b"004085663A",
        b" 040856634",
        b"4294967296",
        b"\xef\xbc\x90040856634",
        b"134567890123456789",
    ],
)
def test_C5_a_line_of_another_length_or_alphabet_is_dropped_and_counted(line: bytes) -> None:
    framer = LineFramer(LineFormat.EIGHT_H_TEN_D)

    cards = framer.feed(line + b"\r\n", at_ms=0) + framer.feed(b"0040856634\r\n", at_ms=1)

    assert (cards, framer.dropped) == ([CardUid("026F6C3A")], 1)


def test_C5_an_opened_line_needs_its_end() -> None:
    framer = LineFramer(LineFormat.EIGHT_H_TEN_D, gap_ms=50)

    cards = framer.feed(b"\x020040856634", at_ms=0) + framer.idle(at_ms=1000)

    assert (cards, framer.dropped) == ([], 1)


def test_C5_half_a_line_before_a_gap_or_a_cut_is_not_finished_after_it() -> None:
    framer = LineFramer(LineFormat.EIGHT_H_TEN_D, gap_ms=50)

    after_gap = framer.feed(b"00408", at_ms=0) + framer.feed(b"56634\r", at_ms=60)
    framer.feed(b"00408", at_ms=100)
    framer.reset()
    after_cut = framer.feed(b"56634\r", at_ms=101)

    assert (after_gap, after_cut, framer.dropped) == ([], [], 4)


def test_a_scanned_payment_code_leaves_nothing_in_the_framer() -> None:
    framer = LineFramer(LineFormat.EIGHT_H_TEN_D)

    framer.feed(b"134567890123456789", at_ms=0)
    kept = repr(vars(framer))

    assert "134567890123" not in kept


@given(
    parts=st.lists(
        st.one_of(
            uids.map(lambda uid: (uid, encode_line(uid, LineFormat.EIGHT_H_TEN_D, LineEnding.STX_ETX))),
            st.one_of(
                st.binary(max_size=25),
                st.lists(st.sampled_from(b"\x02\x03\r\n0123456789"), max_size=25).map(bytes),
            )
            .filter(lambda noise: not A_LINE.search(noise))
            .map(lambda noise: (None, noise)),
        ),
        max_size=12,
    ),
    sizes=st.lists(st.integers(1, 20), min_size=1, max_size=6),
)
def test_C5_exactly_the_good_wrapped_lines_come_out_of_any_noise_in_any_chunks(
    parts: list[tuple[CardUid | None, bytes]], sizes: list[int]
) -> None:
    stream = b"".join(data for _, data in parts)
    good = [CardUid(uid.tail) for uid, _ in parts if uid is not None]
    # Two pieces of noise side by side may add up to a line.
    assume(all(one or other for (one, _), (other, _) in pairwise(parts)))

    assert in_chunks(LineFramer(LineFormat.EIGHT_H_TEN_D), stream, sizes) == good
