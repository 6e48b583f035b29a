"""What the terminal's commands work with, handed over by main."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from pos.domain.claim_paper import ClaimFileVerdict
from pos.domain.verify import Verdict

Progress = Callable[[int, int], None]
"""Told entries done and entries in all."""

Cell = str | int | None


Row = tuple[Cell, ...]


@dataclass(eq=False)
class UseServerTool(Exception):
    """The store is on a database server, whose own tool (pg_dump, pg_restore) does this."""

    tool: str


@dataclass(frozen=True, slots=True)
class CommandParts:
    """What the commands work with; each raises Refusal, Trouble or OSError.

    `verify` takes a scanned head ('' for none). `backup` writes a whole copy of the store, with True also over a
    file that is there; else it raises FileExistsError. `restore` puts a copy in the store's place and answers where
    it laid what was there before, if anything. Both may raise UseServerTool. `export` answers a table of members or entries: first
    the columns' names, then the rows. A column `…_fen` holds amounts in fen, `…_ms` UTC epoch milliseconds. `claim_check` holds a claim file against the ledger.
    """

    verify: Callable[[str, Progress], Verdict]
    backup: Callable[[Path, bool], None]
    restore: Callable[[Path], Path | None]
    export: Callable[[str], Iterable[Row]]
    claim_check: Callable[[Path], ClaimFileVerdict]
