"""The mind of a case's sheet: whom to call, and each step noted at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from pos import words
from pos.domain.cases import Case, CaseStep, StoryNeeded
from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.i18n import _
from pos.ports import Clock
from pos.services.cases import Cases
from ui import messages
from ui.asking import AskView
from ui.deliveries import phrases
from ui.presenting import Lane, Notices


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A case and the step that would be noted. `step_id` is kept for every retry."""

    case: Case
    step: CaseStep
    step_id: str
    note: str = ""
    wrong: str = ""
    busy: bool = False


class CasePresenter:
    """After a step the sheet stays, with the next one offered, until an outcome ends the case. Those that were ended stay in
    the list of their day: one may have been ended by mistake.
    """

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        cases: Cases,
        clock: Clock,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is told that a step was taken."""
        self._view = view
        self._notices = notices
        self._cases = cases
        self._clock = clock
        self._lane = lane
        self._actor = actor
        self._changed = changed
        self._form: CaseForm | None = None
        self._choice: tuple[Case, ...] = ()

    def open(self, day: date) -> None:
        """Ask about the one that is open; where there are several, or some of the day were ended, which."""
        self._lane.run(lambda: self._cases.of_day(day), self._listed, self._refused)

    def pick(self, at: int) -> None:
        """It is about this one."""
        if 0 <= at < len(self._choice):
            self._offer(self._choice[at])

    def typed(self, name: str, value: str) -> None:
        """Another step, or words."""
        if self._form is not None and not self._form.busy:
            form = replace(self._form, wrong="")
            self._form = replace(form, step=CaseStep(value)) if name == "step" else replace(form, note=value)
            self.say_again()

    def confirm(self) -> None:
        """Note the step."""
        form = self._form
        if form is None or form.busy:
            return
        actor = self._actor()
        self._form = replace(form, busy=True)
        self.say_again()
        self._lane.run(
            lambda: self._cases.take_step(actor, form.step_id, form.case.id, form.step, form.note), self._taken, self._refused
        )

    def close(self) -> None:
        """Leave it; it stays open."""
        self._form, self._choice = None, ()
        self._view.close_ask()

    def say_again(self) -> None:
        """Show the question as it is now."""
        form = self._form
        if form is not None:
            self._view.show_ask(phrases.case_ask(form.case, form.step, form.note, self._today, wrong=form.wrong, busy=form.busy))
        elif self._choice:
            self._view.show_ask(phrases.which_case(self._choice, self._today))

    def _listed(self, cases: tuple[Case, ...]) -> None:
        self._choice, self._form = cases, None
        if not cases:
            self._notices.show_message(messages.note(_("Nobody is looked for.")))
        elif len(cases) == 1 and cases[0].outcome is None:
            self.pick(0)
        else:
            self.say_again()

    @property
    def _today(self) -> date:
        return self._clock.local().date()

    def _offer(self, case: Case) -> None:
        self._form = CaseForm(case, case.next_step, str(uuid4()))
        self.say_again()

    def _taken(self, case: Case) -> None:
        self._changed()
        if (outcome := case.outcome) is not None:
            self.close()
            title = _("The case of {name} is ended: {outcome}.").format(
                name=case.member_name, outcome=words.case_step(outcome.step)
            )
            self._notices.show_message(messages.good(title))
        elif self._form is not None:
            self._offer(case)

    def _refused(self, error: Refusal | Trouble) -> None:
        if self._form is not None:
            wrong = "note" if isinstance(error, StoryNeeded) else ""
            self._form = replace(self._form, busy=False, wrong=wrong)
            self.say_again()
        self._notices.show_message(messages.words(error))
        self._changed()
