"""The toy reader of the practice canteen: it is got to know as a real one is, and forgets it with the canteen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.devices.simulated import SimulatedReader
from pos.devices.trials import framer_for
from pos.domain.cards import CardReading
from pos.i18n import _
from ui.canteen.answers import KEYBOARD
from ui.readers.reader import Setup


class ToyReader:
    """Keeps the promises of ui.readers.reader.CardReader; `play` lets it send bytes."""

    def __init__(self, on_card: Callable[[CardReading], None]) -> None:
        self._on_card = on_card
        self._heard: Callable[[bytes], None] | None = None
        self._setup = Setup()
        self._reader = self._made()

    def play(self, data: bytes) -> None:
        """Let the reader send these bytes now."""
        if self._heard is not None:
            self._heard(data)
        self._reader.play(data)

    @property
    def setup(self) -> Setup:
        """How it is set up; its port has the name of the toy that it is."""
        return self._setup if self._setup.port == KEYBOARD else replace(self._setup, port=_("Toy reader"))

    def ports(self) -> tuple[str, ...]:
        """Its one port."""
        return (_("Toy reader"),)

    def learn(self, port: str, baud: int, heard: Callable[[bytes], None]) -> None:  # noqa: ARG002  # it has one port
        """Tell all bytes."""
        self._heard = heard

    def done(self) -> None:
        """Tell no bytes any more."""
        self._heard = None

    def use(self, setup: Setup) -> None:
        """Be read so until the canteen is gone."""
        self._heard = None
        self._setup = setup
        self._reader = self._made()

    def _made(self) -> SimulatedReader:
        return SimulatedReader(framer_for(self._setup.format), self._on_card)
