"""Copies of a store's file: made while others sell, and put back without ever numbering anything twice.

A restored file is older than what it replaces: the numbers after it may be on paper already. So every till moves on
to a new epoch, which is part of each number: one more than any epoch in either file. Where the present file cannot
be read, nobody knows its epochs, and the new one is the number of minutes since 2020: more than counting restores
one by one will ever reach, and more than any such number before it. A till that first shows up later starts at the
highest epoch too (SqlCanteen.register_till).

A PostgreSQL server has tools of its own; OnServer names the one to use.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import bindparam, insert, select, update

from db.engine import Database, address_of, file_of, open_database
from db.files import (
    companions,
    converted,
    copy_store,
    put_in_place,
    require_writable,
    set_aside_name,
    version_in,
)
from db.lock import TillLock
from db.migrate import bring_up_to_date
from db.tables import tills
from db.transaction import Transaction
from db.verify import verify
from pos.domain.errors import LedgerBroken, StoreFault, StoreTrouble
from pos.domain.ledger import GENESIS

_EPOCH_ZERO_S = 1_577_836_800
"""1 January 2020 in UTC seconds."""

_MOVE_ON = update(tills).values(epoch=bindparam("new_epoch"), seq=0)
_TILLS = select(tills.c.till, tills.c.epoch)
_ADD_TILL = insert(tills)


class OnServer(Exception):
    """The store is on a PostgreSQL server: `tool` (pg_dump, pg_restore) does this there."""

    def __init__(self, tool: str) -> None:
        """Keep the tool's name."""
        super().__init__(tool)
        self.tool = tool


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the file before it lies now (None: there was none), and the tills' new epoch."""

    set_aside: Path | None
    epoch: int
    entries: int


def backup(where: str | Path, target: Path, *, overwrite: bool = False) -> None:
    """Copy a store to a file, consistent and whole, while tills sell.

    Raises OnServer, FileExistsError, StoreTrouble (also when the store itself is damaged: the last good copy
    must not be replaced by a bad one).
    """
    source = file_of(address_of(where))
    if source is None:
        raise OnServer("pg_dump")
    if target.exists() and not overwrite:
        raise FileExistsError(target.name)
    if version_in(source) is None:
        raise StoreTrouble(StoreFault.NOT_A_CANTEEN)
    copy_store(source, target)


def restore(source: Path, where: str | Path) -> Restored:
    """Put a backup in the place of a store that no till uses now; what was there is set aside, never deleted.

    Raises OnServer, LedgerBroken when the backup's ledger contradicts itself, StoreTrouble when the backup cannot
    be used or a till is running (IN_USE). Then nothing was changed.
    """
    target = file_of(address_of(where))
    if target is None:
        raise OnServer("pg_restore")
    if version_in(source) is None:
        raise StoreTrouble(StoreFault.NOT_A_CANTEEN)
    require_writable(target)
    with TillLock(target), TemporaryDirectory(prefix="restoring-", dir=target.parent) as folder:
        fresh, final = Path(folder) / "fresh.db", Path(folder) / "final.db"
        copy_store(source, fresh, in_use=False)
        bring_up_to_date(address_of(fresh))
        database = open_database(address_of(fresh))
        try:
            entries = _require_sound(database)
            epoch = _move_epochs(database, _epochs(target))
        finally:
            database.close()
        copy_store(fresh, final)
        aside = _set_aside(target)
        with converted():
            put_in_place(final, target)
    return Restored(aside, epoch, entries)


def _require_sound(database: Database) -> int:
    with database.reader.connect() as connection:
        database.begin_read(connection)
        verdict = verify(Transaction(connection, "", writing=False), "", lambda _done, _whole: None)
    if not verdict.sound:
        raise LedgerBroken(len(verdict.findings))
    return verdict.entries


def _epochs(path: Path) -> Mapping[str, int] | None:
    """Each till's epoch in the present file; None when there is no file or it cannot be read."""
    try:
        if version_in(path) is None:
            return None
    except StoreTrouble:
        return None
    database = open_database(address_of(path))
    try:
        with database.reader.connect() as connection:
            return {row.till: row.epoch for row in connection.execute(_TILLS)}
    finally:
        database.close()


def _move_epochs(database: Database, present: Mapping[str, int] | None) -> int:
    with database.writer.connect() as connection:
        database.begin_write(connection)
        known: dict[str, int] = {row.till: row.epoch for row in connection.execute(_TILLS)}
        epoch: int = max([0, *known.values(), *(present or {}).values()]) + 1
        if present is None:
            epoch = max(epoch, int(time.time() - _EPOCH_ZERO_S) // 60)
        connection.execute(_MOVE_ON, {"new_epoch": epoch})
        # A till that the backup does not know has printed numbers too.
        for till in sorted((present or {}).keys() - known.keys()):
            connection.execute(
                _ADD_TILL, {"till": till, "epoch": epoch, "seq": 0, "head": GENESIS, "last_ms": 0}
            )
        connection.commit()
    return epoch


def _set_aside(path: Path) -> Path | None:
    if not path.exists():
        return None
    aside = set_aside_name(path, "restore")
    try:
        version_in(path)
    except StoreTrouble:
        # What cannot be read is kept as it is, with its log, for somebody who can.
        with converted():
            for name in (path, *companions(path)):
                if name.exists():
                    name.rename(name.with_name(name.name.replace(path.name, aside.name, 1)))
    else:
        copy_store(path, aside)
    return aside
