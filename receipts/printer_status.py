"""What a printer says of itself, and what is known when it does not take a job."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from pos.domain.errors import Trouble

POLL_S = 0.05


class Reason(StrEnum):
    """Why the paper did not come. REFUSED: there, but somebody else has it or we may not use it."""

    NOT_CONNECTED = "not_connected"
    TIMEOUT = "timeout"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    OFFLINE = "offline"
    REFUSED = "refused"


@dataclass(eq=False)
class PrinterTrouble(Trouble):
    """The printer did not take the job; `detail` is the system's own word for it.

    `began` False: surely nothing of it is on paper, and it may be sent again. True: some of it may be;
    of its bytes, the last `unsent` were surely not sent.
    """

    reason: Reason
    detail: str = ""
    began: bool = False
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer said. A printer that says nothing is unknown, never fine.

    `drawer` is the level of its switch; drawers that are wired the other way round exist.
    """

    online: Literal["online", "offline", "unknown"] = "unknown"
    paper: Literal["ok", "near_end", "out", "unknown"] = "unknown"
    cover: Literal["shut", "open", "unknown"] = "unknown"
    drawer: Literal["shut", "open", "unknown"] = "unknown"


class Wire(Protocol):
    """One way to a printer. All raise OSError, `write` TimeoutError if nothing is taken in time."""

    stays_open: bool
    answers: bool

    def write(self, chunk: bytes) -> None: ...

    def read(self) -> bytes:
        """Bytes that came within a twentieth of a second."""
        ...

    def forget_replies(self) -> None: ...

    def close(self, *, whole: bool) -> None:
        """Never raises. Of a job that broke off (not `whole`), what is not out yet is thrown away."""
        ...


def ask(wire: Wire, reply_s: float) -> PrinterStatus:
    """DLE EOT 1, 2 and 4 (Epson's ESC/POS reference). A printer silent to one is not asked the next."""
    if not wire.answers:
        return PrinterStatus()
    printer = _ask_one(wire, 1, reply_s)
    cover = None if printer is None else _ask_one(wire, 2, reply_s)
    paper = None if printer is None else _ask_one(wire, 4, reply_s)
    return PrinterStatus(
        online="unknown" if printer is None else "offline" if printer & 0x08 else "online",
        paper="unknown" if paper is None else "out" if paper & 0x60 else "near_end" if paper & 0x0C else "ok",
        cover="unknown" if cover is None else "open" if cover & 0x04 else "shut",
        drawer="unknown" if printer is None else "open" if printer & 0x04 else "shut",
    )


def _ask_one(wire: Wire, number: int, reply_s: float) -> int | None:
    """The reply byte; other bytes (XON, a late reply of another kind) are passed over."""
    wire.forget_replies()
    wire.write(bytes([0x10, 0x04, number]))
    end = time.monotonic() + reply_s
    while time.monotonic() < end:
        for byte in wire.read():
            if byte & 0x93 == 0x12:
                return byte
    return None
