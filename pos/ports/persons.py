"""What the rights of one person need from the store: every row about them, and forgetting who they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol, TypeAlias

Row: TypeAlias = Mapping[str, str | int | None]


class PersonRows(Protocol):
    """Everything that the store holds of one person."""

    def extract(self, member_id: str) -> Mapping[str, Sequence[Row]]:
        """Every row about a member, by table; dates are ISO text, instants UTC ms, amounts fen, pictures base 64.

        A sealed identity number stays sealed: its kind and last four characters are there.
        """
        ...

    def last_paid_in(self, member_id: str) -> date | None:
        """The business date of the member's last top-up, or None."""
        ...

    def blank(self, member_id: str) -> None:
        """Forget who a member was: name, birth date, telephone, form, picture, document, absences, search keys, and
        the values in the audit trail. Ledger, sales, top-ups, claims, cards' numbers and the log of looks stay.
        """
        ...
