"""Routes, volunteers and what is decided for a day, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.store import SqlStores
from pos.domain.address import NOWHERE, Address
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.profile import Particulars, Profile
from pos.domain.reservations import State
from pos.domain.routes import (
    NO_NOTE,
    NO_PLACE,
    DeliveryNote,
    Place,
    Recipient,
    Route,
    RouteTaken,
    Run,
    Volunteer,
)
from tests.made_up import BOSS, NOON_MS, TODAY, WANG, bill_of, found_canteen, member, reservation

TOMORROW = date(2026, 3, 3)
ONE, TWO = Route("r1", "1号线"), Route("r2", "2号线", active=False)
CHEN = Volunteer("chen", "陈志强", "13911110000", frozenset({0, 4}))
WHERE = Address("幸福里", "2号楼", "3单元", "4层", "402")


def test_routes_and_volunteers_come_back_as_they_were_last_changed(stores: SqlStores) -> None:
    with stores.write() as store:
        for route in (TWO, ONE, replace(ONE, name="东线", active=False)):
            store.routes.put(route)
        for volunteer in (CHEN, replace(CHEN, phone="", weekdays=frozenset(), active=False), replace(CHEN, id="b", name="白云")):
            store.routes.put_volunteer(volunteer)

    with stores.read() as store:
        assert sorted(store.routes.every(), key=lambda one: one.id) == [replace(ONE, name="东线", active=False), TWO]
        assert set(store.routes.volunteers()) == {
            replace(CHEN, phone="", weekdays=frozenset(), active=False),
            replace(CHEN, id="b", name="白云"),
        }


def test_two_routes_never_have_one_name(stores: SqlStores) -> None:
    with stores.write() as store:
        store.routes.put(ONE)

    with pytest.raises(RouteTaken) as refused, stores.write() as store:
        store.routes.put(replace(TWO, name=ONE.name))

    assert refused.value.name == ONE.name


def test_what_is_decided_belongs_to_one_day_and_meal(stores: SqlStores) -> None:
    run = Run("r1", TOMORROW, Meal.LUNCH, "chen", "3、7", "10:30", "12:30")
    bare = Run("r2", TOMORROW, Meal.LUNCH, merged_into="r1")
    with stores.write() as store:
        store.routes.put(ONE)
        store.routes.put(TWO)
        store.routes.put_volunteer(CHEN)
        for one in (replace(run, volunteer_id=""), run, bare, replace(run, day=TODAY, containers="1")):
            store.routes.put_run(one)

    with stores.read() as store:
        assert store.routes.runs(TOMORROW, Meal.LUNCH) == {"r1": run, "r2": bare}
        assert store.routes.runs(TOMORROW, Meal.DINNER) == {}


def found_people(stores: SqlStores) -> tuple[str, str]:
    """Two routes; Wang with an address, a diet and two reservations, somebody without anything; both delivered."""
    found_canteen(stores)
    wang, other = member(stores), member(stores, "李桂花", None)
    known = Profile(WANG.name, WANG.birth_date, WANG.phone, Particulars(address=WHERE, diets=("软食", "低盐")))
    with stores.write() as store:
        store.profiles.put(wang.id, known, ("王秀英",))
        store.routes.put(ONE)
        store.routes.put(TWO)
        first = reservation(wang, TOMORROW, bill_of(1_000), "first", way=Way.DELIVERY)
        store.reservations.add(first, BOSS.id)
        store.reservations.end(replace(first, state=State.CANCELLED, ended_ms=NOON_MS, ended_by="x"))
        store.reservations.add(reservation(wang, TOMORROW, bill_of(1_000), "second", way=Way.DELIVERY), BOSS.id)
        store.reservations.add(reservation(other, TOMORROW, bill_of(1_000), "third", way=Way.DELIVERY), BOSS.id)
        store.reservations.add(reservation(wang, TODAY, bill_of(1_000), "fourth", way=Way.TAKE_AWAY), BOSS.id)
    return wang.id, other.id


def test_recipients_are_those_with_a_delivery_of_the_meal_with_all_a_roster_needs(stores: SqlStores) -> None:
    wang, other = found_people(stores)
    with stores.write() as store:
        store.routes.settle(wang, "r1")
        store.routes.order([wang])
        store.routes.put_note(wang, DeliveryNote("敲门重", in_person=True))
        store.routes.set_day(TOMORROW, Meal.LUNCH, {wang: Place("r2", 3), other: Place("r1")})

    with stores.read() as store:
        assert store.routes.recipients(TOMORROW, Meal.LUNCH) == {
            wang: Recipient(
                wang, "王秀英", "13800001234", WHERE, ("软食", "低盐"), DeliveryNote("敲门重", in_person=True), Place("r1", 1), Place("r2", 3)
            ),
            other: Recipient(other, "李桂花", "13800001234", NOWHERE, (), NO_NOTE, NO_PLACE, Place("r1")),
        }
        assert store.routes.recipients(TODAY, Meal.LUNCH) == {}
        assert [one.member_id for one in store.routes.living_on("r1")] == [wang]
        assert store.routes.note(other) == NO_NOTE


def test_what_holds_for_one_day_is_taken_back_and_leaves_the_usual_place(stores: SqlStores) -> None:
    wang, _other = found_people(stores)
    with stores.write() as store:
        store.routes.settle(wang, "r1")
        store.routes.order([wang])
        store.routes.set_day(TOMORROW, Meal.LUNCH, {wang: Place("", 2)})
        store.routes.set_day(TOMORROW, Meal.LUNCH, {wang: Place("r2")})
        store.routes.set_day(TOMORROW, Meal.LUNCH, {wang: NO_PLACE})

    with stores.read() as store:
        who = store.routes.recipients(TOMORROW, Meal.LUNCH)[wang]
    assert (who.usual, who.today, who.route_id) == (Place("r1", 1), NO_PLACE, "r1")


def test_a_member_lives_on_one_route_at_most(stores: SqlStores) -> None:
    wang, _other = found_people(stores)
    with stores.write() as store:
        store.routes.settle(wang, "r1")
        store.routes.order([wang])
        store.routes.settle(wang, "r2")
        moved = (store.routes.living_on("r1"), [one.usual for one in store.routes.living_on("r2")])
        store.routes.settle(wang, "")

    assert moved == ((), [Place("r2", 0)])
    with stores.read() as store:
        assert store.routes.living_on("r2") == ()


def test_a_note_that_says_nothing_is_forgotten(stores: SqlStores) -> None:
    wang, _other = found_people(stores)
    with stores.write() as store:
        store.routes.put_note(wang, DeliveryNote("放门口"))
        store.routes.put_note(wang, DeliveryNote("耳背"))
        kept = store.routes.note(wang)
        store.routes.put_note(wang, NO_NOTE)

    assert kept == DeliveryNote("耳背")
    with stores.read() as store:
        assert store.routes.note(wang) == NO_NOTE


def test_of_a_forgotten_person_no_route_no_day_and_no_note_is_left(stores: SqlStores) -> None:
    wang, _other = found_people(stores)
    with stores.write() as store:
        store.routes.settle(wang, "r1")
        store.routes.put_note(wang, DeliveryNote("敲门重"))
        store.routes.set_day(TOMORROW, Meal.LUNCH, {wang: Place("r2", 3)})

        store.persons.blank(wang)

    with stores.read() as store:
        who = store.routes.recipients(TOMORROW, Meal.LUNCH)[wang]
    assert who == Recipient(wang, "")
