"""Rosters of a day: decided about, printed in versions, and out of date as soon as something else is so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.absences import Absence, AbsenceReason
from pos.domain.address import Address
from pos.domain.calendar import Ruling
from pos.domain.errors import BadName, NotPermitted, Refusal
from pos.domain.members import Member, MemberStatus
from pos.domain.menu import Meal
from pos.domain.paper import SlipKind
from pos.domain.pricing import Way
from pos.domain.profile import Particulars
from pos.domain.reservations import DayClosed, State
from pos.domain.rosters import News, Roster, Round
from pos.domain.routes import (
    DeliveryNote,
    EatenBeforeCooked,
    NoteTells,
    NoTimeOfDay,
    Route,
    RouteTaken,
    RouteUnknown,
    Run,
    Volunteer,
    VolunteerTaken,
    VolunteerUnknown,
)
from pos.services.calendar import Calendar
from pos.services.members import NewMember
from pos.services.rosters import Rosters, labels_for
from pos.services.routes import Routes, in_their_places
from tests.made_up import BOSS, bill_of, no_file, reservation
from tests.pos.services.counter import MONDAY, TILL, Counter

TUESDAY = MONDAY + timedelta(days=1)
LUNCH = Meal.LUNCH
PRINTED = "2026-11-23 17:05"


@pytest.fixture
def routes(counter: Counter) -> Routes:
    return Routes(counter.stores, counter.clock)


@pytest.fixture
def rosters(counter: Counter) -> Rosters:
    return Rosters(counter.stores, counter.clock, TILL)


def living(counter: Counter, name: str, building: str = "2号楼") -> Member:
    known = Particulars(address=Address("幸福里", building, "", "", "402") if building else Address())
    return counter.members.enrol(counter.manager, NewMember(name, date(1940, 1, 1), "13800001234", None, known))


def delivered(counter: Counter, member: Member, day: date = TUESDAY, id_: str = "") -> str:
    with counter.stores.write() as store:
        booked = reservation(member, day, bill_of(0), id_ or f"{member.name}-meal", way=Way.DELIVERY)
        store.reservations.add(booked, counter.manager.staff_id)
    return booked.id


def cancelled(counter: Counter, reservation_id: str) -> None:
    with counter.stores.write() as store:
        found = store.reservations.get(reservation_id)
        assert found is not None
        store.reservations.end(replace(found, state=State.CANCELLED, ended_ms=1, ended_by=BOSS.name))


def people(counter: Counter, routes: Routes) -> tuple[Route, Route, dict[str, Member]]:
    """Two routes; 甲 and 乙 live on the first, 丙 on the second, 丁 on none; all are brought a lunch on Tuesday."""
    one, two = routes.save(counter.manager, Route("", "1号线")), routes.save(counter.manager, Route("", "2号线"))
    found = {name: living(counter, name, f"{number}号楼") for number, name in enumerate("甲乙丙丁", 1)}
    for name, route in (("甲", one), ("乙", one), ("丙", two)):
        routes.settle(counter.manager, found[name].id, route.id)
    for somebody in found.values():
        delivered(counter, somebody)
    return one, two, found


def names(roster: Roster) -> list[str]:
    return [stop.name for stop in roster.stops]


def lists(found: Round) -> list[list[str]]:
    return [names(roster) for roster in found.every]


# -- who goes where -----------------------------------------------------------------------------------


def test_K4_the_first_delivery_of_anybody_is_seen_before_any_route_exists(counter: Counter, rosters: Rosters) -> None:
    delivered(counter, living(counter, "甲", ""))

    found = rosters.round(TUESDAY, LUNCH)

    assert lists(found) == [["甲"]]
    assert found.every[0].route is None


def test_who_is_given_a_route_is_on_it_from_then_on(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, found = people(counter, routes)

    routes.settle(counter.manager, found["丁"].id, one.id)

    assert lists(rosters.round(TUESDAY, LUNCH)) == [["甲", "乙", "丁"], ["丙"]]


def test_by_another_route_today_changes_today_alone(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    _one, two, found = people(counter, routes)
    delivered(counter, found["甲"], TUESDAY + timedelta(days=1), "later")

    rosters.send(counter.manager, TUESDAY, LUNCH, found["甲"].id, two.id)
    sent = lists(rosters.round(TUESDAY, LUNCH))
    rosters.send(counter.manager, TUESDAY, LUNCH, found["甲"].id, "")

    assert sent == [["丁"], ["乙"], ["甲", "丙"]]
    assert lists(rosters.round(TUESDAY, LUNCH)) == [["丁"], ["甲", "乙"], ["丙"]]
    assert lists(rosters.round(TUESDAY + timedelta(days=1), LUNCH)) == [["甲"], []]


def test_who_lives_on_a_route_that_is_not_walked_any_more_has_none(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, _found = people(counter, routes)

    routes.save(counter.manager, replace(one, active=False))

    assert lists(rosters.round(TUESDAY, LUNCH)) == [["甲", "乙", "丁"], ["丙"]]
    assert rosters.round(TUESDAY, LUNCH).loose.stops[0].number == 1


def test_who_is_away_on_that_day_is_brought_nothing(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    _one, _two, found = people(counter, routes)
    with counter.stores.write() as store:
        store.profiles.put_absence(found["甲"].id, Absence("a", MemberStatus.PAUSED, TUESDAY, TUESDAY, AbsenceReason.HOSPITAL))

    assert lists(rosters.round(TUESDAY, LUNCH)) == [["丁"], ["乙"], ["丙"]]


# -- order --------------------------------------------------------------------------------------------


def test_an_order_for_today_never_changes_the_usual_one(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, found = people(counter, routes)
    delivered(counter, found["甲"], TUESDAY + timedelta(days=1), "later-1")
    delivered(counter, found["乙"], TUESDAY + timedelta(days=1), "later-2")

    rosters.walk(counter.manager, TUESDAY, LUNCH, [found["乙"].id, found["甲"].id])
    today = rosters.round(TUESDAY, LUNCH).rosters[0]
    rosters.walk_as_usual(counter.manager, TUESDAY, LUNCH, [found["乙"].id, found["甲"].id])

    assert (names(today), today.ordered_today) == (["乙", "甲"], True)
    assert names(rosters.round(TUESDAY + timedelta(days=1), LUNCH).rosters[0]) == ["甲", "乙"]
    assert [who.name for who in routes.living_on(one.id)] == ["甲", "乙"]
    again = rosters.round(TUESDAY, LUNCH).rosters[0]
    assert (names(again), again.ordered_today) == (["甲", "乙"], False)


def test_the_usual_order_is_that_of_every_day_without_one_of_its_own(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, found = people(counter, routes)
    routes.settle(counter.manager, found["丁"].id, one.id)

    routes.order(counter.manager, one.id, [found["丁"].id, found["甲"].id])

    assert [(who.name, who.usual.number) for who in routes.living_on(one.id)] == [("丁", 1), ("乙", 2), ("甲", 3)]
    assert names(rosters.round(TUESDAY, LUNCH).rosters[0]) == ["丁", "乙", "甲"]


@pytest.mark.parametrize(
    ("before", "wanted", "after"),
    [("abcd", "ca", "cbad"), ("abcd", "dcba", "dcba"), ("abcd", "", "abcd"), ("abcd", "xb", "abcd"), ("", "a", "")],
)
def test_who_is_not_named_keeps_the_place_among_the_others(before: str, wanted: str, after: str) -> None:
    assert "".join(in_their_places(before, wanted)) == after


def test_who_goes_by_another_route_today_keeps_going_by_it_when_the_walk_is_ordered(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    _one, two, found = people(counter, routes)
    rosters.send(counter.manager, TUESDAY, LUNCH, found["甲"].id, two.id)

    rosters.walk(counter.manager, TUESDAY, LUNCH, [found["丙"].id, found["甲"].id])
    rosters.walk_as_usual(counter.manager, TUESDAY, LUNCH, [found["丙"].id, found["甲"].id])

    assert lists(rosters.round(TUESDAY, LUNCH)) == [["丁"], ["乙"], ["甲", "丙"]]


# -- who walks ----------------------------------------------------------------------------------------


def test_a_volunteer_boxes_and_times_are_decided_for_a_route_and_a_day(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, _found = people(counter, routes)
    chen = routes.save_volunteer(counter.manager, Volunteer("", " 陈志强 ", "139 1111 0000", frozenset({1})))

    rosters.decide(counter.manager, Run(one.id, TUESDAY, LUNCH, chen.id, " 3、 7 ", "1030", ""))

    first, second = rosters.round(TUESDAY, LUNCH).rosters
    assert (first.volunteer, first.run) == (
        Volunteer(chen.id, "陈志强", "13911110000", frozenset({1})),
        Run(one.id, TUESDAY, LUNCH, chen.id, "3、 7", "10:30", "12:30"),
    )
    assert (second.volunteer, second.run) == (None, None)


def test_two_routes_are_merged_for_one_volunteer_and_parted_again(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, two, _found = people(counter, routes)
    chen = routes.save_volunteer(counter.manager, Volunteer("", "陈志强"))
    rosters.decide(counter.manager, Run(one.id, TUESDAY, LUNCH, chen.id))

    rosters.merge(counter.manager, TUESDAY, LUNCH, two.id, one.id)
    rosters.decide(counter.manager, Run(two.id, TUESDAY, LUNCH, containers="9"))
    merged = rosters.round(TUESDAY, LUNCH)
    rosters.merge(counter.manager, TUESDAY, LUNCH, two.id, "")

    assert lists(merged) == [["丁"], ["甲", "乙", "丙"]]
    assert (merged.rosters[0].along, merged.rosters[0].volunteer) == ((two,), chen)
    assert merged.roster(two.id) == merged.rosters[0]
    assert lists(rosters.round(TUESDAY, LUNCH)) == [["丁"], ["甲", "乙"], ["丙"]]


def test_what_was_decided_a_week_ago_is_taken_over_where_nothing_is(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, two, _found = people(counter, routes)
    three = routes.save(counter.manager, Route("", "3号线"))
    chen, bai, gone = (routes.save_volunteer(counter.manager, Volunteer("", name)) for name in ("陈志强", "白云", "古月"))
    before = TUESDAY - timedelta(days=7)
    rosters.decide(counter.manager, Run(one.id, before, LUNCH, chen.id, "3", "10:30", "12:00"))
    rosters.decide(counter.manager, Run(two.id, before, LUNCH, gone.id))
    rosters.merge(counter.manager, before, LUNCH, three.id, one.id)
    routes.save_volunteer(counter.manager, replace(gone, active=False))

    taken = rosters.as_a_week_ago(counter.manager, TUESDAY, LUNCH)
    rosters.decide(counter.manager, Run(one.id, TUESDAY, LUNCH, bai.id))
    again = rosters.as_a_week_ago(counter.manager, TUESDAY, LUNCH)

    first, second = rosters.round(TUESDAY, LUNCH).rosters
    assert (taken, again) == (2, 0)
    assert (first.volunteer, first.along, second.volunteer) == (bai, (three,), None)


# -- paper --------------------------------------------------------------------------------------------


def test_each_print_that_says_something_else_is_another_version(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, two, found = people(counter, routes)
    first = rosters.record(counter.manager, TUESDAY, LUNCH, [one.id, two.id], PRINTED, no_file)
    again = rosters.record(counter.manager, TUESDAY, LUNCH, [one.id], PRINTED, no_file)
    cancelled(counter, "甲-meal")

    late = rosters.round(TUESDAY, LUNCH).rosters
    second = rosters.record(counter.manager, TUESDAY, LUNCH, [one.id], PRINTED, no_file)

    assert [(roster.id, version) for roster, version in first.rosters] == [(one.id, 1), (two.id, 1)]
    assert [version for _roster, version in again.rosters] == [1]
    assert [(roster.out_of_date, roster.news) for roster in late] == [(True, 1), (False, 0)]
    ((paper, version),) = second.rosters
    assert (version, [(stop.name, stop.news) for stop in paper.stops]) == (2, [("甲", News.GONE), ("乙", None)])
    after = rosters.round(TUESDAY, LUNCH).rosters[0]
    assert (names(after), after.out_of_date) == (["乙"], False)
    assert found["甲"].name not in names(after)


def test_another_order_is_another_version(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, found = people(counter, routes)
    rosters.record(counter.manager, TUESDAY, LUNCH, [one.id], PRINTED, no_file)

    rosters.walk(counter.manager, TUESDAY, LUNCH, [found["乙"].id, found["甲"].id])

    assert rosters.round(TUESDAY, LUNCH).rosters[0].out_of_date
    ((_roster, version),) = rosters.record(counter.manager, TUESDAY, LUNCH, [one.id], PRINTED, no_file).rosters
    assert version == 2


def test_K4_the_list_of_those_without_a_route_is_printed_like_a_roster(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    people(counter, routes)

    ((roster, version),) = rosters.record(counter.manager, TUESDAY, LUNCH, [""], PRINTED, no_file).rosters

    assert (roster.route, names(roster), version) == (None, ["丁"], 1)


def test_K8_on_a_closed_day_nothing_is_printed_and_the_lists_stay(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, _found = people(counter, routes)
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    with pytest.raises(DayClosed) as refused:
        rosters.record(counter.manager, TUESDAY, LUNCH, [one.id], PRINTED, no_file)

    assert (refused.value.day, refused.value.reason) == ("2026-11-24", "停电")
    found = rosters.round(TUESDAY, LUNCH)
    assert (found.closed, lists(found)) == ("停电", [["丁"], ["甲", "乙"], ["丙"]])


def test_labels_on_the_roll_are_a_job_for_each_stop(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, _found = people(counter, routes)

    boxes = rosters.print_labels(counter.manager, TUESDAY, LUNCH, [one.id], only_new=False)

    labels = [(kind, subject, by) for kind, subject, _copy, by, _kick in counter.jobs() if kind == SlipKind.LABELS]
    assert boxes == 2
    assert labels == [("labels", "甲-meal", "周敏"), ("labels", "乙-meal", "周敏")]


def test_only_boxes_without_a_right_label_get_one(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, found = people(counter, routes)
    rosters.print_labels(counter.manager, TUESDAY, LUNCH, [one.id], only_new=True)
    routes.settle(counter.manager, found["丁"].id, one.id)

    sheets = rosters.label_sheets(counter.manager, TUESDAY, LUNCH, [one.id], no_file, only_new=True, skip=5)

    assert [label.name for label in sheets.labels] == ["丁"]
    assert sheets.skip == 5
    assert rosters.round(TUESDAY, LUNCH).rosters[0].unlabelled == ()


def test_a_label_that_comes_late_says_what_is_so_then(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    one, _two, _found = people(counter, routes)
    rosters.print_labels(counter.manager, TUESDAY, LUNCH, [one.id], only_new=False)
    rosters.decide(counter.manager, Run(one.id, TUESDAY, LUNCH, cooked_at="10:30"))
    cancelled(counter, "甲-meal")

    with counter.stores.read() as store:
        gone, stays, unknown = (labels_for(store, key) for key in ("甲-meal", "乙-meal", "nobody"))

    assert (gone, unknown) == ((), ())
    assert [(label.name, label.cooked_at, label.route) for label in stays] == [("乙", "10:30", "1号线")]


# -- telephone numbers and notes ----------------------------------------------------------------------


def test_rosters_show_whole_telephone_numbers_only_where_the_manager_said_so(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    people(counter, routes)
    before = rosters.round(TUESDAY, LUNCH).loose.stops[0].phone

    routes.show_phones(counter.manager, whole=True)

    assert (before, rosters.round(TUESDAY, LUNCH).loose.stops[0].phone) == ("*1234", "13800001234")
    assert routes.whole_phones()


def test_a_note_reaches_the_roster(counter: Counter, routes: Routes, rosters: Rosters) -> None:
    _one, _two, found = people(counter, routes)

    routes.keep_note(counter.manager, found["丁"].id, DeliveryNote("敲门重", in_person=True))

    (stop,) = rosters.round(TUESDAY, LUNCH).loose.stops
    assert (stop.note, stop.in_person) == ("敲门重", True)
    assert routes.note(found["丁"].id) == DeliveryNote("敲门重", in_person=True)


# -- what is refused ----------------------------------------------------------------------------------

Deed = Callable[[Counter, Routes, Rosters], object]
GONE = Route("gone", "没有")


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        (lambda c, r, _o: r.save(c.manager, Route("", "1号线")), RouteTaken),
        (lambda c, r, _o: r.save(c.manager, Route("", " ")), BadName),
        (lambda c, r, _o: r.save(c.manager, GONE), RouteUnknown),
        (lambda c, r, _o: r.settle(c.manager, "m", "gone"), RouteUnknown),
        (lambda c, r, _o: r.save_volunteer(c.manager, Volunteer("", "陈志强", "1")), VolunteerTaken),
        (lambda c, r, _o: r.save_volunteer(c.manager, Volunteer("gone", "白云")), VolunteerUnknown),
        (lambda c, r, _o: r.keep_note(c.manager, "m", DeliveryNote("独居")), NoteTells),
        (lambda c, _r, o: o.decide(c.manager, Run("gone", TUESDAY, LUNCH)), RouteUnknown),
        (lambda c, r, o: o.decide(c.manager, Run(r.every()[0].id, TUESDAY, LUNCH, "gone")), VolunteerUnknown),
        (lambda c, r, o: o.decide(c.manager, Run(r.every()[0].id, TUESDAY, LUNCH, cooked_at="25:00")), NoTimeOfDay),
        (lambda c, r, o: o.decide(c.manager, Run(r.every()[0].id, TUESDAY, LUNCH, cooked_at="11:00", eat_by="10:00")), EatenBeforeCooked),
        (lambda c, r, o: o.merge(c.manager, TUESDAY, LUNCH, r.every()[0].id, "gone"), RouteUnknown),
        (lambda c, _r, o: o.send(c.manager, TUESDAY, LUNCH, "m", "gone"), RouteUnknown),
        (lambda c, _r, o: o.record(c.manager, TUESDAY, LUNCH, ["gone"], "", no_file), RouteUnknown),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(counter: Counter, routes: Routes, rosters: Rosters, deed: Deed, kind: type[Refusal]) -> None:
    routes.save(counter.manager, Route("", "1号线"))
    routes.save_volunteer(counter.manager, Volunteer("", "陈志强", "1"))
    before = [counter.count(table) for table in ("routes", "volunteers", "runs", "route_stops", "run_stops", "delivery_notes", "prints")]

    with pytest.raises(kind):
        deed(counter, routes, rosters)

    assert [counter.count(table) for table in ("routes", "volunteers", "runs", "route_stops", "run_stops", "delivery_notes", "prints")] == before


@pytest.mark.parametrize(
    "deed",
    [
        lambda c, r, _o: r.save(c.cashier, Route("", "1号线")),
        lambda c, r, _o: r.save_volunteer(c.cashier, Volunteer("", "白云")),
        lambda c, r, _o: r.settle(c.cashier, "m", ""),
        lambda c, r, _o: r.order(c.cashier, "r", []),
        lambda c, r, _o: r.keep_note(c.cashier, "m", DeliveryNote("耳背")),
        lambda c, r, _o: r.show_phones(c.cashier, whole=True),
        lambda c, _r, o: o.decide(c.cashier, Run("r", TUESDAY, LUNCH)),
        lambda c, _r, o: o.merge(c.cashier, TUESDAY, LUNCH, "r", ""),
        lambda c, _r, o: o.send(c.cashier, TUESDAY, LUNCH, "m", ""),
        lambda c, _r, o: o.walk(c.cashier, TUESDAY, LUNCH, []),
        lambda c, _r, o: o.walk_as_usual(c.cashier, TUESDAY, LUNCH, []),
        lambda c, _r, o: o.as_a_week_ago(c.cashier, TUESDAY, LUNCH),
        lambda c, _r, o: o.record(c.cashier, TUESDAY, LUNCH, [], "", no_file),
        lambda c, _r, o: o.label_sheets(c.cashier, TUESDAY, LUNCH, [], no_file, only_new=False),
        lambda c, _r, o: o.print_labels(c.cashier, TUESDAY, LUNCH, [], only_new=False),
    ],
)
def test_a_cashier_changes_no_route_and_prints_no_roster(counter: Counter, routes: Routes, rosters: Rosters, deed: Deed) -> None:
    with pytest.raises(NotPermitted):
        deed(counter, routes, rosters)


def test_routes_are_listed_as_people_count_and_those_given_up_last(counter: Counter, routes: Routes) -> None:
    for name, active in (("10号线", True), ("1号线", False), ("2号线", True)):
        routes.save(counter.manager, Route("", name, active))

    assert [route.name for route in routes.every()] == ["2号线", "10号线", "1号线"]


def test_the_next_day_is_one_on_which_the_canteen_is_open(counter: Counter, rosters: Rosters) -> None:
    Calendar(counter.stores, counter.clock).rule(counter.manager, Ruling(TUESDAY, opens=False, reason="停电"))

    assert rosters.next_day(MONDAY) == TUESDAY + timedelta(days=1)
