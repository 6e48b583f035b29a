"""Box labels on sheets of A4, three across and eight down, 70 by 37 mm each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pos import words
from pos.domain.box_labels import BoxLabel
from pos.domain.roster_paper import LabelSheets
from pos.i18n import _
from receipts.page_ink import write
from receipts.page_text import elided, width, wrapped
from receipts.roster_rows import draw_code
from receipts.slips_labels import contents
from receipts.slips_parts import PRACTICE_MARK

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
ACROSS, DOWN = 3, 8
LABEL = (70 * MM, 37 * MM)
PAGE = (210 * MM, 297 * MM)
TOP = (297 - DOWN * 37) / 2 * MM
"""What eight rows leave of a page, half of it above."""

QR_MM = 17.0
_FOOT_SIZES = (8.0, 7.0, 6.0)
_EDGE = 5 * MM
"""Printers cannot print nearer to the edge of the sheet."""


def label_pdf(sheets: LabelSheets) -> bytes:
    """The labels as PDF; without any, one empty sheet."""
    from reportlab import rl_config
    from reportlab.pdfgen.canvas import Canvas

    rl_config.useA85 = 0
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=PAGE, pageCompression=1, invariant=1)
    canvas.setTitle(_("Box labels"))
    canvas.setAuthor(sheets.canteen)
    canvas.setCreator("")
    for number, label in enumerate(sheets.labels, sheets.skip % (ACROSS * DOWN)):
        place = number % (ACROSS * DOWN)
        if number and not place:
            canvas.showPage()
        row, column = divmod(place, ACROSS)
        _label(canvas, label, column * LABEL[0], PAGE[1] - TOP - row * LABEL[1], practice=sheets.practice)
    if not sheets.labels:
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _label(canvas: Canvas, label: BoxLabel, x: float, top: float, *, practice: bool) -> None:
    """A label whose upper left corner is at (x, top)."""
    left, room = x + _EDGE, LABEL[0] - 2 * _EDGE
    side = QR_MM * MM
    # The quiet zone of the code may reach into the margin: it is white.
    draw_code(canvas, label.code, left + room - side + 2 * MM, top - 1.5 * MM, side)
    beside = room - side + 1 * MM
    door = label.door or _("address not known")
    write(canvas, elided(label.name, beside, 15), left, beside, top - 3 * MM, 15, bold=True)
    write(canvas, elided(label.estate, beside, 8.5), left, beside, top - 9.5 * MM, 8.5)
    write(canvas, elided(door, beside, 12), left, beside, top - 13.2 * MM, 12, bold=True)
    diet = elided(" ".join(label.diets), room * 0.5, 13)
    taken = width(diet, 13) + 6 if diet else 0.0
    write(canvas, diet, left, room, top - 20 * MM, 13, "right", bold=True)
    _contents(canvas, label, left, room, taken, top - 20 * MM)
    foot = foot_words(label)
    size = next((one for one in _FOOT_SIZES if width(foot, one) <= room), _FOOT_SIZES[-1])
    write(canvas, elided(foot, room, size), left, room, top - 31 * MM, size)
    if practice:
        write(canvas, PRACTICE_MARK, left, room, top - 27.5 * MM, 7, "right", grey=True)


def _contents(canvas: Canvas, label: BoxLabel, left: float, room: float, taken: float, top: float) -> None:
    """The set meal large, what comes with it small below; a tray has but the second, in the place of the first."""
    inside = contents(label.inside)
    if not label.dish:
        for number, line in enumerate(wrapped(inside, room - taken, 11, 2)):
            write(canvas, line, left, room - taken, top - number * 4.8 * MM, 11, bold=True)
        return
    write(canvas, elided(label.dish, room - taken, 12), left, room - taken, top, 12, bold=True)
    for number, line in enumerate(wrapped(inside, room, 8.5, 2)):
        write(canvas, line, left, room, top - 5 * MM - number * 3.2 * MM, 8.5)


def foot_words(label: BoxLabel) -> str:
    """The day of the meal, the route, when it was cooked and until when it is eaten, which box of how many."""
    cooked = _("cooked {time}").format(time=label.cooked_at) if label.cooked_at else ""
    eaten = _("eat by {time}").format(time=label.eat_by) if label.eat_by else ""
    box = f"{label.box}/{label.boxes}" if label.boxes > 1 else ""
    day = f"{label.day:%m-%d} {words.meal(label.meal)}"
    return " ".join(filter(None, (day, label.route, cooked, eaten, box)))
