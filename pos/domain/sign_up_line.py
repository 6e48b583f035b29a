"""One line of a sign-up list: the number, the name, and whatever stands around them, in any order."""

from __future__ import annotations

import re
import unicodedata

from pos.domain.address import find_door
from pos.domain.bill import Way
from pos.domain.eat_at import BadEatAt, parse_eat_at
from pos.domain.sales import MOST_PORTIONS
from pos.domain.sign_ups import Doubt, SignUp

MANY_PORTIONS = 9
"""More for one person is asked about."""

_STRUCK = (
    re.compile(r"~~(.+?)~~"),
    re.compile(r"<(?:s|del|strike)>(.*?)</(?:s|del|strike)>", re.IGNORECASE),
    re.compile(r"((?:[^\u0335\u0336][\u0335\u0336])+)"),
)
_CROSSES = frozenset("❌❎✖✘✗🚫")
_PLUSES = frozenset("➕✚✛")
_UNSEEN = re.compile("[\u0335\u0336\u20e3\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_WIDE_LETTERS = frozenset(map(chr, range(0xFF01, 0xFF5F)))

_MEASURES = "号栋幢座单楼层室户份个盒套位人点时月元块日年菜荤素汤"
_NUMBER = re.compile(
    rf"\s*(?:\(\s*\d{{1,3}}\s*\)|\d{{1,3}}\s*(?:[、)。]|[.,:](?!\d))|\d{{1,3}}\s*(?![\s{_MEASURES}])(?=[^\W\d_]))"
)
_ABOUT_NOBODY = re.compile("接龙|报名|订餐|菜单|格式|^例|早餐|早饭|午餐|中餐|午饭|晚餐|晚饭|[今明后][天日]")

_CANCELLED = re.compile("取消|退订|退了|撤[销回]|作废|不[订定来报](?:餐|饭)?了?|不[要吃去](?:餐|饭)?了")
_NOT_SENT = re.compile("(?:不用|不要|不必|不|别)送(?:餐|了)?")
_CHANGED = re.compile("改[成为到]?|换[成为]")
_WAYS = (
    (Way.DELIVERY, re.compile("送餐(?:上门|到家)?|送(?:上门|到家|家里|楼上)|外送|配送|上门")),
    (Way.TAKE_AWAY, re.compile("自取|自提|来取|打包|带走|外带|取餐|自己[取拿]")),
    (Way.DINE_IN, re.compile("堂食|[在来到去]?食堂(?:吃|用餐)?|现场吃|过?来吃")),
)
_SHORT_WAYS = {"送": Way.DELIVERY, "取": Way.TAKE_AWAY, "吃": Way.DINE_IN}

_DATE = re.compile(
    r"(?:\d{4}\s*[年/-]\s*)?(?:\d{1,2}\s*月\s*\d{1,2}\s*[日号]?|\d{1,2}\s*/\s*\d{1,2}(?!\d))|(?:周|星期)[一二三四五六日天]"
)
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}\s*:\s*\d{2}|\d{1,2}\s*[点时](?:\d{1,2}分?|半|整)?)(?::\d{2})?")
_LONG_NUMBER = re.compile(r"(?:电话|手机|尾号|卡号)?\s*:?\s*\d{5,}|(?:尾号|卡号)\s*:?\s*\d+")

_HAN_NUMBERS = {one: number for number, one in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2}
_COUNTED = re.compile(
    r"[共各要订来]?\s*(\d{1,4}|[零一二两俩三四五六七八九十半])\s*(?:人份|份|盒|套|个人|个|位|人)(?:套餐|餐|饭)?"
)
_TIMES = re.compile(r"[x×*]\s*(\d{1,4})(?!\d)")
_ADDED = re.compile(r"\+\s*(\d{1,4})(?!\d)")
_BARE = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
_EACH = re.compile("各")

_DOTS = ".·•‧∙⋅・･˙"
_PAUSE = re.compile(rf"[^\w{_DOTS}、&/+]+|_+")
_TOGETHER = re.compile(r"[、&/+]|(?<=\w\w)[和跟](?=\w\w)")
_NAME = re.compile(rf"[^\W\d_]+(?:[{_DOTS}][^\W\d_]+)*")
_BEFORE_NAME = re.compile("^[帮替给]")
_AFTER_NAME = re.compile("(?:预?订餐?|报名|代订)$")
_NO_NAMES = frozenset(
    ["谢谢", "辛苦", "辛苦了", "你好", "您好", "收到", "好的", "可以", "同上", "一样", "米饭", "少辣", "不辣", "微辣", "少盐", "少油", "软饭", "软食", "素食", "清真", "套餐", "电话", "手机", "普通", "餐费", "已付"]
)
_LONGEST_NAME = 50


def is_numbered(line: str) -> bool:
    """Whether a line begins with its number, as those of a list do."""
    return bool(_NUMBER.match(plain(_bare(line))))


def read_line(number: int, line: str, *, alone: bool = False) -> tuple[SignUp, ...]:
    """Who signs up in a line: nobody, one, or several that share it. `alone`: a bare name without a number counts."""
    visible, struck = _unstruck(line)
    found = _Reading(number, line, visible).sign_ups(alone=alone, struck=bool(struck.strip()))
    if struck and not any(one.name for one in found):
        # All of it is struck out but, perhaps, its number.
        found = _Reading(number, line, _bare(line)).sign_ups(alone=alone, cancelled=True)
    return found


class _Reading:
    """A line while it is read: what is understood is taken out, the name is what is left."""

    def __init__(self, number: int, line: str, visible: str) -> None:
        self._line, self._text = number, line.strip()
        self._doubts: list[Doubt] = []
        self._crossed = any(one in _CROSSES for one in visible)
        self._rest = plain(visible)
        self._numbered = bool(found := _NUMBER.match(self._rest))
        self._rest = self._rest[found.end() :] if found else self._rest
        self._about_nobody = not self._numbered and bool(self._rest.lstrip().startswith("#") or _ABOUT_NOBODY.search(self._rest))

    def sign_ups(self, *, alone: bool, struck: bool = False, cancelled: bool = False) -> tuple[SignUp, ...]:
        """The people of the line."""
        if self._about_nobody:
            return ()
        self._take(_DATE)
        self._take(_LONG_NUMBER)
        eat_at = self._eat_at()
        cancelled = cancelled or bool(self._take(_CANCELLED)) or self._crossed
        changed = self._change() or struck
        door, self._rest = find_door(self._rest)
        way = self._way()
        each = bool(_EACH.search(self._rest))
        portions, counted = self._portions()
        names, way = self._names(way, portions)
        said = counted or cancelled or way is not None
        if not (said and (names or self._numbered)) and not (names and (self._numbered or alone)):
            return ()
        if cancelled and changed:
            # 取消送餐，改自取 cancels no meal.
            cancelled = False
        if changed:
            self._doubt(Doubt.CHANGED)
        if not names:
            self._doubt(Doubt.NO_NAME)
        if len(names) > 1 and not each:
            self._doubt(Doubt.SEVERAL_NAMES)
        if not self._numbered:
            self._doubt(Doubt.UNNUMBERED)
        return tuple(
            SignUp(
                self._line, place, self._text, name, portions or 1, way, eat_at, door,
                cancelled=cancelled or portions == 0, doubts=tuple(self._doubts),
            )
            for place, name in enumerate(names or ("",))
        )  # fmt: skip

    def _doubt(self, doubt: Doubt) -> None:
        if doubt not in self._doubts:
            self._doubts.append(doubt)

    def _take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """What fits is understood, and is no part of a name."""
        found = list(pattern.finditer(self._rest))
        self._rest = pattern.sub(" ", self._rest)
        return found

    def _change(self) -> bool:
        """Of 1份 改成2份 the second counts, for what is said after the change."""
        before, *after = _CHANGED.split(self._rest, maxsplit=1)
        if not after:
            return False
        for patterns in ((_COUNTED, _TIMES, _ADDED), tuple(pattern for _way, pattern in _WAYS)):
            if any(pattern.search(after[0]) for pattern in patterns):
                for pattern in patterns:
                    before = pattern.sub(" ", before)
        self._rest = f"{before} {after[0]}"
        return True

    def _eat_at(self) -> str:
        told = set()
        for found in self._take(_CLOCK):
            try:
                told.add(parse_eat_at(found[1]))
            except BadEatAt:
                self._doubt(Doubt.TIME)
        if len(told) > 1:
            self._doubt(Doubt.TIME)
        return min(told, default="")

    def _way(self) -> Way | None:
        if self._take(_NOT_SENT):
            self._doubt(Doubt.WAY)
        found = [way for way, pattern in _WAYS if self._take(pattern)]
        if len(found) > 1:
            self._doubt(Doubt.WAY)
        return found[0] if found else None

    def _portions(self) -> tuple[int, bool]:
        """How many, and whether that is said at all; what is unclear is a doubt."""
        counted = [_count(found[1]) for pattern in (_COUNTED, _TIMES) for found in self._take(pattern)]
        added = [int(found[1]) for found in self._take(_ADDED)]
        bare = [] if counted or added else [int(found[0]) for found in self._take(_BARE)]
        told = [one for one in counted if one is not None] + added + bare
        unsure = None in counted or len(counted) + len(added) + len(bare) > 1
        # +1 is one meal in every chat; +2 may be two or three, and a bare 2 may be anything.
        if unsure or any(one != 1 for one in added + bare) or sum(told) > MANY_PORTIONS:
            self._doubt(Doubt.PORTIONS)
        return (min(sum(told), MOST_PORTIONS), True) if told else (1, None in counted)

    def _names(self, way: Way | None, portions: int) -> tuple[tuple[str, ...], Way | None]:
        """The first words that can be a name; a way of one character, as in 王秀英 1份 送, is none."""
        told: list[tuple[str, ...]] = []
        for word in _PAUSE.split(self._rest):
            short = _SHORT_WAYS.get(word[-1:]) if len(word) != 2 else None
            way = way or short
            told.append(_names_in(word[:-1] if short else word))
        people = [names for names in told if names]
        if portions > 1 and len(people) > 1:
            # 两份 王秀英 李建国: perhaps one for each.
            self._doubt(Doubt.SEVERAL_NAMES)
        return (people[0] if people else ()), way


def plain(text: str) -> str:
    """A text whose digits and signs are written in one way; pictures are blanks, letters stay what they are."""
    return "".join(map(_plain, _UNSEEN.sub("", text)))


def _plain(one: str) -> str:
    if one in _PLUSES:
        return "+"
    category = unicodedata.category(one)
    if category == "So":
        return " "
    if category == "Cf":
        return ""
    return one if category[0] == "L" and one not in _WIDE_LETTERS else unicodedata.normalize("NFKC", one)


def _unstruck(line: str) -> tuple[str, str]:
    """What is not struck out, and what is."""
    struck: list[str] = []
    for pattern in _STRUCK:
        struck += (found[1] for found in pattern.finditer(line))
        line = pattern.sub(" ", line)
    return line, " ".join(struck)


def _bare(line: str) -> str:
    """A line without the marks that strike it out."""
    for pattern in _STRUCK:
        line = pattern.sub(r"\1", line)
    return line


def _count(told: str) -> int | None:
    """A number of portions; None for 半, which is none."""
    return int(told) if told.isdecimal() else _HAN_NUMBERS.get(told)


def _names_in(word: str) -> tuple[str, ...]:
    """The name that a word is, or the names that stand together in it."""
    word = _AFTER_NAME.sub("", _BEFORE_NAME.sub("", word.strip(_DOTS)))
    parts = tuple(part for part in _TOGETHER.split(word) if part)
    return parts if all(map(_is_name, parts)) else ()


def _is_name(word: str) -> bool:
    return bool(_NAME.fullmatch(word)) and 2 <= len(word) <= _LONGEST_NAME and word not in _NO_NAMES
