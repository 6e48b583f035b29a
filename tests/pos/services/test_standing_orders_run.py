"""A run of the standing orders: what would be booked by hand is booked, each meal once, and the rest is listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from pos.clock import CHINA
from pos.domain.absences import Absence
from pos.domain.address import Address
from pos.domain.calendar import Ruling
from pos.domain.capacity import SoldOut
from pos.domain.errors import MemberNotActive, NotEnough, NotOnMenu, NotPermitted, Refusal
from pos.domain.members import Member, MemberStatus, Wallet
from pos.domain.menu import Meal
from pos.domain.money import Fen
from pos.domain.pricing import Way
from pos.domain.profile import Particulars
from pos.domain.reservations import (
    AfterCutOff,
    BookedAlready,
    DayClosed,
    MealOver,
    ReasonNeeded,
    ReservationOver,
    Source,
    State,
    TooFarAhead,
)
from pos.domain.staff import Actor
from pos.domain.standing_orders import FIRST_SET, Generated, NothingPlanned, Portions, StandingOrder
from pos.services.calendar import Calendar
from pos.services.members import NewMember
from pos.services.menu import Menus
from pos.services.persons import Persons
from pos.services.standing import Standing
from pos.services.standing_orders import StandingOrders
from tests.pos.services.counter import MONDAY, TARIFF, Counter
from tests.pos.services.set_meals import FIRST, offer_choices
from tests.pos.services.test_reservations_flow import booked, reservations, wallet, wish

TUESDAY, WEDNESDAY, FRIDAY, SUNDAY = (MONDAY + timedelta(days=days) for days in (1, 2, 4, 6))
MON_WED_FRI = frozenset({0, 2, 4})


class GivenUp(Exception):  # no error: a test wished it
    pass


def quiet(_done: int, _whole: int) -> None:
    return


def standing_orders(counter: Counter) -> StandingOrders:
    return StandingOrders(counter.stores, counter.clock, "A")


def order_of(
    counter: Counter,
    member: Member,
    weekdays: frozenset[int] = MON_WED_FRI,
    way: Way = Way.DELIVERY,
    portions: Portions = ((FIRST_SET, 1),),
    meal: Meal = Meal.LUNCH,
) -> StandingOrder:
    """Taken already."""
    order = StandingOrder(counter.new_id("order"), member.id, weekdays, meal, way, MONDAY, portions, "11:30")
    return standing_orders(counter).add(counter.cashier, order).order


def run(counter: Counter, first: date = TUESDAY, last: date = SUNDAY, why: str = "", actor: Actor | None = None) -> Generated:
    return standing_orders(counter).generate(actor or counter.cashier, first, last, quiet, why)


def skips(made: Generated) -> list[tuple[str, date, type[Refusal]]]:
    return [(one.name, one.day, type(one.reason)) for one in made.skipped]


def states(counter: Counter, day: date) -> list[tuple[str, State]]:
    return [(one.member_name, one.state) for one in reservations(counter).of_day(day)]


def test_a_run_books_each_day_of_the_order_and_a_second_one_adds_nothing(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1940, 1, 1))
    order_of(counter, member)

    made, again = run(counter), run(counter)

    assert (made, again) == (Generated(2, 0, ()), Generated(0, 2, ()))
    (wednesday, friday) = reservations(counter).of_member(member.id)
    assert [(one.day, one.source, one.way, one.eat_at, one.bill.due) for one in (wednesday, friday)] == [
        (WEDNESDAY, Source.STANDING, Way.DELIVERY, "11:30", 720),
        (FRIDAY, Source.STANDING, Way.DELIVERY, "11:30", 720),
    ]
    assert wallet(counter, member) == Wallet(member.id, 20_000 - 1_309, 2_000 - 131, 1_440)
    assert counter.verify.run().sound
    assert "booking" not in {kind for kind, *_others in counter.jobs()}, "nobody stands there to take a slip"


LIMITED = TARIFF.replace('id = "80-89"\n', 'id = "80-89"\nlimit = { per_week = 2 }\n').replace("test-2026", "test-limited")


@pytest.mark.parametrize("tariff", [TARIFF.replace("test-2026", "test-again"), LIMITED])
def test_K5_a_standing_order_is_the_same_items_at_the_same_price_as_a_booking_by_form(counter: Counter, tariff: str) -> None:
    """By weekly default as by hand, also on the eve of a birthday and where a limit is reached within the week."""
    with counter.stores.write() as store:
        store.tariff.publish(tariff, counter.manager.staff_id, counter.clock.now_ms())
    wanted: tuple[tuple[date, Portions], ...] = (
        (date(1990, 1, 1), ((FIRST_SET, 2), ("rice", 1))),
        (date(1946, 11, 27), ((FIRST_SET, 1),)),
        (date(1940, 1, 1), (("meat", 1), ("rice", 2))),
        (date(1930, 1, 1), ((FIRST_SET, 1),)),
    )
    pairs = [(counter.rich(f"甲{born}", born), counter.rich(f"乙{born}", born)) for born, _portions in wanted]
    days = [TUESDAY + timedelta(days=number) for number in range(4)]
    for (by_order, _by_form), (_born, portions) in zip(pairs, wanted, strict=True):
        order_of(counter, by_order, frozenset({1, 2, 3, 4}), Way.TAKE_AWAY, portions)

    run(counter, TUESDAY, FRIDAY)
    for (_by_order, by_form), (_born, portions) in zip(pairs, wanted, strict=True):
        dishes = {("set" if dish_id == FIRST_SET else dish_id): quantity for dish_id, quantity in portions}
        for day in days:
            reservations(counter).book(counter.cashier, wish(counter, by_form, day, Way.TAKE_AWAY, **dishes))

    for by_order, by_form in pairs:
        one, other = (reservations(counter).of_member(member.id) for member in (by_order, by_form))
        assert [(made.day, made.meal, made.way, made.bill) for made in one] == [
            (made.day, made.meal, made.way, made.bill) for made in other
        ]
        assert [made.day for made in one] == days
        assert purse(counter, by_order) == purse(counter, by_form)


def purse(counter: Counter, member: Member) -> tuple[Fen, Fen, Fen]:
    found = wallet(counter, member)
    assert found is not None
    return found.principal, found.bonus, found.held


def test_K5_a_set_meal_of_a_standing_order_has_the_first_dish_of_each_shelf(counter: Counter) -> None:
    offer_choices(counter)
    member = counter.rich()
    order_of(counter, member)

    run(counter)

    made = reservations(counter).of_member(member.id)
    assert [[name for _dish, name in one.bill.basket[0].chosen] for one in made] == [list(FIRST), list(FIRST)]


def test_K8_on_a_closed_day_nothing_is_booked_and_every_holder_is_on_the_list(counter: Counter) -> None:
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(WEDNESDAY, opens=False, reason="停电"))
    address = Particulars(address=Address("幸福里", "2号楼", "3单元", "", "402"))
    first = counter.members.enrol(counter.manager, NewMember("王秀英", None, particulars=address))
    counter.top_up(first, 10_000)
    second = counter.rich("李桂芳")
    for member in (first, second):
        order_of(counter, member)

    made = run(counter)

    assert (made.booked, skips(made)) == (2, [("王秀英", WEDNESDAY, DayClosed), ("李桂芳", WEDNESDAY, DayClosed)])
    assert [(one.door, one.reason.reason) for one in made.skipped if isinstance(one.reason, DayClosed)] == [
        ("2号楼3单元402", "停电"),
        ("", "停电"),
    ]
    assert states(counter, WEDNESDAY) == []


def test_who_is_away_or_paused_or_has_booked_is_listed_or_left_alone(counter: Counter) -> None:
    away, paused, both = (counter.rich(name) for name in ("甲", "乙", "丙"))
    for member in (away, both):
        order_of(counter, member, frozenset({2}))
    order = order_of(counter, paused, frozenset({2}))
    standing_orders(counter).pause(counter.cashier, order.id, TUESDAY, WEDNESDAY)
    Standing(counter.stores, counter.clock, "A").begin(
        counter.manager, away.id, Absence("ill", MemberStatus.PAUSED, WEDNESDAY, FRIDAY)
    )
    by_hand = booked(counter, both, WEDNESDAY)

    made = run(counter)

    assert (made.booked, skips(made)) == (0, [("甲", WEDNESDAY, MemberNotActive), ("丙", WEDNESDAY, BookedAlready)])
    assert [one.reason.reservation_id for one in made.skipped if isinstance(one.reason, BookedAlready)] == [by_hand.id]


def test_a_meal_that_was_given_up_is_not_booked_again(counter: Counter) -> None:
    member = counter.rich()
    order_of(counter, member)
    run(counter)
    wednesday, _friday = reservations(counter).of_member(member.id)
    reservations(counter).cancel(counter.cashier, wednesday.id)

    again = run(counter)

    assert (again.booked, again.before, skips(again)) == (0, 1, [("王䶮", WEDNESDAY, ReservationOver)])


def test_a_meal_that_was_changed_by_hand_stays_as_it_was_changed(counter: Counter) -> None:
    member = counter.rich()
    order_of(counter, member)
    run(counter)
    wednesday, _friday = reservations(counter).of_member(member.id)
    asked = replace(wish(counter, member, WEDNESDAY, Way.DINE_IN), instead=wednesday.id)
    reservations(counter).book(counter.cashier, asked)

    again = run(counter)

    assert (again.booked, skips(again)) == (0, [("王䶮", WEDNESDAY, BookedAlready)])
    assert [one.way for one in reservations(counter).of_day(WEDNESDAY) if one.state is State.BOOKED] == [Way.DINE_IN]


def test_money_goes_to_the_earlier_days_first_and_who_has_too_little_is_listed(counter: Counter) -> None:
    member = counter.rich(amount=2_500)
    order_of(counter, member, frozenset({1, 2, 3}))

    made = run(counter)

    assert (made.booked, skips(made)) == (2, [("王䶮", MONDAY + timedelta(days=3), NotEnough)])
    assert [(one.reason.needed, one.reason.available) for one in made.skipped if isinstance(one.reason, NotEnough)] == [(1_200, 100)]
    assert states(counter, WEDNESDAY) == [("王䶮", State.BOOKED)]


def test_a_free_meal_is_booked_without_any_money(counter: Counter) -> None:
    member = counter.enrol("王秀英", date(1930, 1, 1))
    order_of(counter, member)

    made = run(counter)

    assert made == Generated(2, 0, ())
    assert [(one.hold_id, one.bill.due) for one in reservations(counter).of_member(member.id)] == [("", 0), ("", 0)]


def test_what_the_kitchen_does_not_offer_is_listed(counter: Counter) -> None:
    with_set, with_meat = counter.rich("甲"), counter.rich("乙")
    order_of(counter, with_set, frozenset({1, 2, 3, 4}))
    order_of(counter, with_meat, frozenset({2}), portions=(("meat", 1),))
    menus = Menus(counter.stores, counter.clock)
    menus.plan(counter.manager, WEDNESDAY, Meal.LUNCH, ["rice"])
    menus.limit(counter.manager, FRIDAY, Meal.LUNCH, "set", 0)
    menus.limit(counter.manager, TUESDAY, Meal.LUNCH, None, 0)

    made = run(counter, TUESDAY, FRIDAY)

    assert (made.booked, skips(made)) == (
        1,
        [
            ("甲", TUESDAY, SoldOut),
            ("甲", WEDNESDAY, NothingPlanned),
            ("乙", WEDNESDAY, NotOnMenu),
            ("甲", FRIDAY, SoldOut),
        ],
    )


def test_a_meal_without_any_menu_is_listed(counter: Counter) -> None:
    order_of(counter, counter.rich("甲"), frozenset({2}))
    Menus(counter.stores, counter.clock).plan(counter.manager, None, Meal.LUNCH, [])

    made = run(counter)

    assert [(type(one.reason), getattr(one.reason, "set_meal", None)) for one in made.skipped] == [(NothingPlanned, False)]


def test_the_last_portions_go_to_who_ordered_first(counter: Counter) -> None:
    people = [counter.rich(name) for name in ("甲", "乙", "丙")]
    for member in people:
        order_of(counter, member, frozenset({2}))
    booked(counter, counter.rich("丁"), WEDNESDAY)
    Menus(counter.stores, counter.clock).limit(counter.manager, WEDNESDAY, Meal.LUNCH, "set", 3)

    made = run(counter)

    assert (made.booked, skips(made)) == (2, [("丙", WEDNESDAY, SoldOut)])


def test_after_the_cut_off_a_manager_books_with_a_reason_and_nobody_else(counter: Counter) -> None:
    order_of(counter, counter.rich("甲"), frozenset({1, 2}))
    counter.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))

    late = run(counter)
    with pytest.raises(NotPermitted):
        run(counter, why="厨房同意")
    with pytest.raises(ReasonNeeded):
        run(counter, why="长" * 61, actor=counter.manager)
    excused = run(counter, why="厨房同意", actor=counter.manager)

    assert (late.booked, skips(late)) == (1, [("甲", TUESDAY, AfterCutOff)])
    assert (excused.booked, excused.before) == (1, 1)
    assert [(one.day, one.why) for day in (TUESDAY, WEDNESDAY) for one in reservations(counter).of_day(day)] == [
        (TUESDAY, "厨房同意"),
        (WEDNESDAY, ""),
    ]


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (1, 15), (3, 1)])
def test_days_that_nobody_can_book_are_refused_whole(counter: Counter, first: int, last: int) -> None:
    order_of(counter, counter.rich("甲"), frozenset(range(7)))

    with pytest.raises(TooFarAhead):
        run(counter, MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))

    assert counter.count("reservations") == 0


@pytest.mark.parametrize("at", [0.0, 0.3, 0.6, 0.9])
def test_a_run_that_is_given_up_leaves_nothing(counter: Counter, at: float) -> None:
    people = [counter.rich(f"王{number}") for number in range(6)]
    for member in people:
        order_of(counter, member)
    before = [wallet(counter, member) for member in people]
    entries = counter.count("entries")
    told: list[float] = []

    def give_up(done: int, whole: int) -> None:
        told.append(done / whole)
        if done >= at * whole - 1:
            raise GivenUp

    with pytest.raises(GivenUp):
        standing_orders(counter).generate(counter.cashier, TUESDAY, SUNDAY, give_up)

    assert told == sorted(told)
    assert told[-1] <= 1
    assert ([wallet(counter, member) for member in people], counter.count("entries")) == (before, entries)
    assert counter.count("reservations") == 0


def test_two_orders_of_one_member_for_two_meals_are_both_booked(counter: Counter) -> None:
    member = counter.rich(amount=1_200)
    order_of(counter, member, frozenset({1}), meal=Meal.DINNER)
    order_of(counter, member, frozenset({1}), meal=Meal.LUNCH)

    made = run(counter)

    assert (made.booked, [(one.meal, type(one.reason)) for one in made.skipped]) == (1, [(Meal.LUNCH, NotEnough)])


def test_who_was_forgotten_is_on_no_list(counter: Counter) -> None:
    member = counter.enrol("王秀英", date(1930, 1, 1))
    order_of(counter, member)
    Persons(counter.stores, counter.clock).forget(counter.manager, member.id)

    assert run(counter) == Generated(0, 0, ())


def test_a_run_books_no_meal_of_today_that_is_over(counter: Counter) -> None:
    member = counter.rich()
    order_of(counter, member, meal=Meal.BREAKFAST)

    made = run(counter, MONDAY, MONDAY, why="昨晚停电", actor=counter.manager)

    assert (made.booked, skips(made)) == (0, [(member.name, MONDAY, MealOver)])
