"""The practice panel's mind: which card is laid on the reader, and what the printer does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos.domain.cards import CardUid

UNKNOWN_CARD = "01DEADBEEF"
"""A card that nobody has."""

DISTURBED = b"\x02010063E9AE26\x03\x02\xffnoise"
"""A frame whose check byte should be 25, and what a loose cable adds."""


class PrinterMood(StrEnum):
    """What the simulated printer does with the next paper."""

    WORKS = "works"
    OFF = "off"
    PAPER_OUT = "paper_out"


@dataclass(frozen=True, slots=True)
class ToyCard:
    """A card on the panel: the hex of its bytes, its holder and what tells two holders apart."""

    uid_hex: str
    name: str
    age: int

    @property
    def printed(self) -> str:
        """The number on its face."""
        return CardUid(self.uid_hex).printed


class PracticeView(Protocol):
    """What the panel can show."""

    def show_cards(self, cards: tuple[ToyCard, ...]) -> None:
        """List the cards that can be laid on the reader."""
        ...

    def show_paper(self, png: bytes, count: int) -> None:
        """Show the newest paper as a picture, and how many there were."""
        ...


class PracticePresenter:
    """Plays the bytes of a reader; the framer and the hold behind `play` and `lay` are those of real hardware."""

    def __init__(
        self,
        view: PracticeView,
        cards: tuple[ToyCard, ...],
        lay: Callable[[str], None],
        play: Callable[[bytes], None],
        set_mood: Callable[[PrinterMood], None],
    ) -> None:
        """`lay` takes the hex of a card's bytes, `play` whatever bytes the reader shall send."""
        self._view = view
        self._cards = cards
        self._lay = lay
        self._play = play
        self._set_mood = set_mood
        self._papers = 0
        view.show_cards(cards)

    def search(self, text: str) -> None:
        """Keep the cards whose holder's name has this text."""
        self._view.show_cards(tuple(card for card in self._cards if text.strip() in card.name))

    def lay(self, uid_hex: str) -> None:
        """Lay a card on the reader."""
        self._lay(uid_hex)

    def lay_unknown(self) -> None:
        """Lay a card that nobody has."""
        self.lay(UNKNOWN_CARD)

    def disturb(self) -> None:
        """Send a frame with a wrong check byte, and noise: nothing must happen."""
        self._play(DISTURBED)

    def set_printer(self, mood: PrinterMood) -> None:
        """Switch the printer off, take its paper away, or let it work."""
        self._set_mood(mood)

    def paper_came(self, png: bytes) -> None:
        """The printer put out a paper."""
        self._papers += 1
        self._view.show_paper(png, self._papers)
