"""What `verify` may find: each finding names the rule that the ledger breaks, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """An invariant of the ledger."""

    ENTRY_SUMS_TO_ZERO = "entry_sums_to_zero"
    SEQUENCE_WITHOUT_GAPS = "sequence_without_gaps"
    CHAIN_UNBROKEN = "chain_unbroken"
    HEAD_IS_LAST = "head_is_last"
    WALLET_IS_ITS_POSTINGS = "wallet_is_its_postings"
    LOT_IS_ITS_POSTINGS = "lot_is_its_postings"
    WALLET_IS_ITS_LOTS = "wallet_is_its_lots"
    SALE_IS_ITS_ENTRY = "sale_is_its_entry"
    HELD_IS_ITS_HOLDS = "held_is_its_holds"
    REFUND_IS_ITS_ENTRY = "refund_is_its_entry"
    TRANSFER_IS_ITS_ENTRY = "transfer_is_its_entry"
    CARD_IS_ITS_HISTORY = "card_is_its_history"
    DEPOSITS_ARE_THEIR_CARDS = "deposits_are_their_cards"
    SCANNED_HEAD_KNOWN = "scanned_head_known"
    CLAIM_UNCHANGED = "claim_unchanged"
    CLAIM_IS_ITS_ENTRIES = "claim_is_its_entries"
    PAYMENT_IS_ITS_ENTRY = "payment_is_its_entry"


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction: the rule, where it shows (entry number, member, lot), and the two values."""

    rule: Rule
    where: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` looked at and found; `heads` is each till's last hash."""

    entries: int
    wallets: int
    findings: tuple[Finding, ...]
    heads: tuple[tuple[str, str], ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the ledger agrees with itself."""
        return not self.findings
