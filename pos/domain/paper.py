"""Paper: what waits to be printed and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SlipKind(StrEnum):
    """Which paper."""

    SALE = "sale"
    UNDO = "undo"
    TOP_UP = "top_up"
    BATCH = "batch"
    STATEMENT = "statement"
    CARD = "card"
    BOOKING = "booking"
    DAY_CLOSE = "day_close"
    REFUND = "refund"
    TRANSFER = "transfer"
    X_REPORT = "x_report"
    SHIFT_CLOSE = "shift_close"
    KITCHEN = "kitchen"
    KITCHEN_CHANGES = "kitchen_changes"
    LABELS = "labels"
    TEST = "test"
    DRAWER = "drawer"


class JobState(StrEnum):
    """What is known about a job. UNKNOWN: the printer fell silent after the first bytes; a person looks."""

    WAITING = "waiting"
    SENT = "sent"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper to print, made in the transaction of what it shows. `subject` is the id of that sale, top-up, shift or print.

    `copy` is 0 for the original and counts reprints (补打); `asked_by` is the name of whoever asked for one.
    `kick` opens the drawer before the paper.
    """

    id: int
    till: str
    kind: SlipKind
    subject: str
    copy: int = 0
    asked_by: str = ""
    kick: bool = False
    state: JobState = JobState.WAITING
    at_ms: int = 0
