"""Try a card reader before it is taken: which ports there are, and whether a card is heard on one."""

from __future__ import annotations

from pos.devices.frames import Framer, LineFormat, LineFramer, Rdm6300Framer
from pos.devices.serial_reader import LostCause, ReaderState, SerialReader
from pos.devices.swipes import monotonic_ms
from pos.domain.cards import CardReading

WAIT_MS = 10_000


def ports() -> tuple[str, ...]:
    """The serial ports of this machine, by device name; only those that have hardware behind them."""
    from serial.tools.list_ports import comports

    return tuple(sorted(port.device for port in comports() if port.hwid != "n/a"))


def framer_for(format_name: str) -> Framer:
    """The framer of a reader's format: rdm6300, 8h10d or 10h."""
    return Rdm6300Framer() if format_name == "rdm6300" else LineFramer(LineFormat(format_name))


def hear_card(port: str, baud: int, format_name: str, wait_ms: int = WAIT_MS) -> tuple[str, LostCause | None]:
    """Wait for one card: the number on its face, or '' and why the reader cannot be heard.

    A reader that is there but stays silent for `wait_ms` gives '' and None. Blocks; call it on a lane.
    """
    heard: list[CardReading] = []
    lost: list[LostCause] = []
    until_ms = monotonic_ms() + wait_ms

    def card(reading: CardReading) -> None:
        heard.append(reading)
        reader.stop()

    def state(now: ReaderState) -> None:
        if now.cause is not None:
            lost.append(now.cause)
            reader.stop()

    def clock_ms() -> int:
        # The reader asks for the time after every read, also an empty one: the one beat it has.
        now_ms = monotonic_ms()
        if now_ms > until_ms:
            reader.stop()
        return now_ms

    reader = SerialReader(port, baud, framer_for(format_name), card, state, clock_ms)
    reader.run()
    if heard:
        return heard[0].uid.printed, None
    return "", lost[0] if lost else None
