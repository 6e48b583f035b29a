"""Choosing the dishes of a set meal: which key takes which dish, and what it takes the place of; without a window."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.menu import Menu, Offer
from pos.domain.set_meals import Choice, choices
from ui.sales.shelves import MOST_TILES

COLUMNS = 4
ROWS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """Some dishes of one part, side by side; `part` counts from 0, and the first row of a part bears its name."""

    part: int
    offers: tuple[Offer, ...]
    first: bool


@dataclass(frozen=True, slots=True)
class SetChoice:
    """A set meal and what is taken for each of its parts, in the order in which it was taken."""

    offer: Offer
    choices: tuple[Choice, ...]
    taken: tuple[tuple[str, ...], ...]
    page: int = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows of the page that is shown."""
        return self._pages()[self.page]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self._pages())

    @property
    def shown(self) -> tuple[Offer, ...]:
        """The dishes of the page, in the order of their keys."""
        return tuple(offer for row in self.rows for offer in row.offers)

    @property
    def missing(self) -> tuple[Choice, int] | None:
        """The first part that is not whole yet, and how many dishes it lacks; None where all are."""
        for choice, taken in zip(self.choices, self.taken, strict=True):
            if len(taken) < choice.count:
                return choice, choice.count - len(taken)
        return None

    @property
    def dish_ids(self) -> tuple[str, ...]:
        """All that is taken."""
        return tuple(dish_id for taken in self.taken for dish_id in taken)

    def toggled(self, place: int) -> SetChoice:
        """A dish of the page, by its place: put back where it was taken, else taken.

        A part that is whole lets its oldest dish go for the new one: a wish is one key and not two.
        """
        if not 0 <= place < len(self.shown):
            return self
        dish_id = self.shown[place].dish_id
        at = next(number for number, choice in enumerate(self.choices) if dish_id in {one.dish_id for one in choice.offers})
        taken, count = self.taken[at], self.choices[at].count
        if dish_id in taken:
            now = tuple(one for one in taken if one != dish_id)
        else:
            now = (*taken, dish_id)[-count:]
        return replace(self, taken=(*self.taken[:at], now, *self.taken[at + 1 :]))

    def turned(self, step: int) -> SetChoice:
        """Another page, round and round."""
        return replace(self, page=(self.page + step) % self.pages)

    def _pages(self) -> tuple[tuple[Row, ...], ...]:
        """As many rows as there is room for, and no more dishes than there are keys."""
        pages: list[list[Row]] = [[]]
        for row in self._all_rows():
            held = sum(len(one.offers) for one in pages[-1])
            if len(pages[-1]) == ROWS or held + len(row.offers) > MOST_TILES:
                pages.append([])
            pages[-1].append(row)
        return tuple(tuple(page) for page in pages)

    def _all_rows(self) -> list[Row]:
        return [
            Row(part, choice.offers[start : start + COLUMNS], start == 0)
            for part, choice in enumerate(self.choices)
            for start in range(0, len(choice.offers), COLUMNS)
        ]


def set_choice(offer: Offer, menu: Menu, chosen: tuple[str, ...]) -> SetChoice:
    """Begin with what was chosen before, else with the first dishes of each shelf."""
    parts = choices(offer, menu)
    taken = tuple(
        tuple(one.dish_id for one in choice.offers if one.dish_id in chosen)
        if chosen
        else tuple(one.dish_id for one in choice.offers[: choice.count])
        for choice in parts
    )
    return SetChoice(offer, parts, taken)
