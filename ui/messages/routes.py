"""Words for what is refused about routes, rosters and the codes on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain import routes as errors
from pos.domain import stop_codes
from pos.domain.errors import Refusal, Trouble
from pos.i18n import _

_Words = tuple[str, str]


def _not_a_stop(_error: stop_codes.NotAStop) -> _Words:
    return _("This is not the code of a stop."), _("Scan the square code beside the name on the roster.")


def _other_canteen(_error: stop_codes.OtherCanteen) -> _Words:
    return _("This stop is of another canteen."), _("Give the paper back to whom it belongs.")


def _route_taken(error: errors.RouteTaken) -> _Words:
    return _("There is a route {name} already.").format(name=error.name), _("Give it another name.")


def _route_unknown(_error: errors.RouteUnknown) -> _Words:
    return _("This route is not walked any more."), _("Look at the list again.")


def _volunteer_taken(error: errors.VolunteerTaken) -> _Words:
    title = _("{name} with this telephone number is on the list already.").format(name=error.name)
    return title, _("Change that one.")


def _volunteer_unknown(_error: errors.VolunteerUnknown) -> _Words:
    return _("There is no such volunteer."), _("Look at the list again.")


def _note_tells(error: errors.NoteTells) -> _Words:
    title = _("This must not be on paper: {words}").format(words=error.words)
    return title, _("Write what the volunteer should do: knock loudly, leave it at the door.")


def _note_too_long(error: errors.NoteTooLong) -> _Words:
    title = _("It is longer than {longest} characters.").format(longest=error.longest)
    return title, _("The roster has no more room: write less.")


def _no_time(error: errors.NoTimeOfDay) -> _Words:
    return _("“{text}” is no time of day.").format(text=error.text), _("Write it like 10:30.")


def _eaten_before(error: errors.EatenBeforeCooked) -> _Words:
    title = _("It would be eaten at {eat_by}, before it is cooked at {cooked_at}.")
    return title.format(eat_by=error.eat_by, cooked_at=error.cooked_at), _("Change one of the two.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    stop_codes.NotAStop: _not_a_stop,
    stop_codes.OtherCanteen: _other_canteen,
    errors.RouteTaken: _route_taken,
    errors.RouteUnknown: _route_unknown,
    errors.VolunteerTaken: _volunteer_taken,
    errors.VolunteerUnknown: _volunteer_unknown,
    errors.NoteTells: _note_tells,
    errors.NoteTooLong: _note_too_long,
    errors.NoTimeOfDay: _no_time,
    errors.EatenBeforeCooked: _eaten_before,
}
