"""A file that appears whole or not at all."""

from __future__ import annotations

import shutil
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
    draft, older = _beside(path), path.with_name(f".{path.name}.old")
    took_place = False

    def put_in_place() -> None:
        nonlocal took_place
        with _refusing(path):
            if path.exists():
                shutil.copyfile(path, older)
            draft.replace(path)
        took_place = True

    try:
        with _refusing(path):
            draft.write_bytes(data)
        yield put_in_place
    except BaseException:
        if took_place:
            with _refusing(path):
                _give_back(path, older)
        raise
    finally:
        draft.unlink(missing_ok=True)
        older.unlink(missing_ok=True)


def _give_back(path: Path, older: Path) -> None:
    if older.exists():
        older.replace(path)
    else:
        path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


@contextmanager
def _refusing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FileNotWritten(path.name) from error
