"""The canteen's terms of money: limits, warnings, the order of spending, refunds, offers; each version is kept."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.account_errors import OfferWrong
from pos.domain.canteen import Canteen
from pos.domain.errors import BadAmount
from pos.domain.money import yuan
from pos.domain.offers import BonusOffer, OfferKind
from pos.domain.staff import Actor, Permission, check_name
from pos.ports import Clock, OpenStore
from pos.services.topping_up import canteen_of


class Terms:
    """What the canteen decides about money on cards. Old lots keep the terms of their day."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Decide for one store."""
        self._stores = stores
        self._clock = clock

    def current(self) -> Canteen:
        """The canteen as it decided last."""
        with self._stores.read() as store:
            return canteen_of(store)

    def decide(self, actor: Actor, wanted: Canteen) -> Canteen:
        """Keep a new version of the terms; name, telephone and practice mark stay what they are.

        Asked again with the same terms, it keeps no second version. Raises BadAmount, BadName, OfferWrong or
        NotPermitted.
        """
        actor.must(Permission.TARIFF)
        _check(wanted)
        with self._stores.write() as store:
            now = canteen_of(store)
            decided = replace(wanted, name=now.name, phone=now.phone, practice=now.practice)
            if decided != now:
                store.canteen.put(decided, actor.staff_id, self._clock.now_ms())
            return decided


def _check(wanted: Canteen) -> None:
    limits = (wanted.balance_limit, wanted.anonymous_limit, wanted.top_up_limit, wanted.sale_limit, wanted.identity_from)
    for limit in limits:
        if limit <= 0:
            raise BadAmount(yuan(limit))
    if wanted.cash_refund_limit < 0:
        raise BadAmount(yuan(wanted.cash_refund_limit))
    if not (0 < wanted.warn_percent <= 100 and 0 <= wanted.refund_days <= 365):
        raise BadAmount(str(wanted.warn_percent))
    ids = [offer.id for offer in wanted.offers]
    for offer in wanted.offers:
        check_name(offer.title)
        if not _is_sensible(offer) or ids.count(offer.id) > 1:
            raise OfferWrong(offer.title)


def _is_sensible(offer: BonusOffer) -> bool:
    """Whether an offer can give anything, and ends after it begins."""
    amounts = all(pay > 0 <= bonus for pay, bonus in ((offer.pay, offer.bonus), *offer.steps))
    gives = 0 < offer.percent <= 100 if offer.kind is OfferKind.PERCENT else offer.bonus > 0
    days = offer.valid_from is None or offer.valid_to is None or offer.valid_from <= offer.valid_to
    ages = offer.age_from is None or offer.age_to is None or offer.age_from <= offer.age_to
    return amounts and gives and days and ages and offer.most >= 0
