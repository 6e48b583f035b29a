"""What is about to happen to a key, at one moment, as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from pos.services.spare_keys import KeyState


class KeyWish(Enum):
    """What is wished for."""

    WRITE_DOWN = auto()
    READ = auto()
    ROTATE = auto()
    BEGIN_ANEW = auto()
    HISTORY = auto()


@dataclass(frozen=True, slots=True)
class KeyForm:
    """`text` is what is typed from a paper, `key` the one that is shown to be written down."""

    wish: KeyWish
    state: KeyState
    text: str = field(default="", repr=False)
    key: str = field(default="", repr=False)
    searched: bool = False
    busy: bool = False
    wrong: str = ""
