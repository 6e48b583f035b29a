"""Trying a tariff on example people: what each would pay for one meal, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.areas import Area
from pos.domain.bill import BasketItem, Bill, Tender, Way
from pos.domain.calendar import DayFacts
from pos.domain.circumstances import Circumstances, Person
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.pricing import price
from pos.domain.tariff import Tariff
from pos.domain.usage import Had, Usage

_MONTHS_OLDER = 2


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up person at one meal. `born` is a birth date, or an age in full years. `list_price` in fen.

    `before` counts the same meal eaten earlier that day; `area` is where the canteen stands.
    """

    name: str
    day: date
    list_price: Fen
    born: date | int | None = None
    categories: frozenset[str] = frozenset()
    hukou: Area = ""
    residence: Area = ""
    meal: Meal = Meal.LUNCH
    way: Way = Way.DINE_IN
    tender: Tender = Tender.CARD
    kind: DishKind = DishKind.SET_MEAL
    before: int = 0
    area: Area = ""
    passes: frozenset[str] = frozenset()
    diets: frozenset[str] = frozenset()

    @property
    def birth_date(self) -> date | None:
        """The birth date; of somebody of an age one that is safely past under every way to count."""
        return born_before(self.day, self.born) if isinstance(self.born, int) else self.born


def try_on(tariff: Tariff, one: Example, facts: DayFacts) -> Bill:
    """The bill of an example."""
    person = Person(one.birth_date, one.categories, one.hukou, one.residence, one.passes, one.diets)
    basket = (BasketItem("example", "", one.kind, one.list_price, 1),)
    had: tuple[Had, ...] = ()
    for number in range(one.before + 1):
        last = number == one.before
        meal = one.meal if last else _other(one.meal)
        when = Circumstances(one.day, meal, one.way, one.tender, facts, one.area)
        bill = price(basket, person, when, Usage(had), tariff)
        if last:
            return bill
        had = (*had, Had(one.day, meal, tuple(dict.fromkeys(line.rule_id for line in bill.lines if line.rule_id))))
    raise AssertionError("the last meal is always priced")


def born_before(day: date, age: int) -> date:
    """A birth date of somebody who is that old on a day, two months ago."""
    month = day.month - _MONTHS_OLDER
    year = day.year - age - (month < 1)
    return date(year, month + 12 * (month < 1), 1)


def _other(meal: Meal) -> Meal:
    """A meal of the same day that somebody may have had before."""
    return Meal.LUNCH if meal is not Meal.LUNCH else Meal.BREAKFAST
