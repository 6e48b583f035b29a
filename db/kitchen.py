"""What the kitchen asks of the store: a meal's reservations with their people in two questions, however many."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select

from db import chosen, columns
from db.dated import NOTHING
from db.tables import (
    absences,
    delivery_results,
    entries,
    members,
    reservation_items,
    reservations,
    sale_items,
    sales,
    tills,
    total,
)
from db.transaction import AnyRow, Transaction
from pos.domain.bill import Way
from pos.domain.kitchen import Ordered, Portion
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.reservations import State

_STATUS = (
    select(func.min(absences.c.status))
    .where(
        absences.c.member_id == members.c.id,
        absences.c.first_day <= reservations.c.day,
        or_(absences.c.last_day.is_(None), absences.c.last_day >= reservations.c.day),
    )
    .scalar_subquery()
)
"""The strongest absence of the reservation's day, as db.members.CURRENT_STATUS."""
_of_meal = and_(reservations.c.day == bindparam("on_day"), reservations.c.meal == bindparam("at_meal"))
_picky_between = and_(
    reservations.c.day >= bindparam("first"),
    reservations.c.day <= bindparam("last"),
    reservations.c.state == State.BOOKED.value,
    members.c.diets != NOTHING,
)
# Nobody noted at a door what was handed over at the counter.
_fetched = and_(
    reservations.c.state == State.SERVED.value,
    reservations.c.way == Way.DELIVERY.value,
    ~exists().where(delivery_results.c.reservation_id == reservations.c.id),
)
_ORDERED = select(
    reservations.c.id,
    reservations.c.member_id,
    members.c.name,
    reservations.c.day,
    reservations.c.meal,
    reservations.c.way,
    reservations.c.eat_at,
    reservations.c.state,
    members.c.diets,
    _STATUS,
    _fetched,
).join(members, members.c.id == reservations.c.member_id)
_PORTIONS = (
    select(
        reservation_items.c.reservation_id,
        reservation_items.c.dish_id,
        reservation_items.c.name,
        reservation_items.c.kind,
        reservation_items.c.quantity,
        reservation_items.c.chosen,
    )
    .join(reservations, reservations.c.id == reservation_items.c.reservation_id)
    .order_by(reservation_items.c.line)
)
_OF_MEAL = _ORDERED.where(_of_meal).order_by(reservations.c.seq)
_PORTIONS_OF_MEAL = _PORTIONS.where(_of_meal)
_PICKY = _ORDERED.where(_picky_between).order_by(reservations.c.day, reservations.c.meal, reservations.c.seq)
_PORTIONS_OF_PICKY = _PORTIONS.join(members, members.c.id == reservations.c.member_id).where(_picky_between)

_reversal = entries.alias("reversal")
_sold = (
    select(
        sales.c.id,
        sales.c.business_date,
        func.sum(case((sale_items.c.kind == DishKind.SET_MEAL.value, sale_items.c.quantity), else_=0)).label("sets"),
    )
    .join(sale_items, sale_items.c.sale_id == sales.c.id)
    .where(
        sales.c.till.in_(select(tills.c.till)),  # lets the index by till and date serve
        sales.c.business_date.in_(bindparam("days", expanding=True)),
        sales.c.meal == bindparam("at_meal"),
        ~exists().where(_reversal.c.reverses == sales.c.id),
    )
    .group_by(sales.c.id, sales.c.business_date)
    .subquery()
)
_reserved = exists().where(reservations.c.sale_id == _sold.c.id)
_portions = case((_reserved, 0), (_sold.c.sets > 0, _sold.c.sets), else_=1)
_WALK_INS = select(_sold.c.business_date, total(_portions)).group_by(_sold.c.business_date)


class SqlKitchen:
    """Keeps the promises of pos.ports.kitchen.KitchenRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def ordered(self, day: date, meal: Meal) -> tuple[Ordered, ...]:
        return self._read(_OF_MEAL, _PORTIONS_OF_MEAL, {"on_day": day.isoformat(), "at_meal": meal.value})

    def with_diets(self, first: date, last: date) -> tuple[Ordered, ...]:
        return self._read(_PICKY, _PORTIONS_OF_PICKY, {"first": first.isoformat(), "last": last.isoformat()})

    def walk_ins(self, meal: Meal, days: Iterable[date]) -> Mapping[date, int]:
        values = {"at_meal": meal.value, "days": [day.isoformat() for day in days]}
        return {date.fromisoformat(day): portions for day, portions in self._transaction.run(_WALK_INS, values)}

    def _read(
        self, asked: Select[Any], portions_asked: Select[Any], values: Mapping[str, str]
    ) -> tuple[Ordered, ...]:
        rows = self._transaction.run(asked, values).all()
        portions: dict[str, list[Portion]] = defaultdict(list)
        if rows:
            for key, dish_id, name, kind, quantity, eaten in self._transaction.run(portions_asked, values).all():
                portions[key].append(_portion(dish_id, name, kind, quantity, eaten))
        return tuple(_ordered(row, tuple(portions[row[0]])) for row in rows)


def _ordered(row: AnyRow, portions: tuple[Portion, ...]) -> Ordered:
    # By place: a noon reads two thousand, and a column by its name costs eight times as much.
    key, member_id, name, day, meal, way, eat_at, state, diets, status, fetched = row
    return Ordered(
        key,
        member_id,
        name,
        columns.day(day),
        columns.MEAL[meal],
        columns.WAY[way],
        eat_at,
        columns.STATE[state],
        _diets(diets),
        MemberStatus.ACTIVE if status is None else MemberStatus(status),
        portions,
        bool(fetched),
    )


@lru_cache(maxsize=1_024)  # two thousand people eat the same few dishes
def _portion(dish_id: str, name: str, kind: str, quantity: int, eaten: str) -> Portion:
    return Portion(dish_id, name, columns.DISH_KIND[kind], quantity, chosen.read(eaten))


@lru_cache(maxsize=1_024)
def _diets(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
