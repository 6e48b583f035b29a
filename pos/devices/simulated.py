"""A played card reader: the bytes that real readers send, through the same framer and hold."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import reduce
from operator import xor

from pos.devices.frames import Framer, LineFormat
from pos.devices.hold import Hold
from pos.devices.swipes import Swipes, monotonic_ms
from pos.domain.cards import CardReading, CardUid, from_10h


class LineEnding(Enum):
    """What a line reader sends before and after the ten characters."""

    CR = (b"", b"\r")
    LF = (b"", b"\n")
    CR_LF = (b"", b"\r\n")
    STX_ETX = (b"\x02", b"\x03")
    SILENCE = (b"", b"")


def encode_rdm6300(uid: CardUid, *, crlf: bool = False) -> bytes:
    """The 14 bytes that an RDM6300 sends, or with `crlf` the 16 of an ID-12LA (devices.md section 2).

    Raises NotACard when the top byte of the card is not known.
    """
    text = from_10h(uid.hex).hex
    check = reduce(xor, bytes.fromhex(text))
    return b"\x02" + f"{text}{check:02X}".encode("ascii") + (b"\r\n\x03" if crlf else b"\x03")


def encode_line(uid: CardUid, line_format: LineFormat, ending: LineEnding) -> bytes:
    """The bytes of a line reader. Raises NotACard for 10H when the top byte of the card is not known."""
    before, after = ending.value
    text = uid.printed if line_format is LineFormat.EIGHT_H_TEN_D else from_10h(uid.hex).hex
    return before + text.encode("ascii") + after


class SimulatedReader:
    """The card reader of the practice canteen: no port, no thread, all happens in the caller's call."""

    def __init__(
        self,
        framer: Framer,
        on_card: Callable[[CardReading], None],
        *,
        reader: str = "simulated",
        clock_ms: Callable[[], int] = monotonic_ms,
        hold: Hold | None = None,
    ) -> None:
        self._swipes = Swipes(reader, framer, hold)
        self._on_card = on_card
        self._clock_ms = clock_ms

    @property
    def dropped(self) -> int:
        """How many corrupted frames and stretches of noise were played so far."""
        return self._swipes.dropped

    def play(self, data: bytes) -> None:
        """Let the reader send these bytes now."""
        for reading in self._swipes.hear(data, self._clock_ms()):
            self._on_card(reading)

    def rest(self) -> None:
        """Let the reader be silent until now: what ends a line that has no terminator."""
        for reading in self._swipes.silence(self._clock_ms()):
            self._on_card(reading)
