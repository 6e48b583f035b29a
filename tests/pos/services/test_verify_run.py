"""Verify: a sound ledger is called sound, and whoever edits the file behind our back is found."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.domain.pricing import Tender
from pos.domain.verify import Rule
from pos.services.verify import Verify
from tests.pos.services.counter import Counter, counter_on
from tests.stores import opened


@pytest.fixture
def forged(founded_file: Path, tmp_path: Path) -> Iterator[Counter]:
    """A counter whose books somebody may forge: nobody asks afterwards whether they are right."""
    file = Path(shutil.copy(founded_file, tmp_path / "canteen.db"))
    with opened(file) as stores:
        counter = counter_on(stores, file)
        counter.shifts.open(counter.cashier, 10_000)
        counter.sell(counter.rich())
        counter.sell(tender=Tender.CASH)
        yield counter


def forge(counter: Counter, statement: str) -> set[Rule]:
    """Write past the triggers, as somebody with the file in hand would; what verify finds."""
    with closing(sqlite3.connect(counter.file)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        changed = connection.execute(statement).rowcount
        connection.commit()
    assert changed > 0
    return {finding.rule for finding in counter.verify.run().findings}


def test_a_ledger_that_nobody_touched_is_sound(counter: Counter) -> None:
    member = counter.rich()
    sale = counter.sell(member)
    counter.checkout.undo(counter.cashier, "undo", sale.id)
    seen: list[tuple[int, int]] = []

    verdict = counter.verify.run(lambda done, total: seen.append((done, total)))

    assert (verdict.entries, verdict.wallets, verdict.findings) == (4, 1, ())
    assert seen[-1] == (4, 4)


def test_an_empty_store_is_sound(sqlite_stores: SqlStores) -> None:
    assert Verify(sqlite_stores).run().sound


def test_the_head_on_a_paper_is_found_in_the_chain_for_ever(counter: Counter) -> None:
    head = counter.shifts.close(counter.cashier, 10_000).head
    counter.shifts.open(counter.cashier, 10_000)
    counter.sell(tender=Tender.CASH)

    assert counter.verify.run(scanned_head=head).sound
    assert {one.rule for one in counter.verify.run(scanned_head="f" * 64).findings} == {Rule.SCANNED_HEAD_KNOWN}


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE wallets SET principal = principal + 1000", Rule.WALLET_IS_ITS_POSTINGS),
        ("UPDATE lot_balances SET bonus = bonus + 1", Rule.LOT_IS_ITS_POSTINGS),
        ("UPDATE postings SET amount = amount + 1 WHERE account = 'drawer:A'", Rule.ENTRY_SUMS_TO_ZERO),
        ("UPDATE postings SET amount = amount * 2 WHERE entry_id IN (SELECT id FROM sales)", Rule.CHAIN_UNBROKEN),
        ("UPDATE postings SET account = 'safe' WHERE account = 'drawer:A'", Rule.CHAIN_UNBROKEN),
        ("UPDATE entries SET at_ms = at_ms + 1 WHERE seq = 2", Rule.CHAIN_UNBROKEN),
        ("UPDATE entries SET staff_id = (SELECT id FROM staff WHERE name = '周敏')", Rule.CHAIN_UNBROKEN),
        ("UPDATE entries SET hash = prev_hash WHERE seq = 2", Rule.CHAIN_UNBROKEN),
        ("DELETE FROM postings WHERE entry_id = (SELECT id FROM entries WHERE seq = 2)", Rule.ENTRY_SUMS_TO_ZERO),
        ("DELETE FROM entries WHERE seq = 2", Rule.SEQUENCE_WITHOUT_GAPS),
        ("UPDATE tills SET seq = seq - 1", Rule.HEAD_IS_LAST),
        ("UPDATE sales SET due = due - 1", Rule.SALE_IS_ITS_ENTRY),
        ("UPDATE sale_lines SET amount = amount - 1", Rule.SALE_IS_ITS_ENTRY),
        ("UPDATE sale_items SET unit_price = unit_price - 1", Rule.SALE_IS_ITS_ENTRY),
        ("DELETE FROM sales WHERE tender = 'cash'", Rule.SALE_IS_ITS_ENTRY),
    ],
)
def test_a_forged_book_is_found(forged: Counter, statement: str, rule: Rule) -> None:
    assert rule in forge(forged, statement)


@pytest.mark.parametrize("table", ["entries", "postings", "sales", "sale_items", "sale_lines", "top_ups", "lots"])
def test_I4_the_file_itself_refuses_to_change_or_to_forget(forged: Counter, table: str) -> None:
    with closing(sqlite3.connect(forged.file)) as connection:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET rowid = rowid"):
            with pytest.raises(sqlite3.DatabaseError):
                connection.execute(statement)
