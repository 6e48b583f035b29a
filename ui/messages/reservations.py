"""Words for what is refused about reservations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos import words
from pos.domain import reservations as errors
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _day_closed(error: errors.DayClosed) -> _Words:
    why = f" {error.reason}" if error.reason else ""
    return _("The canteen is closed on {day}.").format(day=error.day) + why, _("Choose another day.")


def _meal_over(error: errors.MealOver) -> _Words:
    return _("Today's {meal} is over.").format(meal=words.meal(error.meal)), _("Choose a later meal.")


def _too_far(error: errors.TooFarAhead) -> _Words:
    return (
        _("Nothing can be booked for {day}.").format(day=error.day),
        _("Choose a day from {first} to {last}.").format(first=error.first, last=error.last),
    )


def _after_cut_off(error: errors.AfterCutOff) -> _Words:
    until = f"{error.until:%m-%d %H:%M}"
    if error.cancelling:
        title = _("It could be cancelled until {until}.").format(until=until)
    else:
        title = _("It could be booked until {until}.").format(until=until)
    return title, _("A manager may still do it, with a reason.")


def _booked_already(error: errors.BookedAlready) -> _Words:
    title = _("{name} has a reservation for this meal already.").format(name=error.name)
    return title, _("Change that one, or cancel it first.")


def _waits(error: errors.ReservationWaits) -> _Words:
    title = _("A reserved meal waits for {name}.").format(name=error.name)
    return title, _("Hand that one over, or press Enter again to sell another beside it.")


def _over(error: errors.ReservationOver) -> _Words:
    state = words.reservation_state(error.state)
    title = _("This reservation of {name} is over: {state}.").format(name=error.name, state=state)
    return title, _("Look at the list again.")


def _gone(_error: errors.ReservationGone) -> _Words:
    return _("There is no such reservation."), _("Look at the list again.")


def _not_its_day(error: errors.NotItsDay) -> _Words:
    return _("This meal is reserved for {day}.").format(day=error.day), _("Hand it over on that day.")


def _not_yet(error: errors.NotYet) -> _Words:
    title = _("This meal is reserved for later today: {meal}.").format(meal=words.meal(error.meal))
    return title, _("Hand it over when that meal has begun.")


def _reason_needed(error: errors.ReasonNeeded) -> _Words:
    title = _("The reason is missing or longer than {longest} characters.").format(longest=error.longest)
    return title, _("Write why, in a few words.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    errors.DayClosed: _day_closed,
    errors.MealOver: _meal_over,
    errors.TooFarAhead: _too_far,
    errors.AfterCutOff: _after_cut_off,
    errors.BookedAlready: _booked_already,
    errors.ReservationWaits: _waits,
    errors.ReservationOver: _over,
    errors.ReservationGone: _gone,
    errors.NotItsDay: _not_its_day,
    errors.NotYet: _not_yet,
    errors.ReasonNeeded: _reason_needed,
}
