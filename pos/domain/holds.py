"""Holds: money set aside for a reserved meal, out of the lots it would be eaten from, and back into the same lots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pos.domain.ledger import BONUS, HELD, PRINCIPAL, LotUse, Posting, reversed_postings, wallet_postings
from pos.domain.money import Fen, round_half_up


@dataclass(frozen=True, slots=True)
class Hold:
    """Money (fen) that is set aside for a member and neither spent nor released yet. `id` is its entry's id."""

    id: str
    number: str
    member_id: str
    business_date: date
    at_ms: int
    principal: Fen
    bonus: Fen

    @property
    def amount(self) -> Fen:
        """Principal and bonus together, in fen."""
        return self.principal + self.bonus


def hold_postings(member_id: str, uses: Sequence[LotUse]) -> tuple[Posting, ...]:
    """Out of the lots, into what is held for the same member."""
    held = sum(use.principal + use.bonus for use in uses)
    return (*wallet_postings(member_id, uses), Posting(HELD, -held, member_id))


def uses_of(hold: Iterable[Posting]) -> tuple[LotUse, ...]:
    """Which lots a hold was taken out of, and what from each, told by its postings."""
    by_lot: dict[str, dict[str, Fen]] = {}
    for posting in hold:
        if posting.lot_id is not None:
            by_lot.setdefault(posting.lot_id, {})[posting.account] = posting.amount
    return tuple(LotUse(lot_id, parts.get(PRINCIPAL, 0), parts.get(BONUS, 0)) for lot_id, parts in by_lot.items())


def release_postings(hold: Iterable[Posting]) -> tuple[Posting, ...]:
    """All of it back into the lots it came from."""
    return reversed_postings(hold)


def settle_postings(member_id: str, hold: Sequence[Posting], others: Sequence[Posting]) -> tuple[Posting, ...]:
    """A reserved meal is eaten: the hold ends, what it was too large by goes back into its lots.

    `others` are the meal's postings without the diner's own: payers' parts and revenue; what they lack to zero is the
    diner's share, which the caller has made sure the hold covers.
    """
    due = -sum(posting.amount for posting in others)
    held = sum(use.principal + use.bonus for use in uses_of(hold))
    assert 0 <= due <= held, "a hold covers the diner's share"
    back = reversed_postings(wallet_postings(member_id, _too_much(uses_of(hold), due)))
    return (Posting(HELD, held, member_id), *back, *others)


def _too_much(uses: Iterable[LotUse], due: Fen) -> tuple[LotUse, ...]:
    """What of each lot is not needed; the older ones pay first, each in the proportion in which it was held."""
    back: list[LotUse] = []
    for use in uses:
        whole = use.principal + use.bonus
        spent = min(whole, due)
        due -= spent
        if spent < whole:
            principal = round_half_up(spent * use.principal, whole)
            back.append(LotUse(use.lot_id, use.principal - principal, use.bonus - (spent - principal)))
    return tuple(back)
