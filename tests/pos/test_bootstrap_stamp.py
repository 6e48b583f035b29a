"""A venv that was found complete is noted as such, and is not read again until lock, Python or packages change."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pos import bootstrap


class Somebody:
    """A venv that somebody prepared, in which this process seems to run, and how often its packages were read."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.venv = folder / "till", folder / "venv"
        self.root.mkdir()
        self.lock = self.root / "requirements.lock"
        self.lock.write_text("soup==1.0 \\\n", encoding="utf-8")
        self.site = self.venv / ("Lib" if os.name == "nt" else "lib/python{}.{}".format(*sys.version_info[:2]))
        self.site /= "site-packages"
        self.site.mkdir(parents=True)
        os.utime(self.site, (1, 1))
        python = Path(bootstrap.venv_python(str(self.venv)))
        python.parent.mkdir()
        python.touch()
        self.complete = True
        self.asked = 0
        monkeypatch.setattr(sys, "prefix", str(self.venv))
        monkeypatch.setattr(bootstrap, "satisfied", self._satisfied)

    def start(self) -> int:
        """Starts, and gives the number of times that the packages have been read by now."""
        bootstrap.ensure(str(self.root), "requirements.lock")
        return self.asked

    def _satisfied(self, _lock: str) -> bool:
        self.asked += 1
        return self.complete


@pytest.fixture
def somebody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Somebody:
    return Somebody(tmp_path, monkeypatch)


def test_a_venv_once_found_complete_is_not_read_again(somebody: Somebody) -> None:
    first = somebody.start()

    second = somebody.start()

    assert (first, second) == (1, 1)
    assert [file.name for file in somebody.root.iterdir()] == ["requirements.lock"]


def test_a_changed_lock_has_the_venv_read_again(somebody: Somebody) -> None:
    somebody.start()
    somebody.lock.write_text("soup==2.0 \\\n", encoding="utf-8")

    read = [somebody.start(), somebody.start()]

    assert read == [2, 2]


def test_a_package_that_came_or_went_has_the_venv_read_again(somebody: Somebody) -> None:
    somebody.start()
    (somebody.site / "soup-2.0.dist-info").mkdir()

    read = [somebody.start(), somebody.start()]

    assert read == [2, 2]


def test_another_python_has_the_venv_read_again(somebody: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody.start()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0, "final", 0))

    read = somebody.start()

    assert read == 2


def test_a_venv_found_incomplete_gets_no_stamp(somebody: Somebody, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody.complete = False
    (somebody.root / ".venv.lock").mkdir()  # nothing can be prepared beside it

    with pytest.raises(SystemExit):
        somebody.start()

    assert list(somebody.venv.glob("*.ready")) == []


def test_a_venv_that_cannot_be_written_is_read_at_each_start(somebody: Somebody) -> None:
    (somebody.venv / "requirements.lock.ready").mkdir()

    read = [somebody.start(), somebody.start()]

    assert read == [1, 2]
