"""What hangs on the wall: the week's menu and the price board, written as pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.pages import Frame
from pos.i18n import _
from pos.ports import Clock
from pos.ports.wall import WritesWallPages
from pos.services.menu import Menus
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
        self, view: FilesView, notices: Notices, menus: Menus, lane: Lane, clock: Clock, pages: WritesWallPages
    ) -> None:
        self._view = view
        self._notices = notices
        self._menus = menus
        self._lane = lane
        self._clock = clock
        self._pages = pages

    def print_week(self, monday: date) -> None:
        """Write the menu of the week that begins with `monday`."""
        title = _("Menu of the week from {day}").format(day=formats.full_day(monday))

        def write(frame: Frame, path: Path) -> None:
            self._pages.write_week(replace(frame, wide=True), self._menus.week(monday), path)

        self._print(title, write)

    def print_prices(self) -> None:
        """Write the price board."""
        day = formats.full_day(self._clock.local().date())

        def write(frame: Frame, path: Path) -> None:
            self._pages.write_prices(frame, self._menus.board(), path)

        self._print(_("Prices of {day}").format(day=day), write)

    def _print(self, title: str, write: Callable[[Frame, Path], None]) -> None:
        path = self._view.ask_file(f"{title}.pdf")
        if path is None:
            return
        printed = formats.printed(self._clock.local())

        def written() -> Path:
            canteen = self._menus.canteen()
            write(Frame(canteen.name, title, printed, practice=canteen.practice), path)
            return path

        def done(path: Path) -> None:
            self._view.show_file(path)
            self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name)))

        self._lane.run(written, done, self._failed)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
