"""The papers say what they must, on both rolls, and look as the golden files show.

`python3 -m tests.receipts.test_layout` writes the golden files anew: read the difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pos import i18n
from receipts.layout import report_slip, sale_slip, top_up_slip, undo_slip
from receipts.picture import missing
from receipts.roll import Cut, Line, PaperWidth, Qr, Row, Slip, Text, cells, lay_out, plain
from receipts.slips_trial import RARE_NAMES, SIGNS
from tests.receipts.slips import (
    BY_CARD,
    CANTEEN,
    CLOSE,
    CLOSED_SHIFT,
    HEAD,
    IN_CASH,
    PRACTICE,
    TOP_UP,
    X_REPORT,
    every_slip,
)

GOLDEN = Path(__file__).parent / "golden"
LANGUAGES = ("en", "zh_CN")
NAMES = tuple(every_slip(CANTEEN, PaperWidth.MM58))
REPRINTED = tuple(name for name in NAMES if name != "trial")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def rows_of(slip: Slip) -> dict[str, str]:
    return {element.left.strip(): element.right for element in slip.elements if isinstance(element, Row)}


def words_of(slip: Slip) -> list[str]:
    return [element.text for element in slip.elements if isinstance(element, Text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("paper", PaperWidth)
@pytest.mark.parametrize("name", NAMES)
def test_every_paper_looks_as_it_was_approved(name: str, paper: PaperWidth, language: str) -> None:
    i18n.use(language)

    actual = plain(every_slip(CANTEEN, paper)[name], paper)

    assert actual == (GOLDEN / f"{name}-{paper.value}-{language}.txt").read_text("utf-8")


@pytest.mark.parametrize("paper", PaperWidth)
@pytest.mark.parametrize("name", NAMES)
def test_amounts_never_leave_their_line_and_words_never_the_paper(name: str, paper: PaperWidth) -> None:
    slip = every_slip(PRACTICE, paper, 12, "买买提·吐尔逊")[name]

    lines = [line for line in lay_out(slip, paper) if isinstance(line, Line)]

    assert max(cells(line.text) * line.size for line in lines) <= paper.cells
    texts = [line.text for line in lines]
    amounts = [element.right for element in slip.elements if isinstance(element, Row)]
    assert [amount for amount in amounts if not any(amount.replace("¥", "￥") in text for text in texts)] == []


@pytest.mark.parametrize("name", NAMES)
def test_practice_paper_says_so_in_both_languages_at_both_ends(name: str) -> None:
    slip = every_slip(PRACTICE, PaperWidth.MM58)[name]

    marks = [text for text in words_of(slip) if text == "练习 PRACTICE"]

    assert marks == ["练习 PRACTICE"] * 2


@pytest.mark.parametrize("name", NAMES)
def test_real_paper_does_not_say_practice_and_is_cut_once_at_its_end(name: str) -> None:
    slip = every_slip(CANTEEN, PaperWidth.MM58)[name]

    assert [text for text in words_of(slip) if "PRACTICE" in text] == []
    assert [place for place, element in enumerate(slip.elements, 1) if element == Cut()] == [len(slip.elements)]


@pytest.mark.parametrize("name", REPRINTED)
def test_P5_a_reprint_carries_its_count_and_who_asked(name: str) -> None:
    original = every_slip(CANTEEN, PaperWidth.MM58)[name]
    again = every_slip(CANTEEN, PaperWidth.MM58, 2, "李桂兰")[name]

    added = [text for text in words_of(again) if text not in words_of(original)]

    assert added == ["Reprint 2\n李桂兰"]


def test_a_meal_slip_names_each_payer_with_amount_and_reason() -> None:
    slip = sale_slip(CANTEEN, BY_CARD)

    below = {
        above.left: (above.right, element.text.strip())
        for above, element in pairwise(slip.elements)
        if isinstance(above, Row) and isinstance(element, Text) and element.align == "left"
    }

    assert below == {
        "Canteen discount": ("-¥3.45", "aged 80+: 15% off"),
        "市民政局": ("-¥2.00", "80岁以上补贴"),
        "区民政局": ("-¥1.00", "80岁以上补贴"),
    }


def test_a_card_sale_shows_both_parts_of_the_money_and_the_balance_before_and_after() -> None:
    slip = sale_slip(CANTEEN, BY_CARD)

    card = [(row.left, row.right) for row in slip.elements if isinstance(row, Row)][-8:]

    assert card == [
        ("You pay", "¥16.55"),
        ("Meal card", "¥16.55"),
        ("  Principal", "15.05"),
        ("  Bonus", "1.50"),
        ("Balance before", "¥182.15"),
        ("Balance now", "¥165.60"),
        ("  Principal", "150.55"),
        ("  Bonus", "15.05"),
    ]


def test_of_the_card_number_the_last_four_digits_stand() -> None:
    assert rows_of(sale_slip(CANTEEN, BY_CARD))["Card"] == "****0634"
    assert "Card" not in rows_of(sale_slip(CANTEEN, IN_CASH))


def test_time_is_that_of_the_canteen_and_not_of_the_machine() -> None:
    in_china = rows_of(sale_slip(CANTEEN, BY_CARD))["Time"]
    elsewhere = rows_of(sale_slip(CANTEEN, BY_CARD, tz=UTC))["Time"]

    assert (in_china, elsewhere) == ("2026-03-02 11:52", "2026-03-02 03:52")


def test_a_sale_after_midnight_names_the_business_day_of_its_shift() -> None:
    late = replace(BY_CARD, business_date=BY_CARD.business_date - timedelta(days=1))

    assert rows_of(sale_slip(CANTEEN, late))["Business day"] == "2026-03-01"
    assert "Business day" not in rows_of(sale_slip(CANTEEN, BY_CARD))


def test_an_undone_sale_printed_later_says_that_it_was_undone() -> None:
    assert "UNDONE" in words_of(sale_slip(CANTEEN, replace(IN_CASH, undone=True)))
    assert "UNDONE" not in words_of(sale_slip(CANTEEN, IN_CASH))
    assert "UNDONE" in words_of(top_up_slip(CANTEEN, replace(TOP_UP, undone=True)))


def test_cash_that_went_back_is_signed_for_and_a_reprint_invents_no_time() -> None:
    first = rows_of(undo_slip(CANTEEN, IN_CASH, IN_CASH.at_ms))
    again = rows_of(undo_slip(CANTEEN, IN_CASH, None, 1, "李桂兰"))

    assert first["Cash handed back"] == "¥23.00"
    assert first["Received by"] == "__________________"
    assert (first["Undone at"], "Undone at" in again) == ("2026-03-02 11:52", False)


def test_a_top_up_undone_takes_the_bonus_too_and_hands_the_principal_back() -> None:
    rows = rows_of(undo_slip(CANTEEN, TOP_UP, TOP_UP.at_ms))

    assert (rows["Taken off the card"], rows["Principal"], rows["Bonus"]) == ("¥220.00", "200.00", "20.00")
    assert rows["Cash handed back"] == "¥200.00"


def test_the_close_carries_the_head_whole_as_code_and_short_for_the_eye() -> None:
    close = report_slip(CANTEEN, CLOSE, closed=True)
    between = report_slip(CANTEEN, X_REPORT, closed=False)

    assert [part for part in close.elements if isinstance(part, Qr)] == [Qr(HEAD, "3fa2 91bc 3fa2 91bc")]
    assert [part for part in between.elements if isinstance(part, Qr)] == []


@pytest.mark.parametrize(
    ("counted", "expected"),
    [(44_950, ("Short", "-¥0.50")), (45_000, ("Exact", "¥0.00")), (45_001, ("Over", "+¥0.01"))],
)
def test_the_close_says_whether_cash_is_short_exact_or_over(counted: int, expected: tuple[str, str]) -> None:
    close = replace(CLOSE, shift=replace(CLOSED_SHIFT, counted=counted))

    large = [row for row in report_slip(CANTEEN, close, closed=True).elements if isinstance(row, Row)]

    assert [(row.left, row.right) for row in large if row.size == 2] == [expected]


def test_a_till_without_entries_closes_without_a_code() -> None:
    close = report_slip(CANTEEN, replace(CLOSE, head="", last_number=""), closed=True)

    assert [part for part in close.elements if isinstance(part, Qr)] == []


@pytest.mark.parametrize("paper", PaperWidth)
def test_the_ruler_of_the_test_page_reaches_both_edges(paper: PaperWidth) -> None:
    slip = every_slip(CANTEEN, paper)["trial"]

    lines = [line.text for line in lay_out(slip, paper) if isinstance(line, Line)]

    ruler = [line for line in lines if line[:2] in {"12", "口口"}]
    assert [cells(line) for line in ruler] == [paper.cells, paper.cells]


def test_the_bundled_font_has_every_character_of_the_test_page() -> None:
    assert missing("".join(RARE_NAMES) + SIGNS) == ""


if __name__ == "__main__":
    for one_language in LANGUAGES:
        i18n.use(one_language)
        for one_paper in PaperWidth:
            for one_name, one_slip in every_slip(CANTEEN, one_paper).items():
                file = GOLDEN / f"{one_name}-{one_paper.value}-{one_language}.txt"
                file.write_text(plain(one_slip, one_paper), "utf-8", newline="\n")
