"""The replay by keys: a month is chosen, priced with its progress shown, and read by payer, rule and age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.tariff import parse_tariff
from pos.services.claim_payments import PayerPayments
from pos.services.claims import Claims
from pos.services.replay import Replays
from tests.pos.services.claiming import Claiming, old_member
from tests.pos.services.counter import TILL, Counter
from tests.ui import geometry
from tests.ui.immediate import ImmediateLane
from tests.ui.small_screens import focused
from ui.office.work import Work
from ui.presenting import Message
from ui.tariff.replay_presenter import ReplayPresenter
from ui.tariff.replay_sheet import ReplaySheet
from ui.theme import Theme

Key = Qt.Key
DRAFT = parse_tariff("""
id = "draft"
title = "明年的补贴"
valid_from = 2027-01-01
[payers]
city = "市民政局"
[[rules]]
id = "old"
label = "80岁以上"
who = { age_from = 80 }
then = { off = 4.00 }
payers = ["city"]
""")


class Strip:
    """What the strip of long work showed."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.shown: Callable[[], None] = lambda: None

    def show_work(self, title: str, done: int, total: int) -> None:
        self.titles.append(title)
        self.shown()

    def work_over(self) -> None:
        pass


class Notes:
    """What the foot of the window said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def show_message(self, message: Message) -> None:
        self.said.append(message.title)

    def clear_message(self) -> None:
        pass


class Desk:
    """A page with the sheet on it."""

    def __init__(self, counter: Counter, theme: Theme, qtbot: QtBot, size: tuple[int, int]) -> None:
        self.page = QWidget()
        self.page.resize(*size)
        self.page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        qtbot.addWidget(self.page)
        self.sheet = ReplaySheet(theme, self.page)
        self.strip, self.notes = Strip(), Notes()
        work = Work(self.strip, ImmediateLane(), lambda call: call())
        self.presenter = ReplayPresenter(
            self.sheet, self.notes, Replays(counter.stores), ImmediateLane(), work, lambda: counter.manager
        )
        self.sheet.attend(self.presenter)
        self.page.show()
        self.page.activateWindow()
        QApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(focused(), key)
            QApplication.processEvents()

    def cells(self) -> list[tuple[str, ...]]:
        return [line.cells for line in self.sheet._table.lines]


@pytest.fixture
def sold(shut_till: Counter) -> Counter:
    """Two meals of an old member in October."""
    payments = PayerPayments(shut_till.stores, shut_till.clock, TILL)
    claiming = Claiming(shut_till, Claims(shut_till.stores, shut_till.clock), payments)
    with claiming.day(date(2026, 10, 29)):
        wang = old_member(claiming)
        shut_till.sell(wang)
    claiming.sell_on(date(2026, 10, 30), wang)
    return shut_till


def test_a_month_is_priced_and_read_by_keys(sold: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    desk = Desk(sold, theme, qtbot, (1366, 768))

    desk.presenter.open(DRAFT)
    desk.press(Key.Key_Return)
    payers, said = desk.cells(), desk.sheet._said.text()
    desk.press(Key.Key_2)
    rules = desk.cells()
    desk.press(Key.Key_3)
    ages = desk.cells()
    desk.press(Key.Key_Escape)

    assert said == "2 meals: dearer for the diner 2, cheaper 0, the same 0"
    assert payers[1] == ("市民政局", "2", "2", "¥6.00", "¥8.00", "+¥2.00")
    assert rules[-1] == ("80岁以上", "0", "2", "¥0.00", "¥8.00", "+¥8.00")
    assert ages == [("80-89", "2", "2", "¥14.40", "¥16.00", "+¥1.60")]
    assert desk.strip.titles[0] == "Pricing 2026-10 under 明年的补贴"
    assert not desk.sheet.is_open


def test_without_a_sale_there_is_nothing_to_try_it_on(
    shut_till: Counter, theme: Theme, qtbot: QtBot, english: None
) -> None:
    desk = Desk(shut_till, theme, qtbot, (1366, 768))

    desk.presenter.open(DRAFT)

    assert desk.notes.said == ["Nothing was sold yet: there is no month to try it on."]
    assert not desk.sheet.is_open


def test_giving_up_is_said_and_shows_nothing(sold: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    desk = Desk(sold, theme, qtbot, (1366, 768))
    desk.presenter.open(DRAFT)
    desk.strip.shown = desk.presenter._work.give_up

    desk.press(Key.Key_Return)

    assert desk.notes.said == ["Given up: nothing was changed."]
    assert not desk.sheet.is_open


@pytest.mark.parametrize("size", [(1366, 600), (1920, 900)])
def test_everything_has_room(sold: Counter, theme: Theme, qtbot: QtBot, language: str, size: tuple[int, int]) -> None:
    desk = Desk(sold, theme, qtbot, size)
    faults = []

    desk.presenter.open(DRAFT)
    for _turn in range(2):
        checks = (geometry.clipped, geometry.overlapping, geometry.nameless)
        found = [fault for check in checks for fault in check(desk.sheet)]
        faults += [fault for fault in found if not fault.startswith("QHeaderView")]
        desk.press(Key.Key_Return)

    assert (faults, desk.sheet._table.titles_fit()) == ([], True)


def test_a_refusal_is_told(sold: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    desk = Desk(sold, theme, qtbot, (1366, 768))
    desk.presenter._actor = lambda: sold.cashier

    desk.presenter.open(DRAFT)

    assert (len(desk.notes.said), desk.sheet.is_open) == (1, False)
