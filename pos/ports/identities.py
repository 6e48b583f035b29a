"""What the identity numbers need from the store: sealed ones, who saw one in clear, and what was done with the key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from pos.domain.identity import KeyDeed, KeyEvent, Look, SealedDocument


class IdentityRows(Protocol):
    """Sealed documents, one a member; and the logs of looks and of keys, which nobody changes."""

    def get(self, member_id: str) -> SealedDocument | None:
        """The member's document, or None."""
        ...

    def put(self, member_id: str, document: SealedDocument) -> None:
        """Keep this document in place of the one so far."""
        ...

    def drop(self, member_id: str) -> None:
        """Keep none."""
        ...

    def same(self, fingerprints: Sequence[str]) -> tuple[str, ...]:
        """The members whose number has one of these fingerprints."""
        ...

    def sealed_under(self) -> tuple[tuple[str, str], ...]:
        """Every member with a number and the id of its key."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many numbers are sealed under each key."""
        ...

    def note_look(self, member_id: str, staff_id: str, at_ms: int, reason: str) -> None:
        """Log that somebody sees the number in clear."""
        ...

    def looks(self, member_id: str) -> tuple[Look, ...]:
        """Who saw it, oldest first."""
        ...

    def note_key(self, deed: KeyDeed, key_id: str, staff_id: str, at_ms: int) -> None:
        """Log that somebody does something with the key."""
        ...

    def key_events(self) -> tuple[KeyEvent, ...]:
        """What was done with the keys, oldest first."""
        ...
