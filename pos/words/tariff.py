"""The words for a tariff's rules: what a rule asks for, what it gives, who pays and how often."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from pos import words
from pos.domain.calendar import DayKind
from pos.domain.money import money, yuan
from pos.domain.tariff import Base, Gift, Home, Limit, OwnDays, Part, Rule, Service, Tariff, Then, Who
from pos.i18n import _, ngettext

_MONDAY = date(2024, 1, 1)
DOT = " · "


def day_kind(value: DayKind) -> str:
    """What the national list calls a day."""
    return {
        DayKind.WORKDAY: _("workday"),
        DayKind.WEEKEND: _("weekend"),
        DayKind.HOLIDAY: _("holiday"),
        DayKind.MAKE_UP: _("make-up workday"),
    }[value]


def weekday(number: int) -> str:
    """The short name of a weekday, Monday is 0."""
    return words.weekday(_MONDAY + timedelta(days=number))


def home(value: Home) -> str:
    """Which of a person's places is meant."""
    return {Home.HUKOU: _("registered"), Home.RESIDENCE: _("living")}[value]


def own_days(value: OwnDays) -> str:
    """The canteen's own layers of the calendar."""
    return {OwnDays.OPEN: _("days the canteen is open"), OwnDays.SUBSIDISED: _("days with subsidies")}[value]


def service(value: Service) -> str:
    """What a reported subsidy is for."""
    return {Service.OPERATING: _("operating"), Service.DELIVERY: _("delivery")}[value]


def whom(rule: Rule) -> str:
    """Who gets it, and when: everything that the rule asks for."""
    asked = [*_who(rule.who), *_occasion(rule)]
    return DOT.join(asked) if asked else _("everybody, always")


def given(then: Then) -> str:
    """What the rule gives."""
    match then.gift:
        case Gift.FLAT:
            told = _("pays {amount}").format(amount=money(then.amount))
        case Gift.PERCENT:
            told = _("{percent}% off").format(percent=words.percent(then.basis_points))
        case Gift.OFF:
            told = _("{amount} off").format(amount=money(then.amount))
        case Gift.UP_TO:
            told = _("up to {amount} paid").format(amount=money(then.amount))
        case Gift.NTH_PERCENT:
            told = _("{percents}% off by turns").format(percents="/".join(map(words.percent, then.nth)))
        case Gift.FREE:
            told = _("free")
        case Gift.FEE:
            told = _("{amount} on top").format(amount=money(then.amount))
        case _:
            told = _("{amount} reported: {service}").format(amount=money(then.amount), service=service(then.service))
    if then.at_most is not None:
        told = _("{gift}, at most {amount}").format(gift=told, amount=money(then.at_most))
    return told


def payers(parts: Iterable[Part], tariff: Tariff) -> str:
    """Who pays it."""
    return " + ".join(_payer(part, tariff) for part in parts)


def limit(value: Limit) -> str:
    """How often."""
    names = {"meal": _("a meal"), "day": _("a day"), "week": _("a week"), "month": _("a month")}
    told = (
        ngettext("{count} {stretch}", "{count} {stretch}", most).format(count=most, stretch=names[per.value])
        for per, most in value.stated
    )
    return _(", ").join(told)


def _payer(part: Part, tariff: Tariff) -> str:
    known = tariff.payers.get(part.payer)
    name = known.name if known else {"canteen": _("the canteen"), "diner": _("the diner"), "prepaid": _("the pass")}.get(part.payer, part.payer)
    if part.amount is not None:
        return f"{name} {yuan(part.amount)}"
    return name if part.share is None else f"{name} x{part.share}"


def _who(who: Who) -> Iterator[str]:
    if who.asks_age:
        yield _("aged {ages}").format(ages=words.ages(who.age_from, who.age_to))
    if who.any_of:
        yield "/".join(sorted(who.any_of))
    if who.all_of:
        yield "+".join(sorted(who.all_of))
    if who.hukou:
        yield _("registered in {areas}").format(areas="/".join(who.hukou))
    if who.residence:
        yield _("living in {areas}").format(areas="/".join(who.residence))
    if who.diets:
        yield _("diet {diets}").format(diets="/".join(sorted(who.diets)))
    if who.passes:
        yield _("with pass {passes}").format(passes="/".join(sorted(who.passes)))


def _occasion(rule: Rule) -> Iterator[str]:
    when, how, what = rule.when, rule.how, rule.what
    if rule.where:
        yield _("{home} in the canteen's {level}").format(home=home(rule.where.home), level=words.level(rule.where.same))
    if when.meals:
        yield "/".join(words.meal(meal) for meal in sorted(when.meals))
    if when.weekdays:
        yield "/".join(map(weekday, sorted(when.weekdays)))
    if when.days:
        yield "/".join(day_kind(kind) for kind in DayKind if kind in when.days)
    if when.own_days:
        yield own_days(when.own_days)
    if how.ways:
        yield "/".join(words.way(way) for way in sorted(how.ways))
    if how.tenders:
        yield "/".join(words.tender(tender) for tender in sorted(how.tenders))
    if what.kinds:
        yield "/".join(words.dish_kind(kind) for kind in sorted(what.kinds))
    if what.dishes:
        yield "/".join(sorted(what.dishes))
    if what.by_weight is not None:
        yield _("by weight") if what.by_weight else _("not by weight")
    if what.portions is not None:
        yield ngettext("{count} portion", "{count} portions", what.portions).format(count=what.portions)
    if rule.spend:
        amount = rule.spend.at_least if rule.spend.more_than is None else rule.spend.more_than
        told = _("from {amount}") if rule.spend.more_than is None else _("above {amount}")
        after = "" if rule.spend.measured_on is Base.LIST else _(" after discounts")
        yield told.format(amount=money(amount)) + after
