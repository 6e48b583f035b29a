"""What deliveries need from the store: results of stops, boxes, cases, and the close of a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from pos.domain.bill import Way
from pos.domain.cases import Case, CaseKind, LivingAlone, StepTaken
from pos.domain.day_close import DayClose
from pos.domain.deliveries import BoxHolder, BoxMove, Result, Stop
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.reservations import State


class DeliveryRows(Protocol):
    """Results of stops and the boxes that go with them; append-only. A result holds until another one corrects it."""

    def get(self, result_id: str) -> Result | None:
        """A result, whether it still holds or not."""
        ...

    def holding(self, reservation_id: str) -> Result | None:
        """The result of a stop that holds, or None."""
        ...

    def of_day(self, day: date) -> tuple[Result, ...]:
        """The results that hold of a day's stops, in the order they were noted."""
        ...

    def stops(self, day: date, meal: Meal) -> tuple[Stop, ...]:
        """Everything that is to be brought at a meal, cancelled stops left out, in the order of the addresses."""
        ...

    def counts(self, day: date, meal: Meal) -> Mapping[tuple[Way, State], int]:
        """How many reservations of a meal there are of each way in each state."""
        ...

    def add(self, result: Result) -> None:
        """Store a result. A stop has one that holds, whatever the program believes."""
        ...

    def move_boxes(self, move: BoxMove) -> None:
        """Store that boxes went out or came back; the same id once."""
        ...

    def box_moved(self, move_id: str) -> bool:
        """Whether this move is stored."""
        ...

    def boxes_with(self, member_id: str) -> int:
        """How many boxes a member has."""
        ...

    def box_holders(self) -> tuple[BoxHolder, ...]:
        """Who has boxes, in walking order of the addresses."""
        ...

    def boxes_of(self, day: date) -> tuple[int, int]:
        """How many boxes went out on a day, and how many came back."""
        ...


class CaseRows(Protocol):
    """Cases and their steps; append-only."""

    def get(self, case_id: str) -> Case | None:
        """A case as it is now."""
        ...

    def about(self, kind: CaseKind, reservation_id: str) -> Case | None:
        """The case of a kind that a reservation led to, or None."""
        ...

    def open_now(self) -> tuple[Case, ...]:
        """The cases without an outcome, of whatever day, oldest first."""
        ...

    def of_day(self, day: date) -> tuple[Case, ...]:
        """The cases of a day, oldest first."""
        ...

    def add(self, case: Case) -> None:
        """Store a case; one of a kind for each reservation."""
        ...

    def add_step(self, step: StepTaken) -> None:
        """Store a step. A case has one outcome until it is opened again, whatever the program believes."""
        ...

    def alone(self, category: str, first: date, last: date, over: Sequence[Meal]) -> tuple[LivingAlone, ...]:
        """Everybody who holds a category and eats here on `last`, but did not fetch some meal between the days, with the
        meals that were reserved between them. `over` are the meals of `last` that are over; those before it all are.
        """
        ...


class DayRows(Protocol):
    """Days that were closed; append-only."""

    def lock(self, day: date) -> None:
        """Let nobody else close or correct this day until the transaction ends."""
        ...

    def share(self, day: date) -> None:
        """Let nobody close this day until the transaction ends; others may correct it meanwhile."""
        ...

    def closed(self, day: date) -> DayClose | None:
        """The close of a day, or None."""
        ...

    def away(self, day: date) -> frozenset[str]:
        """The members who have a reservation waiting for a day and do not eat here on it."""
        ...

    def settled(self, day: date) -> Fen:
        """What diners paid for the reservations of a day, taken-back sales left out, in fen."""
        ...

    def add(self, close: DayClose) -> None:
        """Store that a day was closed."""
        ...
