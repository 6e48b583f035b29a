"""A transfer at one moment, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.members import MemberHit
from pos.domain.refunds import MovedLot


@dataclass(frozen=True, slots=True)
class TransferForm:
    """First `text` finds the `receiver` among `hits`; then `lots` are what would move, None until the store has said.

    `amount` is as it was typed, '' for all.
    """

    transfer_id: str
    giver_id: str
    name: str
    text: str = ""
    hits: tuple[MemberHit, ...] = ()
    receiver: MemberHit | None = None
    amount: str = ""
    reason: str = ""
    lots: tuple[MovedLot, ...] | None = None
    saving: bool = False
    wrong: str = ""
