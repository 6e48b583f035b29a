"""The tariff: who pays which part of a meal, as dated data read from a text document.

A tariff is a TOML text that the canteen keeps with its dates; a published one is never edited, so that last
March can always be priced again by the rules of last March.

    id = "practice-2026"
    title = "幸福食堂 2026"
    valid_from = 2026-01-01
    age_starts = "birthday"

    [payers]
    city = "市民政局"

    [[tiers]]
    rule = "80+"
    age_from = 80
    discount_percent = 20                 # borne by the canteen
    subsidies = [{ payer = "city", yuan = "3.00" }]
    per_meal = 1                          # so many subsidised sales a person and meal
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any

from pos.domain.errors import BadAmount
from pos.domain.members import AgeStarts
from pos.domain.money import Fen, parse_yuan

PERCENT = 100
OLDEST = 150

OWN_PAYERS = ("diner", "canteen")
"""Payers that no tariff names: who eats, and the canteen's own discounts."""


class BadTariff(ValueError):
    """A tariff document that cannot be used: where it is wrong and what is wrong, for whoever wrote it."""

    def __init__(self, where: str, problem: str) -> None:
        """Keep the place in the document and the problem, both in the document's own words."""
        super().__init__(f"{where}: {problem}")
        self.where = where
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What one payer adds to a meal, in fen."""

    payer: str
    amount: Fen


@dataclass(frozen=True, slots=True)
class Tier:
    """What people from `age_from` to `age_to` (both included) get.

    `discount_bp` is the canteen's own discount in basis points of the list price; `per_meal` is how many sales
    of one meal carry the subsidies.
    """

    rule: str
    age_from: int
    age_to: int
    discount_bp: int = 0
    subsidies: tuple[Subsidy, ...] = ()
    per_meal: int = 1


@dataclass(frozen=True, slots=True)
class Tariff:
    """One dated set of rules. `payers` gives each payer's name as it stands on screen and paper."""

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    age_starts: AgeStarts
    tiers: tuple[Tier, ...]
    payers: Mapping[str, str] = field(default_factory=dict)

    def tier_for(self, age: int) -> Tier | None:
        """The tier of an age in full years, or None for whoever pays the list price."""
        return next((tier for tier in self.tiers if tier.age_from <= age <= tier.age_to), None)


LIST_PRICE = Tariff("list-price", "", date.min, None, AgeStarts.BIRTHDAY, ())
"""What holds where no tariff was ever published: everybody pays the list price."""


@lru_cache(maxsize=32)
def parse_tariff(text: str) -> Tariff:
    """Read a tariff document. Raises BadTariff naming the place; nothing is half-read."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTariff("document", str(error)) from error
    _only(document, {"id", "title", "valid_from", "valid_to", "age_starts", "payers", "tiers"}, "document")
    payers = _payers(document)
    tiers = _get(document, "tiers", list, "document", [])
    tariff = Tariff(
        id=_text(document, "id", "document"),
        title=_get(document, "title", str, "document"),
        valid_from=_get(document, "valid_from", date, "document"),
        valid_to=_get(document, "valid_to", date, "document", None),
        age_starts=_age_starts(document),
        tiers=tuple(_tier(tier, f"tier {number}", payers) for number, tier in enumerate(tiers, start=1)),
        payers=payers,
    )
    _check_dates(tariff)
    _check_rules(tariff)
    _check_ages(tariff)
    return tariff


def _payers(document: Mapping[str, Any]) -> dict[str, str]:
    payers = _get(document, "payers", dict, "document", {})
    for payer in payers:
        _text(payers, payer, "payers")
        if payer in OWN_PAYERS:
            raise BadTariff("payers", f"{payer} is the counter's own word, choose another")
    return dict(payers)


def _tier(tier: Any, place: str, payers: Mapping[str, str]) -> Tier:
    rule = _text(_table(tier, place), "rule", place)
    where = f"tier {rule}"
    _only(tier, {"rule", "age_from", "age_to", "discount_percent", "subsidies", "per_meal"}, where)
    percent = _get(tier, "discount_percent", int, where, 0)
    if not 0 <= percent <= PERCENT:
        raise BadTariff(where, f"discount_percent is {percent}, write 0 to 100")
    per_meal = _get(tier, "per_meal", int, where, 1)
    if per_meal < 1:
        raise BadTariff(where, f"per_meal is {per_meal}, write 1 or more")
    return Tier(
        rule=rule,
        age_from=_get(tier, "age_from", int, where),
        age_to=_get(tier, "age_to", int, where, OLDEST),
        discount_bp=percent * 100,
        subsidies=_subsidies(tier, where, payers),
        per_meal=per_meal,
    )


def _subsidies(tier: Mapping[str, Any], where: str, payers: Mapping[str, str]) -> tuple[Subsidy, ...]:
    subsidies: dict[str, Subsidy] = {}
    for one in _get(tier, "subsidies", list, where, []):
        subsidy = _subsidy(_table(one, where), where, payers)
        if subsidy.payer in subsidies:
            raise BadTariff(where, f"payer {subsidy.payer} pays twice")
        subsidies[subsidy.payer] = subsidy
    return tuple(subsidies.values())


def _subsidy(one: Mapping[str, Any], where: str, payers: Mapping[str, str]) -> Subsidy:
    _only(one, {"payer", "yuan"}, where)
    payer = _get(one, "payer", str, where)
    if payer not in payers:
        raise BadTariff(where, f"payer {payer} is not named under [payers]")
    try:
        return Subsidy(payer, parse_yuan(_get(one, "yuan", str, where)))
    except BadAmount as error:
        raise BadTariff(where, f"yuan is {error.text!r}, write it like '3.00'") from error


def _age_starts(document: Mapping[str, Any]) -> AgeStarts:
    text = _get(document, "age_starts", str, "document", AgeStarts.BIRTHDAY.value)
    try:
        return AgeStarts(text)
    except ValueError as error:
        choices = ", ".join(AgeStarts)
        raise BadTariff("document", f"age_starts is {text!r}, write one of {choices}") from error


def _check_dates(tariff: Tariff) -> None:
    if tariff.valid_to is not None and tariff.valid_to < tariff.valid_from:
        raise BadTariff("document", "valid_to is before valid_from")


def _check_rules(tariff: Tariff) -> None:
    rules = Counter(tier.rule for tier in tariff.tiers)
    for rule, count in rules.items():
        if count > 1:
            raise BadTariff(f"tier {rule}", f"there are {count} tiers of this rule; a claim could not tell them apart")


def _check_ages(tariff: Tariff) -> None:
    tiers = sorted(tariff.tiers, key=lambda tier: tier.age_from)
    for tier in tiers:
        if tier.age_from < 0:
            raise BadTariff(f"tier {tier.rule}", "age_from is below 0")
        if tier.age_to < tier.age_from:
            raise BadTariff(f"tier {tier.rule}", "age_to is below age_from")
    for lower, upper in pairwise(tiers):
        if upper.age_from <= lower.age_to:
            raise BadTariff(f"tier {upper.rule}", f"age {upper.age_from} is in tier {lower.rule} too")


def _only(table: Mapping[str, Any], known: set[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise BadTariff(where, f"{key} is not a known key; known are {', '.join(sorted(known))}")


_REQUIRED = object()
_KINDS = {
    str: "text in quotes",
    int: "a whole number",
    date: "a date like 2026-01-31",
    list: "a list in square brackets",
    dict: "a table",
}


def _table(value: Any, where: str) -> Mapping[str, Any]:
    if type(value) is not dict:
        raise BadTariff(where, f"it is {value!r}, expected {_KINDS[dict]}")
    return value


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    text: str = _get(table, key, str, where)
    if not text.strip():
        raise BadTariff(where, f"{key} is empty")
    return text


def _get(table: Mapping[str, Any], key: str, kind: type, where: str, default: Any = _REQUIRED) -> Any:
    if key not in table:
        if default is _REQUIRED:
            raise BadTariff(where, f"{key} is missing")
        return default
    value = table[key]
    if type(value) is not kind:  # exactly: true is no number of 1, an instant is no date
        raise BadTariff(where, f"{key} is {value!r}, expected {_KINDS[kind]}")
    return value
