"""The mind of the shift screen: opens with a float, shows what was done so far, counts the drawer, closes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pos.domain.errors import BadAmount, Refusal, Trouble
from pos.domain.money import Fen, parse_yuan
from pos.domain.shifts import Report, Shift
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.shifts import Shifts
from ui import messages
from ui.presenting import Lane, Notices

T = TypeVar("T")

NOTES: tuple[Fen, ...] = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""The notes and coins of a drawer, in fen."""

MOST_PIECES = 9_999


@dataclass(frozen=True, slots=True)
class Count:
    """The drawer counted so far, in fen; `wrong` are the notes whose number of pieces cannot be read."""

    expected: Fen
    counted: Fen
    by_note: Mapping[Fen, Fen]
    wrong: frozenset[Fen] = frozenset()

    @property
    def difference(self) -> Fen:
        """Counted minus expected, in fen."""
        return self.counted - self.expected


class ShiftView(Protocol):
    """The face of the shift screen: one of three pages."""

    def show_closed(self) -> None:
        """No shift is open: ask for the float."""
        ...

    def show_report(self, report: Report, payers: Mapping[str, str]) -> None:
        """A shift is open: show what it did so far, with the names of those who pay subsidies."""
        ...

    def show_count(self) -> None:
        """Ask for the pieces of each note, all empty."""
        ...

    def show_counted(self, count: Count) -> None:
        """Show the sum, what should be there, and the difference."""
        ...

    def complain_float(self, wrong: str) -> None:
        """Say what is wrong with the float."""
        ...

    def set_busy(self, busy: bool) -> None:
        """Take no second Enter while something is written down."""
        ...


class ShiftPresenter:
    """Leads through a shift's day."""

    def __init__(
        self,
        view: ShiftView,
        notices: Notices,
        shifts: Shifts,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        opened: Callable[[Shift], None],
        closed: Callable[[Report], None],
        left: Callable[[], None],
        payers: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        """`opened`, `closed` and `left` hear what comes next: sell, sign out, or back to the sale screen.

        `payers` is asked on the lane for the names of those who pay subsidies.
        """
        self._view = view
        self._notices = notices
        self._shifts = shifts
        self._lane = lane
        self._actor = actor
        self._opened = opened
        self._closed = closed
        self._left = left
        self._payers = payers
        self._names: Mapping[str, str] = {}
        self._report: Report | None = None
        self._count: Count | None = None
        self._busy = False

    def start(self) -> None:
        """Show how things stand."""
        self._count = None
        self._run(self._shifts.current, self._stands)

    def open(self, float_text: str) -> None:
        """Open today's shift with this float, typed in yuan; nothing typed is nothing in the drawer."""
        try:
            amount = 0 if float_text.strip() in {"", "0", "0.0", "0.00"} else parse_yuan(float_text)
        except BadAmount as error:
            said = messages.words(error)
            self._view.complain_float(f"{said.title} {said.todo}")
            return
        actor = self._actor()
        self._run(lambda: self._shifts.open(actor, amount), self._was_opened)

    def print_report(self) -> None:
        """Put the X report onto paper."""
        actor = self._actor()
        self._run(lambda: self._shifts.x_report(actor, print_it=True), self._was_printed)

    def count_out(self) -> None:
        """Begin to count the drawer."""
        if self._report is not None and not self._busy:
            self._notices.clear_message()
            self._view.show_count()
            self.counting({})

    def counting(self, pieces: Mapping[Fen, str]) -> None:
        """The pieces of each note, as they are typed."""
        if self._report is None:
            return
        good = {note: number for note, text in pieces.items() if (number := _pieces(text)) is not None}
        by_note = {note: note * good.get(note, 0) for note in NOTES}
        wrong = frozenset(pieces.keys() - good.keys())
        self._count = Count(self._report.cash_in_drawer, sum(by_note.values()), by_note, wrong)
        self._view.show_counted(self._count)

    def close(self) -> None:
        """Close the shift with what was counted. The difference stands on the screen already."""
        if self._count is None:
            return
        if self._count.wrong:
            note = messages.note(_("A number of pieces cannot be read."), _("Type whole numbers only."))
            self._notices.show_message(note)
            return
        actor, counted = self._actor(), self._count.counted
        self._run(lambda: self._shifts.close(actor, counted), self._was_closed)

    def back(self) -> None:
        """From counting to the report, from the report to selling."""
        if self._busy:
            return
        self._notices.clear_message()
        if self._count is not None and self._report is not None:
            self._count = None
            self._view.show_report(self._report, self._names)
        else:
            self._left()

    # -- answers ------------------------------------------------------------------------------------

    def _stands(self, shift: Shift | None) -> None:
        self._idle()
        if shift is None:
            self._report = None
            self._view.show_closed()
            return
        actor = self._actor()
        self._ask(lambda: (self._shifts.x_report(actor), self._payers()), self._reported)

    def _reported(self, answer: tuple[Report, Mapping[str, str]]) -> None:
        self._idle()
        self._report, self._names = answer
        self._view.show_report(self._report, self._names)

    def _was_opened(self, shift: Shift) -> None:
        self._idle()
        self._opened(shift)

    def _was_printed(self, report: Report) -> None:
        self._reported((report, self._names))
        self._notices.show_message(messages.good(_("The report is on its way to the printer.")))

    def _was_closed(self, report: Report) -> None:
        self._idle()
        self._report = self._count = None
        self._closed(report)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._idle()
        self._notices.show_message(messages.words(error))

    def _run(self, function: Callable[[], T], then: Callable[[T], None]) -> None:
        if not self._busy:
            self._notices.clear_message()
            self._ask(function, then)

    def _ask(self, function: Callable[[], T], then: Callable[[T], None]) -> None:
        """The same, but what was said before stays."""
        self._busy = True
        self._view.set_busy(True)
        self._lane.run(function, then, self._failed)

    def _idle(self) -> None:
        self._busy = False
        self._view.set_busy(False)


def _pieces(text: str) -> int | None:
    """A whole number of pieces; nothing typed is none of them."""
    text = text.strip()
    if not text:
        return 0
    if not text.isdecimal() or not text.isascii() or int(text) > MOST_PIECES:
        return None
    return int(text)
