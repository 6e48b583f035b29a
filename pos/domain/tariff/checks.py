"""What is wrong between the rules of a tariff, and what somebody should look at before it is published."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace
from itertools import pairwise

from pos.domain.areas import Area
from pos.domain.bill import Facts
from pos.domain.calendar import DayKind
from pos.domain.money import Fen
from pos.domain.tariff.document import OLDEST, Choose, Gift, Limit, Rule, Tariff, Who
from pos.domain.tariff.faults import Fault, Finding, Severity

_WEEKEND = frozenset({5, 6})
_WARNING = Severity.WARNING


def check_tariff(tariff: Tariff, price: Fen | None = None, area: Area = "") -> tuple[Finding, ...]:
    """Errors and warnings in the order of the lines.

    `price` (fen) is a usual meal, to see subsidies above it; `area` is where the canteen stands, where it is set.
    """
    findings = [*errors_in(tariff), *_stuck(tariff), *_gaps(tariff), *_unreachable(tariff)]
    if not (area or tariff.area):
        findings += (Finding(Fault.NO_AREA, rule.line, rule.id, {}, _WARNING) for rule in tariff.rules if rule.where)
    if price is not None:
        findings += _above(tariff, price)
    return tuple(sorted(findings, key=lambda finding: finding.line))


def errors_in(tariff: Tariff) -> list[Finding]:
    """What makes the rules contradict each other or themselves."""
    return [*_told_twice(tariff), *_overlaps(tariff), *_never(tariff)]


def _told_twice(tariff: Tariff) -> Iterator[Finding]:
    first: dict[str, Rule] = {}
    for rule in tariff.rules:
        if rule.id in first:
            yield Finding(Fault.RULE_TWICE, rule.line, rule.id, {"other_line": first[rule.id].line})
        first.setdefault(rule.id, rule)


def _overlaps(tariff: Tariff) -> Iterator[Finding]:
    for tiers in _tiers(tariff):
        for lower, upper in pairwise(tiers):
            if upper.who.age_from > lower.who.age_to:
                continue
            if lower.who.age_to == OLDEST and upper.who.age_from > lower.who.age_from:
                facts: Facts = {"other": upper.id, "other_line": upper.line, "age_to": upper.who.age_from - 1}
                yield Finding(Fault.AGES_OPEN, lower.line, lower.id, facts)
            else:
                facts = {"other": lower.id, "other_line": lower.line, "age": upper.who.age_from}
                yield Finding(Fault.AGES_OVERLAP, upper.line, upper.id, facts)


def _gaps(tariff: Tariff) -> Iterator[Finding]:
    for tiers in _tiers(tariff):
        for lower, upper in pairwise(tiers):
            if upper.who.age_from > lower.who.age_to + 1:
                facts: Facts = {"age_from": lower.who.age_to + 1, "age_to": upper.who.age_from - 1, "other": lower.id}
                yield Finding(Fault.AGE_GAP, upper.line, upper.id, facts, _WARNING)


def _tiers(tariff: Tariff) -> list[list[Rule]]:
    """Rules that differ in nothing but ages and gift, by age: of one group, or of one kind and the same payers.

    In a group where the first rule that fits is taken, the order decides and ages may overlap.
    """
    in_order = {group.id for group in tariff.groups if group.choose is Choose.FIRST}
    families: dict[Hashable, list[Rule]] = {}
    for rule in tariff.rules:
        if rule.who.asks_age and rule.group not in in_order:
            kind = rule.group or (rule.then.gift, frozenset(part.payer for part in rule.payers))
            families.setdefault((kind, _asks(rule)), []).append(rule)
    return [sorted(family, key=lambda rule: rule.who.age_from) for family in families.values() if len(family) > 1]


def _asks(rule: Rule) -> Hashable:
    who = replace(rule.who, age_from=0, age_to=OLDEST)
    return who, rule.when, rule.where, rule.how, rule.what, rule.spend


def _never(tariff: Tariff) -> Iterator[Finding]:
    """Weekdays that the kind of day rules out: a Saturday is no ordinary workday."""
    for rule in tariff.rules:
        weekdays, days = rule.when.weekdays, rule.when.days
        no_workday = bool(weekdays) and weekdays <= _WEEKEND and days == {DayKind.WORKDAY}
        no_weekend = bool(weekdays) and not weekdays & _WEEKEND and bool(days) and days <= {DayKind.WEEKEND, DayKind.MAKE_UP}
        if no_workday or no_weekend:
            yield Finding(Fault.NEVER_FITS, rule.line, rule.id, {"key": "weekdays"})


def _stuck(tariff: Tariff) -> Iterator[Finding]:
    """A meal that gets nothing is no use of a rule: after a 0 the next meal is still the same one, for ever."""
    for rule in tariff.rules:
        if 0 in rule.then.nth[:-1]:
            yield Finding(Fault.OUT_OF_RANGE, rule.line, rule.id, {"key": "nth_percent", "found": 0, "low": 1, "high": 100})


def _above(tariff: Tariff, price: Fen) -> Iterator[Finding]:
    for rule in tariff.rules:
        if rule.then.gift in {Gift.OFF, Gift.FLAT} and rule.then.amount > price:
            facts = {"amount": rule.then.amount, "price": price}
            yield Finding(Fault.ABOVE_PRICE, rule.line, rule.id, facts, _WARNING)


def _unreachable(tariff: Tariff) -> Iterator[Finding]:
    """Rules of a group that another always beats: an earlier one that fits whenever they do."""
    groups = {group.id: group for group in tariff.groups}
    for number, rule in enumerate(tariff.rules):
        if not rule.group or groups[rule.group].choose is Choose.SUM:
            continue
        first = groups[rule.group].choose is Choose.FIRST
        limit = groups[rule.group].limit
        for other in tariff.rules[:number]:
            if other.group == rule.group and _never_runs_out(other, limit) and _covers(other, rule) and (first or _beats(other, rule)):
                yield Finding(Fault.UNREACHABLE, rule.line, rule.id, {"other": other.id, "other_line": other.line}, _WARNING)
                break


def _never_runs_out(rule: Rule, group: Limit) -> bool:
    """Whether a rule still fits for as long as its group does."""
    held = dict(group.stated)
    return all(per in held and held[per] <= most for per, most in rule.limit.stated)


def _beats(one: Rule, other: Rule) -> bool:
    then, less = one.then, other.then
    if then.gift is not less.gift or then.base is not less.base:
        return False
    if then.gift is Gift.FLAT:
        return then.amount <= less.amount
    capped = then.at_most is not None and (less.at_most is None or less.at_most > then.at_most)
    return then.amount >= less.amount and then.basis_points >= less.basis_points and not then.nth and not capped


def _covers(one: Rule, other: Rule) -> bool:
    """Whether the one fits whenever the other does."""
    when, when_other = one.when, other.when
    return (
        _who_covers(one.who, other.who)
        and _any_of(when.meals, when_other.meals)
        and _any_of(when.weekdays, when_other.weekdays)
        and _any_of(when.days, when_other.days)
        and when.own_days in {None, when_other.own_days}
        and one.where in {None, other.where}
        and _any_of(one.how.ways, other.how.ways)
        and _any_of(one.how.tenders, other.how.tenders)
        and one.what == other.what
        and one.spend in {None, other.spend}
    )


def _who_covers(one: Who, other: Who) -> bool:
    return (
        one.age_from <= other.age_from
        and one.age_to >= other.age_to
        and _any_of(one.any_of, other.any_of)
        and one.all_of <= other.all_of
        and (not one.hukou or one.hukou == other.hukou)
        and (not one.residence or one.residence == other.residence)
        and _any_of(one.diets, other.diets)
        and _any_of(one.passes, other.passes)
    )


def _any_of(one: frozenset[object] | frozenset[int] | frozenset[str], other: frozenset[object] | frozenset[int] | frozenset[str]) -> bool:
    """Whether who asks for one of these is content with one of those."""
    return not one or (bool(other) and one >= other)
