"""A file that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos.domain.tables import FileNotWritten


@contextmanager
def put_in_place(path: Path) -> Iterator[Path]:
    """A file beside the wanted one, which takes its place when the block ends well. Raises FileNotWritten."""
    draft = path.with_name(f".{path.name}.part")
    try:
        yield draft
        draft.replace(path)
    except OSError as error:
        raise FileNotWritten(path.name) from error
    finally:
        draft.unlink(missing_ok=True)
