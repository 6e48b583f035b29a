"""Words for what is refused when subsidies are claimed and their money is booked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pos.domain import claim_errors as errors
from pos.domain.claim_paper import NoClaimFile
from pos.domain.claims import Month
from pos.domain.errors import Refusal, Trouble
from pos.domain.money import money
from pos.i18n import _
from pos.words import month as month_words
from ui import formats

_Words = tuple[str, str]


def _month(text: str) -> str:
    return month_words(Month.read(text).first)


def _month_not_over(error: errors.MonthNotOver) -> _Words:
    title = _("{month} is not over yet.").format(month=_month(error.month))
    return title, _("A month is stamped from the first day of the next one.")


def _month_has_open_shift(error: errors.MonthHasOpenShift) -> _Words:
    day = formats.day(date.fromisoformat(error.business_date))
    title = _("Till {till} still has its shift of {day} open.").format(till=error.till, day=day)
    return title, _("Count out and close it, then stamp the claim.")


def _nothing_to_claim(error: errors.NothingToClaim) -> _Words:
    return _("There is nothing to claim for {month}.").format(month=_month(error.month)), _(
        "Choose another month or another payer."
    )


def _claim_stamped(error: errors.ClaimStamped) -> _Words:
    return _("Claim {number} is stamped already.").format(number=error.number), _(
        "What changed since then goes into the next claim."
    )


def _later_claim_stamped(error: errors.LaterClaimStamped) -> _Words:
    return _("Claim {number}, of a later month, is stamped already.").format(number=error.number), _(
        "What was missed goes into the next claim."
    )


def _earlier_month_unclaimed(error: errors.EarlierMonthUnclaimed) -> _Words:
    return _("{month} is not claimed yet.").format(month=_month(error.month)), _("Stamp the earlier month first.")


def _claim_changed(error: errors.ClaimChanged) -> _Words:
    title = _("The claim is {now} now, the screen showed {shown}.")
    return title.format(now=money(error.now), shown=money(error.shown)), _(
        "Look at it again, then stamp it."
    )


def _more_than_claimed(error: errors.MoreThanClaimed) -> _Words:
    title = _("{amount} is more than the {open} that is claimed and not paid.")
    return title.format(amount=money(error.amount), open=money(error.open)), _(
        "Check the amount on the bank's statement, or stamp the claim first."
    )


def _no_claim_file(error: NoClaimFile) -> _Words:
    return _("{name} is no claim that this program wrote.").format(name=error.name), _(
        "Choose the PDF, xlsx or csv file of a stamped claim."
    )


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    errors.MonthNotOver: _month_not_over,
    errors.MonthHasOpenShift: _month_has_open_shift,
    errors.NothingToClaim: _nothing_to_claim,
    errors.ClaimStamped: _claim_stamped,
    errors.LaterClaimStamped: _later_claim_stamped,
    errors.EarlierMonthUnclaimed: _earlier_month_unclaimed,
    errors.ClaimChanged: _claim_changed,
    errors.MoreThanClaimed: _more_than_claimed,
    NoClaimFile: _no_claim_file,
}
