"""Pricing: a pure function whose lines always sum to the list price and fees, and that explains itself."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos.domain.areas import Level
from pos.domain.bill import (
    CANTEEN,
    DINER,
    PREPAID,
    WAIVER,
    Basket,
    BasketItem,
    Bill,
    BillLine,
    Reason,
    ReasonCode,
    Tender,
    Way,
    weighed,
)
from pos.domain.calendar import DayFacts, DayKind
from pos.domain.circumstances import Circumstances, Person
from pos.domain.members import AgeStarts
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Waiver, price
from pos.domain.tariff import (
    LIST_PRICE,
    Base,
    Choose,
    Gift,
    Group,
    Home,
    How,
    Limit,
    Part,
    Payer,
    Rule,
    Spend,
    Tariff,
    Then,
    What,
    When,
    Where,
    Who,
)
from pos.domain.usage import Had, Usage
from tests.pos.domain.tariffs import LUNCH, TODAY, aged, meal_of, parts_of, rules

PAYERS = {"city": Payer("市民政局"), "district": Payer("区民政局"), "town": Payer("街道")}
CATEGORIES = ("低保", "特困", "残疾")
PLACES = ("", "广州市", "广州市/增城区", "广州市/增城区/荔城街道", "广州市/增城区/石滩镇", "广州市/花都区/新华街道")
AMOUNTS = st.integers(1, 2_000)

# -- made-up tariffs --------------------------------------------------------------------------------

some = st.frozensets
whos = st.builds(
    Who,
    age_from=st.integers(0, 70),
    age_to=st.integers(70, 150),
    any_of=some(st.sampled_from(CATEGORIES), max_size=2),
    hukou=st.lists(st.sampled_from(PLACES[1:]), max_size=1).map(tuple),
)
whens = st.builds(When, meals=some(st.sampled_from(Meal), max_size=2), days=some(st.sampled_from(DayKind), max_size=2))
wheres = st.none() | st.builds(Where, st.sampled_from(Level), st.sampled_from(Home))
hows = st.builds(How, ways=some(st.sampled_from(Way), max_size=2), tenders=some(st.sampled_from(Tender), max_size=3))
whats = st.builds(What, kinds=some(st.sampled_from(DishKind), max_size=2), portions=st.none() | st.integers(1, 2))
spends = st.none() | st.builds(Spend, AMOUNTS, st.none() | AMOUNTS, st.sampled_from(Base))
limits = st.builds(Limit, *(st.none() | st.integers(1, 3) for _per in range(4)))
percents = st.integers(0, 10_000)
reductions = st.one_of(
    st.builds(Then, st.sampled_from([Gift.OFF, Gift.UP_TO, Gift.FLAT]), AMOUNTS),
    st.builds(Then, st.just(Gift.FREE)),
    st.builds(
        Then, st.just(Gift.PERCENT), basis_points=percents, at_most=st.none() | AMOUNTS, base=st.sampled_from(Base)
    ),
    st.builds(Then, st.just(Gift.NTH_PERCENT), nth=st.lists(percents, min_size=1, max_size=3).map(tuple)),
)
ON_TOP = st.one_of(st.builds(Then, st.just(Gift.FEE), AMOUNTS), st.builds(Then, st.just(Gift.REPORT), AMOUNTS))
shared = st.lists(st.sampled_from([*PAYERS, CANTEEN]), min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.tuples(*(st.builds(Part, st.just(name), share=st.integers(1, 5)) for name in names))
)
stepped = st.lists(st.sampled_from([*PAYERS, CANTEEN]), min_size=1, max_size=3, unique=True).flatmap(
    lambda names: st.tuples(
        *(st.builds(Part, st.just(name), amount=AMOUNTS) for name in names[:-1]), st.builds(Part, st.just(names[-1]))
    )
)


@st.composite
def made_rules(draw: st.DrawFn, choices: tuple[str, ...] = ("", "best", "first", "sum"), gifts: st.SearchStrategy[Then] = reductions) -> Rule:
    then = draw(gifts)
    payers = (Part(DINER),) if then.gift is Gift.FEE else draw(shared | stepped)
    return Rule(
        "r", then, payers, who=draw(whos), when=draw(whens), where=draw(wheres), how=draw(hows), what=draw(whats),
        spend=draw(spends), limit=draw(limits), group=draw(st.sampled_from(choices)),
    )  # fmt: skip


def tariff_of(made: list[Rule], limit: Limit | None = None, unit: int = 1) -> Tariff:
    numbered = tuple(replace(rule, id=f"r{number}") for number, rule in enumerate(made))
    groups = tuple(Group(choose.value, choose, limit or Limit()) for choose in Choose)
    return Tariff("t-1", "幸福食堂", date(2026, 1, 1), None, AgeStarts.BIRTHDAY, PAYERS, numbered, groups, unit)


tariffs = st.builds(
    tariff_of, st.lists(made_rules(gifts=reductions | ON_TOP), max_size=7), limits, st.sampled_from([1, 10, 100])
)
best_tariffs = st.builds(tariff_of, st.lists(made_rules(choices=("best",)), min_size=1, max_size=6), limits)
items = st.builds(
    BasketItem,
    dish_id=st.text(max_size=3),
    name=st.just("菜"),
    kind=st.sampled_from(DishKind),
    unit_price=st.integers(0, 3_000),
    quantity=st.integers(1, 4),
)
baskets = st.lists(items, max_size=5).map(tuple)
people = st.builds(
    Person,
    st.none() | st.dates(date(1910, 1, 1), TODAY),
    some(st.sampled_from(CATEGORIES)),
    st.sampled_from(PLACES),
    st.sampled_from(PLACES),
)
moments = st.builds(
    Circumstances,
    st.just(TODAY),
    st.sampled_from(Meal),
    st.sampled_from(Way),
    st.sampled_from(Tender),
    st.none() | st.builds(DayFacts, st.sampled_from(DayKind), st.booleans(), st.booleans()),
    st.sampled_from(PLACES),
)
usages = st.lists(
    st.builds(
        Had,
        st.integers(-3, 3).map(lambda ahead: TODAY + timedelta(days=ahead)),
        st.sampled_from(Meal),
        st.lists(st.sampled_from(["r0", "r1", "r2", "r3"]), max_size=3).map(tuple),
        pending=st.booleans(),
    ),
    max_size=4,
).map(lambda had: Usage(tuple(had)))


@given(baskets, people, moments, usages, tariffs)
def test_M12_the_diner_the_payers_and_the_canteen_pay_the_list_price_and_the_fees_together(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    bill = price(basket, person, when, usage, tariff)

    list_price = sum(item.unit_price * item.quantity for item in basket)
    fees = sum(line.amount for line in bill.lines if line.is_fee)
    assert sum(amount for _, amount in parts_of(bill)) == list_price + fees
    assert bill.due + sum(line.amount for line in bill.helped) == bill.list_price + bill.fees


@given(baskets, people, moments, usages, tariffs)
def test_nobody_pays_less_than_nothing_and_no_payer_more_than_its_cap(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    bill = price(basket, person, when, usage, tariff)

    assert bill.due >= bill.fees >= 0
    assert all(line.amount > 0 for line in (*bill.helped, *bill.reports))
    assert all(line.claimable == (line.payer in PAYERS) for line in (*bill.lines, *bill.reports))
    for rule in tariff.rules:
        lines = [line for line in (*bill.helped, *bill.reports) if line.rule_id == rule.id]
        caps = {part.payer: part.amount for part in rule.payers[:-1] if part.amount is not None}
        assert all(line.amount <= caps.get(line.payer, line.amount) for line in lines)
        assert sum(line.amount for line in lines) <= cap_of(rule, bill.list_price)


def cap_of(rule: Rule, list_price: int) -> int:
    """The most that a rule may give, in fen."""
    match rule.then.gift:
        case Gift.OFF | Gift.UP_TO | Gift.REPORT:
            return rule.then.amount
        case Gift.FEE:
            return 0
        case Gift.PERCENT if rule.then.at_most is not None:
            return min(list_price, rule.then.at_most)
    return list_price


@given(baskets, people, moments, usages, best_tariffs, st.sampled_from(CATEGORIES))
def test_one_category_more_never_raises_the_price_where_the_best_rule_holds(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff, category: str
) -> None:
    richer = replace(person, categories=person.categories | {category})

    assert price(basket, richer, when, usage, tariff).due <= price(basket, person, when, usage, tariff).due


@given(baskets, people, moments, usages, st.lists(made_rules(choices=("best", "other")), max_size=6), st.sampled_from(CATEGORIES))
def test_it_never_does_either_where_a_later_threshold_is_measured_after_the_discount(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, made: list[Rule], category: str
) -> None:
    groups = (Group("best", Choose.BEST), Group("other", Choose.BEST))
    tariff = replace(tariff_of([]), rules=tuple(replace(rule, id=f"r{n}") for n, rule in enumerate(made)), groups=groups)
    richer = replace(person, categories=person.categories | {category})

    assert price(basket, richer, when, usage, tariff).due <= price(basket, person, when, usage, tariff).due


@given(baskets, people, moments, usages, tariffs)
def test_the_same_facts_give_the_same_bill(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    reordered = replace(tariff, payers=dict(reversed(list(tariff.payers.items()))))

    bills = [price(basket, person, when, usage, one) for one in (tariff, tariff, reordered)]

    assert bills[0] == bills[1] == bills[2]


@given(baskets, people, moments, usages, tariffs)
def test_M14_a_rule_is_used_once_on_a_bill(
    basket: Basket, person: Person, when: Circumstances, usage: Usage, tariff: Tariff
) -> None:
    bill = price(basket, person, when, usage, tariff)

    used = [(line.rule_id, line.payer) for line in (*bill.helped, *bill.reports)]
    assert len(used) == len(set(used))


@given(baskets, people, moments, tariffs, st.sampled_from(["r0", "r1", "r2"]))
def test_a_rule_at_its_limit_gives_nothing(
    basket: Basket, person: Person, when: Circumstances, tariff: Tariff, rule_id: str
) -> None:
    rule = tariff.rule(rule_id)
    assume(rule is not None and rule.limit.per_day is not None)
    assert rule is not None
    assert rule.limit.per_day is not None
    used = Usage((Had(TODAY, Meal.BREAKFAST, (rule_id,)),) * rule.limit.per_day)

    bill = price(basket, person, when, used, tariff)

    assert [line for line in (*bill.lines, *bill.reports) if line.rule_id == rule_id] == []


@given(baskets, people, usages, tariffs, st.randoms())
def test_the_order_of_the_dishes_changes_nobodys_part(
    basket: Basket, person: Person, usage: Usage, tariff: Tariff, random: Random
) -> None:
    shuffled = list(basket)
    random.shuffle(shuffled)

    assert parts_of(price(tuple(shuffled), person, LUNCH, usage, tariff)) == parts_of(price(basket, person, LUNCH, usage, tariff))


def test_a_price_never_looks_at_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    tariff = rules("who = { age_from = 60 }\nthen = { percent = 10 }", 'when = { days = ["workday"] }\nthen = { off = 1 }')
    before = price(meal_of(1_000), aged(70), LUNCH, Usage(), tariff)

    def broken() -> float:
        raise AssertionError

    for name in ("time", "time_ns", "localtime", "gmtime", "monotonic"):
        monkeypatch.setattr(time, name, broken)
    after = price(meal_of(1_000), aged(70), LUNCH, Usage(), tariff)

    assert after == before


def test_M9_a_third_off_ten_thousand_meals_leaves_no_residue() -> None:
    tariff = rules("then = { percent = 33 }", 'then = { off = 0.33 }\npayers = ["city"]')
    books: dict[str, int] = {}
    for amount in range(10_000):
        for payer, part in parts_of(price(meal_of(amount), aged(70), LUNCH, Usage(), tariff)):
            books[payer] = books.get(payer, 0) + part

    assert sum(books.values()) == sum(range(10_000))
    assert books[CANTEEN] == sum((33 * amount + 50) // 100 for amount in range(10_000))


def test_the_bill_explains_itself_line_by_line() -> None:
    tariff = rules(
        'label = "80岁以上85折"\nwho = { age_from = 80 }\nthen = { percent = 15 }',
        'label = "低保补贴"\nwho = { any_of = ["低保", "特困"] }\npayers = [{ payer = "city", yuan = 2 }, { payer = "district", yuan = 1 }]',
    )

    bill = price(meal_of(2_000), aged(82, "低保"), LUNCH, Usage(), tariff)

    percent: dict[str, int | str] = {"age": 82, "age_from": 80, "age_to": 150, "basis_points": 1_500}
    subsidy: dict[str, int | str] = {"categories": "低保", "amount": 300}
    city, district = (Reason(ReasonCode.AMOUNT, subsidy | {"payer_name": PAYERS[payer].name}) for payer in ("city", "district"))
    assert bill == Bill(
        meal_of(2_000),
        (
            BillLine(CANTEEN, 300, False, "r1", "t-1", Reason(ReasonCode.PERCENT, percent), "80岁以上85折"),
            BillLine("city", 200, True, "r2", "t-1", city, "低保补贴"),
            BillLine("district", 100, True, "r2", "t-1", district, "低保补贴"),
            BillLine(DINER, 1_400, False, "", "t-1", Reason(ReasonCode.OWN_SHARE)),
        ),
    )
    assert (bill.list_price, bill.fees, bill.due, bill.subsidised, len(bill.helped)) == (2_000, 0, 1_400, True, 3)


@pytest.mark.parametrize(("percent", "amount", "discount"), [(15, 1_350, 203), (15, 1_350 * 2, 405), (25, 990, 248), (1, 49, 0), (1, 50, 1)])
def test_a_discount_is_rounded_once_per_meal(percent: int, amount: int, discount: int) -> None:
    bill = price(meal_of(amount), aged(70), LUNCH, Usage(), rules(f"then = {{ percent = {percent} }}"))

    assert amount - bill.due == discount


@pytest.mark.parametrize(("unit", "discount"), [(1, 203), (10, 200), (100, 200)])
def test_a_percentage_is_rounded_to_the_unit_of_the_tariff(unit: int, discount: int) -> None:
    tariff = replace(rules("then = { percent = 15 }"), round_to=unit)

    # 15 % of 13.50 are 2.025
    assert price(meal_of(1_350), Person(), LUNCH, Usage(), tariff).due == 1_350 - discount


def test_two_rules_in_a_row_give_what_their_order_says() -> None:
    percent, yuan = "then = { percent = 10 }", "then = { off = 2 }"
    after = 'then = { percent = 10, base = "after" }'

    due = [price(meal_of(1_000), Person(), LUNCH, Usage(), tariff).due for tariff in (rules(yuan, percent), rules(yuan, after))]

    assert due == [700, 720]


def test_of_a_group_all_the_best_or_the_first_holds() -> None:
    def one(off: int, group: str) -> str:
        return f'then = {{ off = {off} }}\ngroup = "{group}"'

    due = [
        price(meal_of(1_000), Person(), LUNCH, Usage(), rules(one(1, group), one(3, group), one(2, group))).due
        for group in ("sum", "best", "first")
    ]

    assert due == [400, 700, 900]


def test_the_best_for_the_diner_may_be_the_smaller_discount_that_keeps_a_subsidy() -> None:
    tariff = rules(
        'then = { percent = 20 }\ngroup = "best"',
        'then = { percent = 5 }\ngroup = "best"',
        'spend = { at_least = 15, measured_on = "after" }\nthen = { off = 5 }\npayers = ["city"]',
    )

    bill = price(meal_of(1_600), Person(), LUNCH, Usage(), tariff)

    assert parts_of(bill) == [(CANTEEN, 80), ("city", 500), (DINER, 1_020)]


def test_ten_groups_of_ten_are_decided_at_once() -> None:
    groups = tuple(Group(f"g{group}", Choose.BEST) for group in range(10))
    made = tuple(
        Rule(f"r{group}-{off}", Then(Gift.OFF, off), (Part(CANTEEN),), group=f"g{group}", spend=Spend(1, None, Base.AFTER))
        for group in range(10)
        for off in range(1, 11)
    )
    tariff = replace(LIST_PRICE, rules=made, groups=groups)

    assert price(meal_of(1_000), Person(), LUNCH, Usage(), tariff).due == 900


def test_a_second_meal_of_the_day_says_why_nobody_helps() -> None:
    tariff = rules('label = "80岁以上"\nwho = { age_from = 80 }\nthen = { off = 5 }\npayers = ["city"]\nlimit = { per_day = 1 }')

    bill = price(meal_of(1_000), aged(82), LUNCH, Usage((Had(TODAY, Meal.BREAKFAST, ("r1",)),)), tariff)

    facts: dict[str, int | str] = {"label": "80岁以上", "per": "day", "most": 1, "uses": 1}
    assert (parts_of(bill), bill.notes) == ([(DINER, 1_000)], (Reason(ReasonCode.LIMIT_REACHED, facts),))


@pytest.mark.parametrize(
    ("limit", "had", "helped"),
    [
        ("per_meal = 2", [(TODAY, Meal.LUNCH)], True),
        ("per_meal = 2", [(TODAY, Meal.LUNCH)] * 2, False),
        ("per_day = 2", [(TODAY, Meal.BREAKFAST)], True),
        ("per_day = 2", [(TODAY, Meal.BREAKFAST)] * 2, False),
        ("per_day = 1", [(TODAY - timedelta(days=1), Meal.LUNCH)], True),
        ("per_week = 1", [(TODAY - timedelta(days=1), Meal.LUNCH)], True),  # the Sunday before
        ("per_week = 1", [(TODAY + timedelta(days=6), Meal.LUNCH)], False),  # booked for the Sunday after
        ("per_month = 1", [(date(2026, 10, 31), Meal.LUNCH)], True),
        ("per_month = 1", [(date(2026, 11, 1), Meal.LUNCH)], False),
        ("per_month = 1", [(date(2026, 11, 30), Meal.LUNCH)], False),
    ],
)
@pytest.mark.parametrize("pending", [False, True])
def test_limits_count_settled_and_pending_meals(
    limit: str, had: list[tuple[date, Meal]], helped: bool, pending: bool
) -> None:
    tariff = rules(f'then = {{ off = 5 }}\npayers = ["city"]\nlimit = {{ {limit} }}')
    usage = Usage(tuple(Had(day, meal, ("r1",), pending=pending) for day, meal in had))

    assert price(meal_of(1_000), Person(), LUNCH, usage, tariff).subsidised is helped


def test_what_a_group_gives_is_counted_whichever_of_its_rules_it_was() -> None:
    tariff = rules(
        'then = { off = 5 }\npayers = ["city"]\ngroup = "best"\nwho = { any_of = ["低保"] }',
        'then = { off = 3 }\npayers = ["city"]\ngroup = "best"',
    )
    earlier = Usage((Had(TODAY, Meal.LUNCH, ("r1",)),))

    assert parts_of(price(meal_of(1_000), aged(70, "低保"), LUNCH, earlier, tariff)) == [(DINER, 1_000)]


@pytest.mark.parametrize(
    ("kind", "subsidised", "due"),
    [
        (DayKind.WORKDAY, True, 500),
        (DayKind.MAKE_UP, True, 500),
        (DayKind.WEEKEND, True, 1_000),
        (DayKind.HOLIDAY, True, 1_000),
        (DayKind.WORKDAY, False, 1_000),
    ],
)
def test_K8_no_subsidy_on_a_public_holiday_or_a_day_without_subsidies_and_the_bill_says_so(
    kind: DayKind, subsidised: bool, due: int
) -> None:
    tariff = rules('label = "午餐补贴"\nwhen = { days = ["workday", "make_up"] }\nthen = { off = 5 }\npayers = ["city"]')
    when = replace(LUNCH, facts=DayFacts(kind, subsidised=subsidised))

    bill = price(meal_of(1_000), Person(), when, Usage(), tariff)

    note = Reason(ReasonCode.DAY_NOT_COVERED, {"label": "午餐补贴", "kind": kind.value})
    assert (bill.due, bill.notes) == (due, () if due == 500 else (note,))


def test_a_payer_may_have_days_of_its_own() -> None:
    tariff = rules('then = { off = 3 }\npayers = ["city"]', 'then = { off = 2 }\npayers = ["district"]')
    when = replace(LUNCH, facts=DayFacts(payer_days={"district": False}))

    assert parts_of(price(meal_of(1_000), Person(), when, Usage(), tariff)) == [("city", 300), (DINER, 700)]


def test_a_fee_comes_on_top_and_a_report_is_seen_by_nobody() -> None:
    tariff = rules(
        'label = "送餐费"\nhow = { ways = ["delivery"] }\nthen = { fee = 2 }',
        'how = { ways = ["delivery"] }\nthen = { report = 4, service = "delivery" }\npayers = ["city"]',
        'then = { report = 3 }\npayers = ["district"]',
    )

    here, home = (price(meal_of(1_000), Person(), replace(LUNCH, way=way), Usage(), tariff) for way in (Way.DINE_IN, Way.DELIVERY))

    assert (parts_of(here), here.fees, here.due) == ([(DINER, 1_000)], 0, 1_000)
    assert (parts_of(home), home.fees, home.due) == ([(DINER, 200), (DINER, 1_000)], 200, 1_200)
    assert [(line.payer, line.amount, line.reason.code) for line in home.reports] == [
        ("city", 400, ReasonCode.DELIVERED),
        ("district", 300, ReasonCode.OPERATING),
    ]
    assert (home.subsidised, len(here.reports)) == (False, 1)


def test_who_has_no_part_of_a_report_claims_nothing() -> None:
    tariff = rules('then = { report = "0.01" }\npayers = [{ payer = "city", share = 1 }, { payer = "district", share = 1 }]')

    bill = price(meal_of(1_000), Person(), LUNCH, Usage(), tariff)

    assert [(line.payer, line.amount) for line in bill.reports] == [("district", 1)]


def test_payers_share_by_weight_and_the_last_takes_the_remainder() -> None:
    tariff = rules('then = { off = 1 }\npayers = [{ payer = "city", share = 1 }, { payer = "district", share = 1 }, { payer = "town", share = 1 }]')

    assert parts_of(price(meal_of(1_000), Person(), LUNCH, Usage(), tariff)) == [("city", 33), ("district", 33), ("town", 34), (DINER, 900)]


def test_a_rule_may_be_about_some_dishes_and_some_portions() -> None:
    basket = (
        BasketItem("a", "甲套餐", DishKind.SET_MEAL, 1_200, 1),
        BasketItem("b", "乙套餐", DishKind.SET_MEAL, 1_500, 2),
        BasketItem("rice", "米饭", DishKind.STAPLE, 100, 1),
    )
    dearest = rules('what = { kinds = ["set_meal"], portions = 1 }\nthen = { flat = 5 }')
    named = rules('what = { dishes = ["甲套餐"] }\nthen = { free = true }')
    none = rules('what = { kinds = ["soup"] }\nthen = { free = true }')

    off = [sum(line.amount for line in price(basket, Person(), LUNCH, Usage(), tariff).helped) for tariff in (dearest, named, none)]

    assert off == [1_000, 1_200, 0]


def test_a_dish_by_weight_has_the_price_of_what_it_weighed() -> None:
    basket = (weighed("buffet", "自选", DishKind.MEAT, 350, 230), BasketItem("rice", "米饭", DishKind.STAPLE, 100, 1))
    tariff = rules("what = { by_weight = true }\nthen = { percent = 20 }")

    bill = price(basket, Person(), LUNCH, Usage(), tariff)

    assert (bill.list_price, parts_of(bill)) == (1_710, [(CANTEEN, 322), (DINER, 1_388)])


def test_a_pass_pays_one_meal_that_was_paid_for_before() -> None:
    tariff = rules('who = { passes = ["annual"] }\nwhat = { kinds = ["set_meal"], portions = 1 }\nthen = { free = true }\nlimit = { per_day = 1 }')
    holder = Person(passes=frozenset({"annual"}))
    rice = BasketItem("rice", "米饭", DishKind.STAPLE, 100, 1)

    bill = price((*meal_of(1_000), rice), holder, LUNCH, Usage(), tariff)

    assert (parts_of(bill), bill.subsidised) == ([(PREPAID, 1_000), (DINER, 100)], False)


@pytest.mark.parametrize(("amount", "waived"), [(None, 700), (300, 300), (9_999, 700), (0, 0)])
def test_a_waiver_takes_what_is_left_and_no_more(amount: int | None, waived: int) -> None:
    tariff = rules('then = { off = 3 }\npayers = ["city"]')

    bill = price(meal_of(1_000), Person(), LUNCH, Usage(), tariff, Waiver("菜凉了", amount))

    lines = [line for line in bill.lines if line.payer == WAIVER]
    why = Reason(ReasonCode.WAIVED, {"why": "菜凉了"})
    assert lines == ([BillLine(WAIVER, waived, False, "", "t-1", why)] if waived else [])
    assert bill.due == 700 - waived


@pytest.mark.parametrize(
    ("tender", "due", "notes"),
    [
        (Tender.CARD, 900, ()),
        (Tender.CASH, 1_000, (Reason(ReasonCode.OTHER_TENDER, {"label": "刷卡9折", "tenders": "card"}),)),
    ],
)
def test_a_discount_may_ask_for_the_card(tender: Tender, due: int, notes: tuple[Reason, ...]) -> None:
    tariff = rules('label = "刷卡9折"\nhow = { tenders = ["card"] }\nthen = { percent = 10 }')

    bill = price(meal_of(1_000), Person(), replace(LUNCH, tender=tender), Usage(), tariff)

    assert (bill.due, bill.notes) == (due, notes)


def test_whoever_gave_no_birth_date_has_no_age_but_may_have_a_category() -> None:
    tariff = rules("who = { age_from = 60 }\nthen = { off = 1 }", 'who = { any_of = ["骑手"] }\nthen = { off = 2 }')

    assert parts_of(price(meal_of(1_000), Person(None, frozenset({"骑手"})), LUNCH, Usage(), tariff)) == [(CANTEEN, 200), (DINER, 800)]


def test_a_walk_in_pays_the_list_price() -> None:
    assert parts_of(price(meal_of(1_000), Person(), LUNCH, Usage(), LIST_PRICE)) == [(DINER, 1_000)]


@pytest.mark.parametrize(("day", "due"), [(date(2026, 11, 22), 1_000), (date(2026, 11, 23), 800), (date(2026, 11, 24), 800)])
def test_E1_the_age_is_that_of_the_day_of_the_meal(day: date, due: int) -> None:
    tariff = rules("who = { age_from = 60 }\nthen = { percent = 20 }")

    assert price(meal_of(1_000), Person(date(1966, 11, 23)), Circumstances(day, Meal.DINNER), Usage(), tariff).due == due


def test_E1_a_rule_set_may_let_an_age_begin_a_month_later() -> None:
    later = replace(rules("who = { age_from = 60 }\nthen = { percent = 10 }"), age_starts=AgeStarts.NEXT_MONTH)

    due = [
        price(meal_of(1_000), Person(date(1966, 11, 23)), Circumstances(day, Meal.LUNCH), Usage(), later).due
        for day in (date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 1))
    ]

    assert due == [1_000, 1_000, 900]


def test_a_bill_that_does_not_add_up_is_never_made() -> None:
    own = BillLine(DINER, 999, False, "", "t", Reason(ReasonCode.OWN_SHARE))

    with pytest.raises(AssertionError, match="sum to its list price"):
        Bill(meal_of(1_000), (own,))


def test_a_bill_on_which_somebody_earns_is_never_made() -> None:
    lines = tuple(BillLine(payer, amount, False, "", "t", Reason(ReasonCode.OWN_SHARE)) for payer, amount in ((CANTEEN, 1_100), (DINER, -100)))

    with pytest.raises(AssertionError, match="less than nothing"):
        Bill(meal_of(1_000), lines)
