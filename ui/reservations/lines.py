"""The lines of a meal's list, and what stands above them."""

from __future__ import annotations

from collections import Counter

from pos import words
from pos.domain.pricing import Way
from pos.domain.reservations import State
from pos.i18n import _, ngettext
from pos.services.reservation_list import Listed, MealList
from ui import formats
from ui.reservations.told import dishes
from ui.widgets.labels import Tone
from ui.widgets.table import Line

_TONES = {State.BOOKED: Tone.PLAIN, State.SERVED: Tone.GREEN, State.MISSED: Tone.RED, State.CANCELLED: Tone.MUTED}
_WAYS = (Way.DINE_IN, Way.TAKE_AWAY, Way.DELIVERY)


def line_of(one: Listed, *, wide: bool) -> Line:
    """A reservation as a line; where there is no room, who booked it and when is left out."""
    booked = one.reservation
    cells = (
        booked.eat_at,
        booked.member_name,
        one.door,
        dishes(booked.bill.basket),
        words.way(booked.way),
        words.money(booked.bill.due),
        words.reservation_state(booked.state),
    )
    more = (
        words.reservation_source(booked.source),
        f"{formats.moment(booked.booked_ms)[5:]} {booked.booked_by}",
    )
    return Line((*cells, *more) if wide else cells, _TONES[booked.state])


def summary(found: MealList) -> str:
    """How many wait, how they are had, and how many do not wait any more."""
    waiting = found.waiting
    people = ngettext("{count} reservation", "{count} reservations", len(waiting)).format(count=len(waiting))
    meals = sum(one.portions for one in waiting)
    portions = ngettext("{count} meal", "{count} meals", meals).format(count=meals)
    ways = Counter(one.way for one in waiting)
    told = [people, portions, *(f"{words.way(way)} {ways[way]}" for way in _WAYS if ways[way])]
    states = Counter(one.reservation.state for one in found.listed)
    others = (state for state in State if state is not State.BOOKED and states[state])
    told += [f"{words.reservation_state(state)} {states[state]}" for state in others]
    return " · ".join(told)


def warning(found: MealList) -> str:
    """What nobody may overlook: somebody waits for a meal that will not be."""
    if found.facts.open or not found.waiting:
        return ""
    count = len(found.waiting)
    told = ngettext("{count} person has to be told.", "{count} people have to be told.", count).format(count=count)
    return " ".join(part for part in (_("The canteen is closed on this day."), found.facts.reason, told) if part)


def empty(found: MealList | None, text: str) -> str:
    """What stands there where no line is."""
    if found is None:
        return _("Looking …")
    if text.strip():
        return _("Nothing on this list fits.")
    if not found.facts.open:
        return " ".join(part for part in (_("The canteen is closed on this day."), found.facts.reason) if part)
    return _("Nothing is reserved for this meal yet.")
