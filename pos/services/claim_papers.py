"""Papers of claims: a stamped claim as a file in the payer's columns, and a file held against the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from pos.domain.canteen import Canteen
from pos.domain.claim_paper import (
    ALWAYS,
    DEFAULT_COLUMNS,
    ClaimColumn,
    ClaimFileState,
    ClaimFileVerdict,
    ClaimPaper,
)
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.ports.claim_files import KeepsClaimFiles


class ClaimPapers:
    """Claims on paper."""

    def __init__(self, stores: OpenStore, clock: Clock, files: KeepsClaimFiles) -> None:
        """Write and check files of one store's claims."""
        self._stores = stores
        self._clock = clock
        self._files = files

    def columns(self, payer: str) -> tuple[ClaimColumn, ...]:
        """The columns that the canteen chose for a payer."""
        with self._stores.read() as store:
            return _columns(_canteen(store), payer)

    def choose_columns(self, actor: Actor, payer: str, chosen: Iterable[ClaimColumn]) -> tuple[ClaimColumn, ...]:
        """Keep the columns for a payer, in their usual order and never without what proves a line. Raises NotPermitted."""
        actor.must(Permission.CLAIM)
        wanted = ALWAYS | set(chosen)
        columns = tuple(column for column in ClaimColumn if column in wanted)
        with self._stores.write() as store:
            canteen = _canteen(store)
            kept = {**canteen.claim_columns, payer: ",".join(columns)}
            store.canteen.put(replace(canteen, claim_columns=kept), actor.staff_id, self._clock.now_ms())
        return columns

    def save(self, actor: Actor, claim_id: str, path: Path, progress: Callable[[int, int], None]) -> None:
        """Write a stamped claim as .pdf, .xlsx or .csv, by the ending. Raises NotPermitted or FileNotWritten."""
        actor.must(Permission.CLAIM)
        with self._stores.read() as store:
            claim = store.claims.get(claim_id)
            assert claim is not None, "a claim is never deleted"
            canteen = _canteen(store)
            columns = _columns(canteen, claim.payer)
            paper = ClaimPaper(claim, store.claims.lines(claim_id), columns, canteen.practice)
        self._files.write(paper, path, progress)

    def check(self, path: Path) -> ClaimFileVerdict:
        """Whether a file says what the claim says, and the claim what the ledger says.

        Raises NoClaimFile, UnreadableFile or TooManyRows.
        """
        mark = self._files.mark_of(path)
        with self._stores.read() as store:
            claim = next((one for one in store.claims.stamped() if one.hash == mark.hash), None)
            if claim is None:
                return ClaimFileVerdict(ClaimFileState.UNKNOWN_CLAIM, where=mark.hash)
            if found := store.claims.contradictions(claim.id):
                return ClaimFileVerdict(ClaimFileState.CLAIM_BROKEN, claim, found[0].where)
            paper = ClaimPaper(claim, store.claims.lines(claim.id), mark.columns, _canteen(store).practice)
        where = self._files.difference(paper, mark, path)
        return ClaimFileVerdict(ClaimFileState.CHANGED if where else ClaimFileState.SAME, claim, where)


def _canteen(store: Store) -> Canteen:
    canteen = store.canteen.get()
    assert canteen is not None, "only a founded canteen claims"
    return canteen


def _columns(canteen: Canteen, payer: str) -> tuple[ClaimColumn, ...]:
    kept = canteen.claim_columns.get(payer)
    return tuple(map(ClaimColumn, kept.split(","))) if kept else DEFAULT_COLUMNS
