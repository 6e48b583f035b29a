"""The canteen's terms: limits, the order of spending, refunds, offers, reservations, its lists; each version is kept."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from pos.domain.account_errors import OfferWrong, TermsChanged, TermTooLong
from pos.domain.areas import steps_of
from pos.domain.canteen import ANONYMOUS, LIVING_ALONE, Canteen
from pos.domain.errors import BadAmount, BadName
from pos.domain.menu import MOST_PORTIONS_PLANNED
from pos.domain.money import yuan
from pos.domain.offers import BonusOffer, OfferKind
from pos.domain.reservations import MOST_DAYS_AHEAD, BookingTerms
from pos.domain.staff import Actor, Permission, check_name
from pos.ports import Clock, OpenStore
from pos.services.topping_up import canteen_of

LONGEST_PHONE = 30
LONGEST_WORD = 20
_NO_TERMS = frozenset({"name", "practice"})


class Terms:
    """What the canteen decides about money on cards, about reservations, and what it says about itself. Old lots keep the terms of their day."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Decide for one store."""
        self._stores = stores
        self._clock = clock

    def current(self) -> Canteen:
        """The canteen as it decided last."""
        with self._stores.read() as store:
            return canteen_of(store)

    def decide(self, actor: Actor, before: Canteen, wanted: Canteen) -> Canteen:
        """Keep a new version: whatever in `wanted` differs from `before`, which was read; name and practice mark stay.

        Asked again with the same terms, it keeps no second version. Raises BadAmount, BadName, OfferWrong, TermTooLong,
        TermsChanged when somebody decided otherwise since it was read, or NotPermitted.
        """
        actor.must(Permission.TARIFF)
        wanted = _checked(wanted)
        with self._stores.write() as store:
            now = canteen_of(store)
            decided = _merged(now, before, wanted)
            if decided != now:
                store.canteen.put(decided, actor.staff_id, self._clock.now_ms())
            return decided


def _merged(now: Canteen, before: Canteen, wanted: Canteen) -> Canteen:
    """What is wanted over what holds now. Another counter's decision about something else stays."""
    changed: dict[str, Any] = {}
    for item in fields(Canteen):
        was, here, to = (getattr(one, item.name) for one in (before, now, wanted))
        if item.name in _NO_TERMS or to in (was, here):
            continue
        if here != was:
            raise TermsChanged
        changed[item.name] = to
    return replace(now, **changed)


def _checked(wanted: Canteen) -> Canteen:
    limits = (wanted.balance_limit, wanted.anonymous_limit, wanted.top_up_limit, wanted.sale_limit, wanted.identity_from)
    for limit in limits:
        if limit <= 0:
            raise BadAmount(yuan(limit))
    if wanted.cash_refund_limit < 0:
        raise BadAmount(yuan(wanted.cash_refund_limit))
    if not 0 < wanted.warn_percent <= 100:
        raise BadAmount(str(wanted.warn_percent))
    if not 0 <= wanted.refund_days <= 365:
        raise BadAmount(str(wanted.refund_days))
    _check_booking(wanted.booking)
    ids = [offer.id for offer in wanted.offers]
    for offer in wanted.offers:
        check_name(offer.title)
        if not _is_sensible(offer) or ids.count(offer.id) > 1:
            raise OfferWrong(offer.title)
    return replace(
        wanted,
        phone=_line(wanted.phone, LONGEST_PHONE) if wanted.phone.strip() else "",
        area="/".join(_line(step, LONGEST_WORD) for step in steps_of(wanted.area)),
        # Who lives alone is looked for, and a card without a name may hold less, whatever the list of the canteen.
        categories=_words((*wanted.categories, LIVING_ALONE, ANONYMOUS)),
        diets=_words(wanted.diets),
        consent_version=_line(wanted.consent_version, LONGEST_WORD),
    )


def _check_booking(booking: BookingTerms) -> None:
    if not 1 <= booking.days_ahead <= MOST_DAYS_AHEAD:
        raise BadAmount(str(booking.days_ahead))
    if booking.walk_ins is not None and not 0 <= booking.walk_ins <= MOST_PORTIONS_PLANNED:
        raise BadAmount(str(booking.walk_ins))


def _words(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_line(word, LONGEST_WORD) for word in words))


def _line(text: str, longest: int) -> str:
    try:
        line = check_name(text)
    except BadName as error:
        raise TermTooLong(text.strip(), longest) from error
    if len(line) > longest:
        raise TermTooLong(line, longest)
    return line


def _is_sensible(offer: BonusOffer) -> bool:
    """Whether an offer can give anything, and ends after it begins."""
    amounts = all(pay > 0 <= bonus for pay, bonus in ((offer.pay, offer.bonus), *offer.steps))
    gives = 0 < offer.percent <= 100 if offer.kind is OfferKind.PERCENT else offer.bonus > 0
    days = offer.valid_from is None or offer.valid_to is None or offer.valid_from <= offer.valid_to
    ages = offer.age_from is None or offer.age_to is None or offer.age_from <= offer.age_to
    return amounts and gives and days and ages and offer.most >= 0
