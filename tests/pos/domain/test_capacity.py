"""What is left of a meal for whoever books next."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.bill import BasketItem
from pos.domain.capacity import WHOLE_MEAL, SoldOut, check_left
from pos.domain.menu import DishKind, Meal, Menu, Offer

SET = Offer("set", "一荤两素套餐", DishKind.SET_MEAL, 1_200, 1, capacity=10)
RICE = Offer("rice", "米饭", DishKind.STAPLE, 100, 2)
MENU = Menu(date(2026, 11, 23), Meal.LUNCH, (SET, RICE))


def item(offer: Offer, quantity: int) -> BasketItem:
    return BasketItem(offer.dish_id, offer.name, offer.kind, offer.price, quantity)


@pytest.mark.parametrize(
    ("most", "booked", "quantity"),
    [(None, {}, 10), (None, {"set": 8}, 2), (3, {WHOLE_MEAL: 2}, 10), (None, {"rice": 10_000, WHOLE_MEAL: 10_000}, 10)],
)
def test_what_is_left_can_be_had(most: int | None, booked: dict[str, int], quantity: int) -> None:
    check_left(MENU, most, booked, (item(SET, quantity), item(RICE, 99)))


@pytest.mark.parametrize(
    ("most", "booked", "quantity", "name", "left"),
    [
        (None, {}, 11, "一荤两素套餐", 10),
        (None, {"set": 9}, 2, "一荤两素套餐", 1),
        (None, {"set": 12}, 1, "一荤两素套餐", 0),
        (2, {WHOLE_MEAL: 2}, 1, "", 0),
        (0, {}, 1, "", 0),
    ],
)
def test_more_than_is_left_is_refused(most: int | None, booked: dict[str, int], quantity: int, name: str, left: int) -> None:
    with pytest.raises(SoldOut) as refused:
        check_left(MENU, most, booked, (item(SET, quantity),))

    assert (refused.value.name, refused.value.left) == (name, left)
