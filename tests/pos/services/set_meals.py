"""A set meal to choose from on the made-up canteen's menu: two of four meats, a staple, a soup."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.menu import DishKind, Meal, Part
from pos.services.menu import Menus
from tests.pos.services.counter import OFFERS, SET_MEAL, Counter

PARTS = (Part(DishKind.MEAT, 2), Part(DishKind.STAPLE, 1), Part(DishKind.SOUP, 1))
MEATS = ("清蒸鲈鱼", "番茄牛腩", "香菇滑鸡")
FIRST = ("红烧肉", "清蒸鲈鱼", "米饭", "例汤")
"""What belongs to it where nobody chooses."""


def offer_choices(counter: Counter) -> dict[str, str]:
    """Let the set meal have parts, and put three more meats on every menu; the answer is dish ids by name."""
    menus = Menus(counter.stores, counter.clock)
    more = [menus.add_dish(counter.manager, name, DishKind.MEAT, 900) for name in MEATS]
    dishes = {dish.id: dish for dish in menus.dishes()}
    menus.change_dish(counter.manager, replace(dishes[SET_MEAL.dish_id], parts=PARTS))
    for meal in Meal:
        menus.plan(counter.manager, None, meal, [*(one.dish_id for one in OFFERS), *(one.id for one in more)])
    return {dish.name: dish.id for dish in menus.dishes()}
