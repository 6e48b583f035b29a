"""What reservations need from the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from pos.domain.address import Address
from pos.domain.menu import Meal
from pos.domain.reservations import Reservation, State


class ReservationRows(Protocol):
    """Reservations: written once, ended once, never deleted."""

    def get(self, reservation_id: str) -> Reservation | None:
        """A reservation as it is now."""
        ...

    def waiting(self, member_id: str, day: date, meal: Meal) -> Reservation | None:
        """The member's reservation for a meal that is neither fetched, cancelled nor missed."""
        ...

    def sold(self, sale_id: str) -> Reservation | None:
        """The reservation that ended as this sale."""
        ...

    def of_day(self, day: date, meal: Meal | None = None, state: State | None = None) -> tuple[Reservation, ...]:
        """The reservations for a day, of all states or one, in the order in which they were booked."""
        ...

    def addresses(self, day: date, meal: Meal) -> Mapping[str, Address]:
        """Where those live who ever reserved a meal, by member."""
        ...

    def found(self, day: date, meal: Meal, word: str) -> frozenset[str]:
        """Those who ever reserved a meal and of whom some search key begins with a lower-case word."""
        ...

    def of_member(self, member_id: str, first: date, last: date | None = None) -> tuple[Reservation, ...]:
        """A member's reservations of all states for the days from `first` to `last`, by day and meal."""
        ...

    def taken_portions(self, day: date, meal: Meal) -> Mapping[str, int]:
        """Portions by dish, in set meals too, that were booked for a meal and not cancelled, or sold without a
        reservation and not undone; under '' the number of reservations.
        """
        ...

    def booked_since(self, day: date, meal: Meal, at_ms: int) -> int:
        """How many of those not cancelled were booked after an instant (UTC, ms), standing orders left out."""
        ...

    def at_counter(self, day: date, meal: Meal) -> tuple[int, int]:
        """How many that wait for a meal come to the counter, and how many were sold there without a reservation."""
        ...

    def lock_meal(self, day: date, meal: Meal) -> None:
        """Let nobody else book for this meal until the transaction ends: capacity is counted behind it."""
        ...

    def add(self, reservation: Reservation, staff_id: str) -> None:
        """Store a reservation whose hold was posted in this transaction. Raises BookedAlready."""
        ...

    def add_all(self, reservations: Sequence[Reservation], staff_id: str) -> None:
        """Store many; `add` in one go."""
        ...

    def end(self, reservation: Reservation, before: State = State.BOOKED) -> None:
        """Store how a reservation ended (`state`, `ended_ms`, `ended_by`, `sale_id`, `why`), and its `hold_id`.

        `before` is the state it had: that of a delivery may be corrected, and what was fetched waits again, with
        another hold, when its sale is undone. Raises ReservationOver when it changed meanwhile.
        """
        ...
