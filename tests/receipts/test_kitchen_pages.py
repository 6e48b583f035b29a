"""The kitchen's papers on A4: the meal's own date, the numbers, who needs something else, what changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import ImageChops

from pos import i18n
from pos.domain.kitchen import Plate, count
from pos.domain.pages import Frame
from receipts.kitchen_pages import KitchenPages, _changes, changes_pdf, sheet_pdf
from receipts.pages import Grid, GridColumn, pdf
from tests.receipts.kitchen_papers import FIRST, LATER, NO_MENU, OFFERS, SHEET, SHUT
from tests.receipts.pdf import pictures_of, words_of

FRAME = Frame("幸福里社区食堂", "Kitchen sheet 2026-03-03 Tue Lunch", "2026-03-02 16:30", "Version 2")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use(i18n.DEFAULT_LANGUAGE)


def lines_of(pdf: bytes) -> list[str]:
    return [line.replace("|", " ") for page in words_of(pdf) for line in page]


def test_K1_the_sheet_counts_by_set_dish_diet_time_and_way() -> None:
    lines = lines_of(sheet_pdf(FRAME, SHEET))

    assert lines[2:29] == [
        "Version 1 · 2026-03-02 16:26 · 周敏",
        "To cook: 6 portions",
        "Walk-ins expected: 23 ± 5, from 7 past days like it",
        "Set meals Dine in Take away Delivery Sum",
        "六菜一汤 1 1",
        "一荤两素套餐 1 3 4",
        "Dishes, those of set meals too Dine in Take away Delivery Sum",
        "红烧肉 1 1 2",
        "番茄炒蛋 1 1",
        "冬瓜汤 1 1",
        "米饭 2 2",
        "Diets Dine in Take away Delivery Sum",
        "低盐 1 1 2",
        "软食 2 2",
        "不吃猪肉 1 1",
        "of these 不吃猪肉+低盐 1 1",
        "ordinary 2 2",
        "Portions 2 1 3 6",
        "By time Dine in Take away Delivery Sum",
        "11:30 2 2",
        "12:00 1 1",
        "no time said 3 3",
        "Portions 2 1 3 6",
        "Must not have this (1)",
        "Name How Time What and why",
        "赵*国 Take away 12:00 红烧肉: 不吃猪肉",
        "Printed 2026-03-02 16:30 · Version 2 Page 1 of 2",
    ]


def test_K3_the_sheet_bears_the_date_of_its_meal_not_of_the_evening_it_is_printed() -> None:
    lines = lines_of(sheet_pdf(FRAME, SHEET))

    assert lines[1] == "Kitchen sheet 2026-03-03 Tue Lunch"


def test_K1_a_later_sheet_shows_what_changed_and_whoever_is_reserved_but_not_cooked_for() -> None:
    lines = lines_of(sheet_pdf(FRAME, LATER))

    start = lines.index("Changed since version 1")
    assert lines[2:6] == [
        "Version 2 · 2026-03-02 16:26 · 周敏",
        "To cook: 5 portions",
        "4 changes since version 1",
        "Walk-ins expected: 23 ± 5, from 7 past days like it",
    ]
    kinds = ("Cancelled", "Changed ", "now ", "Added ")  # the list goes on over two pages
    assert [line for line in lines[start + 1 :] if line.startswith(kinds)] == [
        "Cancelled (paused) 欧阳*国 Delivery 一荤两素套餐 低盐",
        "Cancelled 王*英 Dine in 11:30 六菜一汤 (红烧肉, 番茄炒蛋, 冬瓜汤)",
        "Changed 李*兰 Delivery 一荤两素套餐×2 软食",
        "now 李*兰 Dine in 11:30 一荤两素套餐×2 软食",
        "Added 阿* Dine in 六菜一汤 (红烧肉, 番茄炒蛋, 冬瓜汤)",
    ]
    assert lines[lines.index("Reserved, not cooked (1)") + 2] == "欧阳*国 Delivery paused 一荤两素套餐"


def test_K1_the_change_slip_tells_the_numbers_that_moved() -> None:
    lines = lines_of(changes_pdf(FRAME, LATER))

    start = lines.index("To cook before now")
    assert lines[start : start + 4] == ["To cook before now", "一荤两素套餐 4 3", "低盐 2 1", "Portions 6 5"]


def test_K1_what_was_is_struck_out_but_for_the_word_that_says_so() -> None:
    (grid,) = (block for block in _changes(LATER) if isinstance(block, Grid))

    rows = list(grid.rows)
    assert [row[0] for row in rows] == ["Cancelled (paused)", "Cancelled", "Changed", "now", "Added"]
    assert grid.struck == {(row, column) for row in range(3) for column in range(1, 5)}


def test_K1_a_struck_cell_has_a_line_through_its_words_and_no_other_has(tmp_path: Path) -> None:
    columns, rows = (GridColumn("a", 1), GridColumn("b", 1)), (("王*英", "六菜一汤"), ("李*兰", "套餐"))

    plain, struck = (
        pictures_of(pdf(FRAME, [Grid(columns, rows, struck=cells)]), tmp_path, 150)[0].convert("L")
        for cells in (frozenset[tuple[int, int]](), frozenset({(0, 1)}))
    )

    left, top, right, bottom = ImageChops.difference(plain, struck).getbbox() or (0, 0, 0, 0)
    words = 4 * 9 * 150 / 72
    assert (bottom - top <= 4, left > plain.width / 2, words * 0.9 < right - left < words * 1.1) == (True, True, True)


def test_K8_a_closed_day_says_so_and_lists_everybody_who_must_be_told() -> None:
    lines = lines_of(sheet_pdf(FRAME, SHUT))

    assert "CLOSED 停水" in lines
    assert [line for line in lines if line.startswith("Reserved, not cooked")] == ["Reserved, not cooked (5)"]
    assert not any(line.startswith(("To cook", "Walk-ins")) for line in lines)


def test_a_meal_without_a_menu_says_so() -> None:
    lines = lines_of(sheet_pdf(FRAME, NO_MENU))

    assert lines[3:5] == ["To cook: 0 portions", "There is no menu for this meal yet."]


def test_two_hundred_diets_go_on_over_pages_and_nobody_is_lost() -> None:
    many = tuple(Plate(f"r{at}", f"m{at}", f"王*{at}", FIRST[1].way, "", FIRST[1].portions, ("软食",)) for at in range(200))
    paper = replace(SHEET, plates=many, counts=count(many, OFFERS))

    pages = words_of(sheet_pdf(FRAME, paper))

    listed = [word for page in pages for line in page for word in line.split("|") if word.startswith("王*")]
    assert listed == [plate.name for plate in many]
    assert [page[0].split("|")[0] for page in pages[1:]] == [f"{FRAME.canteen} · {FRAME.title}"] * (len(pages) - 1)


def test_the_papers_are_written_into_files(tmp_path: Path) -> None:
    pages = KitchenPages()
    for draft in (pages.sheet(FRAME, LATER, tmp_path / "sheet.pdf"), pages.changes(FRAME, LATER, tmp_path / "changes.pdf")):
        with draft as put_in_place:
            put_in_place()

    assert (tmp_path / "sheet.pdf").read_bytes() == sheet_pdf(FRAME, LATER)
    assert (tmp_path / "changes.pdf").read_bytes() == changes_pdf(FRAME, LATER)
