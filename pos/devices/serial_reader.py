"""A card reader on a serial line or behind the network: reads until told to stop, whatever the cable does.

pyserial is imported when the reader starts, so that the window need not wait for it. From `threading` only
Event and Lock are used: the thread itself belongs to whoever calls `run`.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock
from typing import TYPE_CHECKING

from pos.devices.frames import Framer
from pos.devices.hold import Hold
from pos.devices.swipes import Swipes, monotonic_ms
from pos.domain.cards import CardReading

if TYPE_CHECKING:
    from serial import Serial

# SerialException is an OSError; termios.error, from a device that goes away while it is being opened, is not.
_PORT_FAULTS: tuple[type[Exception], ...] = (OSError,)
with suppress(ImportError):  # Windows has no termios
    from termios import error as _termios_error

    _PORT_FAULTS += (_termios_error,)
_OPEN_FAULTS: tuple[type[Exception], ...] = (*_PORT_FAULTS, ValueError)

BACKOFF_S = (0.2, 0.4, 0.8, 1.6, 2.0)
_READ_TIMEOUT_S = 0.1
_TELL_DROPPED_MS = 1000
_ERROR_IN_TEXT = re.compile(r"\[Errno (\d+)\]|Error\((\d+),")


class Link(StrEnum):
    """Whether the reader can be heard."""

    CONNECTED = "connected"
    LOST = "lost"


class LostCause(StrEnum):
    """Why a reader cannot be heard."""

    ABSENT = "absent"  # no such device or host: unplugged, or another name
    BUSY = "busy"  # another program has the port
    DENIED = "denied"  # this user may not open it (Linux: group dialout or uucp)
    BAD_ADDRESS = "bad_address"  # the address or the speed is none
    BROKEN = "broken"  # it was open, and then failed


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What the lamp shows. `error_number`: the system's errno, if any; `dropped`: bad frames so far."""

    reader: str
    link: Link
    cause: LostCause | None
    error_number: int | None
    dropped: int


def _nothing(data: bytes) -> None:
    """Nobody watches the bytes."""


class SerialReader:
    """One reader. `run` blocks in a thread of the caller's; `stop` may be called from any other. Runs once.

    url: a device (`/dev/serial/by-id/...`, `COM3`) or a pyserial URL (`socket://host:port`, `rfc2217://`,
    `loop://`).
    baud: bits a second, 8N1. All callbacks come on the thread of `run`:
    on_card gets one CardReading a swipe (the hold is applied); on_state each change of the link or its cause,
    and at most once a second a grown `dropped`; on_bytes every read as it came, for the self-check page:
    never write it to a log. Waits between attempts to open are `backoff_s`, its last value repeated.
    `clock_ms` must never go back.
    """

    def __init__(
        self,
        url: str,
        baud: int,
        framer: Framer,
        on_card: Callable[[CardReading], None],
        on_state: Callable[[ReaderState], None],
        clock_ms: Callable[[], int] = monotonic_ms,
        *,
        reader: str = "serial",
        hold: Hold | None = None,
        backoff_s: Sequence[float] = BACKOFF_S,
        on_bytes: Callable[[bytes], None] = _nothing,
    ) -> None:
        self._url = url
        self._baud = baud
        self._on_card = on_card
        self._on_state = on_state
        self._clock_ms = clock_ms
        self._reader = reader
        self._swipes = Swipes(reader, framer, hold)
        self._backoff_s = tuple(backoff_s)
        self._on_bytes = on_bytes
        self._stopping = Event()
        self._port_lock = Lock()
        self._port: Serial | None = None
        self._failures = 0
        self._told: ReaderState | None = None
        self._told_ms = 0

    def run(self) -> None:
        """Read until `stop`; a lost or missing reader is waited for. Raises only what the callbacks raise."""
        while not self._stopping.is_set():
            try:
                port = self._open()
            except _OPEN_FAULTS as fault:
                self._tell(Link.LOST, _cause_of(fault), _error_number(fault))
            else:
                try:
                    self._listen(port)
                finally:
                    self._close()
            self._wait()

    def stop(self) -> None:
        """End `run` within a read's timeout of 0.1 s, at once where the port can be woken; never blocks."""
        self._stopping.set()
        # Without the lock the worker may close the port between pyserial's check and its write: the wake-up
        # byte would go to whatever file got that descriptor next.
        with self._port_lock:
            wake = getattr(self._port, "cancel_read", None)
            if wake is not None:
                with suppress(OSError):
                    wake()

    def _open(self) -> Serial:
        from serial import serial_for_url

        # Not exclusive, a second program on the same port would steal half of the bytes.
        port = serial_for_url(self._url, baudrate=self._baud, timeout=_READ_TIMEOUT_S, exclusive=True)
        with self._port_lock:
            self._port = port
        return port

    def _listen(self, port: Serial) -> None:
        self._swipes.cut()
        self._tell(Link.CONNECTED)
        while not self._stopping.is_set():
            try:
                data = port.read(max(1, port.in_waiting))
            except _PORT_FAULTS as fault:
                self._tell(Link.LOST, LostCause.BROKEN, _error_number(fault))
                return
            # Only a read proves that the port works: one that opens and fails at once must not be hammered.
            self._failures = 0
            self._hear(data)

    def _hear(self, data: bytes) -> None:
        now_ms = self._clock_ms()
        if data:
            self._on_bytes(data)
        for reading in self._swipes.hear(data, now_ms) if data else self._swipes.silence(now_ms):
            self._on_card(reading)
        if now_ms - self._told_ms >= _TELL_DROPPED_MS:
            self._tell(Link.CONNECTED)

    def _close(self) -> None:
        with self._port_lock:
            port, self._port = self._port, None
        if port is not None:
            with suppress(*_PORT_FAULTS):
                port.close()

    def _wait(self) -> None:
        wait_s = self._backoff_s[min(self._failures, len(self._backoff_s) - 1)]
        self._failures += 1
        self._stopping.wait(wait_s)

    def _tell(self, link: Link, cause: LostCause | None = None, error_number: int | None = None) -> None:
        state = ReaderState(self._reader, link, cause, error_number, self._swipes.dropped)
        if state != self._told:
            self._told, self._told_ms = state, self._clock_ms()
            self._on_state(state)


def _cause_of(fault: Exception) -> LostCause:
    if isinstance(fault, ValueError):
        return LostCause.BAD_ADDRESS
    number = _error_number(fault)
    if number in {errno.EAGAIN, errno.EBUSY}:
        return LostCause.BUSY
    if number in {errno.EACCES, errno.EPERM}:
        return LostCause.DENIED
    return LostCause.ABSENT


def _error_number(fault: Exception) -> int | None:
    # On Windows and for sockets pyserial keeps it only in its text: PermissionError(13, ...), [Errno 111] ...
    if isinstance(fault, OSError) and fault.errno is not None:
        return fault.errno
    in_text = _ERROR_IN_TEXT.search(str(fault))
    return int(in_text[1] or in_text[2]) if in_text else None
