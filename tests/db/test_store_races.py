"""Several counters at the same moment: real processes and real threads on real databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from db.store import SqlStores
from pos.domain.errors import AlreadyUndone, NotEnough, ShiftOpen, StoreFault, StoreTrouble
from pos.domain.ledger import Draft, EntryKind, spend
from pos.domain.members import Wallet
from pos.domain.shifts import float_postings
from tests.made_up import (
    BOSS,
    NOON_MS,
    TODAY,
    WANG,
    bill_of,
    found_canteen,
    found_shift,
    sale_draft,
    sell,
    top_up,
    topped_up_member,
    undo,
)

ROOT = Path(__file__).resolve().parents[2]


def _charging(where: str | Path, till: str, count: int, amount: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.db.charging", str(where), till, str(count), str(amount)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _results(counters: list[subprocess.Popen[str]]) -> list[tuple[str, str]]:
    return [counter.communicate(timeout=100) for counter in counters]


def _wallet(stores: SqlStores) -> Wallet | None:
    with stores.read() as store:
        return store.members.wallet(WANG.id)


def _findings(stores: SqlStores) -> tuple[object, ...]:
    with stores.read() as store:
        return store.ledger.verify("", lambda _done, _whole: None).findings


def test_M7_two_processes_sell_200_meals_each_to_the_same_card(
    sqlite_stores: SqlStores, sqlite_file: Path
) -> None:
    topped_up_member(sqlite_stores, found_canteen(sqlite_stores), 400 * 100, 0)

    results = _results([_charging(sqlite_file, till, 200, 100) for till in ("B", "C")])

    assert results == [("200 0\n", ""), ("200 0\n", "")]
    assert _wallet(sqlite_stores) == Wallet(WANG.id, 0, 0, 0)
    assert _findings(sqlite_stores) == ()


def test_M7_two_processes_never_sell_more_than_the_card_holds(
    postgresql_stores: SqlStores,
) -> None:
    topped_up_member(postgresql_stores, found_canteen(postgresql_stores), 100 * 100, 0)
    address = postgresql_stores.database.url.render_as_string(hide_password=False)

    results = _results([_charging(address, till, 80, 100) for till in ("B", "C")])

    counts = [[int(number) for number in output.split()] for output, _errors in results]
    assert [errors for _output, errors in results] == ["", ""]
    assert [sum(column) for column in zip(*counts, strict=True)] == [100, 60]
    assert _wallet(postgresql_stores) == Wallet(WANG.id, 0, 0, 0)
    assert _findings(postgresql_stores) == ()


def test_M8_of_two_counters_that_spend_the_last_10_yuan_one_is_refused(stores: SqlStores) -> None:
    other = stores.at("B")
    shift, other_shift = found_canteen(stores), found_shift(other)
    somebody = topped_up_member(stores, shift, 1_000)
    rounds = 10

    for _ in range(rounds):
        with stores.read() as store:
            uses = spend(store.ledger.open_lots(somebody.id), 1_000)
        drafts = [(stores, sale_draft(shift, somebody, bill_of(1_000), uses))]
        drafts.append((other, sale_draft(other_shift, somebody, bill_of(1_000), uses)))
        outcomes = _at_once([_posting(*draft) for draft in drafts])
        assert sorted(map(str, outcomes)) == ["needs 1000, has 0", "posted"]
        with stores.write() as store:
            top_up(store, shift, somebody, 1_000)

    with stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 1_000, 0, 0)


def _posting(stores: SqlStores, draft: Draft) -> Callable[[], str]:
    def post() -> str:
        try:
            with stores.write() as store:
                store.ledger.post(draft)
        except NotEnough as refused:
            return f"needs {refused.needed}, has {refused.available}"
        return "posted"

    return post


def test_two_windows_of_one_till_number_their_entries_without_gaps(stores: SqlStores) -> None:
    shift = found_canteen(stores)

    def posting(window: str) -> Callable[[], str]:
        def run() -> str:
            for number in range(25):
                postings = float_postings("A", 100)
                draft = Draft(
                    f"{window}{number}", EntryKind.FLOAT, TODAY, NOON_MS, shift.id, BOSS.id, postings
                )
                with stores.at("A").write() as store:
                    store.ledger.post(draft)
            return "posted"

        return run

    outcomes = _at_once([posting("left"), posting("right")])

    assert outcomes == ["posted", "posted"]
    with stores.read() as store:
        last = store.ledger.last("A")
        verdict = store.ledger.verify("", lambda _done, _whole: None)
    assert (last and last.number, verdict.entries, verdict.findings) == ("A-1-000050", 50, ())


def test_one_sale_undone_at_two_counters_is_undone_once(stores: SqlStores) -> None:
    other = stores.at("B")
    shift, other_shift = found_canteen(stores), found_shift(other)
    somebody = topped_up_member(stores, shift, 10_000)
    with stores.write() as store:
        sale = sell(store, shift, somebody, 1_000)

    def undoing(at: SqlStores, in_shift: str) -> Callable[[], str]:
        def run() -> str:
            try:
                with at.write() as store:
                    undo(store, shift if in_shift == "A" else other_shift, sale.id)
            except AlreadyUndone as refused:
                return refused.number
            return "undone"

        return run

    outcomes = _at_once([undoing(stores, "A"), undoing(other, "B")])

    assert sorted(outcomes) == sorted(["undone", sale.number])
    with stores.read() as store:
        assert store.members.wallet(somebody.id) == Wallet(somebody.id, 10_000, 0, 0)


def test_a_till_has_one_open_shift_also_when_two_windows_open_one(stores: SqlStores) -> None:
    with stores.at("Z").write() as store:
        store.canteen.register_till("A")
    found = found_canteen(stores.at("B"))

    def opening(at: SqlStores) -> Callable[[], str]:
        def run() -> str:
            try:
                found_shift(at)
            except ShiftOpen as refused:
                return refused.opened_by
            return "opened"

        return run

    outcomes = _at_once([opening(stores), opening(stores.at("A"))])

    assert sorted(outcomes) == sorted(["opened", found.staff_name])


def test_a_writer_waits_for_another_and_gives_up_in_the_end(
    sqlite_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.engine.PATIENCE_S", 0.05)

    with (
        sqlite_stores.write(),
        pytest.raises(StoreTrouble) as trouble,
        sqlite_stores.write(),
    ):
        pass

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.BUSY, False)


def _at_once(runs: list[Callable[[], str]]) -> list[str]:
    start = Barrier(len(runs))

    def run(one: Callable[[], str]) -> str:
        start.wait(timeout=10)
        return one()

    with ThreadPoolExecutor(len(runs)) as threads:
        return list(threads.map(run, runs))
