"""Lists in and lists out by the keys of the office: a file of members, a payer's list, every balance owed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.tables import Column, Table
from receipts.tables import TableFiles
from tests.journey.shop import Shop
from tests.pos.services.counter import PIN
from tests.receipts.pdf import words_of
from ui.office.page import OfficePage
from ui.widgets.labels import ElidedLabel
from ui.widgets.table import Table as Lines

ENTER, ESC, F4, F6, F7, F8, F9 = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_F4,
    Qt.Key.Key_F6,
    Qt.Key.Key_F7,
    Qt.Key.Key_F8,
    Qt.Key.Key_F9,
)
ONE, TWO, THREE = Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3


@pytest.fixture
def office(shop: Shop) -> OfficePage:
    """The manager has opened the shift and stands in the office."""
    shop.press(ONE)
    shop.type(PIN)
    shop.press(ENTER)
    shop.type("100")
    shop.press(ENTER)
    QTest.keyClick(shop.front.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    shop.settle()
    found = shop.front.window.findChild(OfficePage)
    assert isinstance(found, OfficePage)
    return found


def go(shop: Shop, *keys: Qt.Key) -> None:
    """Press keys, each after long work is over too."""
    for key in keys:
        shop.press(key)
        shop.wait(lambda: not shop.front.lanes.busy)
        shop.settle()


def lines_of(office: OfficePage, name: str, which: int = 0) -> list[tuple[str, ...]]:
    tables = [table for table in office.view(name).findChildren(Lines) if table.isVisible()]
    return [line.cells for line in tables[which].lines]


def written(path: Path, header: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    TableFiles().write(Table("名单", tuple(map(Column, header)), rows, title=("社区老人名单",)), path)
    return path


def test_members_of_a_file_come_in_by_keys_and_a_second_time_adds_nobody(
    shop: Shop, office: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "m.xlsx", ("姓名", "电话", "余额"), ("吴秀兰", "139", "30"), ("郑大海", "138", "1.999"))
    monkeypatch.setattr("ui.imports.view.ask_open", lambda *_asked: path)
    monkeypatch.setattr("ui.imports.view.ask_save", lambda *_asked: tmp_path / "wrong.csv")
    office.show_section("imports")

    go(shop, ONE)
    rows = lines_of(office, "imports")
    go(shop, F7, F9, ENTER)
    go(shop, ONE)
    again = lines_of(office, "imports")
    go(shop, F9, ESC)

    assert [(cells[1], cells[-1]) for cells in rows] == [
        ("郑大海", "× 期初本金：“1.999”不是准确到分的金额"),
        ("吴秀兰", "新会员"),
    ]
    assert (tmp_path / "wrong.csv").exists()
    assert shop.wallet("吴秀兰") == 3_000
    assert [cells[-1] for cells in again] == ["× 期初本金：“1.999”不是准确到分的金额", "已是会员"]
    assert shop.rows("SELECT count(*) FROM members WHERE name = '吴秀兰'") == [(1,)]
    assert office.isVisible()


def test_a_column_is_told_by_keys(
    shop: Shop, office: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "m.csv", ("称呼", "电话"), ("吴秀兰", "139"))
    monkeypatch.setattr("ui.imports.view.ask_open", lambda *_asked: path)
    office.show_section("imports")

    go(shop, ONE)
    before = lines_of(office, "imports")
    go(shop, Qt.Key.Key_Up, ENTER, Qt.Key.Key_Home, Qt.Key.Key_Down, ENTER, F9)

    assert before == [("A", "社区老人名单", "称呼 · 吴秀兰", "–"), ("B", "", "电话 · 139", "–")] or before[0][-1] == "–"
    assert [cells[1] for cells in lines_of(office, "imports")][-1] == "吴秀兰"


def test_a_payer_pays_for_many_by_keys_and_a_slip_comes_out(
    shop: Shop, office: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "p.csv", ("姓名", "金额"), ("王桂英", "50"), ("李建国", "60"), ("合计", "110"))
    monkeypatch.setattr("ui.imports.view.ask_open", lambda *_asked: path)
    office.show_section("imports")
    before = shop.wallet("王桂英")

    go(shop, TWO, F9)
    shop.type("wanda")
    go(shop, ENTER)
    shop.wait(lambda: any("wanda" in line for paper in shop.roll.papers for line in paper.rows))

    assert shop.wallet("王桂英") == before + 5_000


def test_escape_leads_from_the_rows_to_the_start_and_then_to_the_counter(
    shop: Shop, office: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "m.csv", ("姓名",), ("吴秀兰",))
    monkeypatch.setattr("ui.imports.view.ask_open", lambda *_asked: path)
    office.show_section("imports")

    go(shop, ONE, F6, F4, ESC)
    in_office = shop.front.window.page
    go(shop, ESC)

    assert (in_office, shop.front.window.page) == ("office", "sale")


def test_every_balance_owed_is_read_and_printed_by_keys(
    shop: Shop, office: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.lists.view.ask_save", lambda *_asked: tmp_path / "owed.pdf")
    shown: list[Path] = []
    monkeypatch.setattr("ui.lists.view.show_file", shown.append)
    office.show_section("lists")
    shop.wait(lambda: not shop.front.lanes.busy)
    shop.settle()

    owed = lines_of(office, "lists")
    go(shop, F8)
    go(shop, TWO, Qt.Key.Key_Plus)
    low = lines_of(office, "lists")
    go(shop, THREE)

    assert [cells[0] for cells in owed] == ["李建国", "王桂英", "赵小满"]
    (page,) = words_of((tmp_path / "owed.pdf").read_bytes())
    assert any("王桂英" in line for line in page)
    assert [cells[0] for cells in low] == []
    assert lines_of(office, "lists") == []


def test_nothing_of_a_list_is_left_on_the_screen(shop: Shop, office: OfficePage) -> None:
    office.show_section("lists")
    shop.wait(lambda: not shop.front.lanes.busy)
    shop.settle()

    go(shop, ESC)

    words = [label.text() for label in office.view("lists").findChildren(ElidedLabel)]
    assert [line for table in office.view("lists").findChildren(Lines) for line in table.lines] == []
    assert not any("¥" in word for word in words)
