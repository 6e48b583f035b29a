"""Words for what is refused and fails at the counter: the title, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pos import words as facts
from pos.domain import errors
from pos.domain.errors import PinWeakness, Refusal, StoreFault, Trouble
from pos.domain.members import MemberStatus
from pos.domain.staff import Permission
from pos.i18n import _, ngettext
from ui import formats
from ui.presenting import Message as Message
from ui.presenting import Tone as Tone

_Words = tuple[str, str]


# -- who is it ---------------------------------------------------------------------------------------


def _unknown_card(error: errors.UnknownCard) -> _Words:
    return _("Nobody here has card {card}.").format(card=error.printed), _(
        "Find the diner by name (F2), or let them pay cash."
    )


def _ambiguous_card(error: errors.AmbiguousCard) -> _Words:
    return _("Two cards answer to number {card}.").format(card=error.printed), _(
        "Find the diner by name (F2)."
    )


def _card_not_usable(error: errors.CardNotUsable) -> _Words:
    title = _("The card of {name} is {state}.").format(name=error.holder, state=facts.card_state(error.state))
    return title, _("Keep the card and call the manager. Find the diner by name (F2).")


def _member_not_active(error: errors.MemberNotActive) -> _Words:
    title = _("{name} does not eat here now: {status}.")
    return title.format(name=error.name, status=facts.member_status(MemberStatus(error.status))), _(
        "Call the manager, or let them pay cash as a guest."
    )


def _member_unknown(_error: errors.MemberUnknown) -> _Words:
    return _("This member is not in the books any more."), _("Look the diner up again (F2).")


# -- selling -----------------------------------------------------------------------------------------


def _empty_basket(_error: errors.EmptyBasket) -> _Words:
    return _("No dish is chosen."), _("Choose a dish, then pay.")


def _not_on_menu(error: errors.NotOnMenu) -> _Words:
    count = len(error.dish_ids)
    title = ngettext(
        "{count} dish on the bill is not sold at this meal.",
        "{count} dishes on the bill are not sold at this meal.",
        count,
    )
    return title.format(count=count), _("Take it off the bill, then pay.")


def _bad_quantity(error: errors.BadQuantity) -> _Words:
    title = _("{quantity} portions cannot be sold.").format(quantity=error.quantity)
    return title, _("Choose 1 to {limit} portions.").format(limit=error.limit)


def _price_changed(error: errors.PriceChanged) -> _Words:
    title = _("The price is now {now}, not {shown}.").format(
        now=facts.money(error.now), shown=facts.money(error.shown)
    )
    return title, _("Tell the diner the new price, then pay again.")


def _already_served(error: errors.AlreadyServed) -> _Words:
    title = _("{name} was served at this meal at {time}.").format(
        name=error.name, time=formats.time_of(error.at_ms)
    )
    return title, _("For a second meal, confirm it.")


def _not_enough(error: errors.NotEnough) -> _Words:
    title = _("The meal costs {needed}, the card holds {available}.").format(
        needed=facts.money(error.needed), available=facts.money(error.available)
    )
    return title, _("Top up the card, or take cash.")


def _cash_too_little(error: errors.CashTooLittle) -> _Words:
    title = _("{given} is less than the {due} due.").format(
        given=facts.money(error.given), due=facts.money(error.due)
    )
    return title, _("Ask for {missing} more.").format(missing=facts.money(error.due - error.given))


def _bad_amount(error: errors.BadAmount) -> _Words:
    return _('"{text}" is not an amount of money.').format(text=error.text[:20]), _("Type it like 12.50.")


def _above_limit(error: errors.AboveLimit) -> _Words:
    title = _("{amount} is more than one payment may be.").format(amount=facts.money(error.amount))
    return title, _("The limit is {limit}. Check the amount.").format(limit=facts.money(error.limit))


def _balance_above_limit(error: errors.BalanceAboveLimit) -> _Words:
    title = _("The card would hold {balance}; the law allows {limit}.").format(
        balance=facts.money(error.balance), limit=facts.money(error.limit)
    )
    return title, _("Take a smaller amount.")


def _nothing_to_undo(_error: errors.NothingToUndo) -> _Words:
    return _("There is nothing to undo in this shift."), _("Only what was done in this shift can be undone.")


def _already_undone(error: errors.AlreadyUndone) -> _Words:
    return _("Number {number} was undone before.").format(number=error.number), _(
        "It is never undone twice: go on."
    )


# -- staff, shift, time ------------------------------------------------------------------------------


def _not_permitted(error: errors.NotPermitted) -> _Words:
    title = _("{name} may not {deed}.").format(
        name=error.name, deed=facts.permission(Permission(error.permission))
    )
    return title, _("Ask the manager to sign in.")


def _wrong_pin(error: errors.WrongPin) -> _Words:
    if error.wait_s == 0:
        return _("That PIN is not right."), _("Type it again.")
    return _("That PIN is not right."), _("Wait {time}, then type it again.").format(
        time=formats.wait(error.wait_s)
    )


def _pin_wait(error: errors.PinWait) -> _Words:
    title = _("Too many wrong PINs: this one was not looked at.")
    return title, _("Wait {time}, then type it again.").format(time=formats.wait(error.wait_s))


def _weak_pin(error: errors.WeakPin) -> _Words:
    titles = {
        PinWeakness.NOT_DIGITS: _("A PIN has digits only."),
        PinWeakness.TOO_SHORT: _("This PIN is too short."),
        PinWeakness.TOO_SIMPLE: _("This PIN is too easy to guess."),
    }
    todo = _("Choose {least} digits or more, not 1111 and not 1234.").format(least=error.least)
    return titles[error.weakness], todo


def _bad_name(error: errors.BadName) -> _Words:
    return _("A name is missing or too long."), _("Type 1 to {longest} characters.").format(
        longest=error.longest
    )


def _name_taken(error: errors.NameTaken) -> _Words:
    return _("There is a {name} on the staff already.").format(name=error.name), _(
        "Add something to the name."
    )


def _former_name(error: errors.FormerName) -> _Words:
    return _("There was a {name} on the staff before.").format(name=error.name), _(
        "Add something to the name."
    )


def _not_on_staff(error: errors.NotOnStaff) -> _Words:
    return _("{name} is not on the staff any more.").format(name=error.name), _("Look at the list again.")


def _last_manager(error: errors.LastManager) -> _Words:
    return _("{name} is the only manager.").format(name=error.name), _("Add another manager first.")


def _own_leave(_error: errors.OwnLeave) -> _Words:
    return _("You cannot take yourself off the staff."), _("Another manager can do that.")


def _card_taken(error: errors.CardTaken) -> _Words:
    if error.holder:
        title = _("Card {card} belongs to {name}.").format(card=error.printed, name=error.holder)
    else:
        title = _("Card {card} was a member's whose data were deleted.").format(card=error.printed)
    return title, _("Take a new card.")


def _bad_birth_date(error: errors.BadBirthDate) -> _Words:
    return _('"{text}" cannot be a birth date.').format(text=error.text[:20]), _("Type it like 1948-03-05.")


def _no_shift(_error: errors.NoShift) -> _Words:
    return _("No shift is open at this till."), _("Open a shift first.")


def _shift_open(error: errors.ShiftOpen) -> _Words:
    title = _("{name} opened a shift here on {day}.").format(
        name=error.opened_by, day=_day(error.business_date)
    )
    return title, _("Close that shift first.")


def _shift_too_old(error: errors.ShiftTooOld) -> _Words:
    title = _("The open shift is of {day}.").format(day=_day(error.business_date))
    return title, _("Count the drawer and close it, then open today's.")


def _clock_went_back(error: errors.ClockWentBack) -> _Words:
    title = _("The computer's clock is wrong: it shows {now}, the last entry is of {last}.").format(
        now=formats.moment(error.now_ms), last=formats.moment(error.last_ms)
    )
    return title, _("Set the clock. If it is right now, a manager opens the shift.")


# -- store -------------------------------------------------------------------------------------------


def _store_trouble(error: errors.StoreTrouble) -> _Words:
    return {
        StoreFault.NEWER: (
            _("These books were written by a newer version of the program."),
            _("Install the newer version. Nothing was changed."),
        ),
        StoreFault.DAMAGED: (_("The file with the books is damaged."), _("Stop selling and restore the last backup.")),
        StoreFault.READ_ONLY: (_("The books cannot be written."), _("Ask for the right to write in their folder.")),
        StoreFault.FULL: (_("The disk is full."), _("Make room on the disk, then try again.")),
        StoreFault.IN_USE: (_("The till is open in another window already."), _("Use that window, or close it first.")),
        StoreFault.BUSY: (_("The books are busy."), _("Wait a moment, then try again.")),
        StoreFault.UNREACHABLE: (_("The computer with the books does not answer."), _("Check network and cable, then try again.")),
        StoreFault.NOT_A_CANTEEN: (_("This file does not hold the books of a canteen."), _("Check the address in the settings.")),
        StoreFault.MIGRATION_FAILED: (
            _("The books could not be brought to the new version."),
            _("Go on with the old version: the old books are unchanged."),
        ),
    }[error.fault]  # fmt: skip


def _ledger_broken(error: errors.LedgerBroken) -> _Words:
    title = ngettext(
        "The ledger contradicts itself in {count} place.",
        "The ledger contradicts itself in {count} places.",
        error.problems,
    ).format(count=error.problems)
    return title, _("Stop selling and call whoever looks after the till.")


def _day(text: str) -> str:
    return formats.day(date.fromisoformat(text))


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    errors.UnknownCard: _unknown_card,
    errors.AmbiguousCard: _ambiguous_card,
    errors.CardNotUsable: _card_not_usable,
    errors.MemberNotActive: _member_not_active,
    errors.MemberUnknown: _member_unknown,
    errors.EmptyBasket: _empty_basket,
    errors.NotOnMenu: _not_on_menu,
    errors.BadQuantity: _bad_quantity,
    errors.PriceChanged: _price_changed,
    errors.AlreadyServed: _already_served,
    errors.NotEnough: _not_enough,
    errors.CashTooLittle: _cash_too_little,
    errors.BadAmount: _bad_amount,
    errors.AboveLimit: _above_limit,
    errors.BalanceAboveLimit: _balance_above_limit,
    errors.NothingToUndo: _nothing_to_undo,
    errors.AlreadyUndone: _already_undone,
    errors.NotPermitted: _not_permitted,
    errors.WrongPin: _wrong_pin,
    errors.PinWait: _pin_wait,
    errors.WeakPin: _weak_pin,
    errors.BadName: _bad_name,
    errors.NameTaken: _name_taken,
    errors.FormerName: _former_name,
    errors.NotOnStaff: _not_on_staff,
    errors.LastManager: _last_manager,
    errors.OwnLeave: _own_leave,
    errors.CardTaken: _card_taken,
    errors.BadBirthDate: _bad_birth_date,
    errors.NoShift: _no_shift,
    errors.ShiftOpen: _shift_open,
    errors.ShiftTooOld: _shift_too_old,
    errors.ClockWentBack: _clock_went_back,
    errors.StoreTrouble: _store_trouble,
    errors.LedgerBroken: _ledger_broken,
}
