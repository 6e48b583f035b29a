"""Two ways to open the books: as the till that sells, or as a command that reads beside it."""

from __future__ import annotations

from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from db import engine
from db.files import version_in
from db.lock import TillLock, till_on_server
from db.store import SqlStores, open_stores
from db.version import HEAD
from pos.domain.errors import StoreFault, StoreTrouble


def locked(where: str | Path, till: str) -> AbstractContextManager[object]:
    """Held for a till's life, so that no second one sells on the same file, or under the same letter on a server.

    Entering raises StoreTrouble(IN_USE).
    """
    file = _file_of(where)
    return till_on_server(engine.address_of(where), till) if file is None else TillLock(file)


def open_beside(where: str | Path, till: str) -> SqlStores:
    """The books for a command, beside a till that may be selling. Founds nothing, and migrates only under the lock.

    Raises StoreTrouble: NOT_A_CANTEEN where there are none, IN_USE where a migration is due and a till is open.
    """
    file = _file_of(where)
    with ExitStack() as held:
        if file is not None:
            version = version_in(file)
            if version is None:
                raise StoreTrouble(StoreFault.NOT_A_CANTEEN)
            if version != HEAD:
                held.enter_context(TillLock(file))
        return open_stores(where, till)


def _file_of(where: str | Path) -> Path | None:
    try:
        return engine.file_of(engine.address_of(where))
    except ValueError:  # without its words: an address may hold a password
        raise StoreTrouble(StoreFault.NOT_A_CANTEEN) from None
