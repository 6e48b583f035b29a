"""The code of a stop: read back whatever the scanner's keyboard does, refused where it is another's or none."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.stop_codes import NotAStop, OtherCanteen, read_stop_code, stop_code

MARK = "1a2b3c4d"
RESERVATION = "6f1c8a52-3b0e-4c55-9d0a-0f6f2f6f7a11"


def test_a_code_holds_the_canteens_mark_and_the_reservation_and_nothing_else() -> None:
    assert stop_code(MARK, RESERVATION) == "STOP-1A2B3C4D-6F1C8A52-3B0E-4C55-9D0A-0F6F2F6F7A11"


@given(st.uuids(), st.integers(0, 16**8 - 1))
def test_a_code_is_read_back(reservation: UUID, number: int) -> None:
    mark = f"{number:08x}"

    assert read_stop_code(stop_code(mark, str(reservation)), mark) == str(reservation)


@pytest.mark.parametrize(
    "typed",
    [
        "stop-1a2b3c4d-6f1c8a52-3b0e-4c55-9d0a-0f6f2f6f7a11",
        "sTOP-1a2B3C4D-6F1C8A52-3B0E-4C55-9D0A-0F6F2F6F7A11\r\n",
        "ＳＴＯＰ－１Ａ２Ｂ３Ｃ４Ｄ－６Ｆ１Ｃ８Ａ５２－３Ｂ０Ｅ－４Ｃ５５－９Ｄ０Ａ－０Ｆ６Ｆ２Ｆ６Ｆ７Ａ１１",
    ],
)
def test_caps_lock_line_ends_and_full_width_letters_change_nothing(typed: str) -> None:
    assert read_stop_code(typed, MARK) == RESERVATION


def test_another_canteens_stop_is_told_from_a_code_that_is_none() -> None:
    with pytest.raises(OtherCanteen):
        read_stop_code(stop_code("ffffffff", RESERVATION), MARK)


@pytest.mark.parametrize("text", ["", "STOP", "STOP-1A2B3C4D", "STOP-1A2B3C4D-", "STOP-1A2B3C4-X", "A-1-000042", "6922711001234", "西红柿"])
def test_what_is_no_stop_is_refused(text: str) -> None:
    with pytest.raises(NotAStop):
        read_stop_code(text, MARK)


@pytest.mark.parametrize(("mark", "reservation"), [("1A2B3C4D", "r"), ("1a2b", "r"), (MARK, "R-1"), (MARK, "r 1")])
def test_a_code_that_would_not_be_read_back_is_never_made(mark: str, reservation: str) -> None:
    with pytest.raises(AssertionError):
        stop_code(mark, reservation)
