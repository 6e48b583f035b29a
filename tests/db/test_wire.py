"""Statements over libpq's pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection, DataError, IsolationLevel
from psycopg.errors import AdminShutdown, InFailedSqlTransaction, UniqueViolation
from psycopg.pq import TransactionStatus

from db.wire import Statement, exchange, wired
from tests.pg import Server

ECHO = b"SELECT $1::text, $2::bigint"
NOTE = b"INSERT INTO notes (id) VALUES ($1::bigint)"


@pytest.fixture
def driver(postgresql: Server) -> Iterator[Connection[Any]]:
    with psycopg.connect(postgresql.url("postgres"), prepare_threshold=None) as connection:
        connection.execute("CREATE TEMPORARY TABLE notes (id bigint PRIMARY KEY)")
        connection.commit()
        connection.isolation_level = IsolationLevel.READ_COMMITTED
        yield connection
        connection.close()


def noted(number: int) -> Statement:
    return Statement(NOTE, [wired(number)])


def test_text_numbers_and_nothing_come_back_as_they_went(driver: Connection[Any]) -> None:
    values: list[tuple[str | None, int | None]] = [("𬭎 'x' $1", -(2**62)), ("", 0), (None, None)]

    rows = exchange(driver, {}, [Statement(ECHO, [wired(text), wired(number)]) for text, number in values], commit=False)

    assert rows == [[pair] for pair in values]


def test_more_than_both_sides_can_hold_goes_through(driver: Connection[Any]) -> None:
    long = "长" * 40_000

    rows = exchange(driver, {}, [Statement(ECHO, [wired(long), wired(number)]) for number in range(100)], commit=False)

    assert rows == [[(long, number)] for number in range(100)]


def test_a_statement_is_told_once_to_each_connection(driver: Connection[Any]) -> None:
    prepared: dict[bytes, bytes] = {}
    for number in range(3):
        exchange(driver, prepared, [noted(number)], commit=True)

    known = driver.execute("SELECT statement FROM pg_prepared_statements ORDER BY statement").fetchall()
    words = [b"BEGIN ISOLATION LEVEL READ COMMITTED", b"COMMIT", NOTE]
    assert (known, sorted(prepared)) == ([(one.decode(),) for one in words], words)


def test_behind_a_statement_that_failed_nothing_is_done_and_nothing_committed(driver: Connection[Any]) -> None:
    prepared: dict[bytes, bytes] = {}
    with pytest.raises(UniqueViolation) as refused:
        exchange(driver, prepared, [noted(1), noted(1), noted(2)], commit=True)
    status = driver.info.transaction_status
    driver.rollback()

    exchange(driver, prepared, [noted(3)], commit=True)

    assert (refused.value.diag.constraint_name, status) == ("notes_pkey", TransactionStatus.INERROR)
    assert driver.execute("SELECT id FROM notes").fetchall() == [(3,)]


def test_a_commit_that_the_server_made_a_rollback_is_no_commit(driver: Connection[Any]) -> None:
    prepared: dict[bytes, bytes] = {}
    exchange(driver, prepared, [noted(1)], commit=True)
    with pytest.raises(UniqueViolation):
        exchange(driver, prepared, [noted(1)], commit=False)

    with pytest.raises(InFailedSqlTransaction):
        exchange(driver, prepared, [], commit=True)


def test_a_text_with_a_nul_is_refused_not_cut() -> None:
    with pytest.raises(DataError):
        wired("王\0䶮")


def test_a_server_that_goes_away_in_between_closes_the_connection(driver: Connection[Any]) -> None:
    end = Statement(b"SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises((psycopg.OperationalError, AdminShutdown)):
        exchange(driver, {}, [noted(1), end, noted(2)], commit=True)

    assert driver.closed
