"""The words of reservations on the screen."""

from __future__ import annotations

from pos import words
from pos.domain.menu import Offer
from pos.domain.money import Fen
from pos.domain.reservations import Reservation
from pos.domain.set_meals import is_open
from pos.i18n import _, ngettext
from ui.formats import day_words as day_words
from ui.reservations.form import BookingForm


def booked_words(made: Reservation) -> str:
    """What was booked, in one line."""
    text = _("{name}: {when}, {dishes}, {way}; {amount} is held.")
    return text.format(
        name=made.member_name,
        when=f"{day_words(made.day)} {words.meal(made.meal)}",
        dishes=words.dishes(made.bill.basket),
        way=words.way(made.way),
        amount=words.money(made.bill.due),
    )


def cancelled_words(ended: Reservation) -> str:
    """What was given up, in one line."""
    text = _("{name}: {when}; {amount} is back on the card.")
    return text.format(
        name=ended.member_name,
        when=f"{day_words(ended.day)} {words.meal(ended.meal)}",
        amount=words.money(ended.bill.due),
    )


def dish_note(form: BookingForm, offer: Offer) -> str:
    """What to know before a dish is chosen: against which diet it is, or how many there are."""
    if chosen := _chosen(form, offer):
        return chosen
    if clashing := form.clashing(offer):
        return _("against {diets}").format(diets="、".join(clashing))
    left = form.left(offer)
    if left is None:
        return ""
    return ngettext("{left} left", "{left} left", left).format(left=left) if left else _("booked out")


def _chosen(form: BookingForm, offer: Offer) -> str:
    """What was chosen for a set meal that can be chosen dish by dish."""
    if form.ahead is None or not is_open(offer, form.ahead.menu):
        return ""
    items = form.bill.basket if form.bill else ()
    taken = next((item.chosen for item in items if item.dish_id == offer.dish_id), ())
    return "、".join(name for _dish_id, name in taken) if taken else _("/ chooses")


def cost_facts(form: BookingForm) -> list[tuple[str, Fen]]:
    """The list price, each part that somebody else pays, and what is left on the card (fen)."""
    bill, after = form.bill, form.left_after
    if bill is None or after is None:
        return [(_("On the card"), form.spendable)]
    helped = [(words.bill_line(line), -line.amount) for line in bill.helped]
    fees = [(words.bill_line(line), line.amount) for line in bill.lines if line.is_fee]
    return [(_("List price"), bill.list_price), *helped, *fees, (_("On the card"), form.spendable), (_("Left after it"), after)]


def cut_off_words(form: BookingForm) -> str:
    """Until when it can be booked and cancelled, or what is asked."""
    if form.ahead is None:
        return ""
    if form.cancelling:
        return _("Give this reservation up? The money goes back to the card.")
    if not form.ahead.facts.open:
        return _("The canteen is closed that day.")
    lines = [
        _("Book until {moment}.").format(moment=f"{form.ahead.book_until:%m-%d %H:%M}"),
        _("Cancel until {moment}.").format(moment=f"{form.ahead.cancel_until:%m-%d %H:%M}"),
    ]
    if form.ahead.booked:
        lines.insert(0, _("Reserved already: a new one takes its place."))
    return " ".join(lines)


def confirm_words(form: BookingForm) -> str:
    """What the Enter key does now."""
    if form.saving:
        return _("One moment …")
    if form.unsure:
        return _("Ask again")
    if form.cancelling:
        return _("Give it up")
    if form.ahead and form.ahead.booked:
        return _("Change the reservation")
    return _("Reserve")
