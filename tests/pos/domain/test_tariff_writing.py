"""A tariff is written as it is read, and a change to it changes no other line of its text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.areas import Level
from pos.domain.bill import CANTEEN, DINER, PREPAID, Tender, Way
from pos.domain.calendar import DayKind
from pos.domain.members import AgeStarts
from pos.domain.menu import DishKind, Meal
from pos.domain.tariff import (
    OLDEST,
    Base,
    Choose,
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
    Spend,
    Tariff,
    Then,
    What,
    When,
    Where,
    Who,
)
from pos.domain.tariff.editing import Rewritten, rewrite
from pos.domain.tariff.reading import Reading, read_tariff
from pos.domain.tariff.writing import write_tariff

Choice = TypeVar("Choice", bound=StrEnum)

PAYERS = ("city", "区里", "town 2")
GROUPS = ("subsidy", "折扣")

words = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
amounts = st.integers(1, 100_000)
areas = st.lists(words, max_size=2).map(tuple)
some_words = st.frozensets(words, max_size=2)


def some(values: type[Choice]) -> st.SearchStrategy[frozenset[Choice]]:
    return st.frozensets(st.sampled_from(list(values)))


@st.composite
def whos(draw: st.DrawFn) -> Who:
    ages = sorted(draw(st.tuples(st.integers(0, OLDEST), st.integers(0, OLDEST))))
    return Who(ages[0], ages[1], draw(some_words), draw(some_words), draw(areas), draw(areas), draw(some_words))


whens = st.builds(When, some(Meal), st.frozensets(st.integers(0, 6)), some(DayKind), st.none() | st.sampled_from(OwnDays))
wheres = st.none() | st.builds(Where, st.sampled_from(Level), st.sampled_from(Home))
hows = st.builds(How, some(Way), some(Tender))
whats = st.builds(What, some(DishKind), some_words, st.none() | st.booleans(), st.none() | st.integers(1, 9))
bases = st.sampled_from(Base)
spends = (
    st.none()
    | st.builds(Spend, at_least=amounts, measured_on=bases)
    | st.builds(Spend, more_than=amounts, measured_on=bases)
)
percents = st.integers(0, 10_000)
caps = st.none() | amounts


@st.composite
def thens(draw: st.DrawFn) -> Then:
    gift = draw(st.sampled_from(Gift))
    match gift:
        case Gift.PERCENT:
            return Then(gift, basis_points=draw(percents), at_most=draw(caps), base=draw(bases))
        case Gift.NTH_PERCENT:
            nth = tuple(draw(st.lists(percents, min_size=1, max_size=3)))
            return Then(gift, nth=nth, at_most=draw(caps), base=draw(bases))
        case Gift.FREE:
            return Then(gift)
        case Gift.REPORT:
            return Then(gift, draw(amounts), service=draw(st.sampled_from(Service)))
        case _:
            return Then(gift, draw(amounts))


@st.composite
def splits(draw: st.DrawFn, then: Then) -> tuple[Part, ...]:
    if then.gift is Gift.FEE:
        return (Part(DINER),)
    payers = draw(st.lists(st.sampled_from((*PAYERS, CANTEEN)), min_size=1, max_size=3, unique=True))
    if draw(st.booleans()):
        return tuple(Part(payer, share=draw(st.integers(1, 99))) for payer in payers)
    if then.gift not in {Gift.OFF, Gift.UP_TO, Gift.REPORT}:
        return (*(Part(payer, draw(amounts)) for payer in payers[:-1]), Part(payers[-1]))
    left, parts = then.amount, list[Part]()
    for payer in payers[:-1]:
        if left > 1:
            parts.append(Part(payer, draw(st.integers(1, left - 1))))
            left -= parts[-1].amount or 0
    return (*parts, Part(payers[-1], draw(st.sampled_from((None, left)))))


@st.composite
def limits(draw: st.DrawFn, *, claims: bool) -> Limit:
    most = sorted(draw(st.lists(st.integers(1, 999), min_size=4, max_size=4)))
    stated = [one if draw(st.booleans()) else None for one in most]
    return Limit(stated[0] or (1 if claims else None), *stated[1:])


def claiming(rules: tuple[Rule, ...]) -> bool:
    return any(part.payer in PAYERS for rule in rules for part in rule.payers)


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    rules: list[Rule] = []
    for name in draw(st.lists(words, max_size=4, unique=True)):
        then, who = draw(thens()), draw(whos())
        passes = draw(some_words) if then.gift in {Gift.PERCENT, Gift.FREE} else frozenset()
        payers = (Part(PREPAID),) if passes else draw(splits(then))
        claims = passes or any(part.payer in PAYERS for part in payers)
        rules.append(
            Rule(
                name,
                then,
                payers,
                draw(st.just("") | words),
                replace(who, passes=passes),
                draw(whens),
                draw(wheres),
                draw(hows),
                draw(whats),
                draw(spends),
                draw(limits(claims=bool(claims))),
                draw(st.sampled_from(("", *GROUPS))),
            )
        )
    first = draw(st.dates(date(2000, 1, 1)))
    groups = [
        Group(name, draw(st.sampled_from(Choose)), draw(limits(claims=claiming(tuple(r for r in rules if r.group == name)))))
        for name in GROUPS
    ]
    return Tariff(
        draw(words),
        draw(words),
        first,
        draw(st.none() | st.dates(first)),
        draw(st.sampled_from(AgeStarts)),
        {payer: Payer(draw(words), draw(st.none() | st.sampled_from(Level))) for payer in PAYERS},
        tuple(rules),
        tuple(groups),
        draw(st.sampled_from((1, 10, 100))),
        draw(st.just("") | words),
    )


@given(tariffs())
def test_what_is_written_reads_as_the_same_tariff(tariff: Tariff) -> None:
    reading = read_tariff(write_tariff(tariff))

    assert reading.tariff == tariff, reading.findings


@given(tariffs(), tariffs())
def test_a_text_can_be_changed_into_any_other_tariff(before: Tariff, after: Tariff) -> None:
    changed = rewrite(write_tariff(before), after)

    assert read_tariff(changed.text).tariff == after


@given(tariffs())
def test_a_tariff_that_did_not_change_keeps_its_text(tariff: Tariff) -> None:
    text = write_tariff(tariff)

    assert rewrite(text, tariff) == Rewritten(text)


TEXT = """\
# 普陀区 2026
id = "putuo"  # 编号
title = "普陀区助餐"
valid_from = 2026-01-01

# 谁出钱
[payers]
city = "市民政局"  # 每月对账

# 打折
[[rules]]
id = "60+"
who = { age_from = 60, age_to = 79 }
then = { percent = 10 }  # 9折

# 八十以上
[[rules]]
id = "80+"
then = { percent = 15 }  # 85折
[rules.who]
age_from = 80
"""


def read(text: str) -> Tariff:
    tariff = read_tariff(text).tariff
    assert tariff is not None
    return tariff


def test_a_changed_date_keeps_every_comment() -> None:
    after = replace(read(TEXT), valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31))

    changed = rewrite(TEXT, after)

    wanted = TEXT.replace("valid_from = 2026-01-01\n", "valid_from = 2027-01-01\nvalid_to = 2027-12-31\n") + "\n"
    assert changed == Rewritten(wanted)


def test_a_comment_beside_a_key_stays_beside_it() -> None:
    changed = rewrite(TEXT, replace(read(TEXT), id="putuo-2"))

    assert changed == Rewritten(TEXT.replace('id = "putuo"  #', 'id = "putuo-2"  #') + "\n")


def test_a_changed_rule_keeps_the_comment_above_it_and_loses_the_one_inside() -> None:
    before = read(TEXT)
    rule = replace(before.rules[0], then=Then(Gift.PERCENT, basis_points=1250))

    changed = rewrite(TEXT, replace(before, rules=(rule, before.rules[1])))

    assert changed == Rewritten(TEXT.replace("then = { percent = 10 }  # 9折", "then = { percent = 12.5 }") + "\n", 1)


def test_a_rule_that_moves_takes_its_comments_along() -> None:
    before = read(TEXT)

    changed = rewrite(TEXT, replace(before, rules=before.rules[::-1]))

    head, sixty, eighty = (part for part in TEXT.replace("# 打折", "\0# 打折").replace("# 八十", "\0# 八十").split("\0"))
    assert changed == Rewritten(head + eighty + "\n" + sixty)


def test_a_renamed_rule_is_still_that_rule() -> None:
    before = read(TEXT)

    changed = rewrite(TEXT, replace(before, rules=(before.rules[0], replace(before.rules[1], id="80岁以上"))))

    assert '# 八十以上\n[[rules]]\nid = "80岁以上"\n' in changed.text
    assert changed.comments_lost == 1


def test_a_rule_taken_out_goes_with_its_comments_and_they_are_counted() -> None:
    before = read(TEXT)

    changed = rewrite(TEXT, replace(before, rules=before.rules[1:]))

    assert ("9折" in changed.text, "八十以上" in changed.text, changed.comments_lost) == (False, True, 2)


def test_a_new_payer_and_a_new_group_stand_in_their_places() -> None:
    before = read(TEXT)
    payers = {**before.payers, "district": Payer("区民政局", Level.DISTRICT)}
    groups = (Group("subsidy", Choose.BEST, Limit(per_day=1)),)

    changed = rewrite(TEXT, replace(before, payers=payers, groups=groups))

    assert read(changed.text) == replace(before, payers=payers, groups=groups)
    assert "# 谁出钱\n[payers]\n" in changed.text
    assert '[groups.subsidy]\nchoose = "best"\nlimit = { per_day = 1 }\n\n# 打折\n[[rules]]' in changed.text


def test_a_text_of_one_long_list_is_written_anew() -> None:
    text = 'id = "a"\ntitle = "b"\nvalid_from = 2026-01-01\nrules = [{ id = "60+", then = { percent = 10 } }] # alt\n'
    after = replace(read(text), title="c")

    changed = rewrite(text, after)

    assert changed == Rewritten(write_tariff(after), 1)


@pytest.mark.parametrize("text", ["id = ", 'id = "a"', "[[rules]]\nid = 1"])
def test_a_text_that_cannot_be_read_is_written_anew(text: str) -> None:
    changed = rewrite(text, read(TEXT))

    assert changed == Rewritten(write_tariff(read(TEXT)))


def test_ages_that_overlap_are_a_tariff_with_an_error() -> None:
    reading = read_tariff(TEXT.replace("age_to = 79", "age_to = 80"))

    assert isinstance(reading, Reading)
    assert reading.tariff is not None
    assert [one.fault.value for one in reading.findings] == ["ages_overlap"]
