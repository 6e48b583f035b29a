"""The calendar in the store: the newest decision holds, those before it stay, on both databases."""

from __future__ import annotations

from datetime import date

from db.store import SqlStores
from pos.domain.calendar import ALWAYS, DayKind, DecidedWeek, Holiday, RuledDay, Ruling, Week
from tests.made_up import BOSS, NOON_MS, found_canteen

DAY = date(2026, 12, 31)
CLOSED = Ruling(DAY, opens=False, reason="盘点")
HOLIDAY = Ruling(DAY, DayKind.HOLIDAY, Holiday.NEW_YEAR, opens=True, subsidy=False)
WEEKDAYS = Week(
    date(2026, 9, 1),
    open_on=frozenset({0, 1, 2, 3, 4}),
    open_on_holidays=False,
    open_on_make_up=False,
    subsidy=frozenset({DayKind.WORKDAY, DayKind.MAKE_UP}),
    payers={"town": frozenset({DayKind.WORKDAY}), "city": frozenset()},
)


def test_a_day_about_which_nothing_was_decided_is_as_always(stores: SqlStores) -> None:
    with stores.read() as store:
        assert store.calendar.day(DAY) == (ALWAYS, None)
        assert store.calendar.rulings(date.min, date.max) == ()
        assert store.calendar.weeks() == ()


def test_the_newest_ruling_of_a_day_holds(stores: SqlStores) -> None:
    found_canteen(stores)

    with stores.write() as store:
        store.calendar.rule(CLOSED, BOSS.id, NOON_MS)
        store.calendar.rule(HOLIDAY, BOSS.id, NOON_MS + 1)

    with stores.read() as store:
        assert store.calendar.day(DAY) == (ALWAYS, HOLIDAY)
        assert store.calendar.rulings(DAY, DAY) == (RuledDay(HOLIDAY, BOSS.name, NOON_MS + 1),)


def test_a_ruling_that_was_taken_back_is_listed_no_more(stores: SqlStores) -> None:
    found_canteen(stores)
    other = Ruling(date(2026, 12, 30), opens=False, reason="停电")

    with stores.write() as store:
        store.calendar.rule(CLOSED, BOSS.id, NOON_MS)
        store.calendar.rule(other, BOSS.id, NOON_MS)
        store.calendar.rule(Ruling(DAY), BOSS.id, NOON_MS)

    with stores.read() as store:
        assert store.calendar.rulings(date(2026, 12, 1), DAY) == (RuledDay(other, BOSS.name, NOON_MS),)
        assert store.calendar.rulings(date(2027, 1, 1), date.max) == ()


def test_the_week_of_a_day_is_the_last_that_began_before_it(stores: SqlStores) -> None:
    found_canteen(stores)
    earlier, corrected = Week(date(2026, 1, 1)), Week(date(2026, 9, 1), frozenset({6}))

    with stores.write() as store:
        for week in (WEEKDAYS, earlier, corrected):
            store.calendar.keep(week, BOSS.id, NOON_MS)

    with stores.read() as store:
        assert store.calendar.weeks() == tuple(
            DecidedWeek(week, BOSS.name, NOON_MS) for week in (WEEKDAYS, earlier, corrected)
        )
        days = (date(2025, 12, 31), date(2026, 8, 31), date(2026, 9, 1))
        assert [store.calendar.day(day)[0] for day in days] == [ALWAYS, earlier, corrected]
