"""Words for what the calendar refuses: the title, and what to do now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain import calendar
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _no_reason(_error: calendar.NoReason) -> _Words:
    return _("Why is the canteen closed on that day?"), _("Write the reason in a few words: diners will ask.")


def _reason_too_long(error: calendar.ReasonTooLong) -> _Words:
    title = _("A reason is one line of at most {longest} characters.")
    return title.format(longest=error.longest), _("Say it in fewer words.")


def _never_open(_error: calendar.NeverOpen) -> _Words:
    return _("In this week the canteen would never open."), _("Choose at least one weekday.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    calendar.NoReason: _no_reason,
    calendar.ReasonTooLong: _reason_too_long,
    calendar.NeverOpen: _never_open,
}
