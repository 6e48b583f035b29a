"""The kitchen's section by its keys, on a real store: the meal, the numbers, what changed, the papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.calendar import Ruling
from pos.domain.forecast import Forecast
from pos.domain.members import Member
from pos.domain.menu import Meal
from pos.domain.prints import PrintKind
from pos.services.calendar import Calendar
from pos.services.canteen import Canteens
from pos.services.kitchen import Kitchen
from receipts.files import files
from tests.pos.services.counter import OFFERS, Counter
from tests.pos.services.tomorrow import TUESDAY, WEDNESDAY, book, goes_away, has_diets, has_pork, reservations
from tests.receipts.pdf import words_of
from tests.ui import geometry
from tests.ui.conftest import SIZES
from tests.ui.immediate import HeldLane, ImmediateLane
from tests.ui.office_room import Room, room_for
from tests.ui.test_office_work import Strip
from ui.kitchen import view
from ui.kitchen.presenter import KitchenPresenter, Shown
from ui.kitchen.view import SECTION, KitchenPage
from ui.office.work import Work
from ui.presenting import Message
from ui.theme import Theme
from ui.widgets.table import Column, Line, Table

Key = Qt.Key


@pytest.fixture
def till(shut_till: Counter) -> Counter:
    shut_till.shifts.open(shut_till.cashier, 0)
    return shut_till


@pytest.fixture
def wang(till: Counter) -> Member:
    return till.rich("王秀英")


@pytest.fixture
def li(till: Counter) -> Member:
    return till.rich("李桂兰")


@pytest.fixture
def opened(till: Counter, theme: Theme, qtbot: QtBot, english: None) -> Callable[[], Room]:
    """The section is opened after the test has made its tomorrow."""
    return lambda: room_for(SECTION, till, theme, qtbot, actor=lambda: till.cashier)


def page_of(room: Room) -> KitchenPage:
    assert isinstance(room.view, KitchenPage)
    return room.view


def cells(table: Table) -> list[tuple[str, ...]]:
    return [line.cells for line in table.lines]


def struck(lines: list[Line]) -> list[str]:
    return [line.cells[0] for line in lines if line.struck]


def close(till: Counter, day: int) -> None:
    ruling = Ruling(TUESDAY + timedelta(days=day), opens=False, reason="停水")
    Calendar(till.stores, till.clock).rule(till.manager, ruling)


def printed_versions(till: Counter) -> int:
    with till.stores.read() as store:
        found = store.prints.latest(PrintKind.KITCHEN, "", TUESDAY, Meal.LUNCH)
    return found.version if found else 0


def test_it_opens_with_lunch_on_the_next_day_that_is_cooked_for(till: Counter, opened: Callable[[], Room]) -> None:
    close(till, 0)

    page = page_of(opened())

    assert page._bar.day == "11-25 Wed"
    assert page._bar.meal is Meal.LUNCH


def test_arrows_and_digits_choose_the_day_the_meal_and_the_list(
    till: Counter, wang: Member, opened: Callable[[], Room]
) -> None:
    book(till, wang, WEDNESDAY)
    room = opened()
    page = page_of(room)

    room.press(Key.Key_Right)
    wednesday = (page._bar.day, page._figures["total"]._number.text())
    room.press("3")
    dinner = page._figures["total"]._number.text()
    room.press(Key.Key_Left, Key.Key_Left, "1", "8")

    assert (wednesday, dinner) == (("11-25 Wed", "1"), "0")
    assert page._bar.day == "11-23 Mon today"
    assert (page._bar.meal, [tab.isChecked() for tab in page._lists.values()]) == (Meal.BREAKFAST, [False] * 4 + [True])


def test_K1_the_numbers_stand_large_and_by_dish_diet_and_way(
    till: Counter, wang: Member, li: Member, opened: Callable[[], Room]
) -> None:
    has_diets(till, li, "低盐")
    book(till, wang)
    book(till, li, portions=(("meat", 2), ("rice", 1)))

    page = page_of(opened())

    assert [figure._number.text() for figure in page._figures.values()] == ["2", "2", "0", "0", "–"]
    assert cells(page._numbers) == [
        ("一荤两素套餐", "1", "", "", "1"),
        ("Dishes in all", "", "", "", ""),
        ("红烧肉", "2", "", "", "2"),
        ("米饭", "1", "", "", "1"),
        ("Diets", "", "", "", ""),
        ("低盐", "1", "", "", "1"),
        ("ordinary", "1", "", "", "1"),
    ]


def test_K1_what_changed_since_the_print_is_struck_out_until_the_change_slip_is_printed(
    till: Counter, wang: Member, li: Member, opened: Callable[[], Room]
) -> None:
    made, second = book(till, wang), book(till, li)
    room = opened()
    page = page_of(room)
    room.press(Key.Key_F7)
    fresh = (page._state.text(), page._change_roll.isEnabled(), cells(page._people))
    reservations(till).cancel(till.cashier, made.id)
    book(till, li, portions=(("meat", 1),), instead=second.id)
    room.press(Key.Key_F5, "4")
    late = page._state.text()
    lines = list(page._people.lines)
    room.press(Key.Key_F9)

    assert fresh == ("up to date", False, [("", "王*英 Dine in", "一荤两素套餐"), ("", "李*兰 Dine in", "一荤两素套餐")])
    assert late == "out of date: 2 changes since"
    assert [line.cells for line in lines] == [
        ("Cancelled", "王*英 Dine in", "一荤两素套餐"),
        ("Changed", "李*兰 Dine in", "一荤两素套餐"),
        ("now", "李*兰 Dine in", "红烧肉"),
    ]
    assert struck(lines) == ["Cancelled", "Changed"]
    assert (page._state.text(), page._print.text()) == ("up to date", "Version 2 · 11-23 11:30 · 李桂兰")
    assert [job[:2] for job in till.jobs() if job[0].startswith("kitchen")] == [
        ("kitchen", "kitchen/2026-11-24/lunch/1/"),
        ("kitchen_changes", "kitchen/2026-11-24/lunch/2/"),
    ]
    assert room.said == "Change slip Version 2 is printed."


def test_K1_whoever_cancelled_stays_in_the_list_of_all_struck_out(
    till: Counter, wang: Member, opened: Callable[[], Room]
) -> None:
    reservations(till).cancel(till.cashier, book(till, wang).id)
    room = opened()

    room.press("8")

    lines = list(page_of(room)._people.lines)
    assert [line.cells for line in lines] == [("Cancelled", "王*英 Dine in", "一荤两素套餐")]
    assert struck(lines) == ["Cancelled"]


def test_a_struck_row_is_painted_so_but_for_the_word_that_says_why(theme: Theme, qtbot: QtBot) -> None:
    table = Table(theme)
    qtbot.addWidget(table)
    table.set_columns((Column("a"), Column("b")))
    table.set_lines([Line(("Cancelled", "王*英"), struck=True), Line(("", "李*兰"))])

    fonts = [[table.model().index(at, column).data(Qt.ItemDataRole.FontRole) for column in (0, 1)] for at in (0, 1)]

    assert [[isinstance(font, QFont) and font.strikeOut() for font in of_row] for of_row in fonts] == [
        [False, True],
        [False, False],
    ]


def test_clashes_and_those_who_are_away_come_first_and_the_week_is_one_key_away(
    till: Counter, wang: Member, li: Member, opened: Callable[[], Room]
) -> None:
    has_pork(till)
    has_diets(till, wang, "不吃猪肉")
    book(till, wang, portions=(("meat", 1),))
    book(till, wang, WEDNESDAY, portions=(("meat", 1),))
    book(till, li)
    goes_away(till, li)
    room = opened()
    page = page_of(room)

    clashes = cells(page._people)
    room.press("6")
    away = cells(page._people)
    room.press("7")

    clash = ("不吃猪肉", "王*英 Dine in", "红烧肉")
    assert page._lists[next(iter(page._lists))].text() == "Changed 0"
    assert clashes == [clash]
    assert away == [("paused", "李*兰 Dine in", "一荤两素套餐")]
    assert cells(page._people) == [("11-24", "Tue Lunch", "tomorrow"), clash, ("11-25", "Wed Lunch", ""), clash]


def test_K8_a_closed_day_says_why_and_how_many_must_be_told(
    till: Counter, wang: Member, opened: Callable[[], Room]
) -> None:
    book(till, wang)
    close(till, 0)
    close(till, 1)
    room = opened()
    page = page_of(room)

    room.press(Key.Key_Left)
    nobody = (page._warning.text(), page._sheet_roll.isEnabled(), page._sheet_pages.isEnabled())
    room.press(Key.Key_Left)

    assert nobody == ("The canteen is closed on this day · 停水", False, False)
    assert page._warning.text() == "The canteen is closed on this day · 停水 · tell 1 person"
    assert cells(page._people) == [("canteen closed", "王*英 Dine in", "一荤两素套餐")]
    assert (page._numbers.lines, page._sheet_roll.isEnabled()) == ([], True)


def test_a_meal_without_a_menu_and_one_that_is_overbooked_say_so(
    till: Counter, wang: Member, opened: Callable[[], Room]
) -> None:
    book(till, wang, portions=(("set", 1), ("rice", 1)))
    with till.stores.write() as store:
        store.menu.set_menu(TUESDAY, Meal.LUNCH, (replace(OFFERS[0], capacity=0),))
        store.menu.set_capacity(TUESDAY, Meal.LUNCH, 0)
    room = opened()
    overbooked = page_of(room)._warning.text()
    with till.stores.write() as store:
        for day in (TUESDAY, None):
            store.menu.set_menu(day, Meal.LUNCH, ())

    room.press(Key.Key_F5)

    assert overbooked == "1 reserved, 0 planned · 一荤两素套餐: 1 reserved, 0 planned · 米饭 is not on the menu"
    assert page_of(room)._warning.text() == "There is no menu for this meal yet."


def test_K3_the_pages_are_written_with_the_meals_own_date_and_shown(
    till: Counter, wang: Member, opened: Callable[[], Room], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    seen: list[Path] = []
    made = book(till, wang)

    def ask(_page: KitchenPage, _title: str, name: str, _pattern: str) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(view, "ask_save", ask)
    monkeypatch.setattr(view, "show_file", seen.append)
    room = opened()

    room.press(Key.Key_F8, Key.Key_F10)
    reservations(till).cancel(till.cashier, made.id)
    room.press(Key.Key_F5, Key.Key_F10)

    assert asked == ["Kitchen sheet 2026-11-24 Tue Lunch.pdf", "Change slip 2026-11-24 Tue Lunch.pdf"]
    assert seen == [tmp_path / name for name in asked]
    titles = [words_of(path.read_bytes())[0][1:3] for path in seen]
    assert titles == [
        ["Kitchen sheet 2026-11-24 Tue Lunch", "Version 1 · 2026-11-23 11:30 · 李桂兰"],
        ["Change slip 2026-11-24 Tue Lunch", "Version 2 · 2026-11-23 11:30 · 李桂兰"],
    ]
    assert printed_versions(till) == 2


def test_a_booking_elsewhere_appears_by_itself_while_the_section_is_shown_and_only_then(
    till: Counter, wang: Member, li: Member, opened: Callable[[], Room]
) -> None:
    room = opened()
    page = page_of(room)
    book(till, wang)

    page._timer.timeout.emit()

    assert page._figures["total"]._number.text() == "1"
    running = page._timer.isActive()
    page.left()
    assert (running, page._timer.isActive()) == (True, False)


@dataclass
class Face:
    """What the view was told."""

    shown: list[Shown] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def show_kitchen(self, shown: Shown) -> None:
        self.shown.append(shown)

    def show_file(self, path: Path) -> None:
        raise AssertionError(path)

    def show_message(self, message: Message) -> None:
        self.messages.append(message)

    def clear_message(self) -> None:
        return


def test_an_answer_about_a_day_that_was_left_meanwhile_is_not_shown(till: Counter, wang: Member) -> None:
    book(till, wang)
    lane, face = HeldLane(), Face()
    presenter = KitchenPresenter(
        face,
        face,
        Kitchen(till.stores, till.clock, "A"),
        Canteens(till.stores, till.clock, "A"),
        files().kitchen,
        till.clock,
        lane,
        Work(Strip(), ImmediateLane(), lambda call: call()),
        lambda: till.cashier,
        lambda: TUESDAY,
    )
    presenter.open()
    lane.go()
    presenter.refresh()
    presenter.step(1)

    lane.go()

    read = [(shown.day, shown.sheet.day) for shown in face.shown if shown.sheet]
    assert read == [(WEDNESDAY, WEDNESDAY)]


@pytest.mark.parametrize("size", SIZES)
def test_everything_on_it_has_room(
    size: tuple[int, int],
    language: str,
    till: Counter,
    wang: Member,
    theme_for: Callable[[tuple[int, int]], Theme],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Kitchen, "forecast", lambda *_asked: Forecast(1_234, 123, 8))
    made = book(till, wang)
    for number in range(12):
        book(till, till.rich(f"欧阳建国{number}"))
    room = room_for(SECTION, till, theme_for(size), qtbot, size)
    room.press(Key.Key_F7)
    reservations(till).cancel(till.cashier, made.id)
    close(till, 0)

    room.press(Key.Key_F5, "4")

    QApplication.processEvents()
    page = page_of(room)
    assert (geometry.clipped(page), geometry.overlapping(page), geometry.nameless(page)) == ([], [], [])
    assert [table.titles_fit() for table in (page._numbers, page._people)] == [True, True]
    assert room.window.width() == size[0]
