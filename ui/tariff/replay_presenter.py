"""The mind of the replay: which month is priced under the draft, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pos import words
from pos.domain.claims import Month
from pos.domain.errors import Refusal, Trouble
from pos.domain.replay import Replay
from pos.domain.staff import Actor
from pos.domain.tariff import Tariff
from pos.i18n import _
from pos.services.replay import Replays
from ui import messages
from ui.office.work import Work
from ui.presenting import Lane, Notices


@dataclass(frozen=True, slots=True)
class Replayed:
    """A month under a draft. `payers` and `rules` give the draft's names by id."""

    title: str
    month: Month
    replay: Replay
    payers: Mapping[str, str]
    rules: Mapping[str, str]


class ReplayView(Protocol):
    """The face of the replay."""

    def ask_month(self, months: tuple[Month, ...]) -> None:
        """Ask which month is priced."""
        ...

    def show_replay(self, replayed: Replayed) -> None:
        """Show what would have changed."""
        ...

    def take_away(self) -> None:
        """Go, so that the progress of the work can be seen."""
        ...


class ReplayPresenter:
    """The tariff section opens it with the draft that is looked at; nothing is ever written."""

    def __init__(
        self,
        view: ReplayView,
        notices: Notices,
        replays: Replays,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
    ) -> None:
        self._view = view
        self._notices = notices
        self._replays = replays
        self._lane = lane
        self._work = work
        self._actor = actor
        self._draft: Tariff | None = None

    def open(self, draft: Tariff) -> None:
        """Ask for the month in which this draft is tried."""
        actor = self._actor()

        def listed(months: tuple[Month, ...]) -> None:
            if not months:
                self._notices.show_message(messages.note(_("Nothing was sold yet: there is no month to try it on.")))
                return
            self._draft = draft
            self._view.ask_month(months)

        self._lane.run(lambda: self._replays.months(actor), listed, self._failed)

    def run(self, text: str) -> None:
        """Price a month ('2026-03') under the draft."""
        draft, month, actor = self._draft, Month.read(text), self._actor()
        if draft is None or self._work.busy:
            return
        self._view.take_away()
        title = _("Pricing {month} under {tariff}").format(month=words.month(month.first), tariff=draft.title)
        self._work.run(
            title,
            lambda progress: self._replays.run(actor, draft, month, progress),
            lambda found: self._show(draft, month, found),
            self._failed,
            lambda: self._notices.show_message(messages.note(_("Given up: nothing was changed."))),
        )

    def _show(self, draft: Tariff, month: Month, found: Replay) -> None:
        rules = {rule.id: rule.label or rule.id for rule in draft.rules}
        self._view.show_replay(Replayed(draft.title, month, found, draft.payer_names, rules))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
