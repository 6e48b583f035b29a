"""What is refused of cards, money in and money out beyond the sale: facts, as in pos/domain/errors.py."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import CardState, Refusal


@dataclass(eq=False)
class MemberTwice(Refusal):
    """A list names this member in two rows."""

    name: str


@dataclass(eq=False)
class BatchRefused(Refusal):
    """Of a list's `rows` so many cannot be booked; `first` is the number of the first of them, from 1."""

    refused: int
    first: int
    rows: int


@dataclass(eq=False)
class BatchChanged(Refusal):
    """Another list was booked under this id, paid by `payer`."""

    payer: str


# -- cards -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class CardNotThus(Refusal):
    """This cannot happen to a card in this state."""

    printed: str
    state: CardState


@dataclass(eq=False)
class HasCard(Refusal):
    """The member has a card in use."""

    name: str
    printed: str


@dataclass(eq=False)
class NoCard(Refusal):
    """The member has no card that this could be done to."""

    name: str


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """This is done only for a reason that stays in the books."""


@dataclass(eq=False)
class PoolCard(Refusal):
    """The card belongs to the pool of cards that are lent for a meal."""

    printed: str


@dataclass(eq=False)
class NotPoolCard(Refusal):
    """The card does not belong to the pool of cards that are lent for a meal."""

    printed: str


@dataclass(eq=False)
class LentToOther(Refusal):
    """The card is lent to somebody else for this very meal."""

    printed: str
    name: str


@dataclass(eq=False)
class LoanOver(Refusal):
    """The card was lent to `name` for an earlier meal, or to nobody ('')."""

    printed: str
    name: str
