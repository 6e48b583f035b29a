"""Verify: does the ledger agree with itself, to the fen and to the hash?"""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.verify import Verdict
from pos.ports import OpenStore


class Verify:
    """The auditor's question; asked at start, at the close of a shift, and on demand."""

    def __init__(self, stores: OpenStore) -> None:
        """Verify one store."""
        self._stores = stores

    def run(self, progress: Callable[[int, int], None] = lambda _done, _total: None, scanned_head: str = "") -> Verdict:
        """Re-derive every balance and every hash; with a scanned head, also look for it in the chain."""
        with self._stores.read() as store:
            return store.ledger.verify(scanned_head, progress)
