"""What a use case needs of files: a paper that is there, but takes its place only when its version is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeAlias

Draft: TypeAlias = AbstractContextManager[Callable[[], None]]
"""A file beside the wanted one for as long as the block lasts; what it gives puts it in its place, over an older file,
which comes back when the block ends in an error.

Entering it and putting it in its place raise FileNotWritten.
"""
