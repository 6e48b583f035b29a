"""Makes a new store, or brings an older one up to date; refuses what is newer, damaged or not a canteen's.

Whether something is due is seen by one plain SELECT: alembic (208 ms) is imported only when a step must run.
A file is copied aside before its first step. On PostgreSQL a step is one transaction, which is its own way back.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from db.engine import file_of, open_database
from db.files import (
    companions,
    converted,
    copy_store,
    known_version,
    put_in_place,
    require_writable,
    set_aside_name,
    version_in,
)
from db.trouble import StoreError, trouble_of
from db.version import HISTORY, VERSION_TABLE
from pos.domain.errors import StoreFault, StoreTrouble

STEPS = Path(__file__).parent / "migrations"

_ONE_AT_A_TIME = 0x63616E74
"""The key of PostgreSQL's advisory lock: two tills may start at the same moment."""


def bring_up_to_date(url: URL, history: tuple[str, ...] = HISTORY, steps: Path = STEPS) -> None:
    """Make or migrate the store at an address. Raises StoreTrouble; a store that cannot be used is left as it is.

    The caller holds the till's lock on a file. `history` and `steps` are for tests of what is to come.
    """
    path = file_of(url)
    if path is None:
        _server(url, history, steps)
    else:
        _file(url, path, history, steps)


def _file(url: URL, path: Path, history: tuple[str, ...], steps: Path) -> None:
    # First: a file in a folder that cannot be written cannot even be read while it has a log.
    require_writable(path)
    version = version_in(path, history)
    if version == history[-1]:
        return
    copy: Path | None = None
    if version is not None:
        copy = set_aside_name(path, version)
        copy_store(path, copy)
    try:
        _run_steps(url, steps)
    except Exception as error:
        if copy is None:
            for leftover in (path, *companions(path)):
                leftover.unlink(missing_ok=True)
        else:
            _put_back(copy, path)
        raise _failed(error) from error


def _put_back(copy: Path, path: Path) -> None:
    spare = path.with_name(f"{path.name}.unfinished")
    copy_store(copy, spare)
    with converted():
        put_in_place(spare, path)


def _server(url: URL, history: tuple[str, ...], steps: Path) -> None:
    database = open_database(url)
    try:
        with database.writer.begin() as connection:
            if _server_version(connection, history) == history[-1]:
                return
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
            if _server_version(connection, history) == history[-1]:
                return
            try:
                _upgrade(connection, steps)
            except Exception as error:
                raise _failed(error) from error
    except StoreError as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
    finally:
        database.close()


def _server_version(connection: Connection, history: tuple[str, ...]) -> str | None:
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if VERSION_TABLE not in tables:
        raise StoreTrouble(StoreFault.NOT_A_CANTEEN)
    version = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608 a constant
    return known_version(version, history)


def _run_steps(url: URL, steps: Path) -> None:
    database = open_database(url)
    try:
        with database.writer.connect() as connection:
            database.begin_write(connection)
            _upgrade(connection, steps)
            connection.commit()
    finally:
        database.close()


def _upgrade(connection: Connection, steps: Path) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(steps).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _failed(error: Exception) -> StoreTrouble:
    """A full disk is a full disk, also in the middle of a step; everything else is a step that failed."""
    if isinstance(error, StoreTrouble):
        return error
    trouble = trouble_of(error) if isinstance(error, StoreError) else None
    return trouble or StoreTrouble(StoreFault.MIGRATION_FAILED, type(error).__name__)
