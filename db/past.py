"""Past meals for a replay: sales that were not undone, read day by day, with the person as of the meal's date."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from sqlalchemy import bindparam, exists, func, select

from db.dated import names_on
from db.sales import Part
from db.tables import entries, members, sale_items, sale_lines, sales, tills
from db.transaction import Transaction
from pos.domain.bill import BasketItem, Tender, Way
from pos.domain.circumstances import Person
from pos.domain.claims import Month
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.replay import PastMeal

_reversal = entries.alias("reversal")
_of_some_till = sales.c.till.in_(select(tills.c.till))  # lets the index by till and date serve
_standing = ~exists().where(_reversal.c.reverses == sales.c.id)
_NEXT_DAY = select(func.max(sales.c.business_date)).where(_of_some_till, sales.c.business_date < bindparam("before"))
_COUNT = (
    select(func.count())
    .select_from(sales)
    .where(
        _of_some_till,
        sales.c.business_date >= bindparam("first"),
        sales.c.business_date <= bindparam("last"),
        _standing,
    )
)
_that_day = (_of_some_till, sales.c.business_date == bindparam("day"))
_SALES = (
    select(
        sales.c.id,
        sales.c.member_id,
        sales.c.meal,
        sales.c.way,
        sales.c.tender,
        sales.c.at_ms,
        members.c.birth_date,
        members.c.categories,
        members.c.hukou,
        members.c.residence,
        members.c.diets,
        members.c.passes,
    )
    .outerjoin(members, members.c.id == sales.c.member_id)
    .where(*_that_day, _standing)
    .order_by(sales.c.seq)
)
_of_that_day = select(sales.c.id).where(*_that_day)
_ITEMS = (
    select(
        sale_items.c.sale_id,
        sale_items.c.dish_id,
        sale_items.c.name,
        sale_items.c.kind,
        sale_items.c.unit_price,
        sale_items.c.quantity,
        sale_items.c.grams,
    )
    .where(sale_items.c.sale_id.in_(_of_that_day))
    .order_by(sale_items.c.sale_id, sale_items.c.line)
)
_PARTS = (
    select(sale_lines.c.sale_id, sale_lines.c.payer, sale_lines.c.rule_id, sale_lines.c.amount)
    .where(sale_lines.c.sale_id.in_(_of_that_day), sale_lines.c.part == Part.SHARE.value)
    .order_by(sale_lines.c.sale_id, sale_lines.c.line)
)


class SqlPast:
    """Keeps the promises of pos.ports.replay.PastMeals."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def months(self) -> tuple[Month, ...]:
        # From one month to the one before it along the index, not through every sale.
        found: list[Month] = []
        before = date.max.isoformat()
        while True:
            day: str | None = self._transaction.run(_NEXT_DAY, {"before": before}).scalar()
            if day is None:
                return tuple(found)
            found.append(Month.of(date.fromisoformat(day)))
            before = found[-1].first.isoformat()

    def count(self, first: date, last: date) -> int:
        values = {"first": first.isoformat(), "last": last.isoformat()}
        return int(self._transaction.run(_COUNT, values).scalar_one())

    def between(self, first: date, last: date) -> Iterator[PastMeal]:
        day = first
        while day <= last:
            yield from self._of(day)
            day += timedelta(days=1)

    def _of(self, day: date) -> Iterator[PastMeal]:
        values = {"day": day.isoformat()}
        rows = self._transaction.run(_SALES, values).all()
        if not rows:
            return
        items: dict[str, list[BasketItem]] = defaultdict(list)
        for sale_id, dish_id, name, kind, *counts in self._transaction.run(_ITEMS, values):
            items[sale_id].append(BasketItem(dish_id, name, DishKind(kind), *counts))
        parts: dict[str, list[tuple[str, str, Fen]]] = defaultdict(list)
        for sale_id, payer, rule_id, amount in self._transaction.run(_PARTS, values):
            parts[sale_id].append((payer, rule_id, amount))
        for sale_id, member_id, meal, way, tender, at_ms, *facts in rows:
            yield PastMeal(
                member_id or "",
                _person(day, *facts),
                day,
                Meal(meal),
                Way(way),
                Tender(tender),
                at_ms,
                tuple(items[sale_id]),
                tuple(parts[sale_id]),
            )


@lru_cache(maxsize=4_096)
def _person(
    day: date,
    born: str | None,
    categories: str | None,
    hukou: str | None,
    residence: str | None,
    diets: str | None,
    passes: str | None,
) -> Person:
    """What a price may depend on about somebody, as of a day; a walk-in has no facts."""
    return Person(
        None if born is None else date.fromisoformat(born),
        names_on(categories or "[]", day),
        hukou or "",
        residence or "",
        names_on(passes or "[]", day),
        frozenset(json.loads(diets or "[]")),
    )
