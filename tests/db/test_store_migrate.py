"""Opening a store: made new, brought up to date, or refused with nothing written."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.engine import address_of
from db.lock import TillLock
from db.migrate import STEPS, bring_up_to_date
from db.store import SqlStores, open_stores
from db.tables import APPEND_ONLY, metadata
from db.version import HISTORY, VERSION_TABLE
from pos.clock import CHINA, SetClock
from pos.domain.calendar import Ruling, Week
from pos.domain.canteen import Canteen
from pos.domain.card_life import CardDeed, CardEvent
from pos.domain.cases import Case, CaseKind, CaseStep, StepTaken
from pos.domain.day_close import DayClose, DayFigures
from pos.domain.deliveries import BoxMove, Outcome, Result
from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.identity import KeyDeed
from pos.domain.members import Card, Member
from pos.domain.menu import Dish, DishKind, Meal
from pos.domain.pricing import Tender, Way
from pos.domain.prints import PrintKind
from pos.domain.reservations import Reservation
from pos.domain.staff import Actor
from pos.domain.standing_orders import StandingOrder
from pos.ports import Store
from pos.services.refunds import RefundOrder, Refunds
from pos.services.transfers import TransferOrder, Transfers
from tests.made_up import (
    BOSS,
    CANTEEN,
    NOON_MS,
    TODAY,
    WANG_CARD,
    bill_of,
    claim,
    found_canteen,
    member,
    reservation,
    sell,
    topped_up_member,
)
from tests.pg import Server
from tests.stores import opened

ROOT = Path(__file__).resolve().parents[2]
LATER = (*HISTORY, "9999")


def _fault(where: str | Path, history: tuple[str, ...] = HISTORY, steps: Path = STEPS) -> StoreTrouble:
    with pytest.raises(StoreTrouble) as trouble:
        bring_up_to_date(address_of(where), history, steps)
    return trouble.value


def _folder(path: Path) -> dict[str, str]:
    """Every file beside a store, with the hash of what it holds."""
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in path.parent.iterdir() if one.is_file()}


def _canteen(where: str | Path) -> Canteen | None:
    with opened(where) as stores, stores.read() as store:
        return store.canteen.get()


def _later_steps(folder: Path, step: str) -> Path:
    """The migrations of a later program: ours and one more."""
    shutil.copytree(STEPS, folder / "steps", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "steps" / "versions" / "9999_later.py").write_text(
        f'from alembic import op\nrevision = "9999"\ndown_revision = "{HISTORY[-1]}"\ndef upgrade():\n{step}',
        encoding="utf-8",
    )
    return folder / "steps"


def test_a_store_that_is_missing_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "food.db"

    open_stores(path, "A").close()

    assert _canteen(path) is None
    assert [one.name for one in path.parent.iterdir()] == ["food.db"]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    path = tmp_path / "canteen.db"
    path.touch()

    open_stores(path, "A").close()

    assert _canteen(path) is None


def test_the_migrations_make_exactly_the_tables_of_the_program(stores: SqlStores) -> None:
    options = {"version_table": VERSION_TABLE, "compare_type": True}

    with stores.database.reader.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert differences == []


def test_the_tables_of_a_file_are_strict(sqlite_file: Path) -> None:
    with closing(sqlite3.connect(sqlite_file)) as connection:
        loose = connection.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite_%'"
        ).fetchall()

    assert loose == [(VERSION_TABLE,)]


def test_the_history_is_that_of_the_migrations() -> None:
    found = sorted(one.name.split("_")[0] for one in (STEPS / "versions").glob("*.py"))

    assert found == list(HISTORY)


def test_alembic_is_not_imported_for_a_store_that_is_up_to_date(sqlite_file: Path) -> None:
    program = (
        "import sys; from db.store import open_stores; open_stores(sys.argv[1], 'A').close(); "
        "print(sorted({'alembic', 'psycopg'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, str(sqlite_file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_file_from_a_newer_version_is_left_alone(sqlite_file: Path) -> None:
    with closing(sqlite3.connect(sqlite_file)) as connection, connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    before = _folder(sqlite_file)

    trouble = _fault(sqlite_file)

    assert (trouble.fault, trouble.money_moved) == (StoreFault.NEWER, False)
    assert _folder(sqlite_file) == before


@pytest.mark.parametrize("harm", ["page", "header", "cut", "text"])
def test_a_damaged_file_is_left_alone(sqlite_file: Path, harm: str) -> None:
    whole = sqlite_file.read_bytes()
    harmed = {
        "page": whole[:8192] + b"\xa5" * 8192 + whole[16384:],
        "header": b"\x00" * 100 + whole[100:],
        "cut": whole[: len(whole) // 2],
        "text": b"this was never a database",
    }[harm]
    sqlite_file.write_bytes(harmed)
    before = _folder(sqlite_file)

    trouble = _fault(sqlite_file)

    assert trouble.fault is StoreFault.DAMAGED
    assert _folder(sqlite_file) == before


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "music.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
    before = _folder(path)

    trouble = _fault(path)

    assert trouble.fault is StoreFault.NOT_A_CANTEEN
    assert _folder(path) == before


def test_a_store_without_its_version_is_not_taken_for_a_new_one(sqlite_file: Path) -> None:
    with closing(sqlite3.connect(sqlite_file)) as connection, connection:
        connection.execute(f"DELETE FROM {VERSION_TABLE}")
    before = _folder(sqlite_file)

    trouble = _fault(sqlite_file)

    assert trouble.fault is StoreFault.DAMAGED
    assert _folder(sqlite_file) == before


@contextmanager
def _as_somebody() -> Iterator[None]:
    """Root may write anywhere: be nobody for a moment."""
    if os.name != "posix" or os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("present", [True, False])
def test_a_folder_that_cannot_be_written_is_said_so(migrated_file: Path, present: bool) -> None:
    # Not pytest's own folder: only its owner may enter that.
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "canteen.db"
        if present:
            shutil.copy(migrated_file, path)
            path.chmod(0o644)
        path.parent.chmod(0o555)
        before = _folder(path)

        with _as_somebody():
            trouble = _fault(path)

        assert trouble.fault is StoreFault.READ_ONLY
        assert _folder(path) == before
        path.parent.chmod(0o755)


def test_a_second_till_on_the_same_file_is_refused_until_the_first_has_gone(sqlite_file: Path) -> None:
    with TillLock(sqlite_file), pytest.raises(StoreTrouble) as trouble, TillLock(sqlite_file):
        pass
    with TillLock(sqlite_file):
        again = True

    assert (trouble.value.fault, again) == (StoreFault.IN_USE, True)


def test_an_older_file_is_copied_aside_before_it_is_changed(sqlite_file: Path, tmp_path: Path) -> None:
    with opened(sqlite_file) as stores:
        found_canteen(stores)
    steps = _later_steps(tmp_path, '    op.execute("CREATE TABLE later (x INTEGER) STRICT")\n')

    bring_up_to_date(address_of(sqlite_file), LATER, steps)

    (copy,) = sqlite_file.parent.glob(f"canteen.before-{HISTORY[-1]}-*.db")
    with closing(sqlite3.connect(sqlite_file)) as new, closing(sqlite3.connect(copy)) as old:
        question = "SELECT (SELECT version_num FROM canteen_schema), (SELECT count(*) FROM canteen_versions)"
        assert (new.execute(question).fetchone(), old.execute(question).fetchone()) == (
            ("9999", 1),
            (HISTORY[-1], 1),
        )
        assert new.execute("SELECT count(*) FROM later").fetchone() == (0,)


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("    op.execute('CREATE TABLE later (x INTEGER)')\n    raise RuntimeError\n", StoreFault.MIGRATION_FAILED),
        ("    op.execute('CREATE TABLE later (x INTEGER)')\n    op.execute('COMMIT')\n    op.execute('nonsense')\n", StoreFault.MIGRATION_FAILED),
        ("    op.execute('PRAGMA max_page_count = 1')\n    op.execute('CREATE TABLE later AS SELECT zeroblob(9999999) AS x')\n", StoreFault.FULL),
    ],
    ids=["stops", "stops after a commit of its own", "disk full"],
)  # fmt: skip
def test_a_step_that_fails_leaves_the_old_file(
    sqlite_file: Path, tmp_path: Path, step: str, fault: StoreFault
) -> None:
    with opened(sqlite_file) as stores:
        found_canteen(stores)
    steps = _later_steps(tmp_path, step)

    trouble = _fault(sqlite_file, LATER, steps)

    assert trouble.fault is fault
    bring_up_to_date(address_of(sqlite_file))
    assert _canteen(sqlite_file) == CANTEEN
    with closing(sqlite3.connect(sqlite_file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'later'").fetchall() == []


def test_a_new_store_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    steps = _later_steps(tmp_path, "    raise RuntimeError\n")
    path = tmp_path / "new" / "canteen.db"

    trouble = _fault(path, LATER, steps)

    assert trouble.fault is StoreFault.MIGRATION_FAILED
    assert list(path.parent.iterdir()) == []


def test_a_full_disk_refuses_the_sale_and_keeps_the_ledger_whole(sqlite_stores: SqlStores) -> None:
    shift = found_canteen(sqlite_stores)
    somebody = topped_up_member(sqlite_stores, shift, 400_000)
    with sqlite_stores.database.writer.connect() as connection:
        # SQLite meets this limit as it meets the end of the disk: SQLITE_FULL in the middle of a write.
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    sold: list[str] = []

    def sell_until_it_fails() -> None:
        while True:
            with sqlite_stores.write() as store:
                sale = sell(store, shift, somebody, 100)
            sold.append(sale.number)

    with pytest.raises(StoreTrouble) as trouble:
        sell_until_it_fails()

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.FULL, False)
    with sqlite_stores.read() as store:
        wallet = store.members.wallet(somebody.id)
        assert wallet is not None
        assert wallet.spendable == 400_000 - 100 * len(sold)
        assert store.ledger.verify("", lambda _done, _whole: None).findings == ()


def test_a_server_is_made_ready_once(postgresql: Server) -> None:
    url = postgresql.url(postgresql.new_database(template="template0"))

    open_stores(url, "A").close()
    open_stores(url, "A").close()

    assert _canteen(url) is None


def test_a_step_that_fails_on_a_server_leaves_it_as_it_was(postgresql: Server, tmp_path: Path) -> None:
    url = postgresql.url(postgresql.new_database())
    steps = _later_steps(
        tmp_path, "    op.execute('CREATE TABLE later (x INTEGER)')\n    raise RuntimeError\n"
    )

    trouble = _fault(url, LATER, steps)

    assert trouble.fault is StoreFault.MIGRATION_FAILED
    bring_up_to_date(address_of(url))
    with opened(url) as stores, stores.read_rows() as transaction:
        assert transaction.run(text("SELECT to_regclass('later')")).scalar() is None


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (f"UPDATE {VERSION_TABLE} SET version_num = '9999'", StoreFault.NEWER),
        (f"DELETE FROM {VERSION_TABLE}", StoreFault.DAMAGED),
        (f"DROP TABLE {VERSION_TABLE}", StoreFault.NOT_A_CANTEEN),
    ],
)
def test_a_server_that_does_not_fit_is_left_alone(
    postgresql_stores: SqlStores, statement: str, fault: StoreFault
) -> None:
    with postgresql_stores.database.writer.begin() as connection:
        connection.execute(text(statement))

    trouble = _fault(postgresql_stores.database.url.render_as_string(hide_password=False))

    assert trouble.fault is fault


def test_a_server_that_is_not_there_is_unreachable_and_its_password_stays_secret(tmp_path: Path) -> None:
    trouble = _fault(f"postgresql://till:s3cret@/canteen?host={tmp_path}")

    assert (trouble.fault, "s3cret" in trouble.detail) == (StoreFault.UNREACHABLE, False)


def _money_out(stores: SqlStores, somebody: Member) -> None:
    """A refund and a transfer."""
    boss, clock = Actor(BOSS.id, BOSS.name, BOSS.role), SetClock(datetime.fromtimestamp(NOON_MS / 1000, CHINA))
    order = RefundOrder("refund", somebody.id, Tender.BANK, 100, somebody.name, "1234")
    Refunds(stores, clock, stores.till).refund(boss, order)
    friend = member(stores, "李桂兰", None)
    given = TransferOrder("transfer", somebody.id, friend.id, 100, "x")
    transfers = Transfers(stores, clock, stores.till)
    transfers.undo(boss, "undo", transfers.transfer(boss, given).id, "给错人")


def _delivery(store: Store, stop: Reservation) -> None:
    """A stop at which nobody answered, the case of it, boxes, and the close of another day."""
    store.deliveries.add(Result("result", stop.id, Outcome.NO_ANSWER, 0, BOSS.id, BOSS.name))
    store.deliveries.move_boxes(BoxMove("move", stop.member_id, TODAY, 1, 0, BOSS.id))
    store.cases.add(
        Case("case", stop.member_id, "", stop.id, TODAY, Meal.LUNCH, CaseKind.NO_ANSWER, 0, BOSS.id, BOSS.name)
    )
    store.cases.add_step(StepTaken("step", "case", CaseStep.CALLED, 0, BOSS.id, BOSS.name))
    store.days.add(DayClose(TODAY - timedelta(days=1), 0, "A", BOSS.id, BOSS.name, DayFigures()))


def _refusing(stores: SqlStores, change: str) -> list[str]:
    """The tables that refuse a change, each tried on rows of its own."""
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 10_000)
    with stores.write() as store:
        claim(store, shift, sell(store, shift, somebody, 1_000))
        lost = CardEvent("lost", WANG_CARD, somebody.id, somebody.name, CardDeed.LOST, 0, "A", shift.staff_id, "")
        store.identities.note_look(somebody.id, shift.staff_id, 0, "核对")
        store.identities.note_key(KeyDeed.WRITTEN_DOWN, "key", shift.staff_id, 0)
        store.cards.record(lost, Card(WANG_CARD, somebody.id))
        store.standing_orders.put(
            StandingOrder("order", somebody.id, frozenset({0}), Meal.LUNCH, Way.DELIVERY, TODAY), shift.staff_id
        )
        stop = reservation(somebody, TODAY, bill_of(900), "stop")
        store.reservations.add(stop, shift.staff_id)
        _delivery(store, stop)
        store.prints.add(PrintKind.KITCHEN, "", TODAY, Meal.LUNCH, 0, shift.staff_id, {})
    _money_out(stores, somebody)
    with stores.write() as store:
        store.calendar.rule(Ruling(TODAY, opens=False, reason="停水"), shift.staff_id, 0)
        store.calendar.keep(Week(TODAY), shift.staff_id, 0)
        store.menu.add_dish("soup", "冬瓜汤", DishKind.SOUP, 250)
        store.menu.change_dish(Dish("soup", "冬瓜汤", DishKind.SOUP, 300), TODAY, shift.staff_id, 0)
        store.tariff.publish('id = "t"\ntitle = "t"\nvalid_from = 2026-01-01', shift.staff_id, 0)
    refusing = []
    for table in metadata.sorted_tables:
        column = next(iter(table.columns)).name
        try:
            with stores.database.writer.begin() as connection:
                connection.execute(text(change.format(table=table.name, column=column)))
        except DBAPIError as error:
            if "append-only" in str(error):
                refusing.append(table.name)
    return sorted(refusing)


NOTES = {"delivery_results", "case_steps"}
"""What was noted is never deleted; its words are blanked when the person is forgotten."""
KEPT = sorted(table.name for table in APPEND_ONLY)
EACH_ROW = ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"]


@pytest.mark.parametrize("change", [*EACH_ROW, "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"])
def test_what_is_append_only_in_a_file_refuses_every_change(sqlite_stores: SqlStores, change: str) -> None:
    refusing = _refusing(sqlite_stores, change)

    assert refusing == KEPT


@pytest.mark.parametrize("change", EACH_ROW)
def test_what_is_append_only_on_a_server_refuses_every_change(
    postgresql_stores: SqlStores, change: str
) -> None:
    refusing = _refusing(postgresql_stores, change)

    assert [table for table in refusing if table not in {"shifts", "reservations", *NOTES}] == KEPT


def test_what_is_append_only_on_a_server_is_not_emptied_at_once(postgresql_stores: SqlStores) -> None:
    refusing = _refusing(postgresql_stores, "TRUNCATE {table} CASCADE")

    assert set(refusing) >= {*KEPT, "shifts"}


@pytest.mark.parametrize("change", ["UPDATE shifts SET float_fen = 1", "DELETE FROM shifts"])
def test_a_shift_is_only_ever_closed(stores: SqlStores, change: str) -> None:
    found_canteen(stores)

    with (
        pytest.raises(Exception, match=r"append-only|only closed|kept"),
        stores.database.writer.begin() as connection,
    ):
        connection.execute(text(change))
