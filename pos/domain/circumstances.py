"""What a price may depend on besides the basket and the tariff: the person, and the day, meal, place and way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.areas import Area
from pos.domain.bill import Tender, Way
from pos.domain.calendar import DayFacts, day_facts
from pos.domain.menu import Meal


@dataclass(frozen=True, slots=True)
class Person:
    """Facts about a person on the meal's date; a walk-in is `Person()`.

    `categories` are those whose certificate is valid on that day, `passes` those that are; `hukou` is where
    somebody is registered, `residence` where they live.
    """

    birth_date: date | None = None
    categories: frozenset[str] = frozenset()
    hukou: Area = ""
    residence: Area = ""
    passes: frozenset[str] = frozenset()
    diets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """The day, the meal, the way of eating and paying, what kind of day it is, and where the canteen stands.

    Without `facts` the day is what its weekday makes of it.
    """

    day: date
    meal: Meal
    way: Way = Way.DINE_IN
    tender: Tender = Tender.CARD
    facts: DayFacts | None = None
    area: Area = ""

    @property
    def day_facts(self) -> DayFacts:
        """The kind of day, from the calendar or from the weekday."""
        return self.facts or day_facts(self.day)
