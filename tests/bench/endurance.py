"""Money for a long time: `python -m tests.bench.endurance [OPERATIONS] [sqlite|postgresql|both] [SEED]`.

Random deeds on both databases: top up, eat, reserve, pick up, cancel, refund, hand on, replace a card, undo. Refused
ones do not count. After each deed the wallets it touched must hold what a plain sum says; every so often `verify`
re-derives every balance, lot, hold, card and hash, and the sum of all accounts must be zero. The first broken
invariant ends the run.

The question is whether the sums hold, not how fast a disk is: nothing waits for it here.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event, select

from db.engine import address_of, open_database
from db.migrate import bring_up_to_date
from db.store import SqlStore, SqlStores
from db.tables import postings, total
from pos.domain.errors import Refusal
from tests.bench.figures import heading, table
from tests.made_up import found_canteen, found_shift, member
from tests.money_life import Life
from tests.pg import running_server

OPERATIONS = 200_000
EVERY = 20_000
OFTEN = 40
PEOPLE = 60
TILLS = ("A", "B")
NEWEST = 50
SEED = 1948


def main(arguments: list[str]) -> None:
    """Run where asked, and print what was done."""
    operations = int(arguments[0]) if arguments else OPERATIONS
    where = arguments[1] if len(arguments) > 1 else "both"
    seed = int(arguments[2]) if len(arguments) > 2 else SEED
    rows = []
    if where in {"sqlite", "both"}:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "canteen.db")
            bring_up_to_date(address_of(file))
            rows.append(("SQLite", *_endured(str(file), operations, seed)))
    if where in {"postgresql", "both"}:
        with running_server() as server:
            rows.append(("PostgreSQL", *_endured(server.url(server.new_database()), operations, seed)))
    heading(f"Endurance, seed {seed}, everything verified every {EVERY} operations")
    table(("store", "operations", "refused", "entries", "seconds", "verified", "broken"), rows)


def _endured(where: str, operations: int, seed: int) -> tuple[str, ...]:
    stores = SqlStores(open_database(address_of(where)), "A")
    event.listen(stores.database.writer, "connect", _waits_for_no_disk)
    shifts = {"A": found_canteen(stores), "B": found_shift(stores.at("B"))}
    people = {one.id: one for one in (member(stores, f"会员{number}", None) for number in range(PEOPLE))}
    random, done, refused = Random(seed), Counter[str](), 0
    began = time.monotonic()
    verified = entries = 0
    life = Life(stores.at, shifts, people)
    while done.total() < operations:
        name, deed = _next_deed(life, random)
        try:
            deed()
            done[name] += 1
        except Refusal:
            refused += 1
            continue
        if done.total() % OFTEN == 0:
            with stores.read() as store:
                _compare(life, store)
        if done.total() % EVERY == 0 or done.total() == operations:
            entries = _verified(stores)
            verified += 1
            print(f"{done.total():>8} operations, {entries} entries, {time.monotonic() - began:.0f} s", flush=True)
    stores.close()
    print("  ".join(f"{name} {number}" for name, number in sorted(done.items())), flush=True)
    seconds = f"{time.monotonic() - began:.0f}"
    return str(done.total()), str(refused), str(entries), seconds, f"{verified} times", "0"


def _waits_for_no_disk(connection: Any, _record: object) -> None:
    on_server = hasattr(connection, "pgconn")
    connection.execute("SET synchronous_commit = off" if on_server else "PRAGMA synchronous = OFF")
    connection.commit()


def _next_deed(life: Life, random: Random) -> tuple[str, Callable[[], None]]:
    till, who, other = random.choice(TILLS), random.choice(tuple(life.people)), random.choice(tuple(life.people))
    amount = random.randint(1, 3_000)
    reserved = random.choice(life.reserved) if life.reserved else None
    # The newest are undone, as at a counter; of an old top-up the money is mostly gone.
    del life.posted[:-NEWEST]
    posted = random.choice(life.posted) if life.posted else None
    deeds: list[tuple[str, int, Callable[[], None]]] = [
        ("top up", 18, lambda: life.tops_up(till, who, random.randint(1, 20_000), random.choice((0, 0, amount)))),
        ("eat", 34, lambda: life.eats(till, who, amount)),
        ("reserve", 12, lambda: life.reserves(till, who, amount)),
        ("refund", 5, lambda: life.is_paid_back(till, who, random.choice((None, amount, amount)))),
        ("hand on", 6, lambda: life.gives(till, who, other, amount)),
        ("replace card", 4, lambda: life.gets_a_new_card(till, who)),
    ]
    if reserved:
        deeds += [
            ("pick up", 8, lambda: life.picks_up(till, reserved)),
            ("cancel", 4, lambda: life.cancels(till, reserved)),
        ]
    if posted:
        deeds.append(("undo", 9, lambda: life.takes_back(till, posted)))
    ((name, _weight, deed),) = random.choices(deeds, [weight for _name, weight, _deed in deeds])
    return name, deed


def _compare(life: Life, store: SqlStore) -> None:
    found = life.found_in(store)
    assert found == (life.spendable, life.held), "every wallet holds what a plain sum says"


def _verified(stores: SqlStores) -> int:
    with stores.read() as store:
        verdict = store.ledger.verify("", lambda _done, _whole: None)
    assert verdict.sound, verdict.findings[:5]
    with stores.read_rows() as transaction:
        assert transaction.run(select(total(postings.c.amount))).scalar_one() == 0, "the sum of all accounts is zero"
    return verdict.entries


if __name__ == "__main__":
    main(sys.argv[1:])
