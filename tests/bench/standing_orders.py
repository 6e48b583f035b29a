"""A week of standing orders for 5,000 members: reading, pricing, holding and storing them in one transaction.

Everybody has a set meal delivered and two lots to pay it from. The week before was booked the same way and its first
day eaten, so that limits have something to count. A run that is given up at its end and a second one, which finds
everything booked, are timed too.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TypeVar

from db.engine import address_of
from db.migrate import bring_up_to_date
from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.import_rows import Newcomer
from pos.domain.ledger import BONUS, OPENING, PRINCIPAL, Draft, EntryKind, Lot, Posting
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.profile import Profile
from pos.domain.staff import Actor
from pos.domain.standing_orders import Generated, StandingOrder
from pos.services.practice import GIVEN, SURNAMES
from pos.services.settling import Doing, behind_lock, serve
from pos.services.shifts import Shifts
from pos.services.standing_orders import StandingOrders
from tests.bench.canteen import at, found, made_id
from tests.bench.figures import heading, table
from tests.pg import running_server
from tests.stores import opened

MEMBERS = 5_000
LOTS = (30_000, 10_000)
WEEK_BEFORE = (date(2026, 3, 2), date(2026, 3, 8))
WEEK = (date(2026, 3, 9), date(2026, 3, 15))

T = TypeVar("T")


class GivenUp(Exception):  # no error: somebody wished it
    pass


def main(members: int = MEMBERS) -> None:
    """Print the table."""
    rows = []
    for what, weekdays in (("Mon, Wed, Fri", (0, 2, 4)), ("Mon to Fri", (0, 1, 2, 3, 4))):
        with TemporaryDirectory() as folder, ExitStack() as stack:
            file = Path(folder) / "canteen.db"
            bring_up_to_date(address_of(file))
            server = stack.enter_context(running_server())
            places: dict[str, str | Path] = {"SQLite": file, "PostgreSQL": server.url(server.new_database())}
            for where, address in places.items():
                with opened(address) as stores:
                    rows.append((f"{what}, {where}", *_times(stores, members, frozenset(weekdays))))
    heading(f"A week of standing orders for {members} members: seconds, and of them our own work")
    table(("", "meals", "given up at the end", "booked", "again"), rows)


def _times(stores: SqlStores, members: int, weekdays: frozenset[int]) -> tuple[str, ...]:
    clock = SetClock(at(WEEK_BEFORE[0] - timedelta(days=1), time(9)))
    manager, _offers = found(stores, clock)
    shifts, orders = Shifts(stores, clock, stores.till), StandingOrders(stores, clock, stores.till)
    shifts.open(manager, 0)
    take_orders(stores, manager, people_with_lots(stores, clock, manager, members), weekdays)
    orders.generate(manager, *WEEK_BEFORE, _quiet)
    shifts.close(manager, 0)
    clock.set(at(WEEK_BEFORE[0], time(11, 30)))
    shifts.open(manager, 0)
    _eat(stores, clock, manager)

    def give_up(done: int, whole: int) -> None:
        if whole and done >= whole - 1_000:
            raise GivenUp

    def given_up() -> None:
        try:
            orders.generate(manager, *WEEK, give_up)
        except GivenUp:
            return

    none, _nothing = _timed(given_up)
    took, made = _timed(lambda: orders.generate(manager, *WEEK, _quiet))
    second, again = _timed(lambda: orders.generate(manager, *WEEK, _quiet))
    assert (made.skipped, again) == ((), Generated(0, made.booked, ()))
    return str(made.booked), *(f"{wall:.1f} ({own:.1f})" for wall, own in (none, took, second))


def people_with_lots(stores: SqlStores, clock: SetClock, manager: Actor, count: int) -> Sequence[str]:
    """Members from 60 to 95 with two lots each, brought in as from a file."""
    people = [
        Newcomer(made_id(number), Profile(_name(number), date(1931 + number % 35, 1 + number % 12, 1), ""))
        for number in range(count)
    ]
    lots = [
        Lot(f"{one.id}/{place}", one.id, principal, principal // 10, 0, 0)
        for one in people
        for place, principal in enumerate(LOTS)
    ]
    with stores.write() as store:
        shift = store.shifts.open_at(stores.till)
        assert shift is not None
        doing = Doing(store, manager, shift, clock.now_ms())
        store.imports.add(people, lambda one: [one.profile.name], lambda _one: None, clock.now_ms())
        store.ledger.add_lots(lots)
        store.ledger.post_all([_opening(doing, lot) for lot in lots], _quiet)
    return [one.id for one in people]


def _opening(doing: Doing, lot: Lot) -> Draft:
    postings = (
        Posting(OPENING, lot.principal + lot.bonus),
        Posting(PRINCIPAL, -lot.principal, lot.member_id, lot.id),
        Posting(BONUS, -lot.bonus, lot.member_id, lot.id),
    )
    return doing.draft(lot.id, EntryKind.OPENING, doing.shift.business_date, postings, None)


def take_orders(stores: SqlStores, manager: Actor, people: Sequence[str], weekdays: frozenset[int]) -> None:
    with stores.write() as store:
        for member_id in people:
            order = StandingOrder(f"order-{member_id}", member_id, weekdays, Meal.LUNCH, Way.DELIVERY, WEEK_BEFORE[0])
            store.standing_orders.put(order, manager.staff_id)


def _eat(stores: SqlStores, clock: SetClock, manager: Actor) -> None:
    """Today's lunches are handed over, in one transaction to save the time."""
    with stores.write() as store:
        shift = store.shifts.open_at(stores.till)
        assert shift is not None
        doing = Doing(store, manager, shift, clock.now_ms())
        for one in store.reservations.of_day(clock.local().date(), Meal.LUNCH):
            serve(doing, *behind_lock(store, one.id), f"sale-{one.id}", on_paper=False)


def _name(number: int) -> str:
    return SURNAMES[number % len(SURNAMES)] + GIVEN[number // 20 % 36][0] + GIVEN[number // 720 % 36][1]


def _timed(work: Callable[[], T]) -> tuple[tuple[float, float], T]:
    """Seconds by the wall, and of them those in which this process computed."""
    started, computed = perf_counter(), process_time()
    answer = work()
    return (perf_counter() - started, process_time() - computed), answer


def _quiet(_done: int, _whole: int) -> None:
    return


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
