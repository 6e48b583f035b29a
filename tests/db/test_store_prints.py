"""Versions of printed lists on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

from db.store import SqlStores
from pos.domain.menu import Meal
from pos.domain.prints import Print, PrintKind
from tests.made_up import BOSS, NOON_MS, TODAY, found_canteen

TOMORROW = date(2026, 3, 3)
LINES = {"zhao": "赵*国 套餐", "b": "", "a": "“𬭎” 软食"}


def _printed(
    stores: SqlStores, kind: PrintKind, subject: str, day: date, meal: Meal, lines: dict[str, str]
) -> Print:
    with stores.write() as store:
        return store.prints.add(kind, subject, day, meal, NOON_MS, BOSS.id, lines)


def test_a_print_comes_back_in_its_order(stores: SqlStores) -> None:
    found_canteen(stores)

    printed = _printed(stores, PrintKind.KITCHEN, "", TOMORROW, Meal.LUNCH, LINES)

    expected = Print(PrintKind.KITCHEN, "", TOMORROW, Meal.LUNCH, 1, NOON_MS, BOSS.name, LINES)
    with stores.read() as store:
        found = [
            store.prints.latest(PrintKind.KITCHEN, "", TOMORROW, Meal.LUNCH),
            store.prints.get(printed.id),
        ]
        none = store.prints.get("kitchen/2026-03-03/lunch/2/")
    assert [printed, *found] == [expected] * 3
    assert [list(one.lines) for one in found if one] == [list(LINES)] * 2
    assert none is None


def test_versions_count_by_kind_subject_day_and_meal(stores: SqlStores) -> None:
    found_canteen(stores)
    kitchen, roster, labels = PrintKind.KITCHEN, PrintKind.ROSTER, PrintKind.LABELS
    lists = [
        (kitchen, "", TOMORROW, Meal.LUNCH),
        (kitchen, "", TOMORROW, Meal.LUNCH),
        (kitchen, "", TOMORROW, Meal.DINNER),
        (kitchen, "", TODAY, Meal.LUNCH),
        (roster, "east", TOMORROW, Meal.LUNCH),
        (roster, "west", TOMORROW, Meal.LUNCH),
        (roster, "east", TOMORROW, Meal.LUNCH),
        (labels, "east", TOMORROW, Meal.LUNCH),
    ]

    printed = [_printed(stores, *one, {"at": str(number)}) for number, one in enumerate(lists)]

    with stores.read() as store:
        rosters = store.prints.latest_of(roster, TOMORROW, Meal.LUNCH)
        kitchens = store.prints.latest_of(kitchen, TOMORROW, Meal.LUNCH)
        none = store.prints.latest_of(roster, TODAY, Meal.LUNCH)
    assert [one.version for one in printed] == [1, 2, 1, 1, 1, 1, 2, 1]
    assert rosters == {"east": printed[6], "west": printed[5]}
    assert (kitchens, none) == ({"": printed[1]}, {})


def test_two_tills_that_print_at_once_make_two_versions(stores: SqlStores) -> None:
    found_canteen(stores)
    start = Barrier(4)

    def run(number: int) -> int:
        start.wait(timeout=10)
        return _printed(stores, PrintKind.KITCHEN, "", TOMORROW, Meal.LUNCH, {"at": str(number)}).version

    with ThreadPoolExecutor(4) as threads:
        versions = sorted(threads.map(run, range(4)))

    assert versions == [1, 2, 3, 4]
