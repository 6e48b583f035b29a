"""Pricing: a pure function whose lines always sum to the list price, and whose examples are those of real cities."""

from __future__ import annotations

import time
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.members import AgeStarts
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import (
    CANTEEN,
    DINER,
    Basket,
    BasketItem,
    Bill,
    BillLine,
    Circumstances,
    Person,
    Reason,
    ReasonCode,
    Tender,
    Usage,
    Way,
    price,
)
from pos.domain.tariff import LIST_PRICE, Subsidy, Tariff, Tier

TODAY = date(2026, 11, 23)
LUNCH = Circumstances(TODAY, Meal.LUNCH)
PAYERS = {"city": "市民政局", "district": "区民政局", "town": "街道"}


def tariff_of(*tiers: Tier, age_starts: AgeStarts = AgeStarts.BIRTHDAY) -> Tariff:
    return Tariff("t-1", "幸福食堂", date(2026, 1, 1), None, age_starts, tiers, PAYERS)


def meal_of(amount: int) -> Basket:
    return (BasketItem("set", "套餐", DishKind.SET_MEAL, amount, 1),)


def aged(years: int) -> Person:
    return Person(date(TODAY.year - years, 1, 1))


def parts_of(bill: Bill) -> list[tuple[str, int]]:
    return [(line.payer, line.amount) for line in bill.lines]


subsidies_of = st.lists(
    st.builds(Subsidy, st.sampled_from(sorted(PAYERS)), st.integers(1, 2_000)), max_size=3, unique_by=lambda one: one.payer
).map(tuple)
tiers = st.builds(
    Tier,
    rule=st.just("any"),
    age_from=st.integers(0, 60),
    age_to=st.integers(60, 150),
    discount_bp=st.integers(0, 100).map(lambda percent: percent * 100),
    subsidies=subsidies_of,
    per_meal=st.integers(1, 3),
)
tariffs = st.one_of(st.just(LIST_PRICE), st.builds(tariff_of, tiers, age_starts=st.sampled_from(AgeStarts)))
items = st.builds(
    BasketItem,
    dish_id=st.text(max_size=3),
    name=st.just("菜"),
    kind=st.sampled_from(DishKind),
    unit_price=st.integers(0, 5_000),
    quantity=st.integers(1, 99),
)
baskets = st.lists(items, max_size=6).map(tuple)
people = st.builds(Person, st.none() | st.dates(date(1910, 1, 1), date(2026, 11, 23)))
usages = st.builds(Usage, st.integers(0, 4))
moments = st.builds(Circumstances, st.just(TODAY), st.sampled_from(Meal), st.sampled_from(Way), st.sampled_from(Tender))


@given(baskets, people, moments, usages, tariffs)
def test_M12_the_diner_the_payers_and_the_canteen_pay_the_list_price_together(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    bill = price(basket, person, when, usage, tariff)

    assert sum(amount for _, amount in parts_of(bill)) == sum(item.unit_price * item.quantity for item in basket)
    assert bill.due + sum(line.amount for line in bill.helped) == bill.list_price


@given(baskets, people, moments, usages, tiers)
def test_nobody_pays_less_than_nothing_and_no_payer_more_than_promised(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tier: Tier
) -> None:
    bill = price(basket, person, when, usage, tariff_of(tier))

    promised = {subsidy.payer: subsidy.amount for subsidy in tier.subsidies} | {CANTEEN: bill.list_price}
    assert bill.due >= 0
    assert all(0 < line.amount <= promised[line.payer] for line in bill.helped)
    assert [line.claimable for line in bill.lines] == [line.payer in PAYERS for line in bill.lines]


@given(baskets, people, moments, usages, tariffs)
def test_the_same_facts_give_the_same_bill(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    reordered = Tariff(
        tariff.id, tariff.title, tariff.valid_from, tariff.valid_to, tariff.age_starts, tariff.tiers,
        dict(reversed(list(tariff.payers.items()))),
    )  # fmt: skip

    bills = [price(basket, person, when, usage, rules) for rules in (tariff, tariff, reordered)]

    assert bills[0] == bills[1] == bills[2]


@given(baskets, people, moments, usages, tariffs)
def test_help_never_makes_a_meal_dearer(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    assert price(basket, person, when, usage, tariff).due <= price(basket, Person(), when, Usage(), tariff).due


@given(baskets, people, usages, tariffs, st.randoms())
def test_the_order_of_the_dishes_changes_nobodys_part(
    basket: Basket, person: Person, usage: Usage, tariff: Tariff, random: Random
) -> None:
    shuffled = list(basket)
    random.shuffle(shuffled)

    assert parts_of(price(tuple(shuffled), person, LUNCH, usage, tariff)) == parts_of(price(basket, person, LUNCH, usage, tariff))


def test_M9_a_third_off_ten_thousand_meals_leaves_no_residue() -> None:
    tariff = tariff_of(Tier("60+", 60, 150, 3_300, (Subsidy("city", 33),)))
    books: dict[str, int] = {}
    for amount in range(10_000):
        for payer, part in parts_of(price(meal_of(amount), aged(70), LUNCH, Usage(), tariff)):
            books[payer] = books.get(payer, 0) + part

    assert sum(books.values()) == sum(range(10_000))
    assert books[CANTEEN] == sum((33 * amount + 50) // 100 for amount in range(10_000))


def test_a_price_never_looks_at_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    tariff = tariff_of(Tier("60+", 60, 150, 1_000))
    before = price(meal_of(1_000), aged(70), LUNCH, Usage(), tariff)

    def broken() -> float:
        raise AssertionError

    for name in ("time", "time_ns", "localtime", "gmtime", "monotonic"):
        monkeypatch.setattr(time, name, broken)
    after = price(meal_of(1_000), aged(70), LUNCH, Usage(), tariff)

    assert after == before


def test_the_bill_explains_itself_line_by_line() -> None:
    tariff = tariff_of(Tier("80+", 80, 150, 1_500, (Subsidy("city", 200), Subsidy("district", 100))))

    bill = price(meal_of(2_000), aged(82), LUNCH, Usage(), tariff)

    facts: dict[str, int | str] = {"age": 82, "age_from": 80, "age_to": 150}
    assert bill == Bill(
        meal_of(2_000),
        (
            BillLine(CANTEEN, 300, False, "80+", "t-1", Reason(ReasonCode.AGE_DISCOUNT, facts | {"percent": 15})),
            BillLine("city", 200, True, "80+", "t-1", Reason(ReasonCode.AGE_SUBSIDY, facts | {"payer_name": "市民政局"})),
            BillLine("district", 100, True, "80+", "t-1", Reason(ReasonCode.AGE_SUBSIDY, facts | {"payer_name": "区民政局"})),
            BillLine(DINER, 1_400, False, "", "t-1", Reason(ReasonCode.OWN_SHARE)),
        ),
    )
    assert (bill.list_price, bill.due, bill.subsidised, len(bill.helped)) == (2_000, 1_400, True, 3)


XIANGYANG = tariff_of(Tier("60-79", 60, 79, 2_000), Tier("80-89", 80, 89, 2_500), Tier("90+", 90, 150, 10_000))
ZENGCHENG = tariff_of(Tier("60-79", 60, 79, 0, (Subsidy("city", 300), Subsidy("district", 300), Subsidy("town", 100))))
SHENZHEN = tariff_of(Tier("70-99", 70, 99, 0, (Subsidy("city", 500),)))
HARDSHIP = tariff_of(Tier("60+", 60, 150, 0, (Subsidy("city", 1_500),)))


# Real tables of domain.md 1.2, as worked out in its section 9.
@pytest.mark.parametrize(
    ("tariff", "years", "amount", "parts"),
    [
        (XIANGYANG, 59, 1_000, [(DINER, 1_000)]),
        (XIANGYANG, 65, 1_000, [(CANTEEN, 200), (DINER, 800)]),
        (XIANGYANG, 85, 1_000, [(CANTEEN, 250), (DINER, 750)]),
        (XIANGYANG, 91, 1_000, [(CANTEEN, 1_000), (DINER, 0)]),
        (ZENGCHENG, 65, 1_200, [("city", 300), ("district", 300), ("town", 100), (DINER, 500)]),
        (ZENGCHENG, 65, 650, [("city", 300), ("district", 300), ("town", 50), (DINER, 0)]),
        (ZENGCHENG, 65, 300, [("city", 300), (DINER, 0)]),
        (SHENZHEN, 72, 1_250, [("city", 500), (DINER, 750)]),
        (HARDSHIP, 72, 1_250, [("city", 1_250), (DINER, 0)]),
        (HARDSHIP, 72, 0, [(DINER, 0)]),
    ],
)
def test_real_tables_of_cities(tariff: Tariff, years: int, amount: int, parts: list[tuple[str, int]]) -> None:
    assert parts_of(price(meal_of(amount), aged(years), LUNCH, Usage(), tariff)) == parts


@pytest.mark.parametrize(("percent", "amount", "discount"), [(15, 1_350, 203), (15, 1_350 * 2, 405), (25, 990, 248), (1, 49, 0), (1, 50, 1)])
def test_a_discount_is_rounded_once_per_meal(percent: int, amount: int, discount: int) -> None:
    bill = price(meal_of(amount), aged(70), LUNCH, Usage(), tariff_of(Tier("60+", 60, 150, percent * 100)))

    assert amount - bill.due == discount


def test_a_second_subsidised_meal_keeps_the_discount_and_says_why_nobody_else_pays() -> None:
    tariff = tariff_of(Tier("60+", 60, 150, 1_000, (Subsidy("city", 300),)))

    first, second = (price(meal_of(1_000), aged(70), LUNCH, Usage(used), tariff) for used in (0, 1))

    assert (parts_of(first), first.notes) == ([(CANTEEN, 100), ("city", 300), (DINER, 600)], ())
    assert (parts_of(second), second.notes) == (
        [(CANTEEN, 100), (DINER, 900)],
        (Reason(ReasonCode.SUBSIDY_USED, {"per_meal": 1}),),
    )


def test_a_tier_may_subsidise_two_sales_of_a_meal() -> None:
    tariff = tariff_of(Tier("60+", 60, 150, 0, (Subsidy("city", 300),), per_meal=2))

    due = [price(meal_of(1_000), aged(70), LUNCH, Usage(used), tariff).due for used in range(4)]

    assert due == [700, 700, 1_000, 1_000]


def test_a_walk_in_pays_the_list_price() -> None:
    assert parts_of(price(meal_of(1_000), Person(), LUNCH, Usage(), XIANGYANG)) == [(DINER, 1_000)]


@pytest.mark.parametrize(("day", "due"), [(date(2026, 11, 22), 1_000), (date(2026, 11, 23), 800), (date(2026, 11, 24), 800)])
def test_E1_the_age_is_that_of_the_day_of_the_meal(day: date, due: int) -> None:
    born = date(1966, 11, 23)

    assert price(meal_of(1_000), Person(born), Circumstances(day, Meal.DINNER), Usage(), XIANGYANG).due == due


def test_E1_a_rule_set_may_let_an_age_begin_a_month_later() -> None:
    later = tariff_of(Tier("60+", 60, 150, 1_000), age_starts=AgeStarts.NEXT_MONTH)

    due = [
        price(meal_of(1_000), Person(date(1966, 11, 23)), Circumstances(day, Meal.LUNCH), Usage(), later).due
        for day in (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 1))
    ]

    assert due == [1_000, 1_000, 900]


def test_a_bill_that_does_not_add_up_is_never_made() -> None:
    own = BillLine(DINER, 999, False, "", "t", Reason(ReasonCode.OWN_SHARE))

    with pytest.raises(AssertionError, match="sum to its list price"):
        Bill(meal_of(1_000), (own,))


def test_a_bill_on_which_somebody_earns_is_never_made() -> None:
    lines = tuple(BillLine(payer, amount, False, "", "t", Reason(ReasonCode.OWN_SHARE)) for payer, amount in ((CANTEEN, 1_100), (DINER, -100)))

    with pytest.raises(AssertionError, match="less than nothing"):
        Bill(meal_of(1_000), lines)
