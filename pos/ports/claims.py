"""What claims need from the store: the meals that no claim holds yet, stamped claims, and the payers' money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pos.domain.claim_anomalies import Swipe
from pos.domain.claims import Claim, ClaimLine, Head, Month, Payment
from pos.domain.money import Fen
from pos.domain.verify import Finding


class ClaimRows(Protocol):
    """Claims, their lines and the payers' payments; append-only."""

    def in_turn(self) -> None:
        """From now on nobody else stamps a claim or books a payer's money until this transaction ends.

        Comes before the till's row. Raises StoreTrouble(BUSY) when somebody else takes too long.
        """
        ...

    def payers(self) -> tuple[str, ...]:
        """Everybody who ever owed the canteen a part of a meal, or something for serving it."""
        ...

    def months(self, payer: str) -> tuple[Month, ...]:
        """The months with meals that moved the payer's account or that it pays to be served, oldest first."""
        ...

    def heads(self) -> tuple[Head, ...]:
        """How far each till's ledger has come, by till."""
        ...

    def unclaimed(self, payer: str, month: Month, last: Claim | None) -> tuple[tuple[ClaimLine, ...], Fen]:
        """What no claim holds: the month's meals and undoings, and what reached earlier months after the `last`
        claim was stamped; with the movement of the payer's account (fen) that the ledger has for all of it.
        """
        ...

    def swipes(self, first: date, last: date) -> tuple[Swipe, ...]:
        """Every meal of a member from one business date to another that was not undone."""
        ...

    def open_shift(self, until: date) -> tuple[str, date] | None:
        """A till, and the date of its open shift, where that date is not after `until`."""
        ...

    def stamped(self, payer: str = "") -> tuple[Claim, ...]:
        """Stamped claims (of a payer), in the order of their stamping."""
        ...

    def get(self, claim_id: str) -> Claim | None:
        """A stamped claim."""
        ...

    def lines(self, claim_id: str) -> tuple[ClaimLine, ...]:
        """The lines of a claim in their order."""
        ...

    def add(self, claim: Claim, lines: Sequence[ClaimLine]) -> None:
        """Store a stamped claim; whoever adds one has the turn."""
        ...

    def contradictions(self, claim_id: str) -> tuple[Finding, ...]:
        """Where a claim contradicts its hash or the ledger."""
        ...

    def add_payment(self, payment: Payment) -> None:
        """Store the facts of a payment whose entry was posted in this transaction."""
        ...

    def payments(self, payer: str = "") -> tuple[Payment, ...]:
        """Payments (of a payer) in the order they were booked, with `undone` as it is now."""
        ...

    def payment(self, payment_id: str) -> Payment | None:
        """A payment by its id."""
        ...
