"""Cases: the ladder, what ends one, and when two missed meals are an alarm."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.domain.cases import LADDER, Case, CaseKind, CaseStep, ReservedMeal, StepTaken, alarming
from pos.domain.menu import Meal

DAY = date(2026, 11, 24)


def meals(told: str) -> list[ReservedMeal]:
    """'x.' is a missed meal and one that was had; lunch and dinner of a day, and so on."""
    return [
        ReservedMeal(f"r{at}", DAY + timedelta(days=at // 2), (Meal.LUNCH, Meal.DINNER)[at % 2], one == ".")
        for at, one in enumerate(told)
    ]


@pytest.mark.parametrize(
    ("told", "last"),
    [("", None), ("x", None), ("x.", None), ("x.x", None), ("xx", "r1"), (".xx", "r2"), ("xx.", None), ("xxx", "r2"), ("xx.xx", "r4")],
)
def test_two_missed_meals_in_a_row_are_an_alarm(told: str, last: str | None) -> None:
    found = alarming(meals(told))

    assert (found and found.reservation_id) == last


@pytest.mark.parametrize(
    ("after", "last"),
    [((DAY, Meal.BREAKFAST), "r3"), ((DAY, Meal.DINNER), "r3"), ((DAY + timedelta(days=1), Meal.LUNCH), None), ((DAY + timedelta(days=1), Meal.DINNER), None)],
)
def test_meals_up_to_a_sign_of_life_do_not_count(after: tuple[date, Meal], last: str | None) -> None:
    found = alarming(meals("xxxx"), after)

    assert (found and found.reservation_id) == last


def case_with(*steps: CaseStep) -> Case:
    taken = tuple(StepTaken(str(at), "case", step, at, "boss", "周敏") for at, step in enumerate(steps))
    return Case("case", "wang", "王秀英", "r", DAY, Meal.LUNCH, CaseKind.NO_ANSWER, 0, "boss", "周敏", taken)


def test_the_next_step_is_one_rung_above_the_highest_that_was_taken() -> None:
    asked = [case_with(*LADDER[:number]).next_step for number in range(5)]

    assert asked == [*LADDER, CaseStep.FOUND_WELL]
    assert case_with(CaseStep.CALLED_COMMUNITY, CaseStep.CALLED).next_step is CaseStep.CALLED_EMERGENCY


def test_only_an_outcome_ends_a_case() -> None:
    ended = {step for step in CaseStep if case_with(step).outcome is not None}

    assert ended == {CaseStep.FOUND_WELL, CaseStep.IN_HOSPITAL, CaseStep.WAS_AWAY, CaseStep.OTHER}
