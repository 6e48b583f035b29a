"""What fitting rules give: each rule's worth, and which of a group's rules hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pos.domain.fitting import Fit
from pos.domain.money import Fen, round_half_up, split
from pos.domain.tariff import Base, Choose, Gift, Part

_ALL_BP = 10_000
ON_TOP = frozenset({Gift.FEE, Gift.REPORT})
"""Gifts that take nothing off the price."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one rule takes off the price, in fen."""

    fit: Fit
    amount: Fen


@dataclass(frozen=True, slots=True)
class Chance:
    """The fitting rules of one step of the tariff, of which all, the best or the first hold."""

    choose: Choose
    fits: tuple[Fit, ...]


Plan: TypeAlias = tuple[tuple[Given, ...], ...]
"""What each step gives."""


@dataclass(frozen=True, slots=True)
class Prices:
    """The list price of the basket, and the unit of rounding, in fen."""

    total: Fen
    unit: Fen


def spends_enough(fit: Fit, left: Fen, total: Fen) -> bool:
    """Whether the basket costs what the rule asks, at list price or after what was taken off."""
    spend = fit.rule.spend
    if spend is None:
        return True
    spent = total if spend.measured_on is Base.LIST else left
    return spent >= spend.at_least if spend.more_than is None else spent > spend.more_than


def worth(fit: Fit, left: Fen, prices: Prices) -> Fen:
    """What a rule takes off when so much is left to pay: never more than is left of the dishes it is about."""
    total = prices.total
    if left <= 0 or not spends_enough(fit, left, total):
        return 0
    eligible, then = fit.eligible, fit.rule.then
    # What was taken off before fell on all dishes alike.
    rest = eligible if left == total else round_half_up(eligible * left, total)
    match then.gift:
        case Gift.OFF | Gift.UP_TO:
            return min(then.amount, rest)
        case Gift.FLAT:
            return max(0, rest - then.amount)
        case Gift.FREE:
            return rest
        case Gift.PERCENT:
            basis_points = then.basis_points
        case Gift.NTH_PERCENT:
            basis_points = then.nth[fit.uses_today] if then.nth else 0
        case _:
            return 0
    base = eligible if then.base is Base.LIST else rest
    part = round_half_up(base * basis_points, _ALL_BP * prices.unit) * prices.unit
    return min(part, rest) if then.at_most is None else min(part, rest, then.at_most)


def greedy_plan(chances: tuple[Chance, ...], prices: Prices) -> Plan:
    """Each step takes its best at once: the best there is, as long as taking more never spoils a later step."""
    left, plan = prices.total, []
    for chance in chances:
        given = _best(chance, left, prices) if chance.choose is Choose.BEST else _stated(chance, left, prices)
        left -= sum(one.amount for one in given)
        plan.append(given)
    return tuple(plan)


def best_plan(chances: tuple[Chance, ...], prices: Prices) -> Plan:
    """The plan that leaves the diner least to pay; of equal ones that of the rules that stand first.

    Needed where a threshold is measured after discounts: there a smaller discount, or none, may be the better
    one, because the subsidy behind it is kept.
    """
    return _least(chances, 0, prices.total, prices, {})[1]


_Known: TypeAlias = dict[tuple[int, Fen], tuple[Fen, Plan]]
"""What is left at the end and the plan, from a step on and with so much left: ten groups of ten would else take hours."""


def _least(chances: tuple[Chance, ...], step: int, left: Fen, prices: Prices, known: _Known) -> tuple[Fen, Plan]:
    if step == len(chances):
        return left, ()
    if (step, left) in known:
        return known[step, left]
    found: tuple[Fen, Plan] | None = None
    for given in _options(chances[step], left, prices):
        due, plan = _least(chances, step + 1, left - sum(one.amount for one in given), prices, known)
        if found is None or due < found[0]:
            found = due, (given, *plan)
    assert found is not None, "to take nothing is an option"
    known[step, left] = found
    return found


def _options(chance: Chance, left: Fen, prices: Prices) -> list[tuple[Given, ...]]:
    if chance.choose is not Choose.BEST:
        return [_stated(chance, left, prices)]
    worths = ((fit, worth(fit, left, prices)) for fit in chance.fits)
    return [*((Given(fit, amount),) for fit, amount in worths if amount), ()]


def _best(chance: Chance, left: Fen, prices: Prices) -> tuple[Given, ...]:
    best, most = None, 0
    for fit in chance.fits:
        amount = worth(fit, left, prices)
        if amount > most:
            best, most = fit, amount
    return () if best is None else (Given(best, most),)


def _stated(chance: Chance, left: Fen, prices: Prices) -> tuple[Given, ...]:
    """All rules in their order, or the first that gives anything."""
    given: list[Given] = []
    for fit in chance.fits:
        amount = worth(fit, left, prices)
        if amount:
            given.append(Given(fit, amount))
            left -= amount
            if chance.choose is Choose.FIRST:
                break
    return tuple(given)


def on_top(chance: Chance, left: Fen, total: Fen) -> tuple[Fit, ...]:
    """The fees and reports of a step: all, the first, or the smallest fee and the largest report."""
    fits = [fit for fit in chance.fits if fit.rule.then.gift in ON_TOP and spends_enough(fit, left, total)]
    if chance.choose is Choose.SUM or len(fits) < 2:
        return tuple(fits)
    if chance.choose is Choose.FIRST:
        return (fits[0],)
    fees = [fit for fit in fits if fit.rule.then.gift is Gift.FEE]
    reports = [fit for fit in fits if fit.rule.then.gift is Gift.REPORT]
    smallest = [min(fees, key=lambda fit: fit.rule.then.amount)] if fees else []
    largest = [max(reports, key=lambda fit: fit.rule.then.amount)] if reports else []
    return (*smallest, *largest)


def parts(amount: Fen, payers: tuple[Part, ...]) -> list[tuple[str, Fen]]:
    """Everybody's part: shares by weight, or amounts in their order; the last payer takes the remainder."""
    if len(payers) == 1:
        return [(payers[0].payer, amount)]
    if payers[0].share is not None:
        weights = [part.share or 0 for part in payers]
        return list(zip((part.payer for part in payers), split(amount, weights), strict=True))
    found: list[tuple[str, Fen]] = []
    for part in payers[:-1]:
        paid = min(part.amount or 0, amount)
        found.append((part.payer, paid))
        amount -= paid
    return [*found, (payers[-1].payer, amount)]
