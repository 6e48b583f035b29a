"""Counting cash: what was given, what goes back. No Qt."""

from __future__ import annotations

from pos.domain.errors import BadAmount
from pos.domain.money import Fen, parse_yuan

NOTES: tuple[Fen, ...] = (10_00, 20_00, 50_00, 100_00)
"""The notes that diners usually pay a meal with."""


def typed_yuan(text: str) -> Fen | None:
    """What was typed, in fen; None while it is no amount."""
    try:
        return parse_yuan(text)
    except BadAmount:
        return None


def change_of(due: Fen, given: Fen | None) -> Fen | None:
    """What to hand back; None as long as it is not enough."""
    return None if given is None or given < due else given - due
