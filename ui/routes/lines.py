"""Rosters and stops as lines of the section's tables, with the colour of what they mean."""

from __future__ import annotations

from pos import words
from pos.domain.prints import Print
from pos.domain.rosters import News, Roster, Stop
from pos.domain.routes import Recipient
from pos.i18n import _, ngettext, pgettext
from ui import formats
from ui.routes import phrases
from ui.routes.shown import RouteRow, Shown
from ui.widgets.labels import Tone
from ui.widgets.table import Line


def route_line(row: RouteRow) -> Line:
    """A route: its stops, its boxes, who walks it, and its paper."""
    if row.along and row.route:
        void = next((one for one in row.roster.void if one.subject == row.route.id), None)
        paper = _("v{version} void").format(version=void.version) if void else ""
        with_whom = row.roster.route.name if row.roster.route else ""
        return Line((f"  {row.route.name}", "", f"→ {with_whom}", paper), Tone.RED if void else Tone.MUTED)
    roster = row.roster
    stops, boxes = roster.standing, sum(stop.boxes for stop in roster.standing)
    name = row.route.name if row.route else _("No route")
    volunteer = "" if row.route is None else roster.volunteer.name if roster.volunteer else "–"
    urgent = roster.out_of_date or (row.route is None and bool(stops))
    cells = (name, f"{len(stops)} / {boxes}", volunteer, phrases.paper_state(roster))
    return Line(cells, Tone.RED if urgent else Tone.PLAIN if stops else Tone.MUTED)


def person_line(one: Stop | Recipient, number: int) -> Line:
    """Somebody in the list of the day, or of the usual order."""
    if isinstance(one, Stop):
        return _stop_line(one)
    lacks = not str(one.address)
    where = phrases.door(one.address)
    note = phrases.note_words(one.diets, one.note.text, in_person=one.note.in_person)
    return Line((str(number), where, one.name, "", note), Tone.RED if lacks else Tone.PLAIN)


def _stop_line(stop: Stop) -> Line:
    where = phrases.door(stop.address)
    number = {
        News.ADDED: pgettext("stop", "new"),
        News.CHANGED: pgettext("stop", "changed"),
        News.GONE: words.stop_gone(fetched=stop.fetched),
        None: "",
    }[stop.news]
    first = number if stop.gone else f"{stop.number} {number}".rstrip()
    note = phrases.note_words(stop.diets, stop.note, in_person=stop.in_person)
    cells = (first, where, stop.name, str(stop.boxes), note)
    red = stop.lacks_address or stop.news is not None
    return Line(cells, Tone.MUTED if stop.gone else Tone.RED if red else Tone.PLAIN, struck=stop.gone)


def papers(now: Shown) -> tuple[str, Tone]:
    """How roster and labels stand, and the colour of that."""
    row = now.row
    if row is None or now.always:
        return "", Tone.MUTED
    roster = row.roster
    parts = [_printed(_("Roster"), roster.printed), *_wrong(roster), *_labelled(roster)]
    wrong = roster.out_of_date or (roster.labelled is not None and bool(roster.unlabelled))
    return " · ".join(parts), Tone.RED if wrong else Tone.MUTED


def _printed(what: str, paper: Print | None) -> str:
    if paper is None:
        return _("{what}: not printed").format(what=what)
    at = formats.moment(paper.at_ms)[5:]
    return _("{what} v{version}, {moment}").format(what=what, version=paper.version, moment=at)


def _wrong(roster: Roster) -> list[str]:
    if not roster.out_of_date:
        return []
    changes = ngettext("{count} stop is otherwise now", "{count} stops are otherwise now", roster.news)
    return [changes.format(count=roster.news) if roster.news else _("order or head are otherwise now")]


def _labelled(roster: Roster) -> list[str]:
    if roster.labelled is None:
        return []
    missing = sum(stop.boxes for stop in roster.unlabelled)
    told = _printed(_("Labels"), roster.labelled)
    lacking = ngettext("{count} box without a right one", "{count} boxes without a right one", missing)
    return [told, lacking.format(count=missing)] if missing else [told]
