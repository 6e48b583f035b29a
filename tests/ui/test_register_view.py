"""The members' section by its keys alone, and that everything on it has room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.members import Member
from pos.domain.pricing import Tender
from pos.services.lending import Lending
from pos.services.refunds import RefundOrder, Refunds
from tests.pos.services.counter import Counter as Till
from tests.ui.office_world import PAGES, SPARE_CARD, ZENG_CARD, Desk, desk_at, enrol_zeng
from tests.ui.small_screens import Strip, focused
from ui.theme import Theme

pytest_plugins = ("tests.ui.sale_fixtures",)

Key = Qt.Key


@pytest.fixture
def desk(till: Till, strip: Strip, theme: Theme, qtbot: QtBot, english: None) -> Desk:
    enrol_zeng(till)
    return desk_at(till, strip, theme, qtbot, (1366, 768))


def pay_back(till: Till, member: Member) -> None:
    """Some of somebody's money goes back to an account."""
    order = RefundOrder(till.new_id("refund"), member.id, Tender.BANK, 5_000, member.name, "1234")
    Refunds(till.stores, till.clock, "A").refund(till.manager, order)


def shown(desk: Desk) -> str:
    return "page" if desk.section.page.isVisible() else "list"


def test_letters_find_arrows_mark_and_enter_opens(desk: Desk) -> None:
    desk.press("w", Key.Key_Down, Key.Key_Up, Key.Key_Return)

    assert (shown(desk), desk.section.page._name.text()) == ("page", "王桂英")


def test_escape_leads_from_the_page_to_the_list_where_the_search_still_stands(desk: Desk) -> None:
    desk.press("zeng", Key.Key_Return)
    before = shown(desk)

    desk.press(Key.Key_Escape)

    assert (before, shown(desk), desk.section.list.line.text(), focused() is desk.section.list.line) == (
        "page", "list", "zeng", True,
    )  # fmt: skip


def test_the_number_keys_do_what_stands_beside_them(desk: Desk) -> None:
    desk.press("zeng", Key.Key_Return, "1")

    assert desk.ask is not None
    assert desk.ask.title == "Change 曾秀珍"


def test_a_refund_by_mistake_is_marked_and_taken_back_by_keys(desk: Desk) -> None:
    (zeng,) = desk.till.members.search("zeng")
    member = desk.till.members.portrait(desk.till.manager, zeng.id).member
    desk.till.top_up(member, 20_000)
    pay_back(desk.till, member)

    desk.press("zeng", Key.Key_Return, Key.Key_F7, Key.Key_Down, "7")
    on_a_top_up = desk.ask
    desk.press(Key.Key_Up, "7", "wrong member", Key.Key_Return)

    assert on_a_top_up is None
    assert (desk.ask, sum(desk.till.wallet(member))) == (None, 22_000)
    assert desk.strip.title.endswith("is undone.")


def test_the_form_is_filled_page_by_page_with_enter_and_saved_by_f9(desk: Desk) -> None:
    desk.press(Key.Key_F3, "Sun Dahai", *[Key.Key_Return] * 4, "1950-03-02", *[Key.Key_Return] * 4, "Xingfuli")
    desk.press(Key.Key_F9, Key.Key_Return)

    assert shown(desk) == "page"
    (hit,) = desk.till.members.search("sundahai")
    assert (hit.age, hit.address) == (76, "Xingfuli")


def test_page_keys_turn_the_form_also_from_a_choice_and_change_nothing(desk: Desk) -> None:
    desk.press("zeng", Key.Key_Return, "1", Key.Key_PageDown, Key.Key_PageDown)
    before = desk.ask
    desk.press(Key.Key_PageDown, Key.Key_PageUp)

    assert (before, desk.ask) == (desk.ask, before)


def test_a_card_shown_to_the_form_is_the_new_members_and_to_the_list_opens_its_owner(desk: Desk) -> None:
    desk.press(Key.Key_F3, "Sun Dahai")
    desk.section.card_read(SPARE_CARD)
    desk.press(Key.Key_F9, Key.Key_Return, Key.Key_Escape)
    desk.section.card_read(ZENG_CARD)

    assert desk.till.checkout.identify(SPARE_CARD).member.name == "Sun Dahai"
    assert desk.section.page._name.text() == "曾秀珍"


def test_whoever_leaves_the_section_leaves_no_form_behind(desk: Desk) -> None:
    desk.press(Key.Key_F3, "Sun Dahai")

    desk.section.left()
    desk.section.opened()
    desk.press(Key.Key_F3)

    assert desk.ask is not None
    assert desk.ask.pages[0].rows[0][0].value == ""


STATES: dict[str, tuple[Qt.Key | str, ...]] = {
    "empty": (),
    "found": ("w",),
    "nobody": ("xyz",),
    "new": (Key.Key_F3,),
    "pool": (Key.Key_F4,),
    "out of the pool": (Key.Key_F4, Key.Key_Return),
    "home": (Key.Key_F3, Key.Key_PageDown),
    "categories": (Key.Key_F3, Key.Key_PageDown, Key.Key_PageDown),
    "signatures": (Key.Key_F3, Key.Key_PageUp, Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageDown),
    "double": (Key.Key_F3, "Wang", Key.Key_Return, "13800001234", Key.Key_F9),
    "person": ("zeng", Key.Key_Return),
    "number": ("zeng", Key.Key_Return, "3"),
    "history": ("zeng", Key.Key_Return, "5"),
    "deletion": ("sun", Key.Key_Return, "6"),
    "cards": ("zeng", Key.Key_Return, Key.Key_F6),
    "lost": ("zeng", Key.Key_Return, Key.Key_F6, "1"),
    "new card": ("zeng", Key.Key_Return, Key.Key_F6, "3"),
    "lend": ("zeng", Key.Key_Return, Key.Key_F6, "4"),
    "return": ("zeng", Key.Key_Return, Key.Key_F6, "5"),
    "block": ("zeng", Key.Key_Return, Key.Key_F6, "6"),
    "money": ("zeng", Key.Key_Return, Key.Key_F7),
    "period": ("zeng", Key.Key_Return, Key.Key_F7, "1"),
    "refund": ("zeng", Key.Key_Return, Key.Key_F7, "4"),
    "transfer": ("zeng", Key.Key_Return, Key.Key_F7, "5", "w"),
    "transfer, how much": ("zeng", Key.Key_Return, Key.Key_F7, "5", "w", Key.Key_Return),
    "closing": ("zeng", Key.Key_Return, Key.Key_F7, "6"),
    "money back": ("zeng", Key.Key_Return, Key.Key_F7, "7"),
    "status": ("zeng", Key.Key_Return, Key.Key_F8),
    "pause": ("zeng", Key.Key_Return, Key.Key_F8, "1"),
    "death": ("zeng", Key.Key_Return, Key.Key_F8, "3"),
}


@pytest.mark.parametrize("size", PAGES)
def test_everything_of_the_section_has_room_and_a_name(
    till: Till,
    strip: Strip,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    language: str,
    size: tuple[int, int],
) -> None:
    zeng = enrol_zeng(till)
    till.top_up(zeng, 20_000)
    pay_back(till, zeng)
    till.enrol("Sun Dahai")
    Lending(till.stores, till.clock, "A").add(till.manager, "pooled", SPARE_CARD)
    desk = desk_at(till, strip, theme_for(size), qtbot, size)
    found: list[tuple[str, object]] = []
    for state, keys in STATES.items():
        desk.section.opened()
        desk.press(*keys)
        QApplication.processEvents()
        found += [(state, fault) for fault in desk.faults()]
        if desk.page.height() != PAGES[size][1]:
            found.append((state, desk.page.size()))
        for _press in range(3):
            QTest.keyClick(focused(), Key.Key_Escape)

    assert found == []
