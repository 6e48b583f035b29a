"""Paper comes after the sale and never before it: a printer that is off costs nobody a meal."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.journey.shop import Shop
from tests.pos.services.counter import Counter
from tests.ui.sale_world import LI_CARD, WANG_CARD
from ui.lights import Light, State
from ui.sales.counter import Stage

ENTER, F1, SET_MEAL = Qt.Key.Key_Return, Qt.Key.Key_F1, Qt.Key.Key_1
REPRINT, DRAWER, TEST_PAGE = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_6
NOT_CONNECTED = "打印机：未连接"


def test_P1_a_sale_is_paid_while_the_printer_is_off_and_its_receipt_comes_once_later(selling: Shop) -> None:
    selling.roll.switch_off()

    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    stage, paid = selling.sale.stage, selling.sales()
    selling.wait(lambda: NOT_CONNECTED in selling.words)
    amber, waiting = selling.lamp(Light.PRINTER), selling.jobs("waiting")
    selling.roll.switch_on()

    (paper,) = selling.papers(1)
    selling.wait(lambda: selling.lamp(Light.PRINTER) is State.GOOD)
    assert (stage, paid) == (Stage.PAID, [("王桂英", "card", 720)])
    assert (amber, waiting) == (State.CARE, 1)
    assert paper.codes == [selling.newest("sale")]
    assert selling.rows("SELECT state, count(*) FROM print_jobs WHERE kind = 'sale' AND state != 'dropped' GROUP BY state") == [("sent", 1)]


def test_P1_selling_goes_on_without_a_printer_and_the_papers_come_in_their_order(selling: Shop) -> None:
    selling.roll.switch_off()
    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    first = selling.newest("sale")
    selling.swipe(LI_CARD)
    selling.press(SET_MEAL, ENTER)
    second = selling.newest("sale")

    selling.roll.switch_on()

    assert [paper.codes for paper in selling.papers(2)] == [[first], [second]]


def test_P1_a_printer_switched_off_between_two_sales_prints_both_once(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    first = selling.papers(1)[0].codes
    selling.roll.switch_off()
    selling.swipe(LI_CARD)
    selling.press(SET_MEAL, ENTER)
    selling.wait(lambda: NOT_CONNECTED in selling.words)

    selling.roll.switch_on()

    assert [paper.codes for paper in selling.papers(2)] == [first, [selling.newest("sale")]]


def test_P5_a_reprint_is_marked_with_its_count_and_who_asked(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    selling.press(ENTER)

    selling.press(F1, REPRINT)
    said = selling.front.window.message.title
    selling.press(F1, REPRINT)

    original, once, twice = selling.papers(3)
    assert said == "小票重新打印，标明补打第 1 次。"
    assert [paper.codes for paper in (once, twice)] == [original.codes] * 2
    assert ["补打第 1 次" in " ".join(paper.rows[:5]) for paper in (original, once)] == [False, True]
    assert "李桂兰" in " ".join(once.rows[:5])
    assert "补打第 2 次" in " ".join(twice.rows[:5])
    assert selling.sales() == [("王桂英", "card", 720)]


def test_a_test_page_is_printed_from_the_desk(selling: Shop) -> None:
    selling.press(F1, TEST_PAGE)

    (paper,) = selling.papers(1)
    assert "测试页" in paper.rows


def test_the_shift_is_counted_and_closed_by_keys_and_its_paper_comes(selling: Shop, counter: Counter) -> None:
    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    counter.wait(hours=2)

    selling.press(Qt.Key.Key_F11)
    selling.press(Qt.Key.Key_F9)
    selling.type("1")
    selling.press(Qt.Key.Key_F12)

    _sale, closed = selling.papers(2)
    assert (selling.front.window.page, selling.front.window.message.title) == ("sign_in", "已交班。")
    assert selling.rows("SELECT counted, expected FROM shifts ORDER BY opened_ms DESC LIMIT 1") == [(10_000, 10_000)]
    assert "￥100.00" in " ".join(closed.rows)
