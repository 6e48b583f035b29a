"""A slip's layout in cells: nothing is wider than the paper, and no amount is broken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from receipts.roll import (
    Blank,
    Columns,
    Cut,
    Line,
    OpenDrawer,
    PaperWidth,
    Qr,
    Row,
    Rule,
    Slip,
    Text,
    cells,
    clean,
    lay_out,
    plain,
    wrap,
)

WORDS = st.text(st.sampled_from("红烧肉𬱟㑇A b12.50，（）￥×\n\t "), max_size=60)


def lines_of(
    *elements: Text | Row | Columns | Rule | Blank, paper: PaperWidth = PaperWidth.MM58
) -> list[str]:
    return [part.text for part in lay_out(Slip(elements), paper) if isinstance(part, Line)]


@pytest.mark.parametrize(
    ("paper", "expected_cells", "expected_dots"),
    [(PaperWidth.MM58, 32, 384), (PaperWidth.MM80, 48, 576)],
)
def test_paper_has_its_cells_and_dots(paper: PaperWidth, expected_cells: int, expected_dots: int) -> None:
    assert (paper.cells, paper.dots) == (expected_cells, expected_dots)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12.50", 5), ("红烧肉", 6), ("×", 2), ("·—…“”①°", 14), ("𬱟㑇", 4), ("￥8", 3), ("", 0)],
)
def test_width_goes_by_encoded_length(text: str, expected: int) -> None:
    assert cells(text) == expected


@given(st.characters(exclude_categories=["Cs"]))
def test_width_is_the_same_in_every_encoding(char: str) -> None:
    for encoding in ("gb18030", "gbk", "utf-8", "cp950"):
        encoded = char.encode(encoding, "ignore")
        if encoded:
            assert cells(char) == (1 if len(encoded) == 1 else 2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("¥12", "￥12"),
        ("张\x1bp\x00三", "张p三"),
        ("a\r\nb\u2028c\x85d", "a\nb\nc\nd"),
        ("a\tb\xa0c", "a b c"),
        ("王\u200b\ufe0f\U000e0101五", "王五"),
        ("\ud800", "\ufffd"),
        ("\u3000开", "\u3000开"),
    ],
)
def test_no_control_or_invisible_character_reaches_the_printer(text: str, expected: str) -> None:
    assert clean(text) == expected


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the lazy dog", 8, ("the lazy", "dog")),
        ("红烧肉饭", 5, ("红烧", "肉饭")),
        ("abcdefghij", 4, ("abcd", "efgh", "ij")),
        ("番茄炒蛋，葱", 8, ("番茄炒", "蛋，葱")),
        ("共计（含税）", 6, ("共计", "（含", "税）")),
        ("ab 12.50元", 8, ("ab 12.50", "元")),
        ("一\n\n二", 8, ("一", "", "二")),
        ("", 8, ("",)),
    ],
)
def test_words_wrap_at_blanks_and_between_characters(
    text: str, width: int, expected: tuple[str, ...]
) -> None:
    assert wrap(text, width) == expected


@given(WORDS, st.integers(2, 48))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = wrap(text, width)

    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "").replace("\n", "")
    assert all(cells(line) <= width for line in lines)


def test_amount_stands_at_the_right_edge_beside_the_first_line() -> None:
    lines = lines_of(Row("区民政局补贴 80岁以上老人每餐补贴一次", "-3.00"))

    assert lines == ["区民政局补贴 80岁以上老人  -3.00", "每餐补贴一次"]


def test_amount_that_leaves_no_room_has_its_own_line() -> None:
    lines = lines_of(Row("应付金额", "￥1,234.50", size=2))

    assert lines == ["应付金额", "      ￥1,234.50"]


def test_amount_too_wide_in_large_type_is_small_not_broken() -> None:
    laid = lay_out(Slip((Row("付", "￥1,234,567,890.00", size=2, bold=True),)), PaperWidth.MM58)

    assert laid == (Line("付            ￥1,234,567,890.00", size=1, bold=True),)


def test_columns_stand_below_each_other_and_never_run_together() -> None:
    lines = lines_of(
        Columns("菜品", "数量", "金额"),
        Columns("红烧肉", "×1", "12.00"),
        Columns("番茄炒蛋（加大份，不要葱）", "×1", "6.50"),
        Columns("番茄炒蛋（加大份）", "×12", "1,234,567.00"),
    )

    assert lines == [
        "菜品              数量      金额",
        "红烧肉             ×1     12.00",
        "番茄炒蛋（加大     ×1      6.50",
        "份，不要葱）",
        "番茄炒蛋（加大份）",
        " " * 15 + "×12 1,234,567.00",
    ]


def test_every_element_is_laid_out() -> None:
    slip = Slip(
        (
            OpenDrawer(),
            Text("幸福食堂", "center", 2, bold=True),
            Rule(),
            Rule(heavy=True),
            Blank(2),
            Qr("A1", "扫码"),
            Cut(),
        )
    )

    laid = lay_out(slip, PaperWidth.MM58)

    assert laid == (
        OpenDrawer(),
        Line("幸福食堂", "center", 2, bold=True),
        Line("-" * 32),
        Line("=" * 32),
        Line(""),
        Line(""),
        Qr("A1", "扫码"),
        Line("扫码", "center"),
        Cut(),
    )


@given(WORDS, WORDS, WORDS, st.sampled_from(PaperWidth))
def test_no_line_is_wider_than_the_paper(one: str, two: str, three: str, paper: PaperWidth) -> None:
    slip = Slip(
        (
            Text(one, "center", 2),
            Text(two, "right"),
            Row(one, two),
            Row(two, three, size=2),
            Columns(one, two, three),
        )
    )

    laid = lay_out(slip, paper)

    too_wide = [
        part for part in laid if isinstance(part, Line) and cells(part.text) * part.size > paper.cells
    ]
    assert too_wide == []


def test_plain_text_shows_the_slip_as_it_will_stand() -> None:
    slip = Slip((Text("小票", "center"), Row("合计", "12.00"), Qr("A1"), OpenDrawer(), Cut()))

    assert plain(slip, PaperWidth.MM58).splitlines() == [
        "              小票",
        "合计                       12.00",
        "            [QR A1]",
        "[drawer]",
        "8<- - - - - - - - - - - - - - -",
    ]


@pytest.mark.parametrize("data", ["", "x" * 2332, "堃" * 778])
def test_qr_code_refuses_nothing_and_too_much(data: str) -> None:
    with pytest.raises(ValueError) as refused:
        Qr(data)

    assert refused.value.args == (len(data.encode()),)
