"""A section of the office: what it is called, who may see it, and how its face is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from pos.domain.cards import CardUid
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore
from pos.ports.tables import Files
from pos.services.identities import Identities
from pos.services.members import Members
from pos.services.persons import Persons
from pos.services.vault import Vault
from ui.office.work import Work
from ui.presenting import Lane, Notices
from ui.readers.reader import CardReader
from ui.theme import Theme
from ui.widgets.key_hints import Hints


@dataclass(frozen=True, slots=True)
class Office:
    """What every section is built from. Its sheets lie on `page`; `lane` is the store's, `work` is for long things.

    A section builds its own use cases on `stores`, but for those that keep secrets: they are handed over; `refresh_hints` has the foot of the window read its keys again.
    """

    theme: Theme
    page: QWidget
    notices: Notices
    lane: Lane
    work: Work
    actor: Callable[[], Actor]
    stores: OpenStore
    clock: Clock
    till: str
    files: Files
    vault: Vault
    reader: CardReader
    members: Members
    identities: Identities
    persons: Persons
    refresh_hints: Callable[[], None]


class SectionView(Protocol):
    """The face of a section: a QWidget that keeps these promises. Esc that it ignores leads back to the counter."""

    def opened(self) -> None:
        """It is shown: read anew what it shows, and put the focus where the first key belongs."""
        ...

    def left(self) -> None:
        """Another section or the counter is shown, or somebody signed out: close what is open, forget secrets."""
        ...

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        ...

    def hints(self) -> Hints:
        """Its keys, the most needed first."""
        ...

    def card_read(self, uid: CardUid) -> None:
        """A card was shown to the reader."""
        ...


@dataclass(frozen=True, slots=True)
class Section:
    """`build` is called when the section is first shown: what nobody opens costs nothing."""

    name: str
    title: Callable[[], str]
    needs: Permission
    build: Callable[[Office], SectionView]
