"""Words on a page: the bundled font, how wide words are in it, and how they are broken or cut to fit.

Sizes and widths are in points (1/72 inch). reportlab is imported, and the font read, when the first page is drawn.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from receipts.picture import FONT

FONT_NAME = "Noto"
ELLIPSIS = "…"

_NOT_AT_START = frozenset("，。、；：？！）》」』”’,.;:?!)]}%…·")
_PIECES = re.compile(r"[!-~À-ɏ]+|\s|.", re.DOTALL)


@cache
def font() -> str:
    """Read the font once; its name."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont(FONT_NAME, str(FONT)))
    return FONT_NAME


@cache
def _thousandths(char: str) -> int:
    """The width of a character in thousandths of its size; its digits are all as wide."""
    from reportlab.pdfbase import pdfmetrics

    return round(pdfmetrics.stringWidth(char, font(), 1000))


def width(words: str, size: float) -> float:
    """How wide words are."""
    return _units(words) * size / 1000


@lru_cache(maxsize=8_192)  # a long table has the same words again and again
def _units(words: str) -> int:
    return sum(map(_thousandths, words))


def elided(words: str, room: float, size: float) -> str:
    """The words, cut with an ellipsis where they are wider than the room."""
    if width(words, size) <= room:
        return words
    left = room - width(ELLIPSIS, size)
    kept = 0
    for char in words:
        left -= width(char, size)
        if left < 0:
            break
        kept += 1
    return words[:kept].rstrip() + ELLIPSIS


def wrapped(words: str, room: float, size: float, most_lines: int) -> list[str]:
    """The words in lines: broken between Chinese characters and at spaces, never before a closing sign.

    What is left over after `most_lines` ends in an ellipsis.
    """
    if "\n" not in words and width(words, size) <= room:
        return [words.strip()]
    lines: list[str] = []
    for paragraph in words.split("\n"):
        lines += _broken(paragraph, room, size)
    if len(lines) > most_lines:
        lines[most_lines - 1 :] = [elided("".join(lines[most_lines - 1 :]), room, size)]
    return lines


def _broken(paragraph: str, room: float, size: float) -> list[str]:
    lines, line, last = [], "", ""
    for piece in _fitting(paragraph, room, size):
        if not line or width((line + piece).rstrip(), size) <= room:
            line += piece
        elif piece in _NOT_AT_START and len(line) > len(last):
            # A closing sign takes what is before it along, a whole number and not its last digit.
            lines.append(line[: -len(last)].rstrip())
            line = last + piece
        else:
            lines.append(line.rstrip())
            line = piece.lstrip()
        last = piece
    return [*lines, line.rstrip()]


def _fitting(paragraph: str, room: float, size: float) -> list[str]:
    """Words that stay together, single characters where one word alone is wider than the room."""
    pieces: list[str] = []
    for piece in _PIECES.findall(paragraph):
        pieces += [piece] if width(piece, size) <= room else list(piece)
    return pieces
