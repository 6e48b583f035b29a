"""Sales: every sale posts what its bill says, and shows the change and the balances that belong to it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.ledger import LotUse, Posting
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Basket, BasketItem, Circumstances, Person, Tender, Usage, Way, price
from pos.domain.sales import LONGEST_REFERENCE, Payment, Sale, kept_reference, sale_postings
from pos.domain.tariff import Tariff, parse_tariff
from pos.services.practice import TARIFF

DAY = date(2026, 11, 23)
LUNCH = Circumstances(DAY, Meal.LUNCH)
SET_MEAL = BasketItem("set", "一荤两素套餐", DishKind.SET_MEAL, 1_200, 1)
RICE = BasketItem("rice", "米饭", DishKind.STAPLE, 100, 2)
SOUP = BasketItem("soup", "汤", DishKind.SOUP, 0, 1)
EIGHTY_TWO = Person(date(1944, 1, 1))


def rules() -> Tariff:
    return parse_tariff(TARIFF)


def sale_of(payment: Payment, basket: Basket = (SET_MEAL,)) -> Sale:
    bill = price(basket, Person(), LUNCH, Usage())
    return Sale(
        "s", "A-1-000001", DAY, Meal.LUNCH, Way.DINE_IN, 0, "A", "shift", "staff", "周敏", "m", "王䶮", "6634", bill, payment
    )


def test_a_sale_by_card_takes_the_diners_share_from_the_lots_and_the_rest_from_the_payers() -> None:
    bill = price((SET_MEAL, RICE), EIGHTY_TWO, LUNCH, Usage(), rules())

    postings = sale_postings(bill, Tender.CARD, "A", "m", (LotUse("lot", 809, 81),))

    assert postings == (
        Posting("canteen_discount", 210),
        Posting("receivable:city", 200),
        Posting("receivable:district", 100),
        Posting("principal", 809, "m", "lot"),
        Posting("bonus", 81, "m", "lot"),
        Posting("revenue:set_meal", -1_200),
        Posting("revenue:staple", -200),
    )


@pytest.mark.parametrize(
    ("tender", "account"),
    [(Tender.CASH, "drawer:A"), (Tender.WECHAT, "clearing:wechat"), (Tender.ALIPAY, "clearing:alipay"), (Tender.BANK, "clearing:bank")],
)
def test_a_walk_in_pays_into_the_drawer_or_on_its_way_to_the_bank(tender: Tender, account: str) -> None:
    bill = price((SET_MEAL,), Person(), LUNCH, Usage())

    assert sale_postings(bill, tender, "A", None, ()) == (Posting(account, 1_200), Posting("revenue:set_meal", -1_200))


def test_dishes_of_a_kind_are_one_posting_and_what_is_free_is_none() -> None:
    two_portions = BasketItem("other", "两荤两素套餐", DishKind.SET_MEAL, 1_500, 2)
    bill = price((SET_MEAL, SOUP, two_portions), Person(), LUNCH, Usage())

    assert sale_postings(bill, Tender.CASH, "A", None, ()) == (Posting("drawer:A", 4_200), Posting("revenue:set_meal", -4_200))


def test_a_meal_that_others_pay_whole_takes_nothing_from_the_diner() -> None:
    bill = price((RICE,), EIGHTY_TWO, LUNCH, Usage(), rules())

    postings = sale_postings(bill, Tender.CASH, "A", "m", ())

    assert postings == (Posting("canteen_discount", 30), Posting("receivable:city", 170), Posting("revenue:staple", -200))


@given(
    st.lists(st.builds(BasketItem, st.just("d"), st.just("菜"), st.sampled_from(DishKind), st.integers(0, 3_000), st.integers(1, 9)), max_size=5).map(tuple),
    st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    st.sampled_from([Tender.CASH, Tender.WECHAT, Tender.CARD]),
)
def test_M12_the_postings_of_any_sale_sum_to_zero(basket: Basket, born: date, tender: Tender) -> None:
    bill = price(basket, Person(born), LUNCH, Usage(), rules())
    uses = (LotUse("lot", bill.due - bill.due // 11, bill.due // 11),)

    postings = sale_postings(bill, tender, "A", "m", uses)

    assert sum(posting.amount for posting in postings) == 0
    assert all(posting.amount for posting in postings)


def test_change_is_what_was_given_over_what_was_due() -> None:
    cash = [sale_of(Payment(Tender.CASH, given=given)).change for given in (1_200, 2_000, 10_000)]

    assert cash == [0, 800, 8_800]


def test_only_cash_has_change() -> None:
    assert sale_of(Payment(Tender.WECHAT, given=2_000)).change == 0


def test_the_balance_before_is_the_balance_after_and_what_was_taken() -> None:
    sale = sale_of(Payment(Tender.CARD, principal=1_091, bonus=109, principal_after=8_909, bonus_after=891))

    assert (sale.balance_before, sale.balance_after) == (11_000, 9_800)


# Payment codes: WeChat has 18 digits from 10 to 15, Alipay 16 to 24 from 25 to 30.
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("  尾号 1234  ", "尾号 1234"),
        ("13800009999", "13800009999"),
        ("134567890123456789", "6789"),
        ("1345 6789 0123 4567 89", "6789"),
        ("1345-6789-0123-4567-8 9", "6789"),
        ("１３４５６７８９０１２３４５６７８９", "6789"),
        ("2512345678901234", "1234"),
        ("281234567890123456789012", "9012"),
        ("134567890123456789134567890123456789", "6789"),
        ("微信134567890123456789老王", "微信6789老王"),
        ("11010519491231002X", "1002X"),
        ("收\n款\t码", "收 款 码"),
    ],
)
def test_of_a_payment_code_only_the_last_four_digits_are_kept(typed: str, kept: str) -> None:
    assert kept_reference(typed) == kept


def test_a_note_is_kept_to_its_length() -> None:
    assert kept_reference("微" * 100) == "微" * LONGEST_REFERENCE


def test_cutting_a_note_never_leaves_half_a_code_in_clear() -> None:
    kept = kept_reference("微" * (LONGEST_REFERENCE - 10) + "134567890123456789")

    assert kept == "微" * (LONGEST_REFERENCE - 10) + "6789"
