"""The calendar's use cases: the national list, the canteen's week and rulings by hand, on a real store."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from pos.domain.calendar import (
    LONGEST_REASON,
    WORKED,
    DayFacts,
    DayKind,
    DecidedWeek,
    Holiday,
    NeverOpen,
    NoReason,
    ReasonTooLong,
    RuledDay,
    Ruling,
    Statutory,
    Week,
)
from pos.domain.errors import NotPermitted
from pos.services.calendar import Calendar, CalendarDay, facts_on
from pos.services.statutory import is_known, last_known, statutory
from tests.pos.services.counter import MONDAY, Counter

ROOT = Path(__file__).resolve().parents[3]
NEW_YEARS_EVE = date(2026, 12, 31)
WORKDAYS_ONLY = Week(date(2026, 1, 1), frozenset(range(5)), open_on_holidays=False, subsidy=WORKED)


@pytest.fixture
def calendar(closed_counter: Counter) -> Calendar:
    return Calendar(closed_counter.stores, closed_counter.clock)


def test_the_make_up_workdays_of_2026_are_those_of_the_paper() -> None:
    """domain.md section 8: a hand-typed list of a public repository has three of the six wrong."""
    year = (date.fromordinal(day) for day in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal()))

    made_up = [day.isoformat()[5:] for day in year if statutory(day).kind is DayKind.MAKE_UP]

    assert made_up == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@pytest.mark.parametrize(
    ("day", "listed"),
    [
        (date(2026, 10, 1), Statutory(DayKind.HOLIDAY, Holiday.NATIONAL)),
        (date(2026, 2, 14), Statutory(DayKind.MAKE_UP, Holiday.SPRING)),
        (date(2026, 11, 23), Statutory(DayKind.WORKDAY)),
        (date(2026, 11, 28), Statutory(DayKind.WEEKEND)),
        (date(2999, 1, 1), Statutory(DayKind.WORKDAY)),
    ],
)
def test_the_national_list_tells_what_a_day_is(day: date, listed: Statutory) -> None:
    assert statutory(day) == listed


def test_a_year_whose_paper_is_not_out_has_plain_days_and_says_so(calendar: Calendar) -> None:
    year = last_known() + 1

    found = calendar.year(year)

    assert (is_known(year - 1), found.known, found.holidays, found.make_up) == (True, False, (), ())
    assert {one.facts.kind for one in found.days} == {DayKind.WORKDAY, DayKind.WEEKEND}


def test_the_list_is_not_read_before_a_day_is_asked_for() -> None:
    program = "import sys, pos.services.calendar; print('chinese_calendar' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.stdout, done.stderr) == ("False\n", "")


def test_a_year_counts_its_days_and_gathers_its_holidays(calendar: Calendar, closed_counter: Counter) -> None:
    calendar.keep(closed_counter.manager, WORKDAYS_ONLY)

    year = calendar.year(2026)

    assert (year.known, len(year.days), year.worked, year.open, year.subsidised) == (True, 365, 248, 248, 248)
    assert [(run[0].facts.holiday, run[0].day.isoformat()[5:], len(run)) for run in year.holidays] == [
        (Holiday.NEW_YEAR, "01-01", 3),
        (Holiday.SPRING, "02-15", 9),
        (Holiday.TOMB_SWEEPING, "04-04", 3),
        (Holiday.LABOUR, "05-01", 5),
        (Holiday.DRAGON_BOAT, "06-19", 3),
        (Holiday.MID_AUTUMN, "09-25", 3),
        (Holiday.NATIONAL, "10-01", 7),
    ]


def test_K8_a_public_holiday_and_a_closure_are_days_without_meals_and_say_why(
    calendar: Calendar, closed_counter: Counter
) -> None:
    calendar.keep(closed_counter.manager, WORKDAYS_ONLY)
    calendar.rule(closed_counter.manager, Ruling(date(2026, 9, 30), opens=False, reason="  灶具检修 "))

    autumn = {one.day: one.facts for month in (9, 10) for one in calendar.month(2026, month).days}

    assert autumn[date(2026, 9, 30)] == DayFacts(DayKind.WORKDAY, False, False, reason="灶具检修")
    assert autumn[date(2026, 10, 1)] == DayFacts(DayKind.HOLIDAY, False, False, Holiday.NATIONAL)
    assert autumn[date(2026, 10, 10)] == DayFacts(DayKind.MAKE_UP, True, True, Holiday.NATIONAL)
    open_days = [day.isoformat()[5:] for day, facts in autumn.items() if facts.open and day.month == 10][:3]
    assert open_days == ["10-08", "10-09", "10-10"]


def test_a_correction_by_hand_wins_over_the_list_and_can_be_taken_back(
    calendar: Calendar, closed_counter: Counter
) -> None:
    ruling = Ruling(NEW_YEARS_EVE, DayKind.HOLIDAY, Holiday.NEW_YEAR)

    corrected = calendar.rule(closed_counter.manager, ruling)
    taken_back = calendar.rule(closed_counter.manager, Ruling(NEW_YEARS_EVE))

    at_ms = closed_counter.clock.now_ms()
    listed = Statutory(DayKind.WORKDAY)
    assert corrected == CalendarDay(
        NEW_YEARS_EVE,
        listed,
        DayFacts(DayKind.HOLIDAY, holiday=Holiday.NEW_YEAR),
        RuledDay(ruling, closed_counter.manager.name, at_ms),
    )
    assert taken_back == CalendarDay(NEW_YEARS_EVE, listed, DayFacts(DayKind.WORKDAY))
    assert closed_counter.count("calendar_days") == 2


def test_a_sale_asks_for_its_day_once_and_gets_what_the_month_shows(
    calendar: Calendar, closed_counter: Counter
) -> None:
    calendar.keep(closed_counter.manager, Week(MONDAY, payers={"city": WORKED}))
    calendar.rule(closed_counter.manager, Ruling(MONDAY, DayKind.HOLIDAY, "区庆"))

    with closed_counter.stores.read() as store:
        facts = facts_on(store, MONDAY)

    assert facts == DayFacts(DayKind.HOLIDAY, holiday="区庆", payer_days={"city": False})
    assert facts == next(one.facts for one in calendar.month(2026, 11).days if one.day == MONDAY)


def test_deciding_the_same_again_writes_nothing(calendar: Calendar, closed_counter: Counter) -> None:
    ruling = Ruling(NEW_YEARS_EVE, opens=False, reason="盘点")

    for _ in range(2):
        calendar.rule(closed_counter.manager, ruling)
        calendar.keep(closed_counter.manager, WORKDAYS_ONLY)
    calendar.rule(closed_counter.manager, Ruling(MONDAY))

    assert (closed_counter.count("calendar_days"), closed_counter.count("calendar_weeks")) == (1, 1)
    assert calendar.weeks() == (
        DecidedWeek(WORKDAYS_ONLY, closed_counter.manager.name, closed_counter.clock.now_ms()),
    )


@pytest.mark.parametrize(
    ("ruling", "kind"),
    [
        (Ruling(MONDAY, opens=False, reason=" "), NoReason),
        (Ruling(MONDAY, opens=False, reason="停" * (LONGEST_REASON + 1)), ReasonTooLong),
        (Ruling(MONDAY, DayKind.HOLIDAY, "国庆\n节"), ReasonTooLong),
    ],
)
def test_a_closure_has_a_reason_of_one_line(
    calendar: Calendar, closed_counter: Counter, ruling: Ruling, kind: type[Exception]
) -> None:
    with pytest.raises(kind):
        calendar.rule(closed_counter.manager, ruling)

    assert closed_counter.count("calendar_days") == 0


def test_a_week_opens_on_some_day(calendar: Calendar, closed_counter: Counter) -> None:
    with pytest.raises(NeverOpen):
        calendar.keep(closed_counter.manager, Week(MONDAY, frozenset()))

    assert closed_counter.count("calendar_weeks") == 0


def test_a_cashier_decides_about_no_day(calendar: Calendar, closed_counter: Counter) -> None:
    with pytest.raises(NotPermitted):
        calendar.rule(closed_counter.cashier, Ruling(MONDAY, opens=False, reason="停水"))
    with pytest.raises(NotPermitted):
        calendar.keep(closed_counter.cashier, Week(MONDAY))

    assert (closed_counter.count("calendar_days"), closed_counter.count("calendar_weeks")) == (0, 0)


def test_the_payers_that_may_count_days_are_those_of_the_tariff(calendar: Calendar) -> None:
    assert calendar.payers() == {"city": "市民政局"}
