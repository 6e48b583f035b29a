"""The summary of a claim: its lines added up by age, category, community and way, and the heads that were counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.claims import ClaimLine
from pos.domain.money import Fen
from pos.domain.pricing import Way

AGE_BANDS = ((0, 59), (60, 69), (70, 79), (80, 89), (90, None))
"""Ages by decade, as the summaries of the districts have them; the last band is open."""


class GroupBy(StrEnum):
    """What lines are added up by."""

    AGE = "age"
    CATEGORY = "category"
    COMMUNITY = "community"
    WAY = "way"


@dataclass(frozen=True, slots=True)
class Sum:
    """Lines added up: meals (corrections count -1), people, and amounts in fen."""

    meals: int = 0
    people: int = 0
    list_price: Fen = 0
    due: Fen = 0
    amount: Fen = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one key; '' is whoever has none."""

    key: str
    sum: Sum


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a claim's summary says. The groups of one kind sum to the whole.

    `person_days`: how many people were served on each day, added up (operating subsidies are often paid by it).
    `corrections` are the lines that take back what an earlier claim holds.
    """

    whole: Sum
    corrections: Sum
    person_days: int
    delivered: Sum
    groups: tuple[tuple[GroupBy, tuple[Group, ...]], ...]

    def by(self, kind: GroupBy) -> tuple[Group, ...]:
        """The groups of one kind, by key."""
        return dict(self.groups)[kind]


def figures_of(lines: Sequence[ClaimLine]) -> Figures:
    """Add up the lines of a claim."""
    served = {(_whose(line), line.day) for line in lines if line.meals > 0}
    return Figures(
        whole=sum_of(lines),
        corrections=sum_of(line for line in lines if line.meals < 0),
        person_days=len(served),
        delivered=sum_of(line for line in lines if line.way is Way.DELIVERY),
        groups=tuple((kind, _grouped(lines, key)) for kind, key in _KEYS.items()),
    )


def sum_of(lines: Iterable[ClaimLine]) -> Sum:
    """Add up some lines."""
    meals = list_price = due = amount = 0
    people: set[str] = set()
    for line in lines:
        meals += line.meals
        list_price += line.list_price
        due += line.due
        amount += line.amount
        people.add(_whose(line))
    return Sum(meals, len(people), list_price, due, amount)


def _whose(line: ClaimLine) -> str:
    """Walk-ins have no name to tell them apart: each of their meals is somebody's."""
    return line.member_id or line.sale_id


def age_band(age: int | None) -> str:
    """'80-89', '90+', or '' where no age is known."""
    if age is None:
        return ""
    for first, last in AGE_BANDS:
        if last is None or age <= last:
            return f"{first}+" if last is None else f"{first}-{last}"
    raise AssertionError("the last band is open")


def _grouped(lines: Sequence[ClaimLine], key: Callable[[ClaimLine], str]) -> tuple[Group, ...]:
    parts: dict[str, list[ClaimLine]] = {}
    for line in lines:
        parts.setdefault(key(line), []).append(line)
    return tuple(Group(name, sum_of(part)) for name, part in sorted(parts.items()))


_KEYS: dict[GroupBy, Callable[[ClaimLine], str]] = {
    GroupBy.AGE: lambda line: age_band(line.age),
    # Somebody in two categories is one person with both: counted under each, the groups would not sum.
    GroupBy.CATEGORY: lambda line: "+".join(line.categories),
    GroupBy.COMMUNITY: lambda line: line.community,
    GroupBy.WAY: lambda line: line.way.value,
}
