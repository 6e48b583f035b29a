"""The mind of the terms: what holds, and one form at a time that decides anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol
from uuid import uuid4

from pos.domain.account_errors import OfferWrong, TermTooLong
from pos.domain.canteen import Canteen
from pos.domain.errors import BadName, Refusal, Trouble
from pos.domain.staff import Actor
from pos.i18n import _
from pos.ports import Clock
from pos.services.terms import Terms
from ui import messages
from ui.asking import AskView
from ui.presenting import Lane, Notices
from ui.terms import phrases
from ui.terms.form import Mistyped, TermsForm, Topic, opened, terms_of


class TermsView(Protocol):
    """The face of the terms."""

    def show_terms(self, canteen: Canteen, today: date) -> None:
        """Show what holds."""
        ...


class TermsPresenter:
    """Reads the terms whenever it is opened, and again before a form: another counter may have decided."""

    def __init__(
        self,
        view: TermsView,
        ask: AskView,
        notices: Notices,
        terms: Terms,
        lane: Lane,
        actor: Callable[[], Actor],
        clock: Clock,
    ) -> None:
        self._view = view
        self._ask = ask
        self._notices = notices
        self._terms = terms
        self._lane = lane
        self._actor = actor
        self._clock = clock
        self._form: TermsForm | None = None

    def open(self) -> None:
        """Read what holds."""
        self._lane.run(self._terms.current, self._came, self._failed)

    # -- the forms ----------------------------------------------------------------------------------

    def decide(self, topic: Topic, offer_id: str = "") -> None:
        """Ask about a topic; about an offer without an id it is a new one."""
        new_id = offer_id or f"offer-{str(uuid4())[:8]}"

        def came(now: Canteen) -> None:
            self._came(now)
            # Another counter may have taken the offer out meanwhile.
            if not offer_id or any(offer.id == offer_id for offer in now.offers):
                self._form = opened(topic, now, new_id)
                self._show()

        self._lane.run(self._terms.current, came, self._failed)

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        if self._form and not self._form.saving:
            self._notices.clear_message()
            self._show(wrong="", values={**self._form.values, name: value})

    def confirm(self) -> None:
        """Decide it so."""
        form = self._form
        if form is None or form.saving:
            return
        try:
            wanted = terms_of(form)
        except Mistyped as wrong:
            self._show(wrong=wrong.name)
            self._notices.show_message(messages.note(phrases.mistyped(wrong)))
            return
        actor = self._actor()
        self._show(saving=True)

        def decided(now: Canteen) -> None:
            self.close_now()
            self._came(now)
            self._notices.show_message(messages.good(_("It is decided so."), _("It holds from now on, at every counter.")))

        self._lane.run(lambda: self._terms.decide(actor, form.before, wanted), decided, self._refuse)

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

    # -- answers ------------------------------------------------------------------------------------

    def _came(self, now: Canteen) -> None:
        self._view.show_terms(now, self._clock.local().date())

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong=self._field_of(error))
        self._failed(error)

    def _field_of(self, error: Refusal | Trouble) -> str:
        match error:
            case BadName():
                return "title"
            case OfferWrong():
                return "pay"
            case TermTooLong(text=text) if self._form:
                return next((name for name, value in self._form.values.items() if text and text in value), "consent_version")
            case _:
                return ""

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._ask.show_ask(phrases.ask_of(self._form))
