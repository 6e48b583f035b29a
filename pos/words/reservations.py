"""Words of reservations."""

from __future__ import annotations

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
