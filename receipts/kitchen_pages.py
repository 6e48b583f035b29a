"""The kitchen's papers as A4 pages: what to cook for a meal, and what changed after that was printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pos import words
from pos.clock import CHINA
from pos.domain.kitchen import WAYS, Plate, Tally
from pos.domain.kitchen_lines import ChangeKind, PlateChange
from pos.domain.kitchen_paper import KitchenPaper
from pos.domain.pages import Frame
from pos.i18n import _, ngettext
from pos.ports.drafts import Draft
from pos.words import kitchen as said
from receipts.new_file import drafted
from receipts.pages import Block, Gap, Grid, GridColumn, Words, pdf
from receipts.slips_parts import moment

_LARGE, _LIST = 12.5, 10
"""Points: numbers are read from where the pots are, lists with the paper in the hand."""
_TABLE_BEGINS = 18
"""Millimetres that a gap, a table's head and its first row take."""


class KitchenPages:
    """Keeps the promise of pos.ports.kitchen.WritesKitchenPages."""

    def sheet(self, frame: Frame, paper: KitchenPaper, path: Path) -> Draft:
        """The whole list as PDF."""
        return drafted(path, sheet_pdf(frame, paper))

    def changes(self, frame: Frame, paper: KitchenPaper, path: Path) -> Draft:
        """What changed since the version before as PDF."""
        return drafted(path, changes_pdf(frame, paper))


def sheet_pdf(frame: Frame, paper: KitchenPaper) -> bytes:
    """The numbers first, then what changed, who needs something else, and who is not cooked for."""
    blocks: list[Block] = [*_head(paper), *_numbers(paper), *_changes(paper), *_people(paper)]
    return pdf(frame, blocks)


def changes_pdf(frame: Frame, paper: KitchenPaper) -> bytes:
    """What is otherwise than on the version before: cancelled ones struck out, and the numbers that moved."""
    moved = tuple((name, str(before), str(now)) for name, before, now in paper.moved)
    columns = (GridColumn(_("To cook"), 30, wrap=True), GridColumn(_("before"), 8, "right"), GridColumn(_("now"), 8, "right"))
    was = paper.before.meals.total if paper.before else 0
    every = (_("Portions"), str(was), str(paper.counts.meals.total))
    blocks: list[Block] = [*_head(paper), *_changes(paper), Grid(columns, (*moved,), (every,), _LARGE)]
    return pdf(frame, blocks)


def _head(paper: KitchenPaper) -> Iterator[Block]:
    total = paper.counts.meals.total
    made, count = moment(paper.at_ms, CHINA), len(paper.changes)
    yield Words(f"{said.version(paper.version)} · {made} · {paper.staff_name}", 11, align="center")
    if paper.closed:
        yield Words(" ".join((_("CLOSED"), paper.reason)).strip(), 22, bold=True, align="center")
    else:
        yield Words(_("To cook: {portions}").format(portions=said.portions(total)), 22, bold=True, align="center")
    if count:
        since = ngettext("{count} change since version {version}", "{count} changes since version {version}", count)
        yield Words(since.format(count=count, version=paper.version - 1), 13, bold=True, align="center")
    if paper.no_menu and not paper.closed:
        yield Words(_("There is no menu for this meal yet."), 13, bold=True, align="center")
    if paper.forecast is not None and not paper.closed:
        foretold, origin = said.forecast(paper.forecast), said.forecast_from(paper.forecast)
        yield Words(_("Walk-ins expected: {forecast}, {origin}").format(forecast=foretold, origin=origin), 13, align="center")
    yield Gap(3)


# -- numbers -------------------------------------------------------------------------------------------


def _numbers(paper: KitchenPaper) -> Iterator[Block]:
    counts = paper.counts
    if not counts.meals.total:
        return
    yield from _table(_("Set meals"), counts.sets)
    yield from _table(_("Dishes, those of set meals too"), counts.dishes)
    if counts.diets:
        some = tuple(_row(one, _("of these {codes}").format(codes=one.name)) for one in counts.combined)
        rows = (*map(_row, counts.diets), *some, _row(counts.ordinary, _("ordinary")))
        yield _grid(_("Diets"), rows, counts.meals)
        yield Gap(4)
    if any(one.key for one in counts.times):
        rows = tuple(_row(one, one.key or _("no time said")) for one in counts.times)
        yield _grid(_("By time"), rows, counts.meals)
        yield Gap(4)
    if not counts.diets and not any(one.key for one in counts.times):
        yield _grid(_("Portions"), (), counts.meals)
        yield Gap(4)


def _table(title: str, tallies: Sequence[Tally]) -> Iterator[Block]:
    if tallies:
        yield _grid(title, map(_row, tallies))
        yield Gap(4)


def _grid(title: str, rows: Iterable[tuple[str, ...]], every: Tally | None = None) -> Grid:
    ways = (GridColumn(words.way(way), 11, "right") for way in WAYS)
    columns = (GridColumn(title, 32, wrap=True), *ways, GridColumn(_("Sum"), 9, "right"))
    totals = () if every is None else (_row(every, _("Portions")),)
    return Grid(columns, rows, totals, _LARGE)


def _row(tally: Tally, name: str = "") -> tuple[str, ...]:
    return (name or tally.name, *(str(number or "") for number in tally.by_way), str(tally.total))


# -- people --------------------------------------------------------------------------------------------


def _people(paper: KitchenPaper) -> Iterator[Block]:
    if paper.clashing:
        title = _("Must not have this ({count})").format(count=len(paper.clashing))
        yield from _list(title, _("What and why"), ((plate, said.clash(plate)) for plate in paper.clashing))
    if paper.special:
        title = _("Cooked otherwise ({count})").format(count=len(paper.special))
        rows = ((plate, f"{'+'.join(plate.diets)}  {said.dishes(plate.portions)}") for plate in paper.special)
        yield from _list(title, _("Diet and dishes"), rows)
    if paper.away:
        title = _("Reserved, not cooked ({count})").format(count=len(paper.away))
        rows = ((one, f"{said.not_cooked(one.not_cooked)}  {said.dishes(one.portions)}") for one in paper.away if one.not_cooked)
        yield from _list(title, _("Why, and what was reserved"), rows)


def _list(title: str, what: str, rows: Iterable[tuple[Plate, str]]) -> Iterator[Block]:
    columns = (GridColumn(_("Name"), 12), GridColumn(_("How"), 9), GridColumn(_("Time"), 7), GridColumn(what, 50, wrap=True))
    yield Words(title, 12, bold=True, room_mm=_TABLE_BEGINS)
    yield Gap(1)
    yield Grid(columns, ((*_whom(plate), words_of) for plate, words_of in rows), size=_LIST)
    yield Gap(4)


def _whom(plate: Plate) -> tuple[str, str, str]:
    return said.who(plate), words.way(plate.way), plate.eat_at


# -- changes -------------------------------------------------------------------------------------------


def _changes(paper: KitchenPaper) -> Iterator[Block]:
    if not paper.changes:
        return
    rows = [row for change in paper.changes for row in _change(change)]
    columns = (
        GridColumn(_("What changed"), 18, wrap=True),
        GridColumn(_("Name"), 12),
        GridColumn(_("How"), 9),
        GridColumn(_("Time"), 7),
        GridColumn(_("Dishes and diet"), 38, wrap=True),
    )
    held_once = (number for number, (is_struck, _cells) in enumerate(rows) if is_struck)
    struck = frozenset((number, at) for number in held_once for at in range(1, len(columns)))
    yield Words(_("Changed since version {version}").format(version=paper.version - 1), 12, bold=True, room_mm=_TABLE_BEGINS)
    yield Gap(1)
    yield Grid(columns, (cells for _is_struck, cells in rows), size=_LIST, struck=struck)
    yield Gap(4)


def _change(change: PlateChange) -> Iterator[tuple[bool, tuple[str, ...]]]:
    """Rows, and whether each is struck out: what was before is, what is now is not."""
    kind = said.change_kind(change.kind)
    if change.before is not None:
        why = change.now.not_cooked if change.now else None
        yield True, (_("{what} ({detail})").format(what=kind, detail=said.not_cooked(why)) if why else kind, *_whom(change.before), _what(change.before))
    if change.now is not None and change.kind is not ChangeKind.CANCELLED:
        yield False, (_("now") if change.before else kind, *_whom(change.now), _what(change.now))


def _what(plate: Plate) -> str:
    return "  ".join(one for one in (said.dishes(plate.portions), "+".join(plate.diets)) if one)
