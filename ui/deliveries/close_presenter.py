"""The mind of the day's close: what stands before it, and its one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from pos.domain.day_close import DayClose
from pos.domain.errors import Refusal, Trouble
from pos.domain.paper import SlipKind
from pos.domain.reservations import MissedRule
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.canteen import Canteens
from pos.services.day_close import Checklist, DayCloses
from pos.services.paper import Papers
from ui import messages
from ui.asking import AskView
from ui.deliveries import phrases
from ui.presenting import Lane, Notices


class ClosePresenter:
    """The checklist is read before the key is offered, and again by the close itself."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        closes: DayCloses,
        papers: Papers,
        canteens: Canteens,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        changed: Callable[[], None],
    ) -> None:
        """`changed` is told that a day was closed, or that somebody is looked for now."""
        self._view = view
        self._notices = notices
        self._closes = closes
        self._papers = papers
        self._canteens = canteens
        self._lane = lane
        self._actor = actor
        self._changed = changed
        self._found: Checklist | None = None
        self._rule = MissedRule.RELEASE
        self._busy = False

    def open(self, day: date) -> None:
        """Read what stands before the close of a day."""
        actor = self._actor()

        def read() -> tuple[Checklist, MissedRule]:
            canteen = self._canteens.current()
            assert canteen is not None, "an office is the office of a canteen"
            return self._closes.look(actor, day), canteen.booking.no_show

        self._lane.run(read, self._read, self._refused)

    def confirm(self) -> None:
        """Close it."""
        found = self._found
        if found is None or self._busy or found.stops or found.cases or found.close is not None:
            return
        actor = self._actor()
        self._busy = True
        self.say_again()
        self._lane.run(lambda: self._closes.close(actor, found.day), self._closed, self._refused)

    def print_again(self) -> None:
        """The paper of a day that is closed, once more."""
        found = self._found
        if found is None or found.close is None:
            return
        actor = self._actor()

        def printed(copy: int) -> None:
            told = _("Copy {count}").format(count=copy)
            self._notices.show_message(messages.good(_("The paper of the day is printed again."), told))

        self._lane.run(
            lambda: self._papers.reprint(actor, SlipKind.DAY_CLOSE, found.day.isoformat()), printed, self._refused
        )

    def close(self) -> None:
        """Not yet."""
        self._found, self._busy = None, False
        self._view.close_ask()

    def say_again(self) -> None:
        """Show the question as it is now."""
        if self._found is not None:
            self._view.show_ask(phrases.close_ask(self._found, self._rule, busy=self._busy))

    def _read(self, answer: tuple[Checklist, MissedRule]) -> None:
        self._found, self._rule = answer
        self._busy = False
        self.say_again()
        self._changed()

    def _closed(self, close: DayClose) -> None:
        self.close()
        title = _("The day {day} is closed.").format(day=close.day.isoformat())
        self._notices.show_message(messages.good(title, _("Its paper is being printed.")))
        self._changed()

    def _refused(self, error: Refusal | Trouble) -> None:
        if self._found is not None:
            self.close()
        self._notices.show_message(messages.words(error))
        self._changed()
