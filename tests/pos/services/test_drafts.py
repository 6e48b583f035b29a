"""A printed version and its file: both, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pos.domain.errors import StoreFault, StoreTrouble
from pos.domain.kitchen_paper import KitchenPaper
from pos.domain.menu import Meal
from pos.domain.tables import FileNotWritten
from pos.ports import OpenStore, Store
from pos.ports.drafts import Draft
from pos.services.kitchen import Kitchen
from receipts.new_file import drafted
from tests.pos.services.counter import Counter
from tests.pos.services.tomorrow import TUESDAY, book, kitchen


class LosingCommits:
    """A store that goes away when something is to last."""

    def __init__(self, stores: OpenStore) -> None:
        self._stores = stores
        self.read = stores.read

    @contextmanager
    def write(self) -> Iterator[Store]:
        with self._stores.write() as store:
            yield store
            raise StoreTrouble(StoreFault.UNREACHABLE, "the cable")


@pytest.mark.parametrize("place", ["folder that is gone/sheet.pdf", "held by another program.pdf"])
def test_K1_a_list_that_cannot_be_written_is_no_version_and_leaves_nothing(counter: Counter, tmp_path: Path, place: str) -> None:
    book(counter, counter.rich("王秀英"))
    # A folder of that name refuses to be replaced as a file does that a viewer holds open.
    (folder := tmp_path / "papers").mkdir()
    (folder / "held by another program.pdf").mkdir()

    with pytest.raises(FileNotWritten):
        kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, lambda _paper: drafted(folder / place, b"pdf"))

    assert kitchen(counter).sheet(TUESDAY, Meal.LUNCH).printed is None
    assert [path.name for path in folder.iterdir()] == ["held by another program.pdf"]


@pytest.mark.parametrize("older", [{}, {"sheet.pdf": b"older"}])
@pytest.mark.parametrize("meanwhile", [False, True])
def test_K1_a_version_that_is_lost_at_the_commit_leaves_the_file_that_was_there(
    counter: Counter, tmp_path: Path, older: dict[str, bytes], *, meanwhile: bool
) -> None:
    wang, li = counter.rich("王秀英"), counter.rich("李桂兰")
    book(counter, wang)
    (folder := tmp_path / "papers").mkdir()
    for name, data in older.items():
        (folder / name).write_bytes(data)

    def write(paper: KitchenPaper) -> Draft:
        if meanwhile and len(paper.plates) == 1:
            book(counter, li)
        return drafted(folder / "sheet.pdf", b"new")

    losing = Kitchen(LosingCommits(counter.stores), counter.clock, "A")
    with pytest.raises(StoreTrouble):
        losing.record(counter.cashier, TUESDAY, Meal.LUNCH, write)

    assert kitchen(counter).sheet(TUESDAY, Meal.LUNCH).printed is None
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == older


def test_K1_what_was_booked_while_the_list_was_drawn_stands_on_it(counter: Counter, tmp_path: Path) -> None:
    wang, li = counter.rich("王秀英"), counter.rich("李桂兰")
    book(counter, wang)
    drawn: list[int] = []

    def write(paper: KitchenPaper) -> Draft:
        if not drawn:
            book(counter, li)
        drawn.append(len(paper.plates))
        return drafted(tmp_path / "sheet.pdf", str(len(paper.plates)).encode())

    kept = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, write)

    assert (drawn, (tmp_path / "sheet.pdf").read_bytes()) == ([1, 2], b"2")
    assert (kept.version, len(kept.plates), kitchen(counter).sheet(TUESDAY, Meal.LUNCH).changes) == (1, 2, ())
