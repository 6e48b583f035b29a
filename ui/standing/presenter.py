"""The mind of a change of status: its days, what it touches, and the key that saves it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from pos.domain.absences import Absence, AbsenceReason, Affected, BadAbsence
from pos.domain.errors import BadBirthDate, Refusal, Trouble
from pos.domain.members import MemberStatus
from pos.domain.staff import Actor
from pos.i18n import _
from pos.ports import Clock
from pos.services.standing import Standing
from ui import messages
from ui.asking import AskView
from ui.members.presenter import parse_birth
from ui.presenting import Lane, Notices
from ui.standing.form import StandingForm
from ui.standing.phrases import standing_ask


class StandingPresenter:
    """Nothing is saved before what it touches was seen."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        standing: Standing,
        clock: Clock,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is told that a status was saved or taken back."""
        self._view = view
        self._notices = notices
        self._standing = standing
        self._clock = clock
        self._lane = lane
        self._actor = actor
        self._changed = changed
        self._form: StandingForm | None = None

    def open(self, member_id: str, name: str, status: MemberStatus) -> None:
        """Ask from when on somebody is paused, gone or dead; today is offered."""
        today = self._clock.local().date().isoformat()
        self._form = StandingForm(str(uuid4()), member_id, name, status, today)
        self._show()
        self._preview()

    def typed(self, name: str, value: str) -> None:
        """A day or the reason was changed: what it touches is asked for anew."""
        if self._form is None or self._form.saving:
            return
        changed: dict[str, Any] = {name: AbsenceReason(value) if name == "reason" else value}
        self._show(**changed, affected=None, wrong="")
        self._preview()

    def confirm(self) -> None:
        """Save it, as soon as what it touches is on the screen."""
        form = self._form
        if form is None or form.saving:
            return
        absence = self._absence(form, tell=True)
        if absence is None or form.affected is None:
            return
        actor = self._actor()
        self._show(saving=True)

        def saved(_all: object) -> None:
            self._leave()
            self._notices.show_message(messages.good(_("The status of {name} is saved.").format(name=form.name)))
            self._changed()

        self._lane.run(lambda: self._standing.begin(actor, form.member_id, absence), saved, self._refuse)

    def end(self, member_id: str, absence: Absence) -> None:
        """Somebody is back today: yesterday was the last day away; what was only planned goes altogether."""
        actor, yesterday = self._actor(), self._clock.local().date() - timedelta(days=1)

        def ended(_all: object) -> None:
            self._notices.show_message(messages.good(_("From today on as before.")))
            self._changed()

        self._lane.run(
            lambda: self._standing.end(actor, member_id, absence.id, yesterday),
            ended,
            lambda error: self._notices.show_message(messages.words(error)),
        )

    def close(self) -> None:
        """Leave everything as it is."""
        if self._form is not None and not self._form.saving:
            self._leave()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _preview(self) -> None:
        form = self._form
        absence = self._absence(form, tell=False) if form else None
        if form is None or absence is None:
            return

        def came(affected: Affected) -> None:
            now = self._form
            if now is not None and self._absence(now, tell=False) == absence:
                self._show(affected=affected)

        self._lane.run(lambda: self._standing.affected(form.member_id, absence), came, self._refuse)

    def _absence(self, form: StandingForm, *, tell: bool) -> Absence | None:
        """The absence that the form says; a day that is none is pointed at where `tell` is asked for."""
        days: dict[str, date | None] = {}
        for name, text in (("first", form.first), ("last", form.last)):
            try:
                days[name] = parse_birth(text)
            except BadBirthDate:
                days[name] = None
                if tell:
                    self._point(name)
                return None
        first = days["first"]
        if first is None:
            if tell:
                self._point("first")
            return None
        last = days["last"] if form.status is MemberStatus.PAUSED else None
        try:
            return Absence(form.absence_id, form.status, first, last, form.reason)
        except BadAbsence as error:
            if tell:
                self._refuse(error)
            return None

    def _point(self, name: str) -> None:
        self._show(wrong=name)
        self._notices.show_message(messages.note(_("This is not a date."), _("Write it as 2026-03-12.")))

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong="last" if isinstance(error, BadAbsence) else "")
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._form = None
        self._view.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._view.show_ask(standing_ask(self._form))
