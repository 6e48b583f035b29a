"""A claim as a file: its columns, which the payer may have different from others, and what a check of the file says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.claims import Claim, ClaimLine
from pos.domain.errors import Refusal


class ClaimColumn(StrEnum):
    """What may stand in a column of the detail. OTHERS is one column for each other payer of these meals."""

    NO = "no"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    MEAL = "meal"
    WAY = "way"
    TILL = "till"
    NAME = "name"
    IDENTITY = "identity"
    AGE = "age"
    CATEGORY = "category"
    COMMUNITY = "community"
    HUKOU = "hukou"
    LIST = "list"
    OTHERS = "others"
    DUE = "due"
    AMOUNT = "amount"
    OPERATING = "operating"
    DELIVERY = "delivery"
    RULE = "rule"
    NOTE = "note"
    SIGN = "sign"


DEFAULT_COLUMNS = (
    ClaimColumn.NO,
    ClaimColumn.DAY,
    ClaimColumn.MEAL,
    ClaimColumn.WAY,
    ClaimColumn.NAME,
    ClaimColumn.IDENTITY,
    ClaimColumn.AGE,
    ClaimColumn.CATEGORY,
    ClaimColumn.COMMUNITY,
    ClaimColumn.LIST,
    ClaimColumn.OTHERS,
    ClaimColumn.DUE,
    ClaimColumn.AMOUNT,
    ClaimColumn.NOTE,
)
"""Until the canteen chooses others: what domain.md 1.3 found in the rules; no official form was found."""

ALWAYS = frozenset({ClaimColumn.NAME, ClaimColumn.DAY, ClaimColumn.AMOUNT})
"""Without these a line proves nothing."""


@dataclass(frozen=True, slots=True)
class ClaimPaper:
    """A claim with its lines and the columns of its detail. `practice`: of the practice canteen."""

    claim: Claim
    lines: tuple[ClaimLine, ...]
    columns: tuple[ClaimColumn, ...] = DEFAULT_COLUMNS
    practice: bool = False


@dataclass(frozen=True, slots=True)
class ClaimMark:
    """What a claim file says about itself: the hash of its claim, its columns, and the language it is in."""

    hash: str
    columns: tuple[ClaimColumn, ...]
    language: str


class ClaimFileState(StrEnum):
    """What a check of a claim file found."""

    SAME = "same"
    CHANGED = "changed"
    CLAIM_BROKEN = "claim_broken"
    UNKNOWN_CLAIM = "unknown_claim"


@dataclass(frozen=True, slots=True)
class ClaimFileVerdict:
    """What a check of a claim file found: the claim it is of, and where file or claim contradict the ledger."""

    state: ClaimFileState
    claim: Claim | None = None
    where: str = ""


@dataclass(eq=False)
class NoClaimFile(Refusal):
    """A file that carries no claim's mark; `name` is its name without its folder."""

    name: str
