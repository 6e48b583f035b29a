"""What hangs on the wall: the menu of a week, and the price board with what is paid towards a meal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos.domain.calendar import DayFacts
from pos.domain.menu import Dish, Meal, Offer, Plan
from pos.domain.tariff import Gift, Rule, Tariff

DAYS = 7


@dataclass(frozen=True, slots=True)
class MealOfWeek:
    """A meal on the days of a week: what there is `always`, and what else on each day."""

    meal: Meal
    always: tuple[Offer, ...]
    days: tuple[tuple[Offer, ...], ...]


@dataclass(frozen=True, slots=True)
class WeekMenu:
    """The menu of the seven days from `monday` on; a meal at which nothing is offered all week is left out."""

    monday: date
    days: tuple[DayFacts, ...]
    meals: tuple[MealOfWeek, ...]


@dataclass(frozen=True, slots=True)
class PriceBoard:
    """Every dish that is cooked, shelf by shelf, and the tariff that holds on `day`."""

    day: date
    dishes: tuple[Dish, ...]
    tariff: Tariff

    @property
    def notice(self) -> tuple[Rule, ...]:
        """The rules that a diner feels: what is only reported to an authority is nobody's discount."""
        return tuple(rule for rule in self.tariff.rules if rule.then.gift is not Gift.REPORT)


def week_menu(monday: date, days: Sequence[DayFacts], plans: Sequence[Sequence[Plan]]) -> WeekMenu:
    """The menu of a week: `days` and `plans` are those of its seven days. On a closed day nothing is offered.

    What is on every menu of a meal stands once and not seven times: what changes is what people look for.
    """
    meals = []
    for meal in Meal:
        offers = [
            next((plan.offers for plan in of_day if plan.meal is meal), ()) if facts.open else ()
            for facts, of_day in zip(days, plans, strict=True)
        ]
        served = [of_day for of_day in offers if of_day]
        if served:
            meals.append(_meal(meal, offers, served))
    return WeekMenu(monday, tuple(days), tuple(meals))


def _meal(meal: Meal, offers: Sequence[tuple[Offer, ...]], served: Sequence[tuple[Offer, ...]]) -> MealOfWeek:
    common = set.intersection(*({one.dish_id for one in of_day} for of_day in served)) if len(served) > 1 else set()
    always = tuple(one for one in served[0] if one.dish_id in common)
    days = tuple(tuple(one for one in of_day if one.dish_id not in common) for of_day in offers)
    return MealOfWeek(meal, always, days)
