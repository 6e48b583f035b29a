"""A bonus offer in words: what it gives, to whom, how often and when."""

from __future__ import annotations

from datetime import date

from pos.domain.money import Fen
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.i18n import _, ngettext

MOST_EXAMPLES = 3


def short(amount: Fen) -> str:
    """An amount in yuan as people say it: '200', '71.50'."""
    whole, rest = divmod(amount, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def kind(value: OfferKind) -> str:
    """How an offer counts."""
    return {
        OfferKind.STEPS: _("From an amount on"),
        OfferKind.EACH: _("For every full amount"),
        OfferKind.PERCENT: _("A percentage"),
        OfferKind.PACKAGE: _("For exactly this amount"),
    }[value]


def often(value: HowOften) -> str:
    """How often a member may take it."""
    return {
        HowOften.ALWAYS: _("every time"),
        HowOften.MONTHLY: _("once a month"),
        HowOften.ONCE: _("once"),
    }[value]


def title(offer: BonusOffer) -> str:
    """What an offer is called where nobody called it anything."""
    pay, bonus = short(offer.pay), short(offer.bonus)
    match offer.kind:
        case OfferKind.STEPS:
            return _("Pay {pay}, get {bonus} on top").format(pay=pay, bonus=bonus)
        case OfferKind.EACH:
            return _("Every {pay} paid, {bonus} on top").format(pay=pay, bonus=bonus)
        case OfferKind.PERCENT:
            return _("From {pay} on {percent}% on top").format(pay=pay, percent=offer.percent)
        case OfferKind.PACKAGE:
            return _("Pay {pay}, get {gets}").format(pay=pay, gets=short(offer.pay + offer.bonus))


def whom(offer: BonusOffer) -> str:
    """For whom it is: ages, and one of some categories."""
    told = [_ages(offer.age_from, offer.age_to), " / ".join(sorted(offer.categories))]
    return " · ".join(part for part in told if part) or _("everybody")


def days(offer: BonusOffer) -> str:
    """On which days it is offered."""
    if offer.valid_from and offer.valid_to:
        return _("{first} to {last}").format(first=offer.valid_from.isoformat(), last=offer.valid_to.isoformat())
    if offer.valid_from:
        return _("from {first} on").format(first=offer.valid_from.isoformat())
    if offer.valid_to:
        return _("until {last}").format(last=offer.valid_to.isoformat())
    return _("always")


def now(offer: BonusOffer, today: date) -> str:
    """How it stands today: until when it is offered, from when on it will be, or that it is over."""
    if offer.valid_from and today < offer.valid_from:
        return _("from {first} on").format(first=offer.valid_from.isoformat())
    if not offer.valid_to:
        return _("always")
    words = _("until {last}") if today <= offer.valid_to else _("ended {last}")
    return words.format(last=offer.valid_to.isoformat())


def examples(offer: BonusOffer) -> str:
    """What somebody pays and what comes onto the card, for the amounts that matter: '200→220, 500→560'."""
    pays = [offer.pay, *(pay for pay, _bonus in _steps(offer))]
    if offer.kind in (OfferKind.EACH, OfferKind.PERCENT):
        pays += [2 * offer.pay, 5 * offer.pay]
    told = (f"{short(pay)}→{short(pay + offer.bonus_on(pay))}" for pay in sorted(set(pays))[:MOST_EXAMPLES])
    return _(", ").join(told)


def _steps(offer: BonusOffer) -> tuple[tuple[Fen, Fen], ...]:
    return offer.steps if offer.kind is OfferKind.STEPS else ()


def _ages(age_from: int | None, age_to: int | None) -> str:
    if age_from is not None and age_to is not None:
        return _("{first} to {last} years").format(first=age_from, last=age_to)
    if age_from is not None:
        return ngettext("{years} year and older", "{years} years and older", age_from).format(years=age_from)
    if age_to is not None:
        return ngettext("{years} year and younger", "{years} years and younger", age_to).format(years=age_to)
    return ""
