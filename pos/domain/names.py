"""Names of people: any character of GB 18030-2022, one dot for all dots, no private characters.

Sources: the notice on the separator "·" U+00B7 and fields of 50 characters (domain.md section 8); GB 18030-2022.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from pos.domain.errors import Refusal
from pos.domain.staff import check_name

DOT = "·"

COMPOUND_SURNAMES = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马公西颛孙壤驷公良"
        "漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌微生梁丘左丘东门西门第五单于叱干斛律贺兰哥舒尔朱",
    )
)
"""Surnames of two characters: those of the Hundred Family Names, and a few that are older or rarer."""

HIDDEN = "*"

_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･˙ꞏ᛫⸱\u0387", DOT))
_HAN = r"[\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
_STOP_BETWEEN = re.compile(rf"(?<={_HAN})\s*[.．。﹒·]\s*(?={_HAN})")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# What GBK kept in 80 private places is in Unicode now; old programs and old data still say it the private way.
_ONCE_PRIVATE_FROM = 0xE815
_NOW = (
    "⺁\U00020087\U00020089\U000200cc⺄㑳㑇⺈⺋\u9fb4㖞㘚㘎⺌⺗㥮㤘\u9fb5㧏㧟㩳㧐\u9fb6\u9fb7㭎㱮㳠⺧\U000215d7\u9fb8"
    "⺪䁖䅟⺮䌷⺳⺶⺷\U0002298f䎱䎬⺻䏝䓖䙡䙌\u9fb9䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶\u9fba\U000241fe䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮\u9fbb"
)
_ONCE_PRIVATE = {_ONCE_PRIVATE_FROM + place: now for place, now in enumerate(_NOW)}


@dataclass(eq=False)
class PrivateCharacter(Refusal):
    """A name holds a character that only the program it comes from can show; `code` is its place, as U+E000."""

    code: str


def person_name(text: str) -> str:
    """A name as it is kept: look-alike dots become "·", private characters of GBK what they are now.

    Raises BadName when it is empty, over 50 characters or no single line of text, PrivateCharacter for a character
    that nobody can tell.
    """
    name = text.translate(_WIDE).translate(_ONCE_PRIVATE).translate(_DOTS)
    name = "".join(one for one in name if unicodedata.category(one) != "Cf")
    name = _STOP_BETWEEN.sub(DOT, re.sub(" +", " ", name))
    for one in name:
        if unicodedata.category(one) == "Co":
            raise PrivateCharacter(f"U+{ord(one):04X}")
    return check_name(name)


@lru_cache(maxsize=4_096)  # a noon asks two thousand, again and again
def short_name(name: str) -> str:
    """A name that neighbours know and strangers do not: 王秀英 is 王*英, 王䶮 is 王*, 欧阳建国 is 欧阳*国.

    Of a name in several parts (阿依古丽·买买提) the first is shown so; the others, a father's or a family's, are left out.
    """
    first = re.split(rf"[{DOT} ]", name.strip(), maxsplit=1)[0]
    family = 2 if len(first) > 2 and first[:2] in COMPOUND_SURNAMES else 1
    last = first[-1] if len(first) > family + 1 else ""
    return f"{first[:family]}{HIDDEN}{last}" if len(first) > 1 else first
