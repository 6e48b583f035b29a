"""A noon of 2,000 reservations on the deliveries' screen: reading it, showing it, and a key.

A tenth lives alone and some of them were missing yesterday; everybody has a year of boxes behind them. Once 400 of the meals are delivered on ten routes, and
once all of them. For information; limits.md asks for a refresh of any screen within 100 ms.

Run: python -m tests.bench.deliveries
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns, process_time_ns
from typing import TypeVar

from db.store import SqlStores, open_stores
from pos.clock import SetClock
from pos.domain.address import Address
from pos.domain.bill import WAIVER
from pos.domain.canteen import LIVING_ALONE
from pos.domain.deliveries import BoxMove, Outcome
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Bill, Circumstances, Person, Tender, Usage, Way, price
from pos.domain.profile import Held, Particulars, Profile
from pos.domain.reservations import Reservation, Source, State
from pos.domain.routes import Route
from pos.domain.staff import Actor
from pos.services.cases import Cases
from pos.services.deliveries import Deliveries, Glance, Noting
from pos.services.members import add_member
from pos.services.practice import GIVEN, SURNAMES
from pos.services.shifts import Shifts
from tests.bench.canteen import TODAY, at, found, made_id
from tests.bench.figures import Times, heading, ms, table

MEMBERS = 2_000
DAYS = 14
ROUTES = 10
LOOKS = 15
NOTED = 50
MOVES = 200
"""Boxes out and back of one person in a year of weekdays, as rows."""

T = TypeVar("T")


def main() -> None:
    """Print the table."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    rows = []
    for delivered in (400, MEMBERS):
        with TemporaryDirectory() as folder:
            stores = open_stores(Path(folder) / "canteen.db", "A")
            try:
                rows.append((f"{MEMBERS:,} reserved, {delivered:,} delivered", *_measure(stores, delivered)))
            finally:
                stores.close()
    heading(f"The deliveries' screen, SQLite: p50 of {LOOKS} looks, of {NOTED} stops noted (for information)")
    table(("", "who is missing", "own work of it", "reading", "own work of it", "showing", "a stop noted"), rows)


def _measure(stores: SqlStores, delivered: int) -> tuple[str, ...]:
    clock = SetClock(at(TODAY, time(17, 30)))
    manager, _offers = found(stores, clock)
    Shifts(stores, clock, "A").open(manager, 0)
    _reserve(stores, manager, delivered)
    deliveries, cases = Deliveries(stores, clock, "A"), Cases(stores, clock)
    watching, _none, watched = _timed(lambda: cases.watch(manager))
    reading, glance, own = _timed(lambda: deliveries.glance(TODAY, Meal.LUNCH))
    assert len(glance.stops) == delivered
    showing = _showing(glance)
    noting: list[int] = []
    for stop in glance.stops[:NOTED]:
        start = perf_counter_ns()
        wish = Noting(f"n{stop.reservation_id}", stop.reservation_id, Outcome.HANDED_OVER, TODAY, Meal.LUNCH)
        deliveries.note(manager, wish)
        noting.append(perf_counter_ns() - start)
    return (ms(watching), ms(watched), ms(reading), ms(own), ms(showing), ms(Times(noting).median_ms))


def _timed(function: Callable[[], T]) -> tuple[float, T, float]:
    """The median of some calls, what the last one answered, and the median of the processor's time."""
    taken, worked = [], []
    answer = function()
    for _look in range(LOOKS):
        start, own = perf_counter_ns(), process_time_ns()
        answer = function()
        taken.append(perf_counter_ns() - start)
        worked.append(process_time_ns() - own)
    return Times(taken).median_ms, answer, Times(worked).median_ms


def _showing(glance: Glance) -> float:
    """From the answer to the painted window, on the window's thread."""
    from PySide6.QtWidgets import QApplication

    from ui.app import dressed
    from ui.deliveries.board import Board, StopLine, tallies
    from ui.deliveries.view import DeliveriesPage

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    font = Path(__file__).parents[2] / "receipts" / "fonts" / "NotoSansSC-Regular.ttf"
    page = DeliveriesPage(dressed(app, font, size=(1366, 768)))
    page.resize(1100, 570)
    page.show()
    taken = []
    for at_line in range(LOOKS):
        start = perf_counter_ns()
        lines = tuple(StopLine(stop) for stop in glance.stops)
        told = tallies(lines, glance.counts, glance.cases)
        page.show_board(Board(TODAY, Meal.LUNCH, lines, at_line, told, glance.cases, with_routes=True))
        app.processEvents()
        taken.append(perf_counter_ns() - start)
    page.deleteLater()
    return Times(taken).median_ms


def _reserve(stores: SqlStores, manager: Actor, delivered: int) -> None:
    """Two weeks of lunches that were had, and one for today that waits."""
    bill = _bill()
    names = [SURNAMES[n % len(SURNAMES)] + GIVEN[n // 20 % len(GIVEN)] for n in range(MEMBERS)]
    with stores.write() as store:
        for number in range(ROUTES):
            store.routes.put(Route(f"r{number}", f"{number + 1}号线"))
        for number, name in enumerate(names):
            alone = (Held(LIVING_ALONE),) if number % 10 == 0 else ()
            place = Address("幸福里", f"{number // 40 + 1}号楼", f"{number % 3 + 1}单元", "", f"{number % 6 + 1}0{number % 4}")
            add_member(store, made_id(number), Profile(name, date(1950, 1, 1), "", Particulars(address=place, categories=alone)), 0)
            store.routes.settle(made_id(number), f"r{number % ROUTES}")
            for move in range(MOVES):
                boxes, then = 1 if move % 2 == 0 else -1, TODAY - timedelta(days=move // 2)
                store.deliveries.move_boxes(BoxMove(f"b{number}-{move}", made_id(number), then, boxes, 0, manager.staff_id))
        for day in range(DAYS):
            on = TODAY - timedelta(days=day)
            ways = (Way.DELIVERY if number < delivered else Way.DINE_IN for number in range(MEMBERS))
            store.reservations.add_all([_reserved(n, names[n], on, way, bill) for n, way in enumerate(ways)], manager.staff_id)


def _bill() -> Bill:
    basket = (BasketItem("set", "一荤两素套餐", DishKind.SET_MEAL, 1_200, 1),)
    free = price(basket, Person(), Circumstances(TODAY, Meal.LUNCH, Way.DELIVERY, Tender.CARD), Usage())
    return replace(free, lines=tuple(replace(line, payer=WAIVER) for line in free.lines))


def _reserved(number: int, name: str, day: date, way: Way, bill: Bill) -> Reservation:
    key = f"{made_id(number)}-{day}"
    waits = Reservation(key, made_id(number), name, day, Meal.LUNCH, way, bill, Source.STANDING, 1, "周敏")
    if day == TODAY:
        return waits
    missed = number % 100 == 0 and day == TODAY - timedelta(days=1)
    return replace(waits, state=State.MISSED if missed else State.SERVED, ended_ms=1, ended_by="周敏")


if __name__ == "__main__":
    main()
