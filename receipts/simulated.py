"""A printer that is not there: takes the real bytes and shows them to whoever watches, or fails as told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.printer import PrinterStatus, PrinterTrouble, Reason

if TYPE_CHECKING:
    from collections.abc import Callable


class SimulatedPrinter:
    """The printer of the practice canteen. `fails` is the reason it gives for not printing, None while it works."""

    def __init__(self, on_paper: Callable[[bytes], None]) -> None:
        self._on_paper = on_paper
        self.fails: Reason | None = None

    def send(self, data: bytes) -> PrinterStatus:
        """Print one job. Raises PrinterTrouble before the first byte while it is told to fail."""
        self._works(len(data))
        self._on_paper(data)
        return PrinterStatus(online="online", paper="ok", cover="shut")

    def open_drawer(self) -> bool:
        """Kick the drawer that is not there. Raises PrinterTrouble as `send` does."""
        self._works(0)
        return True

    def close(self) -> None:
        """There is nothing to let go of."""

    def _works(self, unsent: int) -> None:
        if self.fails is not None:
            raise PrinterTrouble(self.fails, unsent=unsent)
