"""The words of the sale screen: what each question asks, what the Enter key does, what was paid."""

from __future__ import annotations

from dataclasses import dataclass

from pos import words
from pos.domain.money import Fen
from pos.domain.pricing import BillLine, ReasonCode, Tender
from pos.domain.reservations import Reservation
from pos.domain.sales import Sale
from pos.i18n import _
from ui import formats
from ui.sales.counter import (
    Counter,
    MealWaits,
    NewPrice,
    OtherWaiting,
    Question,
    ServedBefore,
    ShortOf,
    Stage,
    UndoThis,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words: a title, the amount it is about (fen), what the keys do."""

    title: str
    text: str
    amount: Fen | None = None


def asked(question: Question, due: Fen | None) -> Asked:
    """The words of a question; `due` (fen) is what the open bill costs the diner."""
    match question:
        case ServedBefore():
            title = _("{name} was served at {time}").format(name=question.name, time=formats.time_of(question.at_ms))
            return Asked(title, _("Nothing was charged. Is this a second meal?"), due)
        case OtherWaiting():
            return Asked(_not_paid(question), _waiting_for(question), due)
        case UndoThis():
            return _undo(question.sale)
        case NewPrice():
            text = _("The screen said {shown}. Tell the diner, then charge.").format(shown=words.money(question.shown))
            return Asked(_("The price has changed"), text, question.now)
        case ShortOf():
            missing = question.needed - question.available
            text = _("The meal costs {needed}, the card holds {available}. Nothing was charged.")
            text = text.format(needed=words.money(question.needed), available=words.money(question.available))
            return Asked(_("Not enough on the card, missing:"), text, missing)
        case MealWaits():
            return _waits(question.reservation, over=question.over)


def _waits(reservation: Reservation, *, over: bool) -> Asked:
    dishes, name = words.dishes(reservation.bill.basket, chosen=True), reservation.member_name
    text = _("{dishes}, {way}. It is paid out of what was held.")
    text = text.format(dishes=dishes, way=words.way(reservation.way).lower())
    title = _("{name} has not fetched {meal}") if over else _("A reserved meal waits for {name}")
    return Asked(title.format(name=name, meal=words.meal(reservation.meal).lower()), text, reservation.bill.due)


def _not_paid(question: OtherWaiting) -> str:
    if question.owner:
        return _("The bill of {name} is not paid").format(name=question.owner)
    return _("The bill on the screen is not paid")


def _waiting_for(question: OtherWaiting) -> str:
    if question.waiting:
        return _("{name} is next.").format(name=question.waiting)
    return _("The next card is not known.")


def _undo(sale: Sale) -> Asked:
    who = sale.member_name or _("a walk-in")
    dishes = words.dishes(sale.bill.basket)
    text = _("{dishes}. Sold at {time}, number {number}.").format(
        dishes=dishes, time=formats.time_of(sale.at_ms), number=sale.number
    )
    return Asked(_("Take back the meal of {name}?").format(name=who), text, sale.bill.due)


def enter_words(counter: Counter) -> str:
    """What the Enter key, and the big button, do now."""
    busy = {Stage.CHARGING: _("Charging …"), Stage.UNDOING: _("Taking back …"), Stage.PAYING: _("Paying …")}
    if counter.stage in busy:
        return busy[counter.stage]
    match counter.question:
        case ServedBefore():
            return _("Served already")
        case ShortOf():
            return _("Try the card again")
        case OtherWaiting():
            return _("Pay this bill")
        case UndoThis():
            return _("Take it back")
        case NewPrice():
            return _("Charge the new price")
        case MealWaits():
            return _("Ask again") if counter.unsure else _("Hand it over")
        case _:
            return _by_stage(counter)


def _by_stage(counter: Counter) -> str:
    if counter.unsure:
        return _("Ask again")
    if counter.stage is Stage.PAID:
        return _("Paid")
    if counter.stage is Stage.UNDONE:
        return _("Taken back")
    if not counter.tray.portions:
        return _("Choose a dish") if counter.diner else _("Pay")
    return _("Pay by card") if counter.diner else _("Take cash")


def line_words(line: BillLine) -> str:
    """Who pays a part of the bill, and why: 'Canteen discount, aged 80+: 20% off'. A fee needs no reason."""
    who = words.bill_line(line)
    if line.is_fee or line.reason.code is ReasonCode.OWN_SHARE:
        return who
    return _("{who}, {why}").format(who=who, why=words.reason(line.reason, line.label))


def over_title(sale: Sale) -> str:
    """The headline when a sale is over."""
    return _("Taken back") if sale.undone else _("Paid")


def over_text(sale: Sale) -> str:
    """What became of the money of a sale that is over."""
    tender = words.tender(sale.payment.tender)
    if not sale.undone:
        return _("{who}, {tender}").format(who=sale.member_name or _("Walk-in"), tender=tender)
    if sale.waits_again:
        return _("The reserved meal of {name} waits again, and its price is held.").format(name=sale.member_name)
    if sale.payment.tender is Tender.CARD:
        return _("It is back on the card of {name}.").format(name=sale.member_name)
    if sale.payment.tender is Tender.CASH:
        return _("Hand the cash back to the diner.")
    return _("Pay it back by {tender}.").format(tender=tender)


def last_sale(sale: Sale) -> str:
    """The sale that an undo would take back, in one line."""
    who = sale.member_name or _("Walk-in")
    return _("Last: {name} {amount}").format(name=who, amount=words.money(sale.bill.due))
