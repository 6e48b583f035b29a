"""Where the keys to the identity numbers lie: in the user's keyring, or in a file that its owner alone may read."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pos.domain.identity import KeyExposed, KeyUnreadable

KEY_FILE = "identity.key"
SERVICE = "canteen-counter"
_OTHERS = 0o077


class KeyPlace(StrEnum):
    """Where keys lie."""

    FILE = "file"
    KEYRING = "keyring"


class KeyShelf(Protocol):
    """Keeps one short text, the keys, newest first, a line each."""

    @property
    def place(self) -> KeyPlace:
        """Where it is."""
        ...

    def read(self) -> str:
        """The text; '' where there is none. Raises KeyUnreadable or KeyExposed."""
        ...

    def write(self, text: str) -> None:
        """Keep another text. Raises KeyUnreadable."""
        ...


class FileShelf:
    """A file beside the database, mode 0600."""

    place = KeyPlace.FILE

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> str:
        """The file's text. Raises KeyExposed when others may read it, KeyUnreadable when nobody can."""
        try:
            # Windows has no such bits; there the user's own folder keeps others out.
            if sys.platform != "win32" and self._path.stat().st_mode & _OTHERS:
                raise KeyExposed(self._path.name)
            return self._path.read_text(encoding="ascii")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise KeyUnreadable from error

    def write(self, text: str) -> None:
        """Whole or not at all, and on the disk before anything is sealed. Raises KeyUnreadable."""
        fresh = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with contextlib.suppress(FileNotFoundError):
                fresh.unlink()
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            raise KeyUnreadable from error


class KeyringShelf:
    """The user's keyring: Windows' credential locker, macOS' keychain, a desktop's secret service."""

    place = KeyPlace.KEYRING

    def __init__(self, place: str) -> None:
        """`place` tells the canteens of one user apart: the folder of the data."""
        self._place = place

    def read(self) -> str:
        """The text in the keyring. Raises KeyUnreadable when it is locked or does not answer."""
        import keyring

        with _answering():
            return keyring.get_password(SERVICE, self._place) or ""

    def write(self, text: str) -> None:
        """Keep it, and prove that it is kept: some keyrings forget without a word. Raises KeyUnreadable."""
        import keyring

        with _answering():
            keyring.set_password(SERVICE, self._place, text)
        if self.read() != text:
            raise KeyUnreadable


class FolderShelf:
    """The keys of a data folder: in its key file where there is one, else in the user's keyring, else, where no keyring
    can be used, in a new key file. Which it is, is asked when the first key is: a keyring takes 0.2 s to load."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chosen: KeyShelf | None = None

    @property
    def place(self) -> KeyPlace:
        """Where the keys of this folder lie, or will."""
        return self._shelf().place

    def read(self) -> str:
        """The text. Raises KeyUnreadable or KeyExposed."""
        return self._shelf().read()

    def write(self, text: str) -> None:
        """Keep another text. Raises KeyUnreadable."""
        self._shelf().write(text)

    def _shelf(self) -> KeyShelf:
        if self._chosen is None:
            file = self._folder.joinpath(KEY_FILE)
            in_file = file.exists() or not _has_keyring()
            self._chosen = FileShelf(file) if in_file else KeyringShelf(str(self._folder.resolve()))
        return self._chosen


def _has_keyring() -> bool:
    try:
        import keyring

        # fail and null keyrings have no priority worth the name; neither has a chain of none.
        return keyring.get_keyring().priority >= 1
    except Exception:  # noqa: BLE001 a backend may fail in any way at all; the file is always there
        return False


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except Exception:  # noqa: BLE001 every backend fails in its own way, and its text may hold the key
        raise KeyUnreadable from None
