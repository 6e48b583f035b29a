"""Which published set holds when, and ids that nobody has."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.tariff.timeline import Published, Span, free_id, spans


def published(seq: int, first: date, last: date | None = None) -> Published:
    return Published(seq, f"set-{seq}", "", first, last, "", "周敏", 0)


NEW_YEAR, MAY, JULY, OCTOBER = (date(2026, month, 1) for month in (1, 5, 7, 10))


def test_a_set_holds_until_a_later_one_begins() -> None:
    found = spans((published(1, NEW_YEAR), published(2, JULY)))

    assert found == (Span(1, NEW_YEAR, date(2026, 6, 30)), Span(2, JULY, None))


def test_after_a_set_that_ends_the_one_before_it_holds_again() -> None:
    found = spans((published(1, NEW_YEAR), published(2, MAY, date(2026, 5, 7))))

    assert found == (Span(1, NEW_YEAR, date(2026, 4, 30)), Span(2, MAY, date(2026, 5, 7)), Span(1, date(2026, 5, 8), None))


def test_the_set_published_last_holds_though_it_begins_earlier() -> None:
    found = spans((published(1, JULY), published(2, NEW_YEAR)))

    assert found == (Span(2, NEW_YEAR, None),)


def test_days_without_a_set_belong_to_none() -> None:
    found = spans((published(1, NEW_YEAR, date(2026, 1, 31)), published(2, OCTOBER, OCTOBER)))

    assert found == (Span(1, NEW_YEAR, date(2026, 1, 31)), Span(2, OCTOBER, OCTOBER))


@pytest.mark.parametrize(
    ("wanted", "taken", "free"),
    [
        ("putuo", (), "putuo"),
        ("putuo", ("putuo",), "putuo-2"),
        ("putuo", ("putuo", "putuo-2"), "putuo-3"),
        ("putuo-2", ("putuo", "putuo-2"), "putuo-3"),
        ("putuo-2026", ("putuo-2026",), "putuo-2026-2"),
    ],
)
def test_an_id_that_is_taken_gets_a_number(wanted: str, taken: tuple[str, ...], free: str) -> None:
    assert free_id(wanted, taken) == free
