"""Where somebody lives: five separate fields that sort as people count, building 2 before building 10."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields
from functools import lru_cache

_DIGITS = 6
_HAN_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百]+(?=[号栋幢座单楼层室门户弄甲乙丙丁]|$)")
_PLACES = {"十": 10, "百": 100}


@dataclass(frozen=True, slots=True)
class Address:
    """Estate (小区), building (楼栋), unit (单元), floor (楼层) and door (门牌), each as it is spoken; '' is unknown."""

    estate: str = ""
    building: str = ""
    unit: str = ""
    floor: str = ""
    door: str = ""

    @property
    def sort_key(self) -> str:
        """A text that sorts as people count: '2号楼' and '二号楼' before '10号楼'."""
        return "\x1f".join(countable(getattr(self, part.name)) for part in fields(self))

    @property
    def search_keys(self) -> frozenset[str]:
        """The beginnings by which somebody finds a door: estate, building, door, and '2-402' or '2-3-402'."""
        plain = [unicodedata.normalize("NFKC", part).lower() for part in (self.estate, self.building, self.door)]
        building, unit, door = self.numbers
        joined = {f"{building}-{door}"} if building and door else set()
        if joined and unit:
            joined.add(f"{building}-{unit}-{door}")
        return frozenset({*plain, building, door, *joined} - {""})

    @property
    def numbers(self) -> tuple[str, str, str]:
        """Building, unit and door as bare numbers: ('2', '3', '402')."""
        building, unit, door = (_number(part) for part in (self.building, self.unit, self.door))
        return building, unit, door

    @property
    def brief(self) -> str:
        """A door as neighbours say it: '2-3-402'."""
        return "-".join(part for part in self.numbers if part)

    def __str__(self) -> str:
        """The address in a row, as on an envelope."""
        return f"{self.estate}{self.building}{self.unit}{self.floor}{self.door}"


NOWHERE = Address()


@dataclass(frozen=True, slots=True)
class Door:
    """A door as somebody tells it in passing: the numbers of building, unit and door, '' what is not said."""

    building: str = ""
    unit: str = ""
    door: str = ""

    def fits(self, address: Address) -> bool:
        """Whether it may be this address: whatever is said of it is so."""
        told = (self.building, self.unit, self.door)
        return all(not one or one == known for one, known in zip(told, address.numbers, strict=True))

    def __str__(self) -> str:
        """'2-3-402'."""
        return "-".join(part for part in (self.building, self.unit, self.door) if part)


_HAN_DOOR = re.compile("[一二三四五六七八九十]+(?=号楼|[栋幢座]|单元)")
_BUILDING = r"(\d{1,3}[a-z]?)\s*(?:号楼|[栋幢座]|号(?=\s*\d))"
_UNIT, _FLOOR, _DOOR = r"(\d{1,2})\s*单元", r"\d{1,2}\s*[层楼]", r"(\d{3,4}[a-z]?)(?!\d|\s*[份个盒套位人元])\s*[室户]?"
_DOORS = (
    re.compile(r"(?<!\d)(\d{1,3})-(?:(\d{1,2})-)?(\d{3,4})(?!\d)\s*[室户]?"),
    re.compile(rf"(?<!\d){_BUILDING}\s*(?:{_UNIT})?\s*(?:{_FLOOR})?\s*(?:{_DOOR})?", re.IGNORECASE),
    re.compile(rf"()(?<!\d){_UNIT}\s*(?:{_FLOOR})?\s*(?:{_DOOR})?", re.IGNORECASE),
    re.compile(rf"()()(?<!\d){_DOOR}", re.IGNORECASE),
)


def find_door(text: str) -> tuple[Door | None, str]:
    """The first door that is told in a text ('2-402', '二号楼3单元402', '402室'), and the text without it."""
    plain = _HAN_DOOR.sub(lambda found: str(_han_number(found[0])), text)
    for pattern in _DOORS:
        if found := pattern.search(plain):
            door = Door(*(part.lower().lstrip("0") if part else "" for part in found.groups()))
            return door, f"{plain[: found.start()]} {plain[found.end() :]}"
    return None, text


@lru_cache(maxsize=4_096)  # an estate has few buildings, and all of them the same doors
def countable(text: str) -> str:
    """A text whose numbers, Chinese ones too, are filled with zeros so that they sort as numbers."""
    plain = _HAN_NUMBER.sub(lambda found: str(_han_number(found[0])), unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"[0-9]+", lambda found: found[0].zfill(_DIGITS), plain)


@lru_cache(maxsize=4_096)
def _number(text: str) -> str:
    """The first number in a text, without leading zeros; a text without one is its own answer."""
    found = re.search(r"[0-9]+[a-z]?", plain := countable(text))
    return (found[0].lstrip("0") or "0") if found else plain


def _han_number(text: str) -> int:
    """'十二' is 12, '一百零三' is 103, and digits in a row, '四〇二', are 402."""
    if not any(one in _PLACES for one in text):
        return int("".join(str(_HAN_DIGITS[one]) for one in text))
    whole, digit = 0, 0
    for one in text:
        if one in _PLACES:
            whole, digit = whole + (digit or 1) * _PLACES[one], 0
        else:
            digit = _HAN_DIGITS[one]
    return whole + digit
