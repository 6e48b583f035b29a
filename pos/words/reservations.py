"""Words of reservations."""

from __future__ import annotations

from pos.domain.bill import Basket, BasketItem
from pos.domain.reservations import MissedRule, Source, State
from pos.i18n import _


def reservation_state(value: State) -> str:
    """What became of a reservation."""
    return {
        State.BOOKED: _("booked"),
        State.SERVED: _("had"),
        State.CANCELLED: _("cancelled"),
        State.MISSED: _("not had"),
    }[value]


def reservation_source(value: Source) -> str:
    """Who wished for a reservation."""
    return {
        Source.COUNTER: _("counter"),
        Source.STANDING: _("standing"),
        Source.LIST: _("chat list"),
    }[value]


def missed_rule(value: MissedRule) -> str:
    """What becomes of the money of a meal that nobody had."""
    return {
        MissedRule.RELEASE: _("goes back to the card"),
        MissedRule.CHARGE: _("own share is charged"),
    }[value]


def dishes(basket: Basket, *, chosen: bool = False) -> str:
    """The dishes of a basket in one line; `chosen` says what is in the set meals, for whoever hands them over."""
    return _(", ").join(_dish(item, chosen=chosen) for item in basket)


def _dish(item: BasketItem, *, chosen: bool) -> str:
    name = item.name
    if chosen and item.chosen:
        inside = _(", ").join(one for _dish_id, one in item.chosen)
        name = _("{dish} ({chosen})").format(dish=name, chosen=inside)
    return f"{name} ×{item.quantity}"
