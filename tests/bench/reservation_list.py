"""The reservations' section with 2,000 rows: the store's part on its lane, the window's part on its thread.

As in main.py, garbage is looked for only in what was made since the till opened.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns, process_time_ns

from db.engine import address_of
from db.migrate import bring_up_to_date
from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.menu import Meal
from pos.services.reservation_list import ReservationList
from pos.services.shifts import Shifts
from pos.services.standing_orders import StandingOrders
from tests.bench.canteen import at, found
from tests.bench.figures import NS_PER_MS, Times, heading, ms, table
from tests.bench.standing_orders import WEEK_BEFORE, people_with_lots, take_orders
from tests.pg import running_server
from tests.stores import opened
from tests.ui.immediate import ImmediateLane

ROWS = 2_000
TIMES = 15
MONDAY = WEEK_BEFORE[0]


class Strip:
    def show_message(self, message: object) -> None:
        return

    def clear_message(self) -> None:
        return


def main() -> None:
    """Print the tables."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as folder, running_server() as server:
        file = Path(folder) / "canteen.db"
        bring_up_to_date(address_of(file))
        places: dict[str, str | Path] = {"SQLite": file, "PostgreSQL": server.url(server.new_database())}
        for where, address in places.items():
            with opened(address) as stores:
                _print(where, stores)


def _print(where: str, stores: SqlStores) -> None:
    clock = SetClock(at(date(2026, 3, 1), time(9)))
    manager, _offers = found(stores, clock)
    Shifts(stores, clock, stores.till).open(manager, 0)
    take_orders(stores, manager, people_with_lots(stores, clock, manager, ROWS), frozenset({0}))
    made = StandingOrders(stores, clock, stores.till).generate(manager, MONDAY, MONDAY, lambda _done, _whole: None)
    assert made.booked == ROWS
    gc.freeze()
    rows = [(what, *_taken(deed)) for what, deed in _deeds(ReservationList(stores, clock)).items()]
    heading(f"The reservations' section, {ROWS:,} rows, {where}: wall, and of it our own work")
    table(("", "p50", "longest", "p50 own work"), rows)


def _deeds(lists: ReservationList) -> dict[str, Callable[[], object]]:
    from ui.app import application, dressed
    from ui.reservations.presenter import ReservationsPresenter
    from ui.reservations.view import ReservationsPage

    font = Path(__file__).parents[2] / "receipts" / "fonts" / "NotoSansSC-Regular.ttf"
    app = application()
    page = ReservationsPage(dressed(app, font, size=(1366, 768)))
    presenter = ReservationsPresenter(
        page, Strip(), lists, ImmediateLane(), lambda: MONDAY, change=lambda _one, _list: None, cancel=lambda _one, _list: None
    )
    page.attend(presenter)
    page.resize(1060, 600)
    page.show()
    presenter.open()
    listed = lists.of(MONDAY, Meal.LUNCH)
    texts = iter(["w", "wa", "wan", "wang", "张", "送餐", "2", ""] * 100)

    def paint() -> None:
        presenter._came(listed)
        app.processEvents()

    def typed() -> None:
        presenter.typed(next(texts))
        app.processEvents()

    return {
        "read from the store (lane)": lambda: lists.of(MONDAY, Meal.LUNCH),
        "refresh of the screen (window's thread)": paint,
        "a key in the search, store's part included": typed,
    }


def _taken(deed: Callable[[], object]) -> tuple[str, str, str]:
    walls, owns = [], []
    for _time in range(TIMES):
        wall, own = perf_counter_ns(), process_time_ns()
        deed()
        walls.append(perf_counter_ns() - wall)
        owns.append(process_time_ns() - own)
    return ms(Times(walls).median_ms), ms(max(walls) / NS_PER_MS), ms(Times(owns).median_ms)


if __name__ == "__main__":
    main()
