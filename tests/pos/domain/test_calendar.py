"""The calendar: three layers make a day, and a ruling by hand wins over them."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.calendar import (
    ALWAYS,
    WORKED,
    DayFacts,
    DayKind,
    Holiday,
    Ruling,
    Statutory,
    Week,
    day_facts,
    plain_day,
    week_of,
)

THURSDAY = date(2026, 10, 1)
MAKE_UP_SUNDAY = date(2026, 9, 20)
SATURDAY = date(2026, 11, 28)
NATIONAL_DAY = Statutory(DayKind.HOLIDAY, Holiday.NATIONAL)
MADE_UP = Statutory(DayKind.MAKE_UP, Holiday.NATIONAL)
WEEKDAYS = frozenset(range(5))


def test_a_canteen_that_said_nothing_opens_and_counts_every_day() -> None:
    assert day_facts(THURSDAY, NATIONAL_DAY) == DayFacts(DayKind.HOLIDAY, True, True, Holiday.NATIONAL)


@pytest.mark.parametrize(
    ("day", "statutory", "opens"),
    [
        (date(2026, 11, 27), Statutory(DayKind.WORKDAY), True),
        (SATURDAY, Statutory(DayKind.WEEKEND), False),
        (MAKE_UP_SUNDAY, MADE_UP, True),
        (THURSDAY, NATIONAL_DAY, False),
    ],
)
def test_K8_a_canteen_of_workdays_opens_on_make_up_days_and_not_on_holidays(
    day: date, statutory: Statutory, opens: bool
) -> None:
    week = Week(date(2026, 1, 1), open_on=WEEKDAYS, open_on_holidays=False)

    facts = day_facts(day, statutory, week)

    assert facts.open is opens


def test_a_weekly_pattern_may_leave_make_up_days_closed() -> None:
    week = Week(date(2026, 1, 1), open_on=WEEKDAYS, open_on_make_up=False)

    facts = day_facts(MAKE_UP_SUNDAY, MADE_UP, week)

    assert facts == DayFacts(DayKind.MAKE_UP, False, False, Holiday.NATIONAL)


def test_a_payer_may_decide_about_a_make_up_day_for_itself() -> None:
    town = WORKED - {DayKind.MAKE_UP}
    week = Week(date(2026, 1, 1), subsidy=WORKED, payers={"town": town})

    facts = day_facts(MAKE_UP_SUNDAY, MADE_UP, week)

    assert facts.subsidised
    assert {payer: facts.counts_for(payer) for payer in ("city", "town")} == {"city": True, "town": False}


def test_K8_a_closure_by_hand_wins_and_says_why() -> None:
    ruling = Ruling(SATURDAY, opens=False, subsidy=False, reason="停水")
    week = Week(date(2026, 1, 1), payers={"town": WORKED})

    facts = day_facts(SATURDAY, plain_day(SATURDAY), week, ruling)

    assert facts == DayFacts(
        DayKind.WEEKEND, open=False, subsidised=False, payer_days={"town": False}, reason="停水"
    )


def test_where_the_canteen_is_shut_nobody_is_subsidised_unless_it_was_ruled_so() -> None:
    week = Week(date(2026, 1, 1), open_on=WEEKDAYS)

    shut, delivered = (day_facts(SATURDAY, None, week, Ruling(SATURDAY, subsidy=paid)) for paid in (None, True))

    assert (shut.open, shut.subsidised) == (False, False)
    assert (delivered.open, delivered.subsidised) == (False, True)


def test_the_next_paper_may_change_a_december_that_was_known() -> None:
    day = date(2026, 12, 31)

    facts = day_facts(day, Statutory(DayKind.WORKDAY), ALWAYS, Ruling(day, DayKind.HOLIDAY, Holiday.NEW_YEAR))

    assert facts == DayFacts(DayKind.HOLIDAY, holiday=Holiday.NEW_YEAR)
    assert not facts.worked


def test_a_ruling_that_takes_a_holiday_away_takes_its_name_too() -> None:
    facts = day_facts(THURSDAY, NATIONAL_DAY, ALWAYS, Ruling(THURSDAY, DayKind.WORKDAY))

    assert facts == DayFacts(DayKind.WORKDAY)


def test_a_ruling_that_decides_nothing_changes_nothing() -> None:
    ruling = Ruling(THURSDAY)

    assert ruling.empty
    assert day_facts(THURSDAY, NATIONAL_DAY, ALWAYS, ruling) == day_facts(THURSDAY, NATIONAL_DAY)


def test_without_a_paper_monday_to_friday_are_worked() -> None:
    kinds = [plain_day(date(2027, 1, day)).kind for day in range(4, 11)]

    assert kinds == [DayKind.WORKDAY] * 5 + [DayKind.WEEKEND] * 2


def test_of_two_weeks_from_the_same_day_the_later_decision_holds() -> None:
    spring, corrected = Week(date(2026, 3, 1), WEEKDAYS), Week(date(2026, 3, 1), frozenset({0}))
    autumn = Week(date(2026, 9, 1))
    decided = (autumn, spring, corrected)

    held = [week_of(day, decided) for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 9, 1))]

    assert held == [ALWAYS, corrected, autumn]
