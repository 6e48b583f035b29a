"""Learning a new reader: from the bytes of a tap and the number printed on that card to the reader's format.

Pure: bytes in, answers out. What is printed on cards differs as much as what readers send (domain.md section 6.1).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos.devices.trials import framer_for
from pos.domain.cards import CardUid

FORMATS = ("rdm6300", "8h10d", "10h")
"""The formats that canteen.toml may name, the one with a check byte first."""

_LATER_MS = 10_000
_BLANKS = re.compile(r"[\s-]+")


class PrintedAs(StrEnum):
    """How a card's face writes its bytes; the example is the card 01 02 6F 6C 3A."""

    TEN_H = "10h"
    """01026F6C3A: all five bytes."""
    EIGHT_H_TEN_D = "8h10d"
    """0040856634: the low four bytes in decimal."""
    TEN_H_TWELVE_D = "10h12d"
    """004335823930: all five bytes in decimal, or 13 digits."""
    SIX_H_EIGHT_D = "6h8d"
    """07302202: the low three bytes in decimal."""
    TWO_H_FOUR_H = "2h4h"
    """111,27706: the third byte and the low two, as Wiegand 26 sends them."""
    FOUR_H_FOUR_H = "4h4h"
    """00623,27706: the upper and the lower two of the low four bytes."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A format that turns the tap into the card whose number was typed, and how that number is printed."""

    format: str
    printed_as: PrintedAs
    card: CardUid


def learn(tap: bytes, printed: str) -> tuple[Learned, ...]:
    """Every format that reads the tap as the card with this printed number, the surest first; () where none does.

    `tap` is all that the reader sent for one card, held or repeated; `printed` what somebody typed from its face.
    """
    number = _plain(printed)
    if not number:
        return ()
    found: list[Learned] = []
    for name in FORMATS:
        for card in dict.fromkeys(heard(tap, name)):
            printed_as = reads_as(card, number)
            if printed_as is not None:
                found.append(Learned(name, printed_as, card))
    return tuple(found)


def learn_from(samples: Iterable[tuple[bytes, str]]) -> tuple[str, ...]:
    """The formats that explain every sample of tap and printed number: a second card settles what one leaves open."""
    explained = [tuple(learned.format for learned in learn(tap, printed)) for tap, printed in samples]
    return tuple(name for name in FORMATS if explained and all(name in formats for formats in explained))


def heard(tap: bytes, format_name: str) -> tuple[CardUid, ...]:
    """The cards that a reader of this format would have been heard to send."""
    framer = framer_for(format_name)
    return (*framer.feed(tap, 0), *framer.idle(_LATER_MS))


def reads_as(card: CardUid, number: str) -> PrintedAs | None:
    """How this number is printed if it is this card's, else None. Leading zeros may be missing."""
    for printed_as, write in _FACES.items():
        face = write(card)
        if face is not None and _bare(face) == _bare(number):
            return printed_as
    return None


def _ten_h(card: CardUid) -> str | None:
    """Ten digits without a letter are the decimal form, as for a number that is typed (pos.domain.cards)."""
    return card.hex if card.top and not card.hex.isdecimal() else None


def _twelve_d(card: CardUid) -> str | None:
    return f"{int(card.hex, 16):012d}" if card.top else None


def _low(card: CardUid, first: int, last: int | None = None) -> int:
    return int(card.tail[first:last], 16)


_FACES: Mapping[PrintedAs, Callable[[CardUid], str | None]] = {
    PrintedAs.EIGHT_H_TEN_D: lambda card: card.printed,
    PrintedAs.TEN_H: _ten_h,
    PrintedAs.TEN_H_TWELVE_D: _twelve_d,
    PrintedAs.SIX_H_EIGHT_D: lambda card: f"{_low(card, 2):08d}",
    PrintedAs.TWO_H_FOUR_H: lambda card: f"{_low(card, 2, 4):03d},{_low(card, 4):05d}",
    PrintedAs.FOUR_H_FOUR_H: lambda card: f"{_low(card, 0, 4):05d},{_low(card, 4):05d}",
}


def _plain(printed: str) -> str:
    """What was typed, in half-width capitals, without blanks; a comma parts the two halves of a Wiegand number."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", printed)).upper().replace(".", ",").replace("、", ",")


def _bare(number: str) -> tuple[str, ...]:
    return tuple(part.lstrip("0") for part in number.split(","))
