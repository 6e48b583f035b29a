"""The parts that every slip shares: its heading, its facts, its foot, and how times and secrets look on paper."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from pos.i18n import _
from receipts.roll import Blank, Cut, Element, Row, Rule, Size, Text, cells

if TYPE_CHECKING:
    from pos.domain.canteen import Canteen

PRACTICE_MARK = "练习 PRACTICE"
"""Both languages, whatever the till speaks: whoever finds the paper must understand it."""

_LARGE_NAME_CELLS = 24
"""A longer name in double size would fill three lines of a 58 mm roll."""

_SHORT_HEAD = 16
"""Hex digits of a hash that a person compares by eye: 64 bits."""


def heading(canteen: Canteen, title: str, copy: int = 0, asked_by: str = "") -> list[Element]:
    """Whose paper it is, which paper, and for a reprint that it is one (domain.md 2.4)."""
    size: Size = 2 if cells(canteen.name) <= _LARGE_NAME_CELLS else 1
    parts: list[Element] = [*_practice(canteen), Text(canteen.name, "center", size, bold=True)]
    parts.append(Text(title, "center"))
    if copy:
        mark = _("Reprint {copy} · {name}").format(copy=copy, name=asked_by)
        # In double size count and name need a line each on a 58 mm roll.
        parts.append(warning(mark.replace(" · ", "\n", 1)))
    return [*parts, Rule(heavy=True)]


def foot(canteen: Canteen, *words: str) -> list[Element]:
    """What kind of paper it is, whom to ask, and the cut."""
    asked = [_("Questions: {phone}").format(phone=canteen.phone)] if canteen.phone else []
    return [*(Text(line, "center") for line in (*words, *asked)), *_practice(canteen), Cut()]


def warning(words: str) -> Text:
    """A word that nobody may overlook."""
    return Text(words, "center", 2, bold=True)


def signature(who: str) -> list[Element]:
    """A line to sign on, with room above it for the hand."""
    return [Blank(), Row(who, "_" * 18)]


def part(name: str, value: str) -> Row:
    """A row that is a part of the one above it."""
    return Row(f"  {name}", value)


def moment(at_ms: int, tz: tzinfo) -> str:
    """A UTC instant (epoch ms) as the canteen's wall clock shows it: '2026-03-02 11:52'."""
    return f"{datetime.fromtimestamp(at_ms / 1000, tz):%Y-%m-%d %H:%M}"


def masked(card_tail: str) -> str:
    """A card number of which the last four digits stand."""
    return f"****{card_tail}"


def short_head(head: str) -> str:
    """The beginning of a hash in groups of four, for comparing by eye."""
    return " ".join(head[start : start + 4] for start in range(0, min(len(head), _SHORT_HEAD), 4))


def _practice(canteen: Canteen) -> list[Element]:
    if not canteen.practice:
        return []
    return [warning(PRACTICE_MARK), Text(_("No real money, no real meal."), "center")]
