"""Words for what is refused of money in and money out: the title, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    errors.MemberTwice: _member_twice,
    errors.BatchRefused: _batch_refused,
    errors.BatchChanged: _batch_changed,
}
