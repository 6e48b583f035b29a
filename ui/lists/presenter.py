"""The mind of the lists: which one, how far it reaches, and into which file it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.pages import Frame
from pos.domain.staff import Actor
from pos.domain.tables import Table
from pos.i18n import _
from pos.ports import Clock
from pos.ports.tables import Files
from pos.services.canteen import Canteens
from pos.services.lists import Lists
from ui import formats, messages
from ui.lists.sheets import Listed, ListKind, empty, heading, table_of, title
from ui.office.work import Work
from ui.presenting import Notices

MOST_MEALS = 20
MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lists show: which, with what reach, and the list itself where it was read.

    `table` has every column, for a file; `screen` those that the screen has room for.
    """

    kind: ListKind = ListKind.OWED
    meals: int = 3
    months: int = 6
    table: Table | None = None
    screen: Table | None = None
    heading: str = ""
    empty: str = ""

    @property
    def reach(self) -> int | None:
        """The number that can be stepped, None where the list has none."""
        return {ListKind.LOW: self.meals, ListKind.DORMANT: self.months}.get(self.kind)


class ListsView(Protocol):
    """The face of the lists."""

    def show_list(self, shown: Shown) -> None:
        """Show this."""
        ...


class ListsPresenter:
    """Reads a list when it is asked for; nothing is kept of it when somebody leaves."""

    def __init__(
        self,
        view: ListsView,
        notices: Notices,
        lists: Lists,
        canteens: Canteens,
        files: Files,
        clock: Clock,
        work: Work,
        actor: Callable[[], Actor],
        open_file: Callable[[Path], None],
    ) -> None:
        """`open_file` shows a file that was written."""
        self._view = view
        self._notices = notices
        self._lists = lists
        self._canteens = canteens
        self._files = files
        self._clock = clock
        self._work = work
        self._actor = actor
        self._open_file = open_file
        self._shown = Shown()
        self._listed: Listed | None = None

    def open(self) -> None:
        """Read the list anew."""
        self._show(None)
        actor, shown = self._actor(), self._shown
        self._work.run(
            _("The books are being read"),
            lambda _progress: self._read(actor, shown),
            self._show,
            self._failed,
        )

    def choose(self, kind: ListKind) -> None:
        """Another list."""
        if self._work.busy:
            return
        self._shown = replace(self._shown, kind=kind)
        self.open()

    def step(self, by: int) -> None:
        """Reach further or less far."""
        shown = self._shown
        if shown.reach is None or self._work.busy:
            return
        if shown.kind is ListKind.LOW:
            self._shown = replace(shown, meals=min(max(shown.meals + by, 1), MOST_MEALS))
        else:
            self._shown = replace(shown, months=min(max(shown.months + by, 1), MOST_MONTHS))
        self.open()

    def file_name(self, ending: str) -> str:
        """How the file is called unless somebody calls it otherwise."""
        return f"{title(self._shown.kind)} {self._clock.local().date().isoformat()}.{ending}"

    def save(self, path: Path) -> None:
        """Write the list that is shown: a PDF, a spreadsheet or csv, by the ending of the name."""
        table, name = self._shown.table, title(self._shown.kind)
        if table is None:
            return

        def write(_progress: Callable[[int, int], None]) -> Path:
            if path.suffix.lower() == ".pdf":
                self._files.pages.write(self._frame(name), table, path)
            else:
                self._files.tables.write(replace(table, title=(name, *table.title)), path)
            return path

        self._work.run(_("The file is being written"), write, self._saved, self._failed)

    def forget(self) -> None:
        """Somebody leaves: names and balances are not left behind."""
        self._show(None)

    def say_again(self) -> None:
        """The language changed."""
        self._show(self._listed)

    def _frame(self, name: str) -> Frame:
        canteen = self._canteens.current()
        assert canteen is not None, "an office is the office of a canteen"
        return Frame(canteen.name, name, formats.moment(self._clock.now_ms()), wide=True, practice=canteen.practice)

    def _read(self, actor: Actor, shown: Shown) -> Listed:
        match shown.kind:
            case ListKind.OWED:
                return self._lists.owed(actor)
            case ListKind.LOW:
                return self._lists.low(actor, shown.meals)
            case ListKind.DORMANT:
                return self._lists.dormant(actor, shown.months)
            case ListKind.REFUNDABLE:
                return self._lists.refundable(actor)

    def _show(self, listed: Listed | None) -> None:
        self._listed, kind = listed, self._shown.kind
        self._shown = replace(
            self._shown,
            table=None if listed is None else table_of(kind, listed),
            screen=None if listed is None else table_of(kind, listed, on_screen=True),
            heading="" if listed is None else heading(kind, listed),
            empty="" if listed is None else empty(kind),
        )
        self._view.show_list(self._shown)

    def _saved(self, path: Path) -> None:
        self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name), str(path.parent)))
        if path.suffix.lower() == ".pdf":
            self._open_file(path)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
