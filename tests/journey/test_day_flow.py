"""A day through the window, by keys and swipes: booked the evening before, fetched, brought, looked for, closed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.clock import CHINA
from pos.domain.menu import Meal
from pos.domain.pricing import Tender, Way
from pos.domain.routes import Route
from pos.domain.standing_orders import StandingOrder
from pos.domain.stop_codes import read_stop_code
from pos.services.accounts import TopUpOrder
from pos.services.routes import Routes
from pos.services.standing_orders import StandingOrders
from tests.journey.shop import Shop
from tests.journey.test_office_lists import go, office
from tests.pos.services.counter import MONDAY, PIN, Counter
from tests.receipts.pdf import pictures_of, words_of
from tests.ui.sale_world import LI_CARD, WANG_CARD
from ui.office.page import OfficePage
from ui.sign_up_lists.sheet import SignUpSheet
from ui.widgets.table import Table as Lines

__all__ = ["office"]

OWED_BEFORE = 300
"""What the city owes for Wang's meal of Sunday."""
TUESDAY = MONDAY + timedelta(days=1)
CHAT = """#接龙 明天午餐 🍚
1. 孙秀珍 １份
2. 赵小满 要两三份吧
3. 钱多多 +1"""
"""Known, doubtful, unknown."""
ENTER, ESC, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space
DOWN, RIGHT = Qt.Key.Key_Down, Qt.Key.Key_Right
F1, F3, F6, F7, F8, F9 = (Qt.Key(Qt.Key.Key_F1 + number - 1) for number in (1, 3, 6, 7, 8, 9))


def reservations(shop: Shop) -> list[tuple[str, str, str]]:
    """Everybody's reservations for Tuesday: who, how, what became of it."""
    return shop.rows(
        "SELECT name, way, state FROM reservations JOIN members ON members.id = member_id "
        "WHERE day = '2026-11-24' ORDER BY reservations.seq"
    )


def ledger(shop: Shop) -> list[tuple[str, str, str, int]]:
    """What the entries of the evening and the noon moved: the day, the kind, whose or which account, by how much (fen)."""
    return shop.rows(
        "SELECT substr(entries.business_date, 9), kind, ifnull(name || ' ', '') || account, sum(amount) "
        "FROM entries JOIN postings ON entry_id = entries.id LEFT JOIN members ON members.id = member_id "
        "WHERE entries.business_date >= '2026-11-23' AND kind IN ('hold', 'release', 'sale') "
        "GROUP BY entry_id, account, member_id ORDER BY entries.rowid, amount, account"
    )


def held(day: str, kind: str, name: str, fen: int) -> list[tuple[str, str, str, int]]:
    """How so much of somebody's principal is set aside; less than nothing gives it back."""
    return sorted(
        [(day, kind, f"{name} held", -fen), (day, kind, f"{name} principal", fen)], key=lambda moved: moved[3]
    )


def with_control(shop: Shop, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or shop.front.window, key, Qt.KeyboardModifier.ControlModifier)
    shop.settle()


def turn_to(shop: Shop, office: OfficePage, section: str) -> None:
    office.show_section(section)
    shop.settle()


def test_a_day_is_booked_cooked_carried_fetched_and_closed(
    shop: Shop, office: OfficePage, counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = iter((tmp_path / "roster.pdf", tmp_path / "labels.pdf"))
    monkeypatch.setattr("ui.routes.view.ask_save", lambda *_asked: next(files))
    monkeypatch.setattr("ui.routes.view.show_file", lambda _path: None)
    li, wang = (counter.checkout.identify(card).member.id for card in (LI_CARD, WANG_CARD))
    sun = counter.enrol("孙秀珍", date(1950, 7, 8)).id
    counter.top_ups.top_up(counter.manager, TopUpOrder("sun", sun, Tender.CASH, 5_000, given=5_000))
    order = StandingOrder("order", li, frozenset({1}), Meal.LUNCH, Way.DINE_IN, MONDAY)
    StandingOrders(counter.stores, counter.clock, "A").add(counter.manager, order)
    routes = Routes(counter.stores, counter.clock)
    routes.settle(counter.manager, wang, routes.save(counter.manager, Route("", "东区")).id)

    # The evening before: a swipe and keys for Wang, to be brought; the standing orders by the office; a list of the chat.
    shop.press(ESC)
    shop.swipe(WANG_CARD)
    shop.press(F3, F7, F7, ENTER)
    with_control(shop, Qt.Key.Key_O)
    turn_to(shop, office, "reservations")
    go(shop, F6, ENTER, ESC)
    QApplication.clipboard().setText(CHAT)
    go(shop, F7)
    with_control(shop, Qt.Key.Key_V)
    go(shop, F9)
    pasted = [line.cells for line in office.findChildren(SignUpSheet)[0].findChildren(Lines)[0].lines]
    go(shop, DOWN, SPACE, F9, ESC, ESC)
    evening = reservations(shop)
    turn_to(shop, office, "kitchen")
    go(shop, F7)
    shop.wait(lambda: any("备餐单" in paper.rows for paper in shop.roll.papers))
    cooked = shop.papers(1)[-1].rows
    turn_to(shop, office, "routes")
    go(shop, RIGHT, F8)
    go(shop, F9, ENTER)
    with counter.stores.read() as store:
        mark = store.canteen.mark()
    (carried,) = words_of((tmp_path / "roster.pdf").read_bytes())
    (labels,) = pictures_of((tmp_path / "labels.pdf").read_bytes(), tmp_path, dpi=150)

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
    with_control(shop, Qt.Key.Key_O)
    turn_to(shop, office, "deliveries")
    shop.type("4")
    go(shop, ENTER)
    go(shop, F9, ENTER)
    stays_open = shop.rows("SELECT count(*) FROM day_closes")
    counter.clock.set(datetime.combine(TUESDAY, time(14, 30), tzinfo=CHINA))
    # Called, called the family; then down the ladder to "found well".
    go(shop, F3, ENTER, ENTER, DOWN, DOWN, ENTER)
    go(shop, F9, ENTER)

    assert pasted == [
        ("", "2. 赵小满 要两三份吧", "赵小满 *9999", "3", "堂食", "不止一个名字"),
        ("", "3. 钱多多 +1", "查无此人", "", "", ""),
        ("√", "1. 孙秀珍 １份", "孙秀珍", "1", "堂食", ""),
    ]
    assert evening == [
        ("王桂英", "delivery", "booked"),
        ("李建国", "dine_in", "booked"),
        ("孙秀珍", "dine_in", "booked"),
    ]
    assert {"备餐单", "11-24 周二 午餐", "要做 3 份", "堂食 2", "送餐 1"} <= set(cooked)
    assert "王桂英" in carried
    assert any("2026-11-24" in line for line in carried)
    (stop,) = shop.rows("SELECT id FROM reservations WHERE way = 'delivery'")
    assert [read_stop_code(code.text, mark) for code in zxingcpp.read_barcodes(labels.convert("L"))] == list(
        stop
    )
    assert stays_open == [(0,)], "no day is closed while somebody is looked for"
    assert shop.rows("SELECT step FROM case_steps ORDER BY rowid") == [
        ("called",),
        ("called_family",),
        ("found_well",),
    ]
    assert shop.rows("SELECT day FROM day_closes") == [("2026-11-24",)]
    # Every fen: Li paid his meal as it was agreed, the others have all of theirs back, and nobody's subsidy is owed for it.
    assert reservations(shop) == [
        ("王桂英", "delivery", "missed"),
        ("李建国", "dine_in", "served"),
        ("孙秀珍", "dine_in", "missed"),
    ]
    assert ledger(shop) == [
        *held("23", "hold", "王桂英", 720),
        *held("23", "hold", "李建国", 1_080),
        *held("23", "hold", "孙秀珍", 1_080),
        *held("24", "release", "李建国", -1_080),
        ("24", "sale", "revenue:set_meal", -1_200),
        ("24", "sale", "canteen_discount", 120),
        ("24", "sale", "李建国 principal", 1_080),
        *held("24", "release", "王桂英", -720),
        *held("24", "release", "孙秀珍", -1_080),
    ]
    assert shop.rows("SELECT member_name, tender, due FROM sales WHERE business_date = '2026-11-24'") == [
        ("李建国", "card", 1_080)
    ]
    assert shop.rows("SELECT sum(held) FROM wallets") == [(0,)]
    assert [shop.wallet(name) for name in ("王桂英", "李建国", "孙秀珍")] == [17_280, 18_000 - 1_080, 5_000]
    assert counter.balance("receivable:city") == OWED_BEFORE
