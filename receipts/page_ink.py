"""Ink on a page: a line of words, a rule. Places and sizes in points, from the lower left corner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from receipts.page_text import font, width

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Align = Literal["left", "center", "right"]

_STROKE = 0.035
_GREY = 0.45
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
) -> None:
    """One line of words, its box's top left at (x, top)."""
    taken = width(words, size)
    at = x + {"left": 0.0, "center": (room - taken) / 2, "right": room - taken}[align]
    line = canvas.beginText(at, top - size * 1.1)
    line.setFont(font(), size)
    line.setFillGray(_GREY if grey else 0)
    if bold:
        # The font has one weight: its letters are stroked too, a little wider.
        canvas.setLineWidth(size * _STROKE)
        canvas.setStrokeGray(_GREY if grey else 0)
        line.setTextRenderMode(2)
    line.textOut(words)
    if bold:
        line.setTextRenderMode(0)
    canvas.drawText(line)


def rule(canvas: Canvas, left: float, y: float, right: float, *, heavy: bool = False) -> None:
    """A line across."""
    canvas.setStrokeGray(0 if heavy else 0.6)
    canvas.setLineWidth(_HEAVY if heavy else _THIN)
    canvas.line(left, y, right, y)
