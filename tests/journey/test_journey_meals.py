"""From a card's bytes to the bytes on paper: every meal is charged once, to the right diner, at the right price."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from pos.devices.simulated import encode_rdm6300
from pos.domain.errors import CardNotUsable, CardState, EmptyBasket, UnknownCard
from pos.services.cards import Cards
from tests.journey.shop import Shop
from tests.pos.services.counter import Counter, rows_of
from tests.ui.sale_world import LI_CARD, NEW_CARD, POOR_CARD, WANG_CARD
from ui.messages import words
from ui.sales.counter import OtherWaiting, ServedBefore, ShortOf, Stage

ENTER, ESC, F5, F6, F8, F9 = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F5,
    Qt.Key.Key_F6,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
)
WANG, LI, POOR = "王桂英", "李建国", "赵小满"
SET_MEAL, MEAT, RICE, SOUP = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4


def test_one_swipe_and_one_key_from_the_cards_bytes_to_the_receipts(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    before = selling.words

    selling.press(ENTER)

    after, (paper,) = selling.words, selling.papers(1)
    assert {WANG, "86 岁", "¥172.80", "老样子：回车即付", "市民政局，80-89 岁：补贴", "-¥3.00", "¥7.20"} - before == set()
    assert {"已付款", WANG, "¥7.20", "¥165.60", "今天 1 笔 · ¥7.20", "打印机就绪"} - after == set()
    assert selling.sales() == [(WANG, "card", 720)]
    assert selling.wallet(WANG) == 16_560
    number = selling.newest("sale")
    assert paper.codes == [number]
    assert paper.rows == [
        "幸福里社区食堂",
        "用餐小票",
        "================================",
        f"单号 {number}",
        "时间 2026-11-23 11:30",
        "餐次 午餐 · 堂食",
        "收银台 A · 李桂兰",
        "用餐人 王桂英",
        "卡号 ****6634",
        "--------------------------------",
        "菜品 数量 金额",
        "一荤两素套餐 1 12.00",
        "--------------------------------",
        "原价 ￥12.00",
        "食堂优惠 -￥1.80",
        "80-89 岁：优惠15%",
        "市民政局 -￥3.00",
        "80-89 岁：补贴",
        "实付 ￥7.20",
        "--------------------------------",
        "饭卡 ￥7.20",
        "本金 7.20",
        "赠金 0.00",
        "原余额 ￥172.80",
        "现余额 ￥165.60",
        "本金 165.60",
        "赠金 0.00",
        "--------------------------------",
        number,
        "用餐小票，不作发票。",
    ]


def test_the_postings_of_a_swiped_meal_are_those_of_its_bill(selling: Shop) -> None:
    selling.swipe(WANG_CARD)

    selling.press(ENTER)

    postings = selling.rows(
        """SELECT account, amount FROM postings JOIN entries ON entries.id = entry_id
           WHERE kind = 'sale' AND entries.business_date = '2026-11-23' ORDER BY account, amount"""
    )
    assert postings == [("canteen_discount", 180), ("principal", 720), ("receivable:city", 300), ("revenue:set_meal", -1_200)]


def test_a_chosen_meal_is_charged_and_taken_back_once(selling: Shop) -> None:
    selling.swipe(LI_CARD)
    selling.press(MEAT, RICE)
    selling.press(ENTER)
    paid = selling.wallet(LI)

    selling.press(F8)
    question = selling.words
    selling.press(ENTER, ENTER, F8, ENTER)

    papers = selling.papers(2)
    assert paid == 18_000 - 810
    assert "撤销李建国的这一餐？" in question
    assert selling.wallet(LI) == 18_000
    assert selling.sales() == [(LI, "card", 810)]
    assert [paper.rows[1] for paper in papers] == ["用餐小票", "消费撤销"]
    assert papers[1].codes == papers[0].codes
    assert selling.rows("SELECT count(*) FROM entries WHERE kind = 'reversal'") == [(1,)]


def test_a_top_up_shows_on_the_card_and_on_paper(selling: Shop) -> None:
    selling.swipe(LI_CARD)

    selling.press(F6)
    selling.type("200")
    selling.press(ENTER)
    booked = selling.words
    selling.press(ENTER)

    (paper,) = selling.papers(1)
    assert "¥400.00" in booked
    assert "¥400.00" in selling.words
    assert selling.wallet(LI) == 40_000
    assert {"充值小票", "现余额 ￥400.00"} - set(paper.rows) == set()
    assert paper.codes == [selling.newest("top_up")]
    assert selling.rows("SELECT principal, bonus FROM top_ups ORDER BY rowid DESC LIMIT 1") == [(20_000, 2_000)]


def test_the_same_card_at_the_same_meal_is_told_and_not_charged(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    selling.press(ENTER)

    selling.swipe(WANG_CARD)
    seen = selling.words
    selling.press(SET_MEAL, ENTER, ENTER)

    assert "11:30 已用餐" in seen
    assert isinstance(selling.sale.question, ServedBefore)
    assert (selling.sales(), selling.wallet(WANG)) == ([(WANG, "card", 720)], 16_560)


def test_a_second_meal_takes_a_key_of_its_own_and_has_no_subsidy(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    selling.swipe(WANG_CARD)
    selling.press(SET_MEAL, ENTER)

    selling.press(F5)

    assert selling.sales()[1:] == [(WANG, "card", 1_020)]
    assert [len(paper.codes) for paper in selling.papers(2)] == [1, 1]


def test_an_unknown_card_is_told_and_takes_the_diner_before_away_from_the_enter_key(selling: Shop) -> None:
    selling.swipe(WANG_CARD)

    selling.swipe(NEW_CARD)
    told = selling.front.window.message
    selling.press(ENTER)

    assert told == words(UnknownCard(NEW_CARD.printed))
    assert selling.front.window.message == words(EmptyBasket())
    assert (selling.sale.diner, selling.sales()) == (None, [])


def test_a_lost_card_is_told_with_its_holder_and_not_charged(selling: Shop, counter: Counter) -> None:
    ((wang,),) = rows_of(counter.file, f"SELECT member_id FROM cards WHERE uid = '{WANG_CARD.hex}'")
    Cards(counter.stores, counter.clock, "A").report_lost(counter.cashier, "lost", wang)

    selling.swipe(WANG_CARD)
    told = selling.front.window.message
    selling.press(ENTER)

    assert told == words(CardNotUsable(WANG_CARD.printed, CardState.LOST, WANG))
    assert selling.sales() == []


@pytest.mark.parametrize(
    "damaged",
    [
        encode_rdm6300(WANG_CARD).replace(encode_rdm6300(WANG_CARD)[11:13], b"00"),
        encode_rdm6300(WANG_CARD)[:7],
        encode_rdm6300(WANG_CARD)[7:],
        b"\xff\x00\x7f\x02noise\x03\x02",
    ],
    ids=["wrong check byte", "first half", "second half", "noise"],
)
def test_C5_a_damaged_frame_is_nobody_and_the_next_card_is_heard(selling: Shop, damaged: bytes) -> None:
    selling.send(damaged)
    nobody = selling.sale.diner
    selling.press(ENTER)

    selling.swipe(LI_CARD)

    assert nobody is None
    assert selling.sale.diner is not None
    assert (selling.sale.diner.member.name, selling.sales()) == (LI, [])


def test_C5_half_a_frame_and_then_another_card_is_the_other_card(selling: Shop) -> None:
    selling.send(encode_rdm6300(WANG_CARD)[:8])

    selling.swipe(LI_CARD)
    selling.press(SET_MEAL, ENTER)

    assert selling.sales() == [(LI, "card", 1_080)]


def test_C5_two_frames_in_one_read_are_the_second_card_and_no_charge(selling: Shop) -> None:
    selling.send(encode_rdm6300(WANG_CARD) + encode_rdm6300(LI_CARD))

    assert selling.sale.diner is not None
    assert (selling.sale.diner.member.name, selling.sales()) == (LI, [])


def test_M4_a_card_that_lies_on_the_reader_is_charged_once(selling: Shop) -> None:
    selling.lie(WANG_CARD, seconds=15)
    selling.press(ENTER)
    selling.lie(WANG_CARD, seconds=15)
    selling.press(ENTER)

    assert (selling.sale.stage, selling.sales()) == (Stage.PAID, [(WANG, "card", 720)])
    assert selling.wallet(WANG) == 16_560


def test_two_cards_in_a_row_are_two_diners(selling: Shop) -> None:
    selling.swipe(WANG_CARD)
    selling.press(ENTER)
    selling.swipe(LI_CARD)
    selling.press(SET_MEAL, ENTER)

    codes = [paper.codes for paper in selling.papers(2)]
    assert selling.sales() == [(WANG, "card", 720), (LI, "card", 1_080)]
    assert (selling.wallet(WANG), selling.wallet(LI)) == (16_560, 16_920)
    assert len({code for (code,) in codes}) == 2


def test_a_card_between_dishes_and_enter_asks_whose_bill_it_is(selling: Shop) -> None:
    selling.swipe(LI_CARD)
    selling.press(SET_MEAL)

    selling.swipe(WANG_CARD)
    asked = selling.sale.question
    selling.press(ENTER)

    assert asked == OtherWaiting(LI, WANG)
    assert selling.sales() == [(LI, "card", 1_080)]
    assert selling.sale.diner is not None
    assert selling.sale.diner.member.name == WANG


def test_M1_enter_twice_before_the_store_has_answered_is_one_sale(selling: Shop) -> None:
    selling.swipe(WANG_CARD)

    selling.hit(ENTER, ENTER, ENTER)
    selling.settle()

    assert (selling.sales(), selling.wallet(WANG)) == ([(WANG, "card", 720)], 16_560)
    assert len(selling.papers(1)) == 1


def test_a_poor_card_is_not_charged_and_cash_can_pay_the_meal(selling: Shop) -> None:
    selling.swipe(POOR_CARD)
    selling.press(SET_MEAL, ENTER)
    short = selling.sale.question

    selling.press(F9)
    selling.type("20")
    selling.press(ENTER)

    assert short == ShortOf(1_200, 500)
    assert (selling.sales(), selling.wallet(POOR)) == ([(POOR, "cash", 1_200)], 500)
    assert {"已付款", "找零", "¥8.00"} - selling.words == set()


@pytest.mark.parametrize("typed", ["", "0", "-20", "5", "zwei", "1e4", "9" * 9], ids=str)
def test_cash_that_is_no_amount_or_too_little_charges_nothing(selling: Shop, typed: str) -> None:
    selling.press(SET_MEAL, ENTER)

    selling.type(typed)
    selling.press(ENTER)

    assert (selling.sale.stage, selling.sales()) == (Stage.PAYING, [])


@pytest.mark.parametrize("typed", ["", "0", "-50", "abc", "0.001", "1e3", "99999999"], ids=str)
def test_a_top_up_that_is_no_amount_or_above_the_limit_books_nothing(selling: Shop, typed: str) -> None:
    selling.swipe(LI_CARD)
    selling.press(F6)

    selling.type(typed)
    selling.press(ENTER)

    assert selling.wallet(LI) == 18_000
    assert selling.rows("SELECT count(*) FROM top_ups WHERE business_date = '2026-11-23'") == [(0,)]


def test_enter_on_an_empty_tray_says_so_and_charges_nothing(selling: Shop) -> None:
    selling.swipe(LI_CARD)

    selling.press(ENTER, ENTER)

    assert selling.front.window.message == words(EmptyBasket())
    assert selling.sales() == []


def test_dishes_that_cost_nothing_are_no_sale(selling: Shop) -> None:
    selling.swipe(LI_CARD)

    selling.press(SOUP, ENTER)

    assert (selling.front.window.message, selling.sales()) == (words(EmptyBasket()), [])


def test_cards_before_anybody_signed_in_mean_nothing(shop: Shop) -> None:
    shop.swipe(WANG_CARD)
    shop.press(ENTER)

    assert (shop.front.window.page, shop.sale.diner, shop.sales()) == ("sign_in", None, [])


def test_a_reader_that_is_pulled_out_is_a_lamp_and_no_charge(selling: Shop) -> None:
    selling.swipe(WANG_CARD)

    selling.cable.pull()
    selling.wait(lambda: "读卡器：未插好" in selling.words)
    selling.press(ENTER)

    assert selling.sales() == [(WANG, "card", 720)]
