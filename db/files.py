"""SQLite files as files: what stands in one, a copy of one while others use it, and room for a new one.

Only here is the sqlite3 module used past SQLAlchemy: its backup interface and its read-only open have no other
door, and a file that may be damaged must be looked at before anything else touches it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from db.trouble import trouble_of
from db.version import HISTORY, VERSION_TABLE
from pos.domain.errors import StoreFault, StoreTrouble

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_COMPANIONS = ("-wal", "-shm", "-journal")


def version_in(path: Path, history: tuple[str, ...] = HISTORY) -> str | None:
    """The version of a canteen's file, None for a file that does not exist or is still empty.

    Reads only. Raises StoreTrouble: DAMAGED, NEWER, NOT_A_CANTEEN, or what keeps it from being read.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    with converted(), path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise StoreTrouble(StoreFault.DAMAGED, "file is not a database")
    with converted(), opened_to_look(path) as connection:
        (finding,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if finding != "ok":
            raise StoreTrouble(StoreFault.DAMAGED, str(finding).splitlines()[-1])
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if not tables:
            return None
        if VERSION_TABLE not in tables:
            raise StoreTrouble(StoreFault.NOT_A_CANTEEN)
        row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608 a constant
    return known_version(None if row is None else str(row[0]), history)


def known_version(version: str | None, history: tuple[str, ...] = HISTORY) -> str:
    """The version that a store with tables names. Raises StoreTrouble: NEWER for one that this program does not
    know, DAMAGED where there is none (taken for a new store, it would be written over).
    """
    if version is None:
        raise StoreTrouble(StoreFault.DAMAGED, "no version")
    if version not in history:
        raise StoreTrouble(StoreFault.NEWER, f"{version} > {history[-1]}")
    return version


def require_writable(path: Path) -> None:
    """Raises StoreTrouble(READ_ONLY) when file or folder cannot be written. Makes a folder that is missing."""
    with converted():
        path.parent.mkdir(parents=True, exist_ok=True)
    if not _writable(path.parent) or (path.exists() and not _writable(path)):
        raise StoreTrouble(StoreFault.READ_ONLY, path.name)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


@contextmanager
def opened_to_look(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that writes nothing, neither into the file nor beside it."""
    # Without a log beside it nobody is using the file; SQLite would make an empty one and leave it.
    in_use = any(companion.exists() for companion in companions(path))
    with _connected(path, "mode=ro" if in_use else "mode=ro&immutable=1") as connection:
        yield connection


@contextmanager
def _connected(path: Path, options: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True, timeout=5)) as connection:
        yield connection


def copy_store(source: Path, target: Path, *, in_use: bool = True) -> None:
    """Write a consistent copy of a store; whole or not at all. Raises StoreTrouble.

    `in_use`: others may be selling on the source meanwhile. Otherwise it is only looked at.
    The copy is one file of its own without a log beside it, readable by its owner alone: it holds people.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    with converted():
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            opened = _connected(source, "mode=rw") if in_use else opened_to_look(source)
            with opened as reader, closing(sqlite3.connect(unfinished)) as writer:
                reader.backup(writer)
                writer.execute("PRAGMA journal_mode=DELETE")
            put_in_place(unfinished, target)
        finally:
            unfinished.unlink(missing_ok=True)


def put_in_place(finished: Path, target: Path) -> None:
    """Rename a finished file over a store; what it replaces is gone with its log. Raises OSError."""
    with finished.open("rb+") as file:
        os.fsync(file.fileno())
    for companion in companions(target):
        companion.unlink(missing_ok=True)
    finished.replace(target)
    if os.name == "posix":
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def companions(path: Path) -> tuple[Path, ...]:
    """The names that SQLite's logs of a file have."""
    return tuple(path.with_name(path.name + ending) for ending in _COMPANIONS)


def set_aside_name(path: Path, before: str) -> Path:
    """Where a copy goes before something happens to the file: canteen.before-restore-20260301-120000.db."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    name = path.with_name(f"{path.stem}.before-{before}-{stamp}{path.suffix or '.db'}")
    count = 1
    while name.exists():
        count += 1
        name = path.with_name(f"{path.stem}.before-{before}-{stamp}-{count}{path.suffix or '.db'}")
    return name


@contextmanager
def converted() -> Iterator[None]:
    """sqlite3's and the system's errors become StoreTrouble."""
    try:
        yield
    except sqlite3.Error as error:
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise trouble from error
    except OSError as error:
        raise StoreTrouble(_fault_of(error), error.strerror or type(error).__name__) from error


def _fault_of(error: OSError) -> StoreFault:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return StoreFault.FULL
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return StoreFault.READ_ONLY
    return StoreFault.UNREACHABLE
