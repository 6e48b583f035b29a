"""Lanes that do their work at once, on the caller's thread: what a presenter's test hands to a presenter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pos.domain.errors import Refusal, Trouble
from ui.presenting import Failed

T = TypeVar("T")


class ImmediateLane:
    """Does it now. A bug is raised into the test."""

    def __init__(self) -> None:
        self.runs = 0
        self.busy = False

    def run(self, function: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        self.runs += 1
        try:
            answer = function()
        except (Refusal, Trouble) as error:
            failed(error)
        else:
            then(answer)


class HeldLane:
    """Keeps what it was given until `go`: for what happens between a key and its answer."""

    def __init__(self) -> None:
        self._held: list[Callable[[], None]] = []

    @property
    def busy(self) -> bool:
        return bool(self._held)

    def run(self, function: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        self._held.append(lambda: ImmediateLane().run(function, then, failed))

    def go(self) -> int:
        """Do what is held; answers how many there were."""
        held, self._held = self._held, []
        for work in held:
            work()
        return len(held)


class ImmediateLanes:
    """Both lanes at once."""

    def __init__(self) -> None:
        self.store = ImmediateLane()
        self.printer = ImmediateLane()
