"""What the till needs from whoever writes what hangs on the wall; `receipts/` keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from pos.domain.pages import Frame
from pos.domain.wall import PriceBoard, WeekMenu


class WritesWallPages(Protocol):
    """Writes pages to be read from two steps away; an older file of that name is replaced at the end."""

    def write_week(self, frame: Frame, week: WeekMenu, path: Path) -> None:
        """Write a week's menu as PDF. Raises FileNotWritten."""
        ...

    def write_prices(self, frame: Frame, board: PriceBoard, path: Path) -> None:
        """Write the price board with the notice of discounts and subsidies as PDF. Raises FileNotWritten."""
        ...
