"""An order: what the screen wishes to charge, and the basket that the store makes of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from pos.domain.errors import AboveLimit, BadQuantity, EmptyBasket, NotOnMenu
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import LONGEST_WHY, Basket, BasketItem, Tender, Waiver, WaiverNeedsReason, Way
from pos.domain.sales import MOST_PORTIONS, without_secrets
from pos.ports import Store

Portions = tuple[tuple[str, int], ...]
"""Dishes by id, and how many portions of each."""


@dataclass(frozen=True, slots=True)
class Order:
    """A wish to charge. `sale_id` is made when the bill begins and kept for every retry.

    `day`, `meal` and `shown_due` (fen) are what the screen showed: another day is refused with NotOnMenu, another
    price with PriceChanged. `given` is cash in fen. `again` says yes to a second sale at the same meal.
    `waiver` is what a manager lets the diner off. Of a
    `reference` with a payment code only the last four digits are kept.
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


def basket_of(store: Store, order: Order, today: date, meals: frozenset[Meal], limit: Fen) -> Basket:
    """The basket at the menu's prices of now, not at those the screen remembers.

    A screen that still shows another day or meal sells nothing: age, menu and subsidy are those of the shift's day,
    and nobody books one noon as three meals.
    """
    if order.day != today or order.meal not in meals:
        raise NotOnMenu(tuple(_portions(order.portions)))
    return basket_on(store, order.portions, today, order.meal, limit)


def basket_on(store: Store, chosen: Portions, day: date, meal: Meal, limit: Fen) -> Basket:
    """The basket at the prices of a day's menu. Raises NotOnMenu, BadQuantity, EmptyBasket or AboveLimit."""
    portions = _portions(chosen)
    offers = {offer.dish_id: offer for offer in store.menu.menu(day, meal).offers}
    missing = tuple(dish_id for dish_id in portions if dish_id not in offers)
    if missing:
        raise NotOnMenu(missing)
    items = ((offers[dish_id], quantity) for dish_id, quantity in portions.items())
    basket = tuple(BasketItem(one.dish_id, one.name, one.kind, one.price, quantity) for one, quantity in items)
    list_price = sum(item.amount for item in basket)
    if not list_price:
        raise EmptyBasket
    if list_price > limit:
        raise AboveLimit(list_price, limit)
    return basket


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
