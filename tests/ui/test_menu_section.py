"""The menu section by its keys alone, on a real store; and that everything on it has room."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.diet import Tag
from pos.domain.menu import DishKind, Meal, Part
from pos.services.menu import Menus
from receipts.files import files
from tests.pos.services.counter import OFFERS, Counter
from tests.ui.conftest import SIZES
from tests.ui.geometry import clipped, overlapping
from tests.ui.immediate import ImmediateLane
from ui.menu.presenter import MenuPresenter
from ui.menu.view import MenuPage
from ui.presenting import Message
from ui.theme import Theme
from ui.widgets.drag_table import ROW, DragTable
from ui.widgets.picture_file import read_picture

TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)


class Said:
    """The strip at the foot."""

    def __init__(self) -> None:
        self.message = Message("")

    def show_message(self, message: Message) -> None:
        self.message = message

    def clear_message(self) -> None:
        self.message = Message("")


def shown(theme: Theme, shut_till: Counter, qtbot: QtBot, said: Said, size: tuple[int, int] = (1366, 768)) -> MenuPage:
    """The section on its page, read and with the focus in its dishes."""
    ground = QWidget()
    page = MenuPage(theme, ground)
    menus = Menus(shut_till.stores, shut_till.clock)
    page.attend(MenuPresenter(page, said, menus, ImmediateLane(), lambda: shut_till.manager, shut_till.clock, files().wall, read_picture))
    # As in the office, whose rail is at the left of the section: a sheet lies on both.
    layout = QVBoxLayout(ground)
    layout.addWidget(page)
    layout.setContentsMargins(theme.px(232), theme.px(27), theme.px(20), theme.px(27))
    qtbot.addWidget(ground)
    ground.resize(size[0], size[1] - theme.px(144))
    ground.show()
    ground.activateWindow()
    page.opened()
    QApplication.processEvents()
    return page


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
def section(theme: Theme, shut_till: Counter, qtbot: QtBot, said: Said, english: None) -> MenuPage:
    return shown(theme, shut_till, qtbot, said)


def press(section: MenuPage, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or section, key)


def keys(section: MenuPage, text: str) -> None:
    for char in text:
        QTest.keyClicks(QApplication.focusWidget() or section, char)


def planned(shut_till: Counter, day: date | None, meal: Meal = Meal.LUNCH) -> list[str]:
    plans = Menus(shut_till.stores, shut_till.clock).plans(day)
    return [offer.name for plan in plans if plan.meal is meal for offer in plan.offers]


def test_enter_puts_a_dish_on_and_del_takes_one_off(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_Right, Qt.Key.Key_Enter)
    assert planned(shut_till, TOMORROW) == planned(shut_till, None), "every dish was on the standing menu already"

    section._menu.setFocus()
    press(section, Qt.Key.Key_Delete)

    assert planned(shut_till, TOMORROW) == [offer.name for offer in OFFERS[1:]]
    assert planned(shut_till, None) == [offer.name for offer in OFFERS]


def test_plus_gives_a_dish_a_later_key_and_the_mark_goes_with_it(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_Right)
    section._menu.setFocus()

    press(section, Qt.Key.Key_Plus)

    assert planned(shut_till, TOMORROW)[:2] == [OFFERS[1].name, OFFERS[0].name]
    assert section._menu.at == 1


def test_f7_lets_a_day_go_by_the_menu_of_every_day_again(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_Right)
    section._menu.setFocus()
    press(section, Qt.Key.Key_Delete)

    press(section, Qt.Key.Key_F7)

    assert planned(shut_till, TOMORROW) == planned(shut_till, None)


def test_a_new_dish_is_typed_saved_and_put_on_by_keys(section: MenuPage, shut_till: Counter, said: Said) -> None:
    press(section, Qt.Key.Key_F3)
    keys(section, "Perch")
    press(section, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keys(section, "18.00")
    press(section, Qt.Key.Key_Enter)
    keys(section, "Per")
    press(section, Qt.Key.Key_Enter, Qt.Key.Key_Enter)

    assert said.message.title == ""
    assert planned(shut_till, TODAY)[-1] == "Perch"


def test_a_price_that_is_none_keeps_the_form_open_and_says_so(section: MenuPage, shut_till: Counter, said: Said) -> None:
    press(section, Qt.Key.Key_F3)
    keys(section, "Perch")
    press(section, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keys(section, "18,x")
    press(section, Qt.Key.Key_Enter)

    assert said.message.title == '"18,x" is not an amount of money.'
    assert (section._sheet.is_open, section._sheet._price.line.hasFocus()) == (True, True)
    assert "Perch" not in [dish.name for dish in Menus(shut_till.stores, shut_till.clock).dishes()]


def test_a_week_is_copied_by_f6(section: MenuPage, shut_till: Counter, said: Said) -> None:
    menus = Menus(shut_till.stores, shut_till.clock)
    menus.plan(shut_till.manager, TODAY, Meal.DINNER, [OFFERS[0].dish_id])

    press(section, *[Qt.Key.Key_Right] * 7, Qt.Key.Key_F6)

    assert planned(shut_till, TODAY + timedelta(days=7), Meal.DINNER) == [OFFERS[0].name]
    assert said.message.title == "1 meal is planned as a week ago."


def test_ctrl_and_a_digit_is_left_to_the_office(section: MenuPage, shut_till: Counter) -> None:
    QTest.keyClick(QApplication.focusWidget() or section, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)

    assert section._seek.text == ""


def test_a_dish_is_tagged_by_keys(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_F4)
    press(section, *[Qt.Key.Key_Tab] * 3, Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_Space)
    press(section, Qt.Key.Key_Enter)

    first = Menus(shut_till.stores, shut_till.clock).dishes()[0]
    assert (first.tags, section._sheet.is_open) == ((Tag.PORK, Tag.BEEF), False)
    assert "pork, beef" in section._dishes.lines[0].cells


def test_the_parts_of_a_new_set_meal_are_typed_and_stand_in_the_list(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_F3)
    keys(section, "Six")
    press(section, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keys(section, "15")
    press(section, Qt.Key.Key_Tab)
    keys(section, "2")
    press(section, Qt.Key.Key_Tab)
    keys(section, "4x")
    press(section, Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    keys(section, "1")
    press(section, Qt.Key.Key_Enter)

    (six,) = (dish for dish in Menus(shut_till.stores, shut_till.clock).dishes() if dish.name == "Six")
    assert six.parts == (Part(DishKind.MEAT, 2), Part(DishKind.VEGETABLE, 4), Part(DishKind.SOUP, 1))
    assert ("Sets", "Six", "2 Meat, 4 Greens, 1 Soup", "¥15.00") in [line.cells for line in section._dishes.lines]


def test_only_a_set_meal_is_asked_for_parts(section: MenuPage) -> None:
    press(section, Qt.Key.Key_F3)
    asked = section._sheet._parts.isVisible()
    press(section, Qt.Key.Key_Tab, Qt.Key.Key_Down)

    assert (asked, section._sheet._parts.isVisible()) == (True, False)


@pytest.fixture
def red(tmp_path: Path) -> Path:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    assert image.save(str(tmp_path / "red.png"))
    return tmp_path / "red.png"


def test_a_picture_is_chosen_kept_shown_again_and_taken_away_by_keys(
    section: MenuPage, shut_till: Counter, red: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus = Menus(shut_till.stores, shut_till.clock)
    first = menus.dishes()[0].id
    monkeypatch.setattr(section, "ask_picture", lambda: red)
    press(section, Qt.Key.Key_F4, Qt.Key.Key_F5)
    unsaved = menus.photo(first)
    press(section, Qt.Key.Key_Enter)
    kept = menus.photo(first)
    press(section, Qt.Key.Key_F4)
    again = section._sheet._photo.photo
    press(section, Qt.Key.Key_F6, Qt.Key.Key_Enter)

    assert (unsaved, again, menus.photo(first)) == (None, kept, None)
    assert kept is not None
    assert kept.startswith(b"\xff\xd8\xff")


def test_a_file_that_is_no_picture_is_told_and_nothing_changes(
    section: MenuPage, said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "text.png").write_text("no picture", "utf-8")
    monkeypatch.setattr(section, "ask_picture", lambda: tmp_path / "text.png")

    press(section, Qt.Key.Key_F4, Qt.Key.Key_F5)

    assert (said.message.title, section._sheet._photo.photo) == ("This file is no picture.", None)


def drop(onto: DragTable, what: str, before: int) -> bool:
    """Let a dragged row go above a row; whether it was taken."""
    data = QMimeData()
    data.setData(ROW, what.encode())
    y = onto.rowViewportPosition(before) + 2 if before < len(onto.lines) else onto.viewport().height() - 4
    over = QDragEnterEvent(QPoint(30, y), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto.viewport(), over)
    event = QDropEvent(QPointF(30, y), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto.viewport(), event)
    return over.isAccepted() and event.isAccepted()


def test_a_dish_is_dragged_onto_its_place_of_the_menu_and_off_it(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_Right)
    soup, meat, rice, set_meal = (OFFERS[at].name for at in (3, 1, 2, 0))
    row = next(at for at, line in enumerate(section._dishes.lines) if "工作餐" in line.cells[1])

    taken = [drop(section._menu, f"dishes {row}", 1), drop(section._menu, "menu 0", 3), drop(section._dishes, "menu 3", 0)]

    assert taken == [True, True, True]
    assert planned(shut_till, TOMORROW) == ["工作餐", meat, set_meal, soup]
    assert rice not in planned(shut_till, TOMORROW)


def test_a_dish_that_is_on_the_menu_is_dragged_to_another_place_of_it(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_Right)
    row = next(at for at, line in enumerate(section._dishes.lines) if OFFERS[0].name in line.cells[1])

    drop(section._menu, f"dishes {row}", 4)

    assert planned(shut_till, TOMORROW) == [OFFERS[at].name for at in (1, 2, 3, 0)]


def test_what_is_dragged_from_elsewhere_is_not_taken(section: MenuPage, shut_till: Counter) -> None:
    before = planned(shut_till, TODAY)

    assert [drop(section._menu, "stops 1", 0), drop(section._dishes, "dishes 0", 1), drop(section._menu, "", 0)] == [False] * 3
    assert planned(shut_till, TODAY) == before


def test_a_row_goes_along_when_the_mouse_goes_far_enough(section: MenuPage, monkeypatch: pytest.MonkeyPatch) -> None:
    carried: list[bytes] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, _action: carried.append(bytes(drag.mimeData().data(ROW).data())))
    ground, row = section._menu.viewport(), section._menu.rowViewportPosition(1) + 10
    QTest.mousePress(ground, Qt.MouseButton.LeftButton, pos=QPoint(40, row))
    QTest.mouseMove(ground, QPoint(42, row))
    near = list(carried)
    QTest.mouseMove(ground, QPoint(200, row))

    assert (near, carried) == ([], [b"menu 1"])


def limited(shut_till: Counter, day: date | None) -> tuple[list[int | None], int | None]:
    plans = Menus(shut_till.stores, shut_till.clock).plans(day)
    return next(([offer.capacity for offer in plan.offers], plan.capacity) for plan in plans if plan.meal is Meal.LUNCH)


def test_f11_limits_the_marked_dish_and_the_meal_and_says_so(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_Right)
    section._menu.setFocus()
    press(section, Qt.Key.Key_Down, Qt.Key.Key_F11)
    keys(section, "0")
    press(section, Qt.Key.Key_Tab)
    keys(section, "120")
    press(section, Qt.Key.Key_Enter)

    assert limited(shut_till, TOMORROW) == ([None, 0, None, None], 120)
    assert limited(shut_till, None) == ([None] * 4, None)
    assert [line.cells[2] for line in section._menu.lines] == ["", "sold out", "", ""]
    assert section._why.text().startswith("At most 120 portions at this meal.")
    assert (section._limits.is_open, section._menu.hasFocus(), section._menu.at) == (False, True, 1)


def test_a_limit_that_is_no_number_is_said_at_its_field_and_nothing_is_kept(section: MenuPage, shut_till: Counter) -> None:
    press(section, Qt.Key.Key_F11)
    keys(section, "4")
    press(section, Qt.Key.Key_Tab)
    keys(section, "many")
    press(section, Qt.Key.Key_Enter)

    assert (section._limits.is_open, section._limits._whole.complaint) == (True, "A number from 0 to 9999, or nothing.")
    assert section._limits._whole.line.hasFocus()
    assert limited(shut_till, None) == ([None] * 4, None)


def test_the_menu_of_yesterday_cannot_be_changed(section: MenuPage, shut_till: Counter, said: Said) -> None:
    press(section, Qt.Key.Key_Left)
    section._menu.setFocus()
    press(section, Qt.Key.Key_Delete)

    assert said.message.title == "The menu of 2026-11-22 is history."


def page_of(section: MenuPage, key: Qt.Key, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The words of the page that a key writes."""
    opened: list[Path] = []
    monkeypatch.setattr(section, "ask_file", lambda name: tmp_path / name)
    monkeypatch.setattr(section, "show_file", opened.append)
    press(section, key)
    (path,) = opened
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True)
    return done.stdout


def test_f9_writes_the_weeks_menu_with_a_column_for_each_day(
    section: MenuPage, shut_till: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus = Menus(shut_till.stores, shut_till.clock)
    menus.plan(shut_till.manager, TOMORROW, Meal.LUNCH, [OFFERS[1].dish_id])

    lines = page_of(section, Qt.Key.Key_F9, tmp_path, monkeypatch).splitlines()

    always, changing = (OFFERS[1], OFFERS[0])
    (head,) = (line for line in lines if "Mon 11-23" in line)
    assert head.split() == ["Mon", "11-23", "Tue", "11-24", "Wed", "11-25", "Thu", "11-26", "Fri", "11-27", "Sat", "11-28", "Sun", "11-29"]
    assert f"Every day: {always.name} 8.00" in lines
    assert max(line.count(changing.name) for line in lines) == 6, "on every day but one"
    assert any("Menu of the week from 2026-11-23" in line for line in lines)


def test_f10_writes_the_price_board_without_what_is_no_longer_cooked(
    section: MenuPage, shut_till: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus = Menus(shut_till.stores, shut_till.clock)
    gone = next(dish for dish in menus.dishes() if dish.id == OFFERS[1].dish_id)
    menus.change_dish(shut_till.manager, replace(gone, cooked=False))

    words = page_of(section, Qt.Key.Key_F10, tmp_path, monkeypatch)

    assert (OFFERS[0].name in words, gone.name in words) == (True, False)
    assert "Price in yuan" in words
    assert "Discounts and subsidies" in words


@pytest.mark.parametrize("size", SIZES)
def test_everything_has_room(
    size: tuple[int, int], theme_for: Callable[[tuple[int, int]], Theme], shut_till: Counter, qtbot: QtBot, language: str
) -> None:
    Menus(shut_till.stores, shut_till.clock).add_dish(shut_till.manager, "一荤两素低盐软食营养套餐（银龄）", DishKind.SET_MEAL, 1_500)

    section = shown(theme_for(size), shut_till, qtbot, Said(), size)
    window = section.window()
    page = (clipped(window), overlapping(section), section._menu.titles_fit(), section._dishes.titles_fit())
    press(section, Qt.Key.Key_F3)

    forms = [clipped(section._sheet), overlapping(section._sheet)]
    press(section, Qt.Key.Key_Escape)
    section._dishes.mark(next(at for at, line in enumerate(section._dishes.lines) if "一荤两素低盐" in line.cells[1]))
    press(section, Qt.Key.Key_F4)
    forms += [clipped(section._sheet), overlapping(section._sheet)]
    press(section, Qt.Key.Key_Escape, Qt.Key.Key_F11)

    assert page == ([], [], True, True)
    assert [*forms, clipped(section._limits), overlapping(section._limits)] == [[]] * 6
    assert window.width() == size[0]
