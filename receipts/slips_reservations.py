"""The slip of a reservation: what was booked for when, what is held for it, and until when it can be given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.reservations import MissedRule, State
from pos.domain.sales import without_secrets
from pos.i18n import _
from receipts.roll import Columns, Element, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, masked, moment, warning

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from pos.domain.canteen import Canteen
    from pos.domain.reservations import Reservation


def booking_slip(
    canteen: Canteen, booked: Reservation, cancel_until: datetime, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA
) -> Slip:
    """What whoever books takes along; `cancel_until` is a wall-clock time of the canteen."""
    ended = [] if booked.state is State.BOOKED else [warning(words.reservation_state(booked.state))]
    card = [Row(_("Card"), masked(booked.card_tail))] if booked.card_tail else []
    at = [Row(_("Eats at"), booked.eat_at)] if booked.eat_at else []
    return Slip(
        (
            *heading(canteen, _("Reservation"), copy, asked_by),
            *ended,
            Row(_("For"), f"{booked.day} {words.weekday(booked.day)} {words.meal(booked.meal)}", bold=True),
            Row(_("Member"), booked.member_name),
            *card,
            Row(_("How"), words.way(booked.way)),
            *at,
            Row(_("Booked"), f"{moment(booked.booked_ms, tz)} · {booked.booked_by}"),
            Rule(),
            *(Columns(item.name, f"×{item.quantity}", words.money(item.amount)) for item in booked.bill.basket),
            *(Row(words.bill_line(line), words.money(-line.amount)) for line in booked.bill.helped),
            Rule(),
            *_money(canteen, booked, cancel_until),
            *foot(canteen),
        )
    )


def _money(canteen: Canteen, booked: Reservation, cancel_until: datetime) -> list[Element]:
    if booked.state is State.CANCELLED:
        why = [Row(_("Reason"), without_secrets(booked.why))] if booked.why else []
        return [Row(_("Back on the card"), words.money(booked.bill.due), 2, bold=True), *why]
    missed = {
        MissedRule.RELEASE: _("A meal that is not fetched is given back to the card."),
        MissedRule.CHARGE: _("A meal that is not fetched and not cancelled in time is charged."),
    }[canteen.booking.no_show]
    return [
        Row(_("Held on the card"), words.money(booked.bill.due), 2, bold=True),
        Text(_("It is paid when the meal is fetched or delivered.")),
        Text(_("Cancel until {moment}.").format(moment=f"{cancel_until:%Y-%m-%d %H:%M}")),
        Text(missed),
    ]
