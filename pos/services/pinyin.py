"""Search keys of a name: characters, pinyin and initials, with the readings that surnames have."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import islice, product

SURNAMES = {
    "曾": "zeng", "单": "shan", "解": "xie", "查": "zha", "仇": "qiu", "区": "ou", "盖": "ge", "任": "ren",
    "朴": "piao", "华": "hua", "乐": "yue", "翟": "zhai", "缪": "miao", "覃": "qin", "员": "yun", "折": "she",
    "黑": "he", "秘": "bi", "繁": "po", "种": "chong", "召": "shao", "能": "nai", "祭": "zhai", "句": "gou",
    "阚": "kan", "都": "du", "尉迟": "yu chi", "万俟": "mo qi", "单于": "chan yu", "长孙": "zhang sun",
    "澹台": "tan tai",
}  # fmt: skip
"""Readings of surnames that a dictionary of single characters gets wrong (domain.md section 8): they count first."""

MOST_READINGS = 8


def name_keys(name: str, spoken: str = "") -> frozenset[str]:
    """Lower-case keys by which a name is found: '张伟' gives 张伟, 伟, zhangwei, wei, zw, w.

    Every reading of a character counts, up to eight combinations, so that nobody is unfindable; `spoken` is how
    somebody said that it is read, syllables with blanks between.
    """
    plain = unicodedata.normalize("NFKC", name).strip().lower().replace(" ", "")
    keys = {plain, *(plain[start:] for start in range(1, len(plain)))}
    said = [tuple(spoken.lower().split())] if spoken.split() else []
    for syllables in said + _readings(plain):
        for start in range(len(syllables)):
            keys.add("".join(syllables[start:]))
            keys.add("".join(syllable[0] for syllable in syllables[start:]))
    return frozenset(keys)


def spoken_name(name: str) -> str:
    """How a name is most likely read, syllables with blanks between: what a form offers to be corrected."""
    from pypinyin import lazy_pinyin  # as below

    plain = unicodedata.normalize("NFKC", name).strip().lower().replace(" ", "")
    surname = _surname(plain)
    given = lazy_pinyin(plain[len(surname) :], errors=_unread)
    return " ".join(part for part in (SURNAMES.get(surname, ""), *given) if part)


def _surname(name: str) -> str:
    """The surname of the table that a name begins with, two characters before one; '' for every other."""
    return max((known for known in SURNAMES if name.startswith(known)), key=len, default="")


def _readings(name: str) -> list[tuple[str, ...]]:
    surname = _surname(name)
    spoken = SURNAMES.get(surname, "").split()
    written = [_read(character)[0] for character in surname]
    head = [(first, *others) for first, others in zip(spoken, written, strict=True)]
    given = [choice for word in _words(name[len(surname) :]) for choice in _read(word)]
    choices = islice(product(*head, *given), MOST_READINGS)
    return [syllables for choice in choices if (syllables := tuple(part for part in choice if part))]


def _words(text: str) -> list[str]:
    """The words that pypinyin reads one by one: a word may be read otherwise than its characters."""
    from pypinyin.seg.simpleseg import seg  # 140 ms to import, needed only to enrol

    return list(seg(text)) if text else []


@lru_cache(maxsize=8_192)  # names are made of few words, and each takes pypinyin 50 microseconds
def _read(word: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of each character of a word."""
    from pypinyin import Style, pinyin  # as above

    return tuple(map(tuple, pinyin(word, style=Style.NORMAL, heteronym=True, errors=_unread)))


def _unread(text: str) -> str:
    """Characters without a reading: letters and digits stay, signs such as the dot in names vanish."""
    return "".join(character for character in text if character.isalnum())
