"""What money out needs from the store: lots with their past, refunds, transfers."""

from __future__ import annotations

from typing import Protocol

from pos.domain.refunds import PaidLot, Refund, Transfer


class RefundRows(Protocol):
    """Refunds and transfers; append-only."""

    def paid_lots(self, member_id: str) -> tuple[PaidLot, ...]:
        """The member's lots that hold something, oldest first, with how they were paid and what went back before."""
        ...

    def add(self, refund: Refund) -> None:
        """Store a refund whose entry was posted in this transaction."""
        ...

    def get(self, refund_id: str) -> Refund | None:
        """A refund as it was made, with `undone` as it is now."""
        ...

    def add_transfer(self, transfer: Transfer) -> None:
        """Store a transfer whose entry was posted in this transaction."""
        ...

    def transfer(self, transfer_id: str) -> Transfer | None:
        """A transfer as it was made, with `undone` as it is now."""
        ...

    def id_of(self, number: str) -> str:
        """The id of the refund or the transfer with this number; '' where there is none."""
        ...

    def note_undo(self, undo_id: str, reason: str) -> None:
        """Store why the reversing entry with this id was posted in this transaction."""
        ...
