"""The office by its keys: who gets in, what the journal tells, and the way back to the counter."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.cases import Case, CaseKind
from pos.domain.menu import Meal
from pos.services.cases import Cases
from tests.journey.shop import Shop
from tests.pos.services.counter import PIN
from tests.ui.sale_world import WANG_CARD
from ui.desk.view import Deed
from ui.lights import Light
from ui.office.page import OfficePage
from ui.sections import SECTIONS
from ui.widgets.table import Table

ENTER, ESC, F1, F6, F8, F9 = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F1,
    Qt.Key.Key_F6,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
)
SET_MEAL, OFFICE, SIGN_OUT = Qt.Key.Key_1, Qt.Key.Key_0, Qt.Key(Qt.Key.Key_1 + list(Deed).index(Deed.SIGN_OUT))


def control_o(shop: Shop) -> None:
    QTest.keyClick(QApplication.focusWidget() or shop.front.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    shop.settle()


def office_of(shop: Shop) -> OfficePage:
    found = shop.front.window.findChild(OfficePage)
    assert isinstance(found, OfficePage)
    return found


def open_section(shop: Shop) -> str:
    section = office_of(shop)._open
    assert section is not None
    return section.name


def turned(shop: Shop, *keys: Qt.Key) -> str:
    """The section after keys that are pressed together with Ctrl."""
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or shop.front.window, key, Qt.KeyboardModifier.ControlModifier)
        shop.settle()
    return open_section(shop)


def journal_of(shop: Shop) -> list[tuple[str, ...]]:
    table = office_of(shop).view("journal").findChild(Table)
    assert isinstance(table, Table)
    return [line.cells[2:] for line in table.lines]


def test_the_office_shows_the_shifts_sales_and_enter_prints_the_marked_ones_receipt_again(selling: Shop) -> None:
    selling.press(SET_MEAL, ENTER, F9, ENTER)

    control_o(selling)
    journal = journal_of(selling)
    selling.press(ENTER)
    selling.wait(lambda: any("补打" in line for paper in selling.roll.papers for line in paper.rows))
    selling.press(ESC)

    ((_guest, _dishes, listed, paid, _tender, state),) = journal
    assert (listed, paid, state) == ("¥12.00", "¥12.00", "")
    assert selling.front.window.page == "sale"


def test_an_undone_sale_stays_in_the_journal_and_says_so(selling: Shop) -> None:
    selling.press(SET_MEAL, ENTER, F9, ENTER, F8, ENTER)

    selling.press(F1, OFFICE)

    assert [cells[-1] for cells in journal_of(selling)] == ["已撤销"]


def test_the_key_of_the_office_leads_back_and_the_open_bill_is_gone(selling: Shop) -> None:
    selling.press(SET_MEAL)

    control_o(selling)
    control_o(selling)

    assert (selling.front.window.page, selling.sale.tray.portions) == ("sale", ())


def test_nobody_opens_the_office_from_the_sign_in(selling: Shop) -> None:
    selling.press(F1, SIGN_OUT)

    control_o(selling)

    assert selling.front.window.page == "sign_in"


def test_ctrl_with_an_arrow_a_page_key_or_a_number_leads_from_every_section_to_every_section(selling: Shop) -> None:
    selling.press(F1, SIGN_OUT, Qt.Key.Key_1)
    selling.type(PIN)
    selling.press(ENTER)
    size = selling.front.window.size()

    control_o(selling)
    down = [open_section(selling), *(turned(selling, Qt.Key.Key_Down) for _section in SECTIONS[1:])]
    up = [open_section(selling), *(turned(selling, Qt.Key.Key_PageUp) for _section in SECTIONS[1:])]
    first = [turned(selling, Qt.Key(Qt.Key.Key_1 + at)) for at in range(9)]
    later = [turned(selling, Qt.Key.Key_0, Qt.Key(Qt.Key.Key_1 + at)) for at in range(len(SECTIONS) - 9)]
    again = turned(selling, Qt.Key.Key_1)

    names = [section.name for section in SECTIONS]
    assert (down, up[::-1], first + later, again) == (names, names, names, names[0])
    assert selling.front.window.size() == size


def test_the_foot_tells_the_keys_of_a_sheet_while_it_lies_on_the_page(selling: Shop) -> None:
    foot = selling.front.window._hints
    selling.swipe(WANG_CARD)
    before = foot.accessibleName()

    selling.press(F6)
    sheet = foot.accessibleName()
    selling.press(ESC)

    assert "F10 微信、支付宝、银行" in sheet
    assert "F7 自取" in before, "on the sheet F7 is somebody else's money"
    assert "F7" not in sheet
    assert foot.accessibleName() == before


def test_who_is_looked_for_is_told_by_a_lamp_on_every_page(selling: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case("case", "wang", "王秀英", "stop", date(2026, 11, 23), Meal.LUNCH, CaseKind.NO_ANSWER, 0, "boss", "周敏")
    found: list[Case] = [case]
    monkeypatch.setattr(Cases, "watch", lambda _self, _actor: tuple(found))
    lamp = selling.front.window._head._lamps[Light.CASES]
    before = lamp.isVisible()

    selling.front.till._watch()
    selling.wait(lamp.isVisible)
    control_o(selling)
    in_the_office = lamp.isVisible()
    found.clear()
    selling.front.till._watch()
    selling.wait(lambda: not lamp.isVisible())

    assert (before, in_the_office) == (False, True)
