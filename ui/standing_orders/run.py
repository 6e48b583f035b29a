"""The mind of a run of the standing orders: for which days, how far it is, and who could not be booked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.errors import Refusal, Trouble
from pos.domain.reservations import ReasonNeeded
from pos.domain.staff import Actor, Permission
from pos.domain.standing_orders import Generated
from pos.i18n import _
from pos.services.reservations import Reservations
from pos.services.standing_orders import StandingOrders
from ui import messages
from ui.asking import AskView
from ui.office.work import Progress, Work
from ui.presenting import Lane, Notices
from ui.standing_orders import phrases
from ui.standing_orders.form import Mistyped, parse_day

_WEEK = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class _Ran:
    """What a run did, with its lines: they are made beside the window's thread, for there may be thousands."""

    first: date
    last: date
    made: Generated
    rows: phrases.Rows


class RunPresenter:
    """Asks for the days, runs, tells."""

    def __init__(
        self,
        ask: AskView,
        notices: Notices,
        orders: StandingOrders,
        reservations: Reservations,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
        *,
        done: Callable[[], None],
    ) -> None:
        """`done` is told when meals were booked."""
        self._ask = ask
        self._notices = notices
        self._orders = orders
        self._reservations = reservations
        self._lane = lane
        self._work = work
        self._actor = actor
        self._done = done
        self._values: dict[str, str] | None = None
        self._wrong = ""
        self._ran: _Ran | None = None

    def open(self) -> None:
        """Ask for the days: at first the week that begins with the next open one."""
        if self._work.busy:
            return
        self._lane.run(self._reservations.days, self._days_came, self._failed)

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        if self._values is not None:
            self._notices.clear_message()
            self._values, self._wrong = {**self._values, name: value}, ""
            self.say()

    def confirm(self) -> None:
        """Book what is wanted on these days."""
        values = self._values
        if values is None or self._work.busy:
            return
        try:
            days = [parse_day(values, name) for name in ("first", "last")]
        except Mistyped as wrong:
            self._point_at(wrong.name)
            return
        first, last = days
        if first is None or last is None or last < first:
            self._point_at("first" if first is None else "last")
            return
        actor, why = self._actor(), values["why"]

        def run(progress: Progress) -> _Ran:
            made = self._orders.generate(actor, first, last, progress, why)
            return _Ran(first, last, made, phrases.skipped_rows(made.skipped))

        self._ask.close_ask()
        self._work.run(_("The standing orders are being booked"), run, self._told, self._refuse, self._given_up)

    def close(self) -> None:
        """Leave it."""
        self._values = self._ran = None
        self._ask.close_ask()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        if self._ran is not None:
            ran = self._ran
            self._ask.show_ask(phrases.ran_ask(ran.first, ran.last, ran.made, phrases.skipped_rows(ran.made.skipped)))
        elif self._values is not None:
            late = self._actor().may(Permission.BOOK_LATE)
            self._ask.show_ask(phrases.run_ask(self._values, self._wrong, late=late))

    def _days_came(self, days: tuple[date, ...]) -> None:
        first = self._reservations.first_of(days)
        last = max((day for day in days if day <= first + _WEEK), default=first)
        self._ran = None
        self._values = {"first": first.isoformat(), "last": max(first, last).isoformat(), "why": ""}
        self._wrong = ""
        self.say()

    def _told(self, ran: _Ran) -> None:
        self._values, self._ran = None, ran
        self._ask.show_ask(phrases.ran_ask(ran.first, ran.last, ran.made, ran.rows))
        self._done()

    def _given_up(self) -> None:
        self._values = None
        self._notices.show_message(messages.note(_("Given up: nothing was booked.")))

    def _point_at(self, name: str) -> None:
        self._wrong = name
        self.say()
        self._notices.show_message(messages.note(phrases.mistyped(name)))

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._wrong = "why" if isinstance(error, ReasonNeeded) else ""
        self.say()
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
