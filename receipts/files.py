"""Everything that writes and reads files, as the till needs it."""

from __future__ import annotations

from pos.ports.tables import Files
from receipts.claim_files import ClaimFiles
from receipts.kitchen_pages import KitchenPages
from receipts.rosters import RosterPages
from receipts.statement_pages import StatementPages
from receipts.table_pages import TablePages
from receipts.table_reader import TableReader
from receipts.tables import TableFiles
from receipts.wall_pages import WallPages


def files() -> Files:
    """Spreadsheets, pages, claims, statements, and what kitchen, volunteers and wall get; libraries come with the first file."""
    return Files(
        TableFiles(),
        TablePages(),
        TableReader(),
        ClaimFiles(),
        StatementPages(),
        KitchenPages(),
        RosterPages(),
        WallPages(),
    )
