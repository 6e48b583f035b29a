"""The tray: which dishes a diner has taken, how many of each, and which of them the +/- keys act on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.errors import Refusal
from pos.domain.menu import Menu
from pos.domain.pricing import Basket, BasketItem
from pos.domain.sales import MOST_PORTIONS
from pos.domain.set_meals import check_chosen, eaten

Portions = tuple[tuple[str, int], ...]
"""Lines and how many portions of each, in the order in which they were chosen."""

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""The dishes of set meals, by line; a set that is not in it has the first of each shelf."""

_AGAIN = "#"
"""A line is called by its dish's id; further ones of a set meal with other dishes have this and a number behind it."""


def dish_of(line: str) -> str:
    """The dish of a line."""
    return line.partition(_AGAIN)[0]


@dataclass(frozen=True, slots=True)
class Tray:
    """Dishes chosen so far. `usual`: it is the diner's usual meal as the till laid it out, nobody touched it yet."""

    portions: Portions = ()
    in_hand: str = ""
    usual: bool = False
    chosen: Chosen = ()

    def count(self, line: str) -> int:
        """Portions of one line."""
        return dict(self.portions).get(line, 0)

    def lines_of(self, dish_id: str) -> tuple[str, ...]:
        """The lines of a dish: several where a set meal stands there with other dishes."""
        return tuple(line for line, _count in self.portions if dish_of(line) == dish_id)

    def count_of(self, dish_id: str) -> int:
        """Portions of a dish on all of its lines."""
        return sum(self.count(line) for line in self.lines_of(dish_id))

    @property
    def dishes(self) -> Portions:
        """The lines by their dishes, as the till knows them."""
        return tuple((dish_of(line), count) for line, count in self.portions)

    def choose(self, dish_id: str) -> Tray:
        """One portion more; a dish that is not part of an untouched usual meal takes the place of that meal."""
        if self.usual and not self.count(dish_id):
            return Tray(((dish_id, 1),), dish_id)  # whatever was chosen for that meal goes with it
        return self.put(dish_id, self.count(dish_id) + 1)

    def put(self, line: str, quantity: int) -> Tray:
        """So many portions on a line, at least none and at most MOST_PORTIONS; none takes it off the tray."""
        counts = dict(self.portions) | {line: min(max(quantity, 0), MOST_PORTIONS)}
        left = tuple((one, count) for one, count in counts.items() if count)
        chosen = tuple(one for one in self.chosen if one[0] in dict(left))
        if any(one == line for one, _ in left):
            return Tray(left, line, chosen=chosen)
        return Tray(left, left[-1][0] if left else "", chosen=chosen)

    def put_set(self, dish_id: str, dishes: tuple[str, ...]) -> Tray:
        """One portion of a set meal with these dishes on a line of its own."""
        if self.usual and not self.lines_of(dish_id):
            return Tray().put_set(dish_id, dishes)
        names = (dish_id, *(f"{dish_id}{_AGAIN}{number}" for number in range(2, len(self.portions) + 2)))
        line = next(name for name in names if not self.count(name))
        return self.put(line, 1).pick(line, dishes)

    def pick(self, line: str, dishes: tuple[str, ...]) -> Tray:
        """The same tray with these dishes for a set meal that stands on it; nobody's usual meal any more."""
        others = tuple(one for one in self.chosen if one[0] != line)
        return replace(self, in_hand=line, usual=False, chosen=(*others, (line, dishes)))

    def picked(self, line: str) -> tuple[str, ...]:
        """What was chosen for a set meal; nothing where nobody chose."""
        return dict(self.chosen).get(line, ())

    def take_in_hand(self, line: str) -> Tray:
        """The same tray with another line under the +/- keys."""
        return replace(self, in_hand=line) if self.count(line) else self

    def next_in_hand(self, step: int) -> Tray:
        """The same tray with the line `step` further down in hand, stopping at the ends."""
        lines = [line for line, _ in self.portions]
        if not lines:
            return self
        at = lines.index(self.in_hand) if self.in_hand in lines else 0
        return replace(self, in_hand=lines[min(max(at + step, 0), len(lines) - 1)])

    def only(self, menu: Menu) -> Tray:
        """What is left of the tray when what the menu does not offer is taken off, and put out of set meals."""
        offered = {offer.dish_id for offer in menu.offers}
        left = tuple((line, count) for line, count in self.portions if dish_of(line) in offered)
        chosen = tuple(one for one in self.chosen if _can_be_had(menu, *one))
        if left == self.portions:
            return self if chosen == self.chosen else replace(self, chosen=chosen)
        return Tray(left, left[-1][0] if left else "", chosen=chosen)

    def basket(self, menu: Menu) -> Basket:
        """The tray at the list prices of a menu that offers all of it."""
        offers = {offer.dish_id: offer for offer in menu.offers}
        lines = ((line, offers[dish_of(line)], count) for line, count in self.portions)
        return tuple(
            BasketItem(one.dish_id, one.name, one.kind, one.price, count, chosen=eaten(one, menu, self.picked(line)))
            for line, one, count in lines
        )


def _can_be_had(menu: Menu, line: str, dishes: tuple[str, ...]) -> bool:
    offer = next((offer for offer in menu.offers if offer.dish_id == dish_of(line)), None)
    if offer is None:
        return False
    try:
        check_chosen(offer, menu, dishes)
    except Refusal:
        return False
    return True


EMPTY = Tray()


def usual_tray(portions: Portions) -> Tray:
    """The diner's usual meal, laid out and marked as such."""
    return Tray(portions, portions[-1][0] if portions else "", usual=bool(portions))
