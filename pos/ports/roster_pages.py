"""What the till needs from whoever writes papers for volunteers."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos.domain.roster_paper import LabelSheets, RosterPaper


class WritesRosters(Protocol):
    """Writes rosters and box labels as pages to print; an older file of that name is replaced at the end."""

    def write(self, paper: RosterPaper, path: Path) -> None:
        """Write rosters, at least one, as PDF. Raises FileNotWritten."""
        ...

    def write_labels(self, sheets: LabelSheets, path: Path) -> None:
        """Write labels as PDF. Raises FileNotWritten."""
        ...
