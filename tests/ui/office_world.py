"""The members' section of the office for tests: on a real SQLite file, everything done at once, fingers on the keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.address import Address
from pos.domain.cards import CardUid
from pos.domain.members import Member
from pos.domain.profile import Contact, Held, Particulars
from pos.services.identities import Identities
from pos.services.keys import KEY_FILE, FileShelf
from pos.services.members import Members, NewMember
from pos.services.persons import Persons
from pos.services.vault import Vault
from receipts.files import files
from tests.pos.services.counter import Counter as Till
from tests.ui import geometry
from tests.ui.immediate import ImmediateLane
from tests.ui.small_screens import Strip, focused
from ui.asking import Ask
from ui.office.section import Office
from ui.office.work import Work
from ui.practice.reader import ToyReader
from ui.register.section import RegisterSection
from ui.theme import Theme
from ui.widgets.ask_sheet import AskSheet
from ui.widgets.panel import Card
from ui.widgets.table import Table

PAGES = {(1024, 768): (1024, 590), (1366, 768): (1366, 590), (1920, 1080): (1920, 848)}
"""What a screen leaves to a page, the practice strip shown."""

RAIL = 252
"""What the rail of the office takes of it at scale 1."""

ZENG = Particulars(
    address=Address("幸福里小区", "2号楼", "3单元", "4层", "402"),
    emergency=Contact("曾小红", "13900000001", "女儿"),
    community_worker=Contact("马晓燕", "13900000002", "东关社区"),
    household="曾家",
    hukou="安阳市/文峰区/东关街道",
    categories=(Held("低保", date(2026, 1, 1), date(2026, 12, 31)), Held("残疾")),
    diets=("软食", "低盐"),
)
ZENG_CARD, SPARE_CARD = CardUid("01026F6D01"), CardUid("01026F6D02")

Key = Qt.Key


@dataclass
class NoWork:
    """Long work is none of these tests'."""

    told: list[str] = field(default_factory=list)

    def show_work(self, title: str, done: int, total: int) -> None:
        self.told.append(title)

    def work_over(self) -> None:
        self.told.clear()


@dataclass
class Desk:
    """The section on its page."""

    till: Till
    page: QWidget
    section: RegisterSection
    strip: Strip

    def press(self, *keys: Qt.Key | str) -> None:
        """Press keys and type words, whatever has the focus."""
        for key in keys:
            if isinstance(key, str):
                QTest.keyClicks(focused(), key)
            else:
                QTest.keyClick(focused(), key)

    def type(self, text: str) -> None:
        """Put a text into the line that has the focus, Chinese too, as an input method would."""
        line = focused()
        line.clear()  # type: ignore[attr-defined]
        line.insert(text)  # type: ignore[attr-defined]
        line.textEdited.emit(text)  # type: ignore[attr-defined]

    def open_page(self, name: str) -> None:
        """Find somebody and open the page."""
        self.section.opened()
        self.type(name)
        self.press(Key.Key_Return)

    @property
    def ask(self) -> Ask | None:
        """The question that lies on the page."""
        return next((sheet.ask for sheet in self.page.findChildren(AskSheet) if sheet.is_open), None)

    def faults(self) -> list[str]:
        """What eyes would see at once, on the section and on the sheet that lies on it."""
        QApplication.processEvents()
        sheets = [sheet.card for sheet in self.page.findChildren(AskSheet) if sheet.is_open]
        checks = (geometry.clipped, geometry.overlapping, geometry.nameless)
        found = [fault for widget in (self.section, *sheets) for check in checks for fault in check(widget)]
        titles = [table for table in self.page.findChildren(Table) if table.isVisible() and not table.titles_fit()]
        return found + [f"{table.accessibleName()}: titles" for table in titles] + [
            f"{sheet.size()} sticks out of the page" for sheet in sheets if sheet.height() > self.page.height() - 8
        ]


def desk_at(till: Till, strip: Strip, theme: Theme, qtbot: QtBot, size: tuple[int, int]) -> Desk:
    """The section as the office shows it on a screen of this size, the manager signed in."""
    page = QWidget()
    qtbot.addWidget(page)
    lane = ImmediateLane()
    vault = Vault(FileShelf(till.file.with_name(KEY_FILE)))
    nothing: Callable[[], None] = lambda: None  # noqa: E731  # a default of the office
    office = Office(
        theme, page, strip, lane, Work(NoWork(), lane, lambda call: call()), lambda: till.manager, till.stores, till.clock,
        "A", files(), vault, ToyReader(lambda _reading: None), Members(till.stores, till.clock, vault), Identities(till.stores, till.clock, vault), Persons(till.stores, till.clock), nothing,
    )  # fmt: skip
    section = RegisterSection(office)
    rail = Card(theme)
    rail.setFixedWidth(theme.px(RAIL))
    layout = QVBoxLayout(page)
    edge = theme.px(12)
    layout.setContentsMargins(edge + theme.px(RAIL), edge, edge, edge)
    layout.addWidget(section)
    page.resize(*PAGES[size])
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    section.opened()
    return Desk(till, page, section, strip)


def enrol_zeng(till: Till) -> Member:
    """Somebody of whom everything is known, with a card."""
    new = NewMember("曾秀珍", date(1936, 8, 15), "13800009876", ZENG_CARD, ZENG)
    return till.members.enrol(till.manager, new)


def written_file(folder: Path) -> Path:
    """The one file in a folder."""
    (file,) = folder.iterdir()
    return file
