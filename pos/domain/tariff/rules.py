"""Reads one rule of a tariff document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pos.domain.areas import Level
from pos.domain.bill import CANTEEN, DINER, PREPAID, Tender, Way
from pos.domain.calendar import DayKind
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.tariff.document import (
    ALWAYS,
    ANYBODY,
    ANYHOW,
    EVERYTHING,
    OLDEST,
    UNLIMITED,
    Base,
    Gift,
    Home,
    How,
    Limit,
    OwnDays,
    Part,
    Rule,
    Service,
    Spend,
    Then,
    What,
    When,
    Where,
    Who,
)
from pos.domain.tariff.faults import Fault
from pos.domain.tariff.table import LONGEST_ID, LONGEST_LABEL, Table, meant

WEEKDAYS: Mapping[str, int] = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_MOST = 999
_SHARES = 10_000
_OWN = (CANTEEN, PREPAID)
"""Payers that need no declaration: the canteen's own discount, and a pass that was paid for before."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the head of the document declares."""

    payers: frozenset[str]
    groups: frozenset[str]


def read_rule(table: Table, names: Names) -> Rule:
    """One of [[rules]]; what is wrong with it is noted in the table."""
    table.rule = table.text("id", longest=LONGEST_ID)
    who = _who(table.table("who"))
    parts = _parts(table, names)
    then = _then(table, parts)
    payers = _paid_by(table, then, parts, PREPAID if who.passes else CANTEEN)
    rule = Rule(
        id=table.rule,
        then=then,
        payers=payers,
        label=table.text("label", "", longest=LONGEST_LABEL),
        who=who,
        when=_when(table.table("when")),
        where=_where(table.table("where")),
        how=_how(table.table("how")),
        what=_what(table.table("what")),
        spend=_spend(table.table("spend")),
        limit=read_limit(table),
        group=_group(table, names),
        line=table.line,
    )
    table.done()
    if rule.limit.per_meal is None and any(part.payer in names.payers or part.payer == PREPAID for part in payers):
        return replace(rule, limit=replace(rule.limit, per_meal=1))
    return rule


def read_limit(around: Table) -> Limit:
    """The `limit` of a rule or a group."""
    table = around.table("limit")
    if table is None:
        return UNLIMITED
    limit = Limit(*(table.number(key, 1, _MOST) for key in ("per_meal", "per_day", "per_week", "per_month")))
    table.done()
    stated = [(f"per_{per}", most) for per, most in limit.stated]
    for (key, most), (longer, longer_most) in pairwise(stated):
        if longer_most < most:
            table.wrong(Fault.LIMITS_CONTRADICT, longer, most=longer_most, other=key, other_most=most)
    return limit


def _who(table: Table | None) -> Who:
    if table is None:
        return ANYBODY
    age_from, age_to = table.number("age_from", 0, OLDEST), table.number("age_to", 0, OLDEST)
    who = Who(
        0 if age_from is None else age_from,
        OLDEST if age_to is None else age_to,
        any_of=table.words("any_of"),
        all_of=table.words("all_of"),
        hukou=table.listed("hukou"),
        residence=table.listed("residence"),
        diets=table.words("diets"),
        passes=table.words("passes"),
    )
    table.done()
    if who.age_to < who.age_from:
        table.wrong(Fault.AGES_BACKWARDS, "age_to", age_from=who.age_from, age_to=who.age_to)
    return who


def _when(table: Table | None) -> When:
    if table is None:
        return ALWAYS
    own = table.choice("own_days", OwnDays, OwnDays.OPEN) if "own_days" in table else None
    when = When(table.choices("meals", Meal), table.named("weekdays", WEEKDAYS), table.choices("days", DayKind), own)
    table.done()
    return when


def _where(table: Table | None) -> Where | None:
    if table is None:
        return None
    if "same" not in table:
        table.wrong(Fault.MISSING, "same")
    where = Where(table.choice("same", Level, Level.CITY), table.choice("home", Home, Home.HUKOU))
    table.done()
    return where


def _how(table: Table | None) -> How:
    if table is None:
        return ANYHOW
    how = How(table.choices("ways", Way), table.choices("tenders", Tender))
    table.done()
    return how


def _what(table: Table | None) -> What:
    if table is None:
        return EVERYTHING
    what = What(
        table.choices("kinds", DishKind), table.words("dishes"), table.yes("by_weight"), table.number("portions", 1, _MOST)
    )
    table.done()
    return what


def _spend(table: Table | None) -> Spend | None:
    if table is None:
        return None
    at_least, more_than = table.amount("at_least"), table.amount("more_than")
    spend = Spend(at_least or 0, more_than, table.choice("measured_on", Base, Base.LIST))
    table.done()
    if "at_least" in table and "more_than" in table:
        table.wrong(Fault.NOT_WITH, "more_than", other="at_least")
    elif "at_least" not in table and "more_than" not in table:
        table.wrong(Fault.MISSING, "at_least")
    return spend


def _group(table: Table, names: Names) -> str:
    group = table.text("group", "", longest=LONGEST_ID)
    if group and group not in names.groups:
        declared = ", ".join(sorted(names.groups))
        table.wrong(Fault.GROUP_NOT_DECLARED, "group", group=group, declared=declared, meant=meant(group, names.groups))
        return ""
    return group


def _then(rule: Table, parts: tuple[Part, ...]) -> Then:
    """What is given. Payers that all name their amount say it too, and `then` may be left out."""
    table = rule.table("then")
    amounts = [part.amount for part in parts if part.amount is not None]
    if table is None:
        if parts and len(amounts) == len(parts):
            return Then(Gift.OFF, sum(amounts))
        rule.wrong(Fault.NO_GIFT, choices=", ".join(Gift))
        return Then(Gift.OFF)
    given = [gift for gift in Gift if gift.value in table]
    if not given:
        table.wrong(Fault.NO_GIFT, choices=", ".join(Gift))
    for other in given[1:]:
        table.wrong(Fault.TWO_GIFTS, other.value, first=given[0].value, second=other.value)
    then = _gift(table, given[0] if given else Gift.OFF)
    table.done()
    _agree(rule, then, parts, sum(amounts))
    return then


def _agree(rule: Table, then: Then, parts: tuple[Part, ...], known: Fen) -> None:
    """The payers' amounts are the gift's, and where it is no fixed amount the last payer's is left open."""
    if not parts:
        return
    closed = parts[-1].amount is not None
    if then.gift not in {Gift.OFF, Gift.UP_TO, Gift.REPORT}:
        if closed:
            rule.wrong(Fault.MIXED_SPLIT, "payers")
    elif known > then.amount or (closed and known != then.amount):
        rule.wrong(Fault.PARTS_DIFFER, "payers", parts=known, amount=then.amount)


def _gift(table: Table, gift: Gift) -> Then:
    base = table.choice("base", Base, Base.LIST)
    at_most = table.amount("at_most")
    service = table.choice("service", Service, Service.OPERATING)
    measured = gift in {Gift.PERCENT, Gift.NTH_PERCENT}
    for key, fits in (("base", measured), ("at_most", measured), ("service", gift is Gift.REPORT)):
        if key in table and not fits:
            table.wrong(Fault.NOT_WITH, key, other=gift.value)
    if gift is Gift.PERCENT:
        return Then(gift, basis_points=table.percent("percent") or 0, at_most=at_most, base=base)
    if gift is Gift.NTH_PERCENT:
        return Then(gift, nth=table.percents("nth_percent") or (), at_most=at_most, base=base)
    if gift is Gift.FREE:
        if table.yes("free") is False:
            table.wrong(Fault.NO_SUCH_CHOICE, "free", found="false", choices="true", meant="true")
        return Then(gift)
    return Then(gift, table.amount(gift.value) or 0, service=service)


def _parts(table: Table, names: Names) -> tuple[Part, ...]:
    parts: list[Part] = []
    for number, value in enumerate(table.items("payers")):
        part = _part(table, number, value)
        if part is None:
            continue
        if part.payer not in names.payers and part.payer not in _OWN:
            known = ", ".join(sorted(names.payers))
            table.wrong(
                Fault.PAYER_NOT_DECLARED, "payers", payer=part.payer, declared=known, meant=meant(part.payer, names.payers)
            )
        elif part.payer in {one.payer for one in parts}:
            table.wrong(Fault.PAYER_TWICE, "payers", payer=part.payer)
        parts.append(part)
    shares = [part for part in parts if part.share is not None]
    rests = [part for part in parts[:-1] if part.share is None and part.amount is None]
    if (shares and len(shares) < len(parts)) or rests:
        table.wrong(Fault.MIXED_SPLIT, "payers")
    return tuple(parts)


def _part(table: Table, number: int, value: object) -> Part | None:
    if type(value) is str and value.strip():
        return Part(value.strip())
    inner = table.element("payers", number)
    if inner is None:
        return None
    part = Part(inner.text("payer", longest=LONGEST_ID), inner.amount("yuan"), inner.number("share", 1, _SHARES))
    inner.done()
    if part.amount is not None and part.share is not None:
        inner.wrong(Fault.NOT_WITH, "share", other="yuan")
    return part


def _paid_by(table: Table, then: Then, parts: tuple[Part, ...], otherwise: str) -> tuple[Part, ...]:
    """Who pays the gift: the canteen (of a pass, the pass) where nobody is named; a fee is paid by the diner."""
    if then.gift is Gift.FEE:
        if parts:
            table.wrong(Fault.NOT_WITH, "payers", other=Gift.FEE.value)
        return (Part(DINER),)
    if then.gift is Gift.REPORT and not parts:
        table.wrong(Fault.PAYER_NEEDED, "then")
    return parts or (Part(otherwise),)
