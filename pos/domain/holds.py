"""Holds: money set aside for a reserved meal, out of the lots it would be eaten from, and back into the same lots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos.domain.ledger import HELD, LotUse, Posting, reversed_postings, wallet_postings


def hold_postings(member_id: str, uses: Sequence[LotUse]) -> tuple[Posting, ...]:
    """Out of the lots, into what is held for the same member."""
    held = sum(use.principal + use.bonus for use in uses)
    return (*wallet_postings(member_id, uses), Posting(HELD, -held, member_id))


def release_postings(hold: Iterable[Posting]) -> tuple[Posting, ...]:
    """All of it back into the lots it came from."""
    return reversed_postings(hold)
