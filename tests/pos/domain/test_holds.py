"""Holds as pure functions: out of the lots, to the meal, and the rest back into the same lots."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.holds import hold_postings, release_postings, settle_postings, uses_of
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
    assert uses_of(HOLD) == USES


def test_a_release_is_the_hold_the_other_way_round() -> None:
    assert release_postings(HOLD) == tuple(
        Posting(one.account, -one.amount, one.member_id, one.lot_id) for one in HOLD
    )


def test_a_meal_that_costs_what_was_held_takes_all_of_it() -> None:
    others = (Posting("receivable:city", 300), Posting("revenue:meat", -1_900))

    assert settle_postings("m", HOLD, others) == (Posting(HELD, 1_600, "m"), *others)


def test_what_a_cheaper_meal_leaves_goes_back_into_the_newer_lots_first() -> None:
    others = (Posting("revenue:meat", -550),)

    assert settle_postings("m", HOLD, others) == (
        Posting(HELD, 1_600, "m"),
        Posting(PRINCIPAL, -500, "m", "old"),
        Posting(BONUS, -50, "m", "old"),
        Posting(PRINCIPAL, -500, "m", "new"),
        *others,
    )


@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 500)), min_size=1, max_size=4), st.data())
def test_nothing_is_lost_between_hold_and_meal(parts: list[tuple[int, int]], data: st.DataObject) -> None:
    uses = tuple(LotUse(str(n), *part) for n, part in enumerate(parts) if sum(part))
    held = sum(use.principal + use.bonus for use in uses)
    due = data.draw(st.integers(0, held))

    postings = settle_postings("m", hold_postings("m", uses), (Posting("revenue:meat", -due),))

    back = {(one.lot_id, one.account): -one.amount for one in postings if one.lot_id}
    assert sum(one.amount for one in postings) == 0
    assert all(
        0 <= back.get((use.lot_id, account), 0) <= most
        for use in uses
        for account, most in ((PRINCIPAL, use.principal), (BONUS, use.bonus))
    )
