"""What the terminal's commands do with the store, which is opened by the command that needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from db import backup as copies
from db.export import Exported, ExportRow, exported
from db.opening import open_beside
from pos.clock import SystemClock
from pos.domain.claim_paper import ClaimFileVerdict
from pos.domain.verify import Verdict
from pos.ports.claim_files import KeepsClaimFiles
from pos.ports.commands import CommandParts, UseServerTool
from pos.services.claim_papers import ClaimPapers
from pos.services.verify import Verify


def command_parts(where: str | Path, till: str, claim_files: KeepsClaimFiles) -> CommandParts:
    """The parts of the commands for the store at a path or an address, as one till sees it."""

    def verify(head: str, progress: Callable[[int, int], None]) -> Verdict:
        return Verify(open_beside(where, till)).run(progress, head)

    def backup(file: Path, force: bool) -> None:  # CommandParts names no arguments
        try:
            copies.backup(where, file, overwrite=force)
        except copies.OnServer as server:
            raise UseServerTool(server.tool) from server

    def restore(file: Path) -> Path | None:
        try:
            return copies.restore(file, where).set_aside
        except copies.OnServer as server:
            raise UseServerTool(server.tool) from server

    def export(table: str) -> Iterator[ExportRow]:
        return exported(open_beside(where, till), Exported(table))

    def claim_check(file: Path) -> ClaimFileVerdict:
        return ClaimPapers(open_beside(where, till), SystemClock(), claim_files).check(file)

    return CommandParts(verify, backup, restore, export, claim_check)
