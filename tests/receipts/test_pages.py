"""Pages to print: frames, tables over several pages, signatures and QR codes, read back by poppler."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import zxingcpp

from pos import i18n
from pos.domain.pages import Frame
from pos.domain.tables import Column, ColumnKind, FileNotWritten, Table
from receipts.page_text import elided, width, wrapped
from receipts.pages import Block, Facts, Gap, Grid, GridColumn, NewPage, QrCode, Signatures, Words, pdf
from receipts.table_pages import TablePages, table_pdf
from tests.receipts.pdf import pictures_of, words_of

FRAME = Frame("幸福里社区食堂", "会员余额清单", "2026-03-02 11:52", "0.2.0")
COLUMNS = (GridColumn("No.", 1, "right"), GridColumn("Name", 3), GridColumn("Amount", 2, "right"))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use(i18n.DEFAULT_LANGUAGE)


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), "王秀英", f"{number}.00") for number in range(1, count + 1))


def test_a_paper_says_whose_it_is_which_when_and_of_how_many_pages() -> None:
    pages = words_of(pdf(FRAME, [Words("截至 2026-03-02"), NewPage(), Words("第二页")]))

    assert pages == [
        ["幸福里社区食堂", "会员余额清单", "截至 2026-03-02", "Printed 2026-03-02 11:52 · 0.2.0|Page 1 of 2"],
        ["幸福里社区食堂 · 会员余额清单", "第二页", "Printed 2026-03-02 11:52 · 0.2.0|Page 2 of 2"],
    ]


def test_a_paper_without_anything_in_it_is_one_page() -> None:
    assert len(words_of(pdf(FRAME, []))) == 1


def test_a_long_table_repeats_its_head_and_loses_no_row() -> None:
    pages = words_of(pdf(FRAME, [Grid(COLUMNS, rows(100), (("", "Total", "5050.00"),))]))

    assert len(pages) == 3
    assert all("No. Name|Amount" in page or "No.|Name|Amount" in page for page in pages)
    numbers = [line.replace("|", " ").split()[0] for page in pages for line in page if "王秀英" in line]
    assert numbers == [str(number) for number in range(1, 101)]
    assert pages[-1][-2] == "Total|5050.00"


def test_a_head_never_stands_alone_at_the_foot_of_a_page() -> None:
    filled: list[Block] = [Gap(210), Grid(COLUMNS, rows(1))]

    heads = [sum("Amount" in line for line in words_of(pdf(FRAME, [Gap(more), *filled]))[0]) for more in range(20)]
    bodies = [sum("王秀英" in line for line in words_of(pdf(FRAME, [Gap(more), *filled]))[0]) for more in range(20)]

    assert heads == bodies
    assert set(heads) == {0, 1}


@pytest.mark.parametrize("free_mm", range(4, 40, 6))
def test_a_title_never_stands_alone_at_the_foot_of_a_page(free_mm: int) -> None:
    table = Grid((GridColumn("姓名", 1),), (("王秀英",), ("李桂兰",)))

    pages = words_of(pdf(FRAME, [Gap(235 - free_mm), Words("变化", 12, room_mm=18), Gap(1), table]))

    titled = next(page for page in pages if "变化" in page)
    assert titled[titled.index("变化") + 1] == "姓名"


def test_the_same_paper_has_the_same_bytes() -> None:
    blocks: list[Block] = [Facts((("会员", "王秀英"),)), Grid(COLUMNS, rows(50)), QrCode("head"), Signatures(("制表",), "公章")]

    assert pdf(FRAME, blocks) == pdf(FRAME, blocks)


def test_amounts_stand_under_each_other_to_the_fen() -> None:
    for digit in "0123456789":
        assert width(digit, 10) == width("0", 10)


def test_an_amount_is_made_smaller_rather_than_cut() -> None:
    columns = (GridColumn("Name", 30), GridColumn("Amount", 1, "right"))

    (page,) = words_of(pdf(FRAME, [Grid(columns, (("王秀英", "123456789012.34"),))]))

    assert any("123456789012.34" in line for line in page)


def test_words_that_do_not_fit_are_cut_or_broken_as_the_column_asks() -> None:
    name = "买买提·艾力·阿卜杜热西提·吐尔逊"
    cut = (GridColumn("Name", 1), GridColumn("", 9))
    broken = (GridColumn("Name", 1, wrap=True), GridColumn("", 9))

    (short,), (long,) = (words_of(pdf(FRAME, [Grid(columns, ((name, ""),))])) for columns in (cut, broken))

    assert any(line.startswith("买买") and line.endswith("…") for line in short)
    assert "".join(long[3:-1]) == name


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("一二三四五六七八", ["一二三四", "五六七八"]),
        ("一二三四，五六七", ["一二三", "四，五六", "七"]),
        ("on page 1 now", ["on page", "1 now"]),
        ("一二 Happiness", ["一二 Ha", "ppiness"]),
        ("一\n二", ["一", "二"]),
        ("", [""]),
    ],
)
def test_lines_break_between_characters_and_at_spaces_never_before_a_closing_sign(
    words: str, lines: list[str]
) -> None:
    assert wrapped(words, 41, 10, 9) == lines


def test_lines_beyond_the_last_end_in_an_ellipsis() -> None:
    assert wrapped("一二三四五六七八九十", 41, 10, 2) == ["一二三四", "五六七…"]


def test_words_that_fit_are_not_touched() -> None:
    assert elided("一二三四", 40, 10) == "一二三四"


def test_a_rare_name_that_the_font_lacks_still_makes_a_page(tmp_path: Path) -> None:
    (page,) = pictures_of(pdf(FRAME, [Words("\U00030edd 王\u0f40")]), tmp_path)

    assert page.getextrema() != ((255, 255),) * 3


def test_the_qr_code_of_a_page_is_read_back(tmp_path: Path) -> None:
    head = "canteen:head:" + "ab" * 32

    (page,) = pictures_of(pdf(FRAME, [QrCode(head, ("账本校验码",))]), tmp_path, dpi=150)

    assert [found.text for found in zxingcpp.read_barcodes(page)] == [head]


def test_signatures_and_the_seal_stay_together_on_a_page() -> None:
    pages = [words_of(pdf(FRAME, [Gap(more), Signatures(("制表", "复核"), "公章")])) for more in range(200, 245, 5)]

    for found in pages:
        assert sorted(word for word in ("制表", "复核", "公章") if word in "".join(found[-1])) == ["公章", "制表", "复核"]


def test_a_practice_paper_says_so_across_every_page() -> None:
    practice = Frame("幸福里社区食堂", "会员余额清单", practice=True)

    pages = words_of(pdf(practice, [NewPage()]))

    assert [set("PRACTICE练习") <= set("".join(page)) for page in pages] == [True, True]


def test_a_wide_paper_lies_on_its_side(tmp_path: Path) -> None:
    (page,) = pictures_of(pdf(Frame("a", "b", wide=True), []), tmp_path, dpi=72)

    assert page.size == (842, 596)


def test_a_table_becomes_pages_with_yuan_and_days(tmp_path: Path) -> None:
    table = Table(
        "Balances",
        (Column("Name"), Column("Principal", ColumnKind.MONEY), Column("Last", ColumnKind.DAY)),
        (("王秀英", 20_005, date(2026, 3, 2)), ("张三", -5, None)),
        title=("截至 2026-03-02",),
        totals=(("Total", 20_000, None),),
        foot=("核对无误",),
    )
    TablePages().write(FRAME, table, tmp_path / "list.pdf")

    (page,) = words_of((tmp_path / "list.pdf").read_bytes())

    assert page[2:-1] == [
        "截至 2026-03-02",
        "Name|Principal Last",
        "王秀英|200.05 2026-03-02",
        "张三|-0.05",
        "Total|200.00",
        "核对无误",
    ]


def test_pages_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotWritten):
        TablePages().write(FRAME, Table("a", (Column("b"),), ()), tmp_path / "gone" / "list.pdf")


def test_a_table_without_rows_is_its_head() -> None:
    (page,) = words_of(table_pdf(FRAME, Table("a", (Column("Name"),), ())))

    assert page[2:-1] == ["Name"]
