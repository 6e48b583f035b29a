"""Clocks: the machine's, in the civil time of the canteen, and one that stands where it is set."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone, tzinfo

CHINA = timezone(timedelta(hours=8), "CST")
"""All of China keeps UTC+8, without daylight saving since 1991 (domain.md section 8)."""


class SystemClock:
    """The machine's clock, `shift_ms` away from it (a practice canteen is always at noon)."""

    def __init__(self, zone: tzinfo = CHINA, shift_ms: int = 0) -> None:
        """Show the civil time of a zone, whatever zone the machine believes in."""
        self._zone = zone
        self._shift_ms = shift_ms

    def now_ms(self) -> int:
        """UTC, in milliseconds since 1970."""
        return time.time_ns() // 1_000_000 + self._shift_ms

    def local(self) -> datetime:
        """The wall clock of the canteen."""
        return datetime.fromtimestamp(self.now_ms() / 1000, self._zone)


class SetClock:
    """A clock that stands still until it is set: for made-up pasts and for pictures."""

    def __init__(self, local: datetime) -> None:
        """Stand at a moment; it must know its zone."""
        assert local.tzinfo is not None, "a moment without a zone is no moment"
        self._local = local

    def set(self, local: datetime) -> None:
        """Stand at another moment."""
        self._local = local.astimezone(self._local.tzinfo)

    def now_ms(self) -> int:
        """UTC, in milliseconds since 1970."""
        return round(self._local.timestamp() * 1000)

    def local(self) -> datetime:
        """The moment, in its zone."""
        return self._local
