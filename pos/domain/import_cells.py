"""What a cell of an import means: days, amounts, cards and addresses in all the ways in which people write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from pos.domain.address import Address
from pos.domain.cards import CardUid, parse_typed
from pos.domain.identity import Sex
from pos.domain.money import Fen

LARGEST_YUAN = 10**7
LONGEST_SHOWN = 40

_MAY_BE_A_DOCUMENT = re.compile(r"(?:[0-9]\s*){13,}[0-9Xx]")

_DAY = re.compile(r"([0-9]{4})\s*(?:[-/.年])\s*([0-9]{1,2})\s*(?:[-/.月])\s*([0-9]{1,2})\s*日?(?:\s+[0-9:]+)?")
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
_SERIAL_START = date(1899, 12, 30)  # a spreadsheet's day 1, shifted by the leap day that 1900 did not have
_AMOUNT = re.compile(r"(-?)(?:¥|￥)?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.([0-9]*))?\s*元?")
_SEXES = {"男": Sex.MALE, "女": Sex.FEMALE, "m": Sex.MALE, "f": Sex.FEMALE, "male": Sex.MALE, "female": Sex.FEMALE}
_BETWEEN = re.compile(r"[、,，;；/|\s]+")
_CARD_DIGITS = 10

_COUNT = r"[0-9A-Za-z零〇一二两三四五六七八九十百甲乙丙丁东西南北]+"
_ADDRESS = re.compile(
    rf"(?P<estate>.*?)(?P<building>{_COUNT}\s*(?:号楼|号院|栋|幢|座|楼))\s*"
    rf"(?P<unit>{_COUNT}\s*单元)?\s*(?P<floor>{_COUNT}\s*(?:层|楼))?\s*(?P<door>.*)"
)


def plain(text: str) -> str:
    """Half-width, without blanks at the ends and without signs that cannot be seen."""
    half = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if half.isprintable():
        return half.strip()
    return "".join(sign for sign in half if unicodedata.category(sign) not in {"Cc", "Cf"} or sign in "\t\n").strip()


def shown(text: str) -> str:
    """What may be shown of a cell: of what could be the number of a document only the last four characters."""
    return _MAY_BE_A_DOCUMENT.sub(lambda found: f"…{found[0][-4:]}", plain(text))[:LONGEST_SHOWN]


def read_day(text: str) -> date | None:
    """A day: 1940-02-03, 1940/2/3, 1940.2.3, 1940年2月3日, 19400203, or the 14644 that a spreadsheet counts by.

    None for everything else, also for days that no calendar has.
    """
    words = plain(text)
    if _SERIAL.fullmatch(words):
        return _SERIAL_START + timedelta(days=int(words.partition(".")[0]))
    found = _DAY.fullmatch(words) or _EIGHT_DIGITS.fullmatch(words)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def read_fen(text: str) -> Fen | None:
    """An amount in fen: 200, 200.5, ¥1,234.50, 200元; '' is 0. Below zero where the file says so.

    None for everything else: 59.975 has no fen of its own, and nobody rounds somebody's money away.
    """
    words = plain(text).replace(" ", "")
    if words in {"", "-"}:
        return 0
    found = _AMOUNT.fullmatch(words)
    if found is None or not (found[2] or found[3]):
        return None
    whole, rest = int((found[2] or "0").replace(",", "")), (found[3] or "").rstrip("0")
    if len(rest) > 2 or whole >= LARGEST_YUAN:
        return None
    amount = whole * 100 + int(rest.ljust(2, "0"))
    return -amount if found[1] else amount


def read_sex(text: str) -> Sex | None:
    """男, 女, M, F; None for everything else."""
    return _SEXES.get(plain(text).lower().removesuffix("性"))


def read_card(text: str) -> CardUid:
    """A card by the number on its face; a spreadsheet may have eaten its leading zeros. Raises NotACard."""
    words = "".join(plain(text).split())
    return parse_typed(words.zfill(_CARD_DIGITS) if words.isdecimal() else words)


def read_names(text: str) -> tuple[str, ...]:
    """Words parted by any usual sign: '低保、残疾'."""
    return tuple(dict.fromkeys(word for word in _BETWEEN.split(plain(text)) if word))


def read_address(text: str) -> Address:
    """An address in one line, parted where it says building, unit and floor; else all of it is the estate."""
    words = plain(text)
    found = _ADDRESS.fullmatch(words)
    if found is None:
        return Address(estate=words)
    return Address(**{part: (value or "").strip(" ,，-") for part, value in found.groupdict().items()})
