"""The ledger: entries that sum to zero, a chain that notices every change, and lots that are spent to the last fen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.ledger import (
    GENESIS,
    Draft,
    EntryKind,
    Lot,
    LotUse,
    Posting,
    entry_number,
    remaining,
    reversed_postings,
    seal,
    spend,
    wallet_postings,
)


def lot_of(principal: int, bonus: int, lot_id: str = "lot") -> Lot:
    return Lot(lot_id, "m", principal, bonus, principal, bonus)


def after(lots: tuple[Lot, ...], uses: tuple[LotUse, ...], sign: int = 1) -> tuple[Lot, ...]:
    """The lots once these uses were taken out (or, with -1, put back), as the store keeps them."""
    taken = {use.lot_id: use for use in uses}
    return tuple(
        replace(
            lot,
            principal_left=lot.principal_left - sign * taken[lot.id].principal,
            bonus_left=lot.bonus_left - sign * taken[lot.id].bonus,
        )
        if lot.id in taken
        else lot
        for lot in lots
    )


def meals(lots: tuple[Lot, ...], amounts: list[int]) -> tuple[list[LotUse], tuple[Lot, ...]]:
    uses: list[LotUse] = []
    for amount in amounts:
        taken = spend(lots, amount)
        uses.extend(taken)
        lots = after(lots, taken)
    return uses, lots


# -- lots --------------------------------------------------------------------------------------------


def test_22_meals_of_10_yuan_take_200_and_20_exactly() -> None:
    uses, lots = meals((lot_of(20_000, 2_000),), [1_000] * 22)

    assert sorted(use.principal for use in uses) == [909] * 20 + [910] * 2
    assert (sum(use.principal for use in uses), sum(use.bonus for use in uses)) == (20_000, 2_000)
    assert [(lot.principal_left, lot.bonus_left) for lot in lots] == [(0, 0)]


def test_66_yuan_of_200_and_20_leave_140_and_14() -> None:
    _, lots = meals((lot_of(20_000, 2_000),), [6_600])

    assert [(lot.principal_left, lot.bonus_left) for lot in lots] == [(14_000, 1_400)]


def test_the_oldest_lot_is_emptied_before_the_next_is_touched() -> None:
    lots = (lot_of(500, 0, "old"), lot_of(10_000, 1_000, "new"), lot_of(700, 0, "newest"))

    uses = spend(lots, 600 + 1_000)

    assert uses == (LotUse("old", 500, 0), LotUse("new", 1_000, 100))


def test_an_empty_lot_is_passed_by() -> None:
    empty = replace(lot_of(500, 50, "empty"), principal_left=0, bonus_left=0)

    assert spend((empty, lot_of(900, 0, "full")), 900) == (LotUse("full", 900, 0),)


def test_a_meal_that_is_free_takes_nothing() -> None:
    assert spend((lot_of(500, 50),), 0) == ()


def test_more_than_the_lots_hold_is_a_bug_not_a_debt() -> None:
    with pytest.raises(AssertionError, match="what its balance says"):
        spend((lot_of(500, 50),), 551)


@given(st.integers(1, 50_000), st.integers(0, 50_000), st.lists(st.integers(1, 3_000), max_size=40))
def test_the_principal_spent_so_far_is_always_the_rounded_share(principal: int, bonus: int, wishes: list[int]) -> None:
    lots: tuple[Lot, ...] = (lot_of(principal, bonus),)
    spent = spent_principal = 0
    for wish in wishes:
        amount = min(wish, principal + bonus - spent)
        taken = spend(lots, amount)
        lots = after(lots, taken)
        spent += amount
        spent_principal += sum(use.principal for use in taken)

        exact = Fraction(spent * principal, principal + bonus)
        assert abs(spent_principal - exact) <= Fraction(1, 2)


lots_strategy = st.lists(
    st.tuples(st.integers(0, 30_000), st.integers(0, 30_000)).filter(any), min_size=1, max_size=4
).map(lambda pairs: tuple(lot_of(principal, bonus, str(number)) for number, (principal, bonus) in enumerate(pairs)))


# Few fen in a lot and one or two a meal: there undoing leads furthest away from the even share.
tiny_lots = st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(any).map(lambda pair: (lot_of(*pair),))


@example((lot_of(1, 4),), [(False, 0)] * 3 + [(True, 0), (True, 0), (False, 0)])
@example((lot_of(2, 2),), [(False, 0)] * 4 + [(True, 0), (True, 1), (False, 0)])
@given(tiny_lots, st.lists(st.tuples(st.booleans(), st.integers(0, 99)), max_size=40))
def test_fen_by_fen_with_undos_between_a_lot_is_never_overdrawn(lots: tuple[Lot, ...], moves: list[tuple[bool, int]]) -> None:
    done: list[tuple[LotUse, ...]] = []
    for undoing, pick in moves:
        left = lots[0].principal_left + lots[0].bonus_left
        if undoing and done:
            lots = after(lots, done.pop(pick % len(done)), sign=-1)
        elif left:
            done.append(spend(lots, 1 + pick % min(2, left)))
            lots = after(lots, done[-1])
        assert all(use.principal >= 0 and use.bonus >= 0 for uses in done for use in uses)
        assert all(0 <= lot.principal_left <= lot.principal and 0 <= lot.bonus_left <= lot.bonus for lot in lots)

    (use,) = spend(lots, lots[0].principal_left + lots[0].bonus_left) or (LotUse("lot", 0, 0),)

    assert (use.principal, use.bonus) == (lots[0].principal_left, lots[0].bonus_left)


@given(lots_strategy, st.data())
def test_spending_and_undoing_in_any_order_loses_and_makes_no_fen(lots: tuple[Lot, ...], data: st.DataObject) -> None:
    full = lots
    done: list[tuple[LotUse, ...]] = []
    for _ in range(data.draw(st.integers(0, 25))):
        left = sum(lot.principal_left + lot.bonus_left for lot in lots)
        undoing: bool = data.draw(st.booleans())
        if done and undoing:
            lots = after(lots, done.pop(data.draw(st.integers(0, len(done) - 1))), sign=-1)
        elif left:
            amount = data.draw(st.integers(1, left))
            uses = spend(lots, amount)
            assert sum(use.principal + use.bonus for use in uses) == amount
            assert all(use.principal >= 0 and use.bonus >= 0 for use in uses)
            lots = after(lots, uses)
            done.append(uses)
        assert all(0 <= lot.principal_left <= lot.principal and 0 <= lot.bonus_left <= lot.bonus for lot in lots)

    rest = sum(lot.principal_left + lot.bonus_left for lot in lots)
    last = spend(lots, rest)
    taken = [use for uses in (*done, last) for use in uses]

    assert sum(use.principal for use in taken) == sum(lot.principal for lot in full)
    assert sum(use.bonus for use in taken) == sum(lot.bonus for lot in full)
    assert all((lot.principal_left, lot.bonus_left) == (0, 0) for lot in after(lots, last))


def test_undoing_every_meal_gives_back_every_fen() -> None:
    full = (lot_of(20_000, 2_000, "a"), lot_of(333, 7, "b"))
    first = spend(full, 1_234)
    second = spend(after(full, first), 20_900)

    lots = after(after(after(after(full, first), second), first, sign=-1), second, sign=-1)

    assert lots == full


def test_a_meal_after_undone_ones_brings_the_lot_back_to_its_share() -> None:
    uses, lots = meals((lot_of(20_000, 2_000),), [1_000] * 22)
    dear = [use for use in uses if use.principal == 910]
    lots = after(after(lots, (dear[0],), sign=-1), (dear[1],), sign=-1)

    _, lots = meals(lots, [1_000])

    assert [(lot.principal_left, lot.bonus_left) for lot in lots] == [(909, 91)]


def test_what_a_meal_took_is_debited_lot_by_lot_and_nothing_is_debited_with_nothing() -> None:
    uses = (LotUse("a", 500, 0), LotUse("b", 910, 90), LotUse("c", 0, 5))

    assert wallet_postings("m", uses) == (
        Posting("principal", 500, "m", "a"),
        Posting("principal", 910, "m", "b"),
        Posting("bonus", 90, "m", "b"),
        Posting("bonus", 5, "m", "c"),
    )


# -- entries -----------------------------------------------------------------------------------------

POSTINGS = (Posting("principal", 909, "m", "lot"), Posting("bonus", 91, "m", "lot"), Posting("revenue:set_meal", -1_000))
DRAFT = Draft("id", EntryKind.SALE, date(2026, 11, 23), 1_795_000_000_000, "shift", "staff", POSTINGS)


@pytest.mark.parametrize(
    ("postings", "rule"),
    [
        ((), "two postings"),
        ((Posting("safe", 0),), "two postings"),
        ((Posting("safe", 5), Posting("drawer:A", -4)), "sum to zero"),
        ((Posting("principal", 5), Posting("drawer:A", -5)), "name their member"),
        ((Posting("safe", 5, "m"), Posting("drawer:A", -5)), "name their member"),
    ],
)
def test_an_entry_that_makes_or_loses_money_is_never_drafted(postings: tuple[Posting, ...], rule: str) -> None:
    with pytest.raises(AssertionError, match=rule):
        replace(DRAFT, postings=postings)


def test_a_reversal_posts_the_same_the_other_way_round() -> None:
    reverse = reversed_postings(POSTINGS)

    assert [(one.account, one.amount + other.amount) for one, other in zip(POSTINGS, reverse, strict=True)] == [
        ("principal", 0),
        ("bonus", 0),
        ("revenue:set_meal", 0),
    ]
    assert reversed_postings(reverse) == POSTINGS


CHANGES: list[Callable[[Draft], Draft]] = [
    lambda draft: replace(draft, id="other"),
    lambda draft: replace(draft, kind=EntryKind.REVERSAL),
    lambda draft: replace(draft, business_date=date(2026, 11, 24)),
    lambda draft: replace(draft, at_ms=draft.at_ms + 1),
    lambda draft: replace(draft, shift_id="other"),
    lambda draft: replace(draft, staff_id="other"),
    lambda draft: replace(draft, reverses="id"),
    lambda draft: replace(draft, postings=draft.postings[::-1]),
    lambda draft: replace(draft, postings=(*draft.postings, Posting("safe", 0))),
    lambda draft: replace(draft, postings=(replace(draft.postings[0], amount=910), replace(draft.postings[1], amount=90), draft.postings[2])),
    lambda draft: replace(draft, postings=(replace(draft.postings[0], member_id="n"), *draft.postings[1:])),
    lambda draft: replace(draft, postings=(replace(draft.postings[0], lot_id="other"), *draft.postings[1:])),
    lambda draft: replace(draft, postings=(*draft.postings[:2], replace(draft.postings[2], account="revenue:meat"))),
]


@pytest.mark.parametrize("change", CHANGES)
def test_changing_anything_in_an_entry_changes_its_hash(change: Callable[[Draft], Draft]) -> None:
    assert seal(change(DRAFT), "A", 1, 1, GENESIS).hash != seal(DRAFT, "A", 1, 1, GENESIS).hash


@pytest.mark.parametrize(("till", "epoch", "seq", "prev_hash"), [("B", 1, 1, GENESIS), ("A", 2, 1, GENESIS), ("A", 1, 2, GENESIS), ("A", 1, 1, "1" * 64)])
def test_changing_the_place_of_an_entry_changes_its_hash(till: str, epoch: int, seq: int, prev_hash: str) -> None:
    assert seal(DRAFT, till, epoch, seq, prev_hash).hash != seal(DRAFT, "A", 1, 1, GENESIS).hash


def test_two_fields_that_read_alike_when_joined_have_two_hashes() -> None:
    one, other = replace(DRAFT, shift_id='a","b', staff_id="c"), replace(DRAFT, shift_id="a", staff_id='b","c')

    assert seal(one, "A", 1, 1, GENESIS).hash != seal(other, "A", 1, 1, GENESIS).hash


def test_a_hash_stays_what_it_was_when_it_was_printed() -> None:
    entry = seal(DRAFT, "A", 1, 42, GENESIS)

    # A paper in a drawer carries this value: changing how it is made would break every chain ever begun.
    assert (entry.number, entry.prev_hash, entry.hash) == (
        "A-1-000042",
        GENESIS,
        "5315b9c002116668f239c1e688231a4de0bcd91c808e750c8a4749691319f488",
    )


def test_a_number_tells_till_epoch_and_sequence() -> None:
    assert [entry_number("A", 1, 7), entry_number("till-2", 12, 1_234_567)] == ["A-1-000007", "till-2-12-1234567"]


def test_what_remains_of_lots_is_what_the_next_meal_spends() -> None:
    lots = (Lot("a", "m", 1_000, 100, 1_000, 100), Lot("b", "m", 2_000, 0, 2_000, 0))

    once = remaining(lots, spend(lots, 1_500))

    assert once == (Lot("b", "m", 2_000, 0, 1_600, 0),)
    assert remaining(once, spend(once, 1_600)) == ()
