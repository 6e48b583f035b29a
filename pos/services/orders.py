"""An order: what the screen wishes to charge, and the basket that the store makes of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from pos.domain.capacity import check_left, is_limited, left_on
from pos.domain.errors import AboveLimit, BadQuantity, EmptyBasket, NotOnMenu
from pos.domain.menu import Meal, Menu, Offer
from pos.domain.money import Fen
from pos.domain.pricing import LONGEST_WHY, Basket, BasketItem, Tender, Waiver, WaiverNeedsReason, Way
from pos.domain.sales import MOST_PORTIONS, without_secrets
from pos.domain.set_meals import Eaten, check_chosen, eaten
from pos.ports import Store

Portions = tuple[tuple[str, int], ...]
"""Dishes by id, and how many portions of each."""

Chosen = tuple[tuple[str, tuple[str, ...]], ...]
"""The dishes of set meals, by the set's id; one that stands on the bill several times has a choice for each line."""


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to charge. `sale_id` is made when the bill begins and kept for every retry.

    `day`, `meal` and `shown_due` (fen) are what the screen showed: another day is refused with NotOnMenu, another
    price with PriceChanged. `given` is cash in fen. `again` says yes to a second sale at the same meal.
    `waiver` is what a manager lets the diner off. Of a
    `reference` with a payment code only the last four digits are kept. `chosen` are the dishes of a set meal, by the
    set's id, for one line after the other; one that is not in it has the first of each shelf.
    """

    sale_id: str
    member_id: str | None
    portions: Portions
    tender: Tender
    day: date
    meal: Meal
    shown_due: Fen
    way: Way = Way.DINE_IN
    given: Fen = 0
    reference: str = field(default="", repr=False)
    card_tail: str = ""
    again: bool = False
    waiver: Waiver | None = None
    chosen: Chosen = ()


def basket_of(store: Store, order: Order, today: date, meals: frozenset[Meal], limit: Fen) -> Basket:
    """The basket at the menu's prices of now, not at those the screen remembers.

    Raises SoldOut, and what `basket_from` raises. A screen that still shows another day or meal sells nothing: age, menu and subsidy are those of the shift's day,
    and nobody books one noon as three meals.
    """
    if order.day != today or order.meal not in meals:
        raise NotOnMenu(tuple(_portions(order.portions)))
    menu = menu_left(store, today, order.meal)
    basket = basket_from(menu, order.portions, limit, order.chosen)
    if is_limited(menu, basket):
        # Counted again in turn: two tills may both be about to sell the last portion.
        store.reservations.lock_meal(today, order.meal)
        check_left(menu_left(store, today, order.meal), None, {}, basket)
    return basket


def menu_left(store: Store, day: date, meal: Meal) -> Menu:
    """A meal's menu with what is left of each dish, by what was booked and sold so far, in the place of its limit."""
    menu = store.menu.menu(day, meal)
    if all(one.capacity is None for one in menu.offers):
        return menu
    return left_on(menu, store.reservations.taken_portions(day, meal))


def basket_from(menu: Menu, portions: Portions, limit: Fen, chosen: Chosen = ()) -> Basket:
    """The basket at the prices of a menu with what is left.

    Raises NotOnMenu, SoldOut for a dish chosen in a set meal, WrongChoice, BadQuantity, EmptyBasket or AboveLimit.
    """
    counts = _portions(portions)
    offers = {offer.dish_id: offer for offer in menu.offers}
    missing = tuple(dish_id for dish_id in counts if dish_id not in offers)
    if missing:
        raise NotOnMenu(missing)
    lines: Counter[tuple[str, Eaten]] = Counter()
    for (dish_id, quantity), dishes in zip(portions, _in_turn(portions, chosen), strict=True):
        if dishes:
            check_chosen(offers[dish_id], menu, dishes)
        lines[dish_id, eaten(offers[dish_id], menu, dishes)] += quantity
    basket = tuple(_item(offers[dish_id], quantity, dishes) for (dish_id, dishes), quantity in lines.items())
    list_price = sum(item.amount for item in basket)
    if not list_price:
        raise EmptyBasket
    if list_price > limit:
        raise AboveLimit(list_price, limit)
    return basket


def _item(offer: Offer, quantity: int, dishes: Eaten) -> BasketItem:
    return BasketItem(offer.dish_id, offer.name, offer.kind, offer.price, quantity, chosen=dishes)


def _in_turn(portions: Portions, chosen: Chosen) -> Iterator[tuple[str, ...]]:
    """What was chosen for each line; where a set meal has more lines than choices, its last one holds for the others."""
    left: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for dish_id, dishes in chosen:
        left[dish_id].append(dishes)
    for dish_id, _quantity in portions:
        choices = left[dish_id]
        yield (choices.pop(0) if len(choices) > 1 else choices[0]) if choices else ()


def _portions(chosen: Portions) -> dict[str, int]:
    """Portions by dish, in the order of the tray; a dish that was chosen twice counts together."""
    portions: dict[str, int] = {}
    for dish_id, quantity in chosen:
        portions[dish_id] = portions.get(dish_id, 0) + quantity
        if quantity <= 0 or portions[dish_id] > MOST_PORTIONS:
            raise BadQuantity(quantity, MOST_PORTIONS)
    if not portions:
        raise EmptyBasket
    return portions


def check_reason(waiver: Waiver) -> None:
    """A waiver says why, in words that fit on the roll. Raises WaiverNeedsReason."""
    if not 0 < len(waiver.why.strip()) <= LONGEST_WHY:
        raise WaiverNeedsReason(LONGEST_WHY)


def kept_waiver(waiver: Waiver | None) -> Waiver | None:
    """The waiver as it is stored and printed: no whole number of an account or a document in its reason."""
    return waiver and replace(waiver, why=without_secrets(waiver.why))
