"""The tariff: a document that says who pays what, read whole or refused with every line that is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.areas import Level
from pos.domain.bill import Tender, Way
from pos.domain.calendar import DayKind
from pos.domain.members import AgeStarts
from pos.domain.menu import DishKind, Meal
from pos.domain.tariff import (
    OLDEST,
    BadTariff,
    Base,
    Choose,
    Fault,
    Finding,
    Gift,
    Group,
    Home,
    How,
    Limit,
    OwnDays,
    Part,
    Payer,
    Rule,
    Service,
    Severity,
    Spend,
    Tariff,
    Then,
    What,
    When,
    Where,
    Who,
    check_tariff,
    parse_tariff,
)
from pos.services.practice import TARIFF

HEAD = 'id = "t"\ntitle = "幸福食堂"\nvalid_from = 2026-01-01\n'
PAYERS = '[payers]\ncity = "市民政局"\ndistrict = { name = "区民政局", level = "district" }\n'
GROUPS = '[groups.subsidy]\nchoose = "best"\nlimit = { per_day = 1 }\n'
RULE = '[[rules]]\nid = "60+"\nwho = { age_from = 60 }\nthen = { percent = 10 }\n'


def findings_of(document: str) -> tuple[Finding, ...]:
    with pytest.raises(BadTariff) as refused:
        parse_tariff(document)
    return refused.value.findings


def rule_of(text: str) -> Rule:
    (rule,) = parse_tariff(HEAD + PAYERS + GROUPS + "[[rules]]\n" + text).rules
    return rule


def test_a_whole_document_is_read_to_the_fen() -> None:
    tariff = parse_tariff(
        HEAD + 'valid_to = 2026-12-31\nage_starts = "next_month"\nround_to = "jiao"\n' + PAYERS + GROUPS + RULE
    )

    assert tariff == Tariff(
        id="t",
        title="幸福食堂",
        valid_from=date(2026, 1, 1),
        valid_to=date(2026, 12, 31),
        age_starts=AgeStarts.NEXT_MONTH,
        payers={"city": Payer("市民政局"), "district": Payer("区民政局", Level.DISTRICT)},
        rules=(Rule("60+", Then(Gift.PERCENT, basis_points=1_000), (Part("canteen"),), who=Who(60)),),
        groups=(Group("subsidy", Choose.BEST, Limit(per_day=1)),),
        round_to=10,
    )


def test_what_is_not_said_has_a_plain_meaning() -> None:
    assert parse_tariff(HEAD) == Tariff("t", "幸福食堂", date(2026, 1, 1), None, AgeStarts.BIRTHDAY)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("then = { percent = 12.5, at_most = 3 }", Rule("r", Then(Gift.PERCENT, basis_points=1_250, at_most=300), (Part("canteen"),))),
        ('then = { percent = 10, base = "after" }', Rule("r", Then(Gift.PERCENT, basis_points=1_000, base=Base.AFTER), (Part("canteen"),))),
        ("then = { nth_percent = [100, 50] }", Rule("r", Then(Gift.NTH_PERCENT, nth=(10_000, 5_000)), (Part("canteen"),))),
        ("then = { free = true }", Rule("r", Then(Gift.FREE), (Part("canteen"),))),
        ('then = { flat = "5.5" }', Rule("r", Then(Gift.FLAT, 550), (Part("canteen"),))),
        ("then = { fee = 2 }", Rule("r", Then(Gift.FEE, 200), (Part("diner"),))),
        (
            'then = { report = 3.00, service = "delivery" }\npayers = ["city"]',
            Rule("r", Then(Gift.REPORT, 300, service=Service.DELIVERY), (Part("city"),), limit=Limit(1)),
        ),
        ('then = { off = 3 }\npayers = ["city"]', Rule("r", Then(Gift.OFF, 300), (Part("city"),), limit=Limit(1))),
        (
            'then = { off = 3 }\npayers = ["city"]\nlimit = { per_meal = 2, per_week = 5 }',
            Rule("r", Then(Gift.OFF, 300), (Part("city"),), limit=Limit(2, None, 5)),
        ),
        (
            'payers = [{ payer = "city", yuan = 3 }, { payer = "district", yuan = "0.50" }]',
            Rule("r", Then(Gift.OFF, 350), (Part("city", 300), Part("district", 50)), limit=Limit(1)),
        ),
        (
            'then = { up_to = 15 }\npayers = [{ payer = "city", share = 2 }, { payer = "canteen", share = 1 }]',
            Rule("r", Then(Gift.UP_TO, 1_500), (Part("city", share=2), Part("canteen", share=1)), limit=Limit(1)),
        ),
        (
            'then = { free = true }\nwho = { passes = ["annual"] }',
            Rule("r", Then(Gift.FREE), (Part("prepaid"),), who=Who(passes=frozenset({"annual"})), limit=Limit(1)),
        ),
    ],
)
def test_what_a_rule_gives_and_who_pays_it(text: str, rule: Rule) -> None:
    assert rule_of(f'id = "r"\n{text}\n') == rule


def test_all_that_a_rule_may_ask() -> None:
    rule = rule_of("""
id = "r"
label = "低保补贴"
group = "subsidy"
then = { off = 3 }
who = { age_from = 60, age_to = 79, any_of = ["低保", "特困"], all_of = ["户籍"], hukou = ["上海市"], residence = ["上海市/普陀区"], diets = ["低糖"] }
when = { meals = ["lunch", "dinner"], weekdays = ["mon", "sun"], days = ["workday", "make_up"], own_days = "subsidised" }
where = { same = "town", home = "residence" }
how = { ways = ["dine_in"], tenders = ["card"] }
what = { kinds = ["set_meal"], dishes = ["基本餐"], by_weight = false, portions = 1 }
spend = { more_than = 5.00, measured_on = "after" }
""")

    assert rule == Rule(
        id="r",
        then=Then(Gift.OFF, 300),
        payers=(Part("canteen"),),
        label="低保补贴",
        who=Who(
            60, 79, frozenset({"低保", "特困"}), frozenset({"户籍"}), ("上海市",), ("上海市/普陀区",), frozenset({"低糖"})
        ),
        when=When(
            frozenset({Meal.LUNCH, Meal.DINNER}),
            frozenset({0, 6}),
            frozenset({DayKind.WORKDAY, DayKind.MAKE_UP}),
            OwnDays.SUBSIDISED,
        ),
        where=Where(Level.TOWN, Home.RESIDENCE),
        how=How(frozenset({Way.DINE_IN}), frozenset({Tender.CARD})),
        what=What(frozenset({DishKind.SET_MEAL}), frozenset({"基本餐"}), False, 1),
        spend=Spend(0, 500, Base.AFTER),
        group="subsidy",
    )


def test_a_group_that_claims_money_helps_once_at_a_meal_unless_it_says_more() -> None:
    claims = '[[rules]]\nid = "r"\nthen = { off = 3 }\npayers = ["city"]\ngroup = "subsidy"\n'
    twice = GROUPS.replace("per_day = 1", "per_meal = 2")

    limits = [parse_tariff(HEAD + PAYERS + groups + claims).groups[0].limit for groups in (GROUPS, twice)]

    assert limits == [Limit(1, 1), Limit(2)]


# Each row: what is added to a good document, the fault, its line, its facts.
BAD: list[tuple[str, Fault, int, dict[str, int | str]]] = [
    ('title = "x"', Fault.SYNTAX, 4, {"detail": "Cannot overwrite a value"}),
    ("x", Fault.SYNTAX, 4, {"detail": "Expected '=' after a key in a key/value pair"}),
    ("prise = 1", Fault.UNKNOWN_KEY, 4, {"key": "prise", "known": "age_starts, area, groups, id, payers, round_to, rules, title, valid_from, valid_to", "meant": ""}),
    ("valid_too = 2026-02-01", Fault.UNKNOWN_KEY, 4, {"key": "valid_too", "known": "age_starts, area, groups, id, payers, round_to, rules, title, valid_from, valid_to", "meant": "valid_to"}),
    ("valid_to = 2025-12-31", Fault.ENDS_BEFORE, 4, {"key": "valid_to", "valid_from": "2026-01-01", "valid_to": "2025-12-31"}),
    ('valid_to = "2026-12-31"', Fault.WRONG_TYPE, 4, {"key": "valid_to", "found": "2026-12-31", "wanted": "date"}),
    ("valid_to = 2026-12-31T00:00:00", Fault.WRONG_TYPE, 4, {"key": "valid_to", "found": "2026-12-31 00:00:00", "wanted": "date"}),
    ('age_starts = "day_afer"', Fault.NO_SUCH_CHOICE, 4, {"key": "age_starts", "found": "day_afer", "choices": "birthday, day_after, next_month", "meant": "day_after"}),
    ("age_starts = 1", Fault.WRONG_TYPE, 4, {"key": "age_starts", "found": "1", "wanted": "text"}),
    ('round_to = "half"', Fault.NO_SUCH_CHOICE, 4, {"key": "round_to", "found": "half", "choices": "fen, jiao, yuan", "meant": ""}),
    ('area = "广州\\n市"', Fault.TOO_LONG, 4, {"key": "area", "longest": 100}),
    ("x = " + "[" * 5_000, Fault.SYNTAX, 1, {"detail": "nested too deeply"}),
    ('payers = "city"', Fault.WRONG_TYPE, 4, {"key": "payers", "found": "city", "wanted": "table"}),
    ("[payers]\ncity = 1", Fault.WRONG_TYPE, 5, {"key": "city", "found": "1", "wanted": "text"}),
    ('[payers]\ncity = " "', Fault.EMPTY, 5, {"key": "city"}),
    ('[payers]\n\ndiner = "自己"', Fault.OWN_WORD, 6, {"key": "diner", "payer": "diner"}),
    ('[payers]\ncanteen = "食堂"', Fault.OWN_WORD, 5, {"key": "canteen", "payer": "canteen"}),
    ('[payers]\ncity = { level = "city" }', Fault.MISSING, 5, {"key": "name"}),
    ('[groups.a]\nchoose = "beste"', Fault.NO_SUCH_CHOICE, 5, {"key": "choose", "found": "beste", "choices": "sum, best, first", "meant": "best"}),
    ("[groups.a]\nlimit = { per_week = 1, per_day = 2 }", Fault.LIMITS_CONTRADICT, 5, {"key": "per_week", "most": 1, "other": "per_day", "other_most": 2}),
    ("rules = 3", Fault.WRONG_TYPE, 4, {"key": "rules", "found": "3", "wanted": "list"}),
    ("rules = [3]", Fault.WRONG_TYPE, 4, {"key": "rules", "found": "3", "wanted": "table"}),
]  # fmt: skip
# The same inside a rule, whose first line is line 10.
BAD_RULE: list[tuple[str, Fault, int, dict[str, int | str]]] = [
    (f'label = "{"长" * 41}"', Fault.TOO_LONG, 12, {"key": "label", "longest": 40}),
    ('label = "a\\u0000b"', Fault.TOO_LONG, 12, {"key": "label", "longest": 40}),
    ("", Fault.NO_GIFT, 10, {"choices": "flat, percent, off, up_to, nth_percent, free, fee, report"}),
    ('then = { base = "list" }', Fault.NO_GIFT, 12, {"choices": "flat, percent, off, up_to, nth_percent, free, fee, report"}),
    ("then = 3", Fault.WRONG_TYPE, 12, {"key": "then", "found": "3", "wanted": "table"}),
    ("then = { off = 0 }", Fault.BAD_AMOUNT, 12, {"key": "off", "found": "0"}),
    ("then = { off = -3.00 }", Fault.BAD_AMOUNT, 12, {"key": "off", "found": "-3.00"}),
    ("then = { off = 3.001 }", Fault.BAD_AMOUNT, 12, {"key": "off", "found": "3.001"}),
    ("then = { off = true }", Fault.WRONG_TYPE, 12, {"key": "off", "found": "true", "wanted": "amount"}),
    ("then = { percent = 101 }", Fault.BAD_PERCENT, 12, {"key": "percent", "found": "101"}),
    ("then = { percent = 100.01 }", Fault.BAD_PERCENT, 12, {"key": "percent", "found": "100.01"}),
    ("then = { percent = -1 }", Fault.BAD_PERCENT, 12, {"key": "percent", "found": "-1"}),
    ("then = { nth_percent = [100, 150] }", Fault.BAD_PERCENT, 12, {"key": "nth_percent", "found": "150"}),
    ("then = { flat = 5, percent = 10 }", Fault.TWO_GIFTS, 12, {"key": "percent", "first": "flat", "second": "percent"}),
    ("then = { free = false }", Fault.NO_SUCH_CHOICE, 12, {"key": "free", "found": "false", "choices": "true", "meant": "true"}),
    ("then = { off = 3, at_most = 2 }", Fault.NOT_WITH, 12, {"key": "at_most", "other": "off"}),
    ('then = { fee = 2 }\npayers = ["city"]', Fault.NOT_WITH, 13, {"key": "payers", "other": "fee"}),
    ("then = { report = 2 }", Fault.PAYER_NEEDED, 12, {"key": "then"}),
    ("then = { free = true }\nprice = 1", Fault.UNKNOWN_KEY, 13, {"key": "price", "known": "group, how, id, label, limit, payers, spend, then, what, when, where, who", "meant": ""}),
    ("then = { free = true }\nwho = { age_form = 60 }", Fault.UNKNOWN_KEY, 13, {"key": "age_form", "known": "age_from, age_to, all_of, any_of, diets, hukou, passes, residence", "meant": "age_from"}),
    ("then = { free = true }\nwho = { age_from = 80, age_to = 60 }", Fault.AGES_BACKWARDS, 13, {"key": "age_to", "age_from": 80, "age_to": 60}),
    ("then = { free = true }\nwho = { age_from = -1 }", Fault.OUT_OF_RANGE, 13, {"key": "age_from", "found": -1, "low": 0, "high": OLDEST}),
    ("then = { free = true }\nwho = { any_of = [] }", Fault.EMPTY, 13, {"key": "any_of"}),
    ('then = { free = true }\nwho = { any_of = "低保" }', Fault.WRONG_TYPE, 13, {"key": "any_of", "found": "低保", "wanted": "list"}),
    ('then = { free = true }\nwhen = { meals = ["supper"] }', Fault.NO_SUCH_CHOICE, 13, {"key": "meals", "found": "supper", "choices": "breakfast, lunch, dinner", "meant": ""}),
    ('then = { free = true }\nwhen = { days = ["workday"], weekdays = ["sat"] }', Fault.NEVER_FITS, 10, {"key": "weekdays"}),
    ('then = { free = true }\nwhere = { home = "hukou" }', Fault.MISSING, 13, {"key": "same"}),
    ("then = { free = true }\nspend = { at_least = 8, more_than = 5 }", Fault.NOT_WITH, 13, {"key": "more_than", "other": "at_least"}),
    ('then = { free = true }\nspend = { measured_on = "list" }', Fault.MISSING, 13, {"key": "at_least"}),
    ("then = { free = true }\nlimit = { per_day = 0 }", Fault.OUT_OF_RANGE, 13, {"key": "per_day", "found": 0, "low": 1, "high": 999}),
    ('then = { free = true }\ngroup = "subsidi"', Fault.GROUP_NOT_DECLARED, 13, {"key": "group", "group": "subsidi", "declared": "subsidy", "meant": "subsidy"}),
    ('then = { off = 1 }\npayers = ["citty"]', Fault.PAYER_NOT_DECLARED, 13, {"key": "payers", "payer": "citty", "declared": "city, district", "meant": "city"}),
    ("then = { off = 1 }\npayers = [3]", Fault.WRONG_TYPE, 13, {"key": "payers", "found": "3", "wanted": "table"}),
    ('then = { off = 1 }\npayers = ["city", "district"]', Fault.MIXED_SPLIT, 13, {"key": "payers"}),
    ('then = { percent = 1 }\npayers = [{ payer = "city", yuan = 1 }]', Fault.MIXED_SPLIT, 13, {"key": "payers"}),
    ('then = { off = 3 }\npayers = [{ payer = "city", share = 1 }, "city"]', Fault.PAYER_TWICE, 13, {"key": "payers", "payer": "city"}),
    ('then = { off = 3 }\npayers = [{ payer = "city", yuan = 2 }]', Fault.PARTS_DIFFER, 13, {"key": "payers", "parts": 200, "amount": 300}),
]  # fmt: skip


@pytest.mark.parametrize(("added", "fault", "line", "facts"), BAD)
def test_a_mistake_is_told_with_its_line_and_what_to_write(
    added: str, fault: Fault, line: int, facts: dict[str, int | str]
) -> None:
    findings = findings_of(HEAD + added)

    assert findings[0] == Finding(fault, line, "", facts)


@pytest.mark.parametrize(("added", "fault", "line", "facts"), BAD_RULE)
def test_a_mistake_in_a_rule_names_the_rule_too(added: str, fault: Fault, line: int, facts: dict[str, int | str]) -> None:
    findings = findings_of(HEAD + PAYERS + GROUPS + f'[[rules]]\nid = "r"\n{added}\n')

    assert Finding(fault, line, "r", facts) in findings


def test_all_mistakes_are_told_at_once_in_the_order_of_their_lines() -> None:
    document = 'id = ""\nvalid_from = 1\n' + "".join(
        f'[[rules]]\nid = "{name}"\nthen = {{ percent = {percent} }}\n' for name, percent in (("a", 200), ("b", 10), ("c", 300))
    )

    found = [(finding.line, finding.fault) for finding in findings_of(document)]

    assert found == [
        (1, Fault.EMPTY),
        (1, Fault.MISSING),
        (2, Fault.WRONG_TYPE),
        (5, Fault.BAD_PERCENT),
        (11, Fault.BAD_PERCENT),
    ]


def tiers(*ages: tuple[int, int | None], extra: str = 'group = "subsidy"') -> str:
    """Rules of 4 lines each from line 10 on, one for each range of ages."""
    rules = (
        f'[[rules]]\nid = "{low}"\nwho = {{ age_from = {low}{"" if high is None else f", age_to = {high}"} }}\n'
        f"then = {{ off = 1 }}\n{extra}\n"
        for low, high in ages
    )
    return HEAD + PAYERS + GROUPS + "".join(rules)


@pytest.mark.parametrize(
    ("document", "finding"),
    [
        (tiers((60, 75), (75, 85)), Finding(Fault.AGES_OVERLAP, 15, "75", {"other": "60", "other_line": 10, "age": 75})),
        (tiers((75, 85), (60, 75)), Finding(Fault.AGES_OVERLAP, 10, "75", {"other": "60", "other_line": 15, "age": 75})),
        (tiers((60, 75), (75, 85), extra=""), Finding(Fault.AGES_OVERLAP, 15, "75", {"other": "60", "other_line": 10, "age": 75})),
        (tiers((60, None), (80, None)), Finding(Fault.AGES_OPEN, 10, "60", {"other": "80", "other_line": 15, "age_to": 79})),
    ],
)
def test_an_age_stands_in_one_tier_of_a_group(document: str, finding: Finding) -> None:
    assert findings_of(document) == (finding,)


def test_where_the_first_rule_that_fits_is_taken_ages_may_overlap() -> None:
    document = tiers((80, None), (60, None)).replace('"best"', '"first"')

    assert [rule.id for rule in parse_tariff(document).rules] == ["80", "60"]


def test_two_rules_of_one_id_are_refused_because_a_claim_could_not_tell_them_apart() -> None:
    assert findings_of(HEAD + RULE + RULE.replace("60 }", "90 }").replace("10", "20")) == (
        Finding(Fault.AGES_OPEN, 4, "60+", {"other": "60+", "other_line": 8, "age_to": 89}),
        Finding(Fault.RULE_TWICE, 8, "60+", {"other_line": 4}),
    )


def test_lines_are_counted_past_long_strings_lists_and_comments() -> None:
    document = (
        'id = "t" # [rules]\ntitle = """\n幸福食堂"""\nvalid_from = 2026-01-01\n'
        "[groups]\nbest.choose = 'best'\n[payers]\ncity = \"[[rules]]\"\n"
        '[[rules]]\nid = "r"\npayers = [\n  # then = 1\n  { payer = "city", yuan = 3 },\n]\n[rules.who]\nage_from = 200\n'
    )

    assert findings_of(document) == (
        Finding(Fault.OUT_OF_RANGE, 16, "r", {"key": "age_from", "found": 200, "low": 0, "high": OLDEST}),
    )


WORDS = ["id", "title", "who", "then", "payers", "rules", "groups", "off", "percent", "1", "-1", "1.5", '"x"', "'y'", "true"]
TOKENS = [*WORDS, "2026-01-01", "=", "=", "[", "]", "[[", "]]", "{", "}", ",", ".", "#", "\n", "\n", '"""', "\\", "\u2028", "限"]


@given(st.lists(st.sampled_from(TOKENS), max_size=30).map(" ".join), st.integers(0, 20))
def test_whatever_is_written_is_read_whole_or_refused_with_lines_that_exist(tail: str, cut: int) -> None:
    lines = (HEAD + PAYERS + GROUPS + RULE).split("\n")
    document = "\n".join([*lines[:cut], tail, *lines[cut:]])

    try:
        found: tuple[Finding, ...] = ()
        good = parse_tariff(document).id == "t"
    except BadTariff as refused:
        found, good = refused.findings, False

    last = document.count("\n") + 1
    assert good or (found and all(1 <= finding.line <= last for finding in found))


def test_a_rule_that_compares_areas_needs_to_know_where_the_canteen_stands() -> None:
    document = HEAD + '[[rules]]\nid = "r"\nthen = { off = 1 }\nwhere = { same = "town" }\n'
    said = HEAD + 'area = "广州市/增城区/荔城街道"\n' + document.removeprefix(HEAD)

    assert check_tariff(parse_tariff(document)) == (Finding(Fault.NO_AREA, 4, "r", {}, Severity.WARNING),)
    assert check_tariff(parse_tariff(document), area="广州市") == check_tariff(parse_tariff(said)) == ()


@pytest.mark.parametrize(("percents", "stuck"), [("[0, 50]", True), ("[50, 0, 20]", True), ("[100, 50]", False), ("[50, 0]", False)])
def test_a_nothing_before_the_nth_meal_would_keep_it_from_ever_coming(percents: str, stuck: bool) -> None:
    tariff = parse_tariff(HEAD + f'[[rules]]\nid = "r"\nthen = {{ nth_percent = {percents} }}\n')
    facts: dict[str, int | str] = {"key": "nth_percent", "found": 0, "low": 1, "high": 100}

    assert check_tariff(tariff) == ((Finding(Fault.OUT_OF_RANGE, 4, "r", facts),) if stuck else ())


def test_a_gap_between_ages_is_a_warning() -> None:
    tariff = parse_tariff(tiers((60, 69), (75, None)))

    assert check_tariff(tariff) == (
        Finding(Fault.AGE_GAP, 15, "75", {"age_from": 70, "age_to": 74, "other": "60"}, Severity.WARNING),
    )


def test_a_subsidy_above_the_price_is_a_warning() -> None:
    tariff = parse_tariff(tiers((60, None)))

    assert check_tariff(tariff, 100) == ()
    assert check_tariff(tariff, 99) == (Finding(Fault.ABOVE_PRICE, 10, "60", {"amount": 100, "price": 99}, Severity.WARNING),)


def test_a_rule_that_never_counts_is_a_warning() -> None:
    hidden = Finding(Fault.UNREACHABLE, 15, "80", {"other": "60", "other_line": 10}, Severity.WARNING)
    first = parse_tariff(tiers((60, None), (80, None)).replace('"best"', '"first"'))
    category = 'who = { age_from = 80, any_of = ["低保"] }'
    best = parse_tariff(tiers((60, None), (80, None)).replace("who = { age_from = 80 }", category))
    richer = parse_tariff(tiers((60, None), (80, None)).replace("who = { age_from = 80 }\nthen = { off = 1 }", f"{category}\nthen = {{ off = 2 }}"))

    assert (check_tariff(first), check_tariff(best), check_tariff(richer)) == ((hidden,), (hidden,), ())


def test_the_practice_canteens_tariff_has_nothing_to_look_at() -> None:
    assert check_tariff(parse_tariff(TARIFF), 900) == ()
