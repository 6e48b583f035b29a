"""Members by keys and cards alone, from the enrolment to the pause, in the real window on a real file."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.journey.shop import Shop
from tests.pos.services.counter import PIN
from tests.ui.sale_world import LI_CARD, NEW_CARD, WANG_CARD
from ui.office.page import OfficePage
from ui.register.section import RegisterSection
from ui.sections import SECTIONS

ENTER, ESC, TAB, F2, F3, F4, F5, F6, F7, F8, F9 = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Tab,
    Qt.Key.Key_F2,
    Qt.Key.Key_F3,
    Qt.Key.Key_F4,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
)
MEMBERS = Qt.Key(Qt.Key.Key_1 + [section.name for section in SECTIONS].index("members"))


def control(shop: Shop, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or shop.front.window, key, Qt.KeyboardModifier.ControlModifier)
    shop.settle()


def section_of(shop: Shop) -> RegisterSection:
    office = shop.front.window.findChild(OfficePage)
    assert isinstance(office, OfficePage)
    section = office.view("members")
    assert isinstance(section, RegisterSection)
    return section


def shown_name(shop: Shop) -> str:
    return str(section_of(shop).page._name.text())


@pytest.fixture
def managing(shop: Shop) -> Shop:
    """The manager has signed in, opened the shift and turned to the members, all by keys."""
    shop.press(Qt.Key.Key_1)
    shop.type(PIN)
    shop.press(ENTER)
    shop.type("100")
    shop.press(ENTER)
    control(shop, Qt.Key.Key_O)
    control(shop, MEMBERS)
    return shop


def test_somebody_new_is_enrolled_with_a_card_and_eats_at_once(managing: Shop) -> None:
    managing.press(F3)
    managing.type("Sun Dahai")
    managing.swipe(NEW_CARD)
    managing.press(F9, ENTER)
    enrolled = shown_name(managing)

    managing.press(ESC, ESC)
    managing.swipe(NEW_CARD)

    assert enrolled == "Sun Dahai"
    assert managing.sale.diner is not None
    assert managing.sale.diner.member.name == "Sun Dahai"


def test_a_double_is_opened_instead_of_being_enrolled_twice(managing: Shop) -> None:
    managing.press(F3)
    managing.type("Wang")
    managing.press(TAB)
    managing.type("13800001234")
    managing.press(F9)
    before = managing.rows("SELECT count(*) FROM members")

    managing.press(ENTER)

    assert (shown_name(managing), managing.rows("SELECT count(*) FROM members")) == ("王桂英", before)


def test_a_cashier_stops_a_lost_card_in_two_keys_and_it_is_refused(selling: Shop) -> None:
    selling.press(F2)
    selling.type("wang")
    selling.press(F4, ENTER)
    told = selling.front.window.message.title
    selling.press(ESC)

    selling.swipe(WANG_CARD)

    assert told == "卡已挂失：王桂英，尾号 6634"
    assert "王桂英" in selling.front.window.message.title
    assert selling.rows("SELECT state FROM cards WHERE uid = '01026F6C3A'") == [("lost",)]


def test_a_replaced_card_is_refused_and_the_new_one_has_the_balance(managing: Shop) -> None:
    managing.swipe(WANG_CARD)
    managing.press(F6, Qt.Key.Key_3)
    managing.swipe(NEW_CARD)
    managing.press(ENTER)
    managing.press(ESC, ESC)

    managing.swipe(WANG_CARD)
    refused = managing.front.window.message.title
    managing.swipe(NEW_CARD)

    assert "王桂英" in refused
    assert managing.sale.diner is not None
    assert managing.sale.diner.wallet.spendable == 17_280


def test_whoever_is_in_hospital_is_refused_until_they_are_back(managing: Shop) -> None:
    managing.swipe(WANG_CARD)
    managing.press(F8, Qt.Key.Key_1, ENTER)
    managing.press(ESC, ESC)
    managing.swipe(WANG_CARD)
    refused = managing.front.window.message.title
    control(managing, Qt.Key.Key_O)
    managing.swipe(WANG_CARD)
    managing.press(F8, Qt.Key.Key_4, ESC, ESC)

    managing.swipe(WANG_CARD)

    assert "王桂英" in refused
    assert managing.sale.diner is not None
    assert managing.sale.diner.member.name == "王桂英"


def test_a_statement_is_shown_and_printed(managing: Shop) -> None:
    managing.swipe(WANG_CARD)

    managing.press(F7, Qt.Key.Key_2)

    (paper,) = managing.papers(1)
    assert any("172.80" in line for line in paper.rows)


def test_a_refund_goes_to_an_account_after_it_was_seen_lot_by_lot_and_prints_a_slip(managing: Shop) -> None:
    managing.swipe(WANG_CARD)
    managing.press(F7, Qt.Key.Key_4, TAB, TAB)
    managing.type("moves away")
    managing.press(TAB, TAB)
    managing.type("1234")
    before = managing.wallet("王桂英")

    managing.press(ENTER)

    (paper,) = managing.papers(1)
    assert (before, managing.wallet("王桂英")) == (17_280, 0)
    assert any("172.80" in line for line in paper.rows)


def test_money_is_handed_on_to_whoever_lays_the_card_on_the_reader(managing: Shop) -> None:
    managing.swipe(WANG_CARD)
    managing.press(F7, Qt.Key.Key_5)
    managing.swipe(LI_CARD)
    managing.type("50")
    managing.press(TAB)
    managing.type("they share a table")

    managing.press(ENTER)

    assert (managing.wallet("王桂英"), managing.wallet("李建国")) == (12_280, 23_000)


def test_an_account_is_closed_and_then_the_person_is_forgotten(managing: Shop) -> None:
    managing.swipe(LI_CARD)
    managing.press(F5, Qt.Key.Key_6)
    refused = managing.front.window.message.title
    managing.press(F7, Qt.Key.Key_6, TAB)
    managing.type("moves away")
    managing.press(TAB, TAB)
    managing.type("1234")
    managing.press(ENTER)
    closed = managing.rows("SELECT count(*) FROM cards WHERE state = 'active' AND uid = '01026F6C3B'")

    managing.press(F5, Qt.Key.Key_6, Qt.Key.Key_Space, ENTER)

    assert "李建国" in refused
    assert (closed, managing.rows("SELECT count(*) FROM members WHERE name = '李建国'")) == ([(0,)], [(0,)])


def test_a_number_in_clear_is_asked_for_with_a_reason_and_gone_with_the_page(managing: Shop) -> None:
    managing.press(F3)
    managing.type("Sun Dahai")
    managing.press(TAB, TAB, TAB)
    managing.type("999999196002290028")
    managing.press(F9, ENTER, Qt.Key.Key_3)
    managing.type("the bank asks")
    managing.press(ENTER)
    shown = any("999999 19600229 0028" in words for words in managing.words)

    managing.press(ESC)

    assert (shown, any("999999 1960" in words for words in managing.words)) == (True, False)
    assert managing.rows("SELECT reason FROM reveals") == [("the bank asks",)]
