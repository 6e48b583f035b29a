"""The card reader of a till as the office sees it: how it is set up, what it sends, and another one in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from pos.config import ReaderConfig, TillConfig, WedgeConfig
from ui.canteen.answers import KEYBOARD, NO_DEVICE


@dataclass(frozen=True, slots=True)
class Setup:
    """`port` is NO_DEVICE, KEYBOARD, a device or a URL; `baud` in bits a second; `format` one of pos.devices.learning."""

    port: str = NO_DEVICE
    baud: int = ReaderConfig().baud
    format: str = ReaderConfig().format

    @classmethod
    def of(cls, till: TillConfig) -> Setup:
        """How a till is set up."""
        if till.reader.port:
            return cls(till.reader.port, till.reader.baud, till.reader.format)
        return cls(KEYBOARD, format=till.wedge.format) if till.wedge.enabled else cls()

    def applied(self, till: TillConfig) -> TillConfig:
        """The settings of a till with this reader. Beside a reader on a line something else may type, as scanners do."""
        if self.port == KEYBOARD:
            return replace(till, reader=ReaderConfig(), wedge=WedgeConfig(True, self.format))
        return replace(till, reader=ReaderConfig(self.port, self.baud, self.format))


class CardReader(Protocol):
    """What getting to know a reader needs."""

    @property
    def setup(self) -> Setup:
        """How the reader is set up."""
        ...

    def ports(self) -> tuple[str, ...]:
        """The ports of this machine at which a reader may be; asks the machine: on a lane."""
        ...

    def learn(self, port: str, baud: int, heard: Callable[[bytes], None]) -> None:
        """Listen at a port, and tell all bytes as they come until `done` or `use`; keys come as they are typed."""
        ...

    def done(self) -> None:
        """Listen as it is set up again."""
        ...

    def use(self, setup: Setup) -> None:
        """Keep this setup in the till's settings, and listen so at once. Raises FileNotWritten."""
        ...
