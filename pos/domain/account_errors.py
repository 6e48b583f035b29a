"""What is refused of money in and money out beyond the sale: facts, as in pos/domain/errors.py."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import Refusal


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
