"""Fingers on a program in another process: keys over the remote frame buffer protocol (RFC 6143) to Qt's VNC screen."""

from __future__ import annotations

import socket
import struct
import subprocess
from contextlib import closing, suppress
from time import monotonic

KEYSYMS = {"Enter": 0xFF0D, "Esc": 0xFF1B, "Tab": 0xFF09, "Del": 0xFFFF} | {f"F{n}": 0xFFBD + n for n in range(1, 13)}
"""X11's names of keys that type nothing."""

_CONTROL = 0xFFE3
_BEAT_S = 0.1
_VERSION = b"RFB 003.003\n"
_NO_PASSWORD, _SHARED, _KEY = 1, b"\x01", 4


class RemoteKeys:
    """A keyboard whose cable is a socket."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        assert self._take(12).startswith(b"RFB 003.")
        line.sendall(_VERSION)
        (security,) = struct.unpack(">I", self._take(4))
        assert security == _NO_PASSWORD
        line.sendall(_SHARED)
        _width, _height, _format, length = struct.unpack(">HH16sI", self._take(24))
        self._take(length)

    def press(self, *names: str) -> None:
        """Press keys by name, such as Enter or F9."""
        for name in names:
            self._key(KEYSYMS[name])

    def type(self, text: str) -> None:
        """Type ASCII characters."""
        for char in text:
            self._key(ord(char))

    def quit(self) -> None:
        """Ctrl+Q."""
        self._send(_CONTROL, down=True)
        self._key(ord("q"))
        self._send(_CONTROL, down=False)

    def close(self) -> None:
        self._line.close()

    def _key(self, keysym: int) -> None:
        self._send(keysym, down=True)
        self._send(keysym, down=False)

    def _send(self, keysym: int, *, down: bool) -> None:
        self._line.sendall(struct.pack(">BBHI", _KEY, down, 0, keysym))

    def _take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            more = self._line.recv(count - len(taken))
            assert more, "the screen went away"
            taken += more
        return taken


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.socket()) as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def keys_at(port: int, process: subprocess.Popen[str], patience_s: float = 30.0) -> RemoteKeys:
    """The keyboard of the screen that a program is about to open."""
    until = monotonic() + patience_s
    while True:
        with suppress(ConnectionRefusedError):
            return RemoteKeys(socket.create_connection(("127.0.0.1", port), timeout=5))
        assert monotonic() < until, "no screen opened"
        still_runs(process)


def still_runs(process: subprocess.Popen[str]) -> None:
    """Give a program a moment; it must not have ended by then."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(_BEAT_S)
        raise AssertionError("the program ended")
