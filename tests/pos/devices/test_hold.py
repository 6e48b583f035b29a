"""A card that lies on the reader is one event; another card is never kept waiting."""

from __future__ import annotations

from pos.devices.hold import Hold
from pos.domain.cards import CardUid

ANN = CardUid("01026F6C3A")
BEN = CardUid("3C00CE754C")


def events(frames: list[tuple[int, CardUid]]) -> list[tuple[int, CardUid]]:
    hold = Hold()
    return [(at_ms, uid) for at_ms, uid in frames if hold.passes(uid, at_ms)]


def test_M4_a_card_on_the_reader_for_30_s_with_repeats_every_60_ms_is_one_event() -> None:
    frames = [(at_ms, ANN) for at_ms in range(0, 30_000, 60)]

    assert events(frames) == [(0, ANN)]


def test_M4_a_flicker_below_one_second_is_not_a_second_event() -> None:
    frames = [(at_ms, ANN) for at_ms in range(0, 30_000, 999)]

    assert events(frames) == [(0, ANN)]


def test_the_same_card_is_an_event_again_after_one_second_without_any_frame_of_it() -> None:
    frames = [(0, ANN), (60, ANN), (1059, ANN), (2059, ANN)]

    assert events(frames) == [(0, ANN), (2059, ANN)]


def test_another_card_passes_at_once() -> None:
    frames = [(0, ANN), (60, ANN), (61, BEN)]

    assert events(frames) == [(0, ANN), (61, BEN)]


def test_M4_two_cards_that_lie_together_are_two_events_and_not_a_stream() -> None:
    frames = [(at_ms, ANN if at_ms % 120 else BEN) for at_ms in range(0, 30_000, 60)]

    assert events(frames) == [(0, BEN), (60, ANN)]


def test_another_card_does_not_end_the_hold_of_the_first() -> None:
    frames = [(0, ANN), (500, BEN), (900, ANN), (2000, ANN), (2001, BEN)]

    assert events(frames) == [(0, ANN), (500, BEN), (2000, ANN), (2001, BEN)]


def test_both_forms_of_one_card_hold_each_other() -> None:
    frames = [(0, ANN), (10, CardUid(ANN.tail)), (20, ANN), (30, CardUid("02" + ANN.tail))]

    assert events(frames) == [(0, ANN), (30, CardUid("02" + ANN.tail))]


def test_cards_of_long_ago_are_forgotten() -> None:
    hold = Hold()
    for number in range(100):
        hold.passes(CardUid(f"{number:08X}"), at_ms=number)

    hold.passes(ANN, at_ms=5000)

    assert repr(vars(hold)).count("CardUid") == 1
