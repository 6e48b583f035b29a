"""One till process to a file, and to each till's letter on a server: held for the till's life, freed if it dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from zlib import crc32

from filelock import FileLock, Timeout
from sqlalchemy import URL, text

from db.engine import open_database
from db.files import converted
from db.trouble import StoreError, trouble_of
from pos.domain.errors import StoreFault, StoreTrouble


class TillLock:
    """`with TillLock(path):` around everything a till does with a file. Raises StoreTrouble(IN_USE)."""

    def __init__(self, path: Path) -> None:
        """`path` is the store's file; the lock stands beside it."""
        # Not bound to a thread: the till may open in one and close in another.
        self._lock = FileLock(path.with_name(f"{path.name}.lock"), thread_local=False)

    def __enter__(self) -> Self:
        with converted():
            try:
                self._lock.acquire(timeout=0)
            except Timeout as error:
                raise StoreTrouble(StoreFault.IN_USE) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()


_TILL_TAKEN = 0x71_11
"""The kind of our advisory locks on PostgreSQL; the letter says which."""
_TAKE = text("SELECT pg_try_advisory_lock(:kind, :letter)")


@contextmanager
def till_on_server(url: URL, till: str) -> Iterator[None]:
    """Held around everything a till does on a server: a second process with its letter raises StoreTrouble(IN_USE).

    A session of its own holds it; when the server restarts it is gone until the till starts again.
    """
    letter = int.from_bytes(crc32(till.encode()).to_bytes(4), signed=True)
    with closing(open_database(url)) as database:
        try:
            session = database.writer.connect().execution_options(isolation_level="AUTOCOMMIT")
            taken = session.execute(_TAKE, {"kind": _TILL_TAKEN, "letter": letter}).scalar_one()
        except StoreError as error:
            raise trouble_of(error) or error from error
        with session:
            if not taken:
                raise StoreTrouble(StoreFault.IN_USE)
            yield
