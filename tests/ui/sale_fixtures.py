"""Fixtures of the sale screen: a till with a yesterday on a real SQLite file, and the screen's mind at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from db.engine import address_of
from db.migrate import bring_up_to_date
from tests.pos.services.counter import Counter as Till
from tests.pos.services.counter import counter_on, found_canteen
from tests.pos.services.invariants import assert_invariants
from tests.stores import opened
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.sale_world import World, live_yesterday, world_at


@pytest.fixture(scope="session")
def founded_canteen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded canteen's file with yesterday's lunch in it, to be copied."""
    path = tmp_path_factory.mktemp("sale") / "canteen.db"
    bring_up_to_date(address_of(path))
    with opened(path) as stores:
        found_canteen(stores)
        live_yesterday(counter_on(stores, path))
    return path


@pytest.fixture
def till(founded_canteen: Path, tmp_path: Path) -> Iterator[Till]:
    """A till at half past eleven, the cashier's shift open; at the end the books must be right."""
    file = Path(shutil.copy(founded_canteen, tmp_path / "sale.db"))
    with opened(file) as stores:
        # A till counts its ids from one; yesterday's must not come back.
        till = replace(counter_on(stores, file), new_id=lambda what: f"{what}-{uuid4()}")
        till.shifts.open(till.cashier, 10_000)
        yield till
        assert_invariants(till)


@pytest.fixture
def world(till: Till) -> World:
    """Work is done at once."""
    return world_at(till, ImmediateLane())


@pytest.fixture
def held_world(till: Till) -> World:
    """Work waits for `go`."""
    return world_at(till, HeldLane())
