"""The mind of one stop's sheet: an outcome with words, and the correction of one that was wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos.domain.deliveries import Outcome, Stop
from ui.asking import AskView
from ui.deliveries import phrases


@dataclass(frozen=True, slots=True)
class StopForm:
    """A stop, and what would be noted of it."""

    stop: Stop
    outcome: Outcome
    note: str = ""


Send = Callable[[Stop, Outcome, str, str], None]
"""Notes a stop: the outcome, words, and the id of the result that it corrects."""


class StopPresenter:
    """What is said here goes the way of every result; who corrects one says so by this sheet."""

    def __init__(self, view: AskView, send: Send) -> None:
        self._view = view
        self._send = send
        self._form: StopForm | None = None

    def open(self, stop: Stop) -> None:
        """Ask what happened; where something is noted, what else."""
        before = stop.result.outcome if stop.result else None
        offered = Outcome.HANDED_OVER if before is not Outcome.HANDED_OVER else Outcome.LEFT_AT_DOOR
        self._form = StopForm(stop, offered)
        self.say_again()

    def typed(self, name: str, value: str) -> None:
        """Another outcome, or words."""
        if self._form is not None:
            self._form = replace(self._form, outcome=Outcome(value)) if name == "outcome" else replace(self._form, note=value)
            self.say_again()

    def confirm(self) -> None:
        """Note it."""
        form = self._form
        if form is not None:
            result = form.stop.result
            self.close()
            self._send(form.stop, form.outcome, form.note, result.id if result else "")

    def close(self) -> None:
        """Leave it as it is."""
        self._form = None
        self._view.close_ask()

    def say_again(self) -> None:
        """Show the question as it is now."""
        if self._form is not None:
            self._view.show_ask(phrases.stop_ask(self._form.stop, self._form.outcome, self._form.note))
