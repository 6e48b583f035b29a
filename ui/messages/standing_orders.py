"""Words for what is refused about standing orders and sign-up lists, and for a meal that is sold out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos import words
from pos.domain.capacity import SoldOut
from pos.domain.eat_at import BadEatAt
from pos.domain.errors import Refusal, Trouble
from pos.domain.sign_up_list import ListTooLong
from pos.domain.standing_orders import (
    DaysBackwards,
    NothingPlanned,
    NoWeekday,
    OrderedTwice,
    StandingOrderGone,
)
from pos.i18n import _

_Words = tuple[str, str]


def _no_weekday(_error: NoWeekday) -> _Words:
    return _("No weekday is ticked."), _("Tick at least one day of the week.")


def _backwards(error: DaysBackwards) -> _Words:
    title = _("{last} lies before {first}.").format(first=error.first, last=error.last)
    return title, _("Put the first day first.")


def _twice(error: OrderedTwice) -> _Words:
    title = _("{name} has a standing order for this meal on such a day already.").format(name=error.name)
    return title, _("Change that one, or end it first.")


def _gone(_error: StandingOrderGone) -> _Words:
    return _("This standing order was ended meanwhile."), _("Look at the list again.")


def _nothing_planned(error: NothingPlanned) -> _Words:
    if error.set_meal:
        title = _("{day}, {meal}: no set meal is on the menu.")
    else:
        title = _("{day}, {meal}: nothing is on the menu yet.")
    return title.format(day=error.day, meal=words.meal(error.meal)), _("Plan the menu, then do it again.")


def _bad_eat_at(error: BadEatAt) -> _Words:
    return _("“{text}” is no time of the day.").format(text=error.text), _("Type it like 11:30, or nothing.")


def _sold_out(error: SoldOut) -> _Words:
    if not error.name:
        return _("The meal is fully booked."), _("Choose another day or meal.")
    if not error.left:
        return _("{dish} is sold out.").format(dish=error.name), _("Choose another dish.")
    title = _("Of {dish} {left} can still be had.").format(dish=error.name, left=error.left)
    return title, _("Choose fewer, or another dish.")


def _too_long(error: ListTooLong) -> _Words:
    title = _("The list has {lines} lines; {most} are read at most.").format(lines=error.lines, most=error.most)
    return title, _("Paste it in parts.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    NoWeekday: _no_weekday,
    DaysBackwards: _backwards,
    OrderedTwice: _twice,
    StandingOrderGone: _gone,
    NothingPlanned: _nothing_planned,
    BadEatAt: _bad_eat_at,
    SoldOut: _sold_out,
    ListTooLong: _too_long,
}
