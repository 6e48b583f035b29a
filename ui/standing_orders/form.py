"""A member's standing orders at one moment, as they are asked about; and how what was typed becomes an order."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, auto

from pos.domain.eat_at import BadEatAt, parse_eat_at
from pos.domain.menu import Dish, Meal
from pos.domain.pricing import Way
from pos.domain.sales import MOST_PORTIONS
from pos.domain.standing_orders import FIRST_SET, Portions, StandingOrder
from ui.asking import YES

NO_DISH = "-"
"""The answer that there is no second dish."""


class Stage(Enum):
    """What is asked: which order, what it is, when it rests, whether it ends."""

    LIST = auto()
    EDIT = auto()
    PAUSE = auto()
    END = auto()


class Mistyped(ValueError):
    """A field holds something that means nothing."""

    def __init__(self, name: str) -> None:
        """Remember where."""
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class OrdersForm:
    """The question at one moment. `edited` is the order it is about, a new one where `new`; `values` are the fields."""

    member_id: str
    name: str
    today: date
    orders: tuple[StandingOrder, ...] = ()
    dishes: tuple[Dish, ...] = ()
    stage: Stage = Stage.LIST
    edited: StandingOrder | None = None
    new: bool = False
    values: Mapping[str, str] = field(default_factory=dict)
    saving: bool = False
    wrong: str = ""

    @property
    def dish_names(self) -> Mapping[str, str]:
        """Names of dishes by id."""
        return {one.id: one.name for one in self.dishes}


def new_order(key: str, member_id: str, first: date) -> StandingOrder:
    """What a new order is until somebody says otherwise: Monday, Wednesday, Friday, lunch, delivered."""
    return StandingOrder(key, member_id, frozenset({0, 2, 4}), Meal.LUNCH, Way.DELIVERY, first)


def values_of(order: StandingOrder) -> dict[str, str]:
    """The fields that show an order."""
    (dish, portions), *more = order.portions
    also = more[0] if more else (NO_DISH, 1)
    return {
        **{f"day_{number}": YES if number in order.weekdays else "" for number in range(7)},
        "meal": order.meal.value,
        "way": order.way.value,
        "eat_at": order.eat_at,
        "dish": dish,
        "portions": str(portions),
        "also": also[0],
        "also_portions": str(also[1]),
        "first": order.first.isoformat(),
        "last": order.last.isoformat() if order.last else "",
    }


def pause_values(order: StandingOrder, today: date) -> dict[str, str]:
    """The fields that show a pause; a new one begins today."""
    first = order.paused_from or today
    return {"paused_from": first.isoformat(), "paused_to": order.paused_to.isoformat() if order.paused_to else ""}


def order_of(form: OrdersForm) -> StandingOrder:
    """The order as it was typed. Raises Mistyped."""
    assert form.edited is not None, "an order is edited"
    values = form.values
    try:
        eat_at = parse_eat_at(values["eat_at"])
    except BadEatAt as error:
        raise Mistyped("eat_at") from error
    first = parse_day(values, "first")
    if first is None:
        raise Mistyped("first")
    return replace(
        form.edited,
        weekdays=frozenset(number for number in range(7) if values[f"day_{number}"]),
        meal=Meal(values["meal"]),
        way=Way(values["way"]),
        eat_at=eat_at,
        portions=_portions(form.edited, values),
        first=first,
        last=parse_day(values, "last"),
    )


def parse_day(values: Mapping[str, str], name: str) -> date | None:
    """A day as it was typed, None for nothing. Raises Mistyped."""
    text = unicodedata.normalize("NFKC", values[name]).strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Mistyped(name) from error


def _portions(before: StandingOrder, values: Mapping[str, str]) -> Portions:
    """Two dishes have fields; what an order has beyond them stays."""
    first = (values["dish"], _count(values, "portions"))
    if values["also"] == NO_DISH:
        return (first, *before.portions[2:])
    return (first, (values["also"], _count(values, "also_portions")), *before.portions[2:])


def _count(values: Mapping[str, str], name: str) -> int:
    text = unicodedata.normalize("NFKC", values[name]).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 0 < int(text) <= MOST_PORTIONS):
        raise Mistyped(name)
    return int(text)


def dish_options(form: OrdersForm) -> tuple[str, ...]:
    """The dishes that can be ordered: the day's set meal, those that are cooked, and one that was ordered before."""
    ordered = [dish_id for dish_id, _count in form.edited.portions] if form.edited else []
    cooked = [one.id for one in form.dishes if one.cooked]
    return tuple(dict.fromkeys((FIRST_SET, *cooked, *ordered)))
