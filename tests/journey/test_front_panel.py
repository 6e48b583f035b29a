"""The practice panel at hand: a key shows it over the till, and it never is in the way of a sale or of the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.journey.shop import Shop
from ui.head import PracticeStrip
from ui.practice.view import greeting


@pytest.fixture
def panel(shop: Shop) -> QWidget:
    panel = QWidget()
    shop.front.keep_at_hand(panel, greeting())
    return panel


def turn(shop: Shop) -> None:
    QTest.keyClick(shop.front.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)


def test_the_panel_waits_for_its_key_and_the_till_says_so(shop: Shop, panel: QWidget) -> None:
    hidden = panel.isVisible()
    said = shop.front.window.message

    turn(shop)
    shown = panel.isVisible()
    turn(shop)

    assert (hidden, shown, panel.isVisible()) == (False, True, False)
    assert (said, "2580" in said.title, "Ctrl+P" in said.todo) == (greeting(), True, True)


def test_the_strip_shows_the_panel_to_a_finger(shop: Shop, panel: QWidget) -> None:
    (strip,) = shop.front.window.findChildren(PracticeStrip)

    QTest.mouseClick(strip, Qt.MouseButton.LeftButton)

    assert panel.isVisible()


def test_esc_and_a_laid_card_lead_back_to_the_till(shop: Shop, panel: QWidget) -> None:
    turn(shop)
    shop.wait(panel.isActiveWindow)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    after_esc = panel.isVisible()
    turn(shop)

    shop.front.put_panel_away()

    assert (after_esc, panel.isVisible()) == (False, False)


def test_the_panel_belongs_to_the_tills_window_and_does_not_outlive_it(shop: Shop, panel: QWidget) -> None:
    # A window of a parent never counts as the last one, which keeps a program running.
    assert (panel.isWindow(), panel.parentWidget()) == (True, shop.front.window)
