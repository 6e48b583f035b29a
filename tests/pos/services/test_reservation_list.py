"""The list of a meal: who waits comes first, by time; doors tell two of one name apart, and anybody is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from pos.clock import CHINA
from pos.domain.calendar import Ruling
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.reservations import State
from pos.services.calendar import Calendar
from pos.services.reservation_list import ReservationList
from tests.pos.services.counter import MONDAY, Counter
from tests.pos.services.test_reservations_flow import booked, reservations, wish
from tests.pos.services.test_sign_up_lists import lives

TUESDAY = MONDAY + timedelta(days=1)


def lists(counter: Counter) -> ReservationList:
    return ReservationList(counter.stores, counter.clock)


def test_the_list_has_who_waits_first_by_time_and_keeps_who_does_not(counter: Counter) -> None:
    people = [lives(counter, name, "2号楼", door) for name, door in (("甲", "101"), ("乙", "102"), ("丙", "103"))]
    given_up = booked(counter, people[0])
    reservations(counter).cancel(counter.cashier, given_up.id)
    for member, at in zip(people, ("", "12:00", "11:30"), strict=True):
        reservations(counter).book(counter.cashier, replace(wish(counter, member), eat_at=at))

    found = lists(counter).of(TUESDAY, Meal.LUNCH)

    assert [(one.reservation.member_name, one.reservation.eat_at, one.door, one.reservation.state) for one in found.listed] == [
        ("丙", "11:30", "2-103", State.BOOKED),
        ("乙", "12:00", "2-102", State.BOOKED),
        ("甲", "", "2-101", State.BOOKED),
        ("甲", "", "2-101", State.CANCELLED),
    ]
    assert [one.member_name for one in found.waiting] == ["丙", "乙", "甲"]
    assert (found.facts.open, found.today, found.late) == (True, MONDAY, False)
    assert lists(counter).of(TUESDAY, Meal.DINNER).listed == ()


def test_a_list_after_its_cut_off_or_on_a_closed_day_says_so(counter: Counter) -> None:
    booked(counter, counter.rich())
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))
    counter.clock.set(datetime.combine(MONDAY, time(17, 1), tzinfo=CHINA))

    found = lists(counter).of(TUESDAY, Meal.LUNCH)

    assert (found.late, found.cancel_until) == (True, datetime(2026, 11, 23, 17, tzinfo=CHINA))
    assert (found.facts.open, found.facts.reason, len(found.waiting)) == (False, "停电", 1)


def test_who_is_on_the_list_is_found_by_whatever_members_are_found_by(counter: Counter) -> None:
    wang, li = lives(counter, "王秀英", "2号楼", "402"), lives(counter, "李桂芳", "3号楼", "101")
    lives(counter, "王德福", "2号楼", "403")
    for member in (wang, li):
        reservations(counter).book(counter.cashier, wish(counter, member, TUESDAY, Way.DELIVERY))

    found = {word: lists(counter).found(TUESDAY, Meal.LUNCH, word) for word in ("wxy", "王", "2-402", "LI", "1234", "zhao")}

    assert found == {
        "wxy": {wang.id},
        "王": {wang.id},
        "2-402": {wang.id},
        "LI": {li.id},
        "1234": {wang.id, li.id},
        "zhao": frozenset(),
    }
