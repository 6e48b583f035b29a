"""Words of reservations."""

from __future__ import annotations

from pos.domain.bill import Basket
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


def dishes(basket: Basket) -> str:
    """The dishes of a basket in one line."""
    return _(", ").join(f"{item.name} ×{item.quantity}" for item in basket)
