"""Top-ups: which offer a payment earns, and what it does to the books."""

from __future__ import annotations

import pytest

from pos.domain.accounts import TOP_UP_TENDERS, top_up_postings
from pos.domain.ledger import BONUS, BONUS_EXPENSE, PRINCIPAL, Posting
from pos.domain.offers import BonusOffer, bonus_for
from pos.domain.pricing import Tender

SMALL = BonusOffer("small", "充200送20", 20_000, 2_000)
LARGE = BonusOffer("large", "充500送60", 50_000, 6_000)


@pytest.mark.parametrize(
    ("paid", "offer"),
    [(19_999, None), (20_000, SMALL), (49_999, SMALL), (50_000, LARGE), (120_000, LARGE)],
)
@pytest.mark.parametrize("offers", [(SMALL, LARGE), (LARGE, SMALL)])
def test_the_largest_offer_that_is_reached_counts_once(
    paid: int, offer: BonusOffer | None, offers: tuple[BonusOffer, ...]
) -> None:
    assert bonus_for(paid, offers) is offer


def test_without_offers_there_is_no_bonus() -> None:
    assert bonus_for(1_000_000, ()) is None


def test_of_two_offers_for_the_same_payment_the_better_counts() -> None:
    better = BonusOffer("better", "充200送30", 20_000, 3_000)

    assert [bonus_for(20_000, offers) for offers in ((SMALL, better), (better, SMALL))] == [better, better]


@pytest.mark.parametrize(
    ("tender", "source"), [(Tender.CASH, "drawer:A"), (Tender.WECHAT, "clearing:wechat"), (Tender.ALIPAY, "clearing:alipay")]
)
def test_money_in_stands_against_what_the_member_is_owed(tender: Tender, source: str) -> None:
    postings = top_up_postings("lot", "m", tender, "A", 20_000, 2_000)

    assert postings == (
        Posting(source, 20_000),
        Posting(PRINCIPAL, -20_000, "m", "lot"),
        Posting(BONUS_EXPENSE, 2_000),
        Posting(BONUS, -2_000, "m", "lot"),
    )


def test_without_a_bonus_there_are_two_postings() -> None:
    assert top_up_postings("lot", "m", Tender.CASH, "A", 5_000, 0) == (
        Posting("drawer:A", 5_000),
        Posting(PRINCIPAL, -5_000, "m", "lot"),
    )


def test_a_card_is_never_topped_up_from_a_card() -> None:
    assert Tender.CARD not in TOP_UP_TENDERS
