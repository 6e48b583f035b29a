"""Journeys begin at a till with a yesterday: people with cards and money, and nobody signed in."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.engine import address_of
from db.migrate import bring_up_to_date
from receipts.queue import Outbox
from tests.journey.shop import PAPER, Shop, open_shop
from tests.pos.services.counter import PIN, Counter, counter_on, found_canteen
from tests.pos.services.invariants import assert_invariants
from tests.stores import opened
from tests.ui.sale_world import live_yesterday


@pytest.fixture(autouse=True)
def swept(qapp: QApplication) -> Iterator[None]:
    """No window outlives its journey: each one left is dressed again with the next one."""
    yield
    for window in qapp.topLevelWidgets():
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def yesterday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a founded canteen with yesterday's lunch in it, all papers done with; to be copied."""
    path = tmp_path_factory.mktemp("journey") / "canteen.db"
    bring_up_to_date(address_of(path))
    with opened(path) as stores:
        found_canteen(stores)
        counter = counter_on(stores, path)
        live_yesterday(counter)
        Outbox(stores, None, PAPER, "A", counter.clock).drop_all()
    return path


@pytest.fixture
def counter(yesterday: Path, tmp_path: Path) -> Iterator[Counter]:
    """The use cases on a fresh copy; at the end the books must be right."""
    file = Path(shutil.copy(yesterday, tmp_path / "canteen.db"))
    with opened(file) as stores:
        counter = counter_on(stores, file)
        yield counter
        assert_invariants(counter)


@pytest.fixture
def hook() -> Iterator[None]:
    """A till takes stray exceptions for itself; afterwards they are pytest's again."""
    before = sys.excepthook
    yield
    sys.excepthook = before


@pytest.fixture
def shop(qtbot: QtBot, hook: None, counter: Counter, tmp_path: Path) -> Iterator[Shop]:
    """The till is open; nobody is signed in."""
    with open_shop(qtbot, tmp_path, counter.file, counter.clock, counter.stores) as shop:
        yield shop


@pytest.fixture
def selling(shop: Shop) -> Shop:
    """The cashier has signed in and opened the shift, all by keys."""
    shop.press(Qt.Key.Key_2)
    shop.type(PIN)
    shop.press(Qt.Key.Key_Return)
    shop.type("100")
    shop.press(Qt.Key.Key_Return)
    return shop
