"""Lists over all members: every balance owed, who runs low, whose card sleeps, what may be asked back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.members import MemberStatus
from pos.domain.money import Fen
from pos.domain.pricing import Tender

COMES_WITHIN_DAYS = 60
"""Whoever ate within these days comes to the canteen; of others a low balance is no news."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What the canteen owes one member (fen), how to reach them, and when they last ate; never a whole card number.

    `last_due` is what the last meal cost them (fen, 0 where it is not known), `since` the day they were enrolled.
    """

    member_id: str
    name: str
    status: MemberStatus
    phone: str
    address: str
    contact: str
    card_tail: str
    principal: Fen
    bonus: Fen
    held: Fen
    last_use: date | None
    last_due: Fen
    since: date

    @property
    def total(self) -> Fen:
        """Principal, bonus and what is held for reservations, in fen."""
        return self.principal + self.bonus + self.held

    @property
    def meals(self) -> int | None:
        """For how many meals like the last one it is enough; None where there was none."""
        return (self.principal + self.bonus) // self.last_due if self.last_due else None


@dataclass(frozen=True, slots=True)
class Recent:
    """A top-up of the last days of which principal (fen) is left: until `until` it is paid back without a reason."""

    member_id: str
    name: str
    phone: str
    number: str
    paid_on: date
    until: date
    tender: Tender
    principal: Fen
    bonus: Fen
    principal_left: Fen
    bonus_left: Fen


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of a list, in fen."""

    principal: Fen
    bonus: Fen
    held: Fen = 0

    @property
    def total(self) -> Fen:
        """All of it, in fen."""
        return self.principal + self.bonus + self.held


def sums(lines: Iterable[Owed]) -> Sums:
    """What stands under a list of balances."""
    every = tuple(lines)
    return Sums(sum(one.principal for one in every), sum(one.bonus for one in every), sum(one.held for one in every))


def owing(lines: Iterable[Owed]) -> tuple[Owed, ...]:
    """Everybody to whom anything is owed."""
    return tuple(one for one in lines if one.total)


def low(lines: Iterable[Owed], meals: int, today: date) -> tuple[Owed, ...]:
    """Whoever comes and has money for fewer meals than this, the poorest first."""
    since = today - timedelta(days=COMES_WITHIN_DAYS)
    coming = (
        one
        for one in lines
        if one.status is MemberStatus.ACTIVE
        and one.last_use is not None
        and one.last_use >= since
        and one.meals is not None
        and one.meals < meals
    )
    return tuple(sorted(coming, key=lambda one: (one.meals or 0, one.principal + one.bonus)))


def dormant(lines: Iterable[Owed], months: int, today: date) -> tuple[Owed, ...]:
    """Whoever has money here and did not eat for so many months, the longest asleep first."""
    before = months_before(today, months)
    asleep = (one for one in lines if one.total and (one.last_use or one.since) <= before)
    return tuple(sorted(asleep, key=lambda one: one.last_use or one.since))


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last day of a shorter month."""
    at = day.year * 12 + day.month - 1 - months
    first = date(at // 12, at % 12 + 1, 1)
    end = date((at + 1) // 12, (at + 1) % 12 + 1, 1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), end)
