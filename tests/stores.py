"""Fixtures: stores to test on, freshly migrated, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.engine import address_of, open_database
from db.migrate import bring_up_to_date
from db.store import SqlStores
from tests.pg import Server, running_server

TILL = "A"

MakeStores = Callable[[], SqlStores]


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty canteen's file, to be copied."""
    path = tmp_path_factory.mktemp("template") / "canteen.db"
    bring_up_to_date(address_of(path))
    return path


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A running server; skips loudly where there are no binaries."""
    with running_server() as server:
        yield server


@pytest.fixture
def sqlite_file(tmp_path: Path, migrated_file: Path) -> Path:
    """The path of a fresh canteen's file."""
    return Path(shutil.copy(migrated_file, tmp_path / "canteen.db"))


@pytest.fixture
def sqlite_stores(sqlite_file: Path) -> Iterator[SqlStores]:
    """A fresh store on SQLite, as till A sees it."""
    with opened(sqlite_file) as stores:
        yield stores


@pytest.fixture
def postgresql_stores(postgresql: Server) -> Iterator[SqlStores]:
    """A fresh store on PostgreSQL, as till A sees it."""
    name = postgresql.new_database()
    with opened(postgresql.url(name)) as stores:
        yield stores
    postgresql.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest) -> SqlStores:
    """A fresh store on each of the two databases."""
    found: SqlStores = request.getfixturevalue(f"{request.param}_stores")
    return found


@contextmanager
def opened(where: str | Path, till: str = TILL) -> Iterator[SqlStores]:
    """A store that is up to date already, closed at the end."""
    stores = SqlStores(open_database(address_of(where)), till)
    try:
        yield stores
    finally:
        stores.close()
