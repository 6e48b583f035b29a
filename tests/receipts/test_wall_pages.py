"""The week's menu and the price board as they hang on the wall, read back by poppler."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos import i18n
from pos.domain.calendar import DayFacts
from pos.domain.diet import Tag
from pos.domain.menu import Dish, DishKind, Meal, Offer, Part, Plan
from pos.domain.pages import Frame
from pos.domain.tariff import LIST_PRICE, Limit, parse_tariff
from pos.domain.wall import DAYS, PriceBoard, week_menu
from receipts.page_text import width, wrapped
from receipts.wall_pages import WallPages, _tightest, prices_pdf, week_pdf
from tests.receipts.pdf import words_of

FRAME = Frame("幸福里社区食堂", "价目表", "2026-11-25 10:30")
WIDE = replace(FRAME, title="一周菜单", wide=True)
MONDAY = date(2026, 11, 23)
SIX = (Part(DishKind.MEAT, 2), Part(DishKind.SOUP, 1))
DISHES = (
    Dish("set", "六菜一汤", DishKind.SET_MEAL, 1_500, parts=SIX),
    Dish("pork", "红烧肉", DishKind.MEAT, 800, tags=(Tag.PORK, Tag.SPICY)),
    Dish("fish", "清蒸鲈鱼", DishKind.MEAT, 900, tags=(Tag.FISH_SHRIMP,)),
    Dish("rice", "米饭", DishKind.STAPLE, 100),
    Dish("old", "腌肉", DishKind.MEAT, 700, cooked=False),
)
TARIFF = parse_tariff("""
id = "t"
title = "助餐优惠 2026"
valid_from = 2026-01-01
[payers]
city = "市民政局"
district = "区民政局"
[groups.subsidy]
choose = "best"
limit = { per_day = 1 }
[[rules]]
id = "60"
who = { age_from = 60 }
then = { percent = 10 }
[[rules]]
id = "80"
who = { age_from = 80, any_of = ["低保"] }
when = { meals = ["lunch"] }
payers = [{ payer = "city", yuan = 2.00 }, { payer = "district", yuan = 1.00 }]
group = "subsidy"
""")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = i18n.language()
    i18n.use("en")
    yield
    i18n.use(before)


def offers(*names: str) -> tuple[Offer, ...]:
    dishes = {dish.id: dish for dish in DISHES}
    found = (dishes[name] for name in names)
    return tuple(Offer(one.id, one.name, one.kind, one.price, 1, one.tags, 40, one.parts) for one in found)


def lines_of(page: list[str]) -> list[str]:
    return [line.replace("|", " ") for line in page]


def test_the_price_board_has_every_cooked_dish_its_tags_and_the_notice_on_one_sheet() -> None:
    (page,) = words_of(prices_pdf(FRAME, PriceBoard(MONDAY, DISHES, TARIFF)))

    assert lines_of(page) == [
        "幸福里社区食堂",
        "价目表",
        "Shelf Dish In it, or fit for Price in yuan",
        "Sets 六菜一汤 15.00",
        "2 Meat, 1 Soup",
        "Meat 红烧肉 pork, spicy 8.00",
        "清蒸鲈鱼 fish 9.00",
        "Staples 米饭 1.00",
        "Discounts and subsidies",
        "助餐优惠 2026, from 2026-01-01 on",
        "For whom Gets At most Paid by",
        "aged 60+ 10% off the canteen",
        "aged 80+ · 低保 · Lunch ¥3.00 off 1 a day 市民政局 2.00 + 区",
        "民政局 1.00",
        "Bring your card or your documents. Prices are those of the board, before",
        "discounts.",
        "Printed 2026-11-25 10:30 Page 1 of 1",
    ]


def test_without_a_tariff_there_is_no_notice() -> None:
    (page,) = words_of(prices_pdf(FRAME, PriceBoard(MONDAY, DISHES, LIST_PRICE)))

    assert not any("subsid" in line for line in page)


@pytest.mark.parametrize("count", [20, 25, 30, 60])
def test_a_long_price_board_never_tears_its_notice_in_two(count: int) -> None:
    dishes = tuple(Dish(str(at), f"时令小炒{at}", DishKind.MEAT, 100 * at) for at in range(count))

    pages = words_of(prices_pdf(FRAME, PriceBoard(MONDAY, dishes, TARIFF)))

    (noticed,) = [page for page in pages if "Discounts and subsidies" in page]
    assert any(line.startswith("Bring your card") for line in noticed)
    assert [line for page in pages for line in page if "时令小炒" in line][-1].endswith(f"时令小炒{count - 1}|{count - 1}.00")


def test_the_week_has_a_column_for_each_day_and_says_once_what_there_is_always() -> None:
    facts = (DayFacts(), DayFacts(), DayFacts(open=False, reason="停水"), *[DayFacts()] * 4)
    lunches = [offers("set", "rice", "pork"), offers("rice", "set", "fish"), offers("pork"), *[offers("set", "rice")] * 4]
    plans = [[Plan(MONDAY + timedelta(days=at), Meal.LUNCH, lunch)] for at, lunch in enumerate(lunches)]

    (page,) = words_of(week_pdf(WIDE, week_menu(MONDAY, facts, plans)))

    assert lines_of(page) == [
        "幸福里社区食堂",
        "一周菜单",
        "Lunch",
        "Every day: 六菜一汤 (2 Meat, 1 Soup) 15.00, 米饭 1.00",
        "Mon 11-23 Tue 11-24 Wed 11-25 Thu 11-26 Fri 11-27 Sat 11-28 Sun 11-29",
        "红烧肉 8.00 清蒸鲈鱼 9.00 closed 停水",
        "pork, spicy fish",
        "List prices in yuan for one portion.",
        "Printed 2026-11-25 10:30 Page 1 of 1",
    ]
    assert not any("40" in line for line in page), "how many portions there are is the kitchen's business"


def test_a_week_that_nobody_planned_says_so() -> None:
    (page,) = words_of(week_pdf(WIDE, week_menu(MONDAY, [DayFacts()] * DAYS, [[]] * DAYS)))

    assert "Nothing is planned for this week yet." in page


def test_a_crowded_week_goes_on_on_a_second_sheet_with_its_days_again() -> None:
    many = tuple(Offer(str(at), f"时令小炒第{at}号", DishKind.MEAT, 900, at) for at in range(40))
    plans = [[Plan(MONDAY, Meal.LUNCH, (many[at], *many[7:])) for _unused in range(1)] for at in range(DAYS)]
    plans[0] = [Plan(MONDAY, Meal.LUNCH, many[:1])]

    pages = words_of(week_pdf(WIDE, week_menu(MONDAY, [DayFacts()] * DAYS, plans)))

    assert len(pages) > 1
    assert all(any(line.startswith("Mon 11-23") for line in page) for page in pages)


def test_both_are_written_as_files(tmp_path: Path) -> None:
    WallPages().write_prices(FRAME, PriceBoard(MONDAY, DISHES, TARIFF), tmp_path / "prices.pdf")
    WallPages().write_week(WIDE, week_menu(MONDAY, [DayFacts()] * DAYS, [[]] * DAYS), tmp_path / "week.pdf")

    assert [(tmp_path / name).read_bytes()[:5] for name in ("prices.pdf", "week.pdf")] == [b"%PDF-"] * 2


@pytest.mark.parametrize(
    ("rule", "group", "told"),
    [
        (Limit(), Limit(), Limit()),
        (Limit(per_meal=1), Limit(per_day=2), Limit(per_meal=1, per_day=2)),
        (Limit(per_meal=1, per_week=5), Limit(per_meal=1, per_day=1), Limit(per_day=1, per_week=5)),
        (Limit(per_day=3), Limit(per_day=2, per_month=2), Limit(per_month=2)),
    ],
)
def test_of_two_limits_the_notice_tells_what_they_leave(rule: Limit, group: Limit, told: Limit) -> None:
    assert _tightest(rule, group) == told


def test_a_closing_sign_takes_the_whole_price_to_the_next_line() -> None:
    lines = wrapped("米饭 1.00、杂粮馒头 17.00、汤", width("米饭 1.00、杂粮馒头 17.00", 12) + 1, 12, 9)

    assert lines == ["米饭 1.00、杂粮馒头", "17.00、汤"]
