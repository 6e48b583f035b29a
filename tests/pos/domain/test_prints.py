"""How a list differs from the printed one."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.menu import Meal
from pos.domain.prints import Changes, Print, PrintKind, changes

LISTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["软食", "", "低盐"]))


def test_K1_a_list_differs_by_what_came_went_and_reads_otherwise() -> None:
    before = {"wang": "套餐", "li": "套餐 软食", "zhao": "套餐"}
    now = {"zhao": "套餐", "new": "套餐", "wang": "套餐 低盐"}

    assert changes(before, now) == Changes(added=("new",), gone=("li",), changed=("wang",))


@given(LISTS, LISTS)
def test_a_list_with_its_changes_is_the_list_of_now(before: dict[str, str], now: dict[str, str]) -> None:
    found = changes(before, now)

    changed = {one: now[one] for one in (*found.added, *found.changed)}
    assert {one: line for one, line in (before | changed).items() if one not in found.gone} == now
    assert (len(found) == 0) is (before == now)


def test_what_a_print_says_is_in_no_log() -> None:
    printed = Print(
        PrintKind.ROSTER, "route", date(2026, 3, 3), Meal.LUNCH, 2, 0, "周敏", {"wang": "王*英 2号楼"}
    )

    assert "王" not in repr(printed)
