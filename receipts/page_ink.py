"""Ink on a page: a line of words, a rule. Places and sizes in points, from the lower left corner."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from weakref import WeakKeyDictionary

from receipts.page_text import font, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Align = Literal["left", "center", "right"]

PlacedWords: TypeAlias = tuple[str, float, float, Align, float, float]
"""Words with the left edge and the width of their room, their side in it, their top and their size, in points."""

_STROKE = 0.035
_ASCENT = 1.1
_MIDDLE = 0.36
"""How high over the line that letters stand on their middle is, in their size."""

_CODES: WeakKeyDictionary[Any, dict[str, list[tuple[str, str]]]] = WeakKeyDictionary()
"""Words as they stand in a document's file, by document."""
_GREY = 0.45
_BLACK, _RED = (0.0, 0.0, 0.0), (0.75, 0.1, 0.1)
_THIN, _HEAVY = 0.5, 0.9


def write(
    canvas: Canvas,
    words: str,
    x: float,
    room: float,
    top: float,
    size: float,
    align: Align = "left",
    *,
    bold: bool = False,
    grey: bool = False,
    red: bool = False,
) -> None:
    """One line of words, its box's top left at (x, top)."""
    taken = width(words, size)
    at = x + {"left": 0.0, "center": (room - taken) / 2, "right": room - taken}[align]
    line = canvas.beginText(at, top - size * _ASCENT)
    line.setFont(font(), size)
    ink = _RED if red else (_GREY,) * 3 if grey else _BLACK
    line.setFillColorRGB(*ink)
    if bold:
        # The font has one weight: its letters are stroked too, a little wider.
        canvas.setLineWidth(size * _STROKE)
        canvas.setStrokeColorRGB(*ink)
        line.setTextRenderMode(2)
    line.textOut(words)
    if bold:
        line.setTextRenderMode(0)
    canvas.drawText(line)


def write_row(canvas: Canvas, cells: Iterable[PlacedWords]) -> None:
    """Many short words in one go, each where it belongs.

    A long table has the same words again and again; what they are in the file is worked out once a document.
    """
    code = ["BT 0 g"]
    for words, x, room, align, top, size in cells:
        if not words:
            continue
        at = x if align == "left" else x + (room - width(words, size)) / (2 if align == "center" else 1)
        code.append(f"1 0 0 1 {at:.2f} {top - size * _ASCENT:.2f} Tm")
        code.extend(f"{name} {size:.2f} Tf ({coded}) Tj" for name, coded in _coded(canvas, words))
    code.append("ET")
    canvas.addLiteral(" ".join(code))


def _coded(canvas: Canvas, words: str) -> list[tuple[str, str]]:
    """Words in the bytes of the font's parts that are embedded, part by part, as reportlab's own text has them."""
    from reportlab.pdfbase import pdfmetrics

    document: Any = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001
    known = _CODES.setdefault(document, {})
    if words not in known:
        face: Any = pdfmetrics.getFont(font())
        known[words] = [
            (face.getSubsetInternalName(part, document), canvas._escape(data))  # type: ignore[attr-defined]  # noqa: SLF001
            for part, data in face.splitString(words, document)
        ]
    return known[words]


def strike(canvas: Canvas, cells: Iterable[PlacedWords]) -> None:
    """A line through words that stay readable."""
    for words, x, room, align, top, size in cells:
        taken = width(words, size)
        at = x + {"left": 0.0, "center": (room - taken) / 2, "right": room - taken}[align]
        middle = top - size * (_ASCENT - _MIDDLE)
        canvas.setStrokeGray(0)
        canvas.setLineWidth(_HEAVY)
        canvas.line(at, middle, at + taken, middle)


def rule(canvas: Canvas, left: float, y: float, right: float, *, heavy: bool = False) -> None:
    """A line across."""
    canvas.setStrokeGray(0 if heavy else 0.6)
    canvas.setLineWidth(_HEAVY if heavy else _THIN)
    canvas.line(left, y, right, y)
