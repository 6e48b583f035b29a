"""The price of a basket for one person: a pure function from facts and rules to a bill that explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pos.domain.bill import (
    CANTEEN,
    DINER,
    OWN_PAYERS,
    PREPAID,
    WAIVER,
    Basket,
    BasketItem,
    Bill,
    BillLine,
    Facts,
    Reason,
    ReasonCode,
    Tender,
    Way,
    weighed,
)
from pos.domain.circumstances import Circumstances, Person
from pos.domain.errors import Refusal
from pos.domain.fitting import Case, Fit, fit
from pos.domain.giving import Chance, Plan, Prices, best_plan, greedy_plan, on_top, parts, spends_enough
from pos.domain.members import age_on
from pos.domain.money import Fen
from pos.domain.tariff import LIST_PRICE, Base, Gift, Rule, Service, Tariff
from pos.domain.usage import NOTHING_HAD, Had, Usage

__all__ = [
    "CANTEEN",
    "DINER",
    "LONGEST_WHY",
    "OWN_PAYERS",
    "PREPAID",
    "WAIVER",
    "Basket",
    "BasketItem",
    "Bill",
    "BillLine",
    "Circumstances",
    "Had",
    "Person",
    "Reason",
    "ReasonCode",
    "Tender",
    "Usage",
    "Waiver",
    "WaiverNeedsReason",
    "Way",
    "price",
    "weighed",
]

_CODES = {
    Gift.FLAT: ReasonCode.FLAT_PRICE,
    Gift.PERCENT: ReasonCode.PERCENT,
    Gift.OFF: ReasonCode.AMOUNT,
    Gift.UP_TO: ReasonCode.UP_TO,
    Gift.NTH_PERCENT: ReasonCode.NTH_MEAL,
    Gift.FREE: ReasonCode.FREE,
    Gift.FEE: ReasonCode.DELIVERY_FEE,
}
LONGEST_WHY = 40
"""Characters of a waiver's reason: it is printed on a narrow roll."""
_OWN_SHARE = Reason(ReasonCode.OWN_SHARE)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A manager lets somebody off, for a reason in words: an amount (fen), or with None all that is left to pay."""

    why: str
    amount: Fen | None = None


@dataclass(eq=False)
class WaiverNeedsReason(Refusal):
    """A waiver without a reason, or with one that is too long (characters)."""

    longest: int


@dataclass(slots=True)
class _Draft:
    """A bill in the making."""

    tariff: Tariff
    case: Case
    left: Fen
    lines: list[BillLine] = field(default_factory=list)
    fees: list[BillLine] = field(default_factory=list)
    reports: list[BillLine] = field(default_factory=list)
    notes: list[Reason] = field(default_factory=list)

    def line(self, payer: str, amount: Fen, rule: Rule, code: ReasonCode, facts: Facts) -> BillLine:
        known = self.tariff.payers.get(payer)
        named = facts if known is None else {**facts, "payer_name": known.name}
        return BillLine(payer, amount, known is not None, rule.id, self.tariff.id, Reason(code, named), rule.label)

    def note(self, reason: Reason) -> None:
        if reason not in self.notes:
            self.notes.append(reason)


def price(
    basket: Basket,
    person: Person,
    when: Circumstances,
    usage: Usage = NOTHING_HAD,
    tariff: Tariff = LIST_PRICE,
    waiver: Waiver | None = None,
) -> Bill:
    """Price a basket. Depends on its arguments alone; the age is that of the meal's date.

    The rules hold in the order of the tariff, each on what the ones before it left; nothing is taken twice and
    nobody pays less than nothing. Fees come on top, after any waiver.
    """
    list_price = sum(item.amount for item in basket)
    age = None if person.birth_date is None else age_on(person.birth_date, when.day, tariff.age_starts)
    case = Case(basket, list_price, person, age, when, usage, when.day_facts, when.area or tariff.area)
    draft = _Draft(tariff, case, list_price)
    chances, blocked = _asked(tariff, case)
    prices = Prices(list_price, tariff.round_to)
    plan = best_plan(chances, prices) if tariff.measures_after else greedy_plan(chances, prices)
    _write(draft, chances, blocked, plan)
    if waiver is not None and (waived := draft.left if waiver.amount is None else min(waiver.amount, draft.left)):
        why = Reason(ReasonCode.WAIVED, {"why": waiver.why})
        draft.lines.append(BillLine(WAIVER, waived, False, "", tariff.id, why))
        draft.left -= waived
    own = BillLine(DINER, draft.left, False, "", tariff.id, _OWN_SHARE)
    return Bill(basket, (*draft.lines, *draft.fees, own), tuple(draft.notes), tuple(draft.reports))


def _asked(tariff: Tariff, case: Case) -> tuple[tuple[Chance, ...], list[list[Reason]]]:
    """The rules that fit, step by step, and why others do not fit this time; steps about somebody else left out."""
    chances: list[Chance] = []
    blocked: list[list[Reason]] = []
    for step in tariff.steps:
        fits: list[Fit] = []
        reasons: list[Reason] = []
        for rule in step.rules:
            answer = fit(rule, case, step.limits, step.ids)
            if isinstance(answer, Fit):
                fits.append(answer)
            elif answer is not None:
                reasons.append(answer)
        if fits or reasons:
            chances.append(Chance(step.choose, tuple(fits)))
            blocked.append(reasons)
    return tuple(chances), blocked


def _write(draft: _Draft, chances: tuple[Chance, ...], blocked: list[list[Reason]], plan: Plan) -> None:
    """The lines of the plan; where a step gives nothing, the note that says why."""
    total = draft.left
    for chance, reasons, taken in zip(chances, blocked, plan, strict=True):
        before = draft.left
        for given in taken:
            _take(draft, given.fit, given.amount)
        extra = on_top(chance, before, total)
        for one in extra:
            _add(draft, one)
        if not taken and not extra:
            unmet = (_too_little(one, before, total) for one in chance.fits if not spends_enough(one, before, total))
            for note in [*reasons, *unmet][:1]:
                draft.note(note)


def _take(draft: _Draft, found: Fit, amount: Fen) -> None:
    rule = found.rule
    facts = _facts(draft.case, found)
    for payer, part in parts(amount, rule.payers):
        if part:
            draft.lines.append(draft.line(payer, part, rule, _CODES[rule.then.gift], facts))
    draft.left -= amount


def _add(draft: _Draft, found: Fit) -> None:
    """A fee or a report: no part of the list price."""
    rule = found.rule
    facts = _facts(draft.case, found)
    if rule.then.gift is Gift.FEE:
        draft.fees.append(draft.line(DINER, rule.then.amount, rule, ReasonCode.DELIVERY_FEE, facts))
        return
    code = ReasonCode.OPERATING if rule.then.service is Service.OPERATING else ReasonCode.DELIVERED
    for payer, part in parts(rule.then.amount, rule.payers):
        if part:
            draft.reports.append(draft.line(payer, part, rule, code, facts))


def _facts(case: Case, found: Fit) -> Facts:
    """Why the rule fits, and what it gives."""
    rule = found.rule
    return dict(_whom(case, rule)) | dict(_gift(found))


def _whom(case: Case, rule: Rule) -> Iterator[tuple[str, int | str]]:
    who = rule.who
    if who.asks_age and case.age is not None:
        yield "age", case.age
        yield "age_from", who.age_from
        yield "age_to", who.age_to
    if categories := (who.any_of & case.person.categories) | who.all_of:
        yield "categories", "、".join(sorted(categories))


def _gift(found: Fit) -> Iterator[tuple[str, int | str]]:
    then = found.rule.then
    if then.amount:
        yield "amount", then.amount
    if then.gift is Gift.PERCENT:
        yield "basis_points", then.basis_points
    if then.gift is Gift.NTH_PERCENT:
        yield "basis_points", then.nth[found.uses_today]
        yield "nth", found.uses_today + 1
    if then.at_most is not None:
        yield "at_most", then.at_most


def _too_little(found: Fit, left: Fen, total: Fen) -> Reason:
    """How much is missing from the price that a rule asks for."""
    spend = found.rule.spend
    assert spend is not None, "only a threshold is not met"
    spent = total if spend.measured_on is Base.LIST else left
    facts: dict[str, int | str] = {"label": found.rule.label or found.rule.id, "spent": spent, "measured_on": spend.measured_on.value}
    if spend.more_than is None:
        return Reason(ReasonCode.SPENT_TOO_LITTLE, {**facts, "at_least": spend.at_least})
    return Reason(ReasonCode.SPENT_TOO_LITTLE, {**facts, "more_than": spend.more_than})
