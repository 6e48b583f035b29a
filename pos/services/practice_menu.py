"""What the practice canteen cooks: its dishes with what is in them, and the menu of each day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pos.domain.diet import Tag, Tags
from pos.domain.menu import Dish, DishKind, Offer, Part
from pos.domain.money import Fen

DISHES: tuple[tuple[str, DishKind, Fen], ...] = (
    ("一荤两素套餐", DishKind.SET_MEAL, 1200),
    ("两荤两素套餐", DishKind.SET_MEAL, 1500),
    ("软食套餐", DishKind.SET_MEAL, 1200),
    ("素食套餐", DishKind.SET_MEAL, 900),
    ("红烧肉", DishKind.MEAT, 800),
    ("清蒸鲈鱼", DishKind.MEAT, 900),
    ("番茄牛腩", DishKind.MEAT, 900),
    ("香菇滑鸡", DishKind.MEAT, 700),
    ("狮子头", DishKind.MEAT, 600),
    ("糖醋排骨", DishKind.MEAT, 850),
    ("清炒时蔬", DishKind.VEGETABLE, 300),
    ("番茄炒蛋", DishKind.VEGETABLE, 400),
    ("麻婆豆腐", DishKind.VEGETABLE, 350),
    ("蒜蓉西兰花", DishKind.VEGETABLE, 400),
    ("米饭", DishKind.STAPLE, 100),
    ("杂粮馒头", DishKind.STAPLE, 100),
    ("紫菜蛋花汤", DishKind.SOUP, 200),
    ("小米南瓜粥", DishKind.SOUP, 200),
)

TAGS: dict[str, Tags] = {
    "软食套餐": (Tag.LOW_SALT, Tag.SOFT),
    "素食套餐": (Tag.VEGETARIAN,),
    "红烧肉": (Tag.PORK,),
    "清蒸鲈鱼": (Tag.FISH_SHRIMP,),
    "番茄牛腩": (Tag.BEEF,),
    "香菇滑鸡": (Tag.POULTRY,),
    "狮子头": (Tag.PORK, Tag.EGG),
    "糖醋排骨": (Tag.PORK,),
    "清炒时蔬": (Tag.VEGETARIAN,),
    "番茄炒蛋": (Tag.EGG,),
    "麻婆豆腐": (Tag.PORK, Tag.SPICY),
    "蒜蓉西兰花": (Tag.VEGETARIAN,),
    "紫菜蛋花汤": (Tag.EGG,),
    "小米南瓜粥": (Tag.SOFT, Tag.VEGETARIAN),
}

PARTS: dict[str, tuple[Part, ...]] = {
    "两荤两素套餐": tuple(
        Part(kind, count)
        for kind, count in (
            (DishKind.MEAT, 2),
            (DishKind.VEGETABLE, 2),
            (DishKind.STAPLE, 1),
            (DishKind.SOUP, 1),
        )
    ),
}


def told(offers: tuple[Offer, ...]) -> Iterator[Dish]:
    """The dishes of which there is something to tell: tags, or what belongs to a set meal."""
    for one in offers:
        if one.name in TAGS or one.name in PARTS:
            tags, parts = TAGS.get(one.name, ()), PARTS.get(one.name, ())
            yield Dish(one.dish_id, one.name, one.kind, one.price, tags=tags, parts=parts)


def day_menu(offers: tuple[Offer, ...], day: date) -> tuple[Offer, ...]:
    """Set meals, staples and soups every day; two meats and one vegetable rest by turns."""
    turn = day.toordinal()
    meats = [offer for offer in offers if offer.kind is DishKind.MEAT]
    vegetables = [offer for offer in offers if offer.kind is DishKind.VEGETABLE]
    resting = {meats[turn % len(meats)], meats[(turn + 3) % len(meats)], vegetables[turn % len(vegetables)]}
    kept = (offer for offer in offers if offer not in resting)
    return tuple(replace(offer, key=key) for key, offer in enumerate(kept, start=1))
