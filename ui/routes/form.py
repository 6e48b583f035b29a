"""A form of the section at one moment, as it was typed, and what it would decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pos.domain.rosters import Roster, Stop
from pos.domain.routes import Recipient, Route, Run, Volunteer
from ui.asking import YES
from ui.routes.shown import Shown

WEEKDAYS = 7


class Topic(StrEnum):
    """What is asked about."""

    RUN = "run"
    PERSON = "person"
    ROUTES = "routes"
    ROUTE = "route"
    VOLUNTEERS = "volunteers"
    VOLUNTEER = "volunteer"
    LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Known:
    """What a form is filled from and chooses among, as it was read when it was opened."""

    routes: tuple[Route, ...] = ()
    volunteers: tuple[Volunteer, ...] = ()
    person: Recipient | None = None
    whole_phones: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `subject` is the id of the route, the member or the volunteer it is about, '' for a new one."""

    topic: Topic
    shown: Shown
    known: Known
    subject: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    wrong: str = ""
    saving: bool = False

    def ticked(self, name: str) -> bool:
        """Whether a tick is on."""
        return self.values.get(name) == YES

    @property
    def roster(self) -> Roster | None:
        """The roster it is about: that on which the route is walked."""
        return self.shown.round.roster(self.subject) if self.shown.round else None

    @property
    def labelled(self) -> tuple[tuple[Roster, tuple[Stop, ...]], ...]:
        """For a form of labels: the rosters that are chosen, and the stops whose boxes get one."""
        rosters = self.shown.round.every if self.shown.round else ()
        chosen = [one for one in rosters if self.values.get("which") == ALL or one.id == self.subject]
        return tuple((one, one.unlabelled if self.ticked("only_new") else one.standing) for one in chosen)

    def run(self) -> Run:
        """What is decided about the route."""
        return Run(
            self.subject,
            self.shown.day,
            self.shown.meal,
            self.values.get("volunteer", ""),
            self.values.get("containers", ""),
            self.values.get("cooked_at", ""),
            self.values.get("eat_by", ""),
        )

    def volunteer(self) -> Volunteer:
        """The volunteer as typed."""
        days = frozenset(day for day in range(WEEKDAYS) if self.ticked(f"day{day}"))
        return Volunteer(self.subject, self.values["name"], self.values["phone"], days, self.ticked("active"))


ALL, THIS = "all", "this"
ROLL, SHEETS = "roll", "sheets"


def on(ticked: bool) -> str:
    """The value of a tick."""
    return YES if ticked else ""


def opened(topic: Topic, shown: Shown, known: Known, subject: str = "") -> Form:
    """A form as it is when it opens."""
    return Form(topic, shown, known, subject, _VALUES[topic](shown, known, subject))


def _run_values(shown: Shown, known: Known, subject: str) -> dict[str, str]:
    run = shown.round.runs.get(subject) if shown.round else None
    if run is None:
        return {"volunteer": "", "containers": "", "cooked_at": "", "eat_by": "", "into": ""}
    into = run.merged_into if any(one.id == run.merged_into and one.active for one in known.routes) else ""
    facts = {"containers": run.containers, "cooked_at": run.cooked_at, "eat_by": run.eat_by}
    return {"volunteer": run.volunteer_id, **facts, "into": into}


def _person_values(_shown: Shown, known: Known, _subject: str) -> dict[str, str]:
    who = known.person
    if who is None:
        return {"route": "", "only_today": "", "note": "", "in_person": ""}
    return {
        "route": who.route_id,
        "only_today": on(bool(who.today.route_id)),
        "note": who.note.text,
        "in_person": on(who.note.in_person),
    }


def _routes_values(_shown: Shown, known: Known, _subject: str) -> dict[str, str]:
    return {"whole_phones": on(known.whole_phones)}


def _route_values(_shown: Shown, known: Known, subject: str) -> dict[str, str]:
    route = next((one for one in known.routes if one.id == subject), Route("", ""))
    return {"name": route.name, "active": on(route.active)}


def _volunteer_values(_shown: Shown, known: Known, subject: str) -> dict[str, str]:
    who = next((one for one in known.volunteers if one.id == subject), Volunteer("", ""))
    days = {f"day{day}": on(day in who.weekdays) for day in range(WEEKDAYS)}
    return {"name": who.name, "phone": who.phone, **days, "active": on(who.active)}


def _label_values(shown: Shown, _known: Known, subject: str) -> dict[str, str]:
    labelled = shown.round is not None and any(one.labelled for one in shown.round.every)
    return {"which": THIS if subject or not shown.round else ALL, "where": SHEETS, "only_new": on(labelled), "skip": "0"}


_VALUES = {
    Topic.RUN: _run_values,
    Topic.PERSON: _person_values,
    Topic.ROUTES: _routes_values,
    Topic.ROUTE: _route_values,
    Topic.VOLUNTEERS: lambda _shown, _known, _subject: {},
    Topic.VOLUNTEER: _volunteer_values,
    Topic.LABELS: _label_values,
}
