"""S6: a till that is killed at any moment of a charge leaves each sale whole or absent, and none told and lost.

SIGKILL ends the process between two instructions of its own: nothing is flushed, closed or rolled back by it. The
operating system lives on, and with it what it has not written to the disk yet: that a commit is on the disk when
it returns is what `synchronous=FULL` (test_store_open.py) and the server's fsync promise, and no test of a process
can prove it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from db.lock import TillLock
from db.store import SqlStores
from db.tables import entries, metadata, postings, print_jobs, sale_items, sale_lines, sales
from pos.domain.money import Fen
from tests.pos.services.counter import MONDAY, counter_on, found_canteen
from tests.stores import opened

ROOT = Path(__file__).resolve().parents[2]
RANDOM_KILLS = 60
MOMENTS = (("fork", 60.0), ("sale", 25.0))
"""Since when a moment is counted, and its latest (ms): a till that starts, and one that sells."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL and no fork")

Ask = Callable[[dict[str, Any]], dict[str, Any]]
KILLED = {"told": [], "killed": True, "failed": False}


@contextmanager
def _till(where: str, members: list[str]) -> Iterator[Ask]:
    command = [sys.executable, "-m", "tests.db.power_cut", where, *members]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as till:
        assert till.stdin is not None
        assert till.stdout is not None
        stdin, stdout = till.stdin, till.stdout

        def ask(wish: dict[str, Any]) -> dict[str, Any]:
            stdin.write(json.dumps(wish) + "\n")
            stdin.flush()
            answer: dict[str, Any] = json.loads(stdout.readline())
            return answer

        yield ask
        stdin.close()


def _open_shop(stores: SqlStores) -> list[str]:
    """A counter with an open shift and three rich members: with subsidies, with a discount, at list price."""
    found_canteen(stores)
    counter = counter_on(stores, Path())
    counter.shifts.open(counter.cashier, 0)
    members = []
    for name, born in (("王桂英", date(1940, 2, 3)), ("李建国", date(1960, 5, 6)), ("陈喆", None)):
        member = counter.rich(name, born, 200_000)
        counter.top_up(member, 200_000)
        members.append(member.id)
    return members


def _rows(stores: SqlStores) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is in the store."""
    with stores.read_rows() as transaction:
        return {
            table.name: sorted((tuple(row) for row in transaction.run(select(table)).all()), key=repr)
            for table in metadata.sorted_tables
        }


def _sold(stores: SqlStores) -> set[str]:
    with stores.read_rows() as transaction:
        return set(transaction.run(select(sales.c.id)).scalars())


def _halves(stores: SqlStores) -> dict[str, dict[str, int]]:
    """What each sale has, for every sale that is not whole; also parts without a sale."""
    has: dict[str, Counter[str]] = {}

    def part(of: str, what: str, amount: int = 1) -> None:
        has.setdefault(of, Counter())[what] += amount

    with stores.read_rows() as transaction:
        for sale_id, list_price in transaction.run(select(sales.c.id, sales.c.list_price)):
            part(sale_id, "sale")
            part(sale_id, "price", list_price)
        for (entry_id,) in transaction.run(select(entries.c.id).where(entries.c.kind == "sale")):
            part(entry_id, "entry")
        sold = (postings.c.entry_id, -postings.c.amount, postings.c.account.like("revenue:%"))
        for entry_id, amount, is_revenue in transaction.run(
            select(*sold).join(entries, entries.c.id == postings.c.entry_id).where(entries.c.kind == "sale")
        ):
            part(entry_id, "posted", -amount)
            part(entry_id, "revenue", amount if is_revenue else 0)
        for sale_id, amount in transaction.run(
            select(sale_items.c.sale_id, sale_items.c.unit_price * sale_items.c.quantity)
        ):
            part(sale_id, "items", amount)
        for sale_id, amount in transaction.run(select(sale_lines.c.sale_id, sale_lines.c.amount)):
            part(sale_id, "lines", amount)
        for (subject,) in transaction.run(select(print_jobs.c.subject).where(print_jobs.c.kind == "sale")):
            part(subject, "paper")
    return {of: dict(parts) for of, parts in has.items() if parts != _whole(parts["price"])}


def _whole(price: int) -> dict[str, int]:
    amounts = {"price": price, "revenue": price, "items": price, "lines": price}
    return {"sale": 1, "entry": 1, "paper": 1, "posted": 0, **amounts}


def _findings(stores: SqlStores) -> tuple[object, ...]:
    with stores.read() as store:
        return store.ledger.verify("", lambda _done, _whole: None).findings


def test_S6_a_till_killed_at_random_moments_never_loses_a_sale_that_it_told(sqlite_file: Path) -> None:
    with opened(sqlite_file) as stores:
        members = _open_shop(stores)
    random = Random(6)
    told: set[str] = set()
    untold = 0

    with _till(str(sqlite_file), members) as ask:
        for _ in range(RANDOM_KILLS):
            since, latest_ms = random.choice(MOMENTS)
            answer = ask({"die": "later", "since": since, "after_ms": random.uniform(0, latest_ms)})
            told |= set(answer["told"])
            with TillLock(sqlite_file), opened(sqlite_file) as stores:
                sold = _sold(stores)
                state = (answer["killed"], told - sold, _halves(stores), _findings(stores))
            assert state == (True, set(), {}, ())
            untold = len(sold - told)

    # Of each till at most the sale under way: committed, and then nobody left to tell.
    assert untold <= RANDOM_KILLS
    assert len(told) > RANDOM_KILLS / 3
    with opened(sqlite_file) as stores:
        counter = counter_on(stores, sqlite_file)
        with stores.read() as store:
            member = store.members.get(members[0], MONDAY)
        assert counter.sell(member, again=True).member_id == members[0]


def test_S6_a_charge_killed_before_any_statement_or_before_commit_never_happened(stores: SqlStores) -> None:
    members = _open_shop(stores)
    before = _rows(stores)

    with _till(_address(stores), members) as ask:
        changed, statements = _killed_at_every_statement(ask, stores)
        survived = _rows(stores)
        at_commit = ask({"die": "commit", "sale_id": "killed-at-commit"})

    assert changed == {}
    assert statements >= 15
    assert survived != before
    assert (at_commit, _rows(stores)) == (KILLED, survived)
    assert (_sold(stores), _halves(stores), _findings(stores)) == ({f"at-{statements + 1}"}, {}, ())


def _killed_at_every_statement(ask: Ask, stores: SqlStores) -> tuple[dict[int, Any], int]:
    """Kill a charge at its first statement, its second, and so on until one has none left to be killed at.

    Gives what was not as before after a kill, by statement, and how many statements a charge has.
    """
    before = _rows(stores)
    changed: dict[int, Any] = {}
    for number in count(1):
        sale_id = f"at-{number}"
        answer = ask({"die": "statement", "at": number, "sale_id": sale_id})
        if answer == _paid(sale_id):
            return changed, number - 1
        if (answer, _rows(stores)) != (KILLED, before):
            changed[number] = answer
    raise AssertionError


def test_S6_a_charge_killed_after_commit_is_whole_and_asking_again_charges_nothing(stores: SqlStores) -> None:
    members = _open_shop(stores)

    with _till(_address(stores), members) as ask:
        killed = ask({"die": "answer", "sale_id": "never-told"})
        after_the_kill = _rows(stores)
        again = ask({"die": "never", "sale_id": "never-told"})

    assert (killed, again) == (KILLED, _paid("never-told"))
    assert (_sold(stores), _halves(stores), _findings(stores)) == ({"never-told"}, {}, ())
    assert _rows(stores) == after_the_kill


def test_S6_after_kills_in_the_middle_the_same_charge_is_made_once(stores: SqlStores) -> None:
    members = _open_shop(stores)
    before = _wallet(stores, members[0])

    with _till(_address(stores), members) as ask:
        killed = [ask({"die": "statement", "at": at, "sale_id": "wanted"}) for at in (3, 9, 12, 15)]
        made = ask({"die": "never", "sale_id": "wanted"})

    assert (killed, made) == ([KILLED] * 4, _paid("wanted"))
    assert (_sold(stores), _halves(stores), _findings(stores)) == ({"wanted"}, {}, ())
    with stores.read() as store:
        sale = store.sales.get("wanted")
    assert sale is not None
    assert before - _wallet(stores, members[0]) == sale.bill.due


def _paid(sale_id: str) -> dict[str, Any]:
    return {"told": [sale_id], "killed": False, "failed": False}


def _wallet(stores: SqlStores, member_id: str) -> Fen:
    with stores.read() as store:
        wallet = store.members.wallet(member_id)
    assert wallet is not None
    return wallet.spendable


def _address(stores: SqlStores) -> str:
    return stores.database.url.render_as_string(hide_password=False)
