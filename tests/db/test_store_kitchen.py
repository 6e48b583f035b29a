"""What the kitchen asks of both databases: reservations with their people as they are on the day, and walk-ins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from db.store import SqlStores
from pos.domain.absences import Absence
from pos.domain.kitchen import Ordered, Portion
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.pricing import BasketItem, Bill, Circumstances, Person, Usage, Way, price
from pos.domain.profile import Particulars, Profile
from pos.domain.reservations import Reservation, State
from pos.domain.shifts import Shift
from tests.made_up import (
    BOSS,
    NOON_MS,
    TODAY,
    WANG,
    bill_of,
    found_canteen,
    member,
    reservation,
    sell,
    topped_up_member,
    undo,
)

TOMORROW = TODAY + timedelta(days=1)
SET = Portion("set-meal", "一荤两素套餐", DishKind.SET_MEAL, 1)


def bill(*items: BasketItem) -> Bill:
    return price(items, Person(), Circumstances(TODAY, Meal.LUNCH), Usage())


def add(stores: SqlStores, *reservations: Reservation) -> None:
    with stores.write() as store:
        for one in reservations:
            store.reservations.add(one, BOSS.id)


def ordered(somebody: Member, day: date, key: str, **facts: object) -> Ordered:
    plain = Ordered(
        key, somebody.id, somebody.name, day, Meal.LUNCH, Way.DINE_IN, "", State.BOOKED, (), MemberStatus.ACTIVE, (SET,)
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # some of its fields


def test_a_meals_reservations_come_with_their_people_as_they_are_on_that_day(stores: SqlStores) -> None:
    found_canteen(stores)
    wang, li = member(stores), member(stores, "李桂兰", None)
    with stores.write() as store:
        particulars = Particulars(diets=("软食", "低盐"))
        store.profiles.put(wang.id, Profile(wang.name, wang.birth_date, wang.phone, particulars), ())
        store.profiles.put_absence(wang.id, Absence("trip", MemberStatus.PAUSED, TOMORROW, TOMORROW))
        store.profiles.put_absence(wang.id, Absence("moved", MemberStatus.LEFT, TOMORROW))
    rice = BasketItem("rice", "米饭", DishKind.STAPLE, 100, 2)
    dinner = replace(reservation(wang, TOMORROW, bill_of(900), "dinner"), meal=Meal.DINNER)
    add(
        stores,
        replace(reservation(li, TOMORROW, bill(rice), "second", way=Way.DELIVERY), eat_at="11:30"),
        reservation(wang, TOMORROW, bill_of(900), "first"),
        reservation(wang, TODAY, bill_of(900), "today"),
        dinner,
    )

    with stores.read() as store:
        tomorrow = store.kitchen.ordered(TOMORROW, Meal.LUNCH)
        today = store.kitchen.ordered(TODAY, Meal.LUNCH)
        nothing = store.kitchen.ordered(TODAY, Meal.BREAKFAST)
    portions = (Portion("rice", "米饭", DishKind.STAPLE, 2),)
    diets = ("软食", "低盐")
    assert tomorrow == (
        ordered(li, TOMORROW, "second", way=Way.DELIVERY, eat_at="11:30", portions=portions),
        ordered(wang, TOMORROW, "first", diets=diets, status=MemberStatus.LEFT),
    )
    assert today == (ordered(wang, TODAY, "today", diets=diets),)
    assert nothing == ()


def test_the_dishes_chosen_in_a_set_meal_come_along(stores: SqlStores) -> None:
    found_canteen(stores)
    wang = member(stores)
    eaten = (("pork", "红烧肉"), ("egg", "炒鸡蛋"))
    six = BasketItem("six", "六菜一汤", DishKind.SET_MEAL, 1_500, 2, chosen=eaten)
    add(stores, reservation(wang, TOMORROW, bill(six), "set"))

    with stores.read() as store:
        (found,) = store.kitchen.ordered(TOMORROW, Meal.LUNCH)

    assert found.portions == (Portion("six", "六菜一汤", DishKind.SET_MEAL, 2, eaten),)


def test_a_week_of_warnings_asks_only_for_those_who_wait_and_have_a_diet(stores: SqlStores) -> None:
    found_canteen(stores)
    wang, li = member(stores), member(stores, "李桂兰", None)
    with stores.write() as store:
        profile = Profile(wang.name, wang.birth_date, wang.phone, Particulars(diets=("素食",)))
        store.profiles.put(wang.id, profile, ())
    days = [TOMORROW + timedelta(days=number) for number in range(4)]
    add(stores, *(reservation(wang, day, bill_of(900), f"wang {day}") for day in days))
    add(stores, reservation(li, days[0], bill_of(900)))
    with stores.write() as store:
        first = store.reservations.get(f"wang {days[1]}")
        assert first is not None
        store.reservations.end(replace(first, state=State.CANCELLED, ended_ms=NOON_MS, ended_by=BOSS.name))

    with stores.read() as store:
        found = store.kitchen.with_diets(days[0], days[2])

    assert found == tuple(ordered(wang, day, f"wang {day}", diets=("素食",)) for day in (days[0], days[2]))


def _sold(stores: SqlStores, shift: Shift, day: date, *items: BasketItem, sale_id: str = "") -> str:
    """A walk-in's lunch on another day than the shift's: the past of a canteen in one line."""
    with stores.write() as store:
        wang = store.members.get(WANG.id, day)
        assert wang is not None
        return sell(store, replace(shift, business_date=day), wang, 0, sale_id, bill(*items)).id


def test_walk_ins_are_portions_sold_without_a_reservation_and_not_undone(stores: SqlStores) -> None:
    shift = found_canteen(stores)
    wang = topped_up_member(stores, shift, 100_000)
    rice = BasketItem("rice", "米饭", DishKind.STAPLE, 100, 3)
    three = BasketItem("set", "套餐", DishKind.SET_MEAL, 900, 3)
    a_week_ago, two_weeks_ago, never = (TODAY - timedelta(weeks=weeks) for weeks in (1, 2, 3))
    add(stores, reservation(wang, two_weeks_ago, bill(rice), "reserved"))
    _sold(stores, shift, a_week_ago, rice)
    _sold(stores, shift, a_week_ago, three, rice)
    undone = _sold(stores, shift, a_week_ago, rice)
    fetched = _sold(stores, shift, two_weeks_ago, rice, sale_id="fetched")
    with stores.write() as store:
        undo(store, shift, undone)
        one = store.reservations.get("reserved")
        assert one is not None
        ended = replace(one, state=State.SERVED, sale_id=fetched, ended_ms=NOON_MS, ended_by=BOSS.name)
        store.reservations.end(ended)

    with stores.read() as store:
        lunch = store.kitchen.walk_ins(Meal.LUNCH, [a_week_ago, two_weeks_ago, never])
        dinner = store.kitchen.walk_ins(Meal.DINNER, [a_week_ago])
        other_day = store.kitchen.walk_ins(Meal.LUNCH, [never])
        no_day = store.kitchen.walk_ins(Meal.LUNCH, [])

    assert lunch == {a_week_ago: 4, two_weeks_ago: 0}
    assert (dinner, other_day, no_day) == ({}, {}, {})
