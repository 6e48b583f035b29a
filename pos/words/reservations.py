"""Words of reservations."""

from __future__ import annotations

from pos.domain.bill import Basket
from pos.domain.reservations import State
from pos.i18n import _


def reservation_state(value: State) -> str:
    """What became of a reservation."""
    return {
        State.BOOKED: _("booked"),
        State.SERVED: _("had"),
        State.CANCELLED: _("cancelled"),
        State.MISSED: _("not had"),
    }[value]


def dishes(basket: Basket) -> str:
    """The dishes of a basket in one line."""
    return ", ".join(f"{item.name} ×{item.quantity}" for item in basket)
