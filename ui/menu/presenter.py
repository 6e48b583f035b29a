"""The mind of the menu section: one meal of one day beside all dishes, changed one key at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

from pos import words
from pos.domain.diet import Tags
from pos.domain.errors import BadAmount, BadName, Refusal, Trouble
from pos.domain.menu import BadCapacity, Dish, DishKind, DishTaken, Meal, Part, Plan, parse_capacity
from pos.domain.money import money, parse_yuan
from pos.domain.pages import Frame
from pos.domain.staff import Actor
from pos.domain.tables import Table
from pos.i18n import _, ngettext
from pos.ports import Clock
from pos.ports.tables import WritesPages
from pos.services.menu import Menus
from pos.services.menu_board import DAYS, price_table, week_table
from ui import formats, messages
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
class Typed:
    """What stands in the form of a dish; the price in yuan as typed."""

    name: str
    kind: DishKind
    price: str
    cooked: bool = True
    tags: Tags = ()
    parts: tuple[Part, ...] = ()


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


class MenuView(Protocol):
    """The face of the section."""

    def show_planning(self, now: Planning) -> None:
        """Paint it."""
        ...

    def ask_dish(self, dish: Dish | None) -> None:
        """Open the form, empty for a new dish."""
        ...

    def point_at_price(self) -> None:
        """The price was wrong: put the focus there."""
        ...

    def ask_limits(self, limits: Limits) -> None:
        """Open the form of the limits."""
        ...

    def complain_limit(self, of_dish: bool, wrong: str) -> None:
        """A limit, that of the dish or that of the meal, was no number of portions: say so there."""
        ...

    def close_form(self) -> None:
        """Take the form away."""
        ...

    def ask_file(self, name: str) -> Path | None:
        """A PDF file to write, proposed under this name; None when nobody chose one."""
        ...

    def show_file(self, path: Path) -> None:
        """Open a file that was written, to look at it and print it."""
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
        pages: WritesPages,
    ) -> None:
        self._view = view
        self._pages = pages
        self._notices = notices
        self._menus = menus
        self._lane = lane
        self._actor = actor
        self._clock = clock
        self._dish: Dish | None = None
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

    # -- the plan -----------------------------------------------------------------------------------

    def put(self, dish: Dish) -> None:
        """Offer one more dish."""
        ids = self._ids()
        if dish.cooked and dish.id not in ids:
            self._plan([*ids, dish.id])

    def take(self, at: int) -> None:
        """Take the dish at this place off the menu."""
        ids = self._ids()
        if 0 <= at < len(ids):
            self._plan(ids[:at] + ids[at + 1 :])

    def move(self, at: int, by: int) -> None:
        """Give a dish an earlier or a later key."""
        ids, to = self._ids(), at + by
        if 0 <= at < len(ids) and 0 <= to < len(ids):
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

    # -- dishes -------------------------------------------------------------------------------------

    def new_dish(self) -> None:
        """Ask for a new dish."""
        self._dish = None
        self._view.ask_dish(None)

    def edit_dish(self, dish: Dish) -> None:
        """Ask what is different about a dish."""
        self._dish = dish
        self._view.ask_dish(dish)

    def save(self, typed: Typed) -> None:
        """Keep what was typed."""
        actor, dish = self._actor(), self._dish
        try:
            price = parse_yuan(typed.price)
        except BadAmount as error:
            self._wrong(error)
            return
        if dish is None:
            self._lane.run(
                lambda: self._menus.add_dish(actor, typed.name, typed.kind, price, typed.tags, typed.parts),
                self._saved,
                self._wrong,
            )
            return
        changed = replace(
            dish, name=typed.name, kind=typed.kind, price=price, cooked=typed.cooked, tags=typed.tags, parts=typed.parts
        )
        self._lane.run(
            lambda: self._menus.change_dish(actor, changed), lambda _none: self._saved(changed), self._wrong
        )

    def _saved(self, dish: Dish) -> None:
        self._view.close_form()
        self._read()
        self._notices.show_message(
            messages.good(_("{name} costs {price} from today on.").format(name=dish.name, price=money(dish.price)))
            if dish.cooked
            else messages.good(_("{name} is not cooked any more.").format(name=dish.name))
        )

    def _wrong(self, error: Refusal | Trouble) -> None:
        if not isinstance(error, BadName | DishTaken):
            self._view.point_at_price()
        self._failed(error)

    # -- what hangs on the wall ---------------------------------------------------------------------

    def print_week(self) -> None:
        """Write the week's menu as a page."""
        monday = self._now.monday

        def table() -> Table:
            days = [self._menus.plans(monday + timedelta(days=number)) for number in range(DAYS)]
            return week_table(monday, days)

        self._print(_("Menu of the week from {day}").format(day=formats.full_day(monday)), table, wide=True)

    def print_prices(self) -> None:
        """Write the price board as a page."""
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
