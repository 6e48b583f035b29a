"""What the tariff editor needs from the store: published sets in their order, and drafts that still change."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from pos.domain.tariff import Tariff
from pos.domain.tariff.timeline import Published, TariffDraft


class TariffRows(Protocol):
    """Published tariffs, and drafts of them."""

    def in_force(self, day: date) -> Tariff:
        """The tariff of a day: of those that cover it the one published last; LIST_PRICE where there is none."""
        ...

    def publish(self, text: str, staff_id: str, at_ms: int) -> None:
        """Store a tariff document (already parsed once, so known to be good). It is never changed again."""
        ...

    def published(self) -> tuple[Published, ...]:
        """Every set that was ever published, oldest publication first."""
        ...

    def drafts(self) -> tuple[TariffDraft, ...]:
        """The drafts, oldest first."""
        ...

    def draft(self, draft_id: str) -> TariffDraft | None:
        """A draft by its id."""
        ...

    def add_draft(self, draft_id: str, title: str, text: str, staff_id: str, at_ms: int) -> None:
        """Store a new draft."""
        ...

    def save_draft(self, draft_id: str, title: str, text: str, revision: int, staff_id: str, at_ms: int) -> None:
        """Store a draft's new text under the revision after `revision`. Raises DraftGone or DraftChanged."""
        ...

    def drop_draft(self, draft_id: str) -> None:
        """Throw a draft away."""
        ...
