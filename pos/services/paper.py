"""Paper on demand: a reprint, a test page, the drawer by its own button."""

from __future__ import annotations

from collections.abc import Mapping

from pos.domain.paper import JobState, SlipKind
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore


class Papers:
    """The outbox of one till, as the cashier sees it."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Ask for paper at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def reprint(self, actor: Actor, kind: SlipKind, subject: str) -> int:
        """Queue a paper again, marked 补打 with its count and who asked; returns the count. Raises NotPermitted.

        Whoever asks has looked: a first print of which nobody knew whether it came out is no question any more.
        """
        actor.must(Permission.REPRINT)
        with self._stores.write() as store:
            copy = store.paper.copies(kind, subject) + 1
            store.paper.settle(kind, subject)
            now_ms = self._clock.now_ms()
            store.paper.add(self._till, kind, subject, now_ms, copy=copy, asked_by=actor.name)
            return copy

    def looked_at(self, actor: Actor) -> None:
        """Somebody looked at the papers of which nobody knew whether they came out: no question any more.

        Raises NotPermitted.
        """
        actor.must(Permission.REPRINT)
        with self._stores.write() as store:
            store.paper.settle_all(self._till)

    def test_page(self, actor: Actor) -> None:
        """Queue the test page with rare characters."""
        with self._stores.write() as store:
            store.paper.add(self._till, SlipKind.TEST, "", self._clock.now_ms(), asked_by=actor.name)

    def open_drawer(self, actor: Actor) -> None:
        """Open the drawer without a sale; the job itself is the record of who did. Raises NotPermitted."""
        actor.must(Permission.OPEN_DRAWER)
        with self._stores.write() as store:
            store.paper.add(
                self._till, SlipKind.DRAWER, "", self._clock.now_ms(), asked_by=actor.name, kick=True
            )

    def open_jobs(self) -> Mapping[JobState, int]:
        """How many papers wait, and of how many it is not known whether they came out."""
        with self._stores.read() as store:
            return store.paper.open_jobs(self._till)
