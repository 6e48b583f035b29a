"""What holds on some days: categories and passes as one text in a member's row, read once for many sales."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from pos.domain.profile import Held, held_on

NOTHING = "[]"
_NOBODY: frozenset[str] = frozenset()


def held_text(held: Iterable[Held]) -> str:
    """The text of a column: a list of name, first and last day."""
    rows = ([one.name, one.first and one.first.isoformat(), one.last and one.last.isoformat()] for one in held)
    return json.dumps(list(rows), ensure_ascii=False)


@lru_cache(maxsize=1_024)  # most people hold nothing, and many the same
def read_held(text: str) -> tuple[Held, ...]:
    """The categories or passes of such a text."""
    return tuple(Held(name, _day(first), _day(last)) for name, first, last in json.loads(text))


def names_on(text: str, day: date) -> frozenset[str]:
    """The names that hold on a day."""
    return held_on(read_held(text), day) if text != NOTHING else _NOBODY


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
