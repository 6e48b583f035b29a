"""A counter for every test of a use case; when the test is over, the books must still be right."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pos.services.counter import Counter, counter_on, found_canteen
from tests.pos.services.invariants import assert_invariants
from tests.stores import opened


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The file of a founded canteen, to be copied."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("founded") / "canteen.db"))
    with opened(path) as stores:
        found_canteen(stores)
    return path


@pytest.fixture
def closed_counter(founded_file: Path, tmp_path: Path) -> Iterator[Counter]:
    """A counter at which no shift is open."""
    file = Path(shutil.copy(founded_file, tmp_path / "canteen.db"))
    with opened(file) as stores:
        counter = counter_on(stores, file)
        yield counter
        assert_invariants(counter)


@pytest.fixture
def counter(closed_counter: Counter) -> Counter:
    """A counter with the cashier's shift open and 100.00 in the drawer."""
    closed_counter.shifts.open(closed_counter.cashier, 10_000)
    return closed_counter
