"""The price of one meal under the longest tariff that ships, the bill included; demanded: 100 microseconds at the median.

Everybody who may come to the counter is priced in turn: every age of a tier, with and without a category, at home and
from elsewhere; once with nothing had before and once with two meals a day since the first of the month.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product

from pos.domain.bill import BasketItem
from pos.domain.calendar import DayFacts
from pos.domain.circumstances import Circumstances, Person
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import price
from pos.domain.usage import Had, Usage
from pos.services.starters import Starter, starters
from tests.bench.figures import NS_PER_MS, Times, heading, table

ROUNDS = 200
WARM_UP = 10
DAY = date(2026, 11, 23)
HOME = "广州市/增城区/荔城街道"
AREAS = (HOME, "广州市/花都区/新华街道", "上海市/普陀区/长寿路街道")
WHEN = Circumstances(DAY, Meal.LUNCH, facts=DayFacts(), area=HOME)
BASKET = tuple(
    BasketItem(name, name, kind, amount, 1)
    for name, kind, amount in (("套餐", DishKind.SET_MEAL, 1_200), ("蛋汤", DishKind.SOUP, 200), ("米饭", DishKind.STAPLE, 100))
)


def main() -> None:
    """Print the table."""
    longest = max(starters(), key=lambda starter: (len(starter.tariff.rules), len(starter.text)))
    heading(f"price() of one meal, {longest.name}: {len(longest.tariff.rules)} rules (demanded: p50 100 µs)")
    rows = [(what, *_row(_priced(longest, usage))) for what, usage in (("first meal of the month", Usage()), ("two meals a day before", _month(longest)))]
    table(("a diner with", "prices", "p50", "p99"), rows)


def _month(starter: Starter) -> Usage:
    rules = tuple(rule.id for rule in starter.tariff.rules)[:2]
    days = (DAY.replace(day=1) + timedelta(days=number) for number in range(DAY.day - 1))
    return Usage(tuple(Had(day, meal, rules) for day, meal in product(days, (Meal.LUNCH, Meal.DINNER))))


def _priced(starter: Starter, usage: Usage) -> Times:
    people = [
        Person(date(DAY.year - age, 1, 1), frozenset(categories), area, area)
        for age, categories, area in product((45, 65, 75, 85, 95), ((), ("低保",)), AREAS)
    ]
    taken: list[int] = []
    for number in range(ROUNDS + WARM_UP):
        for person in people:
            begun = time.perf_counter_ns()
            price(BASKET, person, WHEN, usage, starter.tariff)
            ended = time.perf_counter_ns()
            if number >= WARM_UP:
                taken.append(ended - begun)
    return Times(taken)


def _row(times: Times) -> Sequence[str]:
    return f"{len(times.taken_ns):,}", _us(times.median_ms), _us(times.p99_ms)


def _us(milliseconds: float) -> str:
    return f"{milliseconds * NS_PER_MS / 1_000:.0f} µs"


if __name__ == "__main__":
    main()
