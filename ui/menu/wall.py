"""What hangs on the wall: the week's menu and the price board, written as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.pages import Frame
from pos.domain.tables import Table
from pos.i18n import _
from pos.ports import Clock
from pos.ports.tables import WritesPages
from pos.services.menu import Menus
from pos.services.menu_board import DAYS, price_table, week_table
from ui import formats, messages
from ui.presenting import Lane, Notices


class FilesView(Protocol):
    """Who can ask for a file, and show one."""

    def ask_file(self, name: str) -> Path | None:
        """A PDF file to write, proposed under this name; None when nobody chose one."""
        ...

    def show_file(self, path: Path) -> None:
        """Open a file that was written, to look at it and print it."""
        ...


class WallPresenter:
    """Reads and writes on the lane: a week is twenty-one menus."""

    def __init__(
        self, view: FilesView, notices: Notices, menus: Menus, lane: Lane, clock: Clock, pages: WritesPages
    ) -> None:
        self._view = view
        self._notices = notices
        self._menus = menus
        self._lane = lane
        self._clock = clock
        self._pages = pages

    def print_week(self, monday: date) -> None:
        """Write the menu of the week that begins with `monday`."""

        def table() -> Table:
            days = [self._menus.plans(monday + timedelta(days=number)) for number in range(DAYS)]
            return week_table(monday, days)

        self._print(_("Menu of the week from {day}").format(day=formats.full_day(monday)), table, wide=True)

    def print_prices(self) -> None:
        """Write the price board."""
        day = formats.full_day(self._clock.local().date())
        self._print(_("Prices of {day}").format(day=day), lambda: price_table(self._menus.dishes()), wide=False)

    def _print(self, title: str, table: Callable[[], Table], *, wide: bool) -> None:
        path = self._view.ask_file(f"{title}.pdf")
        if path is None:
            return
        local = self._clock.local()

        def write() -> Path:
            canteen = self._menus.canteen()
            frame = Frame(canteen.name, title, formats.printed(local), wide=wide, practice=canteen.practice)
            self._pages.write(frame, table(), path)
            return path

        def written(path: Path) -> None:
            self._view.show_file(path)
            self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name)))

        self._lane.run(write, written, self._failed)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
