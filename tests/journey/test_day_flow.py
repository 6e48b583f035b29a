"""A day through the window, by keys and swipes: booked the evening before, fetched, brought, looked for, closed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.clock import CHINA
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.routes import Route
from pos.domain.standing_orders import StandingOrder
from pos.services.routes import Routes
from pos.services.standing_orders import StandingOrders
from tests.journey.shop import Shop
from tests.journey.test_office_lists import go, office
from tests.pos.services.counter import MONDAY, PIN, Counter
from tests.receipts.pdf import words_of
from tests.ui.sale_world import LI_CARD, WANG_CARD
from ui.office.page import OfficePage

__all__ = ["office"]

OWED_BEFORE = 300
"""What the city owes for Wang's meal of Sunday."""
TUESDAY = MONDAY + timedelta(days=1)
ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
F1, F3, F6, F7, F8, F9 = (Qt.Key(Qt.Key.Key_F1 + number - 1) for number in (1, 3, 6, 7, 8, 9))


def reservations(shop: Shop) -> list[tuple[str, str, str]]:
    """Everybody's reservations for Tuesday: who, how, what became of it."""
    return shop.rows(
        "SELECT name, way, state FROM reservations JOIN members ON members.id = member_id "
        "WHERE day = '2026-11-24' ORDER BY reservations.seq"
    )


def to_office(shop: Shop) -> None:
    QTest.keyClick(shop.front.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    shop.settle()


def test_a_day_is_booked_cooked_carried_fetched_and_closed(
    shop: Shop, office: OfficePage, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = tmp_path / "roster.pdf"
    monkeypatch.setattr("ui.routes.view.ask_save", lambda *_asked: roster)
    monkeypatch.setattr("ui.routes.view.show_file", lambda _path: None)
    li, wang = (counter.checkout.identify(card).member.id for card in (LI_CARD, WANG_CARD))
    order = StandingOrder("order", li, frozenset({1}), Meal.LUNCH, Way.DINE_IN, MONDAY)
    StandingOrders(counter.stores, counter.clock, "A").add(counter.manager, order)
    routes = Routes(counter.stores, counter.clock)
    routes.settle(counter.manager, wang, routes.save(counter.manager, Route("", "东区")).id)

    # The evening before: a swipe and keys for Wang, to be brought; the standing orders by the office; the kitchen's roll.
    shop.press(ESC)
    shop.swipe(WANG_CARD)
    shop.press(F3, F7, F7, ENTER)
    to_office(shop)
    office.show_section("reservations")
    shop.settle()
    go(shop, F6, ENTER, ESC)
    evening = reservations(shop)
    office.show_section("kitchen")
    shop.settle()
    go(shop, F7)
    cooked = shop.papers(2)[-1].rows
    office.show_section("routes")
    shop.settle()
    go(shop, Qt.Key.Key_Right, F8)
    shop.wait(roster.exists)
    carried = words_of(roster.read_bytes())

    # The next noon.
    shop.press(ESC)
    counter.shifts.close(counter.manager, counter.balance("drawer:A"))
    shop.press(F1, Qt.Key.Key_9)
    counter.clock.set(datetime.combine(TUESDAY, time(11, 30), tzinfo=CHINA))
    shop.press(Qt.Key.Key_1)
    shop.type(PIN)
    shop.press(ENTER)
    shop.type("100")
    shop.press(ENTER)
    shop.swipe(LI_CARD)
    shop.press(ENTER)
    to_office(shop)
    office.show_section("deliveries")
    shop.settle()
    shop.type("4")
    go(shop, ENTER)
    go(shop, F9, ENTER)
    stays_open = shop.rows("SELECT count(*) FROM day_closes")
    counter.clock.set(datetime.combine(TUESDAY, time(14, 30), tzinfo=CHINA))
    # Called, called the family; then down the ladder to "found well".
    go(shop, F3, ENTER, ENTER, DOWN, DOWN, ENTER)
    go(shop, F9, ENTER)

    assert evening == [("王桂英", "delivery", "booked"), ("李建国", "dine_in", "booked")]
    assert {"备餐单", "11-24 周二 午餐", "要做 2 份", "送餐 1"} <= set(cooked)
    assert "王桂英" in carried[0]
    assert any("2026-11-24" in line for line in carried[0])
    assert stays_open == [(0,)], "no day is closed while somebody is looked for"
    assert shop.rows("SELECT step FROM case_steps ORDER BY rowid") == [("called",), ("called_family",), ("found_well",)]
    assert shop.rows("SELECT day FROM day_closes") == [("2026-11-24",)]
    # Every fen: Li paid his meal as it was agreed, Wang has all of hers back, and nobody's subsidy is owed for it.
    assert reservations(shop) == [("王桂英", "delivery", "missed"), ("李建国", "dine_in", "served")]
    assert shop.rows("SELECT member_name, tender, due FROM sales WHERE business_date = '2026-11-24'") == [("李建国", "card", 1_080)]
    assert shop.rows("SELECT sum(held) FROM wallets") == [(0,)]
    assert (shop.wallet("王桂英"), shop.wallet("李建国")) == (17_280, 18_000 - 1_080)
    assert counter.balance("receivable:city") == OWED_BEFORE
