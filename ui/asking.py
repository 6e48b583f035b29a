"""A question with fields, facts and a list, as a frozen value without Qt: the sheet paints it, the tests compare it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Protocol

YES = "yes"
"""The value of a tick that is on; off is ''."""


class FieldKind(Enum):
    """How a field is answered: typed, typed unseen, chosen from a few, or ticked."""

    LINE = auto()
    SECRET = auto()
    CHOICE = auto()
    TICK = auto()


@dataclass(frozen=True, slots=True)
class AskField:
    """One field. `options` are values with their words; `stretch` is its part of the row."""

    name: str
    label: str
    value: str = field(default="", repr=False)
    hint: str = ""
    kind: FieldKind = FieldKind.LINE
    options: tuple[tuple[str, str], ...] = ()
    longest: int = 100
    stretch: int = 1
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class AskPage:
    """Fields that are seen together, in rows. The title is the page's tab where there are several."""

    rows: tuple[tuple[AskField, ...], ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What is so, or would be: the question at the left, its answer at the right."""

    what: str
    told: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class AskColumn:
    """A title and its place; 0 takes what is left, amounts stand to the right."""

    title: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class AskTable:
    """A list under the question, `seen` rows of it at a time. `picks`: Enter takes the marked row.

    `empty` stands there while there is no row.
    """

    columns: tuple[AskColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    picks: str = ""
    seen: int = 6
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. `confirm` are the words of its yes; with several pages or a list to pick from, F9 says it.

    `second` is another deed, by F10. `wrong` names the field that a refusal is about. An empty `confirm` leaves only
    the way back. `stepwise`: Enter goes from field to field, also when a reader types it, and F9 says yes.
    """

    title: str
    confirm: str
    text: str = ""
    facts: tuple[Fact, ...] = ()
    pages: tuple[AskPage, ...] = ()
    table: AskTable | None = None
    second: str = ""
    danger: bool = False
    busy: bool = False
    wrong: str = ""
    width: int = 760
    stepwise: bool = False

    @property
    def confirm_key(self) -> str:
        """The key that says yes."""
        return "F9" if self.stepwise or len(self.pages) > 1 or (self.table and self.table.picks) else "Enter"


class AskView(Protocol):
    """The face of a question."""

    def show_ask(self, ask: Ask) -> None:
        """Paint the question as it is now; the first one after a close opens the sheet."""
        ...

    def close_ask(self) -> None:
        """Take the sheet away."""
        ...
