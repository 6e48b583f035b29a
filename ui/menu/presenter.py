"""The mind of the menu section: one meal of one day beside all dishes, changed one key at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from pos import words
from pos.domain.errors import Refusal, Trouble
from pos.domain.menu import BadCapacity, Dish, Meal, Plan, parse_capacity
from pos.domain.staff import Actor
from pos.i18n import _, ngettext
from pos.ports import Clock
from pos.ports.wall import WritesWallPages
from pos.services.menu import Menus
from ui import formats, messages
from ui.menu.dishes import DishForm, DishPresenter
from ui.menu.wall import FilesView, WallPresenter
from ui.presenting import Lane, Notices


@dataclass(frozen=True, slots=True)
class Planning:
    """The section at one moment. `day` None is the plan of every day without one of its own."""

    monday: date
    day: date | None
    meal: Meal = Meal.LUNCH
    plans: tuple[Plan, ...] = ()
    dishes: tuple[Dish, ...] = ()
    wanted: str = ""
    past: bool = False

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown."""
        return next((plan for plan in self.plans if plan.meal is self.meal), None)

    @property
    def found(self) -> tuple[Dish, ...]:
        """The dishes whose name holds what was typed."""
        return tuple(dish for dish in self.dishes if self.wanted in dish.name)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many portions there are at the meal of `title`: of a dish, where one was marked, and of all dishes."""

    title: str
    dish: str
    dish_id: str | None = None
    of_dish: int | None = None
    whole: int | None = None


@dataclass(frozen=True, slots=True)
class TypedLimits:
    """What stands in the form of the limits, as typed."""

    asked: Limits
    of_dish: str
    whole: str


class MenuView(DishForm, FilesView, Protocol):
    """The face of the section."""

    def show_planning(self, now: Planning) -> None:
        """Paint it."""
        ...

    def ask_limits(self, limits: Limits) -> None:
        """Open the form of the limits."""
        ...

    def complain_limit(self, of_dish: bool, wrong: str) -> None:
        """A limit, that of the dish or that of the meal, was no number of portions: say so there."""
        ...


class MenuPresenter:
    """Every change is saved at once and read back, so that what is shown is what the counter will sell."""

    def __init__(
        self,
        view: MenuView,
        notices: Notices,
        menus: Menus,
        lane: Lane,
        actor: Callable[[], Actor],
        clock: Clock,
        pages: WritesWallPages,
        read_picture: Callable[[Path], bytes | None],
    ) -> None:
        """`dishes` is the mind of the form of a dish, `wall` of what is printed."""
        self._view = view
        self._notices = notices
        self._menus = menus
        self._lane = lane
        self._actor = actor
        self._clock = clock
        self.dishes = DishPresenter(
            view, notices, menus, lane, actor, read_picture=read_picture, changed=self._read
        )
        self.wall = WallPresenter(view, notices, menus, lane, clock, pages)
        today = clock.local().date()
        self._now = Planning(_monday(today), today)

    def open(self) -> None:
        """Read dishes and plans."""
        self._read()

    # -- where one looks ----------------------------------------------------------------------------

    def look_at(self, day: date | None) -> None:
        """Turn to a day, or with None to the standing plan."""
        monday = self._now.monday if day is None else _monday(day)
        self._now = replace(self._now, day=day, monday=monday)
        self._read()

    def step(self, days: int) -> None:
        """Turn some days on; from the standing plan to the first or the last day of the week."""
        day = self._now.day
        if day is None:
            day = self._now.monday - timedelta(days=1) if days > 0 else self._now.monday + timedelta(days=7)
        self.look_at(day + timedelta(days=days))

    def turn_meal(self) -> None:
        """The next meal of the day."""
        meals = list(Meal)
        self._show(meal=meals[(meals.index(self._now.meal) + 1) % len(meals)])

    def seek(self, wanted: str) -> None:
        """Show the dishes whose name holds this."""
        self._show(wanted=wanted.strip())

    def print_week(self) -> None:
        """Write the menu of the week that is shown."""
        self.wall.print_week(self._now.monday)

    # -- the plan -----------------------------------------------------------------------------------

    def put(self, dish: Dish, at: int | None = None) -> None:
        """Offer one more dish, at this place or as the last; one that is offered only goes to a place."""
        ids = self._ids()
        if not dish.cooked or (dish.id in ids and at is None):
            return
        place = len(ids) if at is None else at
        if dish.id in ids:
            place -= ids.index(dish.id) < place
            ids.remove(dish.id)
        ids.insert(place, dish.id)
        self._plan(ids)

    def take(self, at: int) -> None:
        """Take the dish at this place off the menu."""
        ids = self._ids()
        if 0 <= at < len(ids):
            self._plan(ids[:at] + ids[at + 1 :])

    def move(self, at: int, by: int) -> None:
        """Give a dish an earlier or a later key."""
        ids, to = self._ids(), at + by
        if by and 0 <= at < len(ids) and 0 <= to < len(ids):
            ids.insert(to, ids.pop(at))
            self._plan(ids)

    def ask_limits(self, at: int) -> None:
        """Ask how many portions there are of the dish at this place, and in all."""
        plan, day = self._now.plan, self._now.day
        if plan is None or not plan.offers:
            return
        when = _("every day") if day is None else formats.full_day(day)
        title = f"{when} {words.meal(plan.meal)}"
        if 0 <= at < len(plan.offers):
            one = plan.offers[at]
            self._view.ask_limits(Limits(title, one.name, one.dish_id, one.capacity, plan.capacity))
        else:
            self._view.ask_limits(Limits(title, "", whole=plan.capacity))

    def limit(self, typed: TypedLimits) -> None:
        """Keep what was typed, where it is something else than before."""
        wanted: list[tuple[str | None, int | None]] = []
        for dish_id, text, before in (
            (typed.asked.dish_id, typed.of_dish, typed.asked.of_dish),
            (None, typed.whole, typed.asked.whole),
        ):
            try:
                capacity = parse_capacity(text)
            except BadCapacity as error:
                self._view.complain_limit(dish_id is not None, messages.words(error).title)
                return
            if capacity != before:
                wanted.append((dish_id, capacity))
        actor, day, meal = self._actor(), self._now.day, self._now.meal

        def keep() -> None:
            for dish_id, capacity in wanted:
                self._menus.limit(actor, day, meal, dish_id, capacity)

        def kept(_none: None) -> None:
            self._view.close_form()
            self._read()

        self._notices.clear_message()
        self._lane.run(keep, kept, self._failed)

    def stand(self) -> None:
        """Let the day go by the standing plan again."""
        if self._now.day is not None:
            self._plan([])

    def copy_week(self) -> None:
        """Plan this week as the one before it."""
        actor, monday = self._actor(), self._now.monday

        def copied(meals: int) -> None:
            self._read()
            title = ngettext("{count} meal is planned as a week ago.", "{count} meals are planned as a week ago.", meals)
            self._notices.show_message(messages.good(title.format(count=meals)))

        self._lane.run(lambda: self._menus.copy_week(actor, monday), copied, self._failed)

    def _plan(self, dish_ids: Iterable[str]) -> None:
        actor, day, meal, ids = self._actor(), self._now.day, self._now.meal, list(dish_ids)
        self._notices.clear_message()
        self._lane.run(lambda: self._menus.plan(actor, day, meal, ids), lambda _plan: self._read(), self._failed)

    def _ids(self) -> list[str]:
        plan = self._now.plan
        return [] if plan is None else [offer.dish_id for offer in plan.offers]

    # -- reading ------------------------------------------------------------------------------------

    def _read(self) -> None:
        day = self._now.day

        def read() -> tuple[tuple[Plan, ...], tuple[Dish, ...]]:
            return self._menus.plans(day), self._menus.dishes()

        def came(answer: tuple[tuple[Plan, ...], tuple[Dish, ...]]) -> None:
            if self._now.day == day:
                plans, dishes = answer
                today = self._clock.local().date()
                self._show(plans=plans, dishes=dishes, past=day is not None and day < today)

        self._lane.run(read, came, self._failed)

    def _show(self, **changed: Any) -> None:
        self._now = replace(self._now, **changed)
        self._view.show_planning(self._now)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
