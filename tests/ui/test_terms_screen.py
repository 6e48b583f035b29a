"""The terms by keys alone: offers made, changed and taken out, limits, refunds, the canteen's own facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.accounts import TopUpPreview
from pos.domain.canteen import CATEGORIES, Canteen
from pos.domain.ledger import SpendOrder
from pos.domain.offers import BonusOffer, HowOften, OfferKind
from pos.domain.pricing import Tender
from pos.services.accounts import TopUpOrder
from pos.services.terms import Terms
from tests.pos.services.counter import BONUS, Counter
from tests.ui.office_room import Room, room_for
from ui.asking import Ask
from ui.terms.view import SECTION, TermsPage
from ui.theme import Theme

Key = Qt.Key
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
FULL = BonusOffer(
    "full", "重阳节敬老充值送餐优惠", 10_000, kind=OfferKind.PERCENT, percent=15, most=5_000, valid_from=date(2026, 10, 1),
    valid_to=date(2026, 10, 31), age_from=60, age_to=99, categories=frozenset({"低保", "失独"}), how_often=HowOften.MONTHLY,
)  # fmt: skip
STEPS = BonusOffer("steps", "多充多送", 20_000, 2_000, steps=((50_000, 6_000), (100_000, 15_000)), valid_from=date(2027, 1, 1))


@pytest.fixture
def room(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, shut_till, theme, qtbot)


def page_of(room: Room) -> TermsPage:
    assert isinstance(room.view, TermsPage)
    return room.view


def ask_of(room: Room) -> Ask:
    ask = page_of(room).sheet.ask
    assert ask is not None
    return ask


def held(room: Room) -> Canteen:
    return Terms(room.till.stores, room.till.clock).current()


def decide(till: Counter, **changed: object) -> None:
    terms = Terms(till.stores, till.clock)
    now = terms.current()
    terms.decide(till.manager, now, replace(now, **changed))  # type: ignore[arg-type]


def preview(room: Room, amount: int) -> TopUpPreview:
    member = room.till.enrol()
    return room.till.top_ups.preview(TopUpOrder(room.till.new_id("top-up"), member.id, Tender.CASH, amount, given=amount))


def rows(room: Room) -> list[tuple[str, ...]]:
    return [line.cells for line in page_of(room)._table.lines]


def retype(room: Room, text: str) -> None:
    """Put another text into the line that has the focus."""
    room.press(Key.Key_Home)
    for _unused in range(40):
        room.press(Key.Key_Delete)
    room.press(text)


def test_pay_71_get_100_is_made_by_keys_and_holds_at_the_counter(room: Room) -> None:
    room.press(Key.Key_F2, Key.Key_End, Key.Key_Tab, Key.Key_Tab, "71", Key.Key_Tab, "29")
    before = [fact.told for fact in ask_of(room).facts]

    room.press(Key.Key_F9)

    offer = held(room).offers[1]
    assert (before, room.said) == (["71→100", "everybody · always · every time"], "It is decided so.")
    assert offer == BonusOffer(offer.id, "Pay 71, get 100", 7_100, 2_900, OfferKind.PACKAGE)
    assert (preview(room, 7_100).bonus, preview(room, 7_200).bonus) == (2_900, 0)
    assert rows(room)[1] == ("Pay 71, get 100", "71→100", "everybody", "every time", "always")


def test_a_percentage_has_ages_a_category_days_and_comes_once_a_month(room: Room) -> None:
    room.press(Key.Key_F2, Key.Key_Down, Key.Key_Down, Key.Key_Tab, "重阳节", Key.Key_Tab, "100", Key.Key_Tab, "15", Key.Key_Tab, "50")
    room.press(Key.Key_PageDown, "60", Key.Key_Tab, Key.Key_Tab, Key.Key_Space)
    room.press(Key.Key_PageDown, "2026-10-01", Key.Key_Tab, "2026-10-31", Key.Key_Tab, Key.Key_Down, Key.Key_F9)

    offer = held(room).offers[1]
    assert offer == BonusOffer(
        offer.id, "重阳节", 10_000, 0, OfferKind.PERCENT, (), 15, 5_000, date(2026, 10, 1), date(2026, 10, 31), 60, None,
        frozenset({CATEGORIES[0]}), HowOften.MONTHLY,
    )  # fmt: skip
    assert rows(room)[1] == ("重阳节", "100→115, 200→230, 500→550", "60 years and older · 低保", "once a month", "ended 2026-10-31")


def test_further_steps_are_typed_in_a_line_and_enter_goes_from_field_to_field(room: Room) -> None:
    enter = Key.Key_Return

    room.press(Key.Key_F2, enter, enter, "200", enter, "20", enter, enter, "500+60，1000+150", Key.Key_F9)

    assert held(room).offers[1].steps == ((50_000, 6_000), (100_000, 15_000))
    assert rows(room)[1][:2] == ("Pay 200, get 20 on top", "200→220, 500→560, 1000→1150")


def test_the_marked_offer_is_changed_and_keeps_its_id(room: Room) -> None:
    room.press(Key.Key_Return, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    retype(room, "30")
    room.press(Key.Key_F9)

    assert held(room).offers == (replace(BONUS, bonus=3_000),)


def test_the_marked_offer_is_taken_out_after_a_question(room: Room) -> None:
    room.press(Key.Key_Delete)
    asked = ask_of(room).title
    room.press(Key.Key_Return)

    assert (asked, held(room).offers) == ("Take the offer 充200送20 out?", ())
    assert preview(room, 20_000).bonus == 0


@pytest.mark.parametrize(
    ("keys", "field", "said"),
    [
        (["20o"], "pay", "Write an amount in yuan, like 12.50."),
        (["200", Key.Key_Tab, "20", Key.Key_Tab, Key.Key_Tab, "500"], "steps", "Write each further step like 500+60, with commas between."),
        (["200", Key.Key_Tab, "20", Key.Key_PageDown, "80", Key.Key_Tab, "60"], "age_to", "Write an age in years; the last cannot be below the first."),
        (["200", Key.Key_Tab, "20", Key.Key_PageDown, Key.Key_PageDown, "2026-02-30"], "valid_from", "Write the day like 2026-01-31; it cannot end before it begins."),
    ],
)  # fmt: skip
def test_what_means_nothing_is_told_and_its_field_is_marked(room: Room, keys: list[Qt.Key | str], field: str, said: str) -> None:
    room.press(Key.Key_F2, Key.Key_Tab, Key.Key_Tab, *keys, Key.Key_F9)

    assert (ask_of(room).wrong, room.said, held(room).offers) == (field, said, (BONUS,))


def test_limits_are_decided_by_keys_and_above_the_rules_it_says_so(room: Room) -> None:
    room.press(Key.Key_F3)
    retype(room, "6000")
    warned = [(fact.what, fact.told) for fact in ask_of(room).facts]
    retype(room, "3000")
    room.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Space, Key.Key_Return)

    assert warned == [("Above the rules!", "Card with a name: ¥6000.00, allowed are ¥5000.00")]
    assert (held(room).balance_limit, held(room).limit_principal_only) == (300_000, True)


def test_the_order_of_spending_shows_what_it_means_for_a_refund(room: Room) -> None:
    room.press(Key.Key_F4)
    shown = [ask_of(room).facts[-1].told]
    room.press(Key.Key_Tab, Key.Key_Tab)
    for _unused in range(2):
        room.press(Key.Key_Down)
        shown.append(ask_of(room).facts[-1].told)
    room.press(Key.Key_Return)

    assert shown == ["¥140.00", "¥134.00", "¥154.00"]
    assert held(room).spend_order is SpendOrder.BONUS_FIRST


def test_no_refund_in_cash_at_all_can_be_decided(room: Room) -> None:
    room.press(Key.Key_F4)
    retype(room, "0")
    room.press(Key.Key_Return)

    assert held(room).cash_refund_limit == 0


def test_the_canteen_says_its_telephone_and_its_area(room: Room) -> None:
    room.press(Key.Key_F6, "0372-0000000", Key.Key_Tab, Key.Key_Tab, "安阳市／文峰区", Key.Key_Return)

    assert (held(room).phone, held(room).area) == ("0372-0000000", "安阳市/文峰区")


def test_a_letter_typed_in_the_middle_of_a_line_leaves_the_cursor_there(room: Room) -> None:
    room.press(Key.Key_F6, "129", Key.Key_Left, "3", "4")

    assert ask_of(room).pages[0].rows[0][0].value == "12349"


def test_a_word_that_is_too_long_is_told_at_its_field(room: Room) -> None:
    room.press(Key.Key_F6, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    retype(room, "x" * 21)
    room.press(Key.Key_Return)

    assert (ask_of(room).wrong, room.said) == ("diets", "“xxxxxxxxxxxxxxxxxxxx” cannot stand there.")


def test_another_counters_decision_is_not_written_over(room: Room) -> None:
    room.press(Key.Key_F4)
    decide(room.till, refund_days=14)
    room.press(Key.Key_Tab)
    retype(room, "10")
    room.press(Key.Key_Return)

    assert (room.said, held(room).refund_days) == ("Somebody else changed these terms just now.", 14)


def test_an_offer_that_another_counter_took_out_is_not_asked_about(room: Room) -> None:
    decide(room.till, offers=())

    room.press(Key.Key_Return)

    assert (page_of(room).sheet.is_open, rows(room)) == (False, [])


def test_escape_leaves_the_form_before_it_leaves_the_office(room: Room) -> None:
    left: list[None] = []
    room.office.back.connect(lambda: left.append(None))

    room.press(Key.Key_F3, Key.Key_Escape)
    still = (page_of(room).sheet.is_open, len(left))
    room.press(Key.Key_Escape)

    assert (still, len(left)) == ((False, 0), 1)


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room_and_a_name_in_every_state(
    shut_till: Counter,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    language: str,
    size: tuple[int, int],
) -> None:
    decide(shut_till, offers=(FULL, STEPS), phone="0372-0000000", area="安阳市/文峰区/东关街道", balance_limit=600_000)
    room = room_for(SECTION, shut_till, theme_for(size), qtbot, size)
    page = page_of(room)
    found = {"page": room.faults()}

    for name, keys in {
        "gives": [Key.Key_Return],
        "whom": [Key.Key_Return, Key.Key_PageDown],
        "when": [Key.Key_Return, Key.Key_PageDown, Key.Key_PageDown],
        "drop": [Key.Key_Delete],
        "limits": [Key.Key_F3],
        "refunds": [Key.Key_F4],
        "canteen": [Key.Key_F6],
    }.items():
        room.press(*keys)
        # The tabs of a question are turned by the page keys.
        found[name] = [fault for fault in room.faults(page.sheet.card) if not fault.startswith("Tab ")]
        assert page.sheet.card.height() <= room.office.height()
        room.press(Key.Key_Escape)

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert size[0] < 1366 or page._table.titles_fit()
