"""The mind of the reservations in the office: one meal's list at a time, and what is looked for in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import Meal
from pos.domain.reservations import ReservationOver, State
from pos.i18n import _
from pos.services.reservation_list import Listed, MealList, ReservationList
from ui import messages
from ui.presenting import Lane, Notices
from ui.reservations.told import words_of


@dataclass(frozen=True, slots=True)
class Shown:
    """The section at one moment. `found` is None until the store has answered; `lines` are those that fit the text.

    `known` are the members whom the store found by each word of it: names that are spelt, telephones, doors.
    """

    day: date | None = None
    meal: Meal = Meal.LUNCH
    text: str = ""
    found: MealList | None = None
    lines: tuple[Listed, ...] = ()
    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """What is looked for: every word must fit."""
        return tuple(unicodedata.normalize("NFKC", self.text).lower().split())


class ReservationsView(Protocol):
    """The face of the section."""

    def show_list(self, shown: Shown) -> None:
        """Paint it."""
        ...


class ReservationsPresenter:
    """Reads a list when another day or meal is looked at, and when something was done."""

    def __init__(
        self,
        view: ReservationsView,
        notices: Notices,
        lists: ReservationList,
        lane: Lane,
        next_day: Callable[[], date],
        *,
        change: Callable[[Listed, MealList], None],
        cancel: Callable[[Listed, MealList], None],
    ) -> None:
        """`change` and `cancel` are told which reservation of which list shall be changed or given up."""
        self._view = view
        self._notices = notices
        self._lists = lists
        self._lane = lane
        self._next_day = next_day
        self._change = change
        self._cancel = cancel
        self._shown = Shown()

    @property
    def shown(self) -> Shown:
        """What is shown."""
        return self._shown

    def open(self) -> None:
        """Read the list anew; at first it is that of the next day."""
        if self._shown.day is None:
            self._lane.run(self._next_day, lambda day: self._look(day=day), self._failed)
        else:
            self._look()

    def step(self, days: int) -> None:
        """Another day."""
        if self._shown.day is not None:
            self._look(day=self._shown.day + timedelta(days=days))

    def choose_meal(self, meal: Meal) -> None:
        """Another meal of the day."""
        self._look(meal=meal)

    def typed(self, text: str) -> None:
        """What is looked for changed: the words of the list answer at once, the store about spelt names a little later."""
        self._show(text=text)
        self._ask_known()

    def change(self, at: int) -> None:
        """Change the reservation of this line, unless its day is over."""
        found = self._shown.found
        if found is not None and found.day < found.today and self._shown.lines:
            self._notices.show_message(messages.note(_("This day is over."), _("Its meals are settled when the day is closed.")))
        else:
            self._do(at, self._change)

    def cancel(self, at: int) -> None:
        """Give the reservation of this line up."""
        self._do(at, self._cancel)

    def _do(self, at: int, deed: Callable[[Listed, MealList], None]) -> None:
        found = self._shown.found
        if found is None or not 0 <= at < len(self._shown.lines):
            return
        listed = self._shown.lines[at]
        if listed.reservation.state is not State.BOOKED:
            self._failed(ReservationOver(listed.reservation.member_name, listed.reservation.state))
            return
        self._notices.clear_message()
        deed(listed, found)

    def _look(self, **where: Any) -> None:
        other = any(getattr(self._shown, name) != value for name, value in where.items())
        self._show(**where, **({"found": None, "known": {}} if other else {}))
        day, meal = self._shown.day, self._shown.meal
        if day is not None:
            self._lane.run(lambda: self._lists.of(day, meal), self._came, self._failed)

    def _came(self, found: MealList) -> None:
        if (found.day, found.meal) == (self._shown.day, self._shown.meal):
            self._show(found=found)
            self._ask_known()

    def _ask_known(self) -> None:
        """Ask the store for words that nobody asked it for on this list."""
        day, meal = self._shown.day, self._shown.meal
        for word in self._shown.words:
            if day is not None and word not in self._shown.known:
                self._lane.run(
                    lambda word=word: self._lists.found(day, meal, word),  # type: ignore[misc]
                    lambda members, word=word: self._known(day, meal, word, members),  # type: ignore[misc]
                    self._failed,
                )

    def _known(self, day: date, meal: Meal, word: str, members: frozenset[str]) -> None:
        if (day, meal) == (self._shown.day, self._shown.meal):
            self._show(known={**self._shown.known, word: members})

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        self._shown = replace(self._shown, **changed)
        self._shown = replace(self._shown, lines=_fitting(self._shown))
        self._view.show_list(self._shown)


def _fitting(shown: Shown) -> tuple[Listed, ...]:
    if shown.found is None:
        return ()
    if not shown.words:
        return shown.found.listed
    return tuple(one for one in shown.found.listed if _fits(shown, one))


def _fits(shown: Shown, one: Listed) -> bool:
    said = words_of(one)
    return all(word in said or one.reservation.member_id in shown.known.get(word, ()) for word in shown.words)
