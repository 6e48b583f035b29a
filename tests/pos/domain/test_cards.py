"""One card, many numbers: every spelling of a card is the same person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cards import (
    CardFlaw,
    CardReading,
    CardUid,
    NotACard,
    from_8h10d,
    from_10h,
    from_bytes,
    longer,
    parse_typed,
)

# Vectors of devices.md section 2 and domain.md 6.1: raw bytes and the number on the card's face.
PRINTED = [
    ("01026F6C3A", "0040856634"),
    ("010063E9AE", "0006547886"),
    ("3C00CE754C", "0013530444"),
    ("100086F444", "0008844356"),
    ("4500C5D1E9", "0012964329"),
    ("125533FFFF", "1429471231"),
]


def flaw_of(error: pytest.ExceptionInfo[NotACard]) -> tuple[CardFlaw, int]:
    return error.value.flaw, error.value.length


@pytest.mark.parametrize(("raw", "face"), PRINTED)
def test_every_spelling_of_a_card_is_the_same_card(raw: str, face: str) -> None:
    spellings = [from_bytes(bytes.fromhex(raw)), from_10h(raw.lower()), from_8h10d(face)]

    actual = [(uid.hex, uid.tail, uid.printed) for uid in spellings]

    assert actual == [(raw, raw[2:], face), (raw, raw[2:], face), (raw[2:], raw[2:], face)]
    assert all(one.matches(other) for one in spellings for other in spellings)


def test_leading_zeros_are_part_of_the_number() -> None:
    uid = from_8h10d("0000000399")

    assert (uid.hex, uid.printed) == ("0000018F", "0000000399")


def test_four_bytes_of_a_mifare_card_keep_the_order_of_the_reader() -> None:
    uid = from_bytes(bytes.fromhex("2A83155E"))

    assert uid.printed == "0713233758"


def test_cards_that_differ_in_the_top_byte_match_only_where_it_is_unknown() -> None:
    one, other, short = CardUid("01026F6C3A"), CardUid("02026F6C3A"), CardUid("026F6C3A")

    assert [one.matches(other), one.matches(short), other.matches(short), short.matches(one)] == [
        False,
        True,
        True,
        True,
    ]


def test_cards_with_different_low_bytes_never_match() -> None:
    assert not CardUid("01026F6C3A").matches(CardUid("01026F6C3B"))


def test_the_form_to_keep_is_the_one_with_the_top_byte() -> None:
    full, short = CardUid("01026F6C3A"), CardUid("026F6C3A")

    assert [longer(full, short), longer(short, full), longer(short, short)] == [full, full, short]


def test_two_different_cards_have_no_form_to_keep() -> None:
    with pytest.raises(ValueError, match="01026F6C3A"):
        longer(CardUid("01026F6C3A"), CardUid("02026F6C3A"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (CardFlaw.LENGTH, 0)),
        ("40856634", (CardFlaw.LENGTH, 8)),
        ("00408566341", (CardFlaw.LENGTH, 11)),
        ("004085663A", (CardFlaw.CHARACTERS, 10)),
        ("+040856634", (CardFlaw.CHARACTERS, 10)),
        ("0_40856634", (CardFlaw.CHARACTERS, 10)),
        ("００４０８５６６３４", (CardFlaw.CHARACTERS, 10)),
        ("4294967296", (CardFlaw.RANGE, 10)),
    ],
)
def test_8h10d_takes_exactly_ten_digits_of_four_bytes(text: str, expected: tuple[CardFlaw, int]) -> None:
    with pytest.raises(NotACard) as error:
        from_8h10d(text)

    assert flaw_of(error) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("026F6C3A", (CardFlaw.LENGTH, 8)),
        ("01026F6C3A0", (CardFlaw.LENGTH, 11)),
        ("01026F6C3G", (CardFlaw.CHARACTERS, 10)),
        ("01026F6C3A\n"[:10] + "\n", (CardFlaw.LENGTH, 11)),
        ("01026F6C3\n", (CardFlaw.CHARACTERS, 10)),
    ],
)
def test_10h_takes_exactly_ten_hex_characters(text: str, expected: tuple[CardFlaw, int]) -> None:
    with pytest.raises(NotACard) as error:
        from_10h(text)

    assert flaw_of(error) == expected


@pytest.mark.parametrize("raw", [b"", b"\x01\x02\x03", b"\x01\x02\x03\x04\x05\x06"])
def test_a_card_has_four_or_five_bytes(raw: bytes) -> None:
    with pytest.raises(NotACard) as error:
        from_bytes(raw)

    assert flaw_of(error) == (CardFlaw.LENGTH, len(raw))


@pytest.mark.parametrize("text", ["01026f6c3a", "026f6c3a", "01026F6C3", "026F6C3Z"])
def test_a_uid_is_canonical_or_nothing(text: str) -> None:
    with pytest.raises(NotACard):
        CardUid(text)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("0040856634", "026F6C3A"),
        (" 0040 856634\r\n", "026F6C3A"),
        ("００４０８５６６３４", "026F6C3A"),
        ("0040\u3000856634", "026F6C3A"),
        ("01026f6c3a", "01026F6C3A"),
        ("０１０２６ｆ６ｃ３ａ", "01026F6C3A"),
        ("0123456789", "075BCD15"),
    ],
)
def test_what_a_cashier_types_from_the_face_is_understood(typed: str, expected: str) -> None:
    uid = parse_typed(typed)

    assert uid == CardUid(expected)


@pytest.mark.parametrize("typed", ["", "王秀英", "13800138000", "9999999999", "01026F6C3", "00408566.4"])
def test_what_is_no_card_number_is_refused(typed: str) -> None:
    with pytest.raises(NotACard):
        parse_typed(typed)


def test_the_error_does_not_carry_the_text_that_was_scanned() -> None:
    payment_code = "134567890123456789"

    with pytest.raises(NotACard) as error:
        parse_typed(payment_code)

    assert flaw_of(error) == (CardFlaw.LENGTH, 18)
    assert payment_code not in repr(error.value) + str(error.value)


def test_a_reading_says_which_reader_saw_the_card() -> None:
    reading = CardReading(CardUid("01026F6C3A"), "counter")

    assert (reading.uid.printed, reading.reader) == ("0040856634", "counter")


@given(st.binary(min_size=5, max_size=5))
def test_every_five_bytes_survive_both_printed_forms(raw: bytes) -> None:
    uid = from_bytes(raw)

    assert from_10h(uid.hex) == uid
    assert from_8h10d(uid.printed) == CardUid(uid.tail)
    assert parse_typed(uid.printed).matches(uid)
