"""A file that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pos.domain.tables import FileNotWritten


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A file beside the wanted one, which takes its place when the block ends well. Raises FileNotWritten."""
    draft = _beside(path)
    try:
        with _refusing(path):
            yield draft
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def drafted(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Keeps the promise of pos.ports.drafts.Draft."""
    draft = _beside(path)

    def put_in_place() -> None:
        with _refusing(path):
            draft.replace(path)

    try:
        with _refusing(path):
            draft.write_bytes(data)
        yield put_in_place
    finally:
        draft.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileNotWritten(path.name) from error
