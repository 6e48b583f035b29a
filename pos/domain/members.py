"""Members: who they are, how old they are on a day, and what their wallets hold."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from pos.domain.cards import CardUid
from pos.domain.errors import CardState
from pos.domain.money import Fen


class MemberStatus(StrEnum):
    """Whether a member eats here."""

    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"
    DECEASED = "deceased"


class AgeStarts(StrEnum):
    """From which day a new age counts; rule sets differ (domain.md section 3)."""

    BIRTHDAY = "birthday"
    DAY_AFTER = "day_after"
    NEXT_MONTH = "next_month"


@dataclass(frozen=True, slots=True)
class Member:
    """A person known by name, as of one day: what a sale on that day asks for. `birth_date` is None for a guest who
    did not say. `hukou` and `residence` are paths from the city down; `passes` are the ids of passes that hold.
    """

    id: str
    name: str
    birth_date: date | None
    phone: str
    status: MemberStatus = MemberStatus.ACTIVE
    categories: frozenset[str] = frozenset()
    photo: bytes | None = field(default=None, repr=False)
    hukou: str = ""
    residence: str = ""
    diets: frozenset[str] = frozenset()
    passes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """A card and whose it is. The balance lives in the store, never on the card."""

    uid: CardUid
    member_id: str
    state: CardState = CardState.ACTIVE


@dataclass(frozen=True, slots=True)
class Wallet:
    """What a member owns here, in fen. Only `principal` is ever paid back."""

    member_id: str
    principal: Fen
    bonus: Fen
    held: Fen = 0

    @property
    def spendable(self) -> Fen:
        """Principal and bonus together, in fen."""
        return self.principal + self.bonus


@dataclass(frozen=True, slots=True)
class MemberHit:
    """One line of a search: enough to tell two people of one name apart; `bonus` is a part of `spendable`."""

    id: str
    name: str
    age: int | None
    phone_tail: str
    card_tail: str
    spendable: Fen
    status: MemberStatus
    bonus: Fen = 0
    address: str = ""

    @property
    def principal(self) -> Fen:
        """What of it was paid in, in fen."""
        return self.spendable - self.bonus


def age_on(birth_date: date, day: date, starts: AgeStarts = AgeStarts.BIRTHDAY) -> int:
    """Full years on a civil day.

    `starts` moves the day from which the new age counts: the birthday itself, the day after, or the first of
    the next month. Somebody born on 29 February has the birthday on 1 March of a common year; a period that
    ends with that day ends on 28 February, the month's end (Civil Code 202; domain.md section 3).
    """
    birthday = (birth_date.month, birth_date.day)
    if starts is not AgeStarts.BIRTHDAY:
        day = day - timedelta(days=1) if starts is AgeStarts.DAY_AFTER else day.replace(day=1) - timedelta(days=1)
        if birthday == (2, 29) and not isleap(day.year):
            birthday = (2, 28)
    return day.year - birth_date.year - ((day.month, day.day) < birthday)
