"""The kitchen: what to cook for a meal, what changed since its list was printed, and who comes without reserving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from pos.clock import CHINA
from pos.domain.calendar import DayFacts
from pos.domain.forecast import Forecast, forecast, same_weekdays
from pos.domain.kitchen import Counts, Ordered, Plate, count, plate_of
from pos.domain.kitchen_lines import NothingChanged, PlateChange, lines_of, plate_changes, read_line
from pos.domain.kitchen_paper import KitchenPaper
from pos.domain.menu import Meal, Plan
from pos.domain.paper import SlipKind
from pos.domain.prints import Print, PrintKind, print_id
from pos.domain.reservations import DayClosed, State
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.ports.drafts import Draft
from pos.services.calendar import days_between, facts_on
from pos.services.drafts import keep_with_file

WARNED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Sheet:
    """One meal as the kitchen sees it now.

    `plates` are those that wait, were had or missed: a missed meal was cooked; `cancelled` those that were given up.
    `printed` is the newest printed version, `changes` what is otherwise now.
    """

    day: date
    meal: Meal
    facts: DayFacts
    plan: Plan
    plates: tuple[Plate, ...]
    cancelled: tuple[Plate, ...]
    counts: Counts
    printed: Print | None
    changes: tuple[PlateChange, ...]

    @property
    def cooked(self) -> tuple[Plate, ...]:
        """Those that are cooked."""
        return tuple(plate for plate in self.plates if plate.not_cooked is None)

    @property
    def away(self) -> tuple[Plate, ...]:
        """Those that are reserved and not cooked: money is held for them."""
        return tuple(plate for plate in self.plates if plate.not_cooked is not None)

    @property
    def clashing(self) -> tuple[Plate, ...]:
        """Those that are cooked and that their member should not eat."""
        return tuple(plate for plate in self.cooked if plate.clashes)


@dataclass(frozen=True, slots=True)
class Warned:
    """Reservations of a meal to come that clash with its menu."""

    day: date
    meal: Meal
    plates: tuple[Plate, ...]


class Kitchen:
    """The kitchen's list at one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Count, and print at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def sheet(self, day: date, meal: Meal) -> Sheet:
        """What to cook for a meal; every day has a sheet, a closed one and one without a menu too."""
        with self._stores.read() as store:
            return sheet_of(store, day, meal)

    def forecast(self, day: date, meal: Meal) -> Forecast | None:
        """How many portions will be asked for without a reservation; None where the past says too little."""
        with self._stores.read() as store:
            return forecast_of(store, day, meal, self._today())

    def warnings(self) -> tuple[Warned, ...]:
        """Who reserved what they do not eat, for the next days on which the canteen opens."""
        first = self._today() + timedelta(days=1)
        last = first + timedelta(days=WARNED_DAYS - 1)
        with self._stores.read() as store:
            opens = {one.day for one in days_between(store, first, last) if one.facts.open}
            by_meal: dict[tuple[date, Meal], list[Ordered]] = {}
            for one in store.kitchen.with_diets(first, last):
                if one.day in opens:
                    by_meal.setdefault((one.day, one.meal), []).append(one)
            meals = tuple(Meal)
            found = [
                Warned(day, meal, _clashing(store, day, meal, ordered))
                for (day, meal), ordered in sorted(by_meal.items(), key=lambda item: (item[0][0], meals.index(item[0][1])))
            ]
        return tuple(one for one in found if one.plates)

    def record(
        self, actor: Actor, day: date, meal: Meal, write: Callable[[KitchenPaper], Draft], *, only_changes: bool = False
    ) -> KitchenPaper:
        """Keep the list as it is now as its next version, with the file that `write` makes of what its papers say.

        A list that says what the newest version says is that version: printed again, it is no other one.
        Raises DayClosed where nobody cooks and nobody needs to be told, NotPermitted, FileNotWritten, and for
        `only_changes` NothingChanged; then no version was kept, and an older file is what it was.
        """
        actor.must(Permission.SELL)
        at_ms = self._clock.now_ms()

        def foreseen(store: Store) -> KitchenPaper:
            return paper_of(store, _next(store, actor, day, meal, at_ms, only_changes=only_changes)[0])

        def keep(store: Store) -> KitchenPaper:
            return paper_of(store, self._keep(store, actor, day, meal, at_ms, only_changes=only_changes))

        return keep_with_file(self._stores, foreseen, keep, write)

    def print_roll(self, actor: Actor, day: date, meal: Meal, *, only_changes: bool = False) -> Print:
        """Keep it likewise, and put the whole list or its change slip into this till's outbox."""
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            at_ms = self._clock.now_ms()
            printed = self._keep(store, actor, day, meal, at_ms, only_changes=only_changes)
            kind = SlipKind.KITCHEN_CHANGES if only_changes else SlipKind.KITCHEN
            store.paper.add(self._till, kind, printed.id, at_ms)
            return printed

    def _keep(self, store: Store, actor: Actor, day: date, meal: Meal, at_ms: int, *, only_changes: bool) -> Print:
        found, is_new = _next(store, actor, day, meal, at_ms, only_changes=only_changes)
        return store.prints.add(PrintKind.KITCHEN, "", day, meal, at_ms, actor.staff_id, found.lines) if is_new else found

    def _today(self) -> date:
        return self._clock.local().date()


def sheet_of(store: Store, day: date, meal: Meal) -> Sheet:
    """What to cook for a meal."""
    facts, plan = facts_on(store, day), store.menu.plan(day, meal)
    tags = {offer.dish_id: offer.tags for offer in plan.offers}
    every = store.kitchen.ordered(day, meal)
    closed = not facts.open
    plates = tuple(plate_of(one, tags, closed=closed) for one in every if one.state is not State.CANCELLED)
    replaced = {plate.member_id for plate in plates}
    cancelled = (one for one in every if one.state is State.CANCELLED and one.member_id not in replaced)
    printed = store.prints.latest(PrintKind.KITCHEN, "", day, meal)
    return Sheet(
        day,
        meal,
        facts,
        plan,
        plates,
        tuple(plate_of(one, tags, closed=closed) for one in cancelled),
        count(plates, plan.offers),
        printed,
        plate_changes(printed.lines, lines_of(plates)) if printed else (),
    )


def paper_of(store: Store, printed: Print, tz: tzinfo = CHINA) -> KitchenPaper:
    """What the papers of a printed version say: its own plates, whatever became of them since."""
    facts, plan = facts_on(store, printed.day), store.menu.plan(printed.day, printed.meal)
    plates, before = _plates(printed), _before(store, printed)
    printed_on = datetime.fromtimestamp(printed.at_ms // 1000, tz).date()
    return KitchenPaper(
        printed.day,
        printed.meal,
        printed.version,
        printed.at_ms,
        printed.staff_name,
        plates,
        count(plates, plan.offers),
        count(_plates(before), plan.offers) if before else None,
        plate_changes(before.lines, printed.lines) if before else (),
        forecast_of(store, printed.day, printed.meal, printed_on),
        closed=not facts.open,
        reason=facts.reason,
        no_menu=not plan.offers,
    )


def forecast_of(store: Store, day: date, meal: Meal, today: date) -> Forecast | None:
    """What past weekdays say: those on which the canteen was open and sold this meal at all."""
    days = same_weekdays(day, today)
    opened = {one.day for one in days_between(store, min(days), max(days)) if one.facts.open}
    sold = store.kitchen.walk_ins(meal, (one for one in days if one in opened))
    return forecast(tuple(sold.values()))


def _next(store: Store, actor: Actor, day: date, meal: Meal, at_ms: int, *, only_changes: bool) -> tuple[Print, bool]:
    """The newest version where it still says what is so, else the one that comes after it; and whether it is new."""
    sheet = sheet_of(store, day, meal)
    if not sheet.facts.open and not sheet.plates and sheet.printed is None:
        raise DayClosed(day.isoformat(), sheet.facts.reason)
    printed, lines = sheet.printed, lines_of(sheet.plates)
    is_new = printed is None or printed.lines != lines
    if printed is None or is_new:
        version = printed.version + 1 if printed else 1
        printed = Print(PrintKind.KITCHEN, "", day, meal, version, at_ms, actor.name, lines)
    before = _before(store, printed) if only_changes else None
    if only_changes and not (before and plate_changes(before.lines, printed.lines)):
        raise NothingChanged(day.isoformat(), meal)
    return printed, is_new


def _before(store: Store, printed: Print) -> Print | None:
    """The version before."""
    return store.prints.get(print_id(printed.kind, printed.subject, printed.day, printed.meal, printed.version - 1))


def _plates(printed: Print) -> tuple[Plate, ...]:
    return tuple(read_line(one, line) for one, line in printed.lines.items())


def _clashing(store: Store, day: date, meal: Meal, ordered: Iterable[Ordered]) -> tuple[Plate, ...]:
    tags = {offer.dish_id: offer.tags for offer in store.menu.menu(day, meal).offers}
    plates = (plate_of(one, tags, closed=False) for one in ordered)
    return tuple(plate for plate in plates if plate.clashes and plate.not_cooked is None)
