"""Whether a rule fits: what it asks of the person, the meal, the day, the place and what was had before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pos.domain.areas import Area, same, within
from pos.domain.bill import OWN_PAYERS, Basket, Bill, Reason, ReasonCode
from pos.domain.calendar import DayFacts
from pos.domain.circumstances import Circumstances, Person
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.tariff import Gift, Home, OwnDays, Rule, Tariff, What, Where, Who
from pos.domain.usage import Had, Per, Usage


@dataclass(frozen=True, slots=True)
class Case:
    """All that is known when a bill is made; `age` in full years as the tariff counts them, None if unknown."""

    basket: Basket
    list_price: Fen
    person: Person
    age: int | None
    when: Circumstances
    usage: Usage
    day_facts: DayFacts
    area: Area


@dataclass(frozen=True, slots=True)
class Fit:
    """A rule that fits: the part of the list price that it is about (fen), and how often it helped today."""

    rule: Rule
    eligible: Fen
    uses_today: int = 0


def fit(rule: Rule, case: Case, limits: tuple[tuple[Per, int], ...], group: Iterable[str]) -> Fit | Reason | None:
    """The rule as it fits, or why it helps this person another time but not now, or None: it is not about this.

    `limits` are those of the rule's group, counted over its rules.
    """
    when = case.when
    if not _is(rule.who, case) or (rule.when.meals and when.meal not in rule.when.meals):
        return None
    if rule.how.ways and when.way not in rule.how.ways:
        return None
    eligible = _eligible(rule.what, case)
    if eligible is None:
        return None
    if rule.where and not _near(rule.where, case):
        return Reason(ReasonCode.OTHER_AREA, _named(rule, same=rule.where.same.value))
    if rule.how.tenders and when.tender not in rule.how.tenders:
        return Reason(ReasonCode.OTHER_TENDER, _named(rule, tenders=",".join(sorted(rule.how.tenders))))
    if not _on(rule, case):
        return Reason(ReasonCode.DAY_NOT_COVERED, _named(rule, kind=case.day_facts.kind.value))
    return _within_limits(rule, case, limits, group, eligible)


def _is(who: Who, case: Case) -> bool:
    age, person = case.age, case.person
    if age is None:
        if who.asks_age:
            return False
    elif not who.age_from <= age <= who.age_to:
        return False
    if who.any_of and not who.any_of & person.categories:
        return False
    if who.all_of and not who.all_of <= person.categories:
        return False
    if who.hukou and not any(within(person.hukou, area) for area in who.hukou):
        return False
    if who.residence and not any(within(person.residence, area) for area in who.residence):
        return False
    if who.diets and not who.diets & person.diets:
        return False
    return not who.passes or bool(who.passes & person.passes)


def _eligible(what: What, case: Case) -> Fen | None:
    """The list price of the dishes that a rule is about, or None where there are none."""
    if not (what.kinds or what.dishes or what.by_weight is not None or what.portions is not None):
        return case.list_price
    items = [
        item
        for item in case.basket
        if (not what.kinds or item.kind in what.kinds)
        and (not what.dishes or item.name in what.dishes)
        and (what.by_weight is None or what.by_weight == (item.grams > 0))
    ]
    if not items:
        return None
    if what.portions is None:
        return sum(item.amount for item in items)
    prices = sorted((item.unit_price for item in items for _portion in range(item.quantity)), reverse=True)
    return sum(prices[: what.portions])


def _near(where: Where, case: Case) -> bool:
    home = case.person.hukou if where.home is Home.HUKOU else case.person.residence
    return same(where.same, home, case.area)


def _on(rule: Rule, case: Case) -> bool:
    """Whether the rule holds on the day, and every payer pays for meals of such a day."""
    when, facts = rule.when, case.day_facts
    if when.weekdays and case.when.day.weekday() not in when.weekdays:
        return False
    if when.days and facts.kind not in when.days:
        return False
    if when.own_days is OwnDays.OPEN and not facts.open:
        return False
    if when.own_days is OwnDays.SUBSIDISED and not facts.subsidised:
        return False
    return all(part.payer in OWN_PAYERS or facts.counts_for(part.payer) for part in rule.payers)


def _within_limits(
    rule: Rule, case: Case, limits: tuple[tuple[Per, int], ...], group: Iterable[str], eligible: Fen
) -> Fit | Reason:
    if not case.usage.had:
        return Fit(rule, eligible)
    day, meal, usage = case.when.day, case.when.meal, case.usage
    for counted, stated in (((rule.id,), rule.limits), (group, limits)):
        for per, most in stated:
            uses = usage.uses(counted, per, day, meal)
            if uses >= most:
                return Reason(ReasonCode.LIMIT_REACHED, _named(rule, per=per.value, most=most, uses=uses))
    uses_today = usage.uses((rule.id,), Per.DAY, day, meal) if rule.then.gift is Gift.NTH_PERCENT else 0
    if uses_today and uses_today >= len(rule.then.nth):
        facts = _named(rule, per=Per.DAY.value, most=len(rule.then.nth), uses=uses_today)
        return Reason(ReasonCode.LIMIT_REACHED, facts)
    return Fit(rule, eligible, uses_today)


def used_up(bill: Bill, usage: Usage, tariff: Tariff, day: date, meal: Meal) -> Had | None:
    """A meal that took what payers would give to this bill, where their limits leave nothing for it.

    A bill was agreed once; when it is charged late, what it was given may have been given to another meal since.
    """
    given = {line.rule_id for line in (*bill.lines, *bill.reports) if line.claimable}
    if twice := usage.used(given, Per.MEAL, day, meal):
        return twice[-1]
    for step in tariff.steps:
        for rule in step.rules:
            if rule.id not in given:
                continue
            for counted, stated in (((rule.id,), rule.limits), (step.ids, step.limits)):
                for per, most in stated:
                    used = usage.used(counted, per, day, meal)
                    if len(used) >= most:
                        return used[-1]
    return None


def _named(rule: Rule, **facts: int | str) -> dict[str, int | str]:
    """The facts of a note, with what the rule is called."""
    return {"label": rule.label or rule.id, **facts}
