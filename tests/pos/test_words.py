"""The words for the till's facts: every fact has some, and they follow the language of the moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest

from pos import i18n, words
from pos.domain.diet import Tag
from pos.domain.errors import CardState
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import CANTEEN, DINER, PREPAID, WAIVER, BillLine, Reason, ReasonCode, Tender, Way
from pos.domain.staff import Permission, Role
from pos.words import menu as menu_said
from pos.words import standing_orders as standing_orders_said

FACTS: dict[str, int | str] = {
    "age": 82, "age_from": 80, "age_to": 89, "categories": "低保", "percent": 15, "payer_name": "市民政局", "per_meal": 1,
    "amount": 350, "basis_points": 1_250, "nth": 2, "why": "菜凉了",
    "label": "午餐补贴", "per": "day", "most": 1, "uses": 1, "kind": "holiday", "spent": 1_440, "at_least": 1_500,
    "same": "town", "tenders": "card",
}  # fmt: skip
AGED: dict[str, int | str] = {"age_from": 80, "age_to": 89}


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
        (menu_said.tag, Tag),
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
    ("code", "facts", "text"),
    [
        (ReasonCode.AGE_DISCOUNT, AGED | {"percent": 15}, "aged 80-89: 15% off"),
        (ReasonCode.AGE_SUBSIDY, AGED, "aged 80-89: subsidy"),
        (ReasonCode.SUBSIDY_USED, {"per_meal": 1}, "subsidy already used at this meal"),
        (ReasonCode.OWN_SHARE, {}, "own share"),
        (ReasonCode.FLAT_PRICE, AGED | {"amount": 350}, "aged 80-89: flat price 3.50"),
        (ReasonCode.PERCENT, {"basis_points": 1_250}, "12.5% off"),
        (ReasonCode.PERCENT, {"basis_points": 2_500, "at_most": 300}, "25% off, at most 3.00"),
        (ReasonCode.AMOUNT, AGED | {"categories": "低保", "amount": 500}, "aged 80-89: subsidy"),
        (ReasonCode.AMOUNT, {"amount": 500}, "subsidy"),
        (ReasonCode.UP_TO, {"amount": 1_500, "categories": "特困"}, "up to 15.00"),
        (ReasonCode.NTH_MEAL, {"nth": 2, "basis_points": 5_000}, "meal 2 of the day, 50% off"),
        (ReasonCode.FREE, {"categories": "特困"}, "free"),
        (ReasonCode.OPERATING, {}, "operating subsidy"),
        (ReasonCode.DELIVERED, {}, "delivery subsidy"),
        (ReasonCode.WAIVED, {"why": "菜凉了"}, "菜凉了"),
        (ReasonCode.LIMIT_REACHED, FACTS | {"per": "meal"}, "午餐补贴: already used at this meal"),
        (ReasonCode.LIMIT_REACHED, FACTS, "午餐补贴: used today already (1 of 1)"),
        (ReasonCode.LIMIT_REACHED, FACTS | {"per": "week", "most": 5, "uses": 5}, "午餐补贴: used up this week (5 of 5)"),
        (ReasonCode.LIMIT_REACHED, FACTS | {"per": "month"}, "午餐补贴: used up this month (1 of 1)"),
        (ReasonCode.DAY_NOT_COVERED, FACTS, "午餐补贴: not on public holidays"),
        (ReasonCode.DAY_NOT_COVERED, FACTS | {"kind": "weekend"}, "午餐补贴: not at weekends"),
        (ReasonCode.DAY_NOT_COVERED, FACTS | {"kind": "make_up"}, "午餐补贴: not on make-up workdays"),
        (ReasonCode.DAY_NOT_COVERED, FACTS | {"kind": "workday"}, "午餐补贴: not on this day"),
        (ReasonCode.SPENT_TOO_LITTLE, FACTS, "午餐补贴: only from 15.00 on, here 14.40"),
        (ReasonCode.SPENT_TOO_LITTLE, {"label": "r", "more_than": 500, "spent": 500}, "r: only above 5.00, here 5.00"),
        (ReasonCode.OTHER_AREA, FACTS, "午餐补贴: only in the home town"),
        (ReasonCode.OTHER_TENDER, FACTS, "午餐补贴: only by Meal card"),
    ],
)
def test_every_reason_is_told_with_its_facts(code: ReasonCode, facts: dict[str, int | str], text: str) -> None:
    assert words.reason(Reason(code, facts)) == text


def test_a_rule_with_a_name_is_called_by_it() -> None:
    said = [words.reason(Reason(code, FACTS), "80岁以上") for code in (ReasonCode.PERCENT, ReasonCode.AMOUNT)]

    assert said == ["80岁以上: 12.5% off", "80岁以上"]


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
        (BillLine(DINER, 1, False, "r", "t", Reason(ReasonCode.DELIVERY_FEE)), "Delivery fee"),
        (BillLine(DINER, 1, False, "r", "t", Reason(ReasonCode.DELIVERY_FEE), "送餐上门"), "送餐上门"),
        (BillLine(PREPAID, 1, False, "r", "t", Reason(ReasonCode.FREE)), "Meal pass"),
        (BillLine(WAIVER, 1, False, "", "t", Reason(ReasonCode.WAIVED)), "Waived by the manager"),
    ],
)
def test_a_line_of_the_bill_is_labelled_with_its_payer(line: BillLine, label: str) -> None:
    assert words.bill_line(line) == label


def test_weekdays_begin_on_monday() -> None:
    monday = date(2026, 11, 23)

    week = [words.weekday(monday + timedelta(days=ahead)) for ahead in range(7)]

    assert week == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def test_a_pause_says_its_year_twice_only_where_it_is_another_one() -> None:
    first, soon, later = date(2026, 11, 25), date(2026, 12, 3), date(2027, 1, 5)

    told = [standing_orders_said.stretch(first, last) for last in (soon, later, None)]

    assert told == ["2026-11-25 – 12-03", "2026-11-25 – 2027-01-05", "from 2026-11-25"]
