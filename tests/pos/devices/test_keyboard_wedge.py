"""Readers that type: a card is a card, a person's keys are a person's, a payment code is nothing."""

from __future__ import annotations

import pytest

from pos.devices.frames import LineFormat
from pos.devices.keyboard_wedge import WedgeCollector, WedgeEvent, WedgeVerdict, is_payment_code
from pos.domain.cards import CardUid

CARD = CardUid("026F6C3A")
PASS = WedgeVerdict(swallow=False)
HELD = WedgeVerdict(swallow=True)
PAYMENT_CODES = ["134567890123456789", "101234567890123456", "2512345678901234", "301234567890123456789012"]


def collector(line_format: LineFormat = LineFormat.EIGHT_H_TEN_D) -> WedgeCollector:
    return WedgeCollector(line_format, gap_ms=50)


def typed(wedge: WedgeCollector, keys: str, pace_ms: int, start_ms: int = 0) -> list[WedgeVerdict]:
    """Press these keys one after another at an even pace."""
    return [wedge.key(char, start_ms + place * pace_ms) for place, char in enumerate(keys)]


@pytest.mark.parametrize("pace_ms", [0, 5, 49])
@pytest.mark.parametrize("enter", ["\r", "\n"])
def test_fast_keys_with_enter_are_a_card_and_no_key_reaches_the_window(pace_ms: int, enter: str) -> None:
    verdicts = typed(collector(), "0040856634" + enter, pace_ms)

    assert verdicts == [HELD] * 10 + [WedgeVerdict(swallow=True, event=WedgeEvent.CARD, uid=CARD)]


def test_hex_from_a_reader_is_a_card_though_shift_is_pressed_between() -> None:
    wedge = collector(LineFormat.TEN_H)

    verdicts = [wedge.key(char, at_ms=1) for key in "01026F6C3A\r" for char in ("", key)]

    assert verdicts[0::2] == [PASS] * 11
    assert verdicts[-1] == WedgeVerdict(swallow=True, event=WedgeEvent.CARD, uid=CardUid("01026F6C3A"))


def test_two_cards_one_after_another_are_two_cards() -> None:
    wedge = collector()

    cards = [verdict.uid for verdict in typed(wedge, "0040856634\r0006547886\r", 5) if verdict.uid]

    assert cards == [CARD, CardUid("0063E9AE")]


def test_the_second_end_of_a_reader_does_not_press_the_pay_button() -> None:
    wedge = collector()
    typed(wedge, "0040856634\r", 5)

    verdicts = [wedge.key("\n", 55), wedge.key("\r", 249), wedge.key("\r", 250)]

    assert verdicts == [HELD, HELD, PASS]


def test_the_keys_of_a_person_come_back_after_the_gap() -> None:
    wedge = collector()

    verdicts = [wedge.key("3", 0), wedge.idle(49), wedge.idle(50), wedge.idle(99), wedge.key("\r", 120)]

    assert verdicts == [HELD, PASS, WedgeVerdict(swallow=False, replay="3"), PASS, PASS]


def test_keys_held_come_back_with_the_next_key_when_nobody_asked_in_between() -> None:
    verdicts = typed(collector(), "王a1\r", 100)

    assert verdicts == [
        PASS,
        HELD,
        WedgeVerdict(swallow=True, replay="a"),
        WedgeVerdict(swallow=False, replay="1"),
    ]


def test_enter_alone_is_never_held() -> None:
    assert typed(collector(), "\r\r", 20) == [PASS, PASS]


def test_a_quick_digit_and_enter_of_a_person_reach_the_window_in_order() -> None:
    assert typed(collector(), "12\r", 30) == [HELD, HELD, WedgeVerdict(swallow=False, replay="12")]


def test_a_key_that_writes_nothing_gives_back_what_is_held_before_it() -> None:
    assert typed(collector(), "1\x1b", 30) == [HELD, WedgeVerdict(swallow=False, replay="1")]


def test_a_card_number_typed_by_hand_reaches_the_field() -> None:
    wedge = collector()
    verdicts = [*typed(wedge, "0040856634\r", 120), wedge.idle(5000)]

    assert "".join(verdict.replay for verdict in verdicts) == "0040856634"
    assert {verdict.event for verdict in verdicts} == {None}
    assert verdicts[10] == WedgeVerdict(swallow=False, replay="4")


@pytest.mark.parametrize(
    "line", ["004085663", "00408566344", "T1-000123", "6901028075831", "4294967296", "1234"]
)
def test_a_scan_that_is_no_card_is_never_keys_and_never_enter(line: str) -> None:
    verdicts = typed(collector(), line + "\r", 5)

    assert verdicts[-1] == WedgeVerdict(swallow=True, event=WedgeEvent.SCAN, scanned=line)
    assert {verdict.replay for verdict in verdicts} == {""}


def test_C5_half_a_card_before_a_stall_chooses_no_dishes_and_the_rest_pays_nothing() -> None:
    wedge = collector()

    verdicts = typed(wedge, "00408", 5) + typed(wedge, "56634\r", 5, start_ms=100)

    assert [verdict for verdict in verdicts if verdict != HELD] == [
        WedgeVerdict(swallow=True, event=WedgeEvent.SCAN, scanned="00408"),
        WedgeVerdict(swallow=True, event=WedgeEvent.SCAN, scanned="56634"),
    ]


def test_C5_a_late_enter_after_a_whole_card_pays_nothing() -> None:
    wedge = collector()
    typed(wedge, "0040856634", 5)

    verdicts = [wedge.idle(95), wedge.key("\r", 120)]

    assert verdicts == [WedgeVerdict(swallow=False, event=WedgeEvent.SCAN, scanned="0040856634"), HELD]


def test_a_scan_ended_by_tab_is_a_scan() -> None:
    verdicts = typed(collector(), "T1-000123\t", 5)

    assert verdicts[-1] == WedgeVerdict(swallow=False, event=WedgeEvent.SCAN, scanned="T1-000123")


def test_a_very_long_scan_comes_in_pieces_and_its_enter_pays_nothing() -> None:
    line = "0123456789ABCDEF" * 32

    verdicts = typed(collector(), line + "xy\r", 1)

    assert [verdict for verdict in verdicts if verdict != HELD] == [
        WedgeVerdict(swallow=True, event=WedgeEvent.SCAN, scanned=line),
        WedgeVerdict(swallow=True, event=WedgeEvent.SCAN, scanned="xy"),
    ]
    assert typed(collector(), line + "\r", 1)[-1] == HELD


@pytest.mark.parametrize("code", PAYMENT_CODES)
@pytest.mark.parametrize("line_format", list(LineFormat))
def test_a_payment_code_is_no_card_and_nothing_of_it_is_kept(code: str, line_format: LineFormat) -> None:
    wedge = collector(line_format)

    verdicts = typed(wedge, code + "\r", 5)

    assert verdicts == [HELD] * len(code) + [WedgeVerdict(swallow=True, event=WedgeEvent.PAYMENT_CODE)]
    assert wedge.__dict__ == {**wedge.__dict__, "_held": "", "_run": 0}


def test_a_payment_code_without_enter_is_forgotten_too() -> None:
    wedge = collector()
    typed(wedge, PAYMENT_CODES[0], 5)

    assert wedge.idle(500) == WedgeVerdict(swallow=False, event=WedgeEvent.PAYMENT_CODE)


def test_no_text_is_in_a_repr_of_collector_or_verdict() -> None:
    wedge = collector()
    held = repr(typed(wedge, "13456789012", 5)) + repr(wedge)

    scan = repr(wedge.idle(500)) + repr(WedgeVerdict(swallow=False, replay="13456789012"))

    assert "13456789012" not in held + scan


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((code, True) for code in PAYMENT_CODES),
        ("164567890123456789", False),
        ("094567890123456789", False),
        ("13456789012345678", False),
        ("1345678901234567890", False),
        ("251234567890123", False),
        ("3012345678901234567890123", False),
        ("3112345678901234", False),
        ("13456789012345678X", False),
        ("1345678901234567８9", False),
        ("0040856634", False),
    ],
)
def test_payment_codes_are_known_by_their_first_digits_and_length(text: str, expected: bool) -> None:
    assert is_payment_code(text) is expected
