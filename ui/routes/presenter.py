"""The mind of the routes' section: the rosters of one meal, the order of one of them, and the papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Protocol

from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import Meal
from pos.domain.rosters import Round, Stop
from pos.domain.routes import Recipient
from pos.domain.staff import Actor
from pos.i18n import _, ngettext
from pos.ports import Clock
from pos.ports.roster_pages import WritesRosters
from pos.services.rosters import Rosters
from pos.services.routes import Routes
from ui import formats, messages
from ui.office.work import Work
from ui.presenting import Lane, Notices
from ui.routes import phrases
from ui.routes.shown import Shown

LUNCH_IS_OUT = 13
"""From this hour on the next meals to bring are those of another day."""


class RoutesView(Protocol):
    """The face of the section."""

    def show_routes(self, shown: Shown) -> None:
        """Paint it."""
        ...

    def ask_file(self, name: str) -> Path | None:
        """A PDF file to write, proposed under this name; None when nobody chose one."""
        ...

    def show_file(self, path: Path) -> None:
        """Open a file that was written, to look at it and print it."""
        ...


class RoutesPresenter:
    """Reads the rosters when a meal is chosen, after each change, and again and again while they are shown."""

    def __init__(
        self,
        view: RoutesView,
        notices: Notices,
        rosters: Rosters,
        routes: Routes,
        pages: WritesRosters,
        clock: Clock,
        lane: Lane,
        work: Work,
        actor: Callable[[], Actor],
    ) -> None:
        self._view = view
        self._notices = notices
        self._rosters = rosters
        self._routes = routes
        self._pages = pages
        self._clock = clock
        self._lane = lane
        self._work = work
        self._actor = actor
        self._now: Shown | None = None

    @property
    def now(self) -> Shown | None:
        """What is shown."""
        return self._now

    # -- where one looks ----------------------------------------------------------------------------

    def open(self) -> None:
        """Look at the meal that was looked at before, or at the next one that is brought."""
        if self._now is not None:
            self.refresh()
            return
        local = self._clock.local()
        today = local.date()

        def first() -> date:
            return today if local.hour < LUNCH_IS_OUT else self._rosters.next_day(today)

        self._lane.run(first, lambda day: self._look_at(day, Meal.LUNCH), self._failed)

    def refresh(self) -> None:
        """Read the same again."""
        if self._now is not None:
            self._read(self._now)

    def step(self, by: int) -> None:
        """So many days later, or earlier."""
        if self._now is not None:
            self._look_at(self._now.day + timedelta(days=by), self._now.meal)

    def choose_meal(self, meal: Meal) -> None:
        """Another meal of the day."""
        if self._now is not None:
            self._look_at(self._now.day, meal)

    def mark_route(self, route_id: str) -> None:
        """Show another route."""
        if self._now is not None and self._now.route_id != route_id:
            marked = replace(self._now, route_id=route_id, member_id="")
            if self._now.always:
                self._read(marked)
            else:
                self._show(marked)

    def mark_member(self, member_id: str) -> None:
        """The mark among the stops went to somebody."""
        if self._now is not None:
            self._now = replace(self._now, member_id=member_id)

    def turn_order(self) -> None:
        """From the order of the day to the usual one of the route, and back."""
        now = self._now
        if now is not None and now.row is not None and now.row.route is not None:
            self._read(replace(now, living=None if now.always else ()))

    # -- the order ----------------------------------------------------------------------------------

    def move(self, member_id: str, by: int) -> None:
        """Walk to somebody earlier or later, this time or, where the usual order is shown, always."""
        if self._now is not None:
            ids = [one.member_id for one in self._walked_to(self._now)]
            if member_id in ids and 0 <= (to := ids.index(member_id) + by) < len(ids):
                self._walk(ids, ids.index(member_id), to)

    def carry(self, at: int, before: int) -> None:
        """The row at `at` was dragged before another one; the rows count as they are shown."""
        now = self._now
        if now is None or not 0 <= at < len(now.listed):
            return
        ids = [one.member_id for one in self._walked_to(now)]
        carried = now.listed[at].member_id
        behind = {one.member_id for one in now.listed[before:]}
        if carried in ids:
            spot = sum(1 for one in ids if one not in behind and one != carried)
            self._walk(ids, ids.index(carried), spot)

    def as_usual(self) -> None:
        """Forget the order of this time."""
        now = self._now
        if now is not None and now.row is not None and not now.always:
            actor, ids = self._actor(), [stop.member_id for stop in now.row.roster.standing]
            self._do(lambda: self._rosters.walk_as_usual(actor, now.day, now.meal, ids))

    def _walk(self, ids: list[str], at: int, to: int) -> None:
        now, actor = self._now, self._actor()
        if now is None or now.row is None or now.row.route is None or at == to:
            return
        route_id, member_id = now.row.route.id, ids[at]
        ids.insert(to, ids.pop(at))
        self._now = replace(now, member_id=member_id)
        if now.always:
            self._do(lambda: self._routes.order(actor, route_id, ids))
        else:
            self._do(lambda: self._rosters.walk(actor, now.day, now.meal, ids))

    def _walked_to(self, now: Shown) -> Sequence[Stop | Recipient]:
        """Whom the order is about: neither who is gone nor who, without an address, is always first."""
        return [one for one in now.listed if str(one.address) and not (isinstance(one, Stop) and one.gone)]

    # -- the day ------------------------------------------------------------------------------------

    def as_a_week_ago(self) -> None:
        """Take over who walked which route a week before."""
        now, actor = self._now, self._actor()
        if now is None:
            return

        def taken(routes: int) -> None:
            self.refresh()
            title = ngettext("{count} route is walked as a week ago.", "{count} routes are walked as a week ago.", routes)
            todo = "" if routes else _("Nothing was decided then, or all is decided already.")
            self._notices.show_message(messages.note(title.format(count=routes), todo))

        self._lane.run(lambda: self._rosters.as_a_week_ago(actor, now.day, now.meal), taken, self._failed)

    # -- paper --------------------------------------------------------------------------------------

    def print_one(self) -> None:
        """Write the marked route's roster as pages."""
        if self._now is not None and self._now.row is not None:
            self._print([self._now.row.roster.id], phrases.file_name(self._now, self._now.row.roster))

    def print_all(self) -> None:
        """Write every roster on which somebody stands, or stood when it was printed."""
        now = self._now
        if now is None or now.round is None:
            return
        ids = [one.id for one in now.round.every if one.stops or one.printed]
        if ids:
            self._print(ids, phrases.file_name(now))
        else:
            self._notices.show_message(messages.note(_("Nothing is brought to anybody at this meal.")))

    def _print(self, route_ids: list[str], name: str) -> None:
        now, path = self._now, self._view.ask_file(name)
        if now is None or path is None:
            return
        actor, printed = self._actor(), formats.printed(self._clock.local())

        def write(_progress: Callable[[int, int], None]) -> Path:
            self._rosters.record(actor, now.day, now.meal, route_ids, printed, lambda paper: self._pages.rosters(paper, path))
            return path

        self._work.run(_("The rosters are written."), write, self._written, self._failed)

    def _written(self, path: Path) -> None:
        self.refresh()
        self._view.show_file(path)
        self._notices.show_message(messages.good(_("{name} is written.").format(name=path.name)))

    # -- reading ------------------------------------------------------------------------------------

    def _look_at(self, day: date, meal: Meal) -> None:
        route_id = self._now.route_id if self._now else ""
        self._notices.clear_message()
        self._read(Shown(day, meal, self._clock.local().date(), route_id=route_id))

    def _read(self, wanted: Shown) -> None:
        """Read what is to be shown; an answer for what nobody looks at any more is dropped."""
        self._now = replace(wanted, round=wanted.round or (self._now.round if self._now else None))
        if (self._now.round and (self._now.round.day, self._now.round.meal)) != (wanted.day, wanted.meal):
            self._now = replace(self._now, round=None)

        def read() -> tuple[Round, tuple[Recipient, ...] | None]:
            found = self._rosters.round(wanted.day, wanted.meal)
            row = replace(wanted, round=found).row
            living = self._routes.living_on(row.route.id) if wanted.always and row and row.route else None
            return found, living

        def came(answer: tuple[Round, tuple[Recipient, ...] | None]) -> None:
            now = self._now
            if now is not None and (now.day, now.meal, now.always) == (wanted.day, wanted.meal, wanted.always):
                self._show(replace(now, round=answer[0], living=answer[1]))

        self._lane.run(read, came, self._failed)

    def _do(self, deed: Callable[[], object]) -> None:
        """Change something and read what it led to."""
        self._notices.clear_message()
        self._lane.run(deed, lambda _none: self.refresh(), self._failed)

    def _show(self, shown: Shown) -> None:
        self._now = shown
        self._view.show_routes(shown)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))
