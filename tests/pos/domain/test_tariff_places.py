"""Real rules of real places: the price tables of domain.md 1.2 and the 23 rules of its section 9, to the fen.

Each is a document beside the tests, or one that ships as a starting point. The number of the rule in section 9
stands before its cases.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.domain.bill import Basket, BasketItem, Bill, Tender, Way, weighed
from pos.domain.calendar import DayFacts, DayKind
from pos.domain.circumstances import Circumstances, Person
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Waiver, price
from pos.domain.tariff import Tariff, check_tariff, parse_tariff
from pos.domain.usage import Had, Usage
from pos.services.starters import starters
from tests.pos.domain.tariffs import TODAY, meal_of, parts_of

HERE = Path(__file__).parents[1] / "tariffs"
TEXTS = {file.stem: file.read_text("utf-8") for file in sorted(HERE.glob("*.toml"))} | {
    starter.name: starter.text for starter in starters()
}
WORKDAY, WEEKEND, HOLIDAY, MAKE_UP = (DayFacts(kind) for kind in DayKind)


@dataclass(frozen=True, slots=True)
class Eaten:
    """One meal of an example: who, what it costs (fen), under which circumstances, and who pays what."""

    place: str
    person: Person
    amount: int
    parts: str
    meal: Meal = Meal.LUNCH
    way: Way = Way.DINE_IN
    tender: Tender = Tender.CARD
    facts: DayFacts | None = None
    had: tuple[Had, ...] = ()
    basket: Basket = field(default=())

    def bill(self) -> Bill:
        """The bill under the tariff of the place."""
        when = Circumstances(TODAY, self.meal, self.way, self.tender, self.facts)
        return price(self.basket or meal_of(self.amount), self.person, when, Usage(self.had), tariff_of(self.place))


def tariff_of(place: str) -> Tariff:
    return parse_tariff(TEXTS[place])


def aged(years: int, *categories: str, home: str = "", lives: str | None = None) -> Person:
    born = date(TODAY.year - years, 1, 1)
    return Person(born, frozenset(categories), home, home if lives is None else lives)


def used(*rules: str, day: date = TODAY, meal: Meal = Meal.BREAKFAST, times: int = 1) -> tuple[Had, ...]:
    return (Had(day, meal, rules),) * times


def said(bill: Bill) -> str:
    """'city 3.00, diner 9.00': who pays what, in yuan."""
    return ", ".join(f"{payer} {amount // 100}.{amount % 100:02d}" for payer, amount in parts_of(bill))


def weighing(grams: int) -> Basket:
    return (weighed("buffet", "自选", DishKind.MEAT, 350, grams),)


SH, SZ, GZ = "上海市/普陀区/长寿路街道", "深圳市/龙岗区", "广州市/越秀区"
HOME, OTHER_TOWN, OTHER_DISTRICT = "广州市/增城区/荔城街道", "广州市/增城区/石滩镇", "广州市/花都区/新华街道"
BASIC = BasketItem("basic", "基本餐", DishKind.SET_MEAL, 1_200, 1)
EXTRA = BasketItem("fish", "清蒸鱼", DishKind.MEAT, 900, 1)
CASES = [
    # 1 flat price by group and age
    Eaten("xuchang", aged(59), 1_000, "diner 10.00"),
    Eaten("xuchang", aged(60), 1_000, "canteen 5.00, diner 5.00"),
    Eaten("xuchang", aged(75), 1_000, "canteen 7.00, diner 3.00"),
    Eaten("xuchang", aged(82), 1_000, "canteen 8.00, diner 2.00"),
    Eaten("xuchang", aged(82), 150, "diner 1.50"),
    Eaten("xuchang", aged(82), 1_000, "diner 10.00", had=used("80+", meal=Meal.LUNCH)),
    Eaten("luzhou", aged(59), 1_500, "diner 15.00"),
    Eaten("luzhou", aged(65), 1_500, "canteen 3.00, diner 12.00"),
    Eaten("luzhou", aged(75), 1_500, "canteen 4.50, diner 10.50"),
    Eaten("luzhou", aged(85), 1_500, "canteen 6.00, diner 9.00"),
    Eaten("luzhou", aged(95), 1_500, "canteen 15.00, diner 0.00"),
    Eaten("changsha", aged(60), 1_500, "canteen 3.00, diner 12.00"),
    Eaten("changsha", aged(60, "低保"), 1_500, "canteen 7.00, diner 8.00"),
    Eaten("changsha", aged(60, "低保", "特困"), 1_500, "canteen 11.00, diner 4.00"),
    Eaten("huangxiang", aged(70), 1_500, "canteen 3.00, diner 12.00"),
    Eaten("huangxiang", aged(70, "特殊"), 1_500, "canteen 5.00, diner 10.00"),
    Eaten("huangxiang", aged(70), 1_500, "diner 15.00", had=used("old", meal=Meal.LUNCH)),
    Eaten("taian", aged(65), 800, "government 4.00, diner 4.00"),
    Eaten("taian", aged(75), 800, "government 6.00, diner 2.00"),
    Eaten("taian", aged(65, "困难"), 800, "government 8.00, diner 0.00"),
    Eaten("zhixi", aged(75), 1_000, "canteen 5.00, diner 5.00"),
    Eaten("zhixi", aged(76), 1_000, "canteen 7.00, diner 3.00"),
    # 2 percent off by age
    Eaten("xiangyang", aged(65), 1_000, "canteen 2.00, diner 8.00"),
    Eaten("xiangyang", aged(85), 1_000, "canteen 2.50, diner 7.50"),
    Eaten("xiangyang", aged(91), 1_000, "canteen 10.00, diner 0.00"),
    # 3 fixed subsidy by age, the best of the categories
    Eaten("jurong", aged(76), 1_100, "government 5.00, diner 6.00"),
    Eaten("jurong", aged(76, "低保"), 1_100, "government 8.00, diner 3.00"),
    Eaten("jurong", aged(96), 900, "government 9.00, diner 0.00"),
    Eaten("jurong", aged(70, "分散特困", "低保"), 1_300, "government 9.00, diner 4.00"),
    Eaten("jurong", aged(96), 500, "government 5.00, diner 0.00"),
    Eaten("jurong", aged(76), 1_100, "diner 11.00", meal=Meal.DINNER),
    Eaten("nanchang", aged(80), 1_300, "government 4.00, diner 9.00"),
    Eaten("nanchang", aged(72), 1_300, "government 2.00, diner 11.00"),
    Eaten("jingdezhen", aged(72, "特殊困难"), 1_000, "government 4.00, diner 6.00"),
    Eaten("jingdezhen", aged(92, "特殊困难"), 1_000, "government 5.00, diner 5.00"),
    # 4 cap by what was really spent
    Eaten("shenzhen", aged(70, "特困", home=SZ), 1_250, "government 12.50, diner 0.00"),
    Eaten("shenzhen", aged(70, "特困", home=SZ), 1_800, "government 15.00, diner 3.00"),
    Eaten("shenzhen", aged(72, home=SZ), 1_250, "government 5.00, diner 7.50"),
    Eaten("shenzhen", aged(72, home=SZ), 400, "government 4.00, diner 0.00"),
    Eaten("shenzhen", aged(101, home=SZ), 1_250, "government 12.50, diner 0.00"),
    Eaten("shenzhen", aged(72, home="广州市"), 1_250, "diner 12.50"),
    # 5 percentage with a cap, rounded half up
    Eaten("guangzhou", aged(70, home=GZ), 1_000, "city 2.50, diner 7.50"),
    Eaten("guangzhou", aged(70, home=GZ), 1_150, "city 2.88, diner 8.62"),
    Eaten("guangzhou", aged(70, home=GZ), 990, "city 2.48, diner 7.42"),
    Eaten("guangzhou", aged(70, home=GZ), 1_300, "city 3.00, diner 10.00"),
    Eaten("guangzhou", aged(70, home=GZ, lives="佛山市"), 1_300, "diner 13.00"),
    Eaten("guangzhou", aged(70, home=GZ), 1_000, "city 2.50, diner 7.50", meal=Meal.DINNER, had=used("quarter", meal=Meal.LUNCH)),
    Eaten("guangzhou", aged(70, home=GZ), 1_000, "diner 10.00", had=used("quarter", meal=Meal.LUNCH)),
    Eaten("guangzhou", aged(70, home=GZ), 1_000, "diner 10.00", meal=Meal.BREAKFAST),
    # 6 several payers, and where one eats
    Eaten("zengcheng", aged(65, home=HOME), 1_200, "city 3.00, district 3.00, town 1.00, diner 5.00"),
    Eaten("zengcheng", aged(82, home=HOME), 1_200, "city 3.00, district 3.00, town 3.00, diner 3.00"),
    Eaten("zengcheng", aged(82, "低保", home=HOME), 1_200, "city 3.00, district 3.00, town 5.00, diner 1.00"),
    Eaten("zengcheng", aged(65, home=OTHER_TOWN), 1_200, "city 3.00, district 3.00, diner 6.00"),
    Eaten("zengcheng", aged(65, home=OTHER_DISTRICT), 1_200, "city 3.00, diner 9.00"),
    Eaten("zengcheng", aged(65, home="深圳市/龙岗区/布吉街道"), 1_200, "diner 12.00"),
    Eaten("zengcheng", aged(65, home=HOME), 650, "city 3.00, district 3.00, town 0.50, diner 0.00"),
    # 7 threshold, once a day
    Eaten("putuo", aged(82, "低保", home=SH), 2_000, "canteen 3.00, district 5.00, diner 12.00"),
    Eaten("putuo", aged(82, "低保", home=SH), 1_000, "canteen 1.50, district 5.00, diner 3.50"),
    Eaten("putuo", aged(82, "低保", home=SH), 900, "canteen 1.35, diner 7.65"),
    Eaten("putuo", aged(82, "低保", home=SH), 2_000, "canteen 3.00, diner 17.00", had=used("A")),
    Eaten("beijing", aged(82, "基本养老服务对象"), 501, "government 5.00, diner 0.01"),
    Eaten("beijing", aged(82, "基本养老服务对象"), 500, "diner 5.00"),
    Eaten("beijing", aged(82, "基本养老服务对象"), 2_000, "diner 20.00", meal=Meal.DINNER, had=used("dining", meal=Meal.LUNCH)),
    # 8 discount and subsidy one after the other
    Eaten("putuo", aged(82, home=SH), 2_000, "canteen 3.00, district 3.00, diner 14.00"),
    Eaten("putuo", aged(82, home="江苏省", lives=SH), 2_000, "canteen 3.00, diner 17.00"),
    Eaten("putuo", aged(82, home=SH), 1_700, "canteen 2.55, diner 14.45"),
    Eaten("putuo", aged(70, home=SH), 1_600, "canteen 1.60, diner 14.40"),
    Eaten("putuo", aged(70, home=SH), 1_700, "canteen 1.70, district 2.00, diner 13.30"),
    Eaten("putuo", aged(59, home=SH), 2_000, "diner 20.00"),
    Eaten("zhuhai", aged(70), 2_000, "canteen 2.00, government 5.40, diner 12.60"),
    Eaten("tanzhou", aged(70), 2_000, "canteen 4.00, diner 16.00"),
    Eaten("tanzhou", aged(70, "低收入", home="中山市"), 2_000, "canteen 4.00, government 10.00, diner 6.00"),
    # 9 kinds of days, and how often
    Eaten("longgang", aged(72, home=SZ), 1_500, "district 5.00, diner 10.00"),
    Eaten("longgang", aged(72, home=SZ), 1_500, "district 5.00, diner 10.00", facts=MAKE_UP),
    Eaten("longgang", aged(72, home=SZ), 1_500, "diner 15.00", facts=HOLIDAY),
    Eaten("longgang", aged(72, home=SZ), 1_500, "diner 15.00", facts=WEEKEND),
    Eaten("longgang", aged(72, home=SZ), 1_500, "diner 15.00", meal=Meal.DINNER),
    Eaten("longgang", aged(72, home=SZ), 1_500, "diner 15.00", had=used("70-99", meal=Meal.LUNCH)),
    Eaten("longgang", aged(72, home=SZ), 1_500, "district 5.00, diner 10.00", had=used("70-99", day=TODAY + timedelta(1), times=4)),
    Eaten("longgang", aged(72, home=SZ), 1_500, "diner 15.00", had=used("70-99", day=TODAY + timedelta(1), times=5)),
    Eaten("longgang", aged(72, "低保", home=SZ), 1_250, "district 12.50, diner 0.00"),
    Eaten("liantang", aged(72, home=SZ), 1_500, "government 5.00, diner 10.00"),
    Eaten("liantang", aged(72, home=SZ), 1_500, "diner 15.00", facts=HOLIDAY),
    # 10 the nth meal of the day, 11 by weight
    Eaten("yangzhou", aged(86), 0, "canteen 16.10, diner 0.00", basket=weighing(230)),
    Eaten("yangzhou", aged(86), 0, "canteen 8.05, diner 8.05", basket=weighing(230), had=used("85+")),
    Eaten("yangzhou", aged(86), 0, "diner 16.10", basket=weighing(230), had=used("85+", times=2)),
    Eaten("yangzhou", aged(70), 0, "canteen 3.22, diner 12.88", basket=weighing(230)),
    Eaten("yangzhou", aged(75), 0, "canteen 4.83, diner 11.27", basket=weighing(230)),
    Eaten("yangzhou", aged(70), 1_000, "diner 10.00"),
    # 12 by meal
    Eaten("jianye", aged(70, "政府保障"), 600, "government 1.00, diner 5.00", meal=Meal.BREAKFAST),
    Eaten("jianye", aged(70, "政府保障"), 1_200, "government 2.00, diner 10.00"),
    Eaten("jianye", aged(70, "政府保障"), 1_200, "government 2.00, diner 10.00", meal=Meal.DINNER),
    Eaten("jianye", aged(75), 600, "government 0.50, diner 5.50", meal=Meal.BREAKFAST),
    Eaten("jianye", aged(75), 1_200, "government 1.00, diner 11.00"),
    Eaten("jianye", aged(74), 1_200, "diner 12.00"),
    # 13 the operator's share
    Eaten("qingdao", aged(70, "低保"), 900, "government 6.00, canteen 2.00, diner 1.00"),
    Eaten("qingdao", aged(70, "低保边缘"), 900, "government 4.00, canteen 2.00, diner 3.00"),
    Eaten("qingdao", aged(70), 900, "diner 9.00"),
    # 15 only by stored-value card
    Eaten("zhengzhou", aged(60), 1_000, "canteen 1.00, diner 9.00"),
    Eaten("zhengzhou", aged(60), 1_000, "diner 10.00", tender=Tender.CASH),
    # 16 passes
    Eaten("suzhou", replace(aged(65), passes=frozenset({"annual"})), 0, "prepaid 12.00, diner 9.00", basket=(BASIC, EXTRA)),
    Eaten("suzhou", replace(aged(65), passes=frozenset({"annual"})), 0, "prepaid 12.00, diner 0.00", basket=(BASIC,), facts=MAKE_UP),
    Eaten("suzhou", replace(aged(65), passes=frozenset({"annual"})), 0, "diner 12.00", basket=(BASIC,), facts=HOLIDAY),
    Eaten("suzhou", replace(aged(65), passes=frozenset({"annual"})), 0, "diner 12.00", basket=(BASIC,), had=used("annual")),
    Eaten("suzhou", aged(65), 0, "diner 12.00", basket=(BASIC,)),
    Eaten("anning", replace(aged(65), passes=frozenset({"monthly"})), 1_200, "prepaid 12.00, diner 0.00", facts=HOLIDAY),
    # 17 by diet
    Eaten("hefei", aged(70), 1_500, "government 5.00, diner 10.00"),
    Eaten("hefei", replace(aged(70), diets=frozenset({"低糖"})), 1_500, "government 8.00, diner 7.00"),
    # 18 delivery: the fee
    Eaten("jurong", aged(76), 1_100, "government 5.00, diner 2.00, diner 6.00", way=Way.DELIVERY),
    # 19 a second group of prices
    Eaten("changping", aged(30), 2_500, "diner 25.00"),
    Eaten("changping", aged(65), 2_500, "canteen 9.00, diner 16.00"),
    Eaten("changping", aged(30, "骑手"), 2_500, "canteen 5.00, diner 20.00"),
    Eaten("changping", aged(65, "骑手"), 2_500, "canteen 9.00, diner 16.00"),
    Eaten("pupils", aged(10), 1_200, "canteen 4.00, diner 8.00"),
    Eaten("pupils", aged(40, "志愿者"), 1_200, "canteen 12.00, diner 0.00"),
    # 20 free, once a day, and claimed
    Eaten("tonglu", aged(90), 1_500, "government 15.00, diner 0.00"),
    Eaten("tonglu", aged(90), 1_500, "diner 15.00", had=used("90+")),
    Eaten("tonglu", aged(60), 1_500, "canteen 5.00, diner 10.00"),
]


@pytest.mark.parametrize("eaten", CASES, ids=lambda eaten: f"{eaten.place}-{eaten.parts}")
def test_a_real_place_pays_what_its_notice_says(eaten: Eaten) -> None:
    assert said(eaten.bill()) == eaten.parts


def test_every_document_has_an_example() -> None:
    assert {eaten.place for eaten in CASES} == set(TEXTS)


@pytest.mark.parametrize("place", TEXTS)
def test_no_document_has_anything_to_look_at(place: str) -> None:
    assert check_tariff(tariff_of(place), 2_500) == ()


def test_6_where_the_canteen_is_said_to_stand_goes_before_the_document() -> None:
    elsewhere = Circumstances(TODAY, Meal.LUNCH, area=OTHER_TOWN)

    bills = [price(meal_of(1_200), aged(65, home=home), elsewhere, Usage(), tariff_of("zengcheng")) for home in (HOME, OTHER_TOWN)]

    assert [said(bill) for bill in bills] == [
        "city 3.00, district 3.00, diner 6.00",
        "city 3.00, district 3.00, town 1.00, diner 5.00",
    ]


def test_18_operating_and_delivery_subsidies_are_reported_and_change_nothing_for_the_diner() -> None:
    weak = aged(70, "照护5级", home=GZ)
    here = Eaten("guangzhou", weak, 1_000, "").bill()
    home = Eaten("guangzhou", weak, 1_000, "", way=Way.DELIVERY).bill()

    reports = [[(line.rule_id, line.amount) for line in bill.reports] for bill in (here, home)]
    assert reports == [[("operating", 300)], [("operating", 300), ("delivery-4-6", 400)]]
    assert said(here) == said(home) == "city 2.50, diner 7.50"


def test_8_what_the_threshold_is_measured_on_decides_about_17_yuan() -> None:
    measured_on_list = parse_tariff(TEXTS["putuo"].replace('"after"', '"list"'))
    when = Circumstances(TODAY, Meal.LUNCH)

    bill = price(meal_of(1_700), aged(82, home=SH), when, Usage(), measured_on_list)

    assert said(bill) == "canteen 2.55, district 3.00, diner 11.45"


def test_9_whether_a_make_up_sunday_counts_is_a_word_in_the_document() -> None:
    without = parse_tariff(TEXTS["longgang"].replace(', "make_up"', ""))
    sunday = Circumstances(date(2026, 9, 20), Meal.LUNCH, facts=MAKE_UP)

    due = [price(meal_of(1_500), aged(72, home=SZ), sunday, Usage(), tariff).due for tariff in (tariff_of("longgang"), without)]

    assert due == [1_000, 1_500]


def test_21_a_waiver_has_its_reason_and_an_account_of_its_own() -> None:
    bill = price(meal_of(1_000), aged(85), Circumstances(TODAY, Meal.LUNCH), Usage(), tariff_of("xiangyang"), Waiver("菜凉了"))

    assert said(bill) == "canteen 2.50, waiver 7.50, diner 0.00"


def test_22_a_meal_is_priced_by_the_age_of_its_day_and_a_certificate_that_holds_on_it() -> None:
    born = date(1966, 3, 1)
    days = (date(2026, 2, 28), date(2026, 3, 1))

    due = [price(meal_of(1_000), Person(born), Circumstances(day, Meal.LUNCH), Usage(), tariff_of("xiangyang")).due for day in days]

    assert due == [1_000, 800]


def test_a_document_of_the_source_with_75_in_two_tiers_is_refused() -> None:
    overlapping = TEXTS["yangzhou"].replace("age_to = 74", "age_to = 75")

    with pytest.raises(Exception, match="ages_overlap"):
        parse_tariff(overlapping)


def test_six_tariffs_ship_as_starting_points() -> None:
    assert [(starter.name, starter.tariff.title) for starter in starters()] == [
        ("guangzhou", "补贴四分之一（广州）"),
        ("longgang", "工作日午餐补贴（深圳龙岗）"),
        ("putuo", "折扣加补贴（上海普陀）"),
        ("xiangyang", "按年龄打折（襄阳）"),
        ("xuchang", "按年龄一口价（许昌襄城）"),
        ("zengcheng", "市区镇三级补贴（广州增城）"),
    ]
