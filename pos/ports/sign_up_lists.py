"""What sign-up lists need from the store: everybody who bears a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

from pos.domain.sign_ups import Namesake


class SignUpRows(Protocol):
    """Members by their names."""

    def namesakes(self, names: Iterable[str], day: date) -> Mapping[str, tuple[Namesake, ...]]:
        """The members of exactly these names as of a day, active ones first, then by door; names of nobody are left out."""
        ...
