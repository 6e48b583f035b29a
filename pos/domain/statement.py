"""A member's statement: what the card held, every movement with what it held after, and what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.ledger import EntryKind
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import Tender


@dataclass(frozen=True, slots=True)
class Balance:
    """What a member owns at one moment, or what one movement adds to it; amounts in fen."""

    principal: Fen = 0
    bonus: Fen = 0
    held: Fen = 0

    @property
    def total(self) -> Fen:
        """Principal, bonus and what is held for reservations, in fen."""
        return self.principal + self.bonus + self.held

    def plus(self, other: Balance) -> Balance:
        """Both together."""
        return Balance(self.principal + other.principal, self.bonus + other.bonus, self.held + other.held)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement: which paper, when, what, by how much (fen, in is positive), and the balance after it.

    `meal` is that of a sale, `tender` how money came in or went out, `note` an offer, a payer or another member.
    A reversal says which kind of entry it undoes, and its number.
    """

    number: str
    business_date: date
    at_ms: int
    kind: EntryKind
    moved: Balance
    after: Balance
    meal: Meal | None = None
    tender: Tender | None = None
    note: str = ""
    undoes: EntryKind | None = None
    undoes_number: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A member's movements from `start` to `end`, both days included (business dates), oldest first."""

    member_id: str
    member_name: str
    card_tail: str
    start: date
    end: date
    opening: Balance
    lines: tuple[StatementLine, ...]

    @property
    def closing(self) -> Balance:
        """What the card held at the end of the last day; up to today it is what the wallet holds."""
        return self.lines[-1].after if self.lines else self.opening

    @property
    def topped_up(self) -> Fen:
        """All top-ups with their bonus, in fen; what was undone counts for nothing."""
        return self._sum(EntryKind.TOP_UP)

    @property
    def eaten(self) -> Fen:
        """All meals, in fen; what was undone counts for nothing."""
        return -self._sum(EntryKind.SALE)

    @property
    def other(self) -> Fen:
        """What else came in (positive) or went out, in fen."""
        return self.closing.total - self.opening.total - self.topped_up + self.eaten

    def _sum(self, kind: EntryKind) -> Fen:
        return sum(line.moved.total for line in self.lines if (line.undoes or line.kind) is kind)


@dataclass(frozen=True, slots=True)
class MealsLeft:
    """A balance (fen) counted in meals at the diner's usual price (fen, 0 when not known)."""

    balance: Fen
    usual_price: Fen

    @property
    def meals(self) -> int:
        """Whole meals that the balance pays for; 0 when no price is known."""
        return self.balance // self.usual_price if self.usual_price else 0


def statement_subject(member_id: str, start: date, end: date) -> str:
    """How the outbox names a statement."""
    return f"{member_id} {start.isoformat()} {end.isoformat()}"


def of_subject(subject: str) -> tuple[str, date, date]:
    """Whose statement an outbox names, and from which day to which."""
    member_id, start, end = subject.rsplit(" ", 2)
    return member_id, date.fromisoformat(start), date.fromisoformat(end)
