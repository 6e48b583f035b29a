"""The canteen's terms: kept in versions, checked before they hold, silent about old lots."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from pos.domain.account_errors import OfferWrong, TermsChanged, TermTooLong
from pos.domain.canteen import ANONYMOUS, LIVING_ALONE, Canteen
from pos.domain.errors import BadAmount, BadName, NotPermitted
from pos.domain.ledger import SpendOrder
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.domain.reservations import BookingTerms, MissedRule
from pos.services.terms import Terms
from tests.pos.services.counter import BONUS, Counter

FULL = BonusOffer(
    "full", "重阳节", 10_000, 500, OfferKind.EACH, ((20_000, 2_000),), 5, 3_000, date(2026, 10, 1), date(2026, 10, 31),
    60, 90, frozenset({"dibao"}), HowOften.MONTHLY,
)  # fmt: skip


def terms(counter: Counter) -> Terms:
    return Terms(counter.stores, counter.clock)


def decide(counter: Counter, **changed: Any) -> Canteen:
    now = terms(counter).current()
    return terms(counter).decide(counter.manager, now, replace(now, **changed))


def test_what_was_decided_holds_and_every_version_is_kept(counter: Counter) -> None:
    now = terms(counter).current()
    wanted = replace(now, offers=(FULL,), balance_limit=300_000, spend_order=SpendOrder.BONUS_FIRST, refund_days=10)
    versions = counter.count("canteen_versions")

    decided = [terms(counter).decide(counter.manager, now, wanted) for _ in range(2)]

    assert decided == [wanted, wanted]
    assert (terms(counter).current(), counter.count("canteen_versions")) == (wanted, versions + 1)


def test_the_name_and_the_practice_mark_are_no_terms(counter: Counter) -> None:
    now = terms(counter).current()

    assert decide(counter, name="x", practice=True) == now


def test_telephone_area_and_lists_are_kept_as_they_are_read(counter: Counter) -> None:
    decided = decide(
        counter, phone=" 0372-0000000 ", area="安阳市 / 文峰区/", categories=("低保", "烈属", "低保"), diets=("软食", "软食"), consent_version="2026"
    )

    assert terms(counter).current() == decided
    assert (decided.phone, decided.area, decided.consent_version) == ("0372-0000000", "安阳市/文峰区", "2026")
    assert (decided.categories, decided.diets) == (("低保", "烈属", LIVING_ALONE, ANONYMOUS), ("软食",))


def test_two_managers_decide_about_two_things_and_both_hold(counter: Counter) -> None:
    read = terms(counter).current()
    decide(counter, refund_days=14)

    decided = terms(counter).decide(counter.manager, read, replace(read, balance_limit=300_000))

    assert (decided.refund_days, decided.balance_limit) == (14, 300_000)


def test_two_managers_who_decide_differently_about_one_thing_hear_of_it(counter: Counter) -> None:
    read = terms(counter).current()
    decide(counter, refund_days=14)

    with pytest.raises(TermsChanged):
        terms(counter).decide(counter.manager, read, replace(read, refund_days=10))
    assert terms(counter).current().refund_days == 14


@pytest.mark.parametrize(
    "wrong",
    [{"phone": "1" * 31}, {"phone": "0372\n0"}, {"area": "x" * 21}, {"categories": ("",)}, {"diets": ("y" * 21,)}, {"consent_version": " "}],
)
def test_a_word_that_no_paper_could_carry_is_refused(counter: Counter, wrong: dict[str, Any]) -> None:
    with pytest.raises(TermTooLong):
        decide(counter, **wrong)


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
        {"booking": BookingTerms(days_ahead=0)},
        {"booking": BookingTerms(days_ahead=15)},
        {"booking": BookingTerms(walk_ins=-1)},
        {"booking": BookingTerms(walk_ins=10_000)},
    ],
)
def test_a_limit_that_cannot_be_meant_is_refused(counter: Counter, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadAmount):
        decide(counter, **wrong)


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
        decide(counter, offers=(replace(BONUS, **wrong),))


def test_two_offers_never_share_an_id_and_each_has_a_title(counter: Counter) -> None:
    with pytest.raises(OfferWrong):
        decide(counter, offers=(BONUS, BONUS))
    with pytest.raises(BadName):
        decide(counter, offers=(replace(BONUS, title=" "),))


def test_the_rules_of_booking_are_a_version_of_the_terms(counter: Counter) -> None:
    wanted = BookingTerms(7, time(16), time(15, 30), 20, MissedRule.CHARGE, MissedRule.RELEASE)

    decide(counter, booking=wanted)

    assert terms(counter).current().booking == wanted
    assert counter.count("canteen_versions") == 3


def test_a_cashier_decides_nothing(counter: Counter) -> None:
    now = terms(counter).current()

    with pytest.raises(NotPermitted):
        terms(counter).decide(counter.cashier, now, replace(now, refund_days=30))
