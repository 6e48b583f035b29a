"""Dishes and menus in the store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from db.pipeline import Question
from db.tables import dish_changes, dish_photos, dishes, menu_days, menus
from db.transaction import Transaction
from pos.domain.diet import Tag, Tags
from pos.domain.menu import Dish, DishKind, Meal, Menu, Offer, Part, Plan
from pos.domain.money import Fen

_STANDING = ""
"""The day of the menu that holds where a day has none of its own."""

# The day's own rows come before the standing ones: one statement answers both questions.
_MENU = (
    select(
        menus.c.day,
        menus.c.key,
        menus.c.dish_id,
        menus.c.price,
        dishes.c.name,
        dishes.c.kind,
        dishes.c.tags,
        dishes.c.parts,
        menus.c.capacity,
        dishes.c.photo,
    )
    .join(dishes, dishes.c.id == menus.c.dish_id)
    .where(menus.c.day.in_([bindparam("day"), _STANDING]), menus.c.meal == bindparam("meal"))
    .order_by(menus.c.day.desc(), menus.c.key)
)
_DISHES = select(
    dishes.c.id, dishes.c.name, dishes.c.kind, dishes.c.price, dishes.c.cooked, dishes.c.tags, dishes.c.parts, dishes.c.photo
).order_by(dishes.c.cooked.desc(), dishes.c.kind, dishes.c.name)
_ADD_DISH = insert(dishes)
_CHANGE_DISH = (
    update(dishes)
    .where(dishes.c.id == bindparam("dish"))
    .values(
        name=bindparam("new_name"),
        kind=bindparam("new_kind"),
        price=bindparam("new_price"),
        cooked=bindparam("new_cooked"),
        tags=bindparam("new_tags"),
        parts=bindparam("new_parts"),
    )
)
_PHOTOS = select(dish_photos.c.dish_id, dish_photos.c.photo).where(
    dish_photos.c.dish_id.in_(bindparam("dish_ids", expanding=True))
)
_NO_PHOTO = delete(dish_photos).where(dish_photos.c.dish_id == bindparam("of_dish"))
_ADD_PHOTO = insert(dish_photos)
_MARK_PHOTO = update(dishes).where(dishes.c.id == bindparam("of_dish")).values(photo=bindparam("new_photo"))
_REMEMBER = insert(dish_changes).inline()
# A dish has one price: a new one holds on every menu from today on, and on none before.
_to_come = and_(
    menus.c.dish_id == bindparam("dish"), or_(menus.c.day == _STANDING, menus.c.day >= bindparam("today"))
)
_REPRICE = update(menus).where(_to_come).values(price=bindparam("new_price"))
_TAKE_OFF = delete(menus).where(_to_come)
_CLEAR = delete(menus).where(menus.c.day == bindparam("old_day"), menus.c.meal == bindparam("old_meal"))
_ADD_OFFER = insert(menus)
# The limit is that of the menu which holds: the day's own, or the standing one.
_holding = (
    select(func.coalesce(func.max(menus.c.day), _STANDING))
    .where(menus.c.day.in_([bindparam("day"), _STANDING]), menus.c.meal == bindparam("meal"))
    .scalar_subquery()
)
_CAPACITY = select(menu_days.c.capacity).where(menu_days.c.meal == bindparam("meal"), menu_days.c.day == _holding)
_UNLIMITED = delete(menu_days).where(menu_days.c.day == bindparam("old_day"), menu_days.c.meal == bindparam("old_meal"))
_LIMITED = insert(menu_days)


class SqlMenu:
    """Keeps the promises of pos.ports.MenuRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def menu(self, day: date, meal: Meal) -> Menu:
        return Menu(day, meal, self._offers(day.isoformat(), meal)[1])

    def plan(self, day: date | None, meal: Meal) -> Plan:
        written = _written(day)
        offered, offers = self._offers(written, meal)
        return Plan(day, meal, offers, own=bool(offers) and offered == written, capacity=self.capacity(day, meal))

    def dishes(self) -> tuple[Dish, ...]:
        rows = self._transaction.run(_DISHES).all()
        return tuple(
            Dish(key, name, DishKind(kind), price, bool(cooked), _tags(tags), _parts(parts), photo)
            for key, name, kind, price, cooked, tags, parts, photo in rows
        )

    def change_dish(self, dish: Dish, today: date, staff_id: str, at_ms: int) -> None:
        facts = {
            "name": dish.name,
            "kind": dish.kind.value,
            "price": dish.price,
            "cooked": int(dish.cooked),
            "tags": json.dumps(dish.tags),
            "parts": json.dumps([(part.kind, part.count) for part in dish.parts]),
        }
        self._transaction.run(_CHANGE_DISH, {"dish": dish.id} | {f"new_{name}": fact for name, fact in facts.items()})
        still = {"dish": dish.id, "today": today.isoformat()}
        if dish.cooked:
            self._transaction.run(_REPRICE, {**still, "new_price": dish.price})
        else:
            self._transaction.run(_TAKE_OFF, still)
        self._transaction.run(_REMEMBER, {"dish_id": dish.id, **facts, "staff_id": staff_id, "at_ms": at_ms})

    def add_dish(self, dish_id: str, name: str, kind: DishKind, price: Fen) -> None:
        self._transaction.run(_ADD_DISH, {"id": dish_id, "name": name, "kind": kind.value, "price": price})

    def photos(self, dish_ids: Iterable[str]) -> Mapping[str, bytes]:
        rows = self._transaction.run(_PHOTOS, {"dish_ids": list(dish_ids)}).all()
        return {dish_id: bytes(photo) for dish_id, photo in rows}

    def set_photo(self, dish_id: str, photo: bytes | None, mark: str) -> None:
        self._transaction.run(_NO_PHOTO, {"of_dish": dish_id})
        if photo is not None:
            self._transaction.run(_ADD_PHOTO, {"dish_id": dish_id, "photo": photo})
        self._transaction.run(_MARK_PHOTO, {"of_dish": dish_id, "new_photo": mark})

    def set_menu(self, day: date | None, meal: Meal, offers: Iterable[Offer]) -> None:
        written = _written(day)
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
                    "capacity": one.capacity,
                }
                for one in offers
            ),
        )

    def capacity(self, day: date | None, meal: Meal) -> int | None:
        row = self._transaction.run(_CAPACITY, {"day": _written(day), "meal": meal.value}).first()
        return None if row is None else int(row[0])

    def set_capacity(self, day: date | None, meal: Meal, capacity: int | None) -> None:
        written = _written(day)
        self._transaction.run(_UNLIMITED, {"old_day": written, "old_meal": meal.value})
        if capacity is not None:
            self._transaction.run(_LIMITED, {"day": written, "meal": meal.value, "capacity": capacity})

    def _offers(self, written: str, meal: Meal) -> tuple[str, tuple[Offer, ...]]:
        rows = self._transaction.ask(ask_menu(written, meal)).all()
        offered = rows[0].day if rows else _STANDING
        return offered, tuple(
            Offer(dish_id, name, DishKind(kind), price, key, _tags(tags), capacity, _parts(parts), photo)
            for of_day, key, dish_id, price, name, kind, tags, parts, capacity, photo in rows
            if of_day == offered
        )


def ask_menu(written: str, meal: Meal) -> Question:
    return _MENU, {"day": written, "meal": meal.value}


def _written(day: date | None) -> str:
    return _STANDING if day is None else day.isoformat()


@lru_cache(maxsize=1_024)  # every charge reads the whole menu, and few of its dishes have tags of their own
def _tags(text: str) -> Tags:
    return tuple(Tag(tag) for tag in json.loads(text))


@lru_cache(maxsize=256)
def _parts(text: str) -> tuple[Part, ...]:
    return tuple(Part(DishKind(kind), count) for kind, count in json.loads(text))
