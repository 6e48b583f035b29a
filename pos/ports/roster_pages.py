"""What the till needs from whoever writes papers for volunteers."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos.domain.roster_paper import LabelSheets, RosterPaper
from pos.ports.drafts import Draft


class WritesRosters(Protocol):
    """Writes rosters and box labels as pages to print."""

    def rosters(self, paper: RosterPaper, path: Path) -> Draft:
        """Rosters, at least one, as PDF."""
        ...

    def labels(self, sheets: LabelSheets, path: Path) -> Draft:
        """Labels as PDF."""
        ...
