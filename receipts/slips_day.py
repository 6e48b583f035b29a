"""The slip of a day's close: what was reserved and what became of it, the money, and everybody who was looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.bill import Way
from pos.domain.deliveries import Outcome
from pos.domain.reservations import State
from pos.i18n import _
from receipts.roll import Element, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, moment, part, signature

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from pos.domain.canteen import Canteen
    from pos.domain.cases import Case
    from pos.domain.day_close import DayClose, DayFigures
    from pos.domain.deliveries import Result


def day_close_slip(
    canteen: Canteen,
    close: DayClose,
    cases: Sequence[Case],
    refused: Sequence[tuple[str, Result]],
    copy: int = 0,
    asked_by: str = "",
    tz: tzinfo = CHINA,
) -> Slip:
    """What goes into the folder of the day. `refused` are names with their results: they were seen and ate nothing."""
    return Slip(
        (
            *heading(canteen, _("Day close"), copy, asked_by),
            Row(_("Day"), f"{close.day.isoformat()} {words.weekday(close.day)}", bold=True),
            Row(_("Day closed"), moment(close.at_ms, tz)),
            part(_("by"), close.staff_name),
            Rule(),
            *_meals(close.figures),
            Rule(),
            *_money(close.figures),
            Rule(),
            *_people(cases, refused, tz),
            *signature(_("Manager")),
            *foot(canteen),
        )
    )


def _meals(figures: DayFigures) -> list[Element]:
    """Every reservation under one heading: they sum to those that were made."""
    away = Way.DELIVERY
    outcomes = {outcome: figures.outcomes.get(outcome, 0) for outcome in Outcome}
    brought = sum(number for outcome, number in outcomes.items() if outcome.had)
    # What was to be brought and was fetched at the counter has no result.
    fetched = figures.count(State.SERVED) - brought
    not_brought = figures.count(State.MISSED, away)
    return [
        Row(_("Reservations"), str(figures.count()), bold=True),
        *(part(words.way(way), str(number)) for way in Way if (number := figures.count(way=way))),
        Row(_("Fetched"), str(fetched), bold=True),
        Row(_("Brought"), str(brought), bold=True),
        *(part(words.outcome(outcome), str(number)) for outcome, number in outcomes.items() if outcome.had and number),
        Row(_("Not fetched"), str(figures.count(State.MISSED) - not_brought), bold=True),
        Row(_("Brought back"), str(not_brought), bold=True),
        *(part(words.outcome(outcome), str(number)) for outcome, number in outcomes.items() if not outcome.had and number),
        Row(_("Cancelled"), str(figures.count(State.CANCELLED)), bold=True),
    ]


def _money(figures: DayFigures) -> list[Element]:
    rows: list[Element] = [
        Row(_("Held for meals"), words.money(figures.held)),
        Row(_("Paid for meals"), words.money(figures.settled), bold=True),
        Row(_("Given back"), words.money(figures.released)),
    ]
    if figures.boxes_out or figures.boxes_back:
        boxes = _("{out} out, {back} back").format(out=figures.boxes_out, back=figures.boxes_back)
        rows.append(Row(_("Boxes"), boxes))
    return rows


def _people(cases: Iterable[Case], refused: Iterable[tuple[str, Result]], tz: tzinfo) -> list[Element]:
    told: list[Element] = []
    for case in cases:
        told.append(Row(case.member_name, words.case_kind(case.kind), bold=True))
        told.append(part(moment(case.opened_ms, tz)[-5:], _("noted by {name}").format(name=case.opened_by)))
        for step in case.steps:
            told.append(part(f"{moment(step.at_ms, tz)[-5:]} {words.case_step(step.step)}", step.staff_name))
            told.extend([Text(f"    {step.note}")] if step.note else [])
    for name, result in refused:
        told.append(Row(name, words.outcome(result.outcome), bold=True))
        told.extend([Text(f"    {result.note}")] if result.note else [])
    return told or [Text(_("Everybody was seen."))]
