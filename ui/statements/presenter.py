"""The mind of a statement: a member, a period, its movements; on the screen, as a slip, as a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from pos.domain.canteen import Canteen
from pos.domain.errors import Refusal, Trouble
from pos.domain.pages import Frame
from pos.domain.staff import Actor
from pos.domain.statement import MealsLeft, Statement
from pos.i18n import _
from pos.ports import Clock
from pos.ports.tables import Files
from pos.services.canteen import Canteens
from pos.services.statements import Statements
from ui import formats, messages
from ui.asking import Ask, AskField, AskPage, AskView
from ui.members.presenter import parse_birth
from ui.presenting import Lane, Notices

SHOWN_DAYS = 92
"""A statement opens with the last three months."""


class StatementView(Protocol):
    """The face of a statement."""

    def show_statement(self, statement: Statement, left: MealsLeft) -> None:
        """Show the movements, and for how many meals it is enough."""
        ...


@dataclass(frozen=True, slots=True)
class Period:
    """A period as it is typed."""

    first: str
    last: str
    wrong: str = ""


class StatementPresenter:
    """Only the newest answer is shown; a period that was chosen holds until another member is shown."""

    def __init__(
        self,
        view: StatementView,
        question: AskView,
        notices: Notices,
        statements: Statements,
        canteens: Canteens,
        files: Files,
        clock: Clock,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        choose: Callable[[str], Path | None],
        show_file: Callable[[Path], None],
    ) -> None:
        """`choose` asks where a file of this name goes, `show_file` opens it."""
        self._view = view
        self._question = question
        self._notices = notices
        self._statements = statements
        self._canteens = canteens
        self._files = files
        self._clock = clock
        self._lane = lane
        self._actor = actor
        self._choose = choose
        self._show_file = show_file
        self._member_id = ""
        self._days = (date.min, date.min)
        self._typed: Period | None = None

    def open(self, member_id: str) -> None:
        """Show where somebody stands."""
        today = self._clock.local().date()
        if member_id != self._member_id:
            self._days = (today - timedelta(days=SHOWN_DAYS), today)
        self._member_id = member_id
        self._read()

    def ask_period(self) -> None:
        """Ask from when to when."""
        first, last = self._days
        self._typed = Period(first.isoformat(), last.isoformat())
        self.say()

    def typed(self, name: str, value: str) -> None:
        """A day was changed."""
        if self._typed:
            changed: dict[str, Any] = {name: value}
            self._typed = replace(self._typed, wrong="", **changed)
            self.say()

    def confirm(self) -> None:
        """Show this period."""
        if self._typed is None:
            return
        first, last = _day(self._typed.first), _day(self._typed.last)
        if first is None or last is None or last < first:
            self._typed = replace(self._typed, wrong="last" if first else "first")
            self.say()
            self._notices.show_message(
                messages.note(_("This is no period."), _("Write both days as 2026-03-12, the earlier one first."))
            )
            return
        self._days = (first, last)
        self.close()
        self._read()

    def close(self) -> None:
        """The period stays as it was."""
        if self._typed is not None:
            self._typed = None
            self._question.close_ask()

    def say(self) -> None:
        """Say the question in the language of the moment."""
        if self._typed:
            row = (
                AskField("first", _("First day"), self._typed.first, "2026-03-12", longest=12),
                AskField("last", _("Last day"), self._typed.last, "2026-03-12", longest=12),
            )
            ask = Ask(_("Statement of which days?"), _("Show"), pages=(AskPage((row,)),), wrong=self._typed.wrong)
            self._question.show_ask(ask)

    def print(self) -> None:
        """Print the shown period as a slip."""
        actor, member_id, (first, last) = self._actor(), self._member_id, self._days
        self._lane.run(
            lambda: self._statements.print(actor, member_id, first, last),
            lambda _none: self._notices.show_message(messages.good(_("The statement is being printed."))),
            self._failed,
        )

    def write(self, name: str) -> None:
        """Write the shown period into a PDF; `name` is the member's."""
        member_id, (first, last) = self._member_id, self._days
        path = self._choose(_("Statement {name} {day}").format(name=name, day=last) + ".pdf")
        if path is None:
            return

        def write() -> Path:
            statement = self._statements.of(member_id, first, last)
            self._files.statements.write(self._frame(self._canteens.current()), statement, path)
            return path

        def written(file: Path) -> None:
            self._notices.show_message(messages.good(_("{file} is written.").format(file=file.name)))
            self._show_file(file)

        self._lane.run(write, written, self._failed)

    def _frame(self, canteen: Canteen | None) -> Frame:
        name, practice = (canteen.name, canteen.practice) if canteen else ("", False)
        printed = formats.moment(self._clock.now_ms())
        return Frame(name, _("Statement of account"), printed, practice=practice)

    def _read(self) -> None:
        member_id, days = self._member_id, self._days

        def came(answer: tuple[Statement, MealsLeft]) -> None:
            if (member_id, days) == (self._member_id, self._days):
                self._view.show_statement(*answer)

        self._lane.run(
            lambda: (self._statements.of(member_id, *days), self._statements.meals_left(member_id)), came, self._failed
        )

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def _day(text: str) -> date | None:
    try:
        return parse_birth(text)
    except Refusal:
        return None
