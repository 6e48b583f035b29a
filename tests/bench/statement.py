"""A statement of five years: `python -m tests.bench.statement`. Prints a table; nothing is judged by the clock."""

from __future__ import annotations

import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from db.engine import address_of, open_database
from db.migrate import bring_up_to_date
from db.store import SqlStores
from pos.domain.accounts import top_up_postings
from pos.domain.ledger import Draft, EntryKind, Lot, spend
from pos.domain.menu import Meal
from pos.domain.pricing import Tender, Way
from pos.domain.sales import Payment, Sale, sale_postings
from tests.bench.figures import Times, heading, ms, table
from tests.made_up import NOON_MS, TODAY, WANG, bill_of, found_canteen, member
from tests.pg import running_server

ENTRIES = 3_000
EVERY = 30
"""Each thirtieth entry is a top-up."""
ROUNDS = 40


def main() -> None:
    """Measure on both databases."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "canteen.db")
        bring_up_to_date(address_of(file))
        rows.append(("SQLite", *_measured(str(file))))
    with running_server() as server:
        rows.append(("PostgreSQL", *_measured(server.url(server.new_database()))))
    heading(f"A statement of {ENTRIES} entries in five years, {ROUNDS} times")
    table(("store", "entries", "median", "p99", "of it our own work"), rows)


def _measured(where: str) -> tuple[str, str, str, str]:
    stores = SqlStores(open_database(address_of(where)), "A")
    _fill(stores)
    taken: list[int] = []
    worked: list[int] = []
    lines = 0
    start, end = TODAY, TODAY + timedelta(days=5 * 366)
    for _ in range(ROUNDS):
        began, idle = time.perf_counter_ns(), time.process_time_ns()
        with stores.read() as store:
            statement = store.accounts.statement(WANG.id, start, end)
        taken.append(time.perf_counter_ns() - began)
        worked.append(time.process_time_ns() - idle)
        assert statement is not None
        lines = len(statement.lines)
        with stores.read() as store:
            wallet = store.members.wallet(WANG.id)
        assert wallet is not None
        assert (statement.closing.principal, statement.closing.bonus) == (wallet.principal, wallet.bonus)
    stores.close()
    times = Times(taken)
    return str(lines), ms(times.median_ms), ms(times.p99_ms), ms(Times(worked).median_ms)


def _fill(stores: SqlStores) -> None:
    """Top-ups and meals of five years, and a crowd of other members' entries between them."""
    shift = found_canteen(stores)
    somebody, other = member(stores), member(stores, "李桂兰", None)
    with stores.write() as store:
        for number in range(ENTRIES):
            day = TODAY + timedelta(days=number * 5 * 365 // ENTRIES)
            for who in (somebody.id, other.id):
                id_ = f"{who}-{number}"
                if number % EVERY == 0:
                    store.ledger.add_lot(Lot(id_, who, 50_000, 5_000, 0, 0))
                    postings = top_up_postings(id_, who, Tender.CASH, "A", 50_000, 5_000)
                    kind = EntryKind.TOP_UP
                else:
                    postings = sale_postings(
                        bill_of(1_250), Tender.CARD, "A", who, spend(store.ledger.open_lots(who), 1_250)
                    )
                    kind = EntryKind.SALE
                entry = store.ledger.post(Draft(id_, kind, day, NOON_MS + number, shift.id, shift.staff_id, postings))
                if kind is EntryKind.SALE:
                    store.sales.add(_sale(id_, entry.number, who, day))


def _sale(id_: str, number: str, who: str, day: date) -> Sale:
    return Sale(
        id_, number, day, Meal.LUNCH, Way.DINE_IN, NOON_MS, "A", "shift-A", "boss", "周敏", who, "", "6634",
        bill_of(1_250), Payment(Tender.CARD, 1_250),
    )  # fmt: skip


if __name__ == "__main__":
    main()
