"""Spare keys: a key on paper, held against those of this machine, and taken where it is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.identity import KeyDeed, KeyEvent
from pos.domain.staff import Actor, Permission
from pos.services.identities import Identities, VaultState
from pos.services.keys import KeyPlace
from pos.services.vault import Vault

_PAPER_DEEDS = (KeyDeed.WRITTEN_DOWN, KeyDeed.BROUGHT_BACK)


class Paper(StrEnum):
    """What a spare key on paper turned out to be."""

    CURRENT = "current"  # the key that seals here: the paper is right
    OLDER = "older"  # a key from before the newest: it opens what it sealed, and a new paper is due
    TAKEN = "taken"  # it was missing here, and is not any more


@dataclass(frozen=True, slots=True)
class KeyState:
    """Where the keys of this machine lie, how they and the numbers stand, and what was done with them, oldest first."""

    place: KeyPlace
    vault: VaultState
    history: tuple[KeyEvent, ...] = ()

    @property
    def on_paper(self) -> KeyEvent | None:
        """When the key that seals was last written down, or typed from its paper, and by whom."""
        of_today = (event for event in reversed(self.history) if event.key_id == self.vault.key_id)
        return next((event for event in of_today if event.deed in _PAPER_DEEDS), None)


@dataclass(frozen=True, slots=True)
class PaperRead:
    """What a paper was, and how everything stands after it was read."""

    paper: Paper
    state: KeyState


class SpareKeys:
    """The papers with the keys of one canteen."""

    def __init__(self, identities: Identities, vault: Vault) -> None:
        """Hold them against the keys of one machine."""
        self._identities = identities
        self._vault = vault

    def state(self, actor: Actor) -> KeyState:
        """How numbers and keys stand. Raises KeyUnreadable, KeyExposed or NotPermitted."""
        actor.must(Permission.REVEAL)
        return KeyState(self._vault.place, self._identities.state(actor), self._identities.key_history(actor))

    def read(self, actor: Actor, text: str) -> PaperRead:
        """Read what somebody typed from a paper; a key that this machine has changes nothing.

        An older key is not made the one that seals again: it was replaced for a reason. Raises KeyUnreadable, KeyExposed
        or NotPermitted.
        """
        actor.must(Permission.REVEAL)
        key_id = self._vault.id_of(text)
        if key_id == self._vault.newest:
            paper = Paper.CURRENT
        elif key_id in self._vault.key_ids:
            paper = Paper.OLDER
        else:
            self._identities.bring_back(actor, text)
            paper = Paper.TAKEN
        return PaperRead(paper, self.state(actor))
