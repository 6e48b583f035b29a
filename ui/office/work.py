"""Long work: done on a lane of its own, with its progress shown, and given up without a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from pos.domain.errors import Refusal, Trouble
from ui.presenting import Failed, Lane

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told how much is done and how much there is in all."""


class GivenUp(Exception):  # no error: somebody wished it
    """Somebody gave the work up. Whatever transaction it had open is rolled back as this leaves it."""


class WorkView(Protocol):
    """Where the progress is shown."""

    def show_work(self, title: str, done: int, total: int) -> None:
        """Show a piece of work; a `total` of 0 means that its length is not known yet."""
        ...

    def work_over(self) -> None:
        """Show nothing any more."""
        ...


class Work:
    """One piece of work at a time. The function that does it calls its `progress` often: there it can be given up."""

    def __init__(self, view: WorkView, lane: Lane, tell: Callable[[Callable[[], None]], None]) -> None:
        """`tell` has something called on the window's thread."""
        self._view = view
        self._lane = lane
        self._tell = tell
        self._running = False
        self._given_up = False

    @property
    def busy(self) -> bool:
        """Whether a piece of work is under way."""
        return self._running

    def run(
        self,
        title: str,
        function: Callable[[Progress], T],
        then: Callable[[T], None],
        failed: Failed,
        given_up: Callable[[], None] = lambda: None,
    ) -> None:
        """Do it on the lane. One of the three is told when it is over; nothing begins while another is under way."""
        if self._running:
            return
        self._running, self._given_up = True, False
        self._view.show_work(title, 0, 0)
        outcome: list[T] = []

        def progress(done: int, total: int) -> None:
            if self._given_up:
                raise GivenUp
            self._tell(lambda: self._show(title, done, total))

        def work() -> None:
            try:
                outcome.append(function(progress))
            except GivenUp:
                return

        def came(_none: None) -> None:
            self._over()
            if outcome:
                then(outcome[0])
            else:
                given_up()

        def broke(error: Refusal | Trouble) -> None:
            self._over()
            failed(error)

        self._lane.run(work, came, broke)

    def give_up(self) -> None:
        """End the work at its next progress; what it began is rolled back."""
        self._given_up = True

    def _show(self, title: str, done: int, total: int) -> None:
        if self._running and not self._given_up:
            self._view.show_work(title, done, total)

    def _over(self) -> None:
        self._running = False
        self._view.work_over()
