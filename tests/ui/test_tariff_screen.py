"""The tariff editor by keys alone: rules of two cities entered, tried on four people, published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.tariff import Tariff, parse_tariff
from pos.domain.tariff.timeline import Span
from pos.services.starters import starters
from pos.services.tariffs import Tariffs, Timeline
from tests.pos.services.counter import MONDAY, Counter
from tests.ui.office_room import Room, room_for
from tests.ui.small_screens import focused
from ui.tariff import timeline_page
from ui.tariff.editor import EditorNow, Page
from ui.tariff.view import SECTION, TariffPage
from ui.theme import Theme

Key = Qt.Key
TAB, ENTER, ESC, DOWN, PAGE_DOWN = Key.Key_Tab, Key.Key_Return, Key.Key_Escape, Key.Key_Down, Key.Key_PageDown
F2, F3, F4, F5, F6, F7, F8, F9, F10 = (Qt.Key(Key.Key_F2 + number) for number in range(9))
SIZES = ((1366, 768), (1920, 1080))
TOWN, OTHER_TOWN, OTHER_DISTRICT = "广州市/增城区/荔城街道", "广州市/增城区/新塘镇", "广州市/天河区/石牌街道"
PUTUO_AT, XUCHANG_AT, ZENGCHENG_AT = 3, 5, 6
PUTUO = "上海市/普陀区/长寿路街道"


@pytest.fixture
def room(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Room:
    return room_for(SECTION, shut_till, theme, qtbot)


def page_of(room: Room) -> TariffPage:
    assert isinstance(room.view, TariffPage)
    return room.view


def now(room: Room) -> EditorNow:
    shown = page_of(room).editor._now
    assert shown is not None
    return shown


def timeline(room: Room) -> Timeline:
    return Tariffs(room.till.stores, room.till.clock).timeline()


def tariff(room: Room) -> Tariff:
    shown = now(room).tariff
    assert shown is not None
    return shown


def replaced(room: Room, text: str) -> None:
    """Select all that stands in the field, and type."""
    QTest.keyClick(focused(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text:
        room.press(text)
    else:
        room.press(Key.Key_Delete)


def add_payer(room: Room, key: str, name: str, level: int) -> None:
    """One line of the payers' sheet; `level` counts down the choices."""
    room.press(key, TAB, name, TAB, *[DOWN] * level, TAB)


def add_rule(
    room: Room,
    rule_id: str,
    ages: tuple[str, str],
    amount: str,
    payer: str,
    *,
    category: str = "",
    hukou: str = "",
    same: int = 0,
    gift: int = 0,
    spend: str = "",
    group: int = 0,
) -> None:
    """A rule through the four pages of its form; `same`, `gift` and `group` count steps through the choices."""
    room.press(F2)
    replaced(room, rule_id)
    room.press(TAB, TAB, *([ages[0]] if ages[0] else []), TAB, *([ages[1]] if ages[1] else []), TAB, TAB, TAB)
    room.press(*([category] if category else []), TAB, TAB, *([hukou] if hukou else []))
    room.press(PAGE_DOWN, *[TAB] * 23, *[DOWN] * same)
    room.press(PAGE_DOWN, *[Key.Key_Up] * gift, TAB)
    replaced(room, amount)
    room.press(*[TAB] * (3 if gift else 1))
    if spend:
        room.press(DOWN, TAB, spend)
    room.press(PAGE_DOWN, *([payer] if payer else []), TAB, *[DOWN] * group, ENTER)
    assert page_of(room).editor.form.rule_sheet.complaint == ""


def set_person(room: Room, born: str, price: str, hukou: str, *, living: str = "", category: str = "", area: str = "") -> None:
    """Change the marked example person."""
    room.press(ENTER, TAB)
    for text in (born, price):
        replaced(room, text)
        room.press(TAB)
    room.press(TAB)
    replaced(room, category)
    room.press(TAB, TAB, TAB, TAB)
    for text in (hukou, living or hukou, area):
        replaced(room, text)
        room.press(TAB)
    room.press(ENTER)


def dues(room: Room) -> list[int]:
    return [bill.due for bill in now(room).bills]


def test_the_zengcheng_rules_are_entered_in_the_form_and_give_the_amounts_of_the_notice(room: Room) -> None:
    """domain.md 1.2 and 9.6: 12 yuan; in the own town 5, in another town 6, in another district 9; hardship 1."""
    room.press(F2, ENTER)
    room.press(F3)
    for key, name, level in (("city", "市民政局", 1), ("district", "区民政局", 2), ("town", "镇街", 3)):
        add_payer(room, key, name, level)
    room.press(ENTER)
    assert list(tariff(room).payers) == ["city", "district", "town"]
    room.press(F4, "town", ENTER)
    add_rule(room, "city", ("60", ""), "3.00", "city", same=1)
    add_rule(room, "district", ("60", ""), "3.00", "district", same=2)
    add_rule(room, "town-hardship", ("60", ""), "5.00", "town", category="困难", same=3, group=1)
    add_rule(room, "town-80", ("80", ""), "3.00", "town", same=3, group=1)
    add_rule(room, "town-60", ("60", "79"), "1.00", "town", same=3, group=1)

    room.press(F7)
    for born, home, category in (("70", TOWN, ""), ("70", OTHER_TOWN, ""), ("70", OTHER_DISTRICT, ""), ("70", TOWN, "困难")):
        set_person(room, born, "12.00", home, category=category, area=TOWN)
        room.press(Key.Key_Right)

    assert [rule.id for rule in tariff(room).rules] == ["city", "district", "town-hardship", "town-80", "town-60"]
    assert now(room).checked.errors == 0
    assert dues(room) == [500, 600, 900, 100]


def test_the_putuo_rules_are_typed_as_text_and_give_the_amounts_of_the_notice(room: Room) -> None:
    """domain.md 1.2, 9.7 and 9.8: 82 with hukou 14.00 of 20.00, without 17.00; hardship; 17.00 is 14.45 after 85%."""
    text = next(one.text for one in starters() if one.name == "putuo")
    room.press(F2, ENTER, F6)
    QTest.keyClick(focused(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    for number, line in enumerate(text.split("\n")):
        room.press(*([ENTER] if number else []), *([line] if line else []))

    room.press(F7)
    for price, hukou, category in (
        ("20.00", PUTUO, ""),
        ("20.00", TOWN, ""),
        ("17.00", PUTUO, ""),
        ("20.00", PUTUO, "低保"),
    ):
        set_person(room, "82", price, hukou, living=PUTUO, category=category)
        room.press(Key.Key_Right)
    listed = dues(room)
    room.press(F6)
    typed = now(room).text.replace('measured_on = "after"', 'measured_on = "list"')
    QTest.keyClick(focused(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.press(typed, F7)

    assert now(room).text == typed
    assert (listed, dues(room)) == ([1_400, 1_700, 1_445, 1_200], [1_400, 1_700, 1_145, 1_200])
    assert now(room).checked.errors == 0


def test_a_draft_is_published_from_a_day_on_and_prices_its_meals(room: Room) -> None:
    room.press(F2, DOWN, DOWN, ENTER, F9)
    replaced(room, "2026-12-01")
    room.press(ENTER)

    found = timeline(room)
    assert ([one.valid_from for one in found.published], found.drafts) == ([date(2026, 1, 1), date(2026, 12, 1)], ())
    assert room.said.endswith("holds from 2026-12-01 on.")
    assert not page_of(room).editing


def test_a_published_set_is_only_read_and_a_copy_is_changed(room: Room) -> None:
    room.press(ENTER, F2, F3, Key.Key_Delete, F9)
    read_only = (now(room).draft, len(tariff(room).rules), page_of(room).editor.publish_sheet.is_open)
    room.press(ESC, F3)

    assert read_only == (None, len(timeline(room).published[0].text.split("[[rules]]")) - 1, False)
    (draft,) = timeline(room).drafts
    assert parse_tariff(draft.text).id == "test-2026-2"


def test_what_is_typed_is_kept_when_the_editor_is_left(room: Room) -> None:
    room.press(F2, ENTER, F6, "# note", ENTER, ESC)

    (draft,) = timeline(room).drafts
    assert draft.text.startswith("# note\nid = ")


def test_a_mistake_is_told_with_its_line_and_f8_leads_to_it(room: Room) -> None:
    room.press(F2, *[DOWN] * PUTUO_AT, ENTER, F6)
    editor = page_of(room).editor
    wrong = now(room).text.replace("percent = 15 }", "percent = 150 }")
    QTest.keyClick(focused(), Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    room.press(wrong)
    room.press(F8)

    line = wrong[: wrong.index("percent = 150")].count("\n") + 1
    assert (editor._count.text(), editor._at_line.text()) == ("1 mistake", f"Line {line}")
    assert (editor._what.text().startswith(f"Line {line}"), editor._publish.isEnabled()) == (True, False)
    assert [_line_of(one) for one in editor.text.edit.extraSelections()] == [line]
    room.press(F5)
    assert editor._unread.isVisible()


def test_ages_that_overlap_stay_in_the_form_with_a_sign_and_are_not_published(room: Room) -> None:
    room.press(F2, *[DOWN] * XUCHANG_AT, ENTER)
    assert len(tariff(room).rules) == 3
    room.press(Key.Key_Down, ENTER, TAB, TAB)
    replaced(room, "65")
    room.press(ENTER)

    editor = page_of(room).editor
    assert (now(room).checked.errors, editor._publish.isEnabled()) == (1, False)
    assert any("(!)" in line.cells[0] for line in editor.form.table.lines)


def test_a_rule_that_means_nothing_is_told_at_its_line_and_the_sheet_stays(room: Room) -> None:
    room.press(F2, ENTER, F2, ENTER)
    sheet = page_of(room).editor.form.rule_sheet
    no_amount = (sheet.complaint, focused() is sheet.asks["amount"].line)
    room.press("3", PAGE_DOWN, "nobody", ENTER)

    assert no_amount == ("… is no amount; write it like 3.00, a percentage like 15.", True)
    assert "nobody is not named under [payers]" in sheet.complaint
    assert (sheet.is_open, tariff(room).rules) == (True, ())


def test_the_form_keeps_the_comments_it_can_and_says_which_went(room: Room) -> None:
    room.press(F2, *[DOWN] * ZENGCHENG_AT, ENTER, F6, F5)
    before = now(room).text
    room.press(Key.Key_Delete)

    after = now(room).text
    assert before.splitlines()[0] == after.splitlines()[0]
    assert len(tariff(room).rules) == 4


def test_rules_move_by_control_and_a_page_key(room: Room) -> None:
    room.press(F2, *[DOWN] * XUCHANG_AT, ENTER)
    QTest.keyClick(focused(), Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)

    assert [rule.id for rule in tariff(room).rules] == ["70-79", "60-69", "80+"]
    assert now(room).at == 1


def test_a_head_that_cannot_be_is_told_and_changes_nothing(room: Room) -> None:
    room.press(F2, ENTER)
    form = page_of(room).editor.form
    form.head["valid_to"].line.setFocus()
    replaced(room, "2025-01-01")
    room.press(ENTER)

    assert "ends on 2025-01-01" in form._wrong.text()
    assert tariff(room).valid_to is None


def test_a_file_is_read_with_its_mistakes_and_written_with_its_comments(
    room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "in.toml", tmp_path / "out.toml"
    source.write_text("# from the district\nid = ", encoding="utf-8")
    monkeypatch.setattr(timeline_page, "ask_open", lambda *_words: source)
    monkeypatch.setattr(timeline_page, "ask_save", lambda *_words: target)

    room.press(F4)
    read = (now(room).text, now(room).page)
    room.press(ESC, *[Key.Key_Up] * 5, F5)

    assert read == ("# from the district\nid = ", Page.TEXT)
    assert target.read_text(encoding="utf-8") == "# from the district\nid = "


def test_a_file_that_is_no_text_begins_nothing(room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "photo.toml"
    source.write_bytes(b"\xff\xd8\xff\xe0")
    monkeypatch.setattr(timeline_page, "ask_open", lambda *_words: source)

    room.press(F4)

    assert (room.said, timeline(room).drafts) == ("photo.toml cannot be read as a text.", ())


def test_a_draft_is_thrown_away_by_two_keys_and_a_published_set_by_none(room: Room) -> None:
    room.press(Key.Key_Delete)
    kept = room.said
    room.press(F2, ENTER, ESC, *[Key.Key_Up] * 5, Key.Key_Delete, ENTER)

    assert (kept, timeline(room).drafts, len(timeline(room).published)) == (
        "A published tariff stays: what was sold refers to it.",
        (),
        1,
    )


def test_trying_asks_for_sensible_people(room: Room) -> None:
    room.press(F2, ENTER, F7, ENTER, TAB)
    sheet = page_of(room).editor.example_sheet
    complaints = []
    for text in ("old", "2999-01-01", "131"):
        replaced(room, text)
        room.press(ENTER)
        complaints.append(sheet.complaint)

    assert set(complaints) == {"Write an age like 82, or a birth date like 1944-02-03."}
    assert sheet.is_open


def test_example_people_come_and_go_and_one_stays(room: Room) -> None:
    room.press(F2, ENTER, F7, F2, ENTER)
    five = len(now(room).examples)
    room.press(*[Key.Key_Delete] * 9)

    assert (five, len(now(room).examples), dues(room)) == (5, 1, [1_200])


@pytest.mark.parametrize("gone", [False, True])
def test_a_draft_that_somebody_else_changed_is_not_written_over_and_nothing_is_lost(room: Room, *, gone: bool) -> None:
    room.press(F2, ENTER, F6, "# mine", ENTER)
    tariffs = Tariffs(room.till.stores, room.till.clock)
    (draft,) = timeline(room).drafts
    theirs = tariffs.save(room.till.manager, draft, "# theirs\n")
    if gone:
        tariffs.drop(room.till.manager, draft.id)
    room.press(ESC)

    texts = {one.text.splitlines()[0] for one in timeline(room).drafts}
    assert (texts, page_of(room).editing) == (({"# mine"} if gone else {theirs.text.strip(), "# mine"}), False)


def test_what_was_typed_is_kept_when_somebody_signs_out(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    signed_in = [shut_till.manager]
    room = room_for(SECTION, shut_till, theme, qtbot, actor=lambda: signed_in[0])
    room.press(F2, ENTER, F6, "# note", ENTER)

    signed_in.clear()
    room.office.forget()

    assert timeline(room).drafts[0].text.startswith("# note\n")


def test_a_past_month_is_priced_under_the_draft_that_is_open(shut_till: Counter, theme: Theme, qtbot: QtBot, english: None) -> None:
    shut_till.shifts.open(shut_till.cashier, 10_000)
    shut_till.sell(shut_till.rich("王䶮", date(1940, 2, 3)))
    room = room_for(SECTION, shut_till, theme, qtbot)
    room.press(F2, ENTER, F10)
    sheet = page_of(room).replay_sheet
    asked = sheet.is_open
    room.press(ENTER)

    assert (asked, sheet.is_open, len(sheet._table.lines) > 0) == (True, True, True)
    assert timeline(room).spans == (Span(1, date(2026, 1, 1), None),)


def test_the_time_line_marks_what_holds_today(room: Room) -> None:
    line = page_of(room).line.line

    assert line.accessibleName() == "助餐优惠 2026, holds since 2026-01-01"
    assert timeline(room).today == MONDAY


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room_and_a_name_in_every_state(
    shut_till: Counter,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    language: str,
    size: tuple[int, int],
) -> None:
    tariffs = Tariffs(shut_till.stores, shut_till.clock)
    for number, point in enumerate(starters()):
        tariffs.begin(shut_till.manager, f"d{number}", point.text)
    room = room_for(SECTION, shut_till, theme_for(size), qtbot, size)
    editor = page_of(room).editor
    found = {"line": room.faults()}

    room.press(F2)
    found["begin"] = room.faults(page_of(room).line.beginning)
    room.press(ESC, *[Key.Key_Up] * 9, *[DOWN] * 5, ENTER)
    found["form"] = room.faults()
    room.press(ENTER)
    for number in range(4):
        found[f"rule {number}"] = room.faults(editor.form.rule_sheet)
        room.press(PAGE_DOWN)
    for key, name, sheet in (
        (F3, "payers", editor.form.payers_sheet),
        (F4, "groups", editor.form.groups_sheet),
        (F9, "publish", editor.publish_sheet),
    ):
        room.press(ESC, key)
        found[name] = room.faults(sheet)
    room.press(ESC, F6)
    found["text"] = room.faults()
    room.press(F7)
    found["try"] = room.faults()
    room.press(ENTER)
    found["example"] = room.faults(editor.example_sheet)

    assert {name: faults for name, faults in found.items() if faults} == {}
    assert (room.window.width(), room.window.height()) == size
    QApplication.processEvents()


def _line_of(tint: Any) -> int:
    return int(tint.cursor.blockNumber()) + 1
