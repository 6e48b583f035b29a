"""Routes: times as they are typed, notes that tell nothing, and routes that are walked by one volunteer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.discreet import diet_code, telling
from pos.domain.menu import Meal
from pos.domain.routes import (
    DeliveryNote,
    EatenBeforeCooked,
    NoteTells,
    NoteTooLong,
    NoTimeOfDay,
    Run,
    checked_note,
    checked_times,
    merged,
    time_of_day,
    walked_by,
)
from tests.pos.domain.deliveries_made_up import CHEN, TUESDAY


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("10:30", "10:30"), ("1030", "10:30"), ("9.05", "09:05"), ("１０：３０", "10:30"), (" 10 : 30 ", "10:30"), ("930", "09:30"), ("", ""), ("23:59", "23:59")],
)
def test_a_time_is_understood_as_it_is_typed(typed: str, kept: str) -> None:
    assert time_of_day(typed) == kept


@pytest.mark.parametrize("typed", ["24:00", "10:60", "十点半", "10", "10:3", "-1:00", "25"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(NoTimeOfDay) as refused:
        time_of_day(typed)

    assert refused.value.text == typed


@pytest.mark.parametrize(
    ("cooked", "eaten", "kept"),
    [("10:30", "", ("10:30", "12:30")), ("10:30", "11:45", ("10:30", "11:45")), ("", "", ("", "")), ("", "12:00", ("", "12:00")), ("23:00", "", ("23:00", "23:59"))],
)
def test_without_another_word_a_meal_is_eaten_within_two_hours(cooked: str, eaten: str, kept: tuple[str, str]) -> None:
    assert checked_times(cooked, eaten) == kept


def test_nothing_is_eaten_before_it_is_cooked() -> None:
    with pytest.raises(EatenBeforeCooked):
        checked_times("11:00", "10:59")


@pytest.mark.parametrize("note", ["耳背", "敲门重", "放门口", "按两次门铃，等一会儿", "狗", "儿子代收 12 点后", "腿脚慢请多等"])
def test_a_note_says_what_to_do_at_the_door(note: str) -> None:
    assert checked_note(DeliveryNote(f"  {note}\n", in_person=True)) == DeliveryNote(note, in_person=True)


@pytest.mark.parametrize(
    ("note", "words"),
    [("独居，耳背", "独居"), ("糖 尿 病", "糖尿病"), ("回族，不吃猪肉", "回族"), ("低保户", "低保"), ("身份证999999194002030000", "999999194002030000"), ("心脏病、中风", "心脏病、中风")],
)
def test_a_note_that_tells_of_illness_faith_poverty_or_living_alone_is_refused(note: str, words: str) -> None:
    with pytest.raises(NoteTells) as refused:
        checked_note(DeliveryNote(note))

    assert refused.value.words == words


def test_a_note_fits_on_the_roster() -> None:
    assert checked_note(DeliveryNote("门" * 40)).text == "门" * 40
    with pytest.raises(NoteTooLong):
        checked_note(DeliveryNote("门" * 41))


@pytest.mark.parametrize(
    ("diet", "code"),
    [("软食", "软食"), ("无猪", "无猪"), ("清真", "清"), ("回民餐", "清"), ("糖尿病餐", "低糖"), ("花生过敏", "不吃花生"), ("对虾过敏", "不吃虾"), ("肝炎隔离餐", "特餐"), ("不吃香菜", "不吃香菜"), ("高血压", "低盐"), ("血糖偏高", "低糖"), ("低血糖", "特餐"), ("不吃猪肉血糖高", "特餐")],
)
def test_paper_says_a_diet_by_a_code_that_tells_nothing(diet: str, code: str) -> None:
    assert diet_code(diet) == code
    assert telling(code) == ()


def test_a_volunteer_comes_on_the_days_that_are_theirs() -> None:
    assert CHEN.comes_on(TUESDAY)
    assert not CHEN.comes_on(TUESDAY.replace(day=27))


def run(route_id: str, into: str = "") -> Run:
    return Run(route_id, TUESDAY, Meal.LUNCH, merged_into=into)


def after(runs: dict[str, Run], route_id: str, into: str) -> dict[str, str]:
    changed = merged(runs, runs.get(route_id, run(route_id)), into)
    return {**{key: one.merged_into for key, one in runs.items()}, **{one.route_id: one.merged_into for one in changed}}


@pytest.mark.parametrize(
    ("before", "route_id", "into", "expected"),
    [
        ({}, "a", "b", {"a": "b"}),
        ({"a": "b"}, "a", "", {"a": ""}),
        ({"a": "b"}, "b", "c", {"a": "c", "b": "c"}),
        ({"b": "c"}, "a", "b", {"a": "c", "b": "c"}),
        ({"a": "b"}, "b", "a", {"a": "", "b": "a"}),
        ({}, "a", "a", {"a": ""}),
    ],
)
def test_who_walks_two_routes_walks_one_list(before: dict[str, str], route_id: str, into: str, expected: dict[str, str]) -> None:
    runs = {key: run(key, to) for key, to in before.items()}

    assert after(runs, route_id, into) == expected


ROUTES = ("a", "b", "c", "d")


@given(st.dictionaries(st.sampled_from(ROUTES), st.sampled_from(["", *ROUTES, "gone"])), st.sets(st.sampled_from(ROUTES), min_size=1))
def test_every_route_is_walked_by_one_that_is_walked_by_itself(into: dict[str, str], walked: set[str]) -> None:
    runs = {key: run(key, to) for key, to in into.items()}

    for route_id in walked:
        by = walked_by(route_id, runs, walked)
        assert by in walked
        if not any(to in walked for to in into.values()):
            assert by == route_id
