"""Rosters on A4: a paper for each volunteer, from the front of a sheet on, with the totals at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pos import words
from pos.domain.deliveries import Outcome
from pos.domain.pages import Frame
from pos.domain.roster_paper import LabelSheets, RosterPaper
from pos.domain.rosters import Roster, Totals, totals
from pos.i18n import _, ngettext
from pos.ports.drafts import Draft
from receipts.label_sheets import label_pdf
from receipts.new_file import drafted
from receipts.pages import Block, Facts, Gap, Rows, Signatures, Words, bound
from receipts.roster_rows import StopRows


class RosterPages:
    """Keeps the promise of pos.ports.roster_pages.WritesRosters."""

    def rosters(self, paper: RosterPaper, path: Path) -> Draft:
        """Rosters as PDF."""
        return drafted(path, roster_pdf(paper))

    def labels(self, sheets: LabelSheets, path: Path) -> Draft:
        """Labels as PDF."""
        return drafted(path, label_pdf(sheets))


def roster_pdf(paper: RosterPaper) -> bytes:
    """The rosters, at least one."""
    return bound((_frame(paper, roster, version), _blocks(paper, roster)) for roster, version in paper.rosters)


def _frame(paper: RosterPaper, roster: Roster, version: int) -> Frame:
    """The day is that of the meal, on every page: a roster is printed the evening before."""
    title = _("Delivery roster: {route}").format(route=words.roster_name(roster))
    return Frame(
        paper.canteen,
        title,
        paper.printed,
        _("Version {version}").format(version=version),
        wide=True,
        practice=paper.practice,
        running=_("{paper} · {day} (continued)").format(paper=title, day=_when(roster)),
    )


def _when(roster: Roster) -> str:
    return f"{roster.day} {words.weekday(roster.day)} {words.meal(roster.meal)}"


def _blocks(paper: RosterPaper, roster: Roster) -> Iterator[Block]:
    yield Words(_when(roster), 15, bold=True, align="center")
    if roster.route is None:
        yield Words(_("Nobody walks to these yet: give each of them a route."), 11, bold=True, align="center", red=True)
    yield Gap(2)
    yield Facts(_facts(roster), columns=6, size=10.5)
    yield Gap(2)
    if not roster.stops:
        yield Words(_("Nothing is delivered on this route."), 12, align="center")
        return
    yield Rows(lambda left, width: StopRows(roster.stops, paper.mark, left, width))
    yield Gap(3)
    yield from _end(roster, paper.phone)


def _facts(roster: Roster) -> tuple[tuple[str, str], ...]:
    sums, run = totals(roster.stops), roster.run
    line = "_" * 7
    return (
        (_("Volunteer"), roster.volunteer.name if roster.volunteer else line),
        (_("Stops"), str(sums.stops)),
        (_("Boxes"), str(sums.boxes)),
        (_("Insulated boxes"), (run.containers if run else "") or line),
        (_("Cooked at"), (run.cooked_at if run else "") or line),
        (_("Eat by"), (run.eat_by if run else "") or line),
    )


def _end(roster: Roster, phone: str) -> Iterator[Block]:
    sums = totals(roster.stops)
    yield Words(_sentence(sums), 11, bold=True)
    yield Words(_("Dishes: {counted}").format(counted=_counted(sums.dishes)), 10)
    yield Words(_("Diets: {counted}").format(counted=_counted(sums.diets)), 10)
    yield Gap(1)
    call = _("Nobody answers: do not go on, call the canteen at once.")
    yield Words(f"{call} {phone}".rstrip(), 11, bold=True)
    # The numbers are the keys by which the sheet is noted when it is back.
    codes = "  ".join(f"{number} {words.outcome(one)}" for number, one in enumerate(Outcome, 1))
    yield Words(_("Result: {codes}. Nothing written means handed over.").format(codes=codes), 10)
    yield Signatures((_("Volunteer"), _("Back at"), _("Empty boxes back")))


def _sentence(sums: Totals) -> str:
    stops = ngettext("{count} stop", "{count} stops", sums.stops).format(count=sums.stops)
    boxes = ngettext("{count} box", "{count} boxes", sums.boxes).format(count=sums.boxes)
    return _("In all: {stops}, {boxes}").format(stops=stops, boxes=boxes)


def _counted(counted: tuple[tuple[str, int], ...]) -> str:
    ordinary = _("ordinary")
    return "   ".join(f"{name or ordinary} {count}" for name, count in counted) or "0"
