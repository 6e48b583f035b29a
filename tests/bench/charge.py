"""A whole charge through the service, against the same statements through bare SQLAlchemy Core.

Three copies of one file are at the same moment of the same canteen. On the first the service charges once while a
listener writes down every statement it issues, with its values and its transaction. Then, in turns, the service
makes those very charges on the second copy (same clock, same sale ids), and a bare loop runs what was written down
on the third: `Connection.execute(statement, values)` with the same statement objects, every row fetched, the same
two transactions a charge (one that reads, for the swipe; one that writes, BEGIN IMMEDIATE, synchronous=FULL), on
connections with the same pragmas, and no code of ours in between. So the difference is what our code costs: mapping
rows to values, the price, the hash, the words in JSON, the repositories. At the end both files must hold the same
chain of hashes.

The price on the screen is part of the service's time, though no statement stands against it.
"""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Engine, Executable, event

from db.engine import Database
from db.store import SqlStores, open_stores
from pos.clock import SetClock
from tests.bench.canteen import MEAL_TIMES, TODAY, Busy, Counter, at, fill, made_id
from tests.bench.figures import Times, heading, ms, table, times
from tests.stores import opened

GUESTS = 400
FIRST_SALE = 10**9
WARM_UP = 20

Step = tuple[Executable, Any]


@dataclass(slots=True)
class Script:
    """What one charge says to the database: the statements of its two transactions."""

    reading: list[Step] = field(default_factory=list)
    writing: list[Step] = field(default_factory=list)


def main(guests: int = GUESTS) -> None:
    """Print the table."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        first = folder / "recorded.db"
        stores = open_stores(first, "A")
        busy = fill(stores, guests)
        stores.checkpoint()
        stores.close()
        files = [first, *(Path(shutil.copy(first, folder / copy)) for copy in ("service.db", "bare.db"))]
        with ExitStack() as stack:
            recorded, service, bare = (stack.enter_context(opened(file)) for file in files)
            scripts = list(_recorded(recorded, busy))
            by_service, by_core = _in_turns(service, bare.database, busy, scripts)
            assert _head(service) == _head(bare) == _head(recorded), "all three did the same work"
    _print(by_service, by_core, scripts)


def _print(service: Times, core: Times, scripts: Sequence[Script]) -> None:
    heading("A whole charge, SQLite file, synchronous=FULL")
    rows = [
        (what, ms(one.median_ms), ms(one.p99_ms), f"{one.a_second:.0f}")
        for what, one in (("through the service", service), ("the same statements, bare Core", core))
    ]
    ratios = times(service.median_ms / core.median_ms), times(service.p99_ms / core.p99_ms)
    table(("what", "p50", "p99", "a second"), [*rows, ("ratio (demanded: 1.50, 2.00)", *ratios, "")])
    reading, writing = (sum(map(len, steps)) / len(scripts) for steps in zip(*((s.reading, s.writing) for s in scripts), strict=True))
    print(f"\n{len(scripts)} charges; statements a charge: {reading:.1f} in the swipe, {writing:.1f} in the charge")


def _charges(stores: SqlStores, busy: Busy) -> Iterator[int]:
    """Give each charge of the day in its turn: asked for the next one it makes it, and tells its nanoseconds."""
    clock = SetClock(at(TODAY, MEAL_TIMES[0]))
    counters = []
    for meal_time in MEAL_TIMES:
        clock.set(at(TODAY, meal_time))
        counters.append((clock.local(), Counter.at(stores, clock, busy.cashier)))
    return _served(clock, counters, busy)


def _served(clock: SetClock, counters: Sequence[tuple[datetime, Counter]], busy: Busy) -> Iterator[int]:
    numbers = count(FIRST_SALE)
    for meal_time, counter in counters:
        clock.set(meal_time)
        for guest in busy.guests:
            sale_id = made_id(next(numbers))
            begun = time.perf_counter_ns()
            counter.serve(guest, sale_id)
            yield time.perf_counter_ns() - begun


def _recorded(stores: SqlStores, busy: Busy) -> Iterator[Script]:
    script = Script()
    begun = {"reading": 0, "writing": 0}
    charges = _charges(stores, busy)

    def listen(engine: Engine, side: str) -> None:
        def note(_connection: object, statement: Executable, many: Any, values: Any, _options: object) -> None:
            getattr(script, side).append((statement, many or values))

        def begin(_connection: object) -> None:
            begun[side] += 1

        event.listen(engine, "before_execute", note)
        event.listen(engine, "begin", begin)

    listen(stores.database.reader, "reading")
    listen(stores.database.writer, "writing")
    while True:
        script, begun["reading"], begun["writing"] = Script(), 0, 0
        if next(charges, None) is None:
            return
        assert begun == {"reading": 1, "writing": 1}, "a swipe reads once, a charge is one transaction"
        yield script


def _in_turns(stores: SqlStores, bare: Database, busy: Busy, scripts: Sequence[Script]) -> tuple[Times, Times]:
    by_service: list[int] = []
    by_core: list[int] = []
    charges = _charges(stores, busy)
    gc.collect()
    gc.freeze()  # what was written down is this bench's own load: neither side shall walk through it
    for number, script in enumerate(scripts):
        if number % 2:
            by_service.append(next(charges))
            by_core.append(_run(bare, script))
        else:
            by_core.append(_run(bare, script))
            by_service.append(next(charges))
    return Times(by_service[WARM_UP:]), Times(by_core[WARM_UP:])


def _run(bare: Database, script: Script) -> int:
    begun = time.perf_counter_ns()
    with bare.reader.connect() as connection, _begun(connection, "BEGIN"):
        for statement, values in script.reading:
            connection.execute(statement, values).all()
    with bare.writer.connect() as connection, _begun(connection, "BEGIN IMMEDIATE"):
        for statement, values in script.writing:
            result = connection.execute(statement, values)
            if result.returns_rows:
                result.all()
        connection.commit()
    return time.perf_counter_ns() - begun


@contextmanager
def _begun(connection: Connection, words: str) -> Iterator[None]:
    connection.begin()
    driver: Any = connection.connection.driver_connection
    driver.execute(words)
    yield


def _head(stores: SqlStores) -> list[tuple[str, str]]:
    with stores.read() as store:
        verdict = store.ledger.verify("", lambda _done, _whole: None)
    assert verdict.sound
    return list(verdict.heads)


if __name__ == "__main__":
    main()
