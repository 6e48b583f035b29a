"""What money in and money out need from the store beyond the ledger."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pos.domain.accounts import Batch
from pos.domain.statement import Statement


class AccountRows(Protocol):
    """Offers taken, payments for many, statements."""

    def took_offer(self, member_id: str, offer_id: str, since: date) -> bool:
        """Whether this member's top-ups since a business date, undone ones left out, took an offer."""
        ...

    def batch(self, batch_id: str) -> Batch | None:
        """A payment for many, in the order of its list, or None."""
        ...

    def statement(self, member_id: str, start: date, end: date) -> Statement | None:
        """A member's movements on business dates from `start` to `end`; None where there is no such member."""
        ...
