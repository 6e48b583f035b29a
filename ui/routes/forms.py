"""The forms of the section: what is decided in them about a day, a person, a route, a volunteer, the labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from pos.domain.errors import BadName, Refusal, Trouble
from pos.domain.routes import (
    DeliveryNote,
    EatenBeforeCooked,
    NoteTells,
    NoteTooLong,
    NoTimeOfDay,
    Recipient,
    Route,
    RouteTaken,
    VolunteerTaken,
)
from pos.domain.staff import Actor
from pos.i18n import _, ngettext
from pos.ports.roster_pages import WritesRosters
from pos.services.rosters import Rosters
from pos.services.routes import Routes
from ui import messages
from ui.asking import AskView
from ui.office.work import Work
from ui.presenting import Lane, Notices
from ui.routes import phrases
from ui.routes.asks import ask_of
from ui.routes.form import ROLL, Form, Known, Topic, opened
from ui.routes.presenter import RoutesPresenter, RoutesView
from ui.routes.shown import Shown

_WRITES = (Topic.RUN, Topic.PERSON, Topic.ROUTE, Topic.VOLUNTEER, Topic.LABELS)


class RouteForms:
    """One form at a time, on what the section shows. Lists lead to a form of their own and are there again after it."""

    def __init__(
        self,
        ask: AskView,
        view: RoutesView,
        notices: Notices,
        shows: RoutesPresenter,
        rosters: Rosters,
        routes: Routes,
        pages: WritesRosters,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
    ) -> None:
        self._ask = ask
        self._view = view
        self._notices = notices
        self._shows = shows
        self._rosters = rosters
        self._routes = routes
        self._pages = pages
        self._lane = lane
        self._work = work
        self._actor = actor
        self._form: Form | None = None

    # -- opening ------------------------------------------------------------------------------------

    def ask_run(self) -> None:
        """Ask who walks the marked route, with what, and when; who has no route is asked for one."""
        now = self._shows.now
        if now and now.row and now.row.route:
            self._open(Topic.RUN, now.row.id)
        else:
            self.ask_person()

    def ask_person(self) -> None:
        """Ask about whom the mark among the stops is on."""
        now = self._shows.now
        if now and now.marked:
            self._open(Topic.PERSON, now.marked.member_id)

    def ask_routes(self) -> None:
        """List the routes."""
        self._open(Topic.ROUTES)

    def ask_volunteers(self) -> None:
        """List the volunteers."""
        self._open(Topic.VOLUNTEERS)

    def ask_labels(self) -> None:
        """Ask which labels, and where."""
        now = self._shows.now
        if now and now.round and now.round.every:
            self._open(Topic.LABELS, now.row.roster.id if now.row else "")

    def _open(self, topic: Topic, subject: str = "") -> None:
        shown = self._shows.now
        if shown is None:
            return

        def came(known: Known) -> None:
            if topic is not Topic.PERSON or known.person is not None:
                self._form = opened(topic, shown, known, subject)
                self._say()

        self._notices.clear_message()
        self._lane.run(lambda: self._read(shown, topic, subject), came, self._failed)

    def _read(self, shown: Shown, topic: Topic, subject: str) -> Known:
        person: Recipient | None = None
        if topic is Topic.PERSON:
            person = self._rosters.recipient(shown.day, shown.meal, subject)
        return Known(self._routes.every(), self._routes.volunteers(), person, self._routes.whole_phones())

    # -- wishes -------------------------------------------------------------------------------------

    def typed(self, name: str, value: str) -> None:
        """A field was changed; how telephone numbers are printed is decided at once."""
        form = self._form
        if form is None or form.saving:
            return
        self._notices.clear_message()
        self._show(wrong="", values={**form.values, name: value})
        if form.topic is Topic.ROUTES and name == "whole_phones":
            actor, whole = self._actor(), self._form is not None and self._form.ticked(name)
            deed = lambda: self._routes.show_phones(actor, whole=whole)  # noqa: E731  # a deed like the others
            self._lane.run(deed, lambda _none: self._shows.refresh(), self._failed)

    def picked(self, at: int) -> None:
        """A row of a list was chosen: change it."""
        form = self._form
        if form is not None and form.topic is Topic.ROUTES:
            self._open(Topic.ROUTE, form.known.routes[at].id)
        elif form is not None and form.topic is Topic.VOLUNTEERS:
            self._open(Topic.VOLUNTEER, form.known.volunteers[at].id)

    def second(self) -> None:
        """Something new for the list."""
        if self._form is not None:
            self._open(Topic.ROUTE if self._form.topic is Topic.ROUTES else Topic.VOLUNTEER)

    def confirm(self) -> None:
        """Decide it so."""
        form = self._form
        if form is None or form.saving or form.topic not in _WRITES:
            return
        if form.topic is Topic.LABELS:
            self._label(form)
            return
        actor = self._actor()
        self._show(saving=True)
        self._lane.run(lambda: self._decide(actor, form), lambda _none: self._decided(form), self._refuse)

    def close(self) -> None:
        """Leave it as it was; from a form of a list back to the list."""
        form = self._form
        if form is None or form.saving:
            return
        if form.topic in _LISTS:
            self._open(_LISTS[form.topic])
        else:
            self.close_now()

    def close_now(self) -> None:
        """The section is left."""
        self._form = None
        self._ask.close_ask()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._say()

    # -- deciding -----------------------------------------------------------------------------------

    def _decide(self, actor: Actor, form: Form) -> None:
        match form.topic:
            case Topic.RUN:
                self._rosters.decide(actor, form.run())
                run = form.shown.round.runs.get(form.subject) if form.shown.round else None
                if form.values["into"] != (run.merged_into if run else ""):
                    self._rosters.merge(actor, form.shown.day, form.shown.meal, form.subject, form.values["into"])
            case Topic.PERSON:
                self._settle(actor, form)
            case Topic.ROUTE:
                self._routes.save(actor, Route(form.subject, form.values["name"], form.ticked("active")))
            case Topic.VOLUNTEER:
                self._routes.save_volunteer(actor, form.volunteer())

    def _settle(self, actor: Actor, form: Form) -> None:
        """Note first: it is what can be refused."""
        who, shown, wanted = form.known.person, form.shown, form.values["route"]
        if who is None:
            return
        note = DeliveryNote(form.values["note"], form.ticked("in_person"))
        if note != who.note:
            self._routes.keep_note(actor, who.member_id, note)
        if form.ticked("only_today"):
            if wanted != who.route_id or not who.today.route_id:
                today = "" if wanted == who.usual.route_id else wanted
                self._rosters.send(actor, shown.day, shown.meal, who.member_id, today)
            return
        if wanted != who.usual.route_id:
            self._routes.settle(actor, who.member_id, wanted)
        if who.today.route_id:
            self._rosters.send(actor, shown.day, shown.meal, who.member_id, "")

    def _decided(self, form: Form) -> None:
        self._shows.refresh()
        if form.topic in _LISTS:
            self._open(_LISTS[form.topic])
        else:
            self.close_now()

    # -- labels -------------------------------------------------------------------------------------

    def _label(self, form: Form) -> None:
        day, meal, actor = form.shown.day, form.shown.meal, self._actor()
        ids, only_new = [roster.id for roster, _stops in form.labelled], form.ticked("only_new")
        if form.values["where"] == ROLL:
            self._show(saving=True)
            deed = lambda: self._rosters.print_labels(actor, day, meal, ids, only_new=only_new)  # noqa: E731  # as above
            self._lane.run(deed, self._queued, self._refuse)
            return
        if not form.values["skip"].isdecimal():
            self._show(wrong="skip")
            return
        path = self._view.ask_file(phrases.labels_name(day, meal))
        if path is None:
            return
        skip = int(form.values["skip"])

        def write(_progress: Callable[[int, int], None]) -> Path:
            draft = lambda sheets: self._pages.labels(sheets, path)  # noqa: E731  # as above
            self._rosters.label_sheets(actor, day, meal, ids, draft, only_new=only_new, skip=skip)
            return path

        self._work.run(_("The labels are written."), write, self._written, self._refuse)

    def _queued(self, boxes: int) -> None:
        self.close_now()
        self._shows.refresh()
        title = ngettext("{count} label is printed.", "{count} labels are printed.", boxes)
        self._notices.show_message(messages.good(title.format(count=boxes)))

    def _written(self, path: Path) -> None:
        self.close_now()
        self._shows.refresh()
        self._view.show_file(path)
        self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name)))

    # -- answers ------------------------------------------------------------------------------------

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong=_field_of(error))
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._say()

    def _say(self) -> None:
        if self._form is not None:
            self._ask.show_ask(ask_of(self._form))


_LISTS = {Topic.ROUTE: Topic.ROUTES, Topic.VOLUNTEER: Topic.VOLUNTEERS}
"""The form of one to the list it comes from."""


def _field_of(error: Refusal | Trouble) -> str:
    match error:
        case BadName() | RouteTaken() | VolunteerTaken():
            return "name"
        case NoteTells():
            return "note"
        case NoteTooLong():
            return "containers"
        case NoTimeOfDay() | EatenBeforeCooked():
            return "cooked_at"
        case _:
            return ""
