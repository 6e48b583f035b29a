"""The time line of tariffs: what was published, which set holds on which days, and drafts in the making."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.errors import Refusal

A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Published:
    """A published set. `seq` counts the publications; of sets that cover a day the one published last holds."""

    seq: int
    id: str
    title: str
    valid_from: date
    valid_to: date | None
    text: str
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class TariffDraft:
    """A set in the making. `revision` counts its savings, so that nobody writes over another's work."""

    id: str
    title: str
    text: str
    revision: int
    by: str
    at_ms: int


@dataclass(frozen=True, slots=True)
class Span:
    """Days (both included; None has no end) on which one published set holds."""

    seq: int
    first: date
    last: date | None


@dataclass(eq=False)
class DraftGone(Refusal):
    """The draft was published or thrown away at another counter."""


@dataclass(eq=False)
class DraftChanged(Refusal):
    """Somebody else saved the draft since it was opened."""

    name: str


@dataclass(eq=False)
class TariffIdTaken(Refusal):
    """A set of this id was published before; claims tell sets apart by it."""

    tariff_id: str


@dataclass(eq=False)
class PublishedTooEarly(Refusal):
    """A set would hold from a day that is over: what was sold then is priced."""

    today: str


def spans(published: Iterable[Published]) -> tuple[Span, ...]:
    """Which set holds when, in the order of the days; consecutive days of one set together."""
    sets = sorted(published, key=lambda one: one.seq)
    starts = {one.valid_from for one in sets} | {one.valid_to + A_DAY for one in sets if one.valid_to}
    days = sorted(starts)
    found: list[Span] = []
    for number, first in enumerate(days):
        last = days[number + 1] - A_DAY if number + 1 < len(days) else None
        holds = next((one for one in reversed(sets) if _covers(one, first)), None)
        if holds is None:
            continue
        before = found[-1] if found else None
        if before and before.seq == holds.seq and before.last == first - A_DAY:
            found[-1] = Span(holds.seq, before.first, last)
        else:
            found.append(Span(holds.seq, first, last))
    return tuple(found)


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """The id itself, or with the first number behind it that nobody has: 'putuo-2'."""
    ids = set(taken)
    if wanted not in ids:
        return wanted
    stem, _dash, number = wanted.rpartition("-")
    stem = stem if number.isdigit() and len(number) < 4 and stem else wanted
    return next(name for count in range(2, len(ids) + 3) if (name := f"{stem}-{count}") not in ids)


def _covers(one: Published, day: date) -> bool:
    return one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)
