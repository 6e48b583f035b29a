"""The real card reader: listened to as the till's settings say, and otherwise while another one is got to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from pos.config import FILE_NAME, ReaderConfig, TillConfig
from pos.domain.tables import FileNotWritten
from ui.background import Ears
from ui.canteen.answers import KEYBOARD
from ui.readers.reader import Setup


class Keys(Protocol):
    """Where keys are watched, and the lamp of the reader is: ui.front.Front."""

    def watch_keys(self, format_name: str) -> None:
        """Listen to a reader that types."""
        ...

    def leave_keys(self) -> None:
        """Take every key as it comes again."""
        ...

    def no_reader(self) -> None:
        """There is none."""
        ...


class Station:
    """Keeps the promises of ui.readers.reader.CardReader. `listen` begins."""

    def __init__(
        self, keys: Keys, ears: Ears, till: Callable[[], TillConfig], keep: Callable[[TillConfig], None]
    ) -> None:
        """`till` tells the settings of the moment, `keep` writes others; it may raise OSError."""
        self._keys = keys
        self._ears = ears
        self._till = till
        self._keep = keep
        self._hearing = ReaderConfig()
        self._heard: Callable[[bytes], None] | None = None

    @property
    def setup(self) -> Setup:
        """How the reader is set up."""
        return Setup.of(self._till())

    def ports(self) -> tuple[str, ...]:
        """The serial ports of this machine."""
        from pos.devices import trials

        return trials.ports()

    def listen(self) -> None:
        """Listen as the settings say."""
        till = self._till()
        self._hear(till.reader)
        if till.wedge.enabled:
            self._keys.watch_keys(till.wedge.format)
        else:
            self._keys.leave_keys()
            if not till.reader.port:
                self._keys.no_reader()

    def learn(self, port: str, baud: int, heard: Callable[[bytes], None]) -> None:
        """Tell all bytes of a port; keys come as they are typed."""
        self._heard = heard
        self._keys.leave_keys()
        now = self._hearing
        if port != KEYBOARD and (now.port, now.baud) != (port, baud):
            self._hear(ReaderConfig(port, baud))

    def done(self) -> None:
        """Listen as it is set up again."""
        self._heard = None
        self.listen()

    def use(self, setup: Setup) -> None:
        """Keep this setup, and listen so at once. Raises FileNotWritten."""
        try:
            self._keep(setup.applied(self._till()))
        except OSError as error:
            raise FileNotWritten(FILE_NAME) from error
        self.done()

    def _hear(self, reader: ReaderConfig) -> None:
        """A reader that is heard so already goes on."""
        if reader == self._hearing:
            return
        from pos.devices.serial_reader import SerialReader
        from pos.devices.trials import framer_for

        ears = self._ears
        ears.hush()
        self._hearing = reader
        if reader.port:
            framer = framer_for(reader.format)
            ears.listen(SerialReader(reader.port, reader.baud, framer, ears.card, ears.state, on_bytes=self._bytes))

    def _bytes(self, data: bytes) -> None:
        """On the reader's thread. Most of the time nobody wants them."""
        if self._heard is not None:
            self._ears.tell(lambda: self._told(data))

    def _told(self, data: bytes) -> None:
        if self._heard is not None:
            self._heard(data)
