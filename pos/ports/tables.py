"""What the till needs from whoever writes and reads tables and pages; `receipts/` keeps it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.domain.pages import Frame
from pos.domain.statement import Statement
from pos.domain.tables import ReadTable, Table
from pos.ports.claim_files import KeepsClaimFiles
from pos.ports.kitchen import WritesKitchenPages
from pos.ports.roster_pages import WritesRosters
from pos.ports.wall import WritesWallPages


class WritesTables(Protocol):
    """Writes a table into a file."""

    def write(self, table: Table, path: Path) -> None:
        """Write .xlsx, or .csv, by the ending of the name; an older file of that name is replaced at the end.

        Raises FileNotWritten.
        """
        ...


class ReadsTables(Protocol):
    """Reads a table out of a file."""

    def read(self, path: Path, sheet: str, progress: Callable[[int, int], None]) -> tuple[str, ReadTable]:
        """The SHA-256 of the file's bytes (hex) and one of its sheets: the one named, or for '' the first with rows.

        `progress` is told rows read and 0, for how many there are is not known; it may end the reading by raising.

        Raises UnreadableFile, TooManyRows or UnknownSheet.
        """
        ...


class WritesPages(Protocol):
    """Writes a table as pages to print."""

    def write(self, frame: Frame, table: Table, path: Path) -> None:
        """Write a PDF; an older file of that name is replaced at the end. Raises FileNotWritten."""
        ...


class WritesStatements(Protocol):
    """Writes a member's statement as pages to print."""

    def write(self, frame: Frame, statement: Statement, path: Path) -> None:
        """Write a PDF; an older file of that name is replaced at the end. Raises FileNotWritten."""
        ...


@dataclass(frozen=True, slots=True)
class Files:
    """All of them together, as main hands them over."""

    tables: WritesTables
    pages: WritesPages
    reader: ReadsTables
    claims: KeepsClaimFiles
    statements: WritesStatements
    kitchen: WritesKitchenPages
    rosters: WritesRosters
    wall: WritesWallPages
