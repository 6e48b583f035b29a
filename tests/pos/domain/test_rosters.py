"""Rosters: nobody is left out, the order is that of the walk, and what the paper says wrong is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.address import NOWHERE, Address
from pos.domain.bill import Way
from pos.domain.box_labels import labels_of, packed
from pos.domain.kitchen import count, plate_of
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.prints import Print, PrintKind
from pos.domain.reservations import State
from pos.domain.rosters import News, Roster, Stop, Totals, shown_phone
from pos.domain.routes import DeliveryNote, Place, Recipient, Route, Run
from tests.pos.domain.deliveries_made_up import (
    CHEN,
    ONE,
    RICE,
    SET_MEAL,
    SOFT_SET,
    TUESDAY,
    TWO,
    carried,
    decided,
    ordered,
    recipient,
)

CLOSED = Route("r9", "9号线", active=False)


def names(roster: Roster | None) -> list[str]:
    return [stop.name for stop in roster.stops] if roster else []


def at(building: str, door: str = "101", estate: str = "幸福里") -> Address:
    return Address(estate, building, "", "", door)


def printed(roster: Roster, version: int = 1) -> Print:
    return Print(PrintKind.ROSTER, roster.id, TUESDAY, Meal.LUNCH, version, 0, "周敏", roster.lines)


# -- nobody is left out -------------------------------------------------------------------------------


def test_K4_who_has_no_route_comes_first_and_of_them_first_who_has_no_address() -> None:
    people = (
        recipient("甲", at("1号楼"), Place("r1")),
        recipient("乙", at("9号楼")),
        recipient("丙", NOWHERE),
        recipient("丁", at("1号楼"), Place("r9")),
    )

    found = carried(people, decided(ONE, CLOSED))

    assert names(found.loose) == ["丙", "丁", "乙"]
    assert found.every == (found.loose, *found.rosters)
    assert names(found.rosters[0]) == ["甲"]


def test_K4_who_has_a_route_and_no_address_comes_first_on_it_whatever_the_order() -> None:
    people = (
        recipient("甲", at("1号楼"), Place("r1", 1)),
        recipient("乙", NOWHERE, Place("r1", 2)),
        recipient("丙", NOWHERE, Place("r1")),
    )

    (roster, _two) = carried(people).rosters

    assert names(roster) == ["乙", "丙", "甲"]
    assert [(stop.number, stop.lacks_address) for stop in roster.stops] == [(1, True), (2, True), (3, False)]


def test_an_address_without_a_building_comes_last_in_its_estate_and_stays() -> None:
    people = (
        recipient("甲", at("", "平房3号"), Place("r1")),
        recipient("乙", at("10号楼"), Place("r1")),
        recipient("丙", at("2号楼"), Place("r1")),
        recipient("丁", at("1号楼", estate="幸福里东区"), Place("r1")),
    )

    (roster, _two) = carried(people).rosters

    assert names(roster) == ["丙", "乙", "甲", "丁"]


def test_a_route_without_stops_is_a_roster_without_stops() -> None:
    found = carried(())

    assert [(one.id, one.stops) for one in found.rosters] == [("r1", ()), ("r2", ())]
    assert found.every == found.rosters
    assert found.totals == Totals()


STATES = st.sampled_from(State)
DISHES = st.lists(st.sampled_from([SET_MEAL, SOFT_SET, RICE, replace(SET_MEAL, quantity=3)]), min_size=1, max_size=3)
ROUTES = st.sampled_from(["", "r1", "r2", "r3", "gone", "r9"])
PLACES = st.builds(Place, ROUTES, st.integers(0, 4))
ADDRESSES = st.builds(Address, st.sampled_from(["", "幸福里", "东关"]), st.sampled_from(["", "2号楼", "10号楼"]), st.just(""), st.just(""), st.sampled_from(["", "101", "402"]))
RUNS = st.dictionaries(
    st.sampled_from(["r1", "r2", "r3", "r9"]),
    st.builds(lambda into: Run("", TUESDAY, Meal.LUNCH, merged_into=into), st.sampled_from(["", "r1", "r2", "r3", "r9", "gone"])),
)


@given(st.lists(st.tuples(ADDRESSES, PLACES, PLACES, DISHES, STATES, st.sampled_from(MemberStatus), st.sampled_from(Way), st.lists(st.sampled_from(["软食", "低盐"]), unique=True)), max_size=12), RUNS)
@settings(max_examples=300)
def test_whatever_is_decided_the_lists_together_carry_what_the_kitchen_cooks_for_delivery(
    people: list[tuple[Address, Place, Place, list[object], State, MemberStatus, Way, list[str]]], runs: dict[str, Run]
) -> None:
    known = [recipient(f"m{number}", where, usual, today, diets) for number, (where, usual, today, *_r, diets) in enumerate(people)]
    meals = [
        ordered(who, *portions, way=way, state=state, status=status)  # type: ignore[arg-type]
        for who, (_w, _u, _t, portions, state, status, way, _d) in zip(known, people, strict=True)
    ]
    cooked = [plate_of(one, {}, closed=False) for one in meals if one.state is not State.CANCELLED]
    counts = count(cooked, ())

    found = carried(known, decided(ONE, TWO, Route("r3", "3号线"), CLOSED, runs=runs), meals)

    delivered = tuple(Way).index(Way.DELIVERY)
    expected = {
        plate.id for plate in cooked if plate.way is Way.DELIVERY and plate.not_cooked is None
    }
    carried_ids = [stop.id for roster in (found.loose, *found.rosters) for stop in roster.stops]
    assert sorted(carried_ids) == sorted(expected)
    assert found.totals.stops == len(expected)
    assert found.totals.boxes == counts.meals.by_way[delivered]
    in_sets = {one.name: one.by_way[delivered] for one in counts.sets if one.by_way[delivered]}
    assert {name: number for name, number in found.totals.dishes if name in in_sets} == in_sets
    assert dict(found.totals.diets).get("", 0) == counts.ordinary.by_way[delivered]
    assert sum(boxes for _diet, boxes in found.totals.diets) == found.totals.boxes


def test_meals_that_are_cancelled_or_whose_member_is_away_are_carried_to_nobody() -> None:
    people = tuple(recipient(name, usual=Place("r1")) for name in "甲乙丙丁")
    meals = (
        ordered(people[0], state=State.CANCELLED),
        ordered(people[1], status=MemberStatus.PAUSED),
        ordered(people[2], way=Way.TAKE_AWAY),
        ordered(people[3], state=State.SERVED),
    )

    found = carried(people, meals=meals)

    assert [names(roster) for roster in found.every] == [["丁"], []]


# -- order --------------------------------------------------------------------------------------------


def test_where_nobody_ordered_them_building_2_comes_before_building_10() -> None:
    people = tuple(recipient(one, at(one), Place("r1")) for one in ("10号楼", "二十号楼", "2号楼", "1号楼"))

    assert names(carried(people).rosters[0]) == ["1号楼", "2号楼", "10号楼", "二十号楼"]


def test_a_newcomer_walks_beside_the_neighbours_and_not_at_the_end() -> None:
    people = (
        recipient("甲", at("10号楼", "101"), Place("r1", 1)),
        recipient("乙", at("2号楼", "301"), Place("r1", 2)),
        recipient("丙", at("2号楼", "101"), Place("r1", 3)),
        recipient("丁", at("9号楼", estate="东关"), Place("r1", 4)),
        recipient("新", at("2号楼", "201"), Place("r1")),
        recipient("生", at("10号楼", "050"), Place("r1")),
        recipient("外", at("1号楼", estate="西关"), Place("r1")),
    )

    assert names(carried(people).rosters[0]) == ["生", "甲", "乙", "丙", "新", "丁", "外"]


def test_an_order_for_today_goes_before_the_usual_one() -> None:
    people = (
        recipient("甲", at("1号楼"), Place("r1", 1), Place("", 3)),
        recipient("乙", at("2号楼"), Place("r1", 2), Place("", 1)),
        recipient("丙", at("3号楼"), Place("r1", 3)),
    )

    (roster, _two) = carried(people).rosters

    assert names(roster) == ["乙", "甲", "丙"]
    assert roster.ordered_today


def test_who_goes_by_another_route_today_stands_on_that_one_alone() -> None:
    people = (
        recipient("甲", at("1号楼"), Place("r1", 1), Place("r2")),
        recipient("乙", at("2号楼"), Place("r2", 1)),
        recipient("丙", at("3号楼"), today=Place("r1")),
    )

    found = carried(people)

    assert names(found.loose) == []
    assert [names(roster) for roster in found.rosters] == [["丙"], ["甲", "乙"]]


def test_two_routes_of_one_volunteer_are_one_list_the_main_route_first() -> None:
    people = (recipient("甲", at("1号楼"), Place("r1")), recipient("乙", at("9号楼"), Place("r2")), recipient("丙", at("2号楼"), Place("r2")))
    runs = {"r1": Run("r1", TUESDAY, Meal.LUNCH, merged_into="r2"), "r2": Run("r2", TUESDAY, Meal.LUNCH, "chen")}

    (roster,) = carried(people, decided(runs=runs)).rosters

    assert (roster.route, roster.along, roster.volunteer) == (TWO, (ONE,), CHEN)
    assert names(roster) == ["丙", "乙", "甲"]


# -- what the paper says wrong ------------------------------------------------------------------------

PEOPLE = tuple(recipient(name, at(f"{number}号楼"), Place("r1")) for number, name in enumerate("甲乙丙丁", 1))


def news_of(roster: Roster) -> list[tuple[str, int, News | None]]:
    return [(stop.name, stop.number, stop.news) for stop in roster.stops]


def test_a_paper_that_says_what_is_so_is_not_out_of_date() -> None:
    paper = printed(carried(PEOPLE).rosters[0])

    again = carried(PEOPLE, decided(printed={"r1": paper})).rosters[0]

    assert (again.out_of_date, again.news, again.printed) == (False, 0, paper)


def test_K1_a_cancelled_stop_stays_where_it_stood_struck_out_and_counts_for_nothing() -> None:
    paper = printed(carried(PEOPLE).rosters[0])
    meals = [ordered(PEOPLE[0]), ordered(PEOPLE[1], state=State.CANCELLED), ordered(PEOPLE[2]), ordered(PEOPLE[3], SOFT_SET)]

    roster = carried(PEOPLE, decided(printed={"r1": paper}), meals).rosters[0]

    assert news_of(roster) == [("甲", 1, None), ("乙", 0, News.GONE), ("丙", 2, None), ("丁", 3, News.CHANGED)]
    assert (roster.out_of_date, roster.news) == (True, 2)
    assert [stop.name for stop in roster.standing] == ["甲", "丙", "丁"]


def test_what_was_never_printed_is_no_news() -> None:
    meals = [ordered(PEOPLE[0]), ordered(PEOPLE[1], state=State.CANCELLED)]

    roster = carried(PEOPLE, meals=meals).rosters[0]

    assert news_of(roster) == [("甲", 1, None)]
    assert not roster.out_of_date


def test_a_stop_that_goes_by_another_route_is_gone_from_one_paper_and_new_on_the_other() -> None:
    before = carried(PEOPLE).rosters
    papers = {roster.id: printed(roster) for roster in before}
    moved = (replace(PEOPLE[0], today=Place("r2")), *PEOPLE[1:])

    first, second = carried(moved, decided(printed=papers)).rosters

    assert news_of(first)[0] == ("甲", 0, News.GONE)
    assert news_of(second) == [("甲", 1, News.ADDED)]


@pytest.mark.parametrize(
    ("about", "people"),
    [
        ({"runs": {"r1": Run("r1", TUESDAY, Meal.LUNCH, "chen")}}, PEOPLE),
        ({"runs": {"r1": Run("r1", TUESDAY, Meal.LUNCH, cooked_at="10:30")}}, PEOPLE),
        ({"runs": {"r2": Run("r2", TUESDAY, Meal.LUNCH, merged_into="r1")}}, PEOPLE),
        ({}, (replace(PEOPLE[0], today=Place("", 4)), *(replace(one, today=Place("", at)) for at, one in enumerate(PEOPLE[1:], 1)))),
        ({}, (replace(PEOPLE[0], note=DeliveryNote("敲门重")), *PEOPLE[1:])),
        ({}, (replace(PEOPLE[0], note=DeliveryNote("", in_person=True)), *PEOPLE[1:])),
        ({}, (replace(PEOPLE[0], phone="13899995555"), *PEOPLE[1:])),
        ({}, (replace(PEOPLE[0], address=at("8号楼")), *PEOPLE[1:])),
        ({}, (replace(PEOPLE[0], diets=("软食",)), *PEOPLE[1:])),
    ],
)
def test_whatever_the_paper_shows_makes_it_out_of_date_when_it_changes(about: dict[str, object], people: tuple[Recipient, ...]) -> None:
    paper = printed(carried(PEOPLE).rosters[0])

    roster = carried(people, decided(printed={"r1": paper}, **about)).rosters[0]

    assert roster.out_of_date


def test_the_paper_of_a_route_that_was_merged_into_another_is_void() -> None:
    papers = {roster.id: printed(roster) for roster in carried(PEOPLE).rosters}
    runs = {"r1": Run("r1", TUESDAY, Meal.LUNCH, merged_into="r2")}

    (roster,) = carried(PEOPLE, decided(printed=papers, runs=runs)).rosters

    assert (roster.id, roster.void) == ("r2", (papers["r1"],))


def test_a_version_keeps_nothing_about_the_people_on_it() -> None:
    lines = carried(PEOPLE).rosters[0].lines

    text = repr(lines)
    assert [word for word in ("甲-", "幸福里", "1234", "套餐", "号线") if word in text.replace("甲-meal", "")] == []
    assert list(lines) == ["", "甲-meal", "乙-meal", "丙-meal", "丁-meal"]


# -- a stop -------------------------------------------------------------------------------------------


def test_a_stop_says_what_a_volunteer_needs_and_no_more() -> None:
    who = recipient("王秀英", usual=Place("r1"), diets=("花生过敏", "清真", "软食", "糖尿病餐"), note=DeliveryNote("放门口", in_person=True))

    (stop,) = carried((who,)).rosters[0].stops

    assert stop == Stop(
        "王秀英-meal", "王秀英", "王秀英", "*1234", who.address, ("不吃花生", "清", "软食", "低糖"), "放门口", True, "", (SET_MEAL,), 1
    )


@pytest.mark.parametrize(
    ("phone", "whole", "shown"),
    [("13800001234", False, "*1234"), ("13800001234", True, "13800001234"), ("1234", False, "1234"), ("", False, "")],
)
def test_a_telephone_number_is_shown_whole_only_where_the_canteen_says_so(phone: str, whole: bool, shown: str) -> None:
    assert shown_phone(phone, whole=whole) == shown


def test_400_stops_stand_on_one_roster_in_order() -> None:
    people = [recipient(f"m{number}", at(f"{number // 20 + 1}号楼", str(100 + number % 20)), Place("r1")) for number in range(400)]

    (roster, _two) = carried(people).rosters

    assert [stop.number for stop in roster.stops] == list(range(1, 401))
    assert names(roster) == [f"m{number}" for number in range(400)]


# -- labels -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("portions", "boxes"),
    [
        ((SET_MEAL,), [("一荤两素套餐", (("红烧肉", 1), ("清炒白菜", 1)))]),
        ((replace(SOFT_SET, quantity=2),), [("软食套餐", ()), ("软食套餐", ())]),
        ((RICE, replace(SOFT_SET, quantity=2)), [("软食套餐", (("米饭", 1),)), ("软食套餐", ())]),
        ((RICE, replace(RICE, name="红烧肉", kind=DishKind.MEAT, quantity=2)), [("", (("米饭", 1), ("红烧肉", 2)))]),
    ],
)
def test_each_set_meal_has_its_box_and_what_comes_beside_it_is_in_the_first(portions: tuple[object, ...], boxes: list[object]) -> None:
    assert list(packed(portions)) == boxes  # type: ignore[arg-type]


@given(DISHES)
def test_there_are_as_many_labels_as_boxes(dishes: list[object]) -> None:
    who = recipient("王秀英", usual=Place("r1"))
    (roster, _two) = carried((who,), meals=[ordered(who, *dishes)]).rosters  # type: ignore[arg-type]

    labels = labels_of(roster, roster.standing, "1a2b3c4d")

    assert [(one.box, one.boxes) for one in labels] == [(number, roster.stops[0].boxes) for number in range(1, roster.stops[0].boxes + 1)]


def test_a_label_names_the_neighbour_by_a_short_name_and_the_door() -> None:
    who = recipient("王秀英", usual=Place("r1"), diets=("低盐",))
    run = Run("r1", TUESDAY, Meal.LUNCH, "chen", "3", "10:30", "12:30")
    (roster, _two) = carried((replace(who, member_id="m"),), decided(runs={"r1": run})).rosters

    (label,) = labels_of(roster, roster.standing, "1a2b3c4d")

    assert (label.name, label.estate, label.door, label.diets) == ("王*英", "幸福里", "2号楼3单元402", ("低盐",))
    assert (label.dish, label.route, label.cooked_at, label.eat_by) == ("一荤两素套餐", "1号线", "10:30", "12:30")
    assert label.code == "STOP-1A2B3C4D-M-MEAL"


def test_labels_are_wanted_for_what_is_new_and_for_all_when_the_times_change() -> None:
    first = carried(PEOPLE[:2]).rosters[0]
    labelled = Print(PrintKind.LABELS, "r1", TUESDAY, Meal.LUNCH, 1, 0, "周敏", first.label_lines)

    more = carried(PEOPLE[:3], decided(labelled={"r1": labelled})).rosters[0]
    later = carried(PEOPLE[:2], decided(labelled={"r1": labelled}, runs={"r1": Run("r1", TUESDAY, Meal.LUNCH, cooked_at="10:30")})).rosters[0]

    assert [stop.name for stop in first.unlabelled] == ["甲", "乙"]
    assert [stop.name for stop in more.unlabelled] == ["丙"]
    assert [stop.name for stop in later.unlabelled] == ["甲", "乙"]
