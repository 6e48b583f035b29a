"""Connections: one database by its address, a writing and a reading side, and how a transaction begins on each.

SQLite: WAL, synchronous=FULL, foreign keys, and our own BEGIN IMMEDIATE. SQLite's busy handler starves some of
several processes for over a second, so writers ask again every millisecond instead (limits.md).
PostgreSQL: READ COMMITTED and row locks for writers, one REPEATABLE READ snapshot for readers. Rows are locked
wallet first, till last, everywhere: whoever holds the till's row asks for nothing more, so no circle can form. Turns
(db.transaction) come before both.
"""

from __future__ import annotations

import select
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import InvalidatePoolError

from pos.domain.errors import StoreFault, StoreTrouble

PATIENCE_S = 5.0
"""How long a writer waits for another one, in seconds, before it gives up with BUSY."""

_RETRY_S = 0.001
_TRUSTED_S = 30.0
"""How long a server is believed to be there without being asked."""

_QUIET_PAGES = 10_000
"""Pages in the log before a commit must tidy it (limits.md); `Database.checkpoint` does it in quiet moments."""


def address_of(where: str | Path) -> URL:
    """The address of a store: a path, `sqlite:///path`, or `postgresql://…`. Raises ValueError for another kind."""
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite+pysqlite", database=str(Path(where).absolute()))
    url = make_url(where)
    kind = url.get_backend_name()
    if kind == "sqlite":
        return url.set(drivername="sqlite+pysqlite")
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise ValueError(kind)


def file_of(url: URL) -> Path | None:
    """The file of a SQLite address; None for a server's."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


@dataclass(frozen=True, slots=True)
class Database:
    """An open database: writers and readers have connections of their own, and a reader cannot write."""

    url: URL
    writer: Engine
    reader: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file."""
        return self.writer.dialect.name == "sqlite"

    def begin_write(self, connection: Connection) -> None:
        """Begin a transaction that may write. Raises StoreTrouble(BUSY) after PATIENCE_S."""
        connection.begin()
        if self.is_sqlite:
            _begin_immediate(_driver(connection))

    def begin_read(self, connection: Connection) -> None:
        """Begin a transaction that sees one moment of the store."""
        connection.begin()
        if self.is_sqlite:
            _driver(connection).execute("BEGIN")

    def checkpoint(self) -> None:
        """Tidy SQLite's log into the file, as far as nobody is disturbed; nothing on PostgreSQL."""
        if self.is_sqlite:
            with self.writer.connect() as connection:
                _driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)")

    def close(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: URL) -> Database:
    """Engines for an address; nothing is connected yet."""
    if file_of(url) is not None:
        return Database(url, _sqlite_engine(url, reading=False), _sqlite_engine(url, reading=True))
    writer = _postgresql_engine(url)
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return Database(url, writer, reader)


def _sqlite_engine(url: URL, *, reading: bool) -> Engine:
    # isolation_level None: the sqlite3 module begins nothing on its own.
    arguments = {"isolation_level": None, "timeout": PATIENCE_S, "check_same_thread": False}
    engine = create_engine(url, connect_args=arguments, hide_parameters=True)

    def prepare(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        # REPLACE deletes rows without asking their triggers unless this is on.
        connection.execute("PRAGMA recursive_triggers=ON")
        # Who is forgotten is not left in the file's free pages; not every SQLite does this unasked.
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA wal_autocheckpoint={_QUIET_PAGES}")
        if reading:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA busy_timeout=0")

    event.listen(engine, "connect", prepare)
    return engine


def _postgresql_engine(url: URL) -> Engine:
    settings = (f"lock_timeout={int(PATIENCE_S * 1000)}", "idle_in_transaction_session_timeout=60000")
    arguments = {
        "connect_timeout": 5,
        "tcp_user_timeout": 10_000,
        # A server that lost its power while it was asked answers nothing, and nothing is under way to it that could fail.
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "application_name": "canteen-counter",
        # psycopg forgets what it prepared, and has the server forget everything, at each rollback; see db.wire.
        "prepare_threshold": None,
        "options": " ".join(f"-c {setting}" for setting in settings),
    }
    engine = create_engine(
        url,
        connect_args=arguments,
        hide_parameters=True,
        isolation_level="READ COMMITTED",
    )
    # The rows of one sale go as one statement, not as one each.
    engine.dialect.use_insertmanyvalues_wo_returning = True
    _look_before_use(engine)
    return engine


def _look_before_use(engine: Engine) -> None:
    """A server that was restarted since the last meal is noticed before the sale, not by it.

    It is asked when nobody talked to it for a while, and when it said something unasked, such as goodbye; asking it
    before every sale would cost each a round trip.
    """
    dialect: Any = engine.dialect

    def put_back(_connection: Any, record: Any) -> None:
        record.info["used_s"] = time.monotonic()

    def take(connection: Any, record: Any, _taken: object) -> None:
        used_s = record.info.get("used_s")
        if used_s is None:
            return  # it was made just now
        try:
            spoke, _, _ = select.select([connection.fileno()], [], [], 0)
            if spoke or time.monotonic() - used_s > _TRUSTED_S:
                dialect.do_ping(connection)
        except dialect.dbapi.Error as error:
            raise InvalidatePoolError from error

    event.listen(engine, "checkin", put_back)
    event.listen(engine, "checkout", take)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "only SQLite's own words are spoken past SQLAlchemy"
    return driver


def _begin_immediate(driver: sqlite3.Connection) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            if time.monotonic() > deadline:
                raise StoreTrouble(StoreFault.BUSY, error.sqlite_errorname) from error
            time.sleep(_RETRY_S)
        else:
            return
