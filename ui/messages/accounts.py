"""Words for what is refused of money in and money out: the title, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos import words as facts
from pos.domain import account_errors as errors
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _member_twice(error: errors.MemberTwice) -> _Words:
    return _("{name} stands in the list twice.").format(name=error.name), _("Put both amounts into one row.")


def _batch_refused(error: errors.BatchRefused) -> _Words:
    title = _("{refused} of {rows} rows cannot be booked, so none was.").format(refused=error.refused, rows=error.rows)
    return title, _("Look at row {first} first, then read the list again.").format(first=error.first)


def _batch_changed(error: errors.BatchChanged) -> _Words:
    title = _("Another list of {payer} was booked before under this number.").format(payer=error.payer)
    return title, _("Read the list again as a new one.")


def _nothing_to_refund(error: errors.NothingToRefund) -> _Words:
    title = _("There is no principal of {name} to pay back.").format(name=error.name)
    return title, _("Bonus is for meals; it is never paid out.")


def _refund_too_much(error: errors.RefundTooMuch) -> _Words:
    title = _("{asked} is more than the principal left: {left}.").format(
        asked=facts.money(error.asked), left=facts.money(error.left)
    )
    return title, _("Pay back {left} at most.").format(left=facts.money(error.left))


def _cash_not_allowed(error: errors.CashNotAllowed) -> _Words:
    title = _("A balance of {balance} is not paid back in cash.").format(balance=facts.money(error.balance))
    return title, _("Above {limit} it goes to an account in the member's name.").format(limit=facts.money(error.limit))


def _not_same_name(error: errors.NotSameName) -> _Words:
    if not error.holder.strip():
        return _("The name of the account's holder is missing."), _("It must be {name}.").format(name=error.name)
    title = _("The account is that of {holder}, not of {name}.").format(holder=error.holder[:20], name=error.name)
    return title, _("Take an account in the member's own name.")


def _account_missing(_error: errors.AccountMissing) -> _Words:
    return _("The account is missing."), _("Type its number; only the last four digits are kept.")


def _only_to_heirs(error: errors.OnlyToHeirs) -> _Words:
    return _("{name} has died.").format(name=error.name), _("The money goes to the heirs, with their documents.")


def _undo_too_late(error: errors.UndoTooLate) -> _Words:
    title = _("Number {number} cannot be undone any more: the money has left.").format(number=error.number)
    return title, _("What comes back is topped up again.")


def _same_member(_error: errors.SameMember) -> _Words:
    return _("Giver and receiver are the same member."), _("Choose another member.")


def _not_deceased(error: errors.NotDeceased) -> _Words:
    return _("{name} is not noted as deceased.").format(name=error.name), _("Change the member's status first.")


def _heir_missing(_error: errors.HeirMissing) -> _Words:
    return _("The heir is not named."), _("Write who takes the money.")


def _documents_missing(_error: errors.DocumentsMissing) -> _Words:
    return _("The heirs' documents are not noted."), _("Write which documents they showed.")


def _money_held(error: errors.MoneyHeld) -> _Words:
    title = _("{held} is held for reservations.").format(held=facts.money(error.held))
    return title, _("Cancel those reservations first.")


def _offer_wrong(error: errors.OfferWrong) -> _Words:
    title = _("The offer {title} cannot be meant like this.").format(title=error.title[:20])
    return title, _("Check its amounts, its days and its ages.")


def _terms_changed(_error: errors.TermsChanged) -> _Words:
    return _("Somebody else changed these terms just now."), _("Close the form and open it again.")


def _term_too_long(error: errors.TermTooLong) -> _Words:
    title = _("“{text}” cannot stand there.").format(text=error.text[:20])
    return title, _("Write one line of at most {longest} characters.").format(longest=error.longest)


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    errors.MemberTwice: _member_twice,
    errors.BatchRefused: _batch_refused,
    errors.BatchChanged: _batch_changed,
    errors.NothingToRefund: _nothing_to_refund,
    errors.RefundTooMuch: _refund_too_much,
    errors.CashNotAllowed: _cash_not_allowed,
    errors.NotSameName: _not_same_name,
    errors.AccountMissing: _account_missing,
    errors.OnlyToHeirs: _only_to_heirs,
    errors.UndoTooLate: _undo_too_late,
    errors.SameMember: _same_member,
    errors.NotDeceased: _not_deceased,
    errors.HeirMissing: _heir_missing,
    errors.DocumentsMissing: _documents_missing,
    errors.MoneyHeld: _money_held,
    errors.OfferWrong: _offer_wrong,
    errors.TermsChanged: _terms_changed,
    errors.TermTooLong: _term_too_long,
}
