"""Canonical card identity: one card is one card, whatever the reader prints.

A 125 kHz EM4100 card holds five bytes. The card 01 02 6F 6C 3A is printed by readers as 10H `01026F6C3A` (all
five bytes) or as 8H10D `0040856634` (the low four in decimal); devices.md section 2, domain.md section 6.1.
Numbers stay text: leading zeros are part of them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_TAIL_CHARS = 8
_FULL_CHARS = 10
_LARGEST_TAIL = 0xFFFFFFFF
_CANONICAL = re.compile(r"(?:[0-9A-F]{2})?[0-9A-F]{8}")
_HEX = re.compile(r"[0-9A-Fa-f]+")
_DECIMAL = re.compile(r"[0-9]+")


class CardFlaw(StrEnum):
    """What is wrong with a card number."""

    LENGTH = "length"
    CHARACTERS = "characters"
    RANGE = "range"


@dataclass(eq=False)
class NotACard(ValueError):
    """The text or bytes are no card number.

    `length` counts the characters or bytes. The text itself is not kept: it may be a payment code or an
    identity number that was scanned into the wrong place, and errors end up in logs.
    """

    flaw: CardFlaw
    length: int


@dataclass(frozen=True, slots=True)
class CardUid:
    """A card's bytes as upper-case hex: 10 characters, or 8 where the reader dropped the top byte.

    Raises NotACard for any other text.
    """

    hex: str

    def __post_init__(self) -> None:
        if len(self.hex) not in (_TAIL_CHARS, _FULL_CHARS):
            raise NotACard(CardFlaw.LENGTH, len(self.hex))
        if not _CANONICAL.fullmatch(self.hex):
            raise NotACard(CardFlaw.CHARACTERS, len(self.hex))

    @property
    def tail(self) -> str:
        """The low four bytes, 8 hex characters: the key by which a card is looked up."""
        return self.hex[-_TAIL_CHARS:]

    @property
    def top(self) -> str:
        """The top byte, 2 hex characters, or the empty text where the reader did not send it."""
        return self.hex[:-_TAIL_CHARS]

    @property
    def printed(self) -> str:
        """The number on the card's face, 8H10D: 10 decimal digits with leading zeros."""
        return f"{int(self.tail, 16):010d}"

    def matches(self, other: CardUid) -> bool:
        """Same card, as far as both readers told: same tail, and no contradiction in the top byte."""
        return self.tail == other.tail and (not self.top or not other.top or self.top == other.top)


@dataclass(frozen=True, slots=True)
class CardReading:
    """A card that a diner has just shown, and the name of the reader it was shown to."""

    uid: CardUid
    reader: str


def from_10h(text: str) -> CardUid:
    """The card that a reader sent as 10 hex characters of either case. Raises NotACard."""
    _require(text, _HEX)
    return CardUid(text.upper())


def from_8h10d(text: str) -> CardUid:
    """The card that a reader sent as 10 decimal digits (the low four bytes). Raises NotACard."""
    _require(text, _DECIMAL)
    number = int(text)
    if number > _LARGEST_TAIL:
        raise NotACard(CardFlaw.RANGE, len(text))
    return CardUid(f"{number:08X}")


def from_bytes(raw: bytes) -> CardUid:
    """The card of four or five bytes, highest byte first. Raises NotACard."""
    if len(raw) not in (_TAIL_CHARS // 2, _FULL_CHARS // 2):
        raise NotACard(CardFlaw.LENGTH, len(raw))
    return CardUid(raw.hex().upper())


def parse_typed(text: str) -> CardUid:
    """The card whose number somebody typed from its face: 10 digits are 8H10D, a letter makes it hex.

    Full-width characters and blanks anywhere are accepted. Ten digits are never read as hex, though a 10H
    number may have no letter: the face of a card carries the decimal form. Raises NotACard.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return from_8h10d(plain) if _DECIMAL.fullmatch(plain) else from_10h(plain)


def longer(one: CardUid, other: CardUid) -> CardUid:
    """Of two forms of the same card the one to keep: all five bytes rather than four, else `one`.

    Raises ValueError when they are different cards.
    """
    if not one.matches(other):
        raise ValueError((one.hex, other.hex))
    return other if len(other.hex) > len(one.hex) else one


def _require(text: str, alphabet: re.Pattern[str]) -> None:
    if len(text) != _FULL_CHARS:
        raise NotACard(CardFlaw.LENGTH, len(text))
    if not alphabet.fullmatch(text):
        raise NotACard(CardFlaw.CHARACTERS, len(text))
