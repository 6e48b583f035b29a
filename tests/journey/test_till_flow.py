"""The till as a whole: which page comes when, what a sign-out drops, and what happens when something goes wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from db.store import SqlStores
from pos import i18n
from pos.clock import SetClock
from pos.domain.errors import BadAmount, LedgerBroken, NothingToUndo, WrongPin
from pos.domain.sales import Sale
from tests.journey.shop import FONT, SIZE, Shop, open_shop
from tests.pos.services.counter import NOON, PIN, Counter, written_past_us
from tests.ui.sale_world import LI_CARD, WANG_CARD
from ui.canteen.answers import Devices
from ui.desk.view import Deed
from ui.front import Front
from ui.lights import Light, State
from ui.messages import crash_words, words
from ui.sales.counter import Stage

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
F1, F2, F6, F9, F11, F12 = (Qt.Key.Key_F1, Qt.Key.Key_F2, Qt.Key.Key_F6, Qt.Key.Key_F9, Qt.Key.Key_F11, Qt.Key.Key_F12)
MANAGER_KEY, CASHIER_KEY, SET_MEAL = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_1
REPRINT, VERIFY, SIGN_OUT = (
    Qt.Key(Qt.Key.Key_1 + list(Deed).index(deed)) for deed in (Deed.REPRINT, Deed.VERIFY, Deed.SIGN_OUT)
)


@pytest.fixture
def unfounded(qtbot: QtBot, hook: None, sqlite_file: Path, sqlite_stores: SqlStores, tmp_path: Path) -> Iterator[Shop]:
    """A till on an empty file."""
    with open_shop(qtbot, tmp_path, sqlite_file, SetClock(NOON), sqlite_stores) as shop:
        yield shop


def sign_in(shop: Shop, key: Qt.Key) -> None:
    """By the number of a name."""
    shop.press(key)
    shop.type(PIN)
    shop.press(ENTER)


def names_of(shop: Shop) -> set[str]:
    """Words that no language changes: people, dishes, the canteen, the name of the other language."""
    rows = shop.rows("SELECT name FROM staff UNION SELECT name FROM dishes UNION SELECT name FROM members")
    return {name for (name,) in rows} | {"幸福里社区食堂", "中文"}


def chinese(said: set[str], names: set[str]) -> set[str]:
    """What is said in Chinese, once the names are taken out of it."""
    bare = {word: word for word in said}
    for name in names:
        bare = {word: rest.replace(name, "") for word, rest in bare.items()}
    return {word for word, rest in bare.items() if any("\u4e00" <= char <= "\u9fff" for char in rest)}


# -- which page comes when ---------------------------------------------------------------------------


def test_an_empty_file_leads_from_the_first_start_to_the_first_sale_by_keys(unfounded: Shop) -> None:
    pages = [unfounded.front.window.page]
    unfounded.type("Lane")
    unfounded.press(ENTER)
    unfounded.type("Min")
    unfounded.press(TAB)
    unfounded.type(PIN)
    unfounded.press(TAB)
    unfounded.type(PIN)
    unfounded.press(ENTER)
    unfounded.type("Set")
    unfounded.press(TAB)
    unfounded.type("12.50")
    unfounded.press(ENTER, ENTER)
    pages.append(unfounded.front.window.page)
    unfounded.type("50")
    unfounded.press(ENTER)
    pages.append(unfounded.front.window.page)
    unfounded.press(SET_MEAL, ENTER, F9, ENTER)

    assert pages == ["founding", "shift", "sale"]
    assert unfounded.devices == [Devices()]
    assert {"Lane", "Min"} - unfounded.words == set()
    assert unfounded.rows("SELECT tender, due FROM sales") == [("cash", 1_250)]


def test_enter_before_the_names_are_there_changes_nothing(qtbot: QtBot, hook: None) -> None:
    front = Front(FONT, SetClock(NOON), size=SIZE)
    front.window.show()
    front.window.activateWindow()
    qtbot.waitUntil(front.window.isActiveWindow)

    QTest.keyClick(QApplication.focusWidget() or front.window, ENTER)

    focused = QApplication.focusWidget()
    front.close()
    front.window.close()
    assert (i18n.language(), isinstance(focused, QAbstractButton)) == ("zh_CN", False)


def test_a_wrong_pin_signs_nobody_in(shop: Shop) -> None:
    shop.press(CASHIER_KEY)
    shop.type("9999")
    shop.press(ENTER)

    assert (shop.front.window.page, shop.front.window.message.title) == ("sign_in", words(WrongPin(0)).title)


def test_the_second_sign_in_of_a_day_finds_the_shift_open(selling: Shop) -> None:
    selling.press(F1, SIGN_OUT)
    signed_out = selling.front.window.page

    sign_in(selling, CASHIER_KEY)

    assert (signed_out, selling.front.window.page) == ("sign_in", "sale")


def test_a_shift_of_yesterday_is_closed_before_anything_is_sold(shop: Shop, counter: Counter) -> None:
    counter.shifts.open(counter.cashier, 10_000)
    counter.wait(days=1)

    sign_in(shop, CASHIER_KEY)
    page, told = shop.front.window.page, shop.front.window.message
    shop.swipe(WANG_CARD)
    shop.press(ESC)
    refused = shop.front.window.page
    sign_in(shop, CASHIER_KEY)
    shop.press(F9)
    shop.type("1")
    shop.press(F12)
    sign_in(shop, CASHIER_KEY)
    shop.type("100")
    shop.press(ENTER)

    assert (page, told.title) == ("shift", "2026-11-23 的班还没有交。")
    assert (refused, shop.sale.diner) == ("sign_in", None)
    assert shop.front.window.page == "sale"
    assert shop.rows("SELECT business_date FROM shifts WHERE closed_ms IS NULL") == [("2026-11-24",)]


def test_a_float_that_is_no_amount_opens_no_shift(shop: Shop) -> None:
    sign_in(shop, CASHIER_KEY)

    shop.type("12x")
    shop.press(ENTER)

    said = words(BadAmount("12x"))
    assert any(f"{said.title} {said.todo}" in word for word in shop.words)
    assert shop.rows("SELECT count(*) FROM shifts WHERE closed_ms IS NULL") == [(0,)]


def test_signing_out_drops_the_open_bill(selling: Shop) -> None:
    selling.swipe(LI_CARD)
    selling.press(SET_MEAL)

    selling.press(F1, SIGN_OUT)
    sign_in(selling, MANAGER_KEY)
    selling.press(ENTER)

    assert (selling.sale.diner, selling.sale.tray.portions) == (None, ())
    assert selling.sales() == []


def test_cards_on_any_page_but_the_sale_mean_nothing(selling: Shop) -> None:
    selling.press(F11)
    selling.swipe(WANG_CARD)
    page, on_shift = selling.front.window.page, selling.sale.diner
    selling.press(ESC)

    assert (page, on_shift, selling.front.window.page, selling.sale.diner) == ("shift", None, "sale", None)


def test_a_swipe_puts_the_desk_sheet_away(selling: Shop) -> None:
    selling.press(F1)
    lay = selling.front.till._desk_sheet.is_open

    selling.swipe(WANG_CARD)

    assert (lay, selling.front.till._desk_sheet.is_open) == (True, False)
    assert selling.sale.diner is not None


# -- the desk ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "locked"),
    [(MANAGER_KEY, set()), (CASHIER_KEY, {Deed.ENROL, Deed.VERIFY, Deed.STAFF})],
    ids=["manager", "cashier"],
)
def test_the_desk_offers_what_one_may_do(shop: Shop, counter: Counter, key: Qt.Key, locked: set[Deed]) -> None:
    counter.shifts.open(counter.cashier, 10_000)
    sign_in(shop, key)

    shop.press(F1)

    buttons = shop.front.till._desk_sheet._buttons
    assert {deed for deed, button in buttons.items() if not button.isEnabled()} == locked


def test_a_deed_that_one_may_not_do_is_not_done_by_its_key(selling: Shop) -> None:
    checked = selling.lamp(Light.LEDGER)
    selling.press(F1, VERIFY)

    assert selling.front.till._desk_sheet.is_open
    assert selling.lamp(Light.LEDGER) is checked


def test_the_desk_does_not_open_over_a_sheet(selling: Shop) -> None:
    selling.press(F2)

    selling.press(F1)

    assert not selling.front.till._desk_sheet.is_open


def test_a_reprint_before_any_sale_says_that_there_is_none(selling: Shop) -> None:
    selling.press(F1, REPRINT)

    assert selling.jobs("waiting", "sent", "unknown") == 0
    assert selling.front.window.message == words(NothingToUndo())


# -- the ledger --------------------------------------------------------------------------------------


def test_a_sound_ledger_is_a_green_lamp_at_the_start(shop: Shop) -> None:
    assert (shop.lamp(Light.LEDGER), "账本无误" in shop.words) == (State.GOOD, True)


def test_a_tampered_ledger_is_a_red_lamp_and_a_message(shop: Shop, counter: Counter) -> None:
    counter.shifts.open(counter.cashier, 10_000)
    sign_in(shop, MANAGER_KEY)
    tamper, mend = (f"UPDATE wallets SET principal = principal {sign} 1 WHERE principal > 1000" for sign in "+-")
    written_past_us(counter, tamper)

    shop.press(F1, VERIFY)

    told = shop.front.window.message
    written_past_us(counter, mend)
    assert shop.lamp(Light.LEDGER) is State.BAD
    assert told.title == words(LedgerBroken(4)).title


# -- the language ------------------------------------------------------------------------------------


@pytest.fixture
def chinese_again() -> Iterator[None]:
    yield
    i18n.use("zh_CN")


@pytest.mark.parametrize(
    "keys",
    [(), (ENTER,), (F1,), (F2,), (F11,), (F11, F9), (SET_MEAL, ENTER), (F6,)],
    ids=["waiting", "refused", "desk", "find", "report", "count", "cash", "top up"],
)
def test_the_language_changes_on_every_page_as_it_stands(
    selling: Shop, chinese_again: None, keys: tuple[Qt.Key, ...]
) -> None:
    selling.press(*keys)
    said = selling.front.window.message
    before = selling.words - {said.title, said.money, said.todo}

    QTest.keyClick(QApplication.focusWidget() or selling.front.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    selling.settle()
    english = selling.words
    QTest.keyClick(QApplication.focusWidget() or selling.front.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    selling.settle()

    assert chinese(english, names_of(selling)) == set()
    assert selling.spoken == ["en", "zh_CN"]
    assert before - selling.words == set()


# -- when something goes wrong -----------------------------------------------------------------------


def test_the_window_stays_open_while_money_is_written_down(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    with closing(sqlite3.connect(selling.file)) as other:
        other.execute("BEGIN IMMEDIATE")
        selling.hit(ENTER)
        stayed = not selling.front.window.close()
        told = selling.front.window.message.title
        other.rollback()
    selling.settle()

    assert (stayed, told) == (True, "正在记一笔账。")
    assert selling.sales() == [("王桂英", "card", 720)]
    assert selling.front.window.close()


def test_M2_a_bug_after_the_commit_is_asked_again_and_charged_once(selling: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = selling.front.till._services.checkout
    charge = checkout.charge

    def eaten(*arguments: object) -> Sale:
        charge(*arguments)  # type: ignore[arg-type]
        raise KeyError("a bug")

    selling.swipe(WANG_CARD)
    monkeypatch.setattr(checkout, "charge", eaten)
    selling.press(ENTER)
    unsure, told = selling.sale, selling.front.window.message
    monkeypatch.setattr(checkout, "charge", charge)
    crashes, selling.crashes = selling.crashes, []

    selling.press(ENTER)

    assert (crashes, told) == ([crash_words()], crash_words())
    assert (unsure.stage, unsure.unsure, unsure.done) == (Stage.CHOOSING, True, None)
    assert (selling.sale.stage, selling.sales()) == (Stage.PAID, [("王桂英", "card", 720)])


def test_a_bug_while_a_card_is_looked_up_charges_nobody(selling: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = selling.front.till._services.checkout

    def bug(_uid: object) -> None:
        raise KeyError("a bug")

    monkeypatch.setattr(checkout, "identify", bug)
    selling.swipe(WANG_CARD)
    crashes, selling.crashes = selling.crashes, []
    monkeypatch.undo()
    selling.press(ENTER)
    selling.swipe(LI_CARD)

    assert crashes == [crash_words()]
    assert selling.sale.diner is not None
    assert (selling.sale.looking, selling.sale.diner.member.name, selling.sales()) == (False, "李建国", [])
