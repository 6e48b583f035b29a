"""The rows of a roster: one door each, with its code to scan, what to bring, and room to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pos import words
from pos.domain.box_labels import door_of
from pos.domain.rosters import News, Stop
from pos.domain.stop_codes import stop_code
from pos.i18n import _, pgettext
from receipts.page_grid import LaidRow
from receipts.page_ink import Align, rule, write
from receipts.page_text import wrapped
from receipts.picture import many_qr

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
QR_MM = 14.0
"""Three dots to a module on a printer of 200 dots to the inch: what a hand scanner reads at once."""

_ROW = 14.6 * MM
_HEAD = 11 * MM
_PAD = 3.0
_LARGE, _SMALL = 10.5, 8.5
_LEADING = 1.28
_MOST_LINES = 4
_HEAD_GROUND = 0.93


@dataclass(frozen=True, slots=True)
class _Words:
    """A line of a cell; `size` in points."""

    words: str
    size: float = _LARGE
    bold: bool = False
    grey: bool = False
    red: bool = False


_STRUCK = 7
"""The columns before the note."""

_Cell = tuple[_Words, ...]


@dataclass(frozen=True, slots=True)
class _Column:
    """`width` in mm; without `cell` it is room to write in."""

    title: Callable[[], str]
    width: float
    cell: Callable[[Stop], _Cell] | None = None
    align: Align = "left"


class StopRows:
    """The stops as rows for one width of page (points)."""

    def __init__(self, stops: Iterable[Stop], mark: str, left: float, width: float) -> None:
        """`mark` is the canteen's, for the codes."""
        self._stops = stops
        self._mark = mark
        self._left = left
        whole = sum(column.width for column in _COLUMNS)
        self._widths = [width * column.width / whole for column in _COLUMNS]
        self._right = left + width

    @property
    def line_height(self) -> float:
        """Every row is as high as its code, or higher where a note needs it."""
        return _ROW

    def head(self) -> LaidRow:
        """The titles."""
        cells: list[_Cell] = [(_Words(column.title(), _SMALL, bold=True),) for column in _COLUMNS]

        def draw(canvas: Canvas, top: float) -> None:
            canvas.setFillGray(_HEAD_GROUND)
            canvas.rect(self._left, top - _HEAD, self._right - self._left, _HEAD, stroke=0, fill=1)
            for column, lines, x, room in self._places(cells):
                self._put(canvas, self._broken(lines, room), x, room, top, _HEAD, column.align)
            rule(canvas, self._left, top - _HEAD, self._right, heavy=True)

        return LaidRow(_HEAD, draw)

    def rows(self) -> Iterator[LaidRow]:
        """A row for each stop."""
        for stop in self._stops:
            yield self._row(stop)

    def _row(self, stop: Stop) -> LaidRow:
        cells = [column.cell(stop) if column.cell else () for column in _COLUMNS]
        laid = [self._broken(lines, room) for lines, room in zip(cells, self._widths, strict=True)]
        height = max(_ROW, *(sum(one.size * _LEADING for one in lines) + 2 * _PAD for lines in laid))

        def draw(canvas: Canvas, top: float) -> None:
            for column, lines, x, room in self._places(laid):
                self._put(canvas, lines, x, room, top, height, column.align)
                canvas.setStrokeGray(0.75)
                canvas.setLineWidth(0.4)
                canvas.line(x, top, x, top - height)
            canvas.line(self._right, top, self._right, top - height)
            if stop.gone:
                # Through all but the word that says why.
                rule(canvas, self._left, top - height / 2, self._left + sum(self._widths[:_STRUCK]), heavy=True)
            else:
                x = self._left + self._widths[0]
                self._code(canvas, stop, x + (self._widths[1] - QR_MM * MM) / 2, top - (height - QR_MM * MM) / 2)
            rule(canvas, self._left, top - height, self._right)

        return LaidRow(height, draw)

    def _code(self, canvas: Canvas, stop: Stop, x: float, top: float) -> None:
        draw_code(canvas, stop_code(self._mark, stop.id), x, top, QR_MM * MM)

    def _places(self, cells: list[_Cell]) -> Iterator[tuple[_Column, _Cell, float, float]]:
        x = self._left
        for column, lines, room in zip(_COLUMNS, cells, self._widths, strict=True):
            yield column, lines, x, room
            x += room

    def _broken(self, lines: _Cell, room: float) -> _Cell:
        """The lines of a cell, each broken where it is wider than its column."""
        return tuple(
            replace(one, words=words)
            for one in lines
            for words in wrapped(one.words, room - 2 * _PAD, one.size, _MOST_LINES)
        )

    def _put(
        self, canvas: Canvas, lines: _Cell, x: float, room: float, top: float, height: float, align: Align
    ) -> None:
        """Lines in the middle of a cell's height."""
        y = top - (height - sum(one.size * _LEADING for one in lines)) / 2
        for one in lines:
            write(canvas, one.words, x + _PAD, room - 2 * _PAD, y, one.size, align, bold=one.bold, grey=one.grey, red=one.red)
            y -= one.size * _LEADING


def draw_code(canvas: Canvas, data: str, x: float, top: float, side: float) -> None:
    """A QR code in a square of `side` points, its quiet zone of 4 modules included (ISO/IEC 18004)."""
    modules = many_qr(data)
    module = side / (len(modules) + 8)
    ink = [f"q 0 g {module:.4f} 0 0 {-module:.4f} {x + 4 * module:.3f} {top - 4 * module:.3f} cm"]
    for y, row in enumerate(modules):
        start = -1
        for number, black in enumerate((*row, False)):
            if black and start < 0:
                start = number
            elif not black and start >= 0:
                # A hair over the edge, so that no white lines show between rows.
                ink.append(f"{start} {y} {number - start} 1.02 re")
                start = -1
    canvas.addLiteral(" ".join((*ink, "f Q")))


# -- what stands in the cells -------------------------------------------------------------------------


def _number(stop: Stop) -> _Cell:
    if stop.gone:
        return (_Words("–", _LARGE, grey=True),)
    news = {News.ADDED: pgettext("stop", "new"), News.CHANGED: pgettext("stop", "changed")}
    told = (_Words(news[stop.news], _SMALL, bold=True),) if stop.news else ()
    return (_Words(str(stop.number), 13, bold=True, red=stop.lacks_address), *told)


def _where(stop: Stop) -> _Cell:
    if stop.lacks_address:
        return (_Words(_("address not known"), _LARGE, bold=True, red=True),)
    door, estate = door_of(stop.address), stop.address.estate
    parts = [_Words(estate, _SMALL, grey=stop.gone)] if estate else []
    parts += [_Words(door, _LARGE, bold=not stop.gone, grey=stop.gone)] if door else []
    return tuple(parts)


def _who(stop: Stop) -> _Cell:
    return (
        _Words(stop.name, _LARGE, bold=not stop.gone, grey=stop.gone),
        *((_Words(stop.phone, 9.5),) if stop.phone and not stop.gone else ()),
    )


def _boxes(stop: Stop) -> _Cell:
    return () if stop.gone else (_Words(str(stop.boxes), 13, bold=True),)


def _dishes(stop: Stop) -> _Cell:
    dishes = (name if count == 1 else f"{name} ×{count}" for name, count in stop.dishes)
    return tuple(_Words(dish, _SMALL, grey=stop.gone) for dish in dishes)


def _diet(stop: Stop) -> _Cell:
    return () if stop.gone else tuple(_Words(diet, 10, bold=True) for diet in stop.diets)


def _note(stop: Stop) -> _Cell:
    if stop.gone:
        return (_Words(words.stop_gone(fetched=stop.fetched), _LARGE, bold=True),)
    at = (_Words(_("at {time}").format(time=stop.eat_at), 9.5, bold=True),) if stop.eat_at else ()
    return (*at, *((_Words(stop.note, 9.5),) if stop.note else ()))


def _face(stop: Stop) -> _Cell:
    return (_Words(pgettext("face to face", "yes"), _LARGE, bold=True),) if stop.in_person and not stop.gone else ()


_COLUMNS = (
    _Column(lambda: pgettext("roster", "Stop"), 11, _number, "center"),
    _Column(lambda: _("Scan"), 17, lambda _stop: (), "center"),
    _Column(lambda: pgettext("roster", "Door"), 46, _where),
    _Column(lambda: _("Name and phone"), 29, _who),
    _Column(lambda: _("Boxes"), 11, _boxes, "center"),
    _Column(lambda: _("Dishes"), 32, _dishes),
    _Column(lambda: _("Diet"), 17, _diet, "center"),
    _Column(lambda: pgettext("roster", "Note"), 31, _note),
    _Column(lambda: _("Face to face"), 12, _face, "center"),
    _Column(lambda: _("Box no. / back"), 18),
    _Column(lambda: pgettext("roster", "Time"), 13),
    _Column(lambda: _("Signature"), 18),
    _Column(lambda: _("Result"), 12),
)
