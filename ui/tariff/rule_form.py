"""A rule as it stands in the form: typed words and chosen values, and back to the rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pos.domain.areas import Level
from pos.domain.bill import CANTEEN, DINER, PREPAID, Tender, Way
from pos.domain.calendar import DayKind
from pos.domain.errors import BadAmount
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen, parse_yuan, yuan
from pos.domain.tariff import (
    OLDEST,
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
from pos.words import percent

MEASURED = frozenset({Gift.PERCENT, Gift.NTH_PERCENT})
WITHOUT_AMOUNT = frozenset({Gift.FREE})
NO, YES = "no", "yes"
AT_LEAST, MORE_THAN = "at_least", "more_than"

_APART = re.compile(r"[,，、;；]")
_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?%?")
_MOST = 999


class Slot(StrEnum):
    """What can be typed wrongly."""

    ID = "id"
    AGE_FROM = "age_from"
    AGE_TO = "age_to"
    PORTIONS = "portions"
    SPEND = "spend"
    AMOUNT = "amount"
    AT_MOST = "at_most"
    PAYERS = "payers"
    PER_MEAL = "per_meal"
    PER_DAY = "per_day"
    PER_WEEK = "per_week"
    PER_MONTH = "per_month"


class Mistyped(ValueError):
    """A slot of the form holds something that means nothing."""

    def __init__(self, slot: Slot, typed: str) -> None:
        """Remember where, and what."""
        super().__init__(slot)
        self.slot = slot
        self.typed = typed


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything in the form. Lists are words with commas between; '' says nothing."""

    id: str = ""
    label: str = ""
    age_from: str = ""
    age_to: str = ""
    any_of: str = ""
    all_of: str = ""
    hukou: str = ""
    residence: str = ""
    diets: str = ""
    passes: str = ""
    meals: frozenset[str] = frozenset()
    weekdays: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    own_days: str = ""
    same: str = ""
    home: str = Home.HUKOU.value
    ways: frozenset[str] = frozenset()
    tenders: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    dishes: str = ""
    by_weight: str = ""
    portions: str = ""
    spend_kind: str = ""
    spend: str = ""
    measured_on: str = Base.LIST.value
    gift: str = Gift.OFF.value
    amount: str = ""
    at_most: str = ""
    base: str = Base.LIST.value
    service: str = Service.OPERATING.value
    payers: str = ""
    group: str = ""
    limits: Mapping[str, str] = field(default_factory=dict)


def typed_of(rule: Rule) -> Typed:
    """A rule as somebody would have typed it."""
    who, when, how, what, spend, then = rule.who, rule.when, rule.how, rule.what, rule.spend, rule.then
    spent = None if spend is None else spend.at_least if spend.more_than is None else spend.more_than
    return Typed(
        id=rule.id,
        label=rule.label,
        age_from=str(who.age_from) if who.age_from else "",
        age_to=str(who.age_to) if who.age_to < OLDEST else "",
        any_of=_joined(sorted(who.any_of)),
        all_of=_joined(sorted(who.all_of)),
        hukou=_joined(who.hukou),
        residence=_joined(who.residence),
        diets=_joined(sorted(who.diets)),
        passes=_joined(sorted(who.passes)),
        meals=frozenset(when.meals),
        weekdays=frozenset(map(str, when.weekdays)),
        days=frozenset(when.days),
        own_days=when.own_days.value if when.own_days else "",
        same=rule.where.same.value if rule.where else "",
        home=rule.where.home.value if rule.where else Home.HUKOU.value,
        ways=frozenset(how.ways),
        tenders=frozenset(how.tenders),
        kinds=frozenset(what.kinds),
        dishes=_joined(sorted(what.dishes)),
        by_weight="" if what.by_weight is None else YES if what.by_weight else NO,
        portions="" if what.portions is None else str(what.portions),
        spend_kind="" if spend is None else AT_LEAST if spend.more_than is None else MORE_THAN,
        spend="" if spent is None else yuan(spent),
        measured_on=spend.measured_on.value if spend else Base.LIST.value,
        gift=then.gift.value,
        amount=_amount_of(then),
        at_most="" if then.at_most is None else yuan(then.at_most),
        base=then.base.value,
        service=then.service.value,
        payers=_joined(map(_part_of, rule.payers if _named(rule) else ())),
        group=rule.group,
        limits={f"per_{per}": str(most) for per, most in rule.limit.stated},
    )


def rule_of(typed: Typed, line: int = 0) -> Rule:
    """The rule that was typed. Raises Mistyped for the first slot that means nothing."""
    if not typed.id.strip():
        raise Mistyped(Slot.ID, typed.id)
    then = _then(typed)
    who = _who(typed)
    return Rule(
        id=typed.id.strip(),
        then=then,
        payers=_payers(typed, then, who),
        label=typed.label.strip(),
        who=who,
        when=When(
            frozenset(map(Meal, typed.meals)),
            frozenset(map(int, typed.weekdays)),
            frozenset(map(DayKind, typed.days)),
            OwnDays(typed.own_days) if typed.own_days else None,
        ),
        where=Where(Level(typed.same), Home(typed.home)) if typed.same else None,
        how=How(frozenset(map(Way, typed.ways)), frozenset(map(Tender, typed.tenders))),
        what=What(
            frozenset(map(DishKind, typed.kinds)),
            _set(typed.dishes),
            typed.by_weight == YES if typed.by_weight else None,
            _count(Slot.PORTIONS, typed.portions),
        ),
        spend=_spend(typed),
        limit=Limit(*(_count(Slot(key), typed.limits.get(key, "")) for key in ("per_meal", "per_day", "per_week", "per_month"))),
        group=typed.group,
        line=line,
    )


def words_in(text: str) -> tuple[str, ...]:
    """Words with any kind of comma between."""
    return tuple(word for part in _APART.split(text) if (word := part.strip()))


def _who(typed: Typed) -> Who:
    age_from, age_to = _age(Slot.AGE_FROM, typed.age_from), _age(Slot.AGE_TO, typed.age_to)
    return Who(
        age_from or 0,
        OLDEST if age_to is None else age_to,
        _set(typed.any_of),
        _set(typed.all_of),
        words_in(typed.hukou),
        words_in(typed.residence),
        _set(typed.diets),
        _set(typed.passes),
    )


def _then(typed: Typed) -> Then:
    gift = Gift(typed.gift)
    if gift in WITHOUT_AMOUNT:
        return Then(gift)
    if gift in MEASURED:
        at_most = _yuan(Slot.AT_MOST, typed.at_most) if typed.at_most.strip() else None
        percents = tuple(_basis_points(one) for one in words_in(typed.amount))
        if not percents or (gift is Gift.PERCENT and len(percents) > 1):
            raise Mistyped(Slot.AMOUNT, typed.amount)
        if gift is Gift.PERCENT:
            return Then(gift, basis_points=percents[0], at_most=at_most, base=Base(typed.base))
        return Then(gift, nth=percents, at_most=at_most, base=Base(typed.base))
    service = Service(typed.service) if gift is Gift.REPORT else Service.OPERATING
    return Then(gift, _yuan(Slot.AMOUNT, typed.amount), service=service)


def _spend(typed: Typed) -> Spend | None:
    if not typed.spend_kind:
        return None
    amount, base = _yuan(Slot.SPEND, typed.spend), Base(typed.measured_on)
    return Spend(amount, None, base) if typed.spend_kind == AT_LEAST else Spend(0, amount, base)


def _payers(typed: Typed, then: Then, who: Who) -> tuple[Part, ...]:
    if then.gift is Gift.FEE:
        return (Part(DINER),)
    parts = tuple(_part(one) for one in words_in(typed.payers))
    if not parts and then.gift is Gift.REPORT:
        raise Mistyped(Slot.PAYERS, typed.payers)
    return parts or (Part(PREPAID if who.passes else CANTEEN),)


def _part(text: str) -> Part:
    """'city', 'city 3.00' or 'city x2'."""
    payer, _blank, rest = text.rpartition(" ")
    if not payer:
        return Part(text)
    if rest[:1] in "x×*" and rest[1:].isdecimal():
        return Part(payer.strip(), share=int(rest[1:]))
    return Part(payer.strip(), _yuan(Slot.PAYERS, rest))


def _part_of(part: Part) -> str:
    if part.amount is not None:
        return f"{part.payer} {yuan(part.amount)}"
    return part.payer if part.share is None else f"{part.payer} x{part.share}"


def _named(rule: Rule) -> bool:
    """Whether the rule names its payers, rather than leaving it to what goes without saying."""
    return rule.payers not in {(Part(CANTEEN),), (Part(DINER),), (Part(PREPAID),)} or rule.then.gift is Gift.REPORT


def _amount_of(then: Then) -> str:
    match then.gift:
        case Gift.PERCENT:
            return percent(then.basis_points)
        case Gift.NTH_PERCENT:
            return ", ".join(map(percent, then.nth))
        case Gift.FREE:
            return ""
        case _:
            return yuan(then.amount)


def _yuan(slot: Slot, text: str) -> Fen:
    try:
        return parse_yuan(text)
    except BadAmount as error:
        raise Mistyped(slot, text) from error


def _basis_points(text: str) -> int:
    found = _PERCENT.fullmatch(text)
    basis_points = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else -1
    if not 0 <= basis_points <= 10_000:
        raise Mistyped(Slot.AMOUNT, text)
    return basis_points


def _age(slot: Slot, text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or int(text) > OLDEST:
        raise Mistyped(slot, text)
    return int(text)


def _count(slot: Slot, text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or not 1 <= int(text) <= _MOST:
        raise Mistyped(slot, text)
    return int(text)


def _set(text: str) -> frozenset[str]:
    return frozenset(words_in(text))


def _joined(words: Iterable[str]) -> str:
    return ", ".join(words)
