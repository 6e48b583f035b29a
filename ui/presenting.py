"""What presenters lean on, without Qt: the lanes that do work elsewhere, and the message for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

if TYPE_CHECKING:
    from pos.domain.errors import Refusal, Trouble

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

Failed: TypeAlias = "Callable[[Refusal | Trouble], None]"
"""Told what was refused or what failed. A bug never comes here: it goes to the one crash path."""


class Tone(Enum):
    """What a message is about; it decides its sign and its ground."""

    GOOD = auto()
    NOTE = auto()
    REFUSED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, whether money moved, what to do now. Short enough for one line and another."""

    title: str
    money: str = ""
    todo: str = ""
    tone: Tone = Tone.REFUSED


class Lane(Protocol):
    """A place where work is done one after the other, away from the window's thread."""

    def run(self, function: Callable[[], T], then: Callable[[T], None], failed: Failed) -> None:
        """Do it there; then, on the window's thread, tell its answer to `then` or its refusal to `failed`."""
        ...


class Notices(Protocol):
    """Where messages are shown: the strip at the foot of the window."""

    def show_message(self, message: Message) -> None:
        """Show a message until the next one or `clear_message`."""
        ...

    def clear_message(self) -> None:
        """Take the message away: the next deed has begun."""
        ...
