"""Money out as pure functions: which lot gives what, which bonus goes with it, and whose account it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.ledger import BONUS, BONUS_EXPENSE, PRINCIPAL, Lot, Posting, SpendOrder, spend
from pos.domain.refunds import (
    DAY_MS,
    PaidLot,
    account_tail,
    carve,
    forfeited,
    refund_postings,
    same_name,
    share_out,
)

NOW = 100 * DAY_MS


def after_meals(order: SpendOrder, *meals: int, principal: int = 20_000, bonus: int = 2_000) -> Lot:
    """What is left of a lot after these meals (fen), each taken by itself."""
    lot = Lot("lot", "m", principal, bonus, principal, bonus, order)
    for meal in meals:
        (use,) = spend((lot,), meal)
        lot = Lot(
            "lot", "m", principal, bonus, lot.principal_left - use.principal, lot.bonus_left - use.bonus, order
        )
    return lot


@pytest.mark.parametrize(
    ("order", "left", "gives"),
    [
        (SpendOrder.PRINCIPAL_FIRST, (13_400, 2_000), (13_400, 2_000)),
        (SpendOrder.BONUS_FIRST, (15_400, 0), (15_400, 0)),
        (SpendOrder.PRO_RATA, (14_000, 1_400), (14_000, 1_400)),
    ],
)
def test_of_200_and_20_after_66_eaten_the_order_of_the_lot_decides_what_goes_back(
    order: SpendOrder, left: tuple[int, int], gives: tuple[int, int]
) -> None:
    lot = after_meals(order, 1_000, 2_600, 3_000)

    (share,) = share_out([PaidLot(lot)], lot.principal_left, NOW, 7)

    assert (lot.principal_left, lot.bonus_left) == left
    assert (share.amount, share.forfeited) == gives
    assert (share.paid, share.bonus, share.eaten_principal, share.eaten_bonus) == (
        20_000,
        2_000,
        20_000 - left[0],
        2_000 - left[1],
    )


def test_after_22_meals_of_10_yuan_nothing_of_200_and_20_is_left_to_go_back() -> None:
    lot = after_meals(SpendOrder.PRO_RATA, *[1_000] * 22)

    assert (lot.principal_left, lot.bonus_left) == (0, 0)
    assert share_out([PaidLot(lot)], 0, NOW, 7, bonus_too=True) == ()


def test_the_newest_lot_gives_first_and_a_lot_of_seven_days_gives_freely() -> None:
    old = PaidLot(Lot("old", "m", 10_000, 0, 8_000, 0), paid_ms=NOW - 8 * DAY_MS)
    edge = PaidLot(Lot("edge", "m", 10_000, 1_000, 10_000, 1_000), paid_ms=NOW - 7 * DAY_MS)

    shares = share_out([old, edge], 12_000, NOW, 7)

    assert [(one.lot_id, one.amount, one.forfeited, one.free) for one in shares] == [
        ("edge", 10_000, 1_000, True),
        ("old", 2_000, 0, False),
    ]


def test_what_went_back_before_was_not_eaten() -> None:
    lot = Lot("lot", "m", 20_000, 2_000, 4_000, 400)

    (share,) = share_out([PaidLot(lot, gone_principal=10_000, gone_bonus=1_000)], 4_000, NOW, 7)

    assert (share.eaten_principal, share.eaten_bonus, share.gone_principal, share.gone_bonus) == (6_000, 600, 10_000, 1_000)


def test_at_the_end_of_an_account_bonus_without_principal_is_given_up_too() -> None:
    lot = Lot("lot", "m", 20_000, 2_000, 0, 2_000, SpendOrder.PRINCIPAL_FIRST)

    assert share_out([PaidLot(lot)], 0, NOW, 7) == ()
    (share,) = share_out([PaidLot(lot)], 0, NOW, 7, bonus_too=True)
    assert (share.amount, share.forfeited) == (0, 2_000)


def test_a_refund_takes_principal_out_and_gives_the_expense_its_bonus_back() -> None:
    lots = [PaidLot(Lot("a", "m", 20_000, 2_000, 20_000, 2_000)), PaidLot(Lot("b", "m", 5_000, 0, 5_000, 0), paid_ms=1)]

    postings = refund_postings("m", "drawer:A", share_out(lots, 15_000, NOW, 7))

    assert postings == (
        Posting(PRINCIPAL, 5_000, "m", "b"),
        Posting(PRINCIPAL, 10_000, "m", "a"),
        Posting(BONUS, 1_000, "m", "a"),
        Posting("drawer:A", -15_000),
        Posting(BONUS_EXPENSE, -1_000),
    )


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.data())
def test_M6_partial_refunds_and_the_rest_give_up_exactly_the_bonus_of_one_whole_refund(
    principal: int, bonus: int, data: st.DataObject
) -> None:
    lot, paid, given_up = Lot("lot", "m", principal, bonus, principal, bonus), 0, 0
    while lot.principal_left:
        part = data.draw(st.integers(1, lot.principal_left))
        lost = forfeited(lot, part)
        assert 0 <= lost <= lot.bonus_left
        paid, given_up = paid + part, given_up + lost
        lot = Lot("lot", "m", principal, bonus, lot.principal_left - part, lot.bonus_left - lost)

    assert (paid, given_up) == (principal, bonus if principal else 0)


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.data())
def test_what_is_handed_on_never_exceeds_either_part(principal: int, bonus: int, data: st.DataObject) -> None:
    lot = Lot("lot", "m", principal, bonus, principal, bonus)
    taken = data.draw(st.integers(0, principal + bonus)) if principal + bonus else 0

    moved = carve(lot, taken) if taken else (0, 0)

    assert sum(moved) == taken
    assert 0 <= moved[0] <= principal
    assert 0 <= moved[1] <= bonus


@pytest.mark.parametrize(
    ("holder", "name", "same"),
    [
        ("王秀英", "王秀英", True),
        (" 王 秀英 ", "王秀英", True),
        ("阿依古丽•买买提", "阿依古丽·买买提", True),
        ("LI MING", "li ming", True),
        ("王秀芳", "王秀英", False),
        ("", "王秀英", False),
    ],
)
def test_an_account_in_the_same_name_is_known_by_its_letters(holder: str, name: str, same: bool) -> None:
    assert same_name(holder, name) is same


@pytest.mark.parametrize(("account", "tail"), [("6222 0000 1234 5678", "5678"), ("１２３", "123"), (" ", "")])
def test_of_an_account_the_last_four_characters_are_kept(account: str, tail: str) -> None:
    assert account_tail(account) == tail
