"""The sale screen by its keys alone, with the real use cases behind it; and that everything on it has room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos import i18n
from pos.domain.cards import CardUid
from pos.domain.menu import Meal
from pos.services.cards import Cards
from pos.services.lending import Lending
from pos.services.menu import Menus
from pos.services.pick_up import PickUp
from pos.services.reservations import Reservations
from tests.pos.services.counter import MEAT, MONDAY, SET_MEAL, rows_of
from tests.pos.services.counter import Counter as Till
from tests.pos.services.set_meals import FIRST, offer_choices
from tests.ui import geometry
from tests.ui.immediate import ImmediateLane
from tests.ui.sale_world import LI_CARD, NEW_CARD, POOR_CARD, WANG_CARD, Strip, longer_menu
from ui.counter import CounterScreen
from ui.sales.counter import Counter, Stage
from ui.theme import Theme
from ui.widgets.tile import Tile

pytest_plugins = ("tests.ui.sale_fixtures",)

PAGES = {(1024, 768): (1024, 590), (1366, 768): (1366, 590), (1920, 1080): (1920, 848)}
"""What a screen leaves to a page, the practice strip shown."""

Key = Qt.Key


@dataclass
class Screen:
    """The screen and the fingers on its keys."""

    till: Till
    strip: Strip
    counter: CounterScreen

    @property
    def now(self) -> Counter:
        return self.counter.page.counter

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            focused = QApplication.focusWidget()
            assert focused is not None, "somebody has the focus"
            if isinstance(key, str):
                QTest.keyClicks(focused, key)
            else:
                QTest.keyClick(focused, key)

    def sales_today(self) -> list[tuple[str, str, int]]:
        statement = "SELECT member_name, tender, due FROM sales WHERE business_date = '2026-11-23' ORDER BY rowid"
        return rows_of(self.till.file, statement)


def screen_at(till: Till, theme: Theme, qtbot: QtBot, size: tuple[int, int] = (1366, 590)) -> Screen:
    strip = Strip()
    counter = CounterScreen(
        theme, strip, ImmediateLane(), lambda: till.manager, till.checkout, till.top_ups, till.members,
        Cards(till.stores, till.clock, "A"), Lending(till.stores, till.clock, "A"),
        Reservations(till.stores, till.clock, "A"), PickUp(till.stores, till.clock, "A"),
    )  # fmt: skip
    qtbot.addWidget(counter.page)
    counter.page.resize(*size)
    counter.page.show()
    counter.page.activateWindow()
    assert QTest.qWaitForWindowActive(counter.page)
    counter.sale.refresh()
    return Screen(till, strip, counter)


@pytest.fixture
def screen(till: Till, theme: Theme, qtbot: QtBot) -> Screen:
    return screen_at(till, theme, qtbot)


def test_one_swipe_and_one_key_charge_the_usual_meal(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_Return)

    assert (screen.now.stage, screen.sales_today()) == (Stage.PAID, [("王桂英", "card", 720)])


def test_swipe_number_enter(screen: Screen) -> None:
    screen.counter.card_read(LI_CARD)
    screen.press("2", "3", Key.Key_Plus, Key.Key_Up, Key.Key_Minus, Key.Key_Return)

    assert (screen.now.stage, screen.sales_today()) == (Stage.PAID, [("李建国", "card", 180)])


def test_a_set_meal_is_chosen_by_keys_and_its_dishes_stand_on_the_bill(screen: Screen) -> None:
    offer_choices(screen.till)
    screen.counter.sale.refresh()
    screen.counter.card_read(LI_CARD)
    screen.press("1")
    sheet = screen.counter.page.set_meal
    asked = sheet.is_open
    screen.press("3", Key.Key_Return)
    on_the_bill = [name for item in screen.now.bill.basket for _id, name in item.chosen] if screen.now.bill else []
    screen.press("/", "4", Key.Key_Return, Key.Key_Return)

    assert (asked, sheet.is_open, on_the_bill) == (True, False, ["清蒸鲈鱼", "番茄牛腩", "米饭", "例汤"])
    assert screen.sales_today() == [("李建国", "card", 1_080)]
    assert screen.now.done
    assert [name for _id, name in screen.now.done.bill.basket[0].chosen] == ["番茄牛腩", "香菇滑鸡", "米饭", "例汤"]


def test_enter_alone_takes_a_set_meal_as_it_is_laid_out_and_esc_leaves_it(screen: Screen) -> None:
    offer_choices(screen.till)
    screen.counter.sale.refresh()
    screen.counter.card_read(LI_CARD)
    screen.press("1", Key.Key_Escape)
    left = screen.now.tray.portions
    screen.press("1", Key.Key_Return)

    assert (left, screen.now.tray.portions) == ((), (("set", 1),))
    assert screen.now.bill
    assert [name for _id, name in screen.now.bill.basket[0].chosen] == list(FIRST)


def test_a_set_meal_that_lacks_a_dish_is_not_taken_and_says_what_is_missing(screen: Screen, english: None) -> None:
    offer_choices(screen.till)
    screen.counter.sale.refresh()
    screen.press("1", "1", Key.Key_Return)
    sheet = screen.counter.page.set_meal

    assert (sheet.is_open, sheet._missing.text(), screen.now.tray.portions) == (True, "Meat: 1 dish is missing", ())


def test_a_dish_with_a_picture_shows_it_and_one_that_is_no_picture_does_not(screen: Screen, tmp_path: Path) -> None:
    menus, till = Menus(screen.till.stores, screen.till.clock), screen.till
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(tmp_path / "red.jpg"))
    menus.picture(till.manager, "meat", (tmp_path / "red.jpg").read_bytes())
    menus.picture(till.manager, "rice", b"no picture")

    screen.counter.sale.refresh()

    tiles = [tile.grab().toImage() for tile in screen.counter.page.menu._tiles[:4]]
    reds = [tile.pixelColor(tile.width() - 30, tile.height() - 40).red() > 200 for tile in tiles]
    plain = [tile.pixelColor(tile.width() - 30, tile.height() - 40).green() > 200 for tile in tiles]
    assert (reds[1], plain) == (True, [True, False, True, True])


def test_a_dish_says_how_many_are_left_and_the_sold_out_one_is_refused_before_it_is_on_the_bill(screen: Screen, english: None) -> None:
    with screen.till.stores.write() as store:
        store.menu.set_menu(MONDAY, Meal.LUNCH, (replace(SET_MEAL, capacity=3), replace(MEAT, capacity=1)))
    screen.counter.sale.refresh()
    tiles = [tile for tile in screen.counter.page.findChildren(Tile) if tile.isVisible()]
    before = [tile.accessibleName() for tile in tiles]

    screen.press("2", Key.Key_F9, Key.Key_F9, Key.Key_Return, "2")

    assert before == ["一荤两素套餐 ¥12.00, 3 left, key 1", "红烧肉 ¥8.00, 1 left, key 2"]
    assert [tile.accessibleName() for tile in tiles] == [before[0], "红烧肉 ¥8.00, sold out, key 2"]
    assert screen.now.tray.portions == ()
    assert screen.strip.message
    assert screen.strip.message.title == "红烧肉 is sold out."


def test_M1_enter_again_and_again_is_one_sale(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(*[Key.Key_Return] * 5)

    assert screen.sales_today() == [("王桂英", "card", 720)]


def test_a_walk_in_pays_cash_by_keys_alone(screen: Screen) -> None:
    screen.press("1", Key.Key_Return)
    screen.press(Key.Key_Return, Key.Key_Return)
    untouched = screen.sales_today()
    screen.press("20", Key.Key_Return)

    assert (untouched, screen.sales_today()) == ([], [("", "cash", 1_200)])


def test_f9_in_the_cash_sheet_gives_exactly_what_is_due(screen: Screen) -> None:
    screen.press("1", Key.Key_F9, Key.Key_F9, Key.Key_Return)

    assert screen.now.done
    assert (screen.now.done.change, screen.sales_today()) == (0, [("", "cash", 1_200)])


def test_a_payment_code_and_its_own_enter_charge_nothing(screen: Screen) -> None:
    screen.press("1", Key.Key_F10, "134567890123456789", Key.Key_Return)
    after_the_scanner = screen.sales_today()
    screen.press(Key.Key_F10, Key.Key_Return)

    assert after_the_scanner == []
    assert screen.now.done
    assert (screen.now.done.payment.tender, screen.now.done.payment.reference) == ("alipay", "6789")


def test_top_up_by_keys_and_back_to_the_bill_that_was_too_dear(screen: Screen) -> None:
    screen.counter.card_read(POOR_CARD)
    screen.press("1", Key.Key_Return, Key.Key_F6, "200", Key.Key_Return)
    booked = screen.till.checkout.identify(POOR_CARD).wallet.spendable
    screen.press(Key.Key_Return, Key.Key_Return)

    assert (booked, screen.sales_today()) == (500 + 22_000, [("赵小满", "card", 1_200)])


def test_a_diner_without_a_card_is_found_by_initials(screen: Screen) -> None:
    screen.press(Key.Key_F2, "wgy", Key.Key_Return, Key.Key_Return)

    assert screen.sales_today() == [("王桂英", "card", 720)]


def test_somebody_new_is_enrolled_by_keys_and_a_swipe(screen: Screen) -> None:
    screen.press(Key.Key_F2, Key.Key_F3, "Zhao", Key.Key_Tab, "19380512")
    screen.counter.card_read(NEW_CARD)
    screen.press(Key.Key_Return)

    assert screen.now.diner
    assert (screen.now.diner.member.name, screen.now.diner.age) == ("Zhao", 88)


def test_somebody_who_is_a_member_already_is_taken_by_keys(screen: Screen) -> None:
    screen.press(Key.Key_F2, Key.Key_F3, "Wang", Key.Key_Tab, Key.Key_Tab, "13800001234", Key.Key_Return)
    still = screen.now.diner
    screen.press(Key.Key_Down, Key.Key_Up, Key.Key_Return)

    assert still is None
    assert screen.now.diner
    assert (screen.now.diner.member.name, screen.till.count("members")) == ("王桂英", 3)


def test_somebody_new_is_enrolled_by_f9_though_the_telephone_is_known(screen: Screen) -> None:
    screen.press(Key.Key_F2, Key.Key_F3, "Wang", Key.Key_Tab, Key.Key_Tab, "13800001234", Key.Key_Return, Key.Key_F9)

    assert screen.now.diner
    assert (screen.now.diner.member.name, screen.till.count("members")) == ("Wang", 4)


def test_taking_back_needs_two_different_keys(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_Return, Key.Key_F8, Key.Key_F8)
    still = screen.now.stage
    screen.press(Key.Key_Return, Key.Key_Return)

    assert (still, screen.now.stage, screen.till.balance("revenue:set_meal")) == (Stage.PAID, Stage.UNDONE, -1_200)


def test_M4_a_second_meal_is_charged_by_f5_alone(screen: Screen) -> None:
    screen.counter.card_read(WANG_CARD)
    screen.press(Key.Key_Return)
    screen.counter.card_read(WANG_CARD)
    screen.press("1", Key.Key_Return, Key.Key_Return)
    before = screen.sales_today()
    screen.press(Key.Key_F5)

    assert (len(before), len(screen.sales_today())) == (1, 2)


def test_two_keys_choose_a_dish_beyond_the_ninth_and_pages_turn(till: Till, theme: Theme, qtbot: QtBot) -> None:
    longer_menu(till)
    screen = screen_at(till, theme, qtbot)

    screen.press("0", "1", Key.Key_PageDown, "1")

    assert screen.now.tray.portions == (("more-10", 1), ("more-12", 1))


def test_the_language_changes_under_an_open_bill_and_nothing_else_does(screen: Screen, english: None) -> None:
    screen.counter.card_read(WANG_CARD)
    before = screen.now

    i18n.use("zh_CN")
    screen.counter.page.retranslate()
    chinese = screen.counter.page.bill.enter_button.text()
    i18n.use("en")
    screen.counter.page.retranslate()

    assert (screen.now, screen.counter.page.bill.enter_button.text()) == (before, "Pay by card")
    assert chinese != "Pay by card"


def test_a_refusal_stands_in_the_strip_until_the_next_deed(screen: Screen) -> None:
    screen.counter.card_read(NEW_CARD)
    refused = screen.strip.message
    screen.counter.card_read(WANG_CARD)

    assert refused is not None
    assert (NEW_CARD.printed in refused.title, screen.strip.message) == (True, None)


def test_no_control_is_a_window_of_its_own(screen: Screen) -> None:
    screen.press("1")

    tops = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]

    assert tops == [screen.counter.page]


Step = CardUid | Qt.Key | str
STATES: dict[str, tuple[Step, ...]] = {
    "idle": (),
    "usual": (WANG_CARD,),
    "bill": (WANG_CARD, "1", "2", "3"),
    "undo": (Key.Key_F8,),
    "not enough": (POOR_CARD, "1", Key.Key_Return),
    "served": (WANG_CARD, "1", Key.Key_Return),
    "other waiting": (LI_CARD, "1", WANG_CARD),
    "cash": ("1", Key.Key_F9, "20"),
    "code": ("1", Key.Key_F10),
    "top-up": (LI_CARD, Key.Key_F6, "200"),
    "top-up paid for": (LI_CARD, Key.Key_F6, "200", Key.Key_F7, "Li Na", Key.Key_Tab, "daughter"),
    "top-up above the limit": (LI_CARD, Key.Key_F6, "1999"),
    "topped up": (LI_CARD, Key.Key_F6, "50", Key.Key_Return),
    "take back a top-up": (LI_CARD, Key.Key_F6, Key.Key_F8),
    "find": (Key.Key_F2, "w"),
    "enrol": (Key.Key_F2, Key.Key_F3),
    "enrolled before": (Key.Key_F2, Key.Key_F3, "Zhao", Key.Key_Tab, Key.Key_Tab, "13800001234", Key.Key_Return),
    "card lost": (Key.Key_F2, "w", Key.Key_F4),
    "lend a card": (Key.Key_F2, "w", Key.Key_F5),
    "paid": (LI_CARD, "1", Key.Key_Return),
    "set meal": (LI_CARD, "5"),
    "set meal that lacks a dish": (LI_CARD, "5", "1"),
    "set meal on the bill": (LI_CARD, "5", Key.Key_Return),
}


@pytest.mark.parametrize("size", PAGES)
def test_everything_has_room_a_name_and_a_thumbs_size_in_every_state(
    till: Till, theme_for: Callable[[tuple[int, int]], Theme], qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    longer_menu(till)
    till.sell(till.checkout.identify(WANG_CARD).member)
    screen = screen_at(till, theme_for(size), qtbot, PAGES[size])
    page = screen.counter.page
    found: list[tuple[str, object]] = []
    for state, steps in STATES.items():
        for step in steps:
            if isinstance(step, CardUid):
                screen.counter.card_read(step)
            else:
                screen.press(step)
        QApplication.processEvents()
        if (page.width(), page.height()) != PAGES[size]:
            found.append((state, page.size()))
        for check in (geometry.clipped, geometry.small_targets, geometry.nameless, geometry.unreachable):
            found += [(state, fault) for fault in check(page)]
        screen.press(*[Key.Key_Escape] * 3)

    assert found == []
