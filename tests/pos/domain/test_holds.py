"""Holds as pure functions: out of the lots, to the meal, and the rest back into the same lots."""

from __future__ import annotations

from pos.domain.holds import hold_postings, release_postings
from pos.domain.ledger import BONUS, HELD, PRINCIPAL, LotUse, Posting

USES = (LotUse("old", 1_000, 100), LotUse("new", 500, 0))
HOLD = hold_postings("m", USES)


def test_a_hold_takes_out_of_each_lot_and_sets_the_sum_aside() -> None:
    assert (
        Posting(PRINCIPAL, 1_000, "m", "old"),
        Posting(BONUS, 100, "m", "old"),
        Posting(PRINCIPAL, 500, "m", "new"),
        Posting(HELD, -1_600, "m"),
    ) == HOLD


def test_a_release_is_the_hold_the_other_way_round() -> None:
    assert release_postings(HOLD) == tuple(
        Posting(one.account, -one.amount, one.member_id, one.lot_id) for one in HOLD
    )
