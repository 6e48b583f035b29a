"""The forms of the section as questions: titles, facts, fields and lists in the words of the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos import words
from pos.domain.discreet import telling
from pos.domain.routes import LONGEST_CONTAINERS, LONGEST_NOTE, Route, Volunteer
from pos.i18n import _, pgettext
from ui import formats
from ui.asking import Ask, AskColumn, AskField, AskPage, AskTable, Fact, FieldKind
from ui.routes import phrases
from ui.routes.form import ALL, ROLL, SHEETS, THIS, WEEKDAYS, Form, Topic

_LONGEST_NAME = 20
_LONGEST_PHONE = 20
_TIME = 5
_WIDE = 880
"""Seven days beside each other."""


def ask_of(form: Form) -> Ask:
    """The question of a form."""
    ask = _ASKS[form.topic](form)
    return replace(ask, busy=form.saving, wrong=form.wrong)


def _run(form: Form) -> Ask:
    route = _route(form, form.subject)
    roster = form.roster
    along = roster is not None and roster.id != form.subject
    volunteers = (("", _("nobody yet")), *((one.id, _called(one, form)) for one in _first_who_come(form)))
    others = tuple((one.id, one.name) for one in form.known.routes if one.active and one.id != form.subject)
    fields = (
        (_choice(form, "volunteer", _("Volunteer"), volunteers, enabled=not form.values["into"]),),
        (
            _line(form, "containers", _("Numbers of the insulated boxes"), longest=LONGEST_CONTAINERS),
            _line(form, "cooked_at", _("Cooked at"), hint="10:30", longest=_TIME),
            _line(form, "eat_by", _("Eat by"), hint=_("2 hours later"), longest=_TIME),
        ),
        (_choice(form, "into", _("Walked together with"), (("", _("by itself")), *others)),),
    )
    stops = len(roster.standing) if roster else 0
    told = () if along or roster is None else (Fact(_("Stops"), str(stops)),)
    title = f"{route.name} · {formats.day_ahead(form.shown.day, form.shown.today)} {words.meal(form.shown.meal)}"
    return Ask(title, _("Save"), facts=told, pages=(AskPage(fields),))


def _person(form: Form) -> Ask:
    who = form.known.person
    assert who is not None, "a person's form is about somebody"
    routes = (("", _("none")), *((one.id, one.name) for one in form.known.routes if one.active))
    lives = str(who.address) or _("address not known")
    told = (Fact(_("Address"), lives), Fact(_("Phone"), who.phone or "–"))
    found = telling(form.values["note"])
    warning = _("This must not be on paper: {words}").format(words="、".join(found)) if found else ""
    text = warning or _("The note is printed on the roster: what to do at the door, nothing else.")
    fields = (
        (_choice(form, "route", _("Route"), routes),),
        (_line(form, "note", _("Note for the volunteer"), longest=LONGEST_NOTE, hint=_("hard of hearing, knock loudly, leave at the door")),),
        (_tick(form, "in_person", _("must be seen face to face")), _tick(form, "only_today", _("this route only this time"))),
    )
    return Ask(who.name, _("Save"), text, told, (AskPage(fields),))


def _routes(form: Form) -> Ask:
    rows = tuple((one.name, _walked(form, one)) for one in form.known.routes)
    columns = (AskColumn(_("Route")), AskColumn(_("State"), 200))
    table = AskTable(columns, rows, _("Edit"), empty=_("No route yet. F10 makes one."))
    phones = _tick(form, "whole_phones", _("Rosters show whole telephone numbers"))
    return Ask(_("Routes"), "", pages=(AskPage(((phones,),)),), table=table, second=_("New route"))


def _walked(form: Form, route: Route) -> str:
    if not route.active:
        return _("not walked any more")
    found = form.shown.round.roster(route.id) if form.shown.round else None
    return phrases.stops(len(found.standing)) if found and found.id == route.id else ""


def _route_form(form: Form) -> Ask:
    title = _route(form, form.subject).name or _("New route")
    text = _("Who lives on a route that is not walked any more stands among those without one.")
    fields = ((_line(form, "name", _("Name"), longest=_LONGEST_NAME),), (_tick(form, "active", _("is walked")),))
    return Ask(title, _("Save"), text, pages=(AskPage(fields),))


def _volunteers(form: Form) -> Ask:
    rows = tuple(
        (one.name, one.phone, phrases.weekdays(one) if one.active else _("comes no more")) for one in form.known.volunteers
    )
    columns = (AskColumn(_("Name"), 160), AskColumn(_("Phone"), 180), AskColumn(_("Comes on")))
    table = AskTable(columns, rows, _("Edit"), empty=_("No volunteer yet. F10 adds one."))
    return Ask(_("Volunteers"), "", table=table, second=_("New volunteer"))


def _volunteer(form: Form) -> Ask:
    title = next((one.name for one in form.known.volunteers if one.id == form.subject), _("New volunteer"))
    days = tuple(_tick(form, f"day{day}", phrases.weekday(day)) for day in range(WEEKDAYS))
    fields = (
        (_line(form, "name", _("Name"), longest=_LONGEST_NAME), _line(form, "phone", _("Phone"), longest=_LONGEST_PHONE)),
        days,
        (_tick(form, "active", _("comes")),),
    )
    return Ask(title, _("Save"), pages=(AskPage(fields),), width=_WIDE)


def _labels(form: Form) -> Ask:
    boxes = sum(stop.boxes for _roster, stops in form.labelled for stop in stops)
    here = next((words.roster_name(one) for one in form.shown.round.every if one.id == form.subject), "") if form.shown.round else ""
    which = ((THIS, here), (ALL, _("all routes"))) if here else ((ALL, _("all routes")),)
    where = ((SHEETS, _("A4 sheets, 3 × 8 labels")), (ROLL, _("receipt printer, cut apart")))
    fields = (
        (_choice(form, "which", _("For which boxes"), which),),
        (_choice(form, "where", _("Printed on"), where), _line(form, "skip", _("Used labels of the first sheet"), longest=2)),
        (_tick(form, "only_new", _("only for boxes without a right label")),),
    )
    told = (Fact(_("Labels"), str(boxes), strong=True),)
    return Ask(_("Box labels"), _("Print") if boxes else "", facts=told, pages=(AskPage(fields),))


_ASKS: dict[Topic, Callable[[Form], Ask]] = {
    Topic.RUN: _run,
    Topic.PERSON: _person,
    Topic.ROUTES: _routes,
    Topic.ROUTE: _route_form,
    Topic.VOLUNTEERS: _volunteers,
    Topic.VOLUNTEER: _volunteer,
    Topic.LABELS: _labels,
}


# -- parts --------------------------------------------------------------------------------------------


def _line(form: Form, name: str, label: str, *, longest: int, hint: str = "") -> AskField:
    return AskField(name, label, form.values[name], hint, longest=longest)


def _choice(
    form: Form, name: str, label: str, options: tuple[tuple[str, str], ...], *, enabled: bool = True
) -> AskField:
    return AskField(name, label, form.values[name], kind=FieldKind.CHOICE, options=options, enabled=enabled)


def _tick(form: Form, name: str, label: str) -> AskField:
    return AskField(name, label, form.values[name], kind=FieldKind.TICK)


def _route(form: Form, route_id: str) -> Route:
    return next((one for one in form.known.routes if one.id == route_id), Route("", ""))


def _first_who_come(form: Form) -> list[Volunteer]:
    """Those who come on this day first; who comes no more is only there where the route has them still."""
    known = [one for one in form.known.volunteers if one.active or one.id == form.values["volunteer"]]
    return sorted(known, key=lambda one: not one.comes_on(form.shown.day))


def _called(volunteer: Volunteer, form: Form) -> str:
    comes = pgettext("volunteer", "comes on this day") if volunteer.comes_on(form.shown.day) else ""
    return " · ".join(part for part in (volunteer.name, volunteer.phone, comes) if part)
