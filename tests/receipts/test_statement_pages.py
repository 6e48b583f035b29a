"""A statement on A4: every movement with its balance, over several pages, read back by poppler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos import i18n
from pos.domain.ledger import EntryKind
from pos.domain.menu import Meal
from pos.domain.pages import Frame
from pos.domain.pricing import Tender
from pos.domain.statement import Balance, Statement, StatementLine
from receipts.statement_pages import StatementPages, statement_pdf
from tests.receipts.pdf import words_of

FRAME = Frame("幸福里社区食堂", "对账单", "2026-03-31 18:00")
DAY = date(2026, 3, 2)
TOP_UP = StatementLine(
    "A-1-000002", DAY, 0, EntryKind.TOP_UP, Balance(20_000, 2_000), Balance(20_000, 2_000), tender=Tender.CASH, note="充200送20"
)
MEAL = StatementLine("A-1-000003", DAY, 0, EntryKind.SALE, Balance(-6_000, -600), Balance(14_000, 1_400), meal=Meal.LUNCH)
UNDONE = StatementLine(
    "A-1-000004", DAY, 0, EntryKind.REVERSAL, Balance(6_000, 600), Balance(20_000, 2_000),
    undoes=EntryKind.SALE, undoes_number="A-1-000003",
)  # fmt: skip
STATEMENT = Statement("wang", "买买提·艾力", "6634", DAY, date(2026, 3, 31), Balance(), (TOP_UP, MEAL, UNDONE))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use(i18n.DEFAULT_LANGUAGE)


def test_a_statement_tells_each_movement_and_the_balance_after_it() -> None:
    (page,) = words_of(statement_pdf(FRAME, STATEMENT))

    plain = [line.replace("|", " ") for line in page]
    assert plain[2:] == [
        "Member 买买提·艾力 Card ****6634",
        "From 2026-03-02 To 2026-03-31",
        "Balance before ¥0.00 Balance ¥220.00",
        "Topped up ¥220.00 Meals ¥0.00",
        "Date No. What Amount Principal Bonus Balance",
        "Balance before 0.00 0.00 0.00",
        "2026-03-02 A-1-000002 Top-up · Cash · 充200送20 +220.00 200.00 20.00 220.00",
        "2026-03-02 A-1-000003 Lunch -66.00 140.00 14.00 154.00",
        "2026-03-02 A-1-000004 Meal undone (A-1-000003) +66.00 200.00 20.00 220.00",
        "The card holds ¥220.00.",
        "Principal ¥200.00 Bonus ¥20.00",
        "Principal can be paid back, bonus cannot.",
        "Printed 2026-03-31 18:00 Page 1 of 1",
    ]


def test_a_statement_without_movements_says_so() -> None:
    quiet = replace(STATEMENT, lines=(), opening=Balance(500), card_tail="")

    (page,) = words_of(statement_pdf(FRAME, quiet))

    assert "No movements." in page
    assert "The card holds ¥5.00." in page


def test_money_held_for_reservations_has_a_column_of_its_own() -> None:
    held = replace(MEAL, moved=Balance(-1_200, 0, 1_200), after=Balance(12_800, 1_400, 1_200))

    (page,) = words_of(statement_pdf(FRAME, replace(STATEMENT, lines=(TOP_UP, held))))

    assert any(line.replace("|", " ").endswith("0.00 128.00 14.00 12.00 154.00") for line in page)
    assert any("Held for reservations" in line for line in page)


def test_a_statement_of_years_repeats_its_head_and_loses_no_movement() -> None:
    lines = tuple(
        replace(MEAL, number=f"A-1-{number:06d}", business_date=DAY + timedelta(days=number)) for number in range(300)
    )

    pages = words_of(statement_pdf(FRAME, replace(STATEMENT, lines=lines)))

    numbers = [word for page in pages for line in page for word in line.replace("|", " ").split() if word.startswith("A-1-")]
    assert numbers == [line.number for line in lines]
    assert all(any(line.startswith("Date") for line in page) for page in pages[:-1])


def test_a_statement_is_written_into_a_file(tmp_path: Path) -> None:
    StatementPages().write(FRAME, STATEMENT, tmp_path / "statement.pdf")

    assert (tmp_path / "statement.pdf").read_bytes() == statement_pdf(FRAME, STATEMENT)
