"""The kitchen's list through the use cases: counts, versions, change slips, closed days, walk-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from pos.clock import CHINA
from pos.domain.calendar import Ruling, Week
from pos.domain.forecast import Forecast
from pos.domain.kitchen import Clash, NotCooked, Plate, Portion, Tally
from pos.domain.kitchen_lines import ChangeKind, NothingChanged
from pos.domain.members import Member
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import Tender, Way
from pos.domain.reservations import DayClosed
from pos.services.calendar import Calendar
from pos.services.pick_up import PickUp
from tests.made_up import no_file
from tests.pos.services.counter import MONDAY, OFFERS, Counter, rows_of
from tests.pos.services.tomorrow import (
    TUESDAY,
    WEDNESDAY,
    book,
    goes_away,
    has_diets,
    has_pork,
    kitchen,
    reservations,
)


def tally(name: str, dine_in: int, take_away: int, delivery: int) -> tuple[str, tuple[int, int, int]]:
    return name, (dine_in, take_away, delivery)


def names(tallies: tuple[Tally, ...]) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.name, one.by_way) for one in tallies]


@pytest.fixture
def wang(counter: Counter) -> Member:
    return counter.rich("王秀英")


@pytest.fixture
def li(counter: Counter) -> Member:
    return counter.rich("李桂兰")


def test_K1_tomorrows_counts_are_those_of_the_reservations_that_stand(counter: Counter, wang: Member, li: Member) -> None:
    has_diets(counter, li, "低盐")
    zhao = counter.rich("赵建国")
    book(counter, wang)
    book(counter, li, way=Way.DELIVERY, portions=(("meat", 2), ("rice", 1)))
    given_up = book(counter, zhao)
    reservations(counter).cancel(counter.cashier, given_up.id)

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)

    assert sheet.counts.meals.by_way == (1, 0, 1)
    assert names(sheet.counts.sets) == [tally("一荤两素套餐", 1, 0, 0)]
    assert names(sheet.counts.dishes) == [tally("红烧肉", 0, 0, 2), tally("米饭", 0, 0, 1)]
    assert names(sheet.counts.diets) == [tally("低盐", 0, 0, 1)]
    assert [plate.name for plate in sheet.plates] == ["王*英", "李*兰"]
    assert [plate.name for plate in sheet.cancelled] == ["赵*国"]
    assert (sheet.printed, sheet.changes) == (None, ())


def test_K1_what_changes_after_the_print_is_told_until_it_is_printed_too(counter: Counter, wang: Member, li: Member) -> None:
    zhao, sun = counter.rich("赵建国"), counter.rich("孙红")
    first, second = book(counter, wang), book(counter, li)
    book(counter, zhao)
    printed = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)
    reservations(counter).cancel(counter.cashier, first.id)
    book(counter, li, way=Way.DELIVERY, instead=second.id)
    goes_away(counter, zhao)
    book(counter, sun)

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)
    told = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file, only_changes=True)
    after = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)

    kinds = [(change.kind, (change.before or change.now or NOBODY).name) for change in sheet.changes]
    assert kinds == [
        (ChangeKind.CANCELLED, "赵*国"),
        (ChangeKind.CANCELLED, "王*英"),
        (ChangeKind.CHANGED, "李*兰"),
        (ChangeKind.ADDED, "孙*"),
    ]
    assert [change.now.not_cooked for change in sheet.changes if change.now] == [NotCooked.PAUSED, None, None]
    assert (printed.version, printed.changes, printed.counts.meals.total) == (1, (), 3)
    assert (told.version, told.changes, told.counts.meals.by_way) == (2, sheet.changes, (1, 0, 1))
    assert after.changes == ()


def test_the_prints_forget_who_is_forgotten_and_the_change_slip_tells_of_the_others(counter: Counter, wang: Member, li: Member) -> None:
    has_pork(counter)
    has_diets(counter, wang, "不吃猪肉")
    first = book(counter, wang, portions=(("meat", 1),))
    second = book(counter, li)
    kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)
    reservations(counter).cancel(counter.cashier, first.id)
    book(counter, li, way=Way.DELIVERY, instead=second.id)

    with counter.stores.write() as store:
        store.persons.blank(wang.id)
    told = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file, only_changes=True)

    printed = repr(rows_of(counter.file, "SELECT lines FROM prints"))
    assert [word for word in ("王*英", "不吃猪肉", "李*兰") if word in printed] == ["李*兰"]
    gone = Plate(first.id, wang.id, "", Way.DINE_IN, "", (Portion("meat", "红烧肉", DishKind.MEAT, 1),))
    changes = [(change.kind, change.before) for change in told.changes]
    assert changes[0] == (ChangeKind.CANCELLED, gone)
    assert [(kind, before.name) for kind, before in changes[1:] if before] == [(ChangeKind.CHANGED, "李*兰")]


NOBODY = Plate("", "", "", Way.DINE_IN, "", ())


def test_K1_a_list_printed_again_unchanged_is_the_version_it_was(counter: Counter, wang: Member) -> None:
    book(counter, wang)
    first = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)
    counter.wait(minutes=5)

    again = kitchen(counter).record(counter.manager, TUESDAY, Meal.LUNCH, no_file)

    assert again == first
    assert (first.version, first.at_ms, first.staff_name) == (1, counter.clock.now_ms() - 300_000, counter.cashier.name)


def test_K1_a_change_slip_without_changes_is_refused_and_nothing_is_kept(counter: Counter, wang: Member) -> None:
    with pytest.raises(NothingChanged):
        kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file, only_changes=True)
    book(counter, wang)
    kitchen(counter).print_roll(counter.cashier, TUESDAY, Meal.LUNCH)
    jobs = counter.jobs()
    goes_away(counter, wang, WEDNESDAY)

    with pytest.raises(NothingChanged):
        kitchen(counter).print_roll(counter.cashier, TUESDAY, Meal.LUNCH, only_changes=True)

    assert counter.jobs() == jobs
    assert (counter.count("prints"), jobs[-1][:2]) == (1, ("kitchen", "kitchen/2026-11-24/lunch/1/"))


def test_K1_the_change_slip_goes_to_the_roll_with_its_version(counter: Counter, wang: Member) -> None:
    made = book(counter, wang)
    kitchen(counter).print_roll(counter.cashier, TUESDAY, Meal.LUNCH)
    reservations(counter).cancel(counter.cashier, made.id)

    slip = kitchen(counter).print_roll(counter.cashier, TUESDAY, Meal.LUNCH, only_changes=True)

    assert (slip.version, counter.jobs()[-1][:2]) == (2, ("kitchen_changes", "kitchen/2026-11-24/lunch/2/"))


def test_K3_the_list_bears_the_date_of_its_meal_however_early_it_is_printed(counter: Counter, wang: Member) -> None:
    book(counter, wang, WEDNESDAY)

    paper = kitchen(counter).record(counter.cashier, WEDNESDAY, Meal.LUNCH, no_file)
    today = kitchen(counter).record(counter.cashier, MONDAY, Meal.LUNCH, no_file)

    assert (paper.day, paper.counts.meals.total) == (WEDNESDAY, 1)
    assert (today.day, today.counts.meals.total) == (MONDAY, 0)


def test_a_meal_that_was_fetched_was_cooked(counter: Counter, wang: Member) -> None:
    made = book(counter, wang)
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.clock.set(datetime.combine(TUESDAY, time(11, 30), tzinfo=CHINA))
    counter.shifts.open(counter.cashier, 0)
    printed = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)
    PickUp(counter.stores, counter.clock, "A").hand_over(counter.cashier, "sale", made.id)

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)

    assert (sheet.counts, sheet.changes) == (printed.counts, ())


def test_K8_on_a_closed_day_nobody_is_cooked_for_and_all_are_listed(counter: Counter, wang: Member) -> None:
    book(counter, wang)
    kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(TUESDAY, opens=False, reason="停水"))

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)
    paper = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)

    assert (sheet.facts.open, sheet.facts.reason, sheet.counts.meals.total) == (False, "停水", 0)
    assert [(plate.name, plate.not_cooked) for plate in sheet.away] == [("王*英", NotCooked.CLOSED)]
    assert [change.kind for change in sheet.changes] == [ChangeKind.CANCELLED]
    assert (paper.closed, paper.reason, paper.changes) == (True, "停水", sheet.changes)


def test_K8_a_closed_day_that_nobody_reserved_has_no_list(counter: Counter) -> None:
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(TUESDAY, opens=False, reason="停水"))

    with pytest.raises(DayClosed) as refused:
        kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)

    assert (refused.value.day, refused.value.reason, counter.count("prints")) == ("2026-11-24", "停水", 0)


def test_K8_a_closed_holiday_is_told_without_the_word_that_only_the_program_knows_it_by(counter: Counter) -> None:
    week = Week(date(2026, 1, 1), open_on_holidays=False)
    Calendar(counter.stores, counter.clock).keep(counter.manager, week)
    national_day = date(2026, 10, 1)

    sheet = kitchen(counter).sheet(national_day, Meal.LUNCH)
    with pytest.raises(DayClosed) as refused:
        kitchen(counter).record(counter.cashier, national_day, Meal.LUNCH, no_file)

    assert (sheet.facts.open, sheet.facts.holiday, refused.value.reason) == (False, "national", "")


def test_a_day_without_a_menu_says_so_and_keeps_what_was_reserved(counter: Counter, wang: Member) -> None:
    book(counter, wang)
    with counter.stores.write() as store:
        store.menu.set_menu(None, Meal.LUNCH, ())

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)
    paper = kitchen(counter).record(counter.cashier, TUESDAY, Meal.LUNCH, no_file)

    assert (sheet.plan.offers, sheet.counts.meals.total, paper.no_menu) == ((), 1, True)


def test_a_capacity_of_zero_is_told_beside_what_was_reserved_before(counter: Counter, wang: Member) -> None:
    book(counter, wang)
    with counter.stores.write() as store:
        store.menu.set_menu(TUESDAY, Meal.LUNCH, (replace(OFFERS[0], capacity=0),))
        store.menu.set_capacity(TUESDAY, Meal.LUNCH, 0)

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)

    assert (sheet.plan.capacity, sheet.plan.offers[0].capacity, sheet.counts.meals.total) == (0, 0, 1)


def test_a_clash_is_listed_with_the_short_name_and_a_week_ahead(counter: Counter, wang: Member, li: Member) -> None:
    has_pork(counter)
    for one in (wang, li):
        has_diets(counter, one, "不吃猪肉")
    for day in (TUESDAY, WEDNESDAY):
        book(counter, wang, day, portions=(("meat", 1),))
    book(counter, li, WEDNESDAY, portions=(("meat", 1),))
    goes_away(counter, li, WEDNESDAY)
    book(counter, li, TUESDAY)

    sheet = kitchen(counter).sheet(TUESDAY, Meal.LUNCH)
    warnings = kitchen(counter).warnings()
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(WEDNESDAY, opens=False, reason="停水"))
    while_closed = kitchen(counter).warnings()

    assert [(plate.name, plate.clashes) for plate in sheet.clashing] == [("王*英", (Clash("红烧肉", ("不吃猪肉",)),))]
    assert [(one.day, one.meal, [plate.name for plate in one.plates]) for one in warnings] == [
        (TUESDAY, Meal.LUNCH, ["王*英"]),
        (WEDNESDAY, Meal.LUNCH, ["王*英"]),
    ]
    assert while_closed == warnings[:1]


def test_walk_ins_are_foretold_from_open_weekdays_that_are_over(counter: Counter) -> None:
    tuesdays = [TUESDAY + timedelta(weeks=weeks) for weeks in range(5)]
    for day, walk_ins in zip(tuesdays, (2, 5, 3, 4), strict=False):
        _noon(counter, day, walk_ins)
    counter.clock.set(datetime.combine(tuesdays[4] - timedelta(days=1), time(16), tzinfo=CHINA))
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(tuesdays[1], opens=False, reason="停水"))

    foretold = kitchen(counter).forecast(tuesdays[4], Meal.LUNCH)
    dinner = kitchen(counter).forecast(tuesdays[4], Meal.DINNER)
    other_weekday = kitchen(counter).forecast(tuesdays[4] + timedelta(days=1), Meal.LUNCH)

    # Of 2, 3 and 4: from the others 3.5, 3 and 2.5, wrong by 1.5, 0 and 1.5.
    assert foretold == Forecast(3, 1, 3)
    assert (dinner, other_weekday) == (None, None)


def _noon(counter: Counter, day: date, walk_ins: int) -> None:
    """A lunch at which so many came without a reservation."""
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.clock.set(datetime.combine(day, time(11, 30), tzinfo=CHINA))
    counter.shifts.open(counter.cashier, 0)
    for _each in range(walk_ins):
        counter.sell(tender=Tender.WECHAT)
