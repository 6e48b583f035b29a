"""The tariff: a document that says who pays what, read whole or refused with the place that is wrong."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.members import AgeStarts
from pos.domain.tariff import OLDEST, BadTariff, Subsidy, Tariff, Tier, parse_tariff
from pos.services.practice import TARIFF

HEAD = """\
id = "t"
title = "幸福食堂"
valid_from = 2026-01-01
"""
PAYERS = """
[payers]
city = "市民政局"
district = "区民政局"
"""
SENIORS = """
[[tiers]]
rule = "60+"
age_from = 60
"""


def refusal_of(document: str) -> tuple[str, str]:
    with pytest.raises(BadTariff) as refused:
        parse_tariff(document)
    assert str(refused.value) == f"{refused.value.where}: {refused.value.problem}"
    return refused.value.where, refused.value.problem


def test_a_whole_document_is_read_to_the_fen() -> None:
    tariff = parse_tariff(
        HEAD
        + 'valid_to = 2026-12-31\nage_starts = "next_month"\n'
        + PAYERS
        + '[[tiers]]\nrule = "60-79"\nage_from = 60\nage_to = 79\ndiscount_percent = 10\n'
        + '[[tiers]]\nrule = "80+"\nage_from = 80\nper_meal = 2\n'
        + 'subsidies = [{ payer = "city", yuan = "3.00" }, { payer = "district", yuan = "0.5" }]\n'
    )

    assert tariff == Tariff(
        id="t",
        title="幸福食堂",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        age_starts=AgeStarts.NEXT_MONTH,
        tiers=(
            Tier("60-79", 60, 79, discount_bp=1_000),
            Tier("80+", 80, OLDEST, subsidies=(Subsidy("city", 300), Subsidy("district", 50)), per_meal=2),
        ),
        payers={"city": "市民政局", "district": "区民政局"},
    )


def test_what_is_not_said_has_a_plain_meaning() -> None:
    assert parse_tariff(HEAD) == Tariff("t", "幸福食堂", date(2026, 1, 1), None, AgeStarts.BIRTHDAY, (), {})


@pytest.mark.parametrize(
    ("age", "rule"), [(0, None), (59, None), (60, "60-69"), (69, "60-69"), (70, "70-79"), (90, "90+"), (125, "90+")]
)
def test_every_age_is_in_the_tier_of_its_bounds(age: int, rule: str | None) -> None:
    tier = parse_tariff(TARIFF).tier_for(age)

    assert (tier.rule if tier else None) == rule


@pytest.mark.parametrize(
    ("document", "where", "problem"),
    [
        ('title = "x"\nvalid_from = 2026-01-01', "document", "id is missing"),
        ('id = "t"\nvalid_from = 2026-01-01', "document", "title is missing"),
        ('id = "t"\ntitle = "x"', "document", "valid_from is missing"),
        (HEAD.replace('"t"', '" "'), "document", "id is empty"),
        (HEAD.replace('"t"', "7"), "document", "id is 7, expected text in quotes"),
        (HEAD.replace("2026-01-01", '"2026-01-01"'), "document", "valid_from is '2026-01-01', expected a date like 2026-01-31"),
        (
            HEAD.replace("2026-01-01", "2026-01-01T00:00:00"),
            "document",
            "valid_from is datetime.datetime(2026, 1, 1, 0, 0), expected a date like 2026-01-31",
        ),
        (HEAD + "valid_to = 2025-12-31", "document", "valid_to is before valid_from"),
        (HEAD + 'age_starts = "noon"', "document", "age_starts is 'noon', write one of birthday, day_after, next_month"),
        (HEAD + "age_starts = 1", "document", "age_starts is 1, expected text in quotes"),
        (HEAD + "prise = 1", "document", "prise is not a known key; known are age_starts, id, payers, tiers, title, valid_from, valid_to"),
        (HEAD + 'payers = "city"', "document", "payers is 'city', expected a table"),
        (HEAD + "[payers]\ncity = 1", "payers", "city is 1, expected text in quotes"),
        (HEAD + '[payers]\ncity = ""', "payers", "city is empty"),
        (HEAD + '[payers]\ndiner = "自己"', "payers", "diner is the counter's own word, choose another"),
        (HEAD + '[payers]\ncanteen = "食堂"', "payers", "canteen is the counter's own word, choose another"),
        (HEAD + "tiers = 3", "document", "tiers is 3, expected a list in square brackets"),
        (HEAD + "[tiers]\nage_from = 3", "document", "tiers is {'age_from': 3}, expected a list in square brackets"),
        (HEAD + "tiers = [1]", "tier 1", "it is 1, expected a table"),
        (HEAD + 'tiers = ["rule"]', "tier 1", "it is 'rule', expected a table"),
        (HEAD + SENIORS + "[[tiers]]\nage_from = 3", "tier 2", "rule is missing"),
        (HEAD + "[[tiers]]\nrule = 60\nage_from = 60", "tier 1", "rule is 60, expected text in quotes"),
        (HEAD + '[[tiers]]\nrule = ""\nage_from = 60', "tier 1", "rule is empty"),
        (HEAD + '[[tiers]]\nrule = "60+"', "tier 60+", "age_from is missing"),
        (HEAD + SENIORS.replace("60\n", "true\n"), "tier 60+", "age_from is True, expected a whole number"),
        (HEAD + SENIORS.replace("60\n", "60.0\n"), "tier 60+", "age_from is 60.0, expected a whole number"),
        (HEAD + SENIORS.replace("60\n", "-1\n"), "tier 60+", "age_from is below 0"),
        (HEAD + SENIORS + "age_to = 59", "tier 60+", "age_to is below age_from"),
        (HEAD + SENIORS + "discount_percent = 101", "tier 60+", "discount_percent is 101, write 0 to 100"),
        (HEAD + SENIORS + "discount_percent = -1", "tier 60+", "discount_percent is -1, write 0 to 100"),
        (HEAD + SENIORS + "discount_percent = true", "tier 60+", "discount_percent is True, expected a whole number"),
        (HEAD + SENIORS + "discount_percent = 12.5", "tier 60+", "discount_percent is 12.5, expected a whole number"),
        (HEAD + SENIORS + "per_meal = 0", "tier 60+", "per_meal is 0, write 1 or more"),
        (HEAD + SENIORS + "per_week = 5", "tier 60+", "per_week is not a known key; known are age_from, age_to, discount_percent, per_meal, rule, subsidies"),
        (HEAD + SENIORS + 'subsidies = "city"', "tier 60+", "subsidies is 'city', expected a list in square brackets"),
        (HEAD + SENIORS + 'subsidies = ["city"]', "tier 60+", "it is 'city', expected a table"),
        (HEAD + SENIORS + 'subsidies = [{ payer = "city", yuan = "3" }]', "tier 60+", "payer city is not named under [payers]"),
        (HEAD + SENIORS + 'subsidies = [{ yuan = "3" }]', "tier 60+", "payer is missing"),
        (HEAD + PAYERS + SENIORS + 'subsidies = [{ payer = "city" }]', "tier 60+", "yuan is missing"),
        (HEAD + PAYERS + SENIORS + 'subsidies = [{ payer = "city", yuan = 3.00 }]', "tier 60+", "yuan is 3.0, expected text in quotes"),
        (HEAD + PAYERS + SENIORS + 'subsidies = [{ payer = "city", yuan = "-3" }]', "tier 60+", "yuan is '-3', write it like '3.00'"),
        (HEAD + PAYERS + SENIORS + 'subsidies = [{ payer = "city", yuan = "0" }]', "tier 60+", "yuan is '0', write it like '3.00'"),
        (HEAD + PAYERS + SENIORS + 'subsidies = [{ payer = "city", fen = 3 }]', "tier 60+", "fen is not a known key; known are payer, yuan"),
        (
            HEAD + PAYERS + SENIORS + 'subsidies = [{ payer = "city", yuan = "1" }, { payer = "city", yuan = "2" }]',
            "tier 60+",
            "payer city pays twice",
        ),
        (HEAD + SENIORS + "age_to = 80\n[[tiers]]\nrule = '80+'\nage_from = 80", "tier 80+", "age 80 is in tier 60+ too"),
        (HEAD + "[[tiers]]\nrule = '80+'\nage_from = 80\n" + SENIORS, "tier 80+", "age 80 is in tier 60+ too"),
        (
            HEAD + SENIORS + "age_to = 69\n[[tiers]]\nrule = '60+'\nage_from = 70",
            "tier 60+",
            "there are 2 tiers of this rule; a claim could not tell them apart",
        ),
    ],
)
def test_a_bad_document_is_refused_with_the_place_that_is_wrong(document: str, where: str, problem: str) -> None:
    assert refusal_of(document) == (where, problem)


def test_what_is_no_toml_is_refused_with_line_and_column() -> None:
    where, problem = refusal_of(HEAD + 'id = "again"\n')

    assert where == "document"
    assert "line 4" in problem


def test_a_refused_document_is_not_remembered_as_read() -> None:
    bad = HEAD + SENIORS + "per_meal = 0"

    assert refusal_of(bad) == refusal_of(bad)
