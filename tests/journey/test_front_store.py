"""A store that cannot be used is told on the window, nothing is written to it, and no key sells anything."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.lock import TillLock
from db.store import open_stores
from db.version import VERSION_TABLE
from pos.clock import SetClock
from pos.domain.errors import StoreFault, StoreTrouble
from receipts.files import files
from tests.journey.shop import FONT, SIZE, NoTrials
from tests.pos.services.counter import NOON
from tests.shelf import memory_vault
from ui.front import Front
from ui.messages import words
from ui.practice.reader import ToyReader
from ui.services import Services, services_over


@pytest.fixture
def front(qtbot: QtBot) -> Iterator[Front]:
    before = sys.excepthook
    front = Front(FONT, SetClock(NOON), size=SIZE)
    yield front
    front.close()
    front.window.close()
    sys.excepthook = before


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
        connection.commit()


def damaged(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:5_000] + b"\x00\xff" * 2_000 + whole[9_000:])


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5_000])


def somebody_elses(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()


def text(path: Path) -> None:
    path.write_text("no books at all\n" * 20, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (newer, StoreFault.NEWER),
        (damaged, StoreFault.DAMAGED),
        (cut_off, StoreFault.DAMAGED),
        (text, StoreFault.DAMAGED),
        (somebody_elses, StoreFault.NOT_A_CANTEEN),
    ],
    ids=lambda case: getattr(case, "__name__", ""),
)
def test_a_file_that_is_no_store_of_ours_is_told_and_left_as_it_is(
    front: Front, qtbot: QtBot, yesterday: Path, tmp_path: Path, spoil: Callable[[Path], None], fault: StoreFault
) -> None:
    file = Path(shutil.copy(yesterday, tmp_path / "canteen.db"))
    spoil(file)
    before = _folder(tmp_path)

    _open(front, file)
    qtbot.waitUntil(lambda: bool(front.window.message.title))
    _try_to_sell(qtbot, front)

    assert front.window.message == words(StoreTrouble(fault))
    assert (front.window.page, _folder(tmp_path)) == ("sign_in", before)


def test_a_till_that_runs_already_keeps_a_second_window_out(
    front: Front, qtbot: QtBot, yesterday: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(yesterday, tmp_path / "canteen.db"))

    with TillLock(file):
        before = _folder(tmp_path)
        _open(front, file)
        qtbot.waitUntil(lambda: bool(front.window.message.title))
        _try_to_sell(qtbot, front)

        assert front.window.message == words(StoreTrouble(StoreFault.IN_USE))
        assert (front.window.page, _folder(tmp_path)) == ("sign_in", before)


def test_a_window_without_a_store_can_be_closed(front: Front, qtbot: QtBot, tmp_path: Path) -> None:
    _open(front, tmp_path)
    qtbot.waitUntil(lambda: bool(front.window.message.title))

    assert front.window.close()


def _open(front: Front, file: Path) -> None:
    """As main.py does it: the lock, then the store, on its lane."""

    def services() -> Services:
        with TillLock(file):
            stores = open_stores(file, "A")
        return services_over(stores, SetClock(NOON), "A", lambda: pytest.fail("it prints"), files(), memory_vault(), ToyReader(front.card_shown))

    front.open(services, NoTrials(), founded=lambda _devices: pytest.fail("it founds"), spoken=pytest.fail)
    front.window.show()
    front.window.activateWindow()


def _try_to_sell(qtbot: QtBot, front: Front) -> None:
    for key in (Qt.Key.Key_1, Qt.Key.Key_Return, Qt.Key.Key_F1, Qt.Key.Key_F11, Qt.Key.Key_F9):
        QTest.keyClick(QApplication.focusWidget() or front.window, key)
    qtbot.waitUntil(lambda: not front.lanes.busy)


def _folder(folder: Path) -> dict[str, str]:
    """Every file but the lock's own, with the hash of what it holds."""
    return {
        one.name: sha256(one.read_bytes()).hexdigest()
        for one in folder.iterdir()
        if one.is_file() and one.suffix != ".lock"
    }
