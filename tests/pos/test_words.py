"""The words for the till's facts: every fact has some, and they follow the language of the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest

from pos import i18n, words
from pos.domain.errors import CardState
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import CANTEEN, DINER, BillLine, Reason, ReasonCode, Tender, Way
from pos.domain.staff import Permission, Role

FACTS: dict[str, int | str] = {"age": 82, "age_from": 80, "age_to": 89, "percent": 15, "payer_name": "市民政局", "per_meal": 1}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


@pytest.mark.parametrize(
    ("amount", "text"), [(0, "¥0.00"), (1_250, "¥12.50"), (-300, "-¥3.00"), (-5, "-¥0.05"), (500_000, "¥5000.00")]
)
def test_money_is_written_with_its_sign(amount: int, text: str) -> None:
    assert words.money(amount) == text


@pytest.mark.parametrize(
    ("word", "facts"),
    [
        (words.meal, Meal),
        (words.way, Way),
        (words.tender, Tender),
        (words.dish_kind, DishKind),
        (words.card_state, CardState),
        (words.member_status, MemberStatus),
        (words.role, Role),
        (words.permission, Permission),
    ],
)
def test_every_fact_has_a_word_of_its_own(word: Callable[[Any], str], facts: type[StrEnum]) -> None:
    said = [word(fact) for fact in facts]

    assert all(said)
    assert len(set(said)) == len(facts)


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (ReasonCode.AGE_DISCOUNT, "aged 80-89: 15% off"),
        (ReasonCode.AGE_SUBSIDY, "aged 80-89: subsidy"),
        (ReasonCode.SUBSIDY_USED, "subsidy already used at this meal"),
        (ReasonCode.OWN_SHARE, "own share"),
    ],
)
def test_every_reason_is_told_with_its_facts(code: ReasonCode, text: str) -> None:
    assert words.reason(Reason(code, FACTS)) == text


def test_no_reason_was_forgotten() -> None:
    assert all(words.reason(Reason(code, FACTS)) for code in ReasonCode)


@pytest.mark.parametrize(("age_from", "age_to", "text"), [(60, 69, "60-69"), (90, 150, "90+"), (90, 200, "90+"), (0, 6, "0-6")])
def test_ages_without_an_end_are_open(age_from: int, age_to: int, text: str) -> None:
    assert words.ages(age_from, age_to) == text


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (BillLine(CANTEEN, 1, False, "r", "t", Reason(ReasonCode.AGE_DISCOUNT, FACTS)), "Canteen discount"),
        (BillLine("city", 1, True, "r", "t", Reason(ReasonCode.AGE_SUBSIDY, FACTS)), "市民政局"),
        (BillLine("city", 1, True, "r", "t", Reason(ReasonCode.AGE_SUBSIDY)), "city"),
        (BillLine(DINER, 1, False, "", "t", Reason(ReasonCode.OWN_SHARE)), "own share"),
    ],
)
def test_a_line_of_the_bill_is_labelled_with_its_payer(line: BillLine, label: str) -> None:
    assert words.bill_line(line) == label


def test_weekdays_begin_on_monday() -> None:
    monday = date(2026, 11, 23)

    week = [words.weekday(monday + timedelta(days=ahead)) for ahead in range(7)]

    assert week == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
