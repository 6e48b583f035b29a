"""Where the keys lie: a file that its owner alone may read, or the user's keyring."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest

from pos.domain.identity import KeyExposed, KeyUnreadable
from pos.services.keys import KEY_FILE, FileShelf, FolderShelf, KeyPlace, KeyringShelf

ROOT = Path(__file__).resolve().parents[3]
SECRET = "AAAA-BBBB"


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A user's keyring in memory."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False
        self.forgets = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked(SECRET)
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if not self.forgets:
            self.kept[service, username] = password


@pytest.fixture
def users_keyring() -> MemoryKeyring:
    return MemoryKeyring()


@pytest.fixture
def with_keyring(users_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    monkeypatch.setattr(keyring.core, "_keyring_backend", users_keyring)
    return users_keyring


@pytest.fixture
def without_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]


def test_a_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    shelf = FileShelf(tmp_path / "new" / KEY_FILE)

    before = shelf.read()
    shelf.write("first")
    shelf.write("second")

    assert (before, shelf.read()) == ("", "second")
    assert [one.name for one in (tmp_path / "new").iterdir()] == [KEY_FILE]
    assert sys.platform == "win32" or (tmp_path / "new" / KEY_FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / KEY_FILE
    path.write_text(SECRET, encoding="ascii")
    path.chmod(mode)

    with pytest.raises(KeyExposed) as refused:
        FileShelf(path).read()

    assert refused.value.file == KEY_FILE
    assert SECRET not in repr(refused.value)


def test_what_is_no_file_of_keys_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir(mode=0o700)
    (tmp_path / "picture").write_bytes(b"\xff\xfe")
    (tmp_path / "picture").chmod(0o600)

    for name in ("folder", "picture"):
        with pytest.raises(KeyUnreadable):
            FileShelf(tmp_path / name).read()
    with pytest.raises(KeyUnreadable):
        FileShelf(tmp_path / "picture" / KEY_FILE).write(SECRET)


def test_a_key_lies_in_the_users_keyring_where_there_is_one(tmp_path: Path, with_keyring: MemoryKeyring) -> None:
    shelf = FolderShelf(tmp_path)

    shelf.write(SECRET)

    assert with_keyring.kept == {("canteen-counter", str(tmp_path.resolve())): SECRET}
    assert (FolderShelf(tmp_path).read(), FolderShelf(tmp_path / "other").read()) == (SECRET, "")
    assert (shelf.place, KeyringShelf("x").place) == (KeyPlace.KEYRING, KeyPlace.KEYRING)
    assert list(tmp_path.iterdir()) == []


def test_a_key_lies_in_a_file_where_no_keyring_can_be_used(tmp_path: Path, without_keyring: None) -> None:
    FolderShelf(tmp_path).write(SECRET)

    assert FolderShelf(tmp_path).place is KeyPlace.FILE

    assert FileShelf(tmp_path / KEY_FILE).read() == SECRET


def test_a_key_file_that_is_there_comes_before_the_keyring(tmp_path: Path, with_keyring: MemoryKeyring) -> None:
    FileShelf(tmp_path / KEY_FILE).write(SECRET)

    assert FolderShelf(tmp_path).read() == SECRET
    assert with_keyring.kept == {}


def test_a_keyring_that_keeps_nothing_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", keyring.backends.null.Keyring())  # type: ignore[no-untyped-call]

    FolderShelf(tmp_path).write(SECRET)

    assert FileShelf(tmp_path / KEY_FILE).read() == SECRET


def test_a_keyring_that_breaks_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError

    monkeypatch.setattr(keyring, "get_keyring", broken)

    FolderShelf(tmp_path).write(SECRET)

    assert FileShelf(tmp_path / KEY_FILE).read() == SECRET


def test_a_locked_keyring_is_said_so_without_its_text(with_keyring: MemoryKeyring) -> None:
    with_keyring.locked = True

    with pytest.raises(KeyUnreadable) as refused:
        KeyringShelf("x").read()

    assert refused.value.__suppress_context__
    assert refused.value.__cause__ is None


def test_a_keyring_that_forgets_is_noticed_before_anything_is_sealed(with_keyring: MemoryKeyring) -> None:
    with_keyring.forgets = True

    with pytest.raises(KeyUnreadable):
        KeyringShelf("x").write(SECRET)


def test_neither_keyring_nor_cryptography_is_loaded_before_a_number_is_touched(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from ui.services import services_over; "
        "from pos.services.keys import FolderShelf; from pos.services.vault import Vault; "
        "Vault(FolderShelf(Path(sys.argv[1]))); print(sorted({'keyring', 'cryptography'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"
