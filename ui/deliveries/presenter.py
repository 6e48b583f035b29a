"""The mind of the deliveries: which meal, which stop a key means, and what is being noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol
from uuid import uuid4

from pos import words
from pos.domain.cases import Case
from pos.domain.day_close import DayIsClosed
from pos.domain.deliveries import Outcome, Stop, StopHasResult
from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import Meal, meal_at
from pos.domain.staff import Actor
from pos.domain.stop_codes import is_stop_code
from pos.i18n import _, ngettext
from pos.ports import Clock
from pos.services.boxes import Boxes
from pos.services.cases import Cases
from pos.services.deliveries import Deliveries, Glance, Noted, Noting
from ui import messages
from ui.deliveries.board import BOXES_KEY, BROUGHT_BY, Board, StopLine, StopState, tallies
from ui.presenting import Lane, Notices

_MEALS = tuple(Meal)


class DeliveriesView(Protocol):
    """The face of the deliveries."""

    def show_board(self, board: Board) -> None:
        """Show how a meal's deliveries stand."""
        ...


class DeliveriesPresenter:
    """A key notes the marked stop and marks the next one at once; the store follows, one after the other."""

    def __init__(
        self,
        view: DeliveriesView,
        notices: Notices,
        deliveries: Deliveries,
        cases: Cases,
        boxes: Boxes,
        clock: Clock,
        lane: Lane,
        actor: Callable[[], Actor],
    ) -> None:
        self._view = view
        self._notices = notices
        self._deliveries = deliveries
        self._cases = cases
        self._boxes = boxes
        self._clock = clock
        self._lane = lane
        self._actor = actor
        self._board = Board(clock.local().date(), meal_at(clock.local().time()))
        self._counts: Glance | None = None
        self._noting: dict[str, Outcome] = {}
        self._ids: dict[tuple[str, Outcome, str], str] = {}
        self._reading = False
        self._finding = False

    # -- reading ------------------------------------------------------------------------------------

    def open(self) -> None:
        """Show the meal of now, unless this day is being worked on already."""
        local = self._clock.local()
        if self._board.day != local.date():
            self._turn(local.date(), meal_at(local.time()))
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read anew; what is being noted comes with its own answer."""
        if self._reading or self._noting:
            return
        self._reading = True
        actor, day, meal = self._actor(), self._board.day, self._board.meal

        def read() -> Glance:
            self._cases.watch(actor)
            return self._deliveries.glance(day, meal)

        self._lane.run(read, self._came, self._not_read)

    def step(self, by: int) -> None:
        """Another meal: the one before, or the one after."""
        if self._noting:
            return
        number = self._board.day.toordinal() * len(_MEALS) + _MEALS.index(self._board.meal) + by
        day, meal = divmod(number, len(_MEALS))
        self._turn(date.fromordinal(day), _MEALS[meal])

    def mark(self, at: int) -> None:
        """Somebody marked a stop."""
        if 0 <= at < len(self._board.lines) and at != self._board.at:
            self._show(at=at, complaint="")

    @property
    def board(self) -> Board:
        """What is shown."""
        return self._board

    def say_again(self) -> None:
        """The language changed."""
        self._show()

    # -- keys and codes -----------------------------------------------------------------------------

    def scanned(self, text: str) -> None:
        """A scanner put a whole text into the field; what is no stop's code waits for Enter."""
        if is_stop_code(text):
            self._find(text)

    def entered(self, text: str) -> None:
        """Enter: alone it notes the marked stop as handed over; a key with it notes or counts, a text looks for a stop."""
        plain = text.strip()
        if plain in BROUGHT_BY or not plain:
            self._emptied()
            self.note(BROUGHT_BY.get(plain, Outcome.HANDED_OVER))
        elif plain == BOXES_KEY:
            self._emptied()
            self.boxes_back()
        elif is_stop_code(plain):
            self._find(plain)
        else:
            self._look_for(plain)

    def note(self, outcome: Outcome) -> None:
        """Note the marked stop, and mark the next one."""
        line = self._board.marked
        # While a code is looked for the mark is still on another stop: nobody means that one.
        if line is None or line.state is StopState.NOTING or self._finding:
            return
        if self._board.close is not None:
            self._refused(DayIsClosed(self._board.day.isoformat()))
            return
        stop = line.stop
        if stop.result is not None and stop.result.outcome is not outcome:
            result = stop.result
            self._refused(StopHasResult(stop.name, result.outcome, result.at_ms, result.staff_name))
            return
        self._send(stop, outcome, "", "", go_on=True)

    def send(self, stop: Stop, outcome: Outcome, note: str = "", instead_of: str = "") -> None:
        """Have the store note a stop, and leave the mark where it is."""
        self._send(stop, outcome, note, instead_of, go_on=False)

    def _send(self, stop: Stop, outcome: Outcome, note: str, instead_of: str, *, go_on: bool) -> None:
        # After a Trouble the same wish has the same id: it is noted once.
        key = (stop.reservation_id, outcome, instead_of)
        noting = Noting(
            self._ids.setdefault(key, str(uuid4())),
            stop.reservation_id,
            outcome,
            self._board.day,
            self._board.meal,
            note,
            stop.volunteer,
            instead_of,
        )
        actor = self._actor()
        self._noting[stop.reservation_id] = outcome
        self._show(complaint="")
        if go_on:
            self._show(at=self._next_open())
        self._lane.run(
            lambda: self._deliveries.note(actor, noting),
            lambda noted: self._noted(stop, key, noted),
            lambda error: self._not_noted(stop, key, error),
        )

    def boxes_back(self) -> None:
        """All boxes that are still at the marked stop came back."""
        line = self._board.marked
        if line is None or self._finding:
            return
        stop, actor = line.stop, self._actor()
        if not stop.boxes_there:
            self._notices.show_message(messages.note(_("{name} has no boxes of ours.").format(name=stop.name)))
            return
        move_id, day = str(uuid4()), self._board.day

        def came_back(_left: int) -> None:
            title = ngettext("{count} box of {name} came back.", "{count} boxes of {name} came back.", stop.boxes_there)
            self._notices.show_message(messages.good(title.format(count=stop.boxes_there, name=stop.name)))
            self.refresh()

        self._lane.run(
            lambda: self._boxes.came_back(actor, move_id, stop.member_id, stop.boxes_there, day), came_back, self._refused
        )

    # -- answers ------------------------------------------------------------------------------------

    def _came(self, found: Glance) -> None:
        self._reading = False
        if (found.day, found.meal) != (self._board.day, self._board.meal):
            self.refresh()  # somebody turned on meanwhile
            return
        before = self._board.marked
        self._counts = found
        lines = tuple(StopLine(stop, self._noting.get(stop.reservation_id)) for stop in found.stops)
        at = -1
        if before is not None:
            ids = [line.stop.reservation_id for line in lines]
            at = ids.index(before.stop.reservation_id) if before.stop.reservation_id in ids else -1
        self._board = replace(
            self._board,
            lines=lines,
            at=at,
            cases=found.cases,
            boxes_out=found.boxes_out,
            boxes_back=found.boxes_back,
            boxes_return=found.boxes_return,
            close=found.close,
            shut=found.shut,
            today=self._clock.local().date(),
            with_routes=any(stop.route for stop in found.stops),
            one_estate=len({stop.address.estate for stop in found.stops if str(stop.address)}) == 1,
        )
        self._show(at=at if at >= 0 else self._next_open())

    def _not_read(self, error: Refusal | Trouble) -> None:
        self._reading = False
        self._refused(error)

    def _noted(self, stop: Stop, key: tuple[str, Outcome, str], noted: Noted) -> None:
        self._noting.pop(stop.reservation_id, None)
        self._ids.pop(key, None)
        now = replace(stop, result=noted.result)
        lines = tuple(
            replace(line, stop=now) if line.stop.reservation_id == stop.reservation_id else line for line in self._board.lines
        )
        self._board = replace(self._board, lines=lines)
        self._show()
        self._notices.show_message(self._words(stop, noted))
        self.refresh()

    def _not_noted(self, stop: Stop, key: tuple[str, Outcome, str], error: Refusal | Trouble) -> None:
        self._noting.pop(stop.reservation_id, None)
        if isinstance(error, Refusal):
            self._ids.pop(key, None)
        ids = [line.stop.reservation_id for line in self._board.lines]
        self._show(at=ids.index(stop.reservation_id) if stop.reservation_id in ids else self._board.at)
        self._refused(error)
        self.refresh()

    def _words(self, stop: Stop, noted: Noted) -> messages.Message:
        told = words.outcome(noted.result.outcome)
        if noted.again:
            title = _("{name} was noted already: {outcome}.").format(name=stop.name, outcome=told)
            return messages.note(title, _("Nothing was charged again."))
        title = _("{name}: {outcome}").format(name=stop.name, outcome=told)
        if noted.case is not None:
            return messages.note(title, _("Call now: press F3 to see whom."))
        left = sum(line.state is StopState.OPEN for line in self._board.lines)
        return messages.good(title, ngettext("{count} stop is left.", "{count} stops are left.", left).format(count=left))

    def _refused(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    # -- finding ------------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        self._emptied()
        day, meal = self._board.day, self._board.meal
        self._finding = True

        def found(reservation_id: str) -> None:
            self._finding = False
            for at, line in enumerate(self._board.lines):
                if line.stop.reservation_id == reservation_id:
                    self._show(at=at)
                    self._tell_marked()
                    return
            self.refresh()  # it was booked a moment ago

        def not_found(error: Refusal | Trouble) -> None:
            self._finding = False
            self._refused(error)

        self._lane.run(lambda: self._deliveries.scanned(text, day, meal), found, not_found)

    def _look_for(self, text: str) -> None:
        """The next stop behind the marked one whose name or door begins so, one without a result first."""
        wanted = text.lower()
        order = [*range(self._board.at + 1, len(self._board.lines)), *range(self._board.at + 1)]
        fitting = [at for at in order if _fits(self._board.lines[at].stop, wanted)]
        is_open = [at for at in fitting if self._board.lines[at].state is StopState.OPEN]
        if not fitting:
            self._show(complaint=_("Nobody of this list is called so or lives there."))
            return
        self._emptied()
        self._show(at=(is_open or fitting)[0])
        self._tell_marked()

    def _tell_marked(self) -> None:
        line = self._board.marked
        if line is not None and line.stop.result is not None:
            result = line.stop.result
            self._refused(StopHasResult(line.stop.name, result.outcome, result.at_ms, result.staff_name))
        else:
            self._notices.clear_message()

    def _next_open(self) -> int:
        """The next stop without a result behind the marked one, or from the top; the marked one where there is none."""
        at, lines = self._board.at, self._board.lines
        order = [*range(at + 1, len(lines)), *range(min(at, len(lines)))] if at >= 0 else range(len(lines))
        return next((number for number in order if lines[number].state is StopState.OPEN), max(at, 0) if lines else -1)

    # -- showing ------------------------------------------------------------------------------------

    def _turn(self, day: date, meal: Meal) -> None:
        today = self._clock.local().date()
        if abs(day - today) > timedelta(days=31):
            return
        self._board = Board(day, meal, texts=self._board.texts)
        self._counts = None
        self._show()
        self.refresh()

    def _emptied(self) -> None:
        self._show(texts=self._board.texts + 1, complaint="")

    def _show(self, **changed: object) -> None:
        board = replace(self._board, **changed)  # type: ignore[arg-type]
        lines = tuple(
            line if line.noting is (now := self._noting.get(line.stop.reservation_id)) else replace(line, noting=now)
            for line in board.lines
        )
        counts = self._counts.counts if self._counts else {}
        self._board = replace(board, lines=lines, tallies=tallies(lines, counts, board.cases))
        self._view.show_board(self._board)

    def case_changed(self, _case: Case) -> None:
        """A step was taken: the list of those who are looked for is read anew."""
        self.refresh()


def _fits(stop: Stop, wanted: str) -> bool:
    return stop.name.lower().startswith(wanted) or any(key.startswith(wanted) for key in stop.address.search_keys)
