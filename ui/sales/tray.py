"""The tray: which dishes a diner has taken, how many of each, and which of them the +/- keys act on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.errors import Refusal
from pos.domain.menu import Menu
from pos.domain.pricing import Basket, BasketItem
from pos.domain.sales import MOST_PORTIONS
from pos.domain.set_meals import check_chosen, eaten

Portions = tuple[tuple[str, int], ...]
"""Dish ids and how many portions of each, in the order in which they were chosen."""

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""The dishes of set meals, by the set's dish id; a set that is not in it has the first of each shelf."""


@dataclass(frozen=True, slots=True)
class Tray:
    """Dishes chosen so far. `usual`: it is the diner's usual meal as the till laid it out, nobody touched it yet."""

    portions: Portions = ()
    in_hand: str = ""
    usual: bool = False
    chosen: Chosen = ()

    def count(self, dish_id: str) -> int:
        """Portions of one dish."""
        return dict(self.portions).get(dish_id, 0)

    def choose(self, dish_id: str) -> Tray:
        """One portion more; a dish that is not part of an untouched usual meal takes the place of that meal."""
        if self.usual and not self.count(dish_id):
            return Tray(((dish_id, 1),), dish_id)  # whatever was chosen for that meal goes with it
        return self.put(dish_id, self.count(dish_id) + 1)

    def put(self, dish_id: str, quantity: int) -> Tray:
        """So many portions of a dish, at least none and at most MOST_PORTIONS; none takes it off the tray."""
        counts = dict(self.portions) | {dish_id: min(max(quantity, 0), MOST_PORTIONS)}
        left = tuple((one, count) for one, count in counts.items() if count)
        chosen = tuple(one for one in self.chosen if one[0] in dict(left))
        if any(one == dish_id for one, _ in left):
            return Tray(left, dish_id, chosen=chosen)
        return Tray(left, left[-1][0] if left else "", chosen=chosen)

    def pick(self, dish_id: str, dishes: tuple[str, ...]) -> Tray:
        """The same tray with these dishes for a set meal that stands on it; nobody's usual meal any more."""
        others = tuple(one for one in self.chosen if one[0] != dish_id)
        return replace(self, in_hand=dish_id, usual=False, chosen=(*others, (dish_id, dishes)))

    def picked(self, dish_id: str) -> tuple[str, ...]:
        """What was chosen for a set meal; nothing where nobody chose."""
        return dict(self.chosen).get(dish_id, ())

    def take_in_hand(self, dish_id: str) -> Tray:
        """The same tray with another dish under the +/- keys."""
        return replace(self, in_hand=dish_id) if self.count(dish_id) else self

    def next_in_hand(self, step: int) -> Tray:
        """The same tray with the dish `step` lines further down in hand, stopping at the ends."""
        dishes = [dish_id for dish_id, _ in self.portions]
        if not dishes:
            return self
        at = dishes.index(self.in_hand) if self.in_hand in dishes else 0
        return replace(self, in_hand=dishes[min(max(at + step, 0), len(dishes) - 1)])

    def only(self, menu: Menu) -> Tray:
        """What is left of the tray when what the menu does not offer is taken off, and put out of set meals."""
        offered = {offer.dish_id for offer in menu.offers}
        left = tuple((dish_id, count) for dish_id, count in self.portions if dish_id in offered)
        chosen = tuple(one for one in self.chosen if _can_be_had(menu, *one))
        if left == self.portions:
            return self if chosen == self.chosen else replace(self, chosen=chosen)
        return Tray(left, left[-1][0] if left else "", chosen=chosen)

    def basket(self, menu: Menu) -> Basket:
        """The tray at the list prices of a menu that offers all of it."""
        offers = {offer.dish_id: offer for offer in menu.offers}
        dishes = ((offers[dish_id], count) for dish_id, count in self.portions)
        return tuple(
            BasketItem(
                one.dish_id, one.name, one.kind, one.price, count, chosen=eaten(one, menu, self.picked(one.dish_id))
            )
            for one, count in dishes
        )


def _can_be_had(menu: Menu, dish_id: str, dishes: tuple[str, ...]) -> bool:
    offer = next((offer for offer in menu.offers if offer.dish_id == dish_id), None)
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
