"""The mind of the kitchen's section: one meal of one day, what changed since its print, and its papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pos.domain.canteen import Canteen
from pos.domain.errors import Refusal, Trouble
from pos.domain.forecast import Forecast
from pos.domain.kitchen_paper import KitchenPaper
from pos.domain.menu import Meal
from pos.domain.pages import Frame
from pos.domain.prints import Print
from pos.domain.staff import Actor
from pos.i18n import _
from pos.ports import Clock
from pos.ports.drafts import Draft
from pos.ports.kitchen import WritesKitchenPages
from pos.services.canteen import Canteens
from pos.services.kitchen import Kitchen, Sheet, Warned
from pos.words import kitchen as said
from ui import formats, messages
from ui.office.work import Work
from ui.presenting import Lane, Notices


class People(StrEnum):
    """Which people are listed beside the numbers."""

    CHANGES = "changes"
    CLASHES = "clashes"
    AWAY = "away"
    WEEK = "week"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the section shows. `sheet` is None until it was read; `people` None until somebody or the first look chose."""

    day: date
    meal: Meal
    today: date
    sheet: Sheet | None = None
    forecast: Forecast | None = None
    week: tuple[Warned, ...] = ()
    people: People | None = None

    def count(self, people: People) -> int:
        """How many are on a list."""
        if self.sheet is None:
            return 0
        return {
            People.CHANGES: len(self.sheet.changes),
            People.CLASHES: len(self.sheet.clashing),
            People.AWAY: len(self.sheet.away),
            People.WEEK: sum(len(one.plates) for one in self.week),
            People.ALL: len(self.sheet.plates),
        }[people]

    @property
    def printable(self) -> bool:
        """Whether there is anything that a kitchen could be told."""
        sheet = self.sheet
        return sheet is not None and (sheet.facts.open or bool(sheet.plates) or sheet.printed is not None)

    @property
    def tellable(self) -> bool:
        """Whether there is a change slip: something is otherwise, or was before the newest version."""
        sheet = self.sheet
        return sheet is not None and sheet.printed is not None and (bool(sheet.changes) or sheet.printed.version > 1)


class KitchenView(Protocol):
    """The face of the section."""

    def show_kitchen(self, shown: Shown) -> None:
        """Show this."""
        ...

    def show_file(self, path: Path) -> None:
        """Open a file with the system's own viewer."""
        ...


class KitchenPresenter:
    """Reads a meal when it is chosen, its reservations again and again while it is shown."""

    def __init__(
        self,
        view: KitchenView,
        notices: Notices,
        kitchen: Kitchen,
        canteens: Canteens,
        pages: WritesKitchenPages,
        clock: Clock,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
        next_day: Callable[[], date],
    ) -> None:
        """`next_day` is the next day after today on which the canteen opens; it is asked on the lane."""
        self._view = view
        self._notices = notices
        self._kitchen = kitchen
        self._canteens = canteens
        self._pages = pages
        self._clock = clock
        self._lane = lane
        self._work = work
        self._actor = actor
        self._next_day = next_day
        self._shown: Shown | None = None

    # -- what is shown ------------------------------------------------------------------------------

    def open(self) -> None:
        """Look at the day that was looked at before, or at the next one that is cooked for."""
        if self._shown is None:
            self._lane.run(self._next_day, lambda day: self._look_at(day, Meal.LUNCH), self._failed)
        else:
            self._look_at(self._shown.day, self._shown.meal)

    def refresh(self) -> None:
        """Read the meal's reservations again; what hardly changes is not read again."""
        if self._shown is None:
            return
        day, meal = self._shown.day, self._shown.meal
        self._lane.run(lambda: self._kitchen.sheet(day, meal), self._came, self._failed)

    def step(self, by: int) -> None:
        """So many days later, or earlier."""
        if self._shown is not None:
            self._look_at(self._shown.day + timedelta(days=by), self._shown.meal)

    def choose_meal(self, meal: Meal) -> None:
        """Another meal of the day."""
        if self._shown is not None:
            self._look_at(self._shown.day, meal)

    def choose_people(self, people: People) -> None:
        """Another list beside the numbers."""
        if self._shown is not None:
            self._show(replace(self._shown, people=people))

    def _look_at(self, day: date, meal: Meal) -> None:
        people = self._shown.people if self._shown and (self._shown.day, self._shown.meal) == (day, meal) else None
        self._show(Shown(day, meal, self._clock.local().date(), people=people))

        def read() -> tuple[Sheet, Forecast | None, tuple[Warned, ...]]:
            return self._kitchen.sheet(day, meal), self._kitchen.forecast(day, meal), self._kitchen.warnings()

        def came(found: tuple[Sheet, Forecast | None, tuple[Warned, ...]]) -> None:
            sheet, forecast, week = found
            self._came(sheet, lambda shown: replace(shown, forecast=forecast, week=week))

        self._lane.run(read, came, self._failed)

    def _came(self, sheet: Sheet, also: Callable[[Shown], Shown] = lambda shown: shown) -> None:
        shown = self._shown
        if shown is None or (shown.day, shown.meal) != (sheet.day, sheet.meal):
            return  # somebody looks at another meal by now
        shown = also(replace(shown, sheet=sheet))
        self._show(replace(shown, people=shown.people or _first_list(shown)))

    def _show(self, shown: Shown) -> None:
        self._shown = shown
        self._view.show_kitchen(shown)

    # -- paper --------------------------------------------------------------------------------------

    def print_roll(self, *, only_changes: bool) -> None:
        """Put the sheet, or what changed, onto the roll."""
        shown, actor = self._shown, self._actor()
        if shown is None or not (shown.tellable if only_changes else shown.printable):
            return

        def printed(found: Print) -> None:
            title = _("{paper} {version} is printed.").format(paper=_title(only_changes), version=said.version(found.version))
            self._notices.show_message(messages.good(title, said.of_meal(found.day, found.meal)))
            self.refresh()

        day, meal = shown.day, shown.meal
        self._lane.run(
            lambda: self._kitchen.print_roll(actor, day, meal, only_changes=only_changes), printed, self._failed
        )

    def file_name(self, *, only_changes: bool) -> str:
        """How the file is called unless somebody calls it otherwise; '' where there is nothing to print."""
        shown = self._shown
        if shown is None or not (shown.tellable if only_changes else shown.printable):
            return ""
        return f"{_title(only_changes)} {said.of_meal(shown.day, shown.meal)}.pdf"

    def save(self, path: Path, *, only_changes: bool) -> None:
        """Write the sheet, or what changed, as A4 pages."""
        shown, actor = self._shown, self._actor()
        if shown is None:
            return
        day, meal = shown.day, shown.meal

        def write(_progress: Callable[[int, int], None]) -> Path:
            canteen = self._canteens.current()
            assert canteen is not None, "an office is the office of a canteen"
            pages = self._pages.changes if only_changes else self._pages.sheet

            def draft(paper: KitchenPaper) -> Draft:
                return pages(self._frame(canteen, paper, _title(only_changes)), paper, path)

            self._kitchen.record(actor, day, meal, draft, only_changes=only_changes)
            return path

        self._work.run(_("The file is being written"), write, self._saved, self._failed)

    def _frame(self, canteen: Canteen, paper: KitchenPaper, title: str) -> Frame:
        return Frame(
            canteen.name,
            f"{title} {said.of_meal(paper.day, paper.meal)}",
            formats.moment(self._clock.now_ms()),
            said.version(paper.version),
            practice=canteen.practice,
        )

    def _saved(self, path: Path) -> None:
        self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name), str(path.parent)))
        self._view.show_file(path)
        self.refresh()

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def _title(only_changes: bool) -> str:
    return _("Change slip") if only_changes else _("Kitchen sheet")


def _first_list(shown: Shown) -> People:
    """What somebody should see first: what the kitchen does not know yet, then what must not be eaten."""
    urgent = (People.CHANGES, People.CLASHES, People.AWAY)
    return next((people for people in urgent if shown.count(people)), People.ALL)
