"""What hangs on the wall: the week's menu and the price board, as tables for pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from pos import words
from pos.domain.menu import Dish, DishKind, Meal, Plan
from pos.domain.money import yuan
from pos.domain.tables import Column, ColumnKind, Table
from pos.i18n import _

DAYS = 7


def week_table(monday: date, days: Sequence[Sequence[Plan]], foot: tuple[str, ...] = ()) -> Table:
    """A week's menu: a column for each day, and under each meal a row for each dish with its price in yuan.

    `days` are the plans of the seven days from `monday` on. A meal at which nothing is offered all week is left out.
    """
    heads = (monday + timedelta(days=number) for number in range(DAYS))
    columns = (
        Column(_("Meal"), width=8),
        *(Column(f"{words.weekday(day)} {day.month}-{day.day}", width=17) for day in heads),
    )
    rows: list[tuple[str, ...]] = []
    for meal in Meal:
        offered = [[_dish(one.name, one.price) for plan in plans if plan.meal is meal for one in plan.offers] for plans in days]
        for number, line in enumerate(zip_longest(*offered, fillvalue="")):
            rows.append(("" if number else words.meal(meal), *line))
    return Table(_("Week's menu"), columns, rows, foot=foot)


def price_table(dishes: Iterable[Dish], foot: tuple[str, ...] = ()) -> Table:
    """The price board: every dish that is cooked, shelf by shelf, with its list price."""
    cooked = [dish for dish in dishes if dish.cooked]
    rows = [
        (words.dish_kind(kind), dish.name, dish.price) for kind in DishKind for dish in cooked if dish.kind is kind
    ]
    columns = (
        Column(_("Shelf"), width=14),
        Column(_("Dish"), width=50),
        Column(_("Price in yuan"), ColumnKind.MONEY, width=16),
    )
    return Table(_("Price board"), columns, rows, foot=foot)


def _dish(name: str, price: int) -> str:
    return f"{name} {yuan(price)}"
