"""Diets: what is in a dish, and which of a member's wishes it does not respect."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Tag(StrEnum):
    """What is in a dish, or what it is fit for; free to set, no law asks for it (domain.md 4)."""

    PORK = "pork"
    BEEF = "beef"
    MUTTON = "mutton"
    POULTRY = "poultry"
    FISH_SHRIMP = "fish_shrimp"
    EGG = "egg"
    MILK = "milk"
    PEANUT = "peanut"
    SPICY = "spicy"
    LOW_SALT = "low_salt"
    LOW_SUGAR = "low_sugar"
    LOW_PURINE = "low_purine"
    SOFT = "soft"
    VEGETARIAN = "vegetarian"
    HALAL = "halal"


Tags = tuple[Tag, ...]

MEAT = frozenset({Tag.PORK, Tag.BEEF, Tag.MUTTON, Tag.POULTRY})
"""What a Muslim eats only from a halal kitchen; fish is not among it."""
FLESH = MEAT | {Tag.FISH_SHRIMP}
"""What a vegetarian does not eat; eggs and milk are not among it: who does not eat those says so (不吃蛋)."""

_VEGETARIAN, _HALAL, _LOW_PURINE = frozenset({"素食", "素", "吃素"}), frozenset({"清真", "回民", "穆斯林"}), "低嘌呤"

_LEAVES_OUT = re.compile(r"^(?:不|无|忌|免|戒|禁)|过敏$")
_MEANT: tuple[tuple[str, frozenset[Tag]], ...] = (
    # Longer words first: 牛奶 is milk and no beef.
    ("鱼香肉丝", frozenset()),
    ("肥肉", frozenset({Tag.PORK})),
    ("花生", frozenset({Tag.PEANUT})),
    ("海鲜", frozenset({Tag.FISH_SHRIMP})),
    ("水产", frozenset({Tag.FISH_SHRIMP})),
    ("牛奶", frozenset({Tag.MILK})),
    ("羊奶", frozenset({Tag.MILK})),
    ("大肉", frozenset({Tag.PORK})),
    ("猪", frozenset({Tag.PORK})),
    ("牛", frozenset({Tag.BEEF})),
    ("羊", frozenset({Tag.MUTTON})),
    ("蛋", frozenset({Tag.EGG})),
    ("鸡", frozenset({Tag.POULTRY})),
    ("鸭", frozenset({Tag.POULTRY})),
    ("鹅", frozenset({Tag.POULTRY})),
    ("禽", frozenset({Tag.POULTRY})),
    ("鱼", frozenset({Tag.FISH_SHRIMP})),
    ("虾", frozenset({Tag.FISH_SHRIMP})),
    ("蟹", frozenset({Tag.FISH_SHRIMP})),
    ("奶", frozenset({Tag.MILK})),
    ("乳", frozenset({Tag.MILK})),
    ("辣", frozenset({Tag.SPICY})),
    ("荤", FLESH),
    ("肉", FLESH),
)
_EGGS = re.compile("[鸡鸭鹅禽]蛋")
_MEATS = re.compile("([猪牛羊鸡鸭鹅鱼虾蟹])肉")


def clashes(diets: Iterable[str], tags: Iterable[Tag]) -> tuple[str, ...]:
    """Those of a member's diet codes that a dish with these tags does not respect, as they are written.

    A dish without tags clashes with nothing, and a code of which no tag can speak (不吃香菜) with no dish.

    - 素食: any meat or fish. 清真: pork, and other meat of a dish that is not tagged halal. 低嘌呤: fish, prawns
      and shellfish of a dish that is not tagged low in purine.
    - 无X, 不吃X, 忌X, X过敏: the tags that X names; 肉 and 荤 are any meat or fish.
    - 软食, 低盐, 低糖: nothing. A dish that lacks the tag is an ordinary one, which the kitchen adapts by the code
      on its sheet; to warn of every one of them would be to warn of nothing.
    """
    served = frozenset(tags)
    return tuple(code for code in diets if _broken(_plain(code), served))


def in_order(tags: Iterable[Tag]) -> Tags:
    """Each tag once, in the order in which they are listed."""
    found = frozenset(tags)
    return tuple(tag for tag in Tag if tag in found)


def _broken(code: str, served: frozenset[Tag]) -> bool:
    if code in _VEGETARIAN:
        return bool(served & FLESH)
    if code in _HALAL:
        return Tag.PORK in served or (bool(served & MEAT) and Tag.HALAL not in served)
    if code == _LOW_PURINE:
        return Tag.FISH_SHRIMP in served and Tag.LOW_PURINE not in served
    return bool(served & _left_out(code))


@lru_cache(maxsize=256)  # two thousand people have the same few diets
def _left_out(code: str) -> frozenset[Tag]:
    if not _LEAVES_OUT.search(code):
        return frozenset()
    rest, meant = _MEATS.sub(r"\1", _EGGS.sub("蛋", code)), frozenset[Tag]()
    for word, tags in _MEANT:
        if word in rest:
            rest, meant = rest.replace(word, " "), meant | tags
    return meant


@lru_cache(maxsize=256)
def _plain(code: str) -> str:
    return "".join(unicodedata.normalize("NFKC", code).split()).removesuffix("餐")
