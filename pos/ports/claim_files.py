"""What claims need from whoever writes and reads their files; `receipts/` keeps it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from pos.domain.claim_paper import ClaimMark, ClaimPaper


class KeepsClaimFiles(Protocol):
    """Writes claims as .pdf, .xlsx or .csv, by the ending of the name, and finds out whether a file was changed."""

    def write(self, paper: ClaimPaper, path: Path, progress: Callable[[int, int], None]) -> None:
        """Write a file; an older one of that name is replaced at the end. `progress` is told lines done and in all;
        what it raises ends the writing and leaves no file. Raises FileNotWritten.
        """
        ...

    def mark_of(self, path: Path) -> ClaimMark:
        """What a file says about itself. Raises NoClaimFile, UnreadableFile or TooManyRows."""
        ...

    def difference(self, paper: ClaimPaper, mark: ClaimMark, path: Path) -> str:
        """Where a file differs from the claim: a place in its own words ('7', a row), '' where it says the same."""
        ...
