"""Lines of claims for tests: a meal of 12.00 of which the city pays 3.00, with whatever is said otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from pos.domain.claims import ClaimLine
from pos.domain.menu import Meal
from pos.domain.pricing import Way

NOON_MS = 1_793_763_000_000


def meal(number: str, **facts: Any) -> ClaimLine:
    """A lunch of Wang Xiuying, 82, on 2 November 2026."""
    line = ClaimLine(
        entry_id=f"e-{number}",
        sale_id=f"e-{number}",
        number=number,
        day=date(2026, 11, 2),
        undone_on=None,
        meal=Meal.LUNCH,
        way=Way.DINE_IN,
        at_ms=NOON_MS,
        till="A",
        member_id="wang",
        name="王秀英",
        identity="002X",
        age=82,
        categories=("低保",),
        community="幸福里",
        hukou="上海市/普陀区",
        by_hand=False,
        list_price=1_200,
        due=720,
        amount=300,
        others=(("canteen", 180),),
        operating=0,
        delivery=0,
        rules=("80-89",),
        tariff_id="t",
    )
    return replace(line, **facts)


def taken_back(line: ClaimLine, day: date) -> ClaimLine:
    """The line that takes a meal back."""
    return replace(
        line,
        entry_id=f"undo-{line.entry_id}",
        undone_on=day,
        list_price=-line.list_price,
        due=-line.due,
        amount=-line.amount,
        others=tuple((payer, -part) for payer, part in line.others),
    )
