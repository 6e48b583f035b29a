"""Shifts: where the float comes from and where the counted cash goes."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.ledger import CASH_DIFFERENCE, SAFE, Posting, drawer
from pos.domain.shifts import Shift, count_postings, float_postings

DRAWER = drawer("A")


def test_a_float_is_carried_from_the_safe_to_the_drawer() -> None:
    assert float_postings("A", 20_000) == (Posting(DRAWER, 20_000), Posting(SAFE, -20_000))


@pytest.mark.parametrize(
    ("expected", "counted", "postings"),
    [
        (9_500, 9_500, (Posting(DRAWER, -9_500), Posting(SAFE, 9_500))),
        (9_500, 9_400, (Posting(DRAWER, -9_500), Posting(SAFE, 9_400), Posting(CASH_DIFFERENCE, 100))),
        (9_500, 9_600, (Posting(DRAWER, -9_500), Posting(SAFE, 9_600), Posting(CASH_DIFFERENCE, -100))),
        (9_500, 0, (Posting(DRAWER, -9_500), Posting(CASH_DIFFERENCE, 9_500))),
        (0, 300, (Posting(SAFE, 300), Posting(CASH_DIFFERENCE, -300))),
    ],
)
def test_a_count_empties_the_drawer_and_books_the_difference(
    expected: int, counted: int, postings: tuple[Posting, ...]
) -> None:
    actual = count_postings("A", expected, counted)

    assert actual == postings
    assert sum(posting.amount for posting in actual) == 0


def test_the_difference_is_counted_minus_expected() -> None:
    shift = Shift("s", "A", date(2026, 11, 23), "p", "周敏", 0, 20_000)

    closed = Shift("s", "A", date(2026, 11, 23), "p", "周敏", 0, 20_000, 1, "周敏", expected=9_500, counted=9_400)

    assert (shift.difference, closed.difference) == (0, -100)
