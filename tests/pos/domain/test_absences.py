"""Absences: what somebody is on a day follows from their days alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.domain.absences import STRONGEST_FIRST, Absence, BadAbsence, status_on
from pos.domain.members import MemberStatus

DAY = date(2026, 11, 23)
PAUSED, LEFT, DECEASED = MemberStatus.PAUSED, MemberStatus.LEFT, MemberStatus.DECEASED
WEEK = Absence("week", PAUSED, DAY, DAY + timedelta(days=6))


@pytest.mark.parametrize(
    ("after", "status"), [(-1, MemberStatus.ACTIVE), (0, PAUSED), (6, PAUSED), (7, MemberStatus.ACTIVE)]
)
def test_E3_a_pause_holds_from_its_first_to_its_last_day(after: int, status: MemberStatus) -> None:
    assert status_on((WEEK,), DAY + timedelta(days=after)) is status


def test_E3_of_several_absences_the_strongest_counts() -> None:
    left, died = Absence("left", LEFT, DAY), Absence("died", DECEASED, DAY + timedelta(days=2))

    days = [status_on((WEEK, left, died), DAY + timedelta(days=after)) for after in (0, 1, 2, 400)]

    assert days == [LEFT, LEFT, DECEASED, DECEASED]


def test_E3_the_words_stand_in_the_order_of_their_strength_as_the_store_counts_on() -> None:
    assert list(STRONGEST_FIRST) == sorted(STRONGEST_FIRST)


def test_who_has_no_absence_is_active() -> None:
    assert status_on((), DAY) is MemberStatus.ACTIVE


@pytest.mark.parametrize(("status", "last"), [(PAUSED, DAY - timedelta(days=1)), (DECEASED, DAY), (DECEASED, DAY + timedelta(days=9))])
def test_days_that_cannot_be_right_are_refused(status: MemberStatus, last: date) -> None:
    with pytest.raises(BadAbsence) as refused:
        Absence("x", status, DAY, last)

    assert (refused.value.first, refused.value.last) == (DAY.isoformat(), last.isoformat())


@pytest.mark.parametrize(
    ("first", "last", "touches"),
    [(-3, -1, False), (-3, 0, True), (6, 9, True), (7, 9, False), (-3, None, True), (7, None, False), (2, 3, True)],
)
def test_two_absences_touch_when_they_share_a_day(first: int, last: int | None, touches: bool) -> None:
    other = Absence("x", LEFT, DAY + timedelta(days=first), None if last is None else DAY + timedelta(days=last))

    assert (WEEK.touches(other), other.touches(WEEK)) == (touches, touches)
