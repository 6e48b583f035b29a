"""The three tables of a claim: added up, meal by meal, and what looks odd."""

from __future__ import annotations

from pos import words
from pos.domain.claim_figures import Figures, GroupBy
from pos.domain.money import money
from pos.i18n import _
from ui import formats
from ui.claims import phrases
from ui.claims.presenter import Shown
from ui.widgets.labels import Tone
from ui.widgets.table import Column, Line

ShownTable = tuple[tuple[Column, ...], list[Line], str]
"""Columns, rows, and the words for none."""


def summary(shown: Shown) -> ShownTable:
    """The claim added up, then its corrections and counts."""
    columns = (
        Column(_("Added up by"), 150),
        Column(""),
        Column(_("Meals"), 100, right=True),
        Column(_("People"), 100, right=True),
        Column(_("List price"), 140, right=True),
        Column(_("Diners paid"), 140, right=True),
        Column(_("Claimed"), 140, right=True),
    )
    figures = shown.figures
    lines = [
        Line(
            (
                words.claim_group(kind) if at == 0 else "",
                words.claim_key(kind, group.key),
                str(group.sum.meals),
                str(group.sum.people),
                money(group.sum.list_price),
                money(group.sum.due),
                money(group.sum.amount),
            )
        )
        for kind in GroupBy
        for at, group in enumerate(figures.by(kind))
    ]
    return columns, [*lines, *_counts(figures)], ""


def _counts(figures: Figures) -> list[Line]:
    """Corrections, and the counts that operating and delivery subsidies are paid by."""
    rows: list[tuple[str, ...]] = [
        (_("Counted"), _("Served, person-days"), str(figures.person_days), "", "", "", ""),
        ("", _("Delivered"), str(figures.delivered.meals), str(figures.delivered.people), "", "", ""),
    ]
    back = figures.corrections
    if back.meals:
        rows.insert(
            0,
            (
                _("Corrected"),
                _("of earlier claims"),
                str(back.meals),
                str(back.people),
                money(back.list_price),
                money(back.due),
                money(back.amount),
            ),
        )
    return [Line(cells, Tone.MUTED) for cells in rows]


def meals(shown: Shown) -> ShownTable:
    """Line by line."""
    columns = (
        Column(_("Date"), 126),
        Column(_("Meal"), 88),
        Column(_("Way"), 98),
        Column(_("Name")),
        Column(_("Age"), 60, right=True),
        Column(_("Category"), 104),
        Column(_("List price"), 104, right=True),
        Column(_("Diner paid"), 112, right=True),
        Column(_("Claimed"), 100, right=True),
        Column(_("Note"), 112),
    )
    lines = [
        Line(
            (
                formats.full_day(line.day),
                words.meal(line.meal),
                words.way(line.way),
                line.name,
                "" if line.age is None else str(line.age),
                "、".join(line.categories),
                money(line.list_price),
                money(line.due),
                money(line.amount),
                phrases.note(line),
            ),
            Tone.PLAIN if line.undone_on is None else Tone.RED,
        )
        for line in shown.preview.lines
    ]
    return columns, lines, _("No meal of this month is to be claimed.")


def odd(shown: Shown) -> ShownTable:
    """What an auditor would ask about."""
    columns = (
        Column(_("Date"), 126),
        Column(_("Time"), 84),
        Column(_("Name"), 220),
        Column(_("Why it is asked about")),
        Column(_("Receipt no."), 240),
    )
    lines = [
        Line(
            (
                formats.full_day(one.day),
                formats.time_of(one.at_ms),
                phrases.names(one),
                phrases.anomaly(one),
                "、".join(one.numbers[:2]) + ("…" if len(one.numbers) > 2 else ""),
            )
        )
        for one in shown.preview.anomalies
    ]
    return columns, lines, _("Nothing looks odd in these meals.")
