"""Learning mode: a tap and the printed number name the reader's format, or say that none fits."""

from __future__ import annotations

import pytest

from pos.devices.learning import Learned, PrintedAs, learn, learn_from
from pos.devices.simulated import encode_rdm6300
from pos.domain.cards import CardUid

CARD = CardUid("01026F6C3A")
TAIL = CardUid("026F6C3A")
RDM = encode_rdm6300(CARD)


@pytest.mark.parametrize(
    ("printed", "printed_as"),
    [
        ("0040856634", PrintedAs.EIGHT_H_TEN_D),
        ("40856634", PrintedAs.EIGHT_H_TEN_D),
        ("００４０８５６６３４", PrintedAs.EIGHT_H_TEN_D),
        ("01026F6C3A", PrintedAs.TEN_H),
        ("01026f6c3a", PrintedAs.TEN_H),
        ("01 02 6F 6C 3A", PrintedAs.TEN_H),
        ("004335823930", PrintedAs.TEN_H_TWELVE_D),
        ("07302202", PrintedAs.SIX_H_EIGHT_D),
        ("111,27706", PrintedAs.TWO_H_FOUR_H),
        ("111，27706", PrintedAs.TWO_H_FOUR_H),
        ("00623,27706", PrintedAs.FOUR_H_FOUR_H),
    ],
)
def test_a_tap_with_all_five_bytes_is_found_by_every_number_a_face_may_carry(printed: str, printed_as: PrintedAs) -> None:
    assert learn(RDM, printed) == (Learned("rdm6300", printed_as, CARD),)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b""])
def test_a_reader_that_sends_decimal_lines_is_told_from_one_that_sends_hex(end: bytes) -> None:
    assert learn(b"0040856634" + end, "0040856634") == (Learned("8h10d", PrintedAs.EIGHT_H_TEN_D, TAIL),)
    assert learn(b"01026F6C3A" + end, "0040856634") == (Learned("10h", PrintedAs.EIGHT_H_TEN_D, CARD),)
    assert learn(b"\x020040856634\x03", "111,27706") == (Learned("8h10d", PrintedAs.TWO_H_FOUR_H, TAIL),)


def test_ten_digits_are_hex_where_only_hex_gives_the_printed_number() -> None:
    card = CardUid("0102030405")

    assert learn(b"0102030405\r", card.printed) == (Learned("10h", PrintedAs.EIGHT_H_TEN_D, card),)


def test_a_held_card_that_is_sent_again_and_again_is_one_card() -> None:
    assert learn(RDM * 5, "0040856634") == (Learned("rdm6300", PrintedAs.EIGHT_H_TEN_D, CARD),)


def test_noise_before_the_frame_does_not_matter() -> None:
    assert learn(b"\xff\x00" + RDM, "0040856634") == (Learned("rdm6300", PrintedAs.EIGHT_H_TEN_D, CARD),)


@pytest.mark.parametrize(
    ("tap", "printed"),
    [(b"", "0040856634"), (RDM, "0040856635"), (RDM, ""), (RDM, "word"), (b"12345\r", "12345"), (RDM[:-3], "0040856634")],
)
def test_what_does_not_fit_is_said_not_to_fit(tap: bytes, printed: str) -> None:
    assert learn(tap, printed) == ()


def test_a_second_card_settles_what_one_leaves_open() -> None:
    same_both_ways = b"0000000000\r"

    assert learn_from([(same_both_ways, "0")]) == ("8h10d", "10h")
    assert learn_from([(same_both_ways, "0"), (b"01026F6C3A\r", "0040856634")]) == ("10h",)
    assert learn_from([]) == ()
