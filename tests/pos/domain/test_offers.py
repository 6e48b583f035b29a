"""Offers: what a payment earns, when, for whom, and what is written down of it."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.offers import BonusOffer, OfferKind, bonus_for, next_step

STEPS = BonusOffer("steps", "充200送20,充500送60", 20_000, 2_000, steps=((50_000, 6_000),))
EACH = BonusOffer("each", "每满100送5", 10_000, 500, OfferKind.EACH)
PERCENT = BonusOffer("percent", "充100起送8%", 10_000, kind=OfferKind.PERCENT, percent=8, most=3_000)
PACKAGE = BonusOffer("package", "付71得100", 7_100, 2_900, OfferKind.PACKAGE)


@pytest.mark.parametrize(
    ("offer", "paid", "bonus"),
    [
        (STEPS, 19_999, 0),
        (STEPS, 20_000, 2_000),
        (STEPS, 49_999, 2_000),
        (STEPS, 120_000, 6_000),
        (EACH, 9_999, 0),
        (EACH, 19_999, 500),
        (EACH, 30_000, 1_500),
        (PERCENT, 9_999, 0),
        (PERCENT, 10_006, 800),
        (PERCENT, 10_007, 801),
        (PERCENT, 50_000, 3_000),
        (PACKAGE, 7_099, 0),
        (PACKAGE, 7_100, 2_900),
        (PACKAGE, 7_101, 0),
    ],
)
def test_each_kind_of_offer_counts_in_its_way(offer: BonusOffer, paid: int, bonus: int) -> None:
    assert offer.bonus_on(paid) == bonus


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_an_offer_holds_from_its_first_to_its_last_day(day: str, holds: bool) -> None:
    offer = BonusOffer("m", "三月", 1, 1, valid_from=date(2026, 3, 1), valid_to=date(2026, 3, 31))

    assert offer.is_in_force(date.fromisoformat(day)) is holds


@pytest.mark.parametrize(
    ("age", "categories", "suits"),
    [
        (None, {"dibao"}, False),
        (59, {"dibao"}, False),
        (60, {"dibao"}, True),
        (79, {"dibao", "staff"}, True),
        (80, {"dibao"}, False),
        (70, {"staff"}, False),
        (70, set[str](), False),
    ],
)
def test_an_offer_may_ask_for_an_age_and_a_category(age: int | None, categories: set[str], suits: bool) -> None:
    offer = BonusOffer("o", "", 1, 1, age_from=60, age_to=79, categories=frozenset({"dibao"}))

    assert offer.suits(age, frozenset(categories)) is suits


def test_an_offer_that_asks_for_nothing_suits_everybody() -> None:
    assert STEPS.suits(None, frozenset())


@pytest.mark.parametrize(
    ("paid", "offer"), [(7_100, PACKAGE), (9_000, None), (10_000, PERCENT), (40_000, PERCENT), (50_000, STEPS)]
)
def test_the_offer_that_gives_most_counts_and_only_that_one(paid: int, offer: BonusOffer | None) -> None:
    assert bonus_for(paid, (STEPS, EACH, PERCENT, PACKAGE)) is offer


@pytest.mark.parametrize(
    ("paid", "offers", "step"),
    [
        (0, (STEPS,), (20_000, 2_000)),
        (20_000, (STEPS,), (50_000, 6_000)),
        (50_000, (STEPS,), (0, 0)),
        (25_000, (EACH,), (30_000, 1_500)),
        (7_000, (STEPS, PACKAGE), (7_100, 2_900)),
        (7_100, (STEPS, PACKAGE), (50_000, 6_000)),
        (5_000, (), (0, 0)),
    ],
)
def test_the_next_step_is_the_nearest_payment_that_earns_more(
    paid: int, offers: tuple[BonusOffer, ...], step: tuple[int, int]
) -> None:
    assert next_step(paid, offers) == step


def test_what_is_stamped_on_a_lot_explains_the_offer() -> None:
    assert [offer.terms() for offer in (STEPS, EACH, PERCENT, PACKAGE)] == [
        "steps steps 200.00 +20.00 500.00+60.00",
        "each each 100.00 +5.00",
        "percent percent 100.00 +0.00 8% <=30.00",
        "package package 71.00 +29.00",
    ]
