"""Card readers and scanners that type: tells a machine's line from a cashier's keys, without Qt.

The window shows every key press to `WedgeCollector.key` before any widget sees it and does what the verdict
says; it calls `idle` when `gap_ms` have passed since the last key. A machine's keys come less than 50 ms
apart and end with Enter (devices.md section 2).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from pos.devices.frames import LineFormat, card_of_line
from pos.domain.cards import CardUid, NotACard

GAP_MS = 50
_SETTLE_MS = 200
_MACHINE_KEYS = 4
_LONGEST_LINE = 512
_ENTERS = "\r\n"
# WeChat: 18 digits from 10-15. Alipay: 16-24 digits from 25-30 (domain.md section 6.1).
_PAYMENT_CODE = re.compile(r"1[0-5][0-9]{16}|(?:2[5-9]|30)[0-9]{14,22}")


def is_payment_code(text: str) -> bool:
    """Whether this is a WeChat or Alipay payment code: single-use money, never kept, shown or logged."""
    return _PAYMENT_CODE.fullmatch(text) is not None


class WedgeEvent(StrEnum):
    """What a machine typed."""

    CARD = "card"
    SCAN = "scan"
    PAYMENT_CODE = "payment_code"


@dataclass(frozen=True, slots=True)
class WedgeVerdict:
    """What the window does with the key it has just shown, in this order.

    replay: keys held back earlier that were a person's: deliver them to the focused widget as they are.
    event: CARD (`uid` is the card), SCAN (`scanned` is a line that is no card: it may go into a focused text
    field, but never to shortcuts, where its digits would choose dishes and its Enter would pay) or
    PAYMENT_CODE (nothing is kept).
    swallow: keep the key from the widgets; a held key comes back later as part of `replay`, `uid` or
    `scanned`.
    """

    swallow: bool
    event: WedgeEvent | None = None
    uid: CardUid | None = None
    replay: str = field(default="", repr=False)
    scanned: str = field(default="", repr=False)


_PASS = WedgeVerdict(swallow=False)


class WedgeCollector:
    """Collects fast keys into lines. All times are milliseconds of one clock that never goes back.

    Every printable key is held back for at most `gap_ms`, which nobody notices; Enter on its own is never
    held. An Enter within 200 ms after a machine's keys is the machine's (CR LF, a late end) and is swallowed:
    no diner can be charged before somebody has seen who it is.
    """

    def __init__(self, line_format: LineFormat, gap_ms: int = GAP_MS) -> None:
        self._format = line_format
        self._gap_ms = gap_ms
        self._held = ""
        self._run = 0
        self._last_ms: int | None = None
        self._machine_ms: int | None = None

    def key(self, char: str, at_ms: int) -> WedgeVerdict:
        """The verdict on a key press that produces `char`; keys without text (Shift) have an empty one."""
        if not char:
            return _PASS
        earlier = self.idle(at_ms)
        self._last_ms = at_ms
        if char in _ENTERS:
            verdict = self._enter(at_ms)
        elif len(char) == 1 and " " <= char <= "~":
            verdict = self._hold(char, at_ms)
        else:
            verdict = self._end_run()
        return _joined(earlier, verdict)

    def idle(self, at_ms: int) -> WedgeVerdict:
        """The verdict on what is held when no key came until `at_ms`; swallows nothing."""
        if self._last_ms is None or at_ms - self._last_ms < self._gap_ms:
            return _PASS
        return self._end_run()

    def _hold(self, char: str, at_ms: int) -> WedgeVerdict:
        self._held += char
        self._run += 1
        if len(self._held) < _LONGEST_LINE:
            return WedgeVerdict(swallow=True)
        # Handed on in pieces; the run goes on, so that the end is still known to be a machine's.
        self._machine_ms = at_ms
        line, self._held = self._held, ""
        return WedgeVerdict(swallow=True, event=WedgeEvent.SCAN, scanned=line)

    def _enter(self, at_ms: int) -> WedgeVerdict:
        if self._run < _MACHINE_KEYS:
            own_end = self._machine_ms is not None and at_ms - self._machine_ms < _SETTLE_MS
            return self._give_back(swallow=own_end)
        self._machine_ms = at_ms
        line = self._take()
        try:
            return WedgeVerdict(swallow=True, event=WedgeEvent.CARD, uid=card_of_line(line, self._format))
        except NotACard:
            return _scan(line, swallow=True)

    def _end_run(self) -> WedgeVerdict:
        """The keys held so far end without Enter, by silence or by a key as Tab that passes on."""
        if self._run < _MACHINE_KEYS:
            return self._give_back(swallow=False)
        self._machine_ms = self._last_ms
        return _scan(self._take(), swallow=False)

    def _give_back(self, *, swallow: bool) -> WedgeVerdict:
        return WedgeVerdict(swallow=swallow, replay=self._take())

    def _take(self) -> str:
        line, self._held, self._run = self._held, "", 0
        return line


def _scan(line: str, *, swallow: bool) -> WedgeVerdict:
    """A machine's line that is no card; empty when its last piece was handed on already."""
    if is_payment_code(line):
        return WedgeVerdict(swallow, WedgeEvent.PAYMENT_CODE)
    return WedgeVerdict(swallow, WedgeEvent.SCAN, scanned=line) if line else WedgeVerdict(swallow)


def _joined(earlier: WedgeVerdict, now: WedgeVerdict) -> WedgeVerdict:
    """The end of the earlier keys and this key in one verdict: only one of the two can be an event."""
    return WedgeVerdict(
        swallow=now.swallow,
        event=earlier.event or now.event,
        uid=now.uid,
        replay=earlier.replay or now.replay,
        scanned=earlier.scanned or now.scanned,
    )
