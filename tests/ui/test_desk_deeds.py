"""The desk's deeds ask the use cases; its sheet offers what one may do, a key each."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import NothingToUndo, NotPermitted
from pos.domain.staff import Actor, Permission
from tests.pos.services.counter import Counter
from tests.ui.immediate import ImmediateLane
from tests.ui.small_screens import Strip
from ui.desk.presenter import DeskPresenter
from ui.desk.view import Deed, DeskSheet
from ui.messages import words
from ui.theme import Theme


@dataclass
class Desk:
    """A counter with an open shift, and the desk of its cashier."""

    counter: Counter
    strip: Strip
    presenter: DeskPresenter


@pytest.fixture
def desk(shut_till: Counter, strip: Strip) -> Desk:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    papers, checkout = shut_till.papers, shut_till.checkout
    return Desk(shut_till, strip, DeskPresenter(strip, papers, checkout, ImmediateLane(), lambda: shut_till.cashier))


def test_a_reprint_is_that_of_the_last_sale_and_counts(desk: Desk) -> None:
    sale = desk.counter.sell(desk.counter.rich())

    desk.presenter.reprint()
    desk.presenter.reprint()

    assert desk.counter.jobs()[-2:] == [("sale", sale.id, copy, "李桂兰", 0) for copy in (1, 2)]


def test_a_reprint_of_nothing_is_told(desk: Desk) -> None:
    desk.presenter.reprint()

    assert (desk.strip.message, desk.counter.jobs()) == (words(NothingToUndo()), [])


def test_the_drawer_opens_with_the_name_of_who_asked(desk: Desk) -> None:
    desk.presenter.open_drawer()

    assert desk.counter.jobs() == [("drawer", "", 0, "李桂兰", 1)]


def test_a_deed_that_one_may_not_do_is_refused_by_the_use_case(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Actor, "may", lambda _self, _permission: False)

    desk.presenter.open_drawer()

    assert desk.strip.message == words(NotPermitted(Permission.OPEN_DRAWER, "李桂兰"))
    assert desk.counter.jobs() == []


def test_the_test_page_goes_into_the_outbox(desk: Desk) -> None:
    desk.presenter.test_page()

    assert desk.counter.jobs() == [("test", "", 0, "李桂兰", 0)]


@pytest.fixture
def sheet(theme: Theme, qtbot: QtBot) -> DeskSheet:
    page = QWidget()
    qtbot.addWidget(page)
    page.resize(1366, 600)
    sheet = DeskSheet(theme, page)
    page.show()
    page.activateWindow()
    return sheet


@pytest.mark.parametrize("deed", Deed)
def test_each_deed_has_its_number_and_the_sheet_goes_first(sheet: DeskSheet, deed: Deed) -> None:
    asked: list[tuple[Deed, bool]] = []
    sheet.asked.connect(lambda deed: asked.append((deed, sheet.is_open)))
    sheet.open_for(frozenset(Deed))

    QTest.keyClick(sheet, Qt.Key(Qt.Key.Key_0 + (list(Deed).index(deed) + 1) % 10))

    assert asked == [(deed, False)]


def test_what_one_may_not_do_is_shown_and_cannot_be_asked(sheet: DeskSheet) -> None:
    asked: list[Deed] = []
    sheet.asked.connect(asked.append)
    sheet.open_for(frozenset({Deed.SIGN_OUT}))

    for number, deed in enumerate(Deed, start=1):
        if deed is not Deed.SIGN_OUT:
            QTest.keyClick(sheet, Qt.Key(Qt.Key.Key_0 + number % 10))

    assert (asked, sheet.is_open) == ([], True)
    assert all(button.isVisible() for button in sheet._buttons.values())


def test_esc_takes_the_sheet_away_and_asks_for_nothing(sheet: DeskSheet) -> None:
    asked: list[Deed] = []
    sheet.asked.connect(asked.append)
    sheet.open_for(frozenset(Deed))

    QTest.keyClick(QApplication.focusWidget() or sheet, Qt.Key.Key_Escape)

    assert (asked, sheet.is_open) == ([], False)
