"""Transactions: whole or not at all, readers that cannot write, and troubles that say whether money moved."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg import OperationalError
from psycopg.errors import IdleInTransactionSessionTimeout
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.engine import address_of
from db.opening import locked
from db.store import SqlStores
from db.trouble import trouble_of
from pos.domain.errors import StoreFault, StoreTrouble
from tests.made_up import CANTEEN, NOON_MS, TODAY, WANG, found_canteen, member, sell, topped_up_member
from tests.pg import Server
from tests.stores import opened


class Stopped(Exception):
    """What a use case raised."""


def test_an_error_rolls_everything_back_and_comes_out_as_it_is(stores: SqlStores) -> None:
    def found_and_stop() -> None:
        with stores.write() as store:
            store.canteen.put(CANTEEN, "boss", NOON_MS)
            raise Stopped

    with pytest.raises(Stopped):
        found_and_stop()

    with stores.read() as store:
        assert store.canteen.get() is None


def test_a_reader_sees_one_moment_while_others_write(stores: SqlStores) -> None:
    found_canteen(stores)
    with stores.read() as reader:
        before = reader.members.get(WANG.id, TODAY)
        member(stores)
        during = reader.members.get(WANG.id, TODAY)
    with stores.read() as reader:
        after = reader.members.get(WANG.id, TODAY)

    assert (before, during, after) == (None, None, WANG)


def test_a_reader_cannot_write(stores: SqlStores) -> None:
    with pytest.raises(StoreTrouble) as trouble, stores.read() as store:
        store.canteen.put(CANTEEN, "boss", NOON_MS)

    assert trouble.value.fault is StoreFault.READ_ONLY


def test_a_broken_rule_of_the_tables_is_a_bug_not_a_trouble(stores: SqlStores) -> None:
    member(stores)

    with pytest.raises(DBAPIError), stores.write() as store:
        store.members.add(WANG, (), NOON_MS)


def test_a_bug_report_holds_no_values_of_people(stores: SqlStores) -> None:
    member(stores)

    with pytest.raises(DBAPIError) as bug, stores.write() as store:
        store.members.add(WANG, (), NOON_MS)

    assert WANG.name not in str(bug.value)


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="mysql"):
        address_of("mysql://somewhere/db")


def test_a_quiet_moment_tidies_the_log(sqlite_stores: SqlStores) -> None:
    found_canteen(sqlite_stores)

    sqlite_stores.checkpoint()

    with sqlite_stores.database.writer.connect() as connection:
        busy, in_log, tidied = connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
    assert (busy, in_log - tidied) == (0, 0)


def test_what_is_deleted_is_overwritten_in_the_file(sqlite_stores: SqlStores) -> None:
    with sqlite_stores.database.writer.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar_one() == 1


def test_a_connection_lost_in_a_sale_moved_no_money(postgresql: Server, postgresql_stores: SqlStores) -> None:
    stores = postgresql_stores
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 10_000)

    def lose_the_line_and_sell() -> None:
        with stores.write() as store:
            store.members.wallet(somebody.id)
            _cut(postgresql, stores)
            sell(store, shift, somebody, 1_000)

    with pytest.raises(StoreTrouble) as trouble:
        lose_the_line_and_sell()

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.UNREACHABLE, False)


def test_M2_a_connection_lost_at_the_commit_says_that_nobody_knows(
    postgresql: Server, postgresql_stores: SqlStores
) -> None:
    stores = postgresql_stores
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 10_000)

    def sell_and_lose_the_line() -> None:
        with stores.write() as store:
            sell(store, shift, somebody, 1_000, "the-sale")
            store.sales.get("the-sale")  # what was gathered is with the server now; only the COMMIT is still to come
            _cut(postgresql, stores)

    with pytest.raises(StoreTrouble) as trouble:
        sell_and_lose_the_line()

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.UNREACHABLE, None)
    with stores.read() as store:
        assert store.sales.get("the-sale") is None


def test_M2_a_line_lost_before_the_writes_and_their_commit_arrived_says_that_nobody_knows(
    postgresql: Server, postgresql_stores: SqlStores
) -> None:
    stores = postgresql_stores
    shift = found_canteen(stores)
    somebody = topped_up_member(stores, shift, 10_000)

    def sell_and_lose_the_line() -> None:
        with stores.write() as store:
            sell(store, shift, somebody, 1_000, "the-sale")
            _cut(postgresql, stores)

    with pytest.raises(StoreTrouble) as trouble:
        sell_and_lose_the_line()

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.UNREACHABLE, None)
    with stores.read() as store:
        assert store.sales.get("the-sale") is None


def test_a_server_that_came_back_is_used_again_without_an_error(
    postgresql: Server, postgresql_stores: SqlStores
) -> None:
    found_canteen(postgresql_stores)
    _cut(postgresql, postgresql_stores)

    with postgresql_stores.write() as store:
        found = store.canteen.get()

    assert found == CANTEEN


@pytest.mark.parametrize(("trusted_s", "asked"), [(60.0, 0), (0.0, 2)])
def test_a_server_is_asked_whether_it_is_there_when_nobody_talked_to_it_for_a_while(
    postgresql_stores: SqlStores, monkeypatch: pytest.MonkeyPatch, trusted_s: float, asked: int
) -> None:
    line = _line(postgresql_stores)
    dialect = postgresql_stores.database.reader.dialect
    ping, pinged = dialect.do_ping, list[object]()

    def ask(connection: Any) -> bool:
        pinged.append(connection)
        return ping(connection)

    monkeypatch.setattr(dialect, "do_ping", ask)
    monkeypatch.setattr("db.engine._TRUSTED_S", trusted_s)

    lines = [_line(postgresql_stores) for _ in range(2)]

    assert (lines, len(pinged)) == ([line, line], asked)


def test_a_server_that_does_not_answer_is_connected_anew(
    postgresql_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silence(_connection: object) -> bool:
        raise OperationalError

    line = _line(postgresql_stores)
    monkeypatch.setattr(postgresql_stores.database.reader.dialect, "do_ping", silence)
    monkeypatch.setattr("db.engine._TRUSTED_S", 0.0)

    other_line = _line(postgresql_stores)

    assert other_line != line


def _line(stores: SqlStores) -> int:
    """Which process of the server listens to a reader."""
    with stores.read_rows() as transaction:
        number: int = transaction.run(text("SELECT pg_backend_pid()")).scalar_one()
        return number


def test_a_wallet_that_somebody_holds_too_long_is_busy(
    postgresql_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_canteen(postgresql_stores)
    member(postgresql_stores)
    monkeypatch.setattr("db.engine.PATIENCE_S", 0.05)
    address = postgresql_stores.database.url.render_as_string(hide_password=False)

    with opened(address, "B") as impatient, postgresql_stores.write() as holder:
        holder.members.wallet(WANG.id)
        with pytest.raises(StoreTrouble) as trouble, impatient.write() as store:
            store.members.wallet(WANG.id)

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.BUSY, False)


def _cut(server: Server, stores: SqlStores) -> None:
    """End every connection to the store's database, as a cable does."""
    name = stores.database.url.database
    server.run(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'")


def test_a_second_process_with_a_tills_letter_is_refused_on_a_server_until_the_first_has_gone(
    postgresql_stores: SqlStores,
) -> None:
    address = postgresql_stores.database.url.render_as_string(hide_password=False)

    with (
        locked(address, "A"),
        locked(address, "B"),
        pytest.raises(StoreTrouble) as trouble,
        locked(address, "A"),
    ):
        pass
    with locked(address, "A"):
        again = True

    assert (trouble.value.fault, again) == (StoreFault.IN_USE, True)


def test_a_server_that_is_not_there_is_said_when_the_till_takes_its_letter() -> None:
    with pytest.raises(StoreTrouble) as trouble, locked("postgresql://nobody@127.0.0.1:1/none", "A"):
        pass

    assert (trouble.value.fault, trouble.value.money_moved) == (StoreFault.UNREACHABLE, False)


def test_a_server_whose_power_failed_while_it_was_asked_is_given_up_within_a_dozen_seconds(postgresql_stores: SqlStores) -> None:
    with postgresql_stores.database.writer.connect() as connection:
        driver: Any = connection.connection.driver_connection
        told = driver.info.get_parameters()

    idle, interval, probes = (int(told[f"keepalives_{name}"]) for name in ("idle", "interval", "count"))
    assert idle + interval * probes < 12


def test_a_till_that_slept_in_a_transaction_and_was_dropped_by_the_server_knows_that_no_money_moved() -> None:
    trouble = trouble_of(IdleInTransactionSessionTimeout())

    assert trouble is not None
    assert (trouble.fault, trouble.money_moved) == (StoreFault.UNREACHABLE, False)
