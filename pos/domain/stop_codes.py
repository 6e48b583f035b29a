"""What the QR code of a stop says: the canteen's mark and the reservation, and nothing about the person.

Letters, digits and '-' alone, so that the code is small (the alphanumeric mode of ISO/IEC 18004) and a scanner that
types like a keyboard types it right under any layout.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pos.domain.errors import Refusal

MARK_DIGITS = 8

_PREFIX = "stop"
_HEX = frozenset("0123456789abcdef")


@dataclass(eq=False)
class NotAStop(Refusal):
    """What was scanned is no code of a stop."""


@dataclass(eq=False)
class OtherCanteen(Refusal):
    """The code of a stop, but of another canteen's."""


def stop_code(mark: str, reservation_id: str) -> str:
    """The text of a stop's QR code; `mark` tells this canteen from another (8 hex characters)."""
    text = f"{_PREFIX}-{mark}-{reservation_id}"
    assert _marked(mark), "a mark has eight hex characters"
    assert text == _plain(text), "an id of another writing is not read back"
    return text.upper()


def is_stop_code(text: str) -> bool:
    """Whether a text begins as the code of a stop does, of this canteen or another."""
    return _plain(text).startswith(f"{_PREFIX}-")


def read_stop_code(text: str, mark: str) -> str:
    """The reservation id in a scanned text, whatever a keyboard made of its letters. Raises NotAStop or OtherCanteen."""
    prefix, _, rest = _plain(text).partition("-")
    found, _, reservation_id = rest.partition("-")
    if prefix != _PREFIX or not _marked(found) or not reservation_id:
        raise NotAStop
    if found != mark:
        raise OtherCanteen
    return reservation_id


def _plain(text: str) -> str:
    """Small, half-width and without blanks: caps lock and a Chinese input method change nothing."""
    return "".join(unicodedata.normalize("NFKC", text).replace("－", "-").split()).lower()


def _marked(text: str) -> bool:
    return len(text) == MARK_DIGITS and _HEX.issuperset(text)
