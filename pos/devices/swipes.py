"""From a reader's bytes to a diner's swipes: framer and hold in a row, for real and played readers alike."""

from __future__ import annotations

import time

from pos.devices.frames import Framer
from pos.devices.hold import Hold
from pos.domain.cards import CardReading, CardUid


def monotonic_ms() -> int:
    """Milliseconds of a clock that no correction of the machine's time moves."""
    return time.monotonic_ns() // 1_000_000


class Swipes:
    """One reader's swipes. All times are milliseconds of one clock that never goes back."""

    def __init__(self, reader: str, framer: Framer, hold: Hold | None = None) -> None:
        self._reader = reader
        self._framer = framer
        self._hold = hold or Hold()

    @property
    def dropped(self) -> int:
        """How many corrupted frames and stretches of noise were thrown away so far."""
        return self._framer.dropped

    def hear(self, data: bytes, at_ms: int) -> list[CardReading]:
        """The swipes that `data`, read at `at_ms`, completes."""
        return self._fresh(self._framer.feed(data, at_ms), at_ms)

    def silence(self, at_ms: int) -> list[CardReading]:
        """Nothing was read until `at_ms`: the swipe that this completes, if any."""
        return self._fresh(self._framer.idle(at_ms), at_ms)

    def cut(self) -> None:
        """The line was cut: half a frame will never be finished."""
        self._framer.reset()

    def _fresh(self, cards: list[CardUid], at_ms: int) -> list[CardReading]:
        return [CardReading(uid, self._reader) for uid in cards if self._hold.passes(uid, at_ms)]
