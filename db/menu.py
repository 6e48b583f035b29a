"""Dishes and menus in the store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import and_, bindparam, delete, insert, or_, select, update

from db.pipeline import Question
from db.tables import dish_changes, dishes, menus
from db.transaction import Transaction
from pos.domain.menu import Dish, DishKind, Meal, Menu, Offer, Plan
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
_DISHES = select(dishes.c.id, dishes.c.name, dishes.c.kind, dishes.c.price, dishes.c.cooked).order_by(
    dishes.c.cooked.desc(), dishes.c.kind, dishes.c.name
)
_ADD_DISH = insert(dishes)
_CHANGE_DISH = (
    update(dishes)
    .where(dishes.c.id == bindparam("dish"))
    .values(name=bindparam("new_name"), kind=bindparam("new_kind"), price=bindparam("new_price"), cooked=bindparam("on"))
)
_REMEMBER = insert(dish_changes).inline()
# A dish has one price: a new one holds on every menu from today on, and on none before.
_to_come = and_(
    menus.c.dish_id == bindparam("dish"), or_(menus.c.day == _STANDING, menus.c.day >= bindparam("today"))
)
_REPRICE = update(menus).where(_to_come).values(price=bindparam("new_price"))
_TAKE_OFF = delete(menus).where(_to_come)
_CLEAR = delete(menus).where(menus.c.day == bindparam("old_day"), menus.c.meal == bindparam("old_meal"))
_ADD_OFFER = insert(menus)


class SqlMenu:
    """Keeps the promises of pos.ports.MenuRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def menu(self, day: date, meal: Meal) -> Menu:
        return Menu(day, meal, self._offers(day.isoformat(), meal)[1])

    def plan(self, day: date | None, meal: Meal) -> Plan:
        written = _STANDING if day is None else day.isoformat()
        offered, offers = self._offers(written, meal)
        return Plan(day, meal, offers, own=bool(offers) and offered == written)

    def dishes(self) -> tuple[Dish, ...]:
        rows = self._transaction.run(_DISHES).all()
        return tuple(Dish(key, name, DishKind(kind), price, bool(on)) for key, name, kind, price, on in rows)

    def change_dish(self, dish: Dish, today: date, staff_id: str, at_ms: int) -> None:
        facts = {"name": dish.name, "kind": dish.kind.value, "price": dish.price, "cooked": int(dish.cooked)}
        new = {"new_name": dish.name, "new_kind": dish.kind.value, "new_price": dish.price, "on": int(dish.cooked)}
        self._transaction.run(_CHANGE_DISH, {"dish": dish.id, **new})
        still = {"dish": dish.id, "today": today.isoformat()}
        if dish.cooked:
            self._transaction.run(_REPRICE, {**still, "new_price": dish.price})
        else:
            self._transaction.run(_TAKE_OFF, still)
        self._transaction.run(_REMEMBER, {"dish_id": dish.id, **facts, "staff_id": staff_id, "at_ms": at_ms})

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

    def _offers(self, written: str, meal: Meal) -> tuple[str, tuple[Offer, ...]]:
        rows = self._transaction.ask(ask_menu(written, meal)).all()
        offered = rows[0].day if rows else _STANDING
        return offered, tuple(
            Offer(dish_id, name, DishKind(kind), price, key)
            for of_day, key, dish_id, price, name, kind in rows
            if of_day == offered
        )


def ask_menu(written: str, meal: Meal) -> Question:
    return _MENU, {"day": written, "meal": meal.value}
