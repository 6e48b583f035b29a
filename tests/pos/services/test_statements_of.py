"""Statements: every movement with the balance after it, and what the wallet holds at the end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.domain.errors import MemberUnknown, NotPermitted
from pos.domain.ledger import EntryKind
from pos.domain.menu import Meal
from pos.domain.pricing import Tender
from pos.domain.statement import Balance, MealsLeft, Statement, StatementLine, of_subject
from pos.services.statements import Statements
from tests.pos.services.counter import MONDAY, Counter

TUESDAY = MONDAY + timedelta(days=1)


def statements(counter: Counter) -> Statements:
    return Statements(counter.stores, counter.clock, "A")


def next_day(counter: Counter) -> None:
    counter.shifts.close(counter.cashier, counter.balance("drawer:A"))
    counter.wait(days=1)
    counter.shifts.open(counter.cashier, 0)


def test_a_statement_tells_each_movement_and_closes_with_the_wallet(counter: Counter) -> None:
    member = counter.rich("王秀英")
    sale = counter.sell(member, ("rice", 66))
    counter.wait(minutes=1)
    counter.checkout.undo(counter.cashier, "undo", sale.id)
    ms = counter.clock.now_ms()

    statement = statements(counter).of(member.id, MONDAY, MONDAY)

    assert statement.opening == Balance()
    assert statement.lines == (
        StatementLine(
            "A-1-000002", MONDAY, ms - 60_000, EntryKind.TOP_UP, Balance(20_000, 2_000), Balance(20_000, 2_000),
            tender=Tender.CASH, note="充200送20",
        ),
        StatementLine(
            "A-1-000003", MONDAY, ms - 60_000, EntryKind.SALE, Balance(-6_000, -600), Balance(14_000, 1_400), meal=Meal.LUNCH
        ),
        StatementLine(
            "A-1-000004", MONDAY, ms, EntryKind.REVERSAL, Balance(6_000, 600), Balance(20_000, 2_000),
            undoes=EntryKind.SALE, undoes_number="A-1-000003",
        ),
    )  # fmt: skip
    assert (statement.closing.principal, statement.closing.bonus) == counter.wallet(member)
    assert (statement.topped_up, statement.eaten, statement.other) == (22_000, 0, 0)


def test_a_period_opens_with_what_was_there_before_and_leaves_out_what_came_after(counter: Counter) -> None:
    member = counter.rich()
    next_day(counter)
    counter.sell(member, ("rice", 11))
    next_day(counter)
    counter.sell(member, ("rice", 22))

    tuesday = statements(counter).of(member.id, TUESDAY, TUESDAY)
    later = statements(counter).of(member.id, TUESDAY + timedelta(days=5), date.max)

    assert (tuesday.opening, tuesday.closing) == (Balance(20_000, 2_000), Balance(19_000, 1_900))
    assert [line.business_date for line in tuesday.lines] == [TUESDAY]
    assert (later.opening, later.lines, later.closing) == (Balance(17_000, 1_700), (), Balance(17_000, 1_700))


def test_somebody_elses_movements_are_not_in_it(counter: Counter) -> None:
    member = counter.enrol("甲")
    counter.rich("乙")

    statement = statements(counter).of(member.id, MONDAY, MONDAY)

    assert statement == Statement(member.id, "甲", "", MONDAY, MONDAY, Balance(), ())


def test_nobody_has_no_statement(counter: Counter) -> None:
    with pytest.raises(MemberUnknown):
        statements(counter).of("nobody", MONDAY, MONDAY)
    with pytest.raises(MemberUnknown):
        statements(counter).print(counter.cashier, "nobody", MONDAY, MONDAY)


def test_the_slip_is_queued_with_its_period(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    member = counter.enrol()

    statements(counter).print(counter.cashier, member.id, MONDAY, TUESDAY)

    ((kind, subject, *_rest),) = counter.jobs()
    assert (kind, of_subject(subject)) == ("statement", (member.id, MONDAY, TUESDAY))
    monkeypatch.setattr("pos.domain.staff.MAY", dict.fromkeys(("cashier", "manager"), frozenset[str]()))
    with pytest.raises(NotPermitted):
        statements(counter).print(counter.cashier, member.id, MONDAY, TUESDAY)


def test_a_balance_is_counted_in_the_members_usual_meals(counter: Counter) -> None:
    member = counter.rich("王秀英", date(1950, 1, 1))
    before_the_first = statements(counter).meals_left(member.id)
    for portions in (("set", 1), ("rice", 3), ("rice", 3)):
        counter.sell(member, portions, again=True)

    assert before_the_first == MealsLeft(22_000, 1_080)
    assert before_the_first.meals == 20
    assert statements(counter).meals_left(member.id).usual_price == 270
    assert MealsLeft(500, 0).meals == 0
