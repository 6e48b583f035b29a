"""The kitchen's screen at noon with 2,000 reservations: read, count, compare with the printed list, paint.

The demand is 100 ms for a refresh. What is painted is the section's page with everybody listed, offscreen, at 1366 by
768. As in main.py, garbage is looked for only in what was made since the till opened. The forecast of walk-ins and
the warnings are read when a day is opened, not at each refresh. "Own work" is what this process computed: the machine's
other programs and the server are not in it.
"""

from __future__ import annotations

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from db.store import SqlStores, open_stores
from pos.clock import SetClock
from pos.domain.absences import Absence
from pos.domain.diet import Tag
from pos.domain.members import MemberStatus
from pos.domain.menu import Meal, Offer
from pos.domain.pricing import BasketItem, Circumstances, Person, Usage, Way, price
from pos.domain.profile import Particulars, Profile
from pos.domain.reservations import Reservation, Source, State
from pos.domain.shifts import Shift
from pos.domain.staff import Actor
from pos.ports import Store
from pos.services.kitchen import Kitchen
from pos.services.members import add_member
from pos.services.practice import GIVEN, SURNAMES
from tests.bench.canteen import MEAL_TIMES, TODAY, at, found, made_id
from tests.bench.figures import Times, heading, ms, table
from tests.made_up import no_file, sell, top_up
from tests.pg import running_server
from ui.app import dressed
from ui.kitchen.presenter import People, Shown
from ui.kitchen.view import KitchenPage

RESERVATIONS, GIVEN_UP, LATE = 2_000, 60, 30
WEEKS, WALK_INS = 8, 200
ROUNDS = 30
TOMORROW = TODAY + timedelta(days=1)
DIETS = (("软食",), ("低盐", "低糖"), ("不吃猪肉",), ("素食",))
TIMES = ("", "11:00", "11:30", "12:00")
PAGE = (1130, 590)
FONT = Path(__file__).parents[2] / "receipts" / "fonts" / "NotoSansSC-Regular.ttf"


@dataclass(frozen=True)
class Noon:
    """Tomorrow's lunch at a till, its list printed before the last bookings."""

    kitchen: Kitchen
    page: KitchenPage

    def look(self) -> None:
        """A refresh: read, count, compare, and paint."""
        sheet = self.kitchen.sheet(TOMORROW, Meal.LUNCH)
        self.page.show_kitchen(Shown(TOMORROW, Meal.LUNCH, TODAY, sheet, people=People.ALL))
        self.page.grab()


def main() -> None:
    """Print the tables."""
    app = QApplication([])
    page = KitchenPage(dressed(app, FONT, size=(1366, 768)))
    page.resize(*PAGE)
    page.show()
    with TemporaryDirectory() as folder:
        _print("SQLite file", Path(folder) / "canteen.db", page)
    with running_server() as server:
        _print("PostgreSQL on this machine", server.url(server.new_database()), page)


def _print(kind: str, where: str | Path, page: KitchenPage) -> None:
    stores = open_stores(where, "A")
    try:
        rows = list(_rows(_filled(stores, page)))
    finally:
        stores.close()
    heading(f"The kitchen's screen, {RESERVATIONS:,} reservations, {kind} (demanded: a refresh in 100 ms)")
    table(("what", "p50", "longest", "own work", "longest own work"), rows)


def _rows(noon: Noon) -> Iterator[tuple[str, ...]]:
    sheet = noon.kitchen.sheet(TOMORROW, Meal.LUNCH)
    assert (len(sheet.plates), len(sheet.cancelled), len(sheet.changes)) == (RESERVATIONS, GIVEN_UP, LATE)
    assert sheet.clashing
    shown = Shown(TOMORROW, Meal.LUNCH, TODAY, sheet, people=People.ALL)

    def paint() -> None:
        noon.page.show_kitchen(shown)
        noon.page.grab()

    yield "read, count, compare with the print", *_timed(lambda: noon.kitchen.sheet(TOMORROW, Meal.LUNCH))
    yield "paint the section, everybody listed", *_timed(paint)
    yield "a refresh: both", *_timed(noon.look)
    yield f"forecast from {WEEKS} weeks with {WALK_INS} walk-ins each", *_timed(
        lambda: noon.kitchen.forecast(TOMORROW, Meal.LUNCH)
    )
    yield "warnings of the next seven days", *_timed(noon.kitchen.warnings)


def _timed(function: Callable[[], object]) -> tuple[str, ...]:
    taken, computed = [], []
    for _round in range(ROUNDS):
        begun, begun_work = time.perf_counter_ns(), time.process_time_ns()
        function()
        taken.append(time.perf_counter_ns() - begun)
        computed.append(time.process_time_ns() - begun_work)
    return tuple(ms(value) for times in (Times(taken), Times(computed)) for value in (times.median_ms, times.percentile_ms(100)))


# -- a noon --------------------------------------------------------------------------------------------


def _filled(stores: SqlStores, page: KitchenPage) -> Noon:
    """Written past the money: what is held and paid is nobody's business here."""
    clock = SetClock(at(TODAY, MEAL_TIMES[1]))
    manager, offers = found(stores, clock)
    kitchen = Kitchen(stores, clock, "A")
    with stores.write() as store:
        dish = next(one for one in store.menu.dishes() if one.id == offers[6].dish_id)
        store.menu.change_dish(replace(dish, tags=(Tag.PORK,)), TODAY, manager.staff_id, 0)
        for number in range(RESERVATIONS + GIVEN_UP):
            diets = DIETS[number // 10 % len(DIETS)] if number % 10 == 0 else ()
            add_member(store, made_id(number), Profile(_name(number), date(1940, 1, 1), f"199{number:08d}", Particulars(diets=diets)), 0)
            if number % 100 == 50:
                store.profiles.put_absence(made_id(number), Absence(made_id(number), MemberStatus.PAUSED, TODAY))
        _sell_past(store, manager)
    every = [_reserved(number, offers, manager) for number in range(RESERVATIONS + GIVEN_UP)]
    _book(stores, every[LATE:], manager)
    kitchen.record(manager, TOMORROW, Meal.LUNCH, no_file)
    _book(stores, every[:LATE], manager)
    gc.freeze()
    return Noon(kitchen, page)


def _book(stores: SqlStores, every: list[Reservation], manager: Actor) -> None:
    with stores.write() as store:
        store.reservations.add_all(every, manager.staff_id)


def _sell_past(store: Store, manager: Actor) -> None:
    """Lunches of past weekdays to one hungry member."""
    today = Shift("noon", "A", TODAY, manager.staff_id, manager.name, 0, 0)
    store.shifts.add(today)
    hungry = store.members.get(made_id(0), TODAY)
    assert hungry is not None
    top_up(store, today, hungry, WEEKS * WALK_INS * 100)
    for week in range(1, WEEKS + 1):
        shift = replace(today, business_date=TOMORROW - timedelta(weeks=week))
        for _each in range(WALK_INS):
            sell(store, shift, hungry, 100)


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)]


def _reserved(number: int, offers: tuple[Offer, ...], manager: Actor) -> Reservation:
    three = (offers[4 + number % 6], offers[10 + number % 4], offers[14])
    mine = offers[number % 4 : number % 4 + 1] if number % 2 else three
    basket = tuple(BasketItem(one.dish_id, one.name, one.kind, one.price, 1) for one in mine)
    given_up = number >= RESERVATIONS
    return Reservation(
        made_id(number),
        made_id(number),
        _name(number),
        TOMORROW,
        Meal.LUNCH,
        tuple(Way)[number % 3],
        price(basket, Person(), Circumstances(TOMORROW, Meal.LUNCH), Usage()),
        Source.STANDING,
        1,
        manager.name,
        TIMES[number % 4],
        state=State.CANCELLED if given_up else State.BOOKED,
        ended_ms=int(given_up),
    )


if __name__ == "__main__":
    main()
