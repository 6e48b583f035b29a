"""The tariff editor's use cases: drafts, checking, trying on example people, publishing from a day on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.calendar import Ruling
from pos.domain.errors import NotPermitted
from pos.domain.tariff import BadTariff, Fault, Severity, Tariff
from pos.domain.tariff.timeline import (
    DraftChanged,
    DraftGone,
    PublishedTooEarly,
    Span,
    TariffIdTaken,
)
from pos.domain.trying import Example, born_before
from pos.services.calendar import Calendar
from pos.services.starters import Starter, starters
from pos.services.tariffs import Tariffs, check
from tests.pos.services.counter import MONDAY, Counter

SHANGHAI = "上海市/普陀区/长寿路街道"
TOWN, OTHER_TOWN, OTHER_DISTRICT = "广州市/增城区/荔城街道", "广州市/增城区/新塘镇", "广州市/天河区/石牌街道"
TEXT = """\
# 明年
id = "next"
title = "明年的价目"
valid_from = 2026-12-01

[[rules]]
id = "60+"  # 都打折
who = { age_from = 60 }
then = { percent = 50 }
"""


@pytest.fixture
def tariffs(closed_counter: Counter) -> Tariffs:
    return Tariffs(closed_counter.stores, closed_counter.clock)


def shipped(name: str) -> Tariff:
    return next(one.tariff for one in starters() if one.name == name)


@pytest.mark.parametrize("one", starters(), ids=lambda one: one.name)
def test_what_ships_has_no_mistake(one: Starter) -> None:
    assert check(one.text, 1_200).errors == 0


def example(born: int, listed: int, hukou: str = "", area: str = "", before: int = 0, *categories: str) -> Example:
    return Example("", MONDAY, listed, born, frozenset(categories), hukou, hukou, area=area, before=before)


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (example(82, 2_000, SHANGHAI), 1_400),
        (replace(example(82, 2_000, SHANGHAI), hukou=""), 1_700),
        (example(82, 1_700, SHANGHAI), 1_445),
        (example(82, 2_000, SHANGHAI, "", 0, "低保"), 1_200),
        (example(82, 2_000, SHANGHAI, "", 1, "低保"), 1_700),
        (example(65, 2_000, SHANGHAI), 1_600),
        (example(59, 2_000, SHANGHAI), 2_000),
    ],
)
def test_the_putuo_set_gives_the_amounts_of_the_notice(tariffs: Tariffs, one: Example, due: int) -> None:
    """domain.md 9.7 and 9.8."""
    (bill,) = tariffs.try_on(shipped("putuo"), (one,))

    assert bill.due == due


@pytest.mark.parametrize(
    ("one", "due"),
    [
        (example(70, 1_200, TOWN, TOWN), 500),
        (example(70, 1_200, OTHER_TOWN, TOWN), 600),
        (example(70, 1_200, OTHER_DISTRICT, TOWN), 900),
        (example(82, 1_200, TOWN, TOWN), 300),
        (example(70, 1_200, TOWN, TOWN, 0, "低保"), 100),
        (example(82, 1_200, TOWN, TOWN, 0, "低保"), 100),
    ],
)
def test_the_zengcheng_set_gives_the_amounts_of_the_notice(tariffs: Tariffs, one: Example, due: int) -> None:
    """domain.md 9.6."""
    (bill,) = tariffs.try_on(shipped("zengcheng"), (one,))

    assert bill.due == due


def test_an_example_is_priced_by_the_calendar_of_its_day(tariffs: Tariffs, closed_counter: Counter) -> None:
    calendar = Calendar(closed_counter.stores, closed_counter.clock)
    calendar.rule(closed_counter.manager, Ruling(MONDAY, opens=True, subsidy=False))

    (bill,) = tariffs.try_on(shipped("putuo"), (example(82, 2_000, SHANGHAI),))

    assert bill.due == 1_700


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 3, 1), date(2028, 2, 29)])
def test_somebody_of_an_age_has_had_the_birthday_however_ages_are_counted(day: date) -> None:
    born = born_before(day, 80)

    assert (born.year, born.month, born.day) == (day.year - 80 - (day.month < 3), (day.month - 3) % 12 + 1, 1)


def test_a_draft_is_kept_with_its_mistakes_and_its_comments(tariffs: Tariffs, closed_counter: Counter) -> None:
    manager = closed_counter.manager
    draft = tariffs.begin(manager, "d", TEXT)

    saved = tariffs.save(manager, draft, TEXT + "payers = [")
    again = tariffs.save(manager, saved, TEXT + "payers = [")

    assert (draft.text, draft.title, draft.revision) == (TEXT, "明年的价目", 1)
    assert (saved.text, saved.title, saved.revision, again) == (TEXT + "payers = [", "明年的价目", 2, saved)
    assert tariffs.timeline().drafts == (saved,)


def test_a_copy_gets_an_id_of_its_own_and_keeps_its_comments(tariffs: Tariffs, closed_counter: Counter) -> None:
    manager = closed_counter.manager
    tariffs.publish(manager, tariffs.begin(manager, "d", TEXT), date(2026, 12, 1))

    copy = tariffs.begin(manager, "e", TEXT)

    assert copy.text == TEXT.replace('id = "next"', 'id = "next-2"') + "\n"


def test_the_same_wish_for_a_draft_makes_one(tariffs: Tariffs, closed_counter: Counter) -> None:
    first, second = (tariffs.begin(closed_counter.manager, "d", TEXT) for _ in range(2))

    assert (first, len(tariffs.timeline().drafts)) == (second, 1)


def test_a_published_set_holds_from_its_day_on_and_prices_the_meals_of_that_day(
    tariffs: Tariffs, closed_counter: Counter
) -> None:
    manager = closed_counter.manager

    one = tariffs.publish(manager, tariffs.begin(manager, "d", TEXT), date(2026, 11, 24))

    timeline = tariffs.timeline()
    assert (one.id, one.valid_from, one.by) == ("next", date(2026, 11, 24), manager.name)
    assert timeline.drafts == ()
    assert timeline.spans[-2:] == (Span(1, date(2026, 1, 1), MONDAY), Span(2, date(2026, 11, 24), None))
    with closed_counter.stores.read() as store:
        assert (store.tariff.in_force(MONDAY).id, store.tariff.in_force(date(2026, 11, 24)).id) == ("test-2026", "next")
    assert "# 都打折" in one.text


def test_a_set_may_hold_from_today_on_but_not_from_a_day_that_is_over(tariffs: Tariffs, closed_counter: Counter) -> None:
    manager = closed_counter.manager
    draft = tariffs.begin(manager, "d", TEXT)

    with pytest.raises(PublishedTooEarly):
        tariffs.publish(manager, draft, date(2026, 11, 22))

    assert tariffs.publish(manager, draft, MONDAY).valid_from == MONDAY


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (TEXT + "[", Fault.SYNTAX),
        (TEXT.replace("percent = 50", "percent = 150"), Fault.BAD_PERCENT),
        (TEXT + '\n[[rules]]\nid = "70+"\nwho = { age_from = 70 }\nthen = { percent = 60 }\n', Fault.AGES_OPEN),
        (TEXT.replace("-12-01", "-12-01\nvalid_to = 2026-12-31"), Fault.ENDS_BEFORE),
    ],
)
def test_a_set_with_errors_is_never_published(
    tariffs: Tariffs, closed_counter: Counter, text: str, fault: Fault
) -> None:
    manager = closed_counter.manager
    draft = tariffs.begin(manager, "d", text)

    with pytest.raises(BadTariff) as bad:
        tariffs.publish(manager, draft, date(2027, 1, 1))

    assert [one.fault for one in bad.value.findings] == [fault]
    assert (len(tariffs.timeline().published), tariffs.timeline().drafts) == (1, (draft,))


def test_a_gap_between_ages_is_a_warning_and_does_not_stop_publishing(tariffs: Tariffs, closed_counter: Counter) -> None:
    text = TEXT.replace("age_from = 60 }", "age_from = 60, age_to = 69 }")
    text += '\n[[rules]]\nid = "80+"\nwho = { age_from = 80 }\nthen = { percent = 60 }\n'
    manager = closed_counter.manager

    checked = check(text)
    tariffs.publish(manager, tariffs.begin(manager, "d", text), MONDAY)

    assert [(one.fault, one.severity) for one in checked.findings] == [(Fault.AGE_GAP, Severity.WARNING)]
    assert (checked.errors, len(tariffs.timeline().published)) == (0, 2)


def test_an_id_is_published_once(tariffs: Tariffs, closed_counter: Counter) -> None:
    manager = closed_counter.manager
    first, second = tariffs.begin(manager, "d", TEXT), tariffs.begin(manager, "e", TEXT)
    tariffs.publish(manager, first, MONDAY)

    with pytest.raises(TariffIdTaken):
        tariffs.publish(manager, second, MONDAY)


def test_a_draft_that_changed_or_went_is_neither_saved_nor_published(tariffs: Tariffs, closed_counter: Counter) -> None:
    manager = closed_counter.manager
    draft = tariffs.begin(manager, "d", TEXT)
    tariffs.save(manager, draft, TEXT + "# mine\n")

    with pytest.raises(DraftChanged):
        tariffs.save(manager, draft, TEXT + "# yours\n")
    with pytest.raises(DraftChanged):
        tariffs.publish(manager, draft, MONDAY)
    tariffs.drop(manager, "d")
    with pytest.raises(DraftGone):
        tariffs.save(manager, draft, TEXT)


def test_a_cashier_changes_no_tariff(tariffs: Tariffs, closed_counter: Counter) -> None:
    cashier, draft = closed_counter.cashier, tariffs.begin(closed_counter.manager, "d", TEXT)

    for wish in (
        lambda: tariffs.begin(cashier, "e", TEXT),
        lambda: tariffs.save(cashier, draft, ""),
        lambda: tariffs.publish(cashier, draft, MONDAY),
        lambda: tariffs.drop(cashier, "d"),
    ):
        with pytest.raises(NotPermitted):
            wish()

    assert (tariffs.timeline().drafts, len(tariffs.timeline().published)) == ((draft,), 1)


def test_a_usual_meal_is_a_set_meal_of_today(tariffs: Tariffs) -> None:
    assert tariffs.usual() == (1_200, "")


def test_a_subsidy_above_a_usual_meal_is_told() -> None:
    text = TEXT.replace("percent = 50", "off = 20.00")

    assert [one.fault for one in check(text, 1_200).findings] == [Fault.ABOVE_PRICE]
    assert check(replace_price(text), 1_200).findings == ()


def replace_price(text: str) -> str:
    return text.replace("20.00", "12.00")
