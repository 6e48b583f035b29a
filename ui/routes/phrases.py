"""The routes' section in words: rosters and stops as lines of tables, papers and whether they are right."""

from __future__ import annotations

import re
from datetime import date, timedelta

from pos import words
from pos.domain.address import Address
from pos.domain.menu import Meal
from pos.domain.rosters import Roster, Round
from pos.domain.routes import Volunteer
from pos.i18n import _, ngettext
from ui.routes.shown import Shown

_MONDAY = date(2026, 11, 23)
_BESIDE = re.compile("(?:号楼|楼|栋|幢|座|单元|室|号)$")


def file_name(now: Shown, roster: Roster | None = None) -> str:
    """The proposed name of a roster's file, or of all of a meal."""
    which = words.roster_name(roster) if roster else _("all routes")
    return _("Rosters {day} {meal} {route}").format(day=now.day, meal=words.meal(now.meal), route=which) + ".pdf"


def labels_name(day: date, meal: Meal) -> str:
    """The proposed name of a file of labels."""
    return _("Labels {day} {meal}").format(day=day, meal=words.meal(meal)) + ".pdf"


# -- the rosters --------------------------------------------------------------------------------------


def paper_state(roster: Roster) -> str:
    """Its newest paper, and whether it is right."""
    if roster.printed is None:
        return ""
    words_for = _("v{version} old") if roster.out_of_date else _("v{version}")
    return words_for.format(version=roster.printed.version)


def summary(found: Round) -> str:
    """What is brought at this meal in all."""
    sums = found.totals
    return f"{stops(sums.stops)} · {boxes(sums.boxes)}"


def warning(found: Round) -> str:
    """What nobody may overlook about a meal's deliveries, '' where there is nothing."""
    told = sum(len(roster.standing) for roster in found.every)
    if found.closed is not None:
        closed = _("The canteen is closed on this day")
        whom = ngettext("tell {count} person", "tell {count} people", told).format(count=told) if told else ""
        return " · ".join(part for part in (closed, found.closed, whom) if part)
    parts = []
    if loose := len(found.loose.standing):
        parts.append(ngettext("{count} without a route", "{count} without a route", loose).format(count=loose))
    if lost := sum(stop.lacks_address for roster in found.every for stop in roster.standing):
        parts.append(ngettext("{count} without an address", "{count} without an address", lost).format(count=lost))
    if late := sum(roster.out_of_date for roster in found.every):
        parts.append(ngettext("{count} roster out of date", "{count} rosters out of date", late).format(count=late))
    return " · ".join(parts)


def stops(count: int) -> str:
    """So many doors."""
    return ngettext("{count} stop", "{count} stops", count).format(count=count)


def boxes(count: int) -> str:
    """So many boxes."""
    return ngettext("{count} box", "{count} boxes", count).format(count=count)


def head(now: Shown) -> str:
    """Whose stops are listed, and in which order."""
    row = now.row
    if row is None:
        return ""
    if now.always and row.route:
        return _("{route}: everybody, in the usual order").format(route=row.route.name)
    roster = row.roster
    name = words.roster_name(roster) if roster.route else _("No route")
    return _("{route} in an order for this day").format(route=name) if roster.ordered_today else name


def facts(now: Shown) -> str:
    """Who walks with what, until when, and how the papers stand."""
    row = now.row
    if row is None or now.always:
        return _("What is changed here holds on every day.") if row else ""
    if row.route is None:
        return _("Enter gives somebody a route.")
    run, roster = row.roster.run, row.roster
    parts = [roster.volunteer.name if roster.volunteer else _("no volunteer yet")]
    if run and run.containers:
        parts.append(_("insulated boxes {numbers}").format(numbers=run.containers))
    if run and run.cooked_at:
        parts.append(_("cooked {time}").format(time=run.cooked_at))
    if run and run.eat_by:
        parts.append(_("eat by {time}").format(time=run.eat_by))
    return " · ".join(parts)


# -- the stops ----------------------------------------------------------------------------------------


def door(address: Address) -> str:
    """A door as it is written short: '幸福里 2-3-402'; in full where its parts are no numbers."""
    short = [_BESIDE.sub("", part) for part in (address.building, address.unit, address.door) if part]
    if len(short) > 1 and all(one.isalnum() and one.isascii() for one in short):
        return f"{address.estate} {'-'.join(short)}".strip()
    return str(address) or _("address not known")


def note_words(diets: tuple[str, ...], note: str, *, in_person: bool) -> str:
    """What to know at the door."""
    face = _("face to face") if in_person else ""
    return " · ".join(part for part in (" ".join(diets), face, note) if part)


def empty(now: Shown) -> str:
    """Why nobody is listed."""
    if now.round is None:
        return ""
    if now.always:
        return _("Nobody lives on this route yet.")
    return _("Nothing is delivered on this route.") if now.row else _("No route yet, and nothing to deliver. F3 makes a route.")


# -- volunteers ---------------------------------------------------------------------------------------


def weekday(number: int) -> str:
    """The short name of a weekday, Monday is 0."""
    return words.weekday(_MONDAY + timedelta(days=number))


def weekdays(volunteer: Volunteer) -> str:
    """On which days somebody comes: 'Mon Wed Fri'."""
    return " ".join(map(weekday, sorted(volunteer.weekdays)))
