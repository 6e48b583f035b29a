"""Paper on demand: every copy counts and names who asked, and so does a drawer that opens without a sale."""

from __future__ import annotations

import pytest

from pos.domain.errors import NotPermitted
from pos.domain.paper import JobState, SlipKind
from pos.domain.pricing import Tender
from tests.pos.services.counter import Counter


def test_P5_a_reprint_carries_its_count_and_who_asked(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)

    copies = [
        counter.papers.reprint(counter.cashier, SlipKind.SALE, sale.id),
        counter.papers.reprint(counter.manager, SlipKind.SALE, sale.id),
    ]

    assert copies == [1, 2]
    assert counter.jobs() == [
        ("sale", sale.id, 0, "", 1),
        ("sale", sale.id, 1, "李桂兰", 0),
        ("sale", sale.id, 2, "周敏", 0),
    ]


def test_P5_copies_of_one_paper_are_not_counted_for_another(counter: Counter) -> None:
    first, second = counter.sell(tender=Tender.CASH), counter.sell(tender=Tender.CASH)
    counter.papers.reprint(counter.cashier, SlipKind.SALE, first.id)

    assert counter.papers.reprint(counter.cashier, SlipKind.SALE, second.id) == 1


def test_a_drawer_opened_without_a_sale_is_on_record(counter: Counter) -> None:
    counter.papers.open_drawer(counter.cashier)

    assert counter.jobs() == [("drawer", "", 0, "李桂兰", 1)]


def test_a_test_page_is_queued(counter: Counter) -> None:
    counter.papers.test_page(counter.cashier)

    assert counter.jobs() == [("test", "", 0, "李桂兰", 0)]


def test_who_may_not_gets_no_paper_and_no_drawer(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.domain.staff.MAY", dict.fromkeys(("cashier", "manager"), frozenset[str]()))

    with pytest.raises(NotPermitted):
        counter.papers.reprint(counter.cashier, SlipKind.SALE, "sale")
    with pytest.raises(NotPermitted):
        counter.papers.open_drawer(counter.cashier)

    assert counter.jobs() == []


def test_P1_what_waits_is_counted_for_the_lamp(counter: Counter) -> None:
    counter.sell(tender=Tender.CASH)
    counter.sell(tender=Tender.CASH)

    assert counter.papers.open_jobs().get(JobState.WAITING) == 2


def test_P5_asking_for_a_reprint_answers_the_question_whether_the_first_came_out(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    with counter.stores.write() as store:
        (job,) = store.paper.waiting("A", 1)
        store.paper.set_state(job.id, JobState.UNKNOWN)

    counter.papers.reprint(counter.cashier, SlipKind.SALE, sale.id)

    assert counter.papers.open_jobs() == {JobState.WAITING: 1, JobState.UNKNOWN: 0}


def test_papers_that_somebody_looked_at_are_no_question_any_more(counter: Counter) -> None:
    for _ in range(2):
        counter.sell(tender=Tender.CASH)
    with counter.stores.write() as store:
        store.paper.set_state(store.paper.waiting("A", 1)[0].id, JobState.UNKNOWN)

    counter.papers.looked_at(counter.cashier)

    assert counter.papers.open_jobs() == {JobState.WAITING: 1, JobState.UNKNOWN: 0}
