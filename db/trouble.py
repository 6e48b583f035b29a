"""Foreign errors of the two databases become StoreTrouble, where they enter."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from pos.domain.errors import StoreFault, StoreTrouble

# https://www.sqlite.org/rescode.html (the low byte is the primary code)
_SQLITE = {
    sqlite3.SQLITE_BUSY: StoreFault.BUSY,
    sqlite3.SQLITE_LOCKED: StoreFault.BUSY,
    sqlite3.SQLITE_FULL: StoreFault.FULL,
    sqlite3.SQLITE_READONLY: StoreFault.READ_ONLY,
    sqlite3.SQLITE_PERM: StoreFault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: StoreFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: StoreFault.DAMAGED,
    sqlite3.SQLITE_IOERR: StoreFault.UNREACHABLE,
    sqlite3.SQLITE_CANTOPEN: StoreFault.UNREACHABLE,
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "40001": StoreFault.BUSY,
    "40P01": StoreFault.BUSY,
    "55P03": StoreFault.BUSY,
    "53300": StoreFault.BUSY,
    "53100": StoreFault.FULL,
    "25006": StoreFault.READ_ONLY,
    "25P03": StoreFault.UNREACHABLE,
    "42501": StoreFault.READ_ONLY,
    "XX001": StoreFault.DAMAGED,
    "XX002": StoreFault.DAMAGED,
}
_CONNECTION_CLASSES = ("08", "57", "28", "3D")

StoreError = (DBAPIError, PoolTimeoutError, sqlite3.Error)
"""What may come out of a database; anything else is a bug."""


def trouble_of(error: BaseException, *, at_commit: bool = False) -> StoreTrouble | None:
    """The StoreTrouble behind a database's error, or None where it is a bug (a broken constraint, bad SQL).

    `at_commit`: when the answer to COMMIT is lost, nobody knows whether money moved.
    """
    if isinstance(error, PoolTimeoutError):
        return StoreTrouble(StoreFault.BUSY, "all connections are in use")
    if isinstance(error, IntegrityError):
        return None
    origin = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(origin, sqlite3.Error):
        return _of_sqlite(origin, at_commit)
    return _of_postgresql(origin, at_commit)


@contextmanager
def converted(*, at_commit: bool = False, quiet: bool = False) -> Iterator[None]:
    """Raise a database's error within as the StoreTrouble that it is; `quiet`: let it pass."""
    try:
        yield
    except StoreError as error:
        if quiet:
            return
        trouble = trouble_of(error, at_commit=at_commit)
        if trouble is None:
            raise
        raise trouble from error


def _of_sqlite(error: sqlite3.Error, at_commit: bool) -> StoreTrouble | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    fault = _SQLITE.get(code & 0xFF)
    if fault is None:
        return None
    # A failed write of the log's last page may still be found whole when the file is opened again.
    unsure = at_commit and fault is StoreFault.UNREACHABLE
    return StoreTrouble(fault, f"{error.sqlite_errorname}: {error}", None if unsure else False)


def _of_postgresql(error: Any, at_commit: bool) -> StoreTrouble | None:
    # Neither the address nor the server's words go into the detail: both may hold names and values.
    state = getattr(error, "sqlstate", None)
    detail = f"{type(error).__name__} {state or ''}".strip()
    if state in _POSTGRESQL:
        return StoreTrouble(_POSTGRESQL[state], detail)
    # psycopg raises OperationalError without a state when the server is gone.
    gone = state is None and type(error).__name__ in {
        "OperationalError",
        "ConnectionTimeout",
        "InterfaceError",
    }
    if gone or (state is not None and state.startswith(_CONNECTION_CLASSES)):
        return StoreTrouble(StoreFault.UNREACHABLE, detail, None if at_commit else False)
    return None


def broken_key(error: BaseException | None) -> str:
    """Which rule a driver's error says is broken: its name, but 'table.column' for a unique key of SQLite."""
    if isinstance(error, sqlite3.Error):
        return str(error).partition(" constraint failed: ")[2]
    return str(getattr(getattr(error, "diag", None), "constraint_name", ""))
