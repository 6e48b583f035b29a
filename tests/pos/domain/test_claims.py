"""Claims: which lines are claimed, how they add up, what is odd about them, what is still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.absences import Absence
from pos.domain.claim_anomalies import MANY_A_MINUTE, Anomaly, AnomalyKind, Swipe, anomalies
from pos.domain.claim_figures import Figures, Group, GroupBy, Sum, age_band, figures_of
from pos.domain.claims import (
    Claim,
    ClaimLine,
    Head,
    Month,
    claim_hash,
    claimable,
    open_parts,
    read_line,
    total_of,
    write_line,
)
from pos.domain.members import MemberStatus
from pos.domain.pricing import Way
from tests.pos.domain.claim_lines import NOON_MS, meal, taken_back

CLAIM = Claim(
    id="c",
    seq=1,
    payer="city",
    payer_name="市民政局",
    names=(("town", "镇政府"),),
    canteen="幸福里",
    month=Month(2026, 11),
    lines=1,
    total=300,
    heads=(Head("A", 1, 7, "f" * 64),),
    staff_id="boss",
    staff_name="周敏",
    at_ms=NOON_MS,
    prev_hash="0" * 64,
)
MINUTE_MS = 60_000


def test_a_month_knows_its_days_and_its_neighbour() -> None:
    february = Month(2028, 2)

    assert (february.first, february.last, february.before) == (date(2028, 2, 1), date(2028, 2, 29), Month(2028, 1))
    assert (Month(2026, 1).before, Month.read(str(february)), Month.of(date(2028, 2, 9))) == (Month(2025, 12), february, february)
    assert Month(2025, 12) < Month(2026, 1) < Month(2026, 2)


def test_a_line_is_read_as_it_was_written() -> None:
    lines = (meal("A-1-000001"), taken_back(meal("A-1-000002", age=None, categories=()), date(2026, 12, 1)))

    assert tuple(read_line(write_line(line)) for line in lines) == lines


@pytest.mark.parametrize(
    "change",
    [
        {"total": 301},
        {"month": Month(2026, 10)},
        {"payer": "town"},
        {"payer_name": "区民政局"},
        {"names": ()},
        {"heads": (Head("A", 1, 8, "f" * 64),)},
        {"staff_name": "李桂兰"},
        {"at_ms": 1},
        {"prev_hash": "1" * 64},
        {"lines": 2},
        {"canteen": "x"},
    ],
    ids=str,
)
def test_the_hash_covers_everything_a_claim_says(change: dict[str, Any]) -> None:
    lines = [write_line(meal("1"))]

    assert claim_hash(replace(CLAIM, **change), lines) != claim_hash(CLAIM, lines)


@pytest.mark.parametrize("change", [{"amount": 301}, {"name": "李桂英"}, {"age": 83}, {"by_hand": True}, {"day": date(2026, 11, 3)}])
def test_the_hash_covers_every_line(change: dict[str, Any]) -> None:
    assert claim_hash(CLAIM, [write_line(meal("1"))]) != claim_hash(CLAIM, [write_line(meal("1", **change))])


def test_lines_come_by_day_and_corrections_last() -> None:
    early, late = meal("1"), meal("2", day=date(2026, 11, 9))
    correction = taken_back(meal("3", day=date(2026, 10, 30)), date(2026, 11, 2))

    assert claimable([correction, late, early]) == (early, late, correction)


def test_a_meal_undone_before_it_was_claimed_leaves_no_line() -> None:
    kept, undone = meal("1"), meal("2")

    assert claimable([kept, undone, taken_back(undone, undone.day)]) == (kept,)


def test_the_summary_counts_what_a_claim_holds() -> None:
    lines = (
        meal("1"),
        meal("2", member_id="li", name="李", age=71, categories=(), community="", way=Way.DELIVERY, amount=200, due=820),
        meal("3", day=date(2026, 11, 3), age=None),
        taken_back(meal("0", day=date(2026, 10, 30)), date(2026, 11, 2)),
    )

    figures = figures_of(lines)

    assert figures == Figures(
        whole=Sum(2, 2, 2_400, 1_540, 500),
        corrections=Sum(-1, 1, -1_200, -720, -300),
        person_days=3,
        delivered=Sum(1, 1, 1_200, 820, 200),
        groups=(
            (
                GroupBy.AGE,
                (
                    Group("", Sum(1, 1, 1_200, 720, 300)),
                    Group("70-79", Sum(1, 1, 1_200, 820, 200)),
                    Group("80-89", Sum(0, 1, 0, 0, 0)),
                ),
            ),
            (GroupBy.CATEGORY, (Group("", Sum(1, 1, 1_200, 820, 200)), Group("低保", Sum(1, 1, 1_200, 720, 300)))),
            (GroupBy.COMMUNITY, (Group("", Sum(1, 1, 1_200, 820, 200)), Group("幸福里", Sum(1, 1, 1_200, 720, 300)))),
            (GroupBy.WAY, (Group("delivery", Sum(1, 1, 1_200, 820, 200)), Group("dine_in", Sum(1, 1, 1_200, 720, 300)))),
        ),
    )


def test_each_meal_of_a_walk_in_is_somebodys() -> None:
    walk_ins = [meal(number, member_id="", name="") for number in ("1", "2", "3")]

    figures = figures_of([*walk_ins, meal("4"), meal("5")])

    assert (figures.whole.people, figures.person_days) == (4, 4)


@pytest.mark.parametrize(
    ("age", "band"), [(None, ""), (7, "0-59"), (59, "0-59"), (60, "60-69"), (79, "70-79"), (80, "80-89"), (90, "90+"), (104, "90+")]
)
def test_ages_stand_in_bands_of_ten(age: int | None, band: str) -> None:
    assert age_band(age) == band


LINES = st.builds(
    lambda number, age, categories, way, amount, back: _turned(
        meal(str(number), age=age, categories=categories, way=way, amount=amount, due=1_200 - amount, others=()), back
    ),
    st.integers(0, 10**6),
    st.none() | st.integers(0, 110),
    st.lists(st.sampled_from(["低保", "残疾", "特困"]), unique=True).map(lambda found: tuple(sorted(found))),
    st.sampled_from(Way),
    st.integers(0, 1_200),
    st.booleans(),
)


def _turned(line: ClaimLine, back: bool) -> ClaimLine:
    return taken_back(line, date(2026, 12, 1)) if back else line


@given(st.lists(LINES, max_size=30))
def test_M12_month_totals_equal_the_sum_of_the_meals_however_they_are_grouped(lines: list[ClaimLine]) -> None:
    figures = figures_of(lines)

    for kind in GroupBy:
        groups = figures.by(kind)
        assert sum(group.sum.amount for group in groups) == total_of(lines) == figures.whole.amount
        assert sum(group.sum.due for group in groups) == sum(line.due for line in lines)
        assert sum(group.sum.meals for group in groups) == figures.whole.meals
    assert all(line.list_price == line.due + line.amount + sum(part for _payer, part in line.others) for line in lines)


def _odd(lines: list[ClaimLine], swipes: list[Swipe], **facts: Any) -> list[Anomaly]:
    absences: dict[str, Absence] = facts.get("absent", {})
    closed: set[date] = facts.get("closed", set())

    def status_on(member_id: str, day: date) -> str:
        absence = absences.get(member_id)
        return absence.status if absence and absence.covers(day) else ""

    return list(anomalies(lines, swipes, status_on, closed.__contains__))


def _swipe(number: str, at_ms: int = NOON_MS, till: str = "A", member: str = "wang") -> Swipe:
    return Swipe(number, member, "王秀英", at_ms, till)


@pytest.mark.parametrize(("apart_ms", "till", "odd"), [(MINUTE_MS, "B", 1), (11 * MINUTE_MS, "B", 0), (MINUTE_MS, "A", 0)])
def test_the_same_person_at_two_tills_within_minutes_is_asked_about(apart_ms: int, till: str, odd: int) -> None:
    lines = [meal("1")]

    found = _odd(lines, [_swipe("1"), _swipe("2", NOON_MS + apart_ms, till)])

    expected = Anomaly(AnomalyKind.TWO_PLACES, date(2026, 11, 2), NOON_MS, "A", ("王秀英",), ("1", "2"), "B")
    assert found == [expected] * odd


def test_many_swipes_in_a_minute_are_one_stack_of_cards() -> None:
    stack = [_swipe(str(number), NOON_MS + number * 5_000, member=str(number)) for number in range(MANY_A_MINUTE + 5)]
    queue = [_swipe(f"q{number}", NOON_MS + 10**7 + number * 7_000, member=str(number)) for number in range(30)]

    found = _odd([meal("3"), meal("q3")], [*queue, *stack])

    assert [(one.kind, one.at_ms, len(one.numbers), one.detail) for one in found] == [
        (AnomalyKind.MANY_SWIPES, NOON_MS, MANY_A_MINUTE + 5, str(MANY_A_MINUTE + 5))
    ]


def test_swipes_of_whom_nothing_is_claimed_are_not_this_payers_question() -> None:
    stack = [_swipe(str(number), NOON_MS + number * 1_000, member=str(number)) for number in range(20)]

    assert _odd([meal("x")], stack) == []


@pytest.mark.parametrize(
    ("absence", "odd"),
    [
        (Absence("x", MemberStatus.DECEASED, date(2026, 11, 1)), "deceased"),
        (Absence("x", MemberStatus.PAUSED, date(2026, 10, 1), date(2026, 11, 2)), "paused"),
        (Absence("x", MemberStatus.PAUSED, date(2026, 10, 1), date(2026, 11, 1)), None),
        (Absence("x", MemberStatus.DECEASED, date(2026, 11, 3)), None),
    ],
)
def test_meals_of_the_deceased_and_the_paused_are_asked_about(absence: Absence, odd: str | None) -> None:
    found = _odd([meal("1")], [], absent={"wang": absence})

    assert [(one.kind, one.detail) for one in found] == ([(AnomalyKind.NOT_ACTIVE, odd)] if odd else [])


def test_K8_a_meal_on_a_day_when_the_canteen_was_closed_is_asked_about() -> None:
    found = _odd([meal("1"), meal("2", day=date(2026, 11, 3))], [], closed={date(2026, 11, 3)})

    assert [(one.kind, one.day, one.numbers) for one in found] == [(AnomalyKind.CLOSED_DAY, date(2026, 11, 3), ("2",))]


def test_a_meal_charged_by_name_without_a_card_is_asked_about() -> None:
    found = _odd([meal("1"), meal("2", by_hand=True)], [])

    assert [(one.kind, one.numbers) for one in found] == [(AnomalyKind.BY_HAND, ("2",))]


def test_a_correction_is_nothing_odd() -> None:
    found = _odd([taken_back(meal("1", by_hand=True), date(2026, 12, 1))], [], closed={date(2026, 11, 2)})

    assert found == []


def test_money_pays_the_oldest_claim_first() -> None:
    claims = [replace(CLAIM, id=str(seq), seq=seq, total=total) for seq, total in ((1, 300), (2, 500), (3, -100), (4, 200))]

    opens = [open_parts(claims, paid) for paid in (0, 300, 450, 800, 900)]

    assert opens == [
        {"1": 300, "2": 500, "3": 0, "4": 100},
        {"1": 0, "2": 500, "3": 0, "4": 100},
        {"1": 0, "2": 350, "3": 0, "4": 100},
        {"1": 0, "2": 0, "3": 0, "4": 100},
        {"1": 0, "2": 0, "3": 0, "4": 0},
    ]
