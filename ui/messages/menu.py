"""Words for what is refused about dishes and menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos import words
from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import BadCapacity, DayGone, DishTaken, DishUnknown, MenuFull, NotOffered
from pos.domain.set_meals import WrongChoice
from pos.i18n import _, ngettext

_Words = tuple[str, str]


def _dish_taken(error: DishTaken) -> _Words:
    return _("There is a dish called {name} already.").format(name=error.name), _("Change that one, or choose another name.")


def _dish_unknown(_error: DishUnknown) -> _Words:
    return _("This dish is not cooked any more."), _("Look at the list of dishes again.")


def _menu_full(error: MenuFull) -> _Words:
    return _("A menu holds {most} dishes at most.").format(most=error.most), _("Take one off first.")


def _day_gone(error: DayGone) -> _Words:
    return _("The menu of {day} is history.").format(day=error.business_date), _("Plan today or a day to come.")


def _not_offered(_error: NotOffered) -> _Words:
    return _("That is not on the menu of this meal."), _("Put the dish on the menu first.")


def _bad_capacity(error: BadCapacity) -> _Words:
    return _("A number from 0 to {most}, or nothing.").format(most=error.most), _("Type how many portions there are.")


def _wrong_choice(error: WrongChoice) -> _Words:
    title = ngettext(
        "{count} dish of {shelf} belongs to {name}.", "{count} dishes of {shelf} belong to {name}.", error.count
    )
    shelf = words.dish_kind(error.kind)
    return title.format(count=error.count, shelf=shelf, name=error.name), _("Choose its dishes again.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    DishTaken: _dish_taken,
    DishUnknown: _dish_unknown,
    MenuFull: _menu_full,
    DayGone: _day_gone,
    NotOffered: _not_offered,
    BadCapacity: _bad_capacity,
    WrongChoice: _wrong_choice,
}
