"""Short ways to say a tariff, a basket, a person and a bill's parts, for the tests of prices."""

from __future__ import annotations

from datetime import date

from pos.domain.bill import Basket, BasketItem, Bill
from pos.domain.circumstances import Circumstances, Person
from pos.domain.menu import DishKind, Meal
from pos.domain.tariff import Tariff, parse_tariff

TODAY = date(2026, 11, 23)
"""A Monday, and a workday."""
LUNCH = Circumstances(TODAY, Meal.LUNCH)
HEAD = """\
id = "t-1"
title = "幸福食堂"
valid_from = 2026-01-01
[payers]
city = "市民政局"
district = "区民政局"
town = "街道"
[groups.best]
choose = "best"
[groups.first]
choose = "first"
[groups.sum]
choose = "sum"
"""


def rules(*texts: str) -> Tariff:
    """A tariff of rules r1, r2 … in TOML, over the payers and groups of the head."""
    return parse_tariff(HEAD + "".join(f'[[rules]]\nid = "r{number}"\n{text}\n' for number, text in enumerate(texts, start=1)))


def meal_of(amount: int) -> Basket:
    """A set meal of so many fen."""
    return (BasketItem("set", "套餐", DishKind.SET_MEAL, amount, 1),)


def aged(years: int, *categories: str, hukou: str = "") -> Person:
    """Somebody who had a birthday this year."""
    return Person(date(TODAY.year - years, 1, 1), frozenset(categories), hukou)


def parts_of(bill: Bill) -> list[tuple[str, int]]:
    """Who pays how much (fen)."""
    return [(line.payer, line.amount) for line in bill.lines]
