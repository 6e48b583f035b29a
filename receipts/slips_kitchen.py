"""Slips for the kitchen: what to cook for a meal, and what changed after that was printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.kitchen import WAYS, NotCooked
from pos.domain.kitchen_lines import ChangeKind
from pos.i18n import _
from pos.words import kitchen as said
from receipts.roll import Element, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, moment, part, warning

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.domain.canteen import Canteen
    from pos.domain.kitchen import Plate, Tally
    from pos.domain.kitchen_lines import PlateChange
    from pos.domain.kitchen_paper import KitchenPaper


def kitchen_slip(canteen: Canteen, paper: KitchenPaper, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA) -> Slip:
    """What to cook: portions by way, set, dish, diet and time; what clashes, and who is not cooked for."""
    counts = paper.counts
    return Slip(
        (
            *heading(canteen, _("Kitchen sheet"), copy, asked_by),
            *_which(paper, tz),
            Rule(),
            Row(_("To cook"), said.portions(counts.meals.total), 2, bold=True),
            *(part(words.way(way), str(number)) for way, number in zip(WAYS, counts.meals.by_way, strict=True)),
            *_forecast(paper),
            *_tallies(_("Set meals"), counts.sets),
            *_tallies(_("Dishes, those of set meals too"), counts.dishes),
            *_diets(paper),
            *_tallies(_("By time"), tuple(counts.times) if any(one.key for one in counts.times) else ()),
            *_changes(paper),
            *_clashes(paper),
            *_away(paper),
            *foot(canteen),
        )
    )


def kitchen_change_slip(
    canteen: Canteen, paper: KitchenPaper, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA
) -> Slip:
    """What is otherwise than on the version before: cancelled ones struck out, and the numbers that moved."""
    return Slip(
        (
            *heading(canteen, _("Change slip"), copy, asked_by),
            *_which(paper, tz),
            *_changes(paper),
            Rule(),
            Row(_("To cook"), said.portions(paper.counts.meals.total), 2, bold=True),
            *(Row(name, f"{before} → {now}", bold=True) for name, before, now in paper.moved),
            *foot(canteen),
        )
    )


def _which(paper: KitchenPaper, tz: tzinfo) -> list[Element]:
    """The meal's own day, large: the slip is printed the evening before."""
    large = Text(f"{paper.day:%m-%d} {words.weekday(paper.day)} {words.meal(paper.meal)}", "center", 2, bold=True)
    closed = [warning(_("CLOSED")), *([Text(paper.reason, "center")] if paper.reason else [])]
    return [
        large,
        Row(_("For"), paper.day.isoformat()),
        Row(said.version(paper.version), moment(paper.at_ms, tz), bold=True),
        Row(_("Made by"), paper.staff_name),
        *(closed if paper.closed else []),
        *([Text(_("There is no menu for this meal yet."), bold=True)] if paper.no_menu and not paper.closed else []),
    ]


def _forecast(paper: KitchenPaper) -> list[Element]:
    if paper.forecast is None or paper.closed:
        return []
    return [Row(_("Walk-ins expected"), said.forecast(paper.forecast)), Text(f"  {said.forecast_from(paper.forecast)}")]


def _tallies(title: str, tallies: Sequence[Tally]) -> list[Element]:
    if not tallies:
        return []
    return [Rule(), Text(title, bold=True), *(element for tally in tallies for element in _tally(tally))]


def _tally(tally: Tally) -> Iterator[Element]:
    yield Row(tally.name or _("no time said"), str(tally.total), bold=True)
    ways = [f"{words.way(way)} {number}" for way, number in zip(WAYS, tally.by_way, strict=True) if number]
    if ways:
        yield Text(f"  {' · '.join(ways)}")


def _diets(paper: KitchenPaper) -> list[Element]:
    counts = paper.counts
    if not counts.diets:
        return []
    return [
        *_tallies(_("Diets"), counts.diets),
        *(part(_("of these {codes}").format(codes=one.name), str(one.total)) for one in counts.combined),
        Row(_("ordinary"), str(counts.ordinary.total), bold=True),
    ]


def _clashes(paper: KitchenPaper) -> list[Element]:
    clashing = paper.clashing
    if not clashing:
        return []
    lines = (Text(f"{_whom(plate)} {said.clash(plate)}") for plate in clashing)
    return [Rule(), Text(_("Must not have this ({count})").format(count=len(clashing)), bold=True), *lines]


def _away(paper: KitchenPaper) -> list[Element]:
    if not paper.away:
        return []
    lines = (
        Text(f"{_whom(plate)} {said.not_cooked(plate.not_cooked)}") for plate in paper.away if plate.not_cooked is not None
    )
    return [Rule(), Text(_("Reserved, not cooked ({count})").format(count=len(paper.away)), bold=True), *lines]


def _changes(paper: KitchenPaper) -> list[Element]:
    if not paper.changes:
        return []
    since = Text(_("Changed since version {version}").format(version=paper.version - 1), bold=True)
    return [Rule(), since, *(element for kind in ChangeKind for element in _of_kind(kind, paper.changes))]


def _of_kind(kind: ChangeKind, changes: Sequence[PlateChange]) -> list[Element]:
    """What was before is struck out, what is now is not."""
    mine = [change for change in changes if change.kind is kind]
    if not mine:
        return []
    return [Row(said.change_kind(kind), str(len(mine)), bold=True), *(line for change in mine for line in _change(change))]


def _change(change: PlateChange) -> Iterator[Element]:
    if change.before is not None:
        yield Text(_plate(change.before), struck=True)
    if change.kind is not ChangeKind.CANCELLED:
        yield Text(f"→ {_plate(change.now)}" if change.before else _plate(change.now))
    elif change.now is not None and change.now.not_cooked not in {None, NotCooked.CLOSED}:
        yield part("", said.not_cooked(change.now.not_cooked))


def _plate(plate: Plate | None) -> str:
    assert plate is not None, "what is not cancelled is there"
    return " ".join(one for one in (_whom(plate), said.dishes(plate.portions), *plate.diets) if one)


def _whom(plate: Plate) -> str:
    return " ".join(one for one in (said.who(plate), words.way(plate.way), plate.eat_at) if one)
