"""Eight counters at once on one store: each a process of its own with a till of its own, without any pause.

On PostgreSQL: all on one card, each on cards of its own, and all after the last money on one card. On one SQLite
file (which the program itself gives to one process alone) the same on cards of their own: how fair is the retry?
What is timed is `Checkout.charge`, from Enter to the committed sale. The wall clock runs from the first charge of
any counter to the last of any.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from db.store import SqlStores, open_stores
from pos.clock import SetClock
from pos.domain.errors import NotEnough
from pos.domain.money import Fen
from tests.bench.canteen import MEAL_TIMES, TODAY, Busy, Counter, Guest, at, fill
from tests.bench.figures import NS_PER_MS, Times, heading, ms, table
from tests.pg import running_server
from tests.stores import opened

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

TILLS = ("A", "B", "C", "D", "E", "F", "G", "H")
GUESTS_OF_EACH = 25
CHARGES_OF_EACH = 100
RICE = (("dish-15", 1),)
SET_MEAL = (("dish-1", 1),)
PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Shift:
    """What one counter did: how each charge ended, what it took (ns), first beginning and last end (monotonic ns)."""

    till: str
    ended: Tally[str]
    taken_ns: list[int]
    begun_ns: int
    done_ns: int
    cpu_ns: int


@dataclass(frozen=True, slots=True)
class Race:
    """What all counters did, and whether the books are right after it."""

    shifts: Sequence[Shift]
    sound: bool
    left: Fen

    @property
    def ended(self) -> Tally[str]:
        """How all charges ended."""
        return sum((shift.ended for shift in self.shifts), Tally())

    @property
    def times(self) -> Times:
        """Of all charges."""
        return Times([taken for shift in self.shifts for taken in shift.taken_ns])

    @property
    def a_second(self) -> float:
        """Charges of all counters together, by the wall clock."""
        begun = min(shift.begun_ns for shift in self.shifts)
        done = max(shift.done_ns for shift in self.shifts)
        return len(self.times.taken_ns) * 1000 * NS_PER_MS / (done - begun)


def main() -> None:
    """Print both tables."""
    with running_server() as server:
        name = server.new_database()
        _print("PostgreSQL, eight processes (demanded: no error, no overdraft, 300 a second)", _races(server.url(name)))
        server.drop_database(name)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "canteen.db"
        _print("One SQLite file, eight processes (for information)", _races(file))


def _races(where: str | Path) -> dict[str, Race]:
    stores = open_stores(where, TILLS[0])
    try:
        busy = fill(stores, len(TILLS) * GUESTS_OF_EACH, TILLS)
        young = [guest for guest in busy.guests if guest.member.birth_date and guest.member.birth_date.year > TODAY.year - 55]
        one, poor = replace(young[0], portions=RICE), replace(young[1], portions=SET_MEAL)
        own = {till: busy.guests[number :: len(TILLS)] for number, till in enumerate(TILLS)}
        return {
            "different cards": _race(stores, busy, own),
            "one card": _race(stores, busy, {till: [one] for till in TILLS}),
            "the last money of one card": _race(stores, busy, {till: [poor] for till in TILLS}),
        }
    finally:
        stores.close()


def _race(stores: SqlStores, busy: Busy, guests: dict[str, Sequence[Guest]]) -> Race:
    where = stores.database.url.render_as_string(hide_password=False)
    spawn = multiprocessing.get_context("spawn")
    barrier, results = spawn.Barrier(len(TILLS)), spawn.Queue()
    counters = [
        spawn.Process(target=_sell, args=(where, till, replace(busy, guests=guests[till]), barrier, results))
        for till in TILLS
    ]
    for counter in counters:
        counter.start()
    shifts = [results.get(timeout=PATIENCE_S) for _ in counters]
    for counter in counters:
        counter.join()
    with stores.read() as store:
        verdict = store.ledger.verify("", lambda _done, _whole: None)
        wallet = store.members.wallet(guests[TILLS[0]][0].member.id)
    assert wallet is not None
    return Race(sorted(shifts, key=lambda shift: shift.till), verdict.sound, wallet.spendable)


def _sell(where: str, till: str, busy: Busy, barrier: Barrier, results: Queue[Any]) -> None:
    with opened(where, till) as stores:
        clock = SetClock(at(TODAY, MEAL_TIMES[1]))
        counter = Counter.at(stores, clock, busy.cashier)
        for guest in busy.guests:  # the first meal may be subsidised: after it, the price stands
            counter.checkout.charge(counter.actor, counter.order(guest, str(uuid4()), again=True))
        orders = [counter.order(guest, "", again=True) for guest in busy.guests]
        ended: Tally[str] = Tally()
        taken_ns: list[int] = []
        barrier.wait(PATIENCE_S)
        first_ns, first_cpu_ns = time.monotonic_ns(), time.process_time_ns()
        for number in range(CHARGES_OF_EACH):
            order = replace(orders[number % len(orders)], sale_id=str(uuid4()))
            begun_ns = time.monotonic_ns()
            ended[_charged(counter, order)] += 1
            taken_ns.append(time.monotonic_ns() - begun_ns)
        cpu_ns = time.process_time_ns() - first_cpu_ns
        results.put(Shift(till, ended, taken_ns, first_ns, time.monotonic_ns(), cpu_ns))


def _charged(counter: Counter, order: Any) -> str:
    try:
        counter.checkout.charge(counter.actor, order)
    except NotEnough:
        return "refused"
    except Exception as error:  # noqa: BLE001  # whatever reaches the caller is what this counts
        return f"error: {type(error).__name__}"
    return "sold"


def _print(title: str, races: dict[str, Race]) -> None:
    heading(title)
    rows = []
    for what, race in races.items():
        slowest = max(Times(shift.taken_ns).p99_ms for shift in race.shifts)
        ended = ", ".join(f"{count} {how}" for how, count in sorted(race.ended.items(), reverse=True))
        books = "sound" if race.sound else "NOT SOUND"
        rows.append(
            (
                what,
                ended,
                f"{race.a_second:.0f}",
                ms(race.times.median_ms),
                ms(race.times.p99_ms),
                ms(slowest),
                ms(race.times.percentile_ms(100)),
                f"{books}, {race.left / 100:.2f} left" if "one" in what else books,
            )
        )
    table(("what", "ended", "a second", "p50", "p99", "p99 of the worst counter", "longest", "books"), rows)


if __name__ == "__main__":
    main()
