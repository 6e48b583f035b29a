"""A shelf for keys in memory, for tests that need a vault and no file."""

from __future__ import annotations

from pos.services.keys import KeyPlace
from pos.services.vault import Vault


class MemoryShelf:
    """Keeps the text of the keys as long as the test lasts."""

    place = KeyPlace.FILE

    def __init__(self, text: str = "") -> None:
        self.text = text

    def read(self) -> str:
        return self.text

    def write(self, text: str) -> None:
        self.text = text


def memory_vault() -> Vault:
    return Vault(MemoryShelf())
