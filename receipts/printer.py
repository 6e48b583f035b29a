"""Bring bytes to a receipt printer and ask it how it is, without ever waiting for ever.

Everything here blocks, each step within its time: call it in the printing lane. What is written is never
waited for until it is printed (tcdrain has no time-out), so "sent" means handed over, not on paper.
"""

from __future__ import annotations

import errno
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

from receipts.escpos import START, PrinterSettings, drawer_kick
from receipts.printer_files import AppendedFile, DeviceFile
from receipts.printer_status import POLL_S, PrinterStatus, PrinterTrouble, Reason, Wire, ask

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Printer", "PrinterPort", "PrinterStatus", "PrinterTrouble", "Reason"]

_CHUNK_BYTES = 256
_REPLIES_AT_MOST = 64
_DEVICE_FILES = ("/dev/usb/lp", "/dev/lp")


@dataclass(frozen=True, slots=True)
class PrinterPort:
    """Where the printer is and how it is spoken to.

    `target`: a serial port, socket://host:port, rfc2217://host:port, /dev/usb/lp0, or file:///path, to
    which jobs are appended. `must_answer`: this printer was seen to answer, so its silence means that it
    is off, and its job waits; without that, silence goes on. `patience_s` is the time beyond that of the
    bare bytes after which a write is given up, `reply_s` that for a status.
    """

    target: str
    baud: int = 9600
    rtscts: bool = False
    dsrdtr: bool = False
    check_before: bool = True
    must_answer: bool = False
    patience_s: float = 2.0
    reply_s: float = 0.3


class Printer:
    """One printer. A serial port stays open between jobs; a network printer is left to the other tills."""

    def __init__(self, port: PrinterPort, settings: PrinterSettings) -> None:
        self._port = port
        self._settings = settings
        self._kept: Wire | None = None
        self._owed = 0

    def send(self, data: bytes) -> PrinterStatus:
        """Hand over one job; the status is what the printer said before it.

        Raises PrinterTrouble.
        """
        return self._twice(data, check=self._port.check_before)

    def open_drawer(self) -> bool:
        """Kick the drawer, even without paper; False if this printer has none. Raises PrinterTrouble."""
        kick = drawer_kick(self._settings)
        if kick:
            self._twice(kick, check=False)
        return bool(kick)

    def status(self) -> PrinterStatus:
        """Ask how the printer is; unknown if it does not answer. Raises PrinterTrouble if it is not there."""
        with self._wire() as wire, _troubles(unsent=0):
            return ask(wire, self._port.reply_s)

    def close(self) -> None:
        """Let go of the port; the next job opens it again."""
        if self._kept:
            self._kept.close(whole=True)
            self._kept = None

    def _twice(self, data: bytes, *, check: bool) -> PrinterStatus:
        was_open = self._kept is not None
        try:
            return self._send(data, check=check)
        except PrinterTrouble as trouble:
            if not was_open or trouble.began or trouble.reason is not Reason.NOT_CONNECTED:
                raise
        # The cable was out and in again since the last job: only a newly opened port works then.
        return self._send(data, check=check)

    def _send(self, data: bytes, *, check: bool) -> PrinterStatus:
        status = PrinterStatus()
        with self._wire() as wire:
            if check and wire.answers:
                with _troubles(unsent=len(data)):
                    status = ask(wire, self._port.reply_s)
                self._refuse(status, len(data))
            self._write(wire, data)
        return status

    def _refuse(self, status: PrinterStatus, unsent: int) -> None:
        if status.paper == "out":
            raise PrinterTrouble(Reason.PAPER_OUT, unsent=unsent)
        if status.cover == "open":
            raise PrinterTrouble(Reason.COVER_OPEN, unsent=unsent)
        if status.online == "offline":
            raise PrinterTrouble(Reason.OFFLINE, unsent=unsent)
        if self._port.must_answer and status == PrinterStatus():
            raise PrinterTrouble(Reason.NOT_CONNECTED, unsent=unsent)

    def _write(self, wire: Wire, data: bytes) -> None:
        """Write in chunks, so that the time-out starts anew as long as the printer takes some.

        A job that broke off may have left the printer in the midst of a picture, waiting for its dots.
        Zeros fill that up, and are ignored otherwise; they and ESC @ are not yet the job.
        """
        lead = bytes(self._owed) + (START if data.startswith(START) else b"")
        body = data.removeprefix(START)
        sent = 0
        for chunk in (*_chunks(lead), *_chunks(body)):
            surely_unsent = min(len(data), len(lead) + len(body) - sent - len(chunk))
            with _troubles(unsent=surely_unsent, began=sent >= len(lead)):
                try:
                    wire.write(chunk)
                except OSError:
                    if sent >= len(lead):
                        self._owed = len(lead) + len(body) - sent
                    raise
            sent += len(chunk)
        self._owed = 0

    @contextmanager
    def _wire(self) -> Iterator[Wire]:
        with _troubles(unsent=0):
            wire = self._kept or _connect(self._port)
        self._kept = None
        whole = False
        try:
            yield wire
            whole = True
        finally:
            if whole and wire.stays_open:
                self._kept = wire
            else:
                wire.close(whole=whole)


def _chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _CHUNK_BYTES] for start in range(0, len(data), _CHUNK_BYTES))


@contextmanager
def _troubles(*, unsent: int, began: bool = False) -> Iterator[None]:
    """Turn what the system raises into PrinterTrouble; ValueError is pyserial's for an impossible target."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise PrinterTrouble(_reason(error), str(error), began, unsent) from error


def _reason(error: OSError | ValueError) -> Reason:
    if isinstance(error, TimeoutError):
        return Reason.TIMEOUT
    # pyserial names the system's error in its own, on Windows in words alone.
    numbers = {getattr(cause, "errno", None) for cause in (error, error.__cause__, error.__context__)}
    refusals = {errno.ECONNREFUSED, errno.EACCES, errno.EPERM, errno.EBUSY, errno.EAGAIN, errno.EROFS}
    return Reason.REFUSED if numbers & refusals or "PermissionError" in str(error) else Reason.NOT_CONNECTED


def _connect(port: PrinterPort) -> Wire:
    if port.target.startswith("file:"):
        return AppendedFile(Path(url2pathname(urlsplit(port.target).path)))
    if port.target.startswith(_DEVICE_FILES):
        return DeviceFile(port.target, _write_timeout_s(port))
    return _SerialWire(port)


def _write_timeout_s(port: PrinterPort) -> float:
    return _CHUNK_BYTES * 10 / port.baud + port.patience_s


class _SerialWire:
    """A serial port, or a socket that pyserial dresses as one (it gives up connecting after 5 s)."""

    answers = True

    def __init__(self, port: PrinterPort) -> None:
        import serial

        # RFC 2217 in pyserial knows no write time-out; its socket gives up after 5 s by itself.
        remote = port.target.lower().startswith("rfc2217:")
        self.stays_open = "://" not in port.target
        self._gave_up = serial.SerialTimeoutException
        self._serial = serial.serial_for_url(
            port.target,
            baudrate=port.baud,
            timeout=POLL_S,
            write_timeout=None if remote else _write_timeout_s(port),
            rtscts=port.rtscts,
            dsrdtr=port.dsrdtr,
            exclusive=True if self.stays_open else None,
        )

    def write(self, chunk: bytes) -> None:
        try:
            self._serial.write(chunk)
        except self._gave_up as error:
            raise TimeoutError(str(error)) from error

    def read(self) -> bytes:
        return self._serial.read(1)

    def forget_replies(self) -> None:
        # Bounded: a device that babbles without end is not to be listened to without end.
        for _ in range(_REPLIES_AT_MOST):
            waiting = self._serial.in_waiting
            if not waiting or not self._serial.read(waiting):
                return

    def close(self, *, whole: bool) -> None:
        # termios.error is no OSError, and nothing that goes wrong here can be helped.
        with suppress(Exception):
            if whole:
                # A socket that is closed with unread replies resets the connection and loses the paper.
                self.forget_replies()
            else:
                self._serial.reset_output_buffer()
        with suppress(Exception):
            self._serial.close()
