"""The mind of the calendar: a month with one day marked, and what is decided about days and weeks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from pos.domain.calendar import Ruling, Week, week_of
from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.calendar import Calendar, CalendarDay, CalendarMonth, CalendarYear
from ui import messages
from ui.presenting import Lane, Notices

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True, slots=True)
class MonthNow:
    """What the page shows: a month, the day that the keys are about, and today."""

    month: CalendarMonth
    marked: date
    today: date

    @property
    def day(self) -> CalendarDay:
        """The marked day."""
        return self.month.days[self.marked.day - 1]


@dataclass(frozen=True, slots=True)
class WeekNow:
    """The week that holds on a day, and the payers (by key) that may count days of their own."""

    week: Week
    payers: Mapping[str, str]


class CalendarView(Protocol):
    """The face of the calendar."""

    def show_month(self, now: MonthNow) -> None:
        """Paint the month."""
        ...

    def ask_day(self, day: CalendarDay) -> None:
        """Ask what is to hold on a day; answers with `decide`."""
        ...

    def ask_week(self, now: WeekNow) -> None:
        """Ask how the week is kept from a day on; answers with `keep`."""
        ...

    def show_year(self, year: CalendarYear) -> None:
        """Show what is known of a year."""
        ...

    def close_sheets(self) -> None:
        """Take whatever was asked away."""
        ...


class CalendarPresenter:
    """Reads a month at a time; every decision is a use case of its own."""

    def __init__(
        self, view: CalendarView, notices: Notices, calendar: Calendar, lane: Lane, actor: Callable[[], Actor]
    ) -> None:
        self._view = view
        self._notices = notices
        self._calendar = calendar
        self._lane = lane
        self._actor = actor
        self._now: MonthNow | None = None
        self._asked: date | None = None

    def open(self) -> None:
        """Show the month of the marked day, at first that of today."""
        self._go(self._now.marked if self._now else self._calendar.today())

    # -- moving -------------------------------------------------------------------------------------

    def step(self, days: int) -> None:
        """Mark another day."""
        if self._now:
            self.mark(self._now.marked + timedelta(days=days))

    def mark(self, day: date) -> None:
        """Mark a day, of whatever month."""
        now = self._now
        if now is None or not FIRST <= day <= LAST:
            return
        if day.replace(day=1) == now.month.first:
            self._show(replace(now, marked=day))
        else:
            self._go(day)

    def turn(self, months: int) -> None:
        """Mark the same day of another month, or its last."""
        if self._now:
            at = self._now.marked
            number = at.year * 12 + at.month - 1 + months
            first = date(number // 12, number % 12 + 1, 1)
            after = (first + timedelta(days=31)).replace(day=1)
            self.mark(first.replace(day=min(at.day, (after - timedelta(days=1)).day)))

    def home(self) -> None:
        """Mark today."""
        self.mark(self._calendar.today())

    # -- deciding -----------------------------------------------------------------------------------

    def ask_day(self) -> None:
        """Ask about the marked day."""
        if self._now:
            self._view.ask_day(self._now.day)

    def decide(self, ruling: Ruling) -> None:
        """Decide about a day by hand."""
        actor = self._actor()

        def decided(day: CalendarDay) -> None:
            title = _("{day} is taken back.") if day.ruled is None else _("{day} is decided.")
            self._done(title.format(day=day.day.isoformat()))

        self._lane.run(lambda: self._calendar.rule(actor, ruling), decided, self._failed)

    def ask_week(self) -> None:
        """Ask how the week is kept from the marked day on."""
        if self._now is None:
            return
        day = self._now.marked

        def come() -> WeekNow:
            week = week_of(day, (one.week for one in self._calendar.weeks()))
            return WeekNow(replace(week, valid_from=day), self._calendar.payers())

        self._lane.run(come, self._view.ask_week, self._failed)

    def keep(self, week: Week) -> None:
        """Decide how the week is kept."""
        actor = self._actor()

        def kept(_none: None) -> None:
            self._done(_("The week is kept so from {day} on.").format(day=week.valid_from.isoformat()))

        self._lane.run(lambda: self._calendar.keep(actor, week), kept, self._failed)

    def show_year(self, year: int = 0) -> None:
        """Show what is known of a year, at first that of the marked day."""
        year = year or (self._now.marked.year if self._now else self._calendar.today().year)
        if FIRST.year <= year <= LAST.year:
            self._lane.run(lambda: self._calendar.year(year), self._view.show_year, self._failed)

    # -- answers ------------------------------------------------------------------------------------

    def _go(self, day: date) -> None:
        self._asked = day

        def came(answer: tuple[CalendarMonth, date]) -> None:
            month, today = answer
            # A key that was pressed meanwhile may have asked for another month.
            if self._asked == day:
                self._show(MonthNow(month, day, today))

        self._lane.run(lambda: (self._calendar.month(day.year, day.month), self._calendar.today()), came, self._failed)

    def _show(self, now: MonthNow) -> None:
        self._now = now
        self._view.show_month(now)

    def _done(self, title: str) -> None:
        self._view.close_sheets()
        self._notices.show_message(messages.good(title))
        self.open()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
