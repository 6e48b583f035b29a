"""Batches: one payer, one list, all of it or nothing, and never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest

from pos.domain.account_errors import BatchChanged, BatchRefused, MemberTwice
from pos.domain.accounts import Batch
from pos.domain.errors import BadAmount, BalanceAboveLimit, MemberUnknown, NotPermitted, Refusal
from pos.domain.members import Member
from pos.services.batches import BatchRow, TopUpBatches
from tests.pos.services.counter import Counter

BATCH = str(UUID(int=7, version=4))
PAYER = "幸福里居委会"


def people(counter: Counter, count: int = 3) -> list[Member]:
    return [counter.enrol(f"会员{number}") for number in range(count)]


def batches(counter: Counter) -> TopUpBatches:
    return TopUpBatches(counter.stores, counter.clock, "A")


def rows(members: list[Member], *amounts: int) -> list[BatchRow]:
    return [BatchRow(member.id, amount) for member, amount in zip(members, amounts, strict=True)]


def test_a_list_becomes_one_entry_for_each_member_and_one_paper(counter: Counter) -> None:
    members = people(counter)

    batch = batches(counter).book(counter.manager, BATCH, PAYER, rows(members, 10_000, 20_000, 5_000))

    with counter.stores.read() as store:
        assert store.accounts.batch(BATCH) == batch
    assert [counter.wallet(member) for member in members] == [(10_000, 0), (20_000, 2_000), (5_000, 0)]
    assert [(one.number, one.paid_by, one.batch_id) for one in batch.top_ups] == [
        (f"A-1-00000{number}", PAYER, BATCH) for number in (2, 3, 4)
    ]
    assert (batch.payer, batch.total, batch.bonus) == (PAYER, 35_000, 2_000)
    assert (counter.balance("clearing:bank"), counter.jobs()) == (35_000, [("batch", BATCH, 0, "", 0)])


def test_the_preview_is_what_a_run_then_does(counter: Counter) -> None:
    members = people(counter)
    counter.top_up(members[1], 5_000)
    wanted = rows(members, 10_000, 20_000, 5_000)

    seen = batches(counter).preview(BATCH, wanted)
    batches(counter).book(counter.manager, BATCH, PAYER, wanted)

    assert [(line.name, line.bonus, line.refusal, line.booked) for line in seen] == [
        ("会员0", 0, None, False),
        ("会员1", 2_000, None, False),
        ("会员2", 0, None, False),
    ]
    assert [line.balance_after for line in seen] == [sum(counter.wallet(member)) for member in members]
    assert [line.booked for line in batches(counter).preview(BATCH, wanted)] == [True] * 3


def test_M2_a_second_run_of_the_same_list_adds_nothing(counter: Counter) -> None:
    members = people(counter)
    wanted = rows(members, 10_000, 20_000, 5_000)
    first = batches(counter).book(counter.manager, BATCH, PAYER, wanted)

    again = batches(counter).book(counter.manager, BATCH, PAYER, wanted)

    assert (again, counter.count("top_ups"), counter.count("print_jobs")) == (first, 3, 1)


def test_M1_a_list_asked_for_twice_at_the_same_moment_is_booked_once(counter: Counter) -> None:
    wanted = rows(people(counter), 10_000, 20_000, 5_000)
    together = Barrier(2)

    def press(_: int) -> Batch:
        together.wait()
        return batches(counter).book(counter.manager, BATCH, PAYER, wanted)

    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(press, range(2)))

    assert answers[0] == answers[1]
    assert counter.count("top_ups") == 3


def test_one_bad_row_stops_the_whole_list_and_the_preview_names_it(counter: Counter) -> None:
    members = people(counter, 4)
    wanted = [*rows(members, 10_000, 0, 200_000, 5_000), BatchRow("nobody", 100), BatchRow(members[0].id, 100)]
    for _ in range(2):
        counter.top_up(members[2], 200_000)

    seen = batches(counter).preview(BATCH, wanted)
    with pytest.raises(BatchRefused) as refused:
        batches(counter).book(counter.manager, BATCH, PAYER, wanted)

    expected: list[type[Refusal] | None] = [None, BadAmount, BalanceAboveLimit, None, MemberUnknown, MemberTwice]
    assert [line.refusal and type(line.refusal) for line in seen] == expected
    assert (refused.value.refused, refused.value.first, refused.value.rows) == (4, 2, 6)
    assert (counter.count("top_ups"), counter.wallet(members[0])) == (2, (0, 0))


def test_another_list_under_the_same_number_is_refused(counter: Counter) -> None:
    members = people(counter)
    batches(counter).book(counter.manager, BATCH, PAYER, rows(members, 10_000, 20_000, 5_000))

    with pytest.raises(BatchChanged):
        batches(counter).book(counter.manager, BATCH, PAYER, rows(members, 10_000, 20_000, 5_001))


def test_an_empty_list_is_refused(counter: Counter) -> None:
    with pytest.raises(BatchRefused):
        batches(counter).book(counter.manager, str(uuid4()), PAYER, [])


def test_a_cashier_books_no_list(counter: Counter) -> None:
    with pytest.raises(NotPermitted):
        batches(counter).book(counter.cashier, BATCH, PAYER, rows(people(counter), 1, 2, 3))
