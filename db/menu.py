"""Dishes and menus in the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, delete, insert, select

from db.tables import dishes, menus
from db.transaction import Transaction
from pos.domain.menu import DishKind, Meal, Menu, Offer
from pos.domain.money import Fen

_STANDING = ""
"""The day of the menu that holds where a day has none of its own."""

# The day's own rows come before the standing ones: one statement answers both questions.
_MENU = (
    select(menus.c.day, menus.c.key, menus.c.dish_id, menus.c.price, dishes.c.name, dishes.c.kind)
    .join(dishes, dishes.c.id == menus.c.dish_id)
    .where(menus.c.day.in_([bindparam("day"), _STANDING]), menus.c.meal == bindparam("meal"))
    .order_by(menus.c.day.desc(), menus.c.key)
)
_ADD_DISH = insert(dishes)
_CLEAR = delete(menus).where(menus.c.day == bindparam("old_day"), menus.c.meal == bindparam("old_meal"))
_ADD_OFFER = insert(menus)


class SqlMenu:
    """Keeps the promises of pos.ports.MenuRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def menu(self, day: date, meal: Meal) -> Menu:
        rows = self._transaction.run(_MENU, {"day": day.isoformat(), "meal": meal.value}).all()
        offered = rows[0].day if rows else _STANDING
        offers = [
            Offer(dish_id, name, DishKind(kind), price, key)
            for of_day, key, dish_id, price, name, kind in rows
            if of_day == offered
        ]
        return Menu(day, meal, tuple(offers))

    def add_dish(self, dish_id: str, name: str, kind: DishKind, price: Fen) -> None:
        self._transaction.run(_ADD_DISH, {"id": dish_id, "name": name, "kind": kind.value, "price": price})

    def set_menu(self, day: date | None, meal: Meal, offers: Iterable[Offer]) -> None:
        written = _STANDING if day is None else day.isoformat()
        self._transaction.run(_CLEAR, {"old_day": written, "old_meal": meal.value})
        self._transaction.run_many(
            _ADD_OFFER,
            (
                {
                    "day": written,
                    "meal": meal.value,
                    "key": one.key,
                    "dish_id": one.dish_id,
                    "price": one.price,
                }
                for one in offers
            ),
        )
