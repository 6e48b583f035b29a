"""The kit's look for every test of the window: the bundled font, at the scale of a screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from db.engine import address_of
from db.migrate import bring_up_to_date
from pos import i18n
from tests.pos.services.counter import Counter, counter_on, found_canteen
from tests.pos.services.invariants import assert_invariants
from tests.stores import opened
from tests.ui.small_screens import Strip
from ui.app import dressed
from ui.theme import Theme

FONT = Path(__file__).parents[2] / "receipts" / "fonts" / "NotoSansSC-Regular.ttf"
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
_WORN: dict[tuple[int, int], Theme] = {}


@pytest.fixture(autouse=True)
def swept(qapp: QApplication) -> Iterator[None]:
    """No window outlives its test: each one left makes the next look dearer to put on."""
    yield
    for window in qapp.topLevelWidgets():
        window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def theme_for(qapp: QApplication) -> Callable[[tuple[int, int]], Theme]:
    """The look for a screen of so many px; put on only where the application wears another one."""

    def wear(size: tuple[int, int]) -> Theme:
        worn = _WORN.get(size)
        if worn is None or qapp.styleSheet() != worn.qss():
            worn = _WORN[size] = dressed(qapp, FONT, size=size)
        return worn

    return wear


@pytest.fixture
def theme(theme_for: Callable[[tuple[int, int]], Theme]) -> Theme:
    return theme_for((1366, 768))


@pytest.fixture(params=i18n.LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn; the one before comes back."""
    before = i18n.language()
    i18n.use(request.param)
    yield str(request.param)
    i18n.use(before)


@pytest.fixture
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


@pytest.fixture(scope="session")
def founded_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a founded canteen, to be copied."""
    path = tmp_path_factory.mktemp("small") / "canteen.db"
    bring_up_to_date(address_of(path))
    with opened(path) as stores:
        found_canteen(stores)
    return path


@pytest.fixture
def shut_till(founded_books: Path, tmp_path: Path) -> Iterator[Counter]:
    """A counter at which no shift is open; at the end the books must be right."""
    file = Path(shutil.copy(founded_books, tmp_path / "canteen.db"))
    with opened(file) as stores:
        counter = counter_on(stores, file)
        yield counter
        assert_invariants(counter)


@pytest.fixture
def strip() -> Strip:
    return Strip()
