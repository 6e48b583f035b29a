"""Pausing, leaving, dying: listed before it is saved, and what a sale makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.absences import Absence, AbsenceReason, Affected
from pos.domain.cards import CardUid
from pos.domain.errors import MemberNotActive, MemberUnknown, NotPermitted
from pos.domain.members import Card, MemberStatus
from pos.services.standing import Standing
from tests.pos.services.counter import MONDAY, Counter, refused, rows_of

CARD = CardUid("01026F6C3A")
WEEK = Absence("week", MemberStatus.PAUSED, MONDAY, MONDAY + timedelta(days=6), AbsenceReason.HOSPITAL)


def standing(counter: Counter) -> Standing:
    return Standing(counter.stores, counter.clock, "A")


@pytest.mark.parametrize("status", [MemberStatus.PAUSED, MemberStatus.LEFT, MemberStatus.DECEASED])
def test_E3_what_an_absence_touches_is_listed_before_it_is_saved(counter: Counter, status: MemberStatus) -> None:
    member = counter.enrol("王䶮", date(1944, 11, 23), CARD)
    counter.top_up(member, 20_000)
    sale = counter.sell(member)
    standing(counter).begin(counter.manager, member.id, WEEK)
    absence = Absence("x", status, MONDAY)

    affected = standing(counter).affected(member.id, absence)

    principal, bonus = counter.wallet(member)
    assert affected == Affected("王䶮", principal, bonus, 0, Card(CARD, member.id), (WEEK,), 1)
    assert principal + bonus == 22_000 - sale.bill.due
    assert counter.count("absences") == 1


def test_E3_meals_that_were_undone_or_lie_on_other_days_are_not_touched(counter: Counter) -> None:
    member = counter.rich()
    sale = counter.sell(member)
    counter.checkout.undo(counter.cashier, "undo", sale.id)
    counter.sell(member, again=True)

    counted = [
        standing(counter).affected(member.id, Absence("x", MemberStatus.PAUSED, first, last)).meals_since
        for first, last in ((MONDAY, MONDAY), (MONDAY + timedelta(days=1), None), (date(2026, 1, 1), MONDAY - timedelta(days=1)))
    ]

    assert counted == [1, 0, 0]


@pytest.mark.parametrize("status", [MemberStatus.PAUSED, MemberStatus.LEFT, MemberStatus.DECEASED])
def test_E3_a_status_set_at_noon_holds_at_once_and_no_subsidy_is_given(counter: Counter, status: MemberStatus) -> None:
    member = counter.rich(born=date(1944, 11, 23))
    order = counter.order(member)

    standing(counter).begin(counter.manager, member.id, Absence("x", status, MONDAY))

    refusal = refused(counter, order, MemberNotActive)
    assert (refusal.name, refusal.status) == ("王䶮", status)


def test_E3_a_planned_pause_holds_on_its_days_alone(counter: Counter) -> None:
    member = counter.rich()
    tomorrow = Absence("trip", MemberStatus.PAUSED, MONDAY + timedelta(days=1), MONDAY + timedelta(days=1), AbsenceReason.HOLIDAY)
    standing(counter).begin(counter.manager, member.id, tomorrow)

    with counter.stores.read() as store:
        days = [store.members.get(member.id, MONDAY + timedelta(days=after)) for after in (0, 1, 2)]

    assert [one.status for one in days if one] == [MemberStatus.ACTIVE, MemberStatus.PAUSED, MemberStatus.ACTIVE]
    assert counter.sell(member).member_id == member.id


def test_E3_of_two_absences_the_store_gives_the_strongest(counter: Counter) -> None:
    member = counter.enrol()
    service = standing(counter)
    for absence in (WEEK, Absence("left", MemberStatus.LEFT, MONDAY), Absence("died", MemberStatus.DECEASED, MONDAY)):
        service.begin(counter.manager, member.id, absence)

    (hit,) = counter.members.search("王䶮")

    assert hit.status is MemberStatus.DECEASED
    assert [one.id for one in counter.members.portrait(counter.manager, member.id).absences] == ["died", "left", "week"]


def test_a_pause_ends_early_and_the_trail_says_so(counter: Counter) -> None:
    member = counter.rich()
    service = standing(counter)
    service.begin(counter.manager, member.id, WEEK)
    counter.wait(minutes=1)

    ended = service.end(counter.manager, member.id, "week", MONDAY)

    assert ended == (replace(WEEK, last=MONDAY),)
    assert [(one.what, one.old, one.new) for one in counter.members.history(counter.manager, member.id)] == [
        ("status", "", "paused hospital 2026-11-23–2026-11-29"),
        ("status", "paused hospital 2026-11-23–2026-11-29", "paused hospital 2026-11-23–2026-11-23"),
    ]


def test_a_death_that_was_a_mistake_goes_and_the_trail_keeps_it(counter: Counter) -> None:
    member = counter.rich()
    service = standing(counter)
    service.begin(counter.manager, member.id, Absence("died", MemberStatus.DECEASED, MONDAY))

    left = service.end(counter.manager, member.id, "died", MONDAY - timedelta(days=1))

    assert left == ()
    assert counter.sell(member).member_id == member.id
    assert rows_of(counter.file, "SELECT old, new FROM member_changes ORDER BY seq") == [
        ("", "deceased other 2026-11-23–"),
        ("deceased other 2026-11-23–", ""),
    ]


def test_M2_an_absence_asked_for_again_is_one(counter: Counter) -> None:
    member = counter.enrol()
    service = standing(counter)
    first = service.begin(counter.manager, member.id, WEEK)

    again = service.begin(counter.manager, member.id, WEEK)

    assert (first, again, counter.count("member_changes")) == ((WEEK,), (WEEK,), 1)


def test_a_cashier_pauses_nobody_and_nobody_pauses_nobody(counter: Counter) -> None:
    member = counter.enrol()
    service = standing(counter)

    with pytest.raises(NotPermitted):
        service.begin(counter.cashier, member.id, WEEK)
    with pytest.raises(NotPermitted):
        service.end(counter.cashier, member.id, "week", MONDAY)
    with pytest.raises(MemberUnknown):
        service.begin(counter.manager, "x", WEEK)
    with pytest.raises(MemberUnknown):
        service.affected("x", WEEK)

    assert counter.count("absences") == 0
