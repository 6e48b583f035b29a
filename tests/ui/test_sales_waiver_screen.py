"""Waiving at the sale screen: F4, a reason, Enter, and Enter pays the rest; for managers alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.errors import NotPermitted
from pos.domain.pricing import Waiver
from tests.pos.services.counter import Counter as Till
from tests.ui.immediate import ImmediateLane
from tests.ui.sale_world import LI_CARD, WANG_CARD, World, world_at
from tests.ui.test_sales_view import Screen, screen_at
from ui.sales.counter import Stage
from ui.theme import Theme

pytest_plugins = ("tests.ui.sale_fixtures",)


@pytest.fixture
def managed(till: Till) -> World:
    """The manager is signed in."""
    return world_at(replace(till, cashier=till.manager), ImmediateLane())


def test_a_manager_waives_and_the_next_key_pays_the_rest(managed: World) -> None:
    managed.presenter.card_read(WANG_CARD)
    managed.presenter.ask_waiver()
    managed.presenter.waive("菜凉了", 300)
    shown = managed.now.bill and managed.now.bill.due

    managed.presenter.enter()

    assert managed.face.asked == [("waiver", 720)]
    assert shown == 420
    assert managed.sales_today() == [("王桂英", "card", 420)]


def test_a_cashier_is_refused_and_the_bill_stays(world: World) -> None:
    world.presenter.card_read(WANG_CARD)

    world.presenter.ask_waiver()

    assert isinstance(world.now.refused, NotPermitted)
    assert (world.face.asked, world.now.stage, world.now.waiver) == ([], Stage.CHOOSING, None)


def test_another_dish_takes_the_waiver_back(managed: World) -> None:
    managed.presenter.card_read(WANG_CARD)
    managed.presenter.ask_waiver()
    managed.presenter.waive("菜凉了", None)
    before = managed.now.waiver

    managed.presenter.choose("rice")

    assert (before, managed.now.waiver) == (Waiver("菜凉了"), None)


def test_the_next_diner_is_not_let_off(managed: World) -> None:
    managed.presenter.card_read(WANG_CARD)
    managed.presenter.ask_waiver()
    managed.presenter.waive("菜凉了", None)
    managed.presenter.enter()

    managed.presenter.card_read(LI_CARD)

    assert managed.now.waiver is None


def test_put_away_waives_nothing(managed: World) -> None:
    managed.presenter.card_read(WANG_CARD)
    managed.presenter.ask_waiver()

    managed.presenter.put_away()

    assert (managed.now.stage, managed.now.waiver, managed.now.bill and managed.now.bill.due) == (Stage.CHOOSING, None, 720)


@pytest.fixture
def screen(till: Till, theme: Theme, qtbot: QtBot) -> Screen:
    return screen_at(till, theme, qtbot)


def test_by_keys_alone(screen: Screen, till: Till) -> None:
    screen.counter.sale.card_read(WANG_CARD)

    screen.press(Qt.Key.Key_F4, "cold soup", Qt.Key.Key_Tab, "3", Qt.Key.Key_Return)
    shown = screen.now.bill and screen.now.bill.due
    screen.press(Qt.Key.Key_Return)

    assert (shown, screen.sales_today()) == (420, [("王桂英", "card", 420)])


def test_a_reason_is_asked_for_and_an_amount_must_be_one(screen: Screen) -> None:
    screen.counter.sale.card_read(WANG_CARD)
    sheet = screen.counter.page.waiver

    screen.press(Qt.Key.Key_F4, Qt.Key.Key_Return)
    no_reason = sheet.why.complaint
    screen.press("cold soup", Qt.Key.Key_Tab, "x", Qt.Key.Key_Return)

    assert no_reason
    assert sheet.amount.complaint
    assert screen.now.stage is Stage.PAYING
