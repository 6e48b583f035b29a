"""Printers that are files: the kernel's USB printer, and a file that collects what would be printed."""

from __future__ import annotations

import errno
import os
import select
import time
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from receipts.printer_status import POLL_S

if TYPE_CHECKING:
    from pathlib import Path


class DeviceFile:
    """The kernel's USB printer, /dev/usb/lp0 and its like (Linux)."""

    stays_open = False
    answers = True

    def __init__(self, path: str, write_timeout_s: float) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)
        self._write_timeout_s = write_timeout_s

    def write(self, chunk: bytes) -> None:
        end = time.monotonic() + self._write_timeout_s
        while chunk:
            self._until_writable(end)
            chunk = chunk[os.write(self._file, chunk) :]
        # usblp cancels a transfer that is under way when its file is closed: wait until it is through.
        self._until_writable(end)

    def _until_writable(self, end: float) -> None:
        _, ready, _ = select.select([], [self._file], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))

    def read(self) -> bytes:
        ready, _, _ = select.select([self._file], [], [], POLL_S)
        # Many have no way back at all, and that is silence, not a fault.
        with suppress(OSError):
            return os.read(self._file, 64) if ready else b""
        return b""

    def forget_replies(self) -> None:
        with suppress(OSError):
            os.read(self._file, 64)

    def close(self, *, whole: bool) -> None:  # noqa: ARG002  what was written is out of our hands
        with suppress(OSError):
            os.close(self._file)


class AppendedFile:
    """A file that collects the jobs: for trying out, and for a spooler that watches it."""

    stays_open = False
    answers = False

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("ab")

    def write(self, chunk: bytes) -> None:
        self._file.write(chunk)
        self._file.flush()  # a full disk speaks up here, not at the close

    def read(self) -> bytes:
        return b""

    def forget_replies(self) -> None:
        pass

    def close(self, *, whole: bool) -> None:  # noqa: ARG002  what was written is out of our hands
        with suppress(OSError):
            self._file.close()
