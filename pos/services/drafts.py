"""A printed version and its file: both, or neither."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import TypeVar

from pos.ports import OpenStore, Store
from pos.ports.drafts import Draft

Paper = TypeVar("Paper")


def keep_with_file(
    stores: OpenStore, foreseen: Callable[[Store], Paper], keep: Callable[[Store], Paper], write: Callable[[Paper], Draft]
) -> Paper:
    """Write a paper, keep its version, put the file in its place; where one of the three fails, nothing happened.

    The file is written before the store is locked: 400 stops take seconds, and the counter goes on meanwhile. Only what
    was booked or cancelled in just those seconds has it written a second time.
    """
    with stores.read() as store:
        paper = foreseen(store)
    with ExitStack() as drafts:
        put_in_place = drafts.enter_context(write(paper))
        with stores.write() as store:
            kept = keep(store)
            if kept != paper:
                put_in_place = drafts.enter_context(write(kept))
            put_in_place()
    return kept
