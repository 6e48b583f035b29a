"""Bytes of a card reader to cards: stream framers without I/O.

A read may hold half a frame, or two, or noise, so every framer takes a byte stream and finds its way again
after a fault. All times are milliseconds of one clock that never goes back.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import reduce
from operator import xor
from typing import Protocol

from pos.domain.cards import CardUid, NotACard, from_8h10d, from_10h, from_bytes

_STX, _ETX, _CR, _LF = 0x02, 0x03, 0x0D, 0x0A
_CARD_CHARS = 10
_RDM_FRAME = re.compile(rb"\x02([0-9A-Fa-f]{12})(?:\r\n)?\x03")
_RDM_BEGUN = re.compile(rb"\x02(?:[0-9A-Fa-f]{0,12}|[0-9A-Fa-f]{12}\r\n?)")


class LineFormat(StrEnum):
    """How a reader that sends plain characters writes a card; both are 10 characters long."""

    EIGHT_H_TEN_D = "8h10d"
    TEN_H = "10h"


class Framer(Protocol):
    """Finds the cards in a byte stream."""

    @property
    def dropped(self) -> int:
        """How many corrupted frames and stretches of noise were thrown away so far."""

    def feed(self, data: bytes, at_ms: int) -> list[CardUid]:
        """Take what was read at `at_ms`; give the cards whose frames are complete now, in order."""

    def idle(self, at_ms: int) -> list[CardUid]:
        """Nothing was read until `at_ms`; give the card whose frame the silence ended, if any."""

    def reset(self) -> None:
        """The line was cut: what is half read will never be finished."""


def card_of_line(text: str, line_format: LineFormat) -> CardUid:
    """The card that a reader set to `line_format` wrote as `text`. Raises NotACard."""
    return from_8h10d(text) if line_format is LineFormat.EIGHT_H_TEN_D else from_10h(text)


class Rdm6300Framer:
    """RDM6300, Seeed 125 kHz UART and ID-2/12/20LA: 02, 10 hex characters, 2 check characters, 03.

    The check byte is the XOR of the five data bytes (not of the characters). The ID-xx readers put 0D 0A
    before the 03 (devices.md section 2). A frame whose bytes stop for `gap_ms` is given up: a card that
    touched the reader for a moment must not be finished by the next one.
    """

    def __init__(self, gap_ms: int = 200) -> None:
        self._gap_ms = gap_ms
        self._pending = bytearray()
        self._last_ms = 0
        self._in_noise = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Frames that began and went wrong, and stretches of noise outside frames."""
        return self._dropped

    def feed(self, data: bytes, at_ms: int) -> list[CardUid]:
        """See Framer."""
        self.idle(at_ms)
        self._last_ms = at_ms
        self._pending += data
        cards: list[CardUid] = []
        while self._skip_noise():
            frame = _RDM_FRAME.match(self._pending)
            card = _checked(frame[1]) if frame else None
            if frame and card:
                cards.append(card)
                self._in_noise = False
                del self._pending[: frame.end()]
            elif _RDM_BEGUN.fullmatch(self._pending):
                break
            else:
                self._drop_start()
        return cards

    def idle(self, at_ms: int) -> list[CardUid]:
        """See Framer. This family always sends an end, so silence never completes a card."""
        if at_ms - self._last_ms >= self._gap_ms:
            self.reset()
        return []

    def reset(self) -> None:
        """See Framer."""
        if self._pending:
            self._dropped += 1
        self._pending.clear()
        self._in_noise = False

    def _skip_noise(self) -> bool:
        """Drop what comes before the next STX; False when there is none."""
        start = self._pending.find(_STX)
        stray = len(self._pending) if start < 0 else start
        if stray and not self._in_noise:
            self._dropped += 1
            self._in_noise = True
        del self._pending[:stray]
        return start >= 0

    def _drop_start(self) -> None:
        """Give up a frame that went wrong, but only its STX: the next good frame may begin inside it."""
        self._dropped += 1
        # The rest of a failed frame is not counted a second time as noise.
        self._in_noise = True
        del self._pending[:1]


def _checked(characters: bytes) -> CardUid | None:
    *data, check = bytes.fromhex(characters.decode("ascii"))
    return from_bytes(bytes(data)) if reduce(xor, data) == check else None


class LineFramer:
    """Readers that send a card as a line of 10 ASCII characters, ended by CR, LF, CR LF, STX..ETX or silence.

    There is no check byte, so length and characters must be exact. Silence of `gap_ms` ends a line that has
    no terminator (devices.md section 2: 20-50 ms); a line that was opened by STX needs its end.
    """

    def __init__(self, line_format: LineFormat, gap_ms: int = 50) -> None:
        self._format = line_format
        self._gap_ms = gap_ms
        self._line = bytearray()
        self._wrapped = False
        self._last_ms = 0
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """Lines that were no card of this format."""
        return self._dropped

    def feed(self, data: bytes, at_ms: int) -> list[CardUid]:
        """See Framer."""
        cards = self.idle(at_ms)
        self._last_ms = at_ms
        for byte in data:
            if byte == _STX:
                self.reset()
                self._wrapped = True
            elif byte in (_CR, _LF, _ETX):
                cards += self._end_line()
            elif len(self._line) <= _CARD_CHARS:
                # One character too many proves that it is no card; the rest need not be kept.
                self._line.append(byte)
        return cards

    def idle(self, at_ms: int) -> list[CardUid]:
        """See Framer."""
        if at_ms - self._last_ms < self._gap_ms:
            return []
        if self._wrapped:
            self.reset()
        return self._end_line()

    def reset(self) -> None:
        """See Framer."""
        if self._line:
            self._dropped += 1
        self._line.clear()
        self._wrapped = False

    def _end_line(self) -> list[CardUid]:
        line = self._line.decode("latin-1")
        self._line.clear()
        self._wrapped = False
        if not line:
            return []
        try:
            return [card_of_line(line, self._format)]
        except NotACard:
            self._dropped += 1
            return []
