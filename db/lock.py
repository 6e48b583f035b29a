"""One till process to a file: a lock held for the till's life, released by the system if the till dies."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from db.files import converted
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
