"""What a member's form needs from the store: profiles, absences, the audit trail, and who looks alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from pos.domain.absences import Absence
from pos.domain.profile import Change, Profile, ProfileField, Sameness


class ProfileRows(Protocol):
    """What is known of members beside their money."""

    def get(self, member_id: str) -> Profile | None:
        """The profile, or None where there is no such member."""
        ...

    def put(self, member_id: str, profile: Profile, search_keys: Iterable[str]) -> None:
        """Write the whole profile of a stored member, and make them findable by these keys and their cards alone."""
        ...

    def set_photo(self, member_id: str, photo: bytes | None) -> None:
        """Keep this picture file, or none."""
        ...

    def absences(self, member_id: str) -> tuple[Absence, ...]:
        """Every absence of a member, by its first day."""
        ...

    def all_absences(self) -> Mapping[str, tuple[Absence, ...]]:
        """Everybody's absences, by member."""
        ...

    def put_absence(self, member_id: str, absence: Absence) -> None:
        """Store an absence, or change the one with its id."""
        ...

    def drop_absence(self, absence_id: str) -> None:
        """Take an absence away that was a mistake."""
        ...

    def meals_between(self, member_id: str, first: date, last: date | None) -> int:
        """How many meals a member was sold on these days, undone ones left out; without `last`, since then."""
        ...

    def note(
        self, member_id: str, staff_id: str, at_ms: int, changes: Iterable[tuple[ProfileField, str, str]]
    ) -> None:
        """Write lines of the audit trail: field, old and new value."""
        ...

    def changes(self, member_id: str) -> tuple[Change, ...]:
        """The audit trail of a member, oldest first."""
        ...

    def lookalikes(self, name: str, birth_date: date | None, phone: str) -> tuple[tuple[str, Sameness], ...]:
        """Members of the same name and birth date, or with the same telephone number: ids and why."""
        ...
