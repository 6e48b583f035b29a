"""The canteen's terms: kept in versions, checked before they hold, silent about old lots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pos.domain.account_errors import OfferWrong
from pos.domain.errors import BadAmount, BadName, NotPermitted
from pos.domain.ledger import SpendOrder
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.services.terms import Terms
from tests.pos.services.counter import BONUS, Counter

FULL = BonusOffer(
    "full", "重阳节", 10_000, 500, OfferKind.EACH, ((20_000, 2_000),), 5, 3_000, date(2026, 10, 1), date(2026, 10, 31),
    60, 90, frozenset({"dibao"}), HowOften.MONTHLY,
)  # fmt: skip


def terms(counter: Counter) -> Terms:
    return Terms(counter.stores, counter.clock)


def test_what_was_decided_holds_and_every_version_is_kept(counter: Counter) -> None:
    wanted = replace(
        terms(counter).current(), offers=(FULL,), balance_limit=300_000, spend_order=SpendOrder.BONUS_FIRST, refund_days=10
    )
    versions = counter.count("canteen_versions")

    decided = [terms(counter).decide(counter.manager, wanted) for _ in range(2)]

    assert decided == [wanted, wanted]
    assert (terms(counter).current(), counter.count("canteen_versions")) == (wanted, versions + 1)


def test_the_name_and_the_practice_mark_are_no_terms(counter: Counter) -> None:
    now = terms(counter).current()

    assert terms(counter).decide(counter.manager, replace(now, name="x", practice=True)) == now


@pytest.mark.parametrize(
    "wrong",
    [
        {"balance_limit": 0},
        {"anonymous_limit": -1},
        {"top_up_limit": 0},
        {"cash_refund_limit": -1},
        {"warn_percent": 0},
        {"warn_percent": 101},
        {"refund_days": -1},
    ],
)
def test_a_limit_that_cannot_be_meant_is_refused(counter: Counter, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadAmount):
        terms(counter).decide(counter.manager, replace(terms(counter).current(), **wrong))


@pytest.mark.parametrize(
    "wrong",
    [
        {"pay": 0},
        {"bonus": 0},
        {"steps": ((0, 100),)},
        {"kind": OfferKind.PERCENT, "percent": 0},
        {"kind": OfferKind.PERCENT, "percent": 101},
        {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)},
        {"age_from": 80, "age_to": 60},
        {"most": -1},
    ],
)
def test_an_offer_that_gives_nothing_or_never_holds_is_refused(counter: Counter, wrong: dict[str, Any]) -> None:
    with pytest.raises(OfferWrong):
        terms(counter).decide(counter.manager, replace(terms(counter).current(), offers=(replace(BONUS, **wrong),)))


def test_two_offers_never_share_an_id_and_each_has_a_title(counter: Counter) -> None:
    now = terms(counter).current()

    with pytest.raises(OfferWrong):
        terms(counter).decide(counter.manager, replace(now, offers=(BONUS, BONUS)))
    with pytest.raises(BadName):
        terms(counter).decide(counter.manager, replace(now, offers=(replace(BONUS, title=" "),)))


def test_a_cashier_decides_nothing(counter: Counter) -> None:
    with pytest.raises(NotPermitted):
        terms(counter).decide(counter.cashier, terms(counter).current())
