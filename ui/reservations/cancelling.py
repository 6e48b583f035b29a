"""Giving a reservation up in the office: one question, and after the cut-off a manager's reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pos import words
from pos.domain.errors import Refusal, Trouble
from pos.domain.reservations import LONGEST_WHY, AfterCutOff, ReasonNeeded, Reservation
from pos.domain.staff import Actor, Permission
from pos.i18n import _
from pos.services.reservation_list import Listed, MealList
from pos.services.reservations import Reservations
from ui import messages
from ui.asking import Ask, AskField, AskPage, AskView, Fact
from ui.presenting import Lane, Notices
from ui.reservations.phrases import cancelled_words, day_words
from ui.reservations.told import dishes


@dataclass(frozen=True, slots=True)
class CancelForm:
    """What is asked, at one moment. `late`: the cut-off has passed, and whoever may gives a reason."""

    booked: Reservation
    door: str
    late: bool
    why: str = ""
    saving: bool = False
    wrong: bool = False


class CancelPresenter:
    """One question at a time."""

    def __init__(
        self,
        ask: AskView,
        notices: Notices,
        reservations: Reservations,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        done: Callable[[], None],
    ) -> None:
        """`done` is told when a reservation was given up."""
        self._ask = ask
        self._notices = notices
        self._reservations = reservations
        self._lane = lane
        self._actor = actor
        self._done = done
        self._form: CancelForm | None = None

    def open(self, listed: Listed, found: MealList) -> None:
        """Ask about a reservation."""
        if found.late and not self._actor().may(Permission.BOOK_LATE):
            self._failed(AfterCutOff(found.cancel_until, cancelling=True))
            return
        self._form = CancelForm(listed.reservation, listed.door, found.late)
        self._show()

    def typed(self, _name: str, value: str) -> None:
        """The reason was written."""
        if self._form and not self._form.saving:
            self._show(why=value, wrong=False)

    def confirm(self) -> None:
        """Give it up; once."""
        form = self._form
        if form is None or form.saving:
            return
        actor = self._actor()
        self._show(saving=True)
        self._lane.run(lambda: self._reservations.cancel(actor, form.booked.id, form.why), self._cancelled, self._refuse)

    def close(self) -> None:
        """Leave it as it was."""
        if self._form and not self._form.saving:
            self.close_now()

    def close_now(self) -> None:
        """The section is left."""
        self._form = None
        self._ask.close_ask()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _cancelled(self, ended: Reservation) -> None:
        self.close_now()
        self._notices.show_message(messages.good(_("Cancelled"), cancelled_words(ended)))
        self._done()

    def _refuse(self, error: Refusal | Trouble) -> None:
        # The cut-off may have passed while the question lay there.
        late = isinstance(error, AfterCutOff) and self._actor().may(Permission.BOOK_LATE)
        if self._form:
            self._show(saving=False, late=self._form.late or late, wrong=late or isinstance(error, ReasonNeeded))
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._ask.show_ask(_ask_of(self._form))


def _ask_of(form: CancelForm) -> Ask:
    booked = form.booked
    name = f"{booked.member_name} {form.door}".strip()
    facts = (
        Fact(_("For"), f"{day_words(booked.day)} {words.meal(booked.meal)}"),
        Fact(_("Dishes"), dishes(booked.bill.basket)),
        Fact(_("How"), words.way(booked.way)),
        Fact(_("Back on the card"), words.money(booked.bill.due), strong=True),
    )
    why = AskField("why", _("Reason"), form.why, hint=_("Why after the cut-off?"), longest=LONGEST_WHY)
    return Ask(
        _("Give up the reservation of {name}?").format(name=name),
        _("Give it up"),
        facts=facts,
        pages=(AskPage(((why,),)),) if form.late else (),
        danger=True,
        busy=form.saving,
        wrong="why" if form.wrong else "",
    )
