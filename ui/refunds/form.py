"""A refund at one moment, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field

from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.domain.refunds import RefundKind, RefundQuote


@dataclass(frozen=True, slots=True)
class RefundForm:
    """`amount` is as it was typed, '' for all; `quote` is what the store says of it, None until it has said.

    `deposit` (fen) lies on the card, `has_card` says that there is one; both are of interest where an account ends.
    """

    kind: RefundKind
    refund_id: str
    member_id: str
    name: str
    card_tail: str = ""
    amount: str = ""
    tender: Tender = Tender.BANK
    holder: str = ""
    account: str = field(default="", repr=False)
    reason: str = ""
    documents: str = ""
    identity_seen: bool = False
    card_returned: bool = False
    quote: RefundQuote | None = None
    deposit: Fen = 0
    has_card: bool = False
    saving: bool = False
    wrong: str = ""

    @property
    def in_cash(self) -> bool:
        """Whether it is paid out of the drawer."""
        return self.tender is Tender.CASH

    @property
    def pays(self) -> Fen:
        """What would be paid, in fen; 0 until it is known."""
        return self.quote.amount if self.quote else 0
