"""Getting to know a reader, at one moment: what it sent, what was typed from the card, and what both make of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pos.devices.learning import Learned, learn, learn_from
from ui.canteen.answers import KEYBOARD
from ui.readers.reader import Setup

MOST_BYTES = 256


@dataclass(frozen=True, slots=True)
class LearnForm:
    """`tap` is what came over a line, `keyed` what a reader typed; `samples` are the cards that were laid before.

    Nothing of a card is in its repr.
    """

    now: Setup
    ports: tuple[str, ...]
    port: str
    baud: int
    tap: bytes = field(default=b"", repr=False)
    keyed: str = field(default="", repr=False)
    printed: str = field(default="", repr=False)
    samples: tuple[tuple[bytes, str], ...] = field(default=(), repr=False)
    wrong: str = ""

    @property
    def types(self) -> bool:
        """Whether this reader types like a keyboard."""
        return self.port == KEYBOARD

    @property
    def heard(self) -> bytes:
        """What the reader sent for the card that lies there now."""
        return f"{self.keyed.strip()}\r".encode("ascii", "replace") if self.types and self.keyed.strip() else self.tap

    @property
    def found(self) -> tuple[Learned, ...]:
        """What this card alone says."""
        return learn(self.heard, self.printed) if self.heard and self.printed.strip() else ()

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats that explain this card and those before."""
        return learn_from((*self.samples, (self.heard, self.printed))) if self.found else ()

    @property
    def setup(self) -> Setup | None:
        """The reader as it would be used, once only one format is left."""
        return Setup(self.port, self.baud, self.formats[0]) if len(self.formats) == 1 else None

    def with_bytes(self, data: bytes, *, fresh: bool) -> LearnForm:
        """More came; after a pause it is another tap."""
        return replace(self, tap=((b"" if fresh else self.tap) + data)[-MOST_BYTES:])

    def next_card(self) -> LearnForm:
        """This card is kept as a sample, and another one is waited for."""
        return replace(self, samples=(*self.samples, (self.heard, self.printed)), tap=b"", keyed="", printed="", wrong="")
