"""Prepared statements over libpq's pipeline: any number of them in one round trip, without a cursor for each.

SQLAlchemy writes their words, once. A cursor costs 26 us of computing a statement, this 3. A charge has two dozen, and
while one till computes behind a wallet's lock the others wait.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import count
from typing import Any

from psycopg import Connection, DataError
from psycopg import abc as psycopg_abc
from psycopg.adapt import Transformer
from psycopg.errors import InFailedSqlTransaction, error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from sqlalchemy import Executable
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg

Rows = list[tuple[Any, ...]]
Prepared = MutableMapping[bytes, bytes]
"""The statements that the server knows on one connection, and their names."""

_DIALECT = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]
_ANSWERED = {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with $1, $2 and so on, and its values as `wired` makes them."""

    words: bytes
    values: Sequence[bytes | None] = ()


_COMMIT = Statement(b"COMMIT")


def wired(value: str | int | None) -> bytes | None:
    """A value as the server reads it. Raises DataError for a text with a NUL: libpq would cut it off there."""
    if value is None:
        return None
    if isinstance(value, int):
        return b"%d" % value
    text = value.encode()
    if b"\0" in text:
        raise DataError("a text of the store holds no NUL")
    return text


@lru_cache(maxsize=128)
def _compiled(executable: Any, names: tuple[str, ...]) -> tuple[bytes, Sequence[str], Mapping[str, Any]]:
    """The words of a statement, the names of its values in their order, and those values that it has of its own."""
    compiled = executable.compile(dialect=_DIALECT, column_keys=names)
    own = {name: value for name, value in compiled.params.items() if name not in names}
    return str(compiled).encode(), compiled.positiontup, own


def statement(executable: Executable, values: Mapping[str, Any]) -> Statement:
    """SQLAlchemy's statement with these values, by the names of its parameters. Raises as `wired` does."""
    words, names, own = _compiled(executable, tuple(values))
    return Statement(words, [wired(values[name] if name in values else own[name]) for name in names])


def exchange(driver: Connection[Any], prepared: Prepared, statements: Sequence[Statement], *, commit: bool) -> list[Rows]:
    """Carry over statements, in this order, and give the rows of each; the transaction is begun if none is open.

    Of what comes behind a statement that failed the server does nothing, no COMMIT either. Raises psycopg.Error for
    that statement; a connection that broke in the midst of it is closed. Of a transaction in which an earlier statement
    failed the server makes a rollback and calls the COMMIT answered: that is InFailedSqlTransaction here.
    """
    wire = driver.pgconn
    begin = list(_begin(driver))
    due = [*begin, *statements, *([_COMMIT] if commit else [])]
    if new := {one.words: b"canteen_%d" % next(_numbers) for one in due if one.words not in prepared}:
        _answers(driver, [partial(wire.send_prepare, name, words) for words, name in new.items()])
        prepared.update(new)
    answers = _answers(driver, [partial(_send, wire, prepared[one.words], one) for one in due])
    if commit and answers[-1].command_status != _COMMIT.words:
        raise InFailedSqlTransaction
    reader = Transformer(driver)
    return [_rows(reader, answer) for answer in answers[len(begin) : len(begin) + len(statements)]]


def _begin(driver: Connection[Any]) -> Iterator[Statement]:
    """What psycopg itself would say before a first statement."""
    if driver.pgconn.transaction_status == TransactionStatus.IDLE:
        level = driver.isolation_level
        assert level, "a writer's engine says how its transactions stand apart"
        assert not driver.read_only, "only who writes sends statements ahead"
        yield Statement(b"BEGIN ISOLATION LEVEL " + level.name.replace("_", " ").encode())


def _send(wire: PGconn, name: bytes, statement: Statement) -> None:
    wire.send_query_prepared(name, statement.values)


def _answers(driver: Connection[Any], requests: Sequence[Callable[[], None]]) -> list[PGresult]:
    wire = driver.pgconn
    try:
        wire.enter_pipeline_mode()
        for request in requests:
            request()
        wire.pipeline_sync()
        _flush(wire)
        answers = [_answer(wire) for _ in requests]
        _result(wire)  # the end of the pipeline has an answer too
        wire.exit_pipeline_mode()
    except BaseException:
        driver.close()  # nobody knows which answer would be the next
        raise
    failed = next((answer for answer in answers if answer.status not in _ANSWERED), None)
    if failed is not None:
        raise error_from_result(failed)
    return answers


def _answer(wire: PGconn) -> PGresult:
    """The answer to one request, and the nothing behind it."""
    answer = _result(wire)
    assert answer is not None, "each request has an answer"
    while _result(wire) is not None:
        pass
    return answer


def _result(wire: PGconn) -> PGresult | None:
    while wire.is_busy():
        select.select([wire.socket], [], [])
        wire.consume_input()
    return wire.get_result()


def _flush(wire: PGconn) -> None:
    """Send all there is, and take in meanwhile what the server says, lest each wait for the other to listen."""
    while wire.flush():
        said, _, _ = select.select([wire.socket], [wire.socket], [])
        if said:
            wire.consume_input()


def _rows(reader: psycopg_abc.Transformer, answer: PGresult) -> Rows:
    if answer.status == ExecStatus.COMMAND_OK:
        return []
    reader.set_pgresult(answer)
    return reader.load_rows(0, answer.ntuples, tuple)
