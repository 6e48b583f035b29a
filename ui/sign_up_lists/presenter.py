"""The mind of a pasted sign-up list: read, looked through line by line, and what is ticked is booked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.sales import MOST_PORTIONS
from pos.domain.sign_ups import Namesake
from pos.domain.staff import Actor, Permission
from pos.i18n import _, ngettext
from pos.services.sign_up_lists import CheckedLine, CheckedList, Confirmed, Fate, Outcome, SignUpLists
from ui import messages
from ui.office.work import Progress, Work
from ui.presenting import Lane, Notices

WAYS = (Way.DINE_IN, Way.TAKE_AWAY, Way.DELIVERY)
_ORDER = (Fate.DOUBTFUL, Fate.UNKNOWN, Fate.RECOGNISED, Fate.LEFT_OUT)
"""What wants to be looked at comes first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as somebody looks at it. `at` is which of the people it may mean; `way` is None where the list's usual
    one holds; `outcome` is what became of it.
    """

    line: CheckedLine
    ticked: bool
    portions: int
    way: Way | None
    at: int = 0
    outcome: Outcome | None = None

    @property
    def person(self) -> Namesake | None:
        """Who is meant."""
        return self.line.people[self.at] if self.line.people else None

    @property
    def can_be_ticked(self) -> bool:
        """Whether there is anything to book: somebody, who did not cancel and has no meal from this list."""
        return self.person is not None and not self.line.sign_up.cancelled and not (self.outcome and self.outcome.made)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The sheet at one moment. `checked` is None while the text is typed; `usual` is how those eat who say nothing."""

    day: date
    meal: Meal
    text: str = ""
    checked: CheckedList | None = None
    rows: tuple[Row, ...] = ()
    usual: Way = Way.DINE_IN
    why: str = ""
    may_late: bool = False
    reading: bool = False

    @property
    def ticked(self) -> tuple[Row, ...]:
        """What would be booked."""
        return tuple(row for row in self.rows if row.ticked)


class PastedView(Protocol):
    """The face of the sheet."""

    def show_pasted(self, pasted: Pasted) -> None:
        """Paint it; the first one after a close opens it."""
        ...

    def close_form(self) -> None:
        """Take it away."""
        ...


class SignUpListPresenter:
    """One list at a time; Esc leads from the lines back to the text, where it can be mended."""

    def __init__(
        self,
        view: PastedView,
        notices: Notices,
        lists: SignUpLists,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
        *,
        done: Callable[[], None],
    ) -> None:
        """`done` is told when meals were booked."""
        self._view = view
        self._notices = notices
        self._lists = lists
        self._lane = lane
        self._work = work
        self._actor = actor
        self._done = done
        self._pasted: Pasted | None = None

    @property
    def pasted(self) -> Pasted | None:
        """What is shown."""
        return self._pasted

    def open(self, day: date, meal: Meal) -> None:
        """Begin with an empty text, for the meal of a day."""
        if not self._work.busy:
            self._pasted = Pasted(day, meal, may_late=self._actor().may(Permission.BOOK_LATE))
            self._show()

    def read(self, text: str) -> None:
        """Look for the people of a text in the books."""
        pasted = self._pasted
        if pasted is None or pasted.reading or self._work.busy:
            return
        actor = self._actor()
        self._show(text=text, reading=True)
        self._lane.run(lambda: self._lists.check(actor, text, pasted.day, pasted.meal), self._checked, self._refuse)

    def toggle(self, at: int) -> None:
        """Tick a line, or not."""
        row = self._row(at)
        if row and row.can_be_ticked:
            self._put(at, replace(row, ticked=not row.ticked))

    def more(self, at: int, step: int) -> None:
        """A portion more or less of a line."""
        row = self._row(at)
        if row and row.can_be_ticked:
            self._put(at, replace(row, portions=min(max(row.portions + step, 1), MOST_PORTIONS)))

    def turn_person(self, at: int, step: int) -> None:
        """Another member of this name is meant."""
        row = self._row(at)
        if row and row.can_be_ticked:
            self._put(at, replace(row, at=(row.at + step) % len(row.line.people)))

    def turn_way(self, at: int) -> None:
        """The person of a line eats in another way."""
        row = self._row(at)
        if row and row.can_be_ticked and self._pasted:
            now = row.way or self._pasted.usual
            self._put(at, replace(row, way=WAYS[(WAYS.index(now) + 1) % len(WAYS)]))

    def choose_usual(self, way: Way) -> None:
        """How those eat who say nothing."""
        self._show(usual=way)

    def write_why(self, why: str) -> None:
        """The reason to book after the cut-off."""
        self._show(why=why)

    def book(self) -> None:
        """Book what is ticked, one person after the other."""
        pasted = self._pasted
        if pasted is None or pasted.checked is None or self._work.busy:
            return
        if not pasted.ticked:
            self._notices.show_message(messages.note(_("No line is ticked."), _("Space ticks the marked line.")))
            return
        actor, checked, why = self._actor(), pasted.checked, pasted.why.strip()
        confirmed = tuple(_confirmed(row, pasted.usual) for row in pasted.ticked)

        def book(progress: Progress) -> tuple[Outcome, ...]:
            return self._lists.book(actor, checked, confirmed, progress, why)

        self._notices.clear_message()
        self._work.run(_("The sign-up list is being booked"), book, self._booked, self._refuse, self._given_up)

    def close(self) -> None:
        """One step back: to the text, or away."""
        pasted = self._pasted
        if pasted is None or self._work.busy:
            return
        if pasted.checked is not None:
            self._show(checked=None, rows=())
        else:
            self.close_now()

    def close_now(self) -> None:
        """The section is left."""
        self._pasted = None
        self._view.close_form()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    # -- answers ------------------------------------------------------------------------------------

    def _checked(self, checked: CheckedList) -> None:
        if not checked.lines:
            self._show(reading=False)
            self._notices.show_message(messages.note(_("Nobody signs up in this text."), _("Lines look like: 1. name 2 portions")))
            return
        rows = tuple(
            Row(line, line.fate is Fate.RECOGNISED, line.sign_up.portions, line.sign_up.way)
            for line in sorted(checked.lines, key=lambda line: _ORDER.index(line.fate))
        )
        self._show(checked=checked, rows=rows, reading=False)

    def _booked(self, outcomes: tuple[Outcome, ...]) -> None:
        self._done()
        if self._pasted is None:
            return
        became = {one.confirmed.line.sign_up: one for one in outcomes}
        rows = tuple(
            replace(row, ticked=False, outcome=became[row.line.sign_up]) if row.ticked else row for row in self._pasted.rows
        )
        self._show(rows=rows)
        made = sum(one.made is not None for one in outcomes)
        told = ngettext("{count} meal is booked.", "{count} meals are booked.", made).format(count=made)
        refused = len(outcomes) - made
        if refused:
            left = ngettext("{count} line was refused: it says why.", "{count} lines were refused: each says why.", refused)
            self._notices.show_message(messages.note(told, left.format(count=refused)))
        else:
            self._notices.show_message(messages.good(told))

    def _given_up(self) -> None:
        """What was booked before it was given up stays: the lines are looked up anew."""
        self._done()
        if self._pasted is not None:
            self._notices.show_message(messages.note(_("Given up: what was booked by then stays booked.")))
            self.read(self._pasted.text)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(reading=False)
        self._notices.show_message(messages.words(error))

    # -- the lines ----------------------------------------------------------------------------------

    def _row(self, at: int) -> Row | None:
        rows = self._pasted.rows if self._pasted and not self._work.busy else ()
        return rows[at] if 0 <= at < len(rows) else None

    def _put(self, at: int, row: Row) -> None:
        if self._pasted:
            rows = self._pasted.rows
            self._show(rows=(*rows[:at], row, *rows[at + 1 :]))

    def _show(self, **changed: Any) -> None:
        if self._pasted is not None:
            self._pasted = replace(self._pasted, **changed)
            self._view.show_pasted(self._pasted)


def _confirmed(row: Row, usual: Way) -> Confirmed:
    assert row.person is not None, "who is ticked is known"
    return Confirmed(row.line, row.person.member_id, row.portions, row.way or usual)
