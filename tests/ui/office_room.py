"""A section of the office in a real window on a real store, worked by keys; every lane answers at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.staff import Actor
from pos.services.identities import Identities
from pos.services.keys import KEY_FILE, FileShelf
from pos.services.members import Members
from pos.services.persons import Persons
from pos.services.vault import Vault
from receipts.files import files
from tests.pos.services.counter import TILL, Counter
from tests.ui import geometry
from tests.ui.immediate import ImmediateLane
from tests.ui.small_screens import focused
from ui.main_window import MainWindow
from ui.office.page import OfficePage
from ui.office.section import Office, Section
from ui.office.work import Work
from ui.practice.reader import ToyReader
from ui.theme import Theme


@dataclass
class Room:
    """The window, the office in it, and the fingers on its keys."""

    till: Counter
    window: MainWindow
    office: OfficePage
    name: str
    reader: ToyReader

    @property
    def view(self) -> QWidget:
        """The face of the section."""
        return self.office.view(self.name)

    @property
    def said(self) -> str:
        """The title of the message that is shown."""
        return self.window.message.title

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            if isinstance(key, str) and key.isascii():
                QTest.keyClicks(focused(), key)
            elif isinstance(key, str):  # what an input method commits
                event = QInputMethodEvent()
                event.setCommitString(key)
                QApplication.sendEvent(focused(), event)
            else:
                QTest.keyClick(focused(), key)
            QApplication.processEvents()


    def faults(self, seen: QWidget | None = None) -> list[str]:
        """What eyes would see at once in the section, or in a sheet in front of it."""
        QApplication.processEvents()
        checks = (geometry.clipped, geometry.overlapping, geometry.nameless, geometry.unreachable)
        found = (fault for check in checks for fault in check(seen or self.view))
        return [fault for fault in found if not fault.startswith("QHeaderView")]  # Qt hints it as a square


def room_for(
    section: Section, till: Counter, theme: Theme, qtbot: QtBot, size: tuple[int, int] = (1366, 768), actor: Callable[[], Actor] | None = None
) -> Room:
    """Open a section as a manager would."""
    window = MainWindow(theme)
    qtbot.addWidget(window)
    page = OfficePage(theme, (section,))
    window.add_page("office", page)
    window.set_canteen("幸福里社区食堂", practice=True)
    who = actor or (lambda: till.manager)
    vault = Vault(FileShelf(till.file.with_name(KEY_FILE)))
    reader = ToyReader(lambda reading: page.card_read(reading.uid))

    def office(work: Work) -> Office:
        return Office(
            theme=theme,
            page=page,
            notices=window,
            lane=ImmediateLane(),
            work=work,
            actor=who,
            stores=till.stores,
            clock=till.clock,
            till=TILL,
            files=files(),
            members=Members(till.stores, till.clock, vault),
            identities=Identities(till.stores, till.clock, vault),
            persons=Persons(till.stores, till.clock),
            vault=vault,
            reader=reader,
            refresh_hints=window.refresh_hints,
        )

    page.attend(office, Work(page.strip, ImmediateLane(), lambda call: call()))
    page.hints_changed.connect(window.refresh_hints)
    window.resize(*size)
    window.show()
    window.activateWindow()
    window.show_page("office")
    page.open_for(who())
    QApplication.processEvents()
    return Room(till, window, page, section.name, reader)
