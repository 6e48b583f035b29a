"""A made-up meal as the kitchen's papers show it, in two versions; nobody in it exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pos.domain.bill import Way
from pos.domain.forecast import Forecast
from pos.domain.kitchen import Clash, NotCooked, Plate, Portion, count
from pos.domain.kitchen_lines import lines_of, plate_changes
from pos.domain.kitchen_paper import KitchenPaper
from pos.domain.menu import DishKind, Meal, Offer

MEAL_DAY = date(2026, 3, 3)
EVENING_MS = 1_772_440_000_000
"""2026-03-02 16:26 in China, the evening before."""

SIX = Portion("six", "六菜一汤", DishKind.SET_MEAL, 1, (("pork", "红烧肉"), ("egg", "番茄炒蛋"), ("soup", "冬瓜汤")))
PLAIN = Portion("plain", "一荤两素套餐", DishKind.SET_MEAL, 1)
PORK = Portion("pork", "红烧肉", DishKind.MEAT, 1)
RICE = Portion("rice", "米饭", DishKind.STAPLE, 2)
OFFERS = tuple(
    Offer(dish, name, kind, 0, key)
    for key, (dish, name, kind) in enumerate(
        (
            ("six", "六菜一汤", DishKind.SET_MEAL),
            ("plain", "一荤两素套餐", DishKind.SET_MEAL),
            ("pork", "红烧肉", DishKind.MEAT),
            ("egg", "番茄炒蛋", DishKind.VEGETABLE),
            ("soup", "冬瓜汤", DishKind.SOUP),
            ("rice", "米饭", DishKind.STAPLE),
        ),
        start=1,
    )
)


def _plate(number: int, name: str, way: Way, eat_at: str, *portions: Portion, diets: tuple[str, ...] = ()) -> Plate:
    return Plate(f"r{number}", f"m{number}", name, way, eat_at, portions, diets)


WANG = _plate(1, "王*英", Way.DINE_IN, "11:30", SIX)
LI = _plate(2, "李*兰", Way.DELIVERY, "", replace(PLAIN, quantity=2), diets=("软食",))
ZHAO = _plate(3, "赵*国", Way.TAKE_AWAY, "12:00", PORK, RICE, diets=("不吃猪肉", "低盐"))
SUN = _plate(4, "孙*", Way.DINE_IN, "11:30", PLAIN)
BAI = _plate(5, "欧阳*国", Way.DELIVERY, "", PLAIN, diets=("低盐",))
QIAN = _plate(6, "阿*", Way.DINE_IN, "", SIX)
FIRST = (WANG, LI, replace(ZHAO, clashes=(Clash("红烧肉", ("不吃猪肉",)),)), SUN, BAI)
SECOND = (
    replace(LI, way=Way.DINE_IN, eat_at="11:30"),
    FIRST[2],
    SUN,
    replace(BAI, not_cooked=NotCooked.PAUSED),
    QIAN,
)


def _paper(version: int, plates: tuple[Plate, ...], before: tuple[Plate, ...] | None) -> KitchenPaper:
    return KitchenPaper(
        MEAL_DAY,
        Meal.LUNCH,
        version,
        EVENING_MS,
        "周敏",
        plates,
        count(plates, OFFERS),
        None if before is None else count(before, OFFERS),
        () if before is None else plate_changes(lines_of(before), lines_of(plates)),
        Forecast(23, 5, 7),
    )


SHEET = _paper(1, FIRST, None)
LATER = _paper(2, SECOND, FIRST)
SHUT = replace(
    _paper(3, tuple(replace(one, not_cooked=NotCooked.CLOSED) for one in SECOND), SECOND), closed=True, reason="停水"
)
NO_MENU = replace(_paper(1, (), None), no_menu=True, forecast=None)
