"""What a paper that leaves the house must not tell: illness, faith, poverty, and that somebody lives alone.

A roster lies on a bicycle, a box label in a dustbin. They carry what a volunteer needs at the door and codes for the
meal (design.md section 5; PIPL article 28).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SPECIAL = "特餐"
"""A diet that cannot be told by a code: the kitchen's own sheet says which."""

_TELLING = (
    # lives alone
    "独居", "独住", "孤寡", "空巢", "一个人住", "一人住", "家里没人", "留守",
    # illness and disability
    "糖尿病", "血糖高", "高血糖", "高血压", "血压高", "心脏病", "冠心病", "癌", "肿瘤", "痴呆", "失智", "老年痴", "精神病", "精神分裂", "抑郁",
    "中风", "脑梗", "偏瘫", "瘫痪", "残疾", "残障", "肝炎", "乙肝", "肺结核", "艾滋", "痛风", "尿毒症", "透析", "帕金森", "癫痫", "过敏",
    # faith and people
    "清真", "回族", "回民", "穆斯林", "伊斯兰", "信教", "信佛", "佛教", "基督", "天主教", "道教", "维吾尔", "藏族",
    # who pays
    "低保", "特困", "五保", "失独", "贫困", "困难户", "优抚", "烈属",
)  # fmt: skip
_DOCUMENT = re.compile(r"\d{15,}")
_ALLERGY = re.compile("^对?(.+?)过敏$")
_CODES = (
    ("糖尿病", "低糖"),
    ("血糖", "低糖"),
    ("血压", "低盐"),
    ("痛风", "低嘌呤"),
    ("清真", "清"),
    ("回民", "清"),
    ("穆斯林", "清"),
)
_BEFORE, _BEHIND = "(?:有|患|患有|控制|控)?高?", "(?:病|症|高|偏高|餐|饭|饮食|食品|患者)*"


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that do not belong on such a paper, each once; the number of a document among them."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return tuple(word for word in _TELLING if word in plain) + tuple(dict.fromkeys(_DOCUMENT.findall(plain)))


_IN_FULL = {"清": "清真"}
"""Codes that say less than a cook must know: whole pots depend on it."""


@lru_cache(maxsize=256)  # two thousand people have the same few diets
def diet_code(diet: str) -> str:
    """A member's diet as paper may say it: 花生过敏 is 不吃花生, 清真 is 清; what has no code is a special meal.

    So is what says more than its code would: of 不吃猪肉血糖高 nothing may get lost.
    """
    if allergy := _ALLERGY.match(diet):
        code = f"不吃{allergy[1]}"
        return SPECIAL if telling(code) else code
    for word, code in _CODES:
        if re.fullmatch(f"{_BEFORE}{word}{_BEHIND}", diet):
            return code
    return SPECIAL if telling(diet) or any(word in diet for word, _ in _CODES) else diet


@lru_cache(maxsize=256)
def cooked_codes(diets: tuple[str, ...]) -> tuple[str, ...]:
    """A member's diets as the kitchen's own papers say them: by the codes of the boxes, so that illness stands beside no
    name; 清 in full, and what has no code in its own words, for somebody has to cook it.
    """
    codes = ((one, diet_code(one)) for one in diets)
    return tuple(sorted({one if code == SPECIAL else _IN_FULL.get(code, code) for one, code in codes}))
