"""A slip as elements, and their layout in the fixed cells of a paper roll.

Pure data and pure functions: no device, no picture. A cell is half a Chinese character (12 dots).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Literal

Align = Literal["left", "center", "right"]
Size = Literal[1, 2]

QR_CAPACITY_BYTES = 2331
"""The largest byte-mode QR code of error level M (ISO/IEC 18004, version 40)."""


class PaperWidth(Enum):
    """The two rolls that counters use; the value is the paper's width in mm.

    A thermal head has 8 dots to the mm and prints 48 mm of 58, 72 mm of 80.
    """

    MM58 = 58
    MM80 = 80

    @property
    def cells(self) -> int:
        return 32 if self is PaperWidth.MM58 else 48

    @property
    def dots(self) -> int:
        return self.cells * 12


@dataclass(frozen=True, slots=True)
class Text:
    """Words on lines of their own; a newline starts a new line. Size 2 doubles width and height.

    What is struck out stays readable under its line: it held once.
    """

    text: str
    align: Align = "left"
    size: Size = 1
    bold: bool = False
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Words at the left, an amount at the right edge. The words wrap, the amount never does."""

    left: str
    right: str
    size: Size = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """A name, a quantity and an amount; the last two stand right-aligned below those of other rows."""

    name: str
    quantity: str
    amount: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper; a heavy one is drawn double."""

    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code in the middle, with a caption below it.

    Raises ValueError for no data and for more than QR_CAPACITY_BYTES of UTF-8.
    """

    data: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.data.encode()) <= QR_CAPACITY_BYTES:
            raise ValueError(len(self.data.encode()))


@dataclass(frozen=True, slots=True)
class Cut:
    pass


@dataclass(frozen=True, slots=True)
class OpenDrawer:
    pass


Element = Text | Row | Columns | Rule | Blank | Qr | Cut | OpenDrawer


@dataclass(frozen=True, slots=True)
class Slip:
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line. Text never holds a control character and never exceeds cells / size."""

    text: str
    align: Align = "left"
    size: Size = 1
    bold: bool = False
    struck: bool = False


Laid = Line | Qr | Cut | OpenDrawer


def cells(text: str) -> int:
    """Width in cells. A printer goes by encoded length: one byte is one cell, more bytes are two.

    In gb18030, gbk, utf-8 and big5 alike the one-byte characters are exactly the ASCII ones, so the
    width needs no encoding. East Asian Width would call '×' one cell, and a printer draws it in two.
    """
    return sum(1 if char < "\x80" else 2 for char in text)


def clean(text: str) -> str:
    """Words that are safe to print: no control or invisible characters but the newline.

    A name must not carry ESC bytes to the printer. U+00A5 becomes U+FFE5, because its GB18030 code has
    four bytes, which most printers cannot draw. Kinds of blank become the plain one, except U+3000.
    """
    return "".join(_clean(char) for char in text.replace("\r\n", "\n"))


def _clean(char: str) -> str:
    if "\x20" <= char < "\x7f" or char in "\n\u3000":
        return char
    if char == "\xa5":
        return "￥"
    kind = unicodedata.category(char)
    if char in "\r\x85" or kind in ("Zl", "Zp"):
        return "\n"
    if char == "\t" or kind == "Zs":
        return " "
    if kind == "Cs":
        return "\ufffd"
    return "" if kind in ("Cc", "Cf") or _VARIANT.match(char) else char


# Variation selectors choose among the drawings of a character; a printer has one.
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

# A latin word or one wide character, with the opening marks before it and the closing marks after it:
# the pieces between which a line may break.
_OPENING = "（《〈「『【〔“‘￥"
_CLOSING = "，。、；：！？…·）》〉」』】〕”’％°"
_PIECE = re.compile(rf" +|[{_OPENING}]*(?:[!-~]+|[^ ])[{_CLOSING}]*")


def wrap(text: str, width: int) -> tuple[str, ...]:
    """Lines of at most `width` cells (2 or more); breaks at blanks and between wide characters.

    A piece that is longer than a line is cut. Blanks at a break vanish.
    """
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        lines.extend(_wrap_paragraph(paragraph, width))
    return tuple(lines)


def _wrap_paragraph(paragraph: str, width: int) -> list[str]:
    if cells(paragraph) <= width:
        return [paragraph.rstrip(" ")]
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(paragraph):
        if cells(line) + cells(piece) <= width:
            line += piece
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        line = piece.lstrip(" ")
        while cells(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line.rstrip(" ")] if line.strip(" ") or not lines else lines


def _head(text: str, width: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += cells(char)
        if used > width:
            return text[:index]
    return text


def lay_out(slip: Slip, paper: PaperWidth) -> tuple[Laid, ...]:
    """The slip line by line, as it will stand on this paper; no line is wider than it."""
    laid: list[Laid] = []
    for element in slip.elements:
        match element:
            case Text():
                laid.extend(_text_lines(element, paper))
            case Row():
                laid.extend(_row_lines(element, paper))
            case Columns():
                laid.extend(_column_lines(element, paper))
            case Rule():
                laid.append(Line(("=" if element.heavy else "-") * paper.cells))
            case Blank():
                laid.extend([Line("")] * element.lines)
            case Qr():
                laid.append(element)
                if element.caption:
                    laid.extend(_text_lines(Text(element.caption, "center"), paper))
            case Cut() | OpenDrawer():
                laid.append(element)
    return tuple(laid)


def plain(slip: Slip, paper: PaperWidth) -> str:
    """The slip as text of one paper's width, for reading in a file; sizes and boldness are lost, ~~struck~~ is not."""
    lines: list[str] = []
    for laid in lay_out(slip, paper):
        match laid:
            case Line():
                room = paper.cells - cells(laid.text) * laid.size
                left = {"left": 0, "center": room // 2, "right": room}[laid.align]
                lines.append(" " * left + (f"~~{laid.text}~~" if laid.struck else laid.text))
            case Qr():
                lines.append(f"[QR {laid.data}]".center(paper.cells).rstrip())
            case Cut():
                lines.append("8<" + "- " * (paper.cells // 2 - 1))
            case OpenDrawer():
                lines.append("[drawer]")
    return "".join(line.rstrip(" ") + "\n" for line in lines)


def _text_lines(text: Text, paper: PaperWidth) -> list[Line]:
    return [
        Line(line, text.align, text.size, text.bold, text.struck) for line in wrap(text.text, paper.cells // text.size)
    ]


def _row_lines(row: Row, paper: PaperWidth) -> list[Line]:
    right = _one_line(row.right)
    # An amount in large type that is wider than the paper is still better small than broken.
    size: Size = row.size if cells(right) * row.size <= paper.cells else 1
    width = paper.cells // size
    return [Line(text, "left", size, row.bold) for text in _row_texts(row.left, right, width)]


def _row_texts(left: str, right: str, width: int) -> tuple[str, ...]:
    room = width - cells(right) - 1
    if not right:
        return wrap(left, width)
    # With less than half of the line left for words, the amount gets a line of its own.
    if room < width // 2 and cells(clean(left)) > room:
        return wrap(left, width) + tuple(" " * (width - cells(line)) + line for line in wrap(right, width))
    first, *rest = wrap(left, room) if room > 1 else ("",)
    return (first + " " * (width - cells(first) - cells(right)) + right, *rest)


def _column_lines(columns: Columns, paper: PaperWidth) -> list[Line]:
    quantity, amount = (5, 10) if paper is PaperWidth.MM58 else (8, 12)
    right = _to_the_right(columns.quantity, quantity) + _to_the_right(columns.amount, amount)
    texts = _row_texts(columns.name, right, paper.cells)
    return [Line(text, "left", 1, columns.bold) for text in texts]


def _to_the_right(text: str, width: int) -> str:
    """At least `width` cells, and at least one blank before the words."""
    text = _one_line(text)
    return " " * max(width - cells(text), 1) + text


def _one_line(text: str) -> str:
    return clean(text).replace("\n", " ")
