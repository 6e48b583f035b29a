"""Undoing a sale: once, whole, in its own shift, and the drawer knows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from pos.domain.errors import AlreadyUndone, NoShift, NothingToUndo, NotPermitted, ShiftTooOld
from pos.domain.ledger import Draft, EntryKind
from pos.domain.pricing import Tender
from pos.domain.sales import Sale
from tests.pos.services.counter import Counter

EIGHTY_TWO = date(1944, 1, 1)


def test_an_undone_sale_gives_back_principal_and_bonus_as_they_were_taken(counter: Counter) -> None:
    member = counter.rich(born=EIGHTY_TWO)
    sale = counter.sell(member)

    undone = counter.checkout.undo(counter.cashier, "undo", sale.id)

    assert undone == replace(sale, undone=True)
    assert counter.wallet(member) == (20_000, 2_000)
    assert [counter.balance(account) for account in ("revenue:set_meal", "receivable:city", "canteen_discount")] == [0, 0, 0]


def test_an_undone_sale_does_not_count_as_served_and_frees_the_subsidy(counter: Counter) -> None:
    member = counter.rich(born=EIGHTY_TWO)
    counter.checkout.undo(counter.cashier, "undo", counter.sell(member).id)

    again = counter.sell(member)

    assert again.bill.subsidised
    assert len(counter.checkout.diner(member.id).served_at_ms) == 1


def test_the_undo_of_a_cash_sale_gives_cash_back_in_the_report(counter: Counter) -> None:
    kept = counter.sell(tender=Tender.CASH)
    sale = counter.sell(tender=Tender.CASH)
    before = counter.shifts.x_report(counter.cashier)

    counter.checkout.undo(counter.cashier, "undo", sale.id)

    after = counter.shifts.x_report(counter.cashier)
    assert (before.cash_in_drawer, after.cash_in_drawer) == (12_400, 11_200)
    assert (before.sales, before.undone, after.sales, after.undone) == (2, 0, 1, 1)
    assert (dict(after.taken), after.list_price) == ({"cash": kept.bill.due}, 1_200)


def test_the_undo_is_on_paper_and_opens_the_drawer_for_cash_alone(counter: Counter) -> None:
    member = counter.rich()
    sales = [counter.sell(tender=Tender.CASH), counter.sell(member)]

    for number, sale in enumerate(sales):
        counter.checkout.undo(counter.cashier, f"undo-{number}", sale.id)

    assert [job for job in counter.jobs() if job[0] == "undo"] == [("undo", sales[0].id, 0, "", 1), ("undo", sales[1].id, 0, "", 0)]


def test_a_sale_is_undone_once(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    counter.checkout.undo(counter.cashier, "undo", sale.id)

    with pytest.raises(AlreadyUndone) as refused:
        counter.checkout.undo(counter.cashier, "another", sale.id)

    assert refused.value.number == sale.number


def test_M2_the_same_undo_asked_again_gives_the_same_answer(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    first = counter.checkout.undo(counter.cashier, "undo", sale.id)

    assert counter.checkout.undo(counter.cashier, "undo", sale.id) == first
    counter.shifts.close(counter.cashier, 10_000)
    assert counter.checkout.undo(counter.cashier, "undo", sale.id) == first


def test_M1_undo_pressed_by_two_threads_at_once_reverses_once(counter: Counter) -> None:
    member = counter.rich()
    sale = counter.sell(member)
    together = Barrier(2)

    def press(_: int) -> Sale:
        together.wait()
        return counter.checkout.undo(counter.cashier, "undo", sale.id)

    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(press, range(2)))

    assert answers == [replace(sale, undone=True)] * 2
    assert counter.wallet(member) == (20_000, 2_000)


def test_an_undo_id_that_undid_another_sale_is_a_bug_not_an_answer(counter: Counter) -> None:
    first, second = counter.sell(tender=Tender.CASH), counter.sell(tender=Tender.CASH)
    counter.checkout.undo(counter.cashier, "undo", first.id)

    with pytest.raises(AssertionError, match="an undo id belongs to one sale"):
        counter.checkout.undo(counter.cashier, "undo", second.id)


@pytest.mark.parametrize("sale_id", ["", "nobody", "undo"])
def test_what_is_no_sale_cannot_be_undone(counter: Counter, sale_id: str) -> None:
    with pytest.raises(NothingToUndo):
        counter.checkout.undo(counter.cashier, "undo", sale_id)


def test_an_undo_cannot_be_undone(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    counter.checkout.undo(counter.cashier, "undo", sale.id)

    with pytest.raises(NothingToUndo):
        counter.checkout.undo(counter.cashier, "undo-of-undo", "undo")


def test_a_top_up_is_not_undone_as_a_sale(counter: Counter) -> None:
    top_up = counter.top_up(counter.enrol(), 5_000)

    with pytest.raises(NothingToUndo):
        counter.checkout.undo(counter.cashier, "undo", top_up.id)


def test_a_sale_of_an_earlier_shift_stays(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    counter.shifts.close(counter.cashier, 11_200)

    with pytest.raises(NoShift):
        counter.checkout.undo(counter.cashier, "undo", sale.id)
    counter.shifts.open(counter.cashier, 10_000)
    with pytest.raises(NothingToUndo):
        counter.checkout.undo(counter.cashier, "undo", sale.id)


def test_a_sale_of_yesterday_stays(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    counter.wait(days=1)

    with pytest.raises(ShiftTooOld):
        counter.checkout.undo(counter.cashier, "undo", sale.id)


def test_who_may_not_undo_undoes_nothing(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    sale = counter.sell(tender=Tender.CASH)
    monkeypatch.setattr("pos.domain.staff.MAY", dict.fromkeys(("cashier", "manager"), frozenset[str]()))

    with pytest.raises(NotPermitted):
        counter.checkout.undo(counter.cashier, "undo", sale.id)


def test_sales_undone_in_any_order_leave_the_wallet_as_it_was(counter: Counter) -> None:
    member = counter.rich(amount=20_000)
    sales = [counter.sell(member, ("meat", 1), ("rice", 1 + number), again=True) for number in range(6)]

    for number in (3, 0, 5, 1, 4, 2):
        counter.checkout.undo(counter.cashier, f"undo-{number}", sales[number].id)

    assert counter.wallet(member) == (20_000, 2_000)


def test_after_undos_in_any_order_the_card_is_spent_to_the_last_fen(counter: Counter) -> None:
    member = counter.rich(amount=20_000)
    sales = [counter.sell(member, ("rice", 7), again=True) for _ in range(20)]
    for number in (1, 17, 4, 9):
        counter.checkout.undo(counter.cashier, f"undo-{number}", sales[number].id)

    while (left := sum(counter.wallet(member))) > 0:
        counter.sell(member, ("rice", min(99, left // 100)), again=True)

    assert counter.wallet(member) == (0, 0)


def test_the_newest_sale_that_was_not_undone_is_the_last(counter: Counter) -> None:
    assert (counter.checkout.last(), counter.checkout.recent()) == (None, ())
    first, second = counter.sell(tender=Tender.CASH), counter.sell(tender=Tender.CASH)

    undone = counter.checkout.undo(counter.cashier, "undo", second.id)

    assert counter.checkout.last() == first
    assert counter.checkout.recent() == (undone, first)


def test_a_reversal_that_names_an_entry_twice_is_refused_by_the_ledger_itself(counter: Counter) -> None:
    sale = counter.sell(tender=Tender.CASH)
    counter.checkout.undo(counter.cashier, "undo", sale.id)

    with counter.stores.read() as store:
        entry = store.ledger.entry("undo")
    assert entry is not None
    again = Draft(
        "again", EntryKind.REVERSAL, sale.business_date, counter.clock.now_ms(), sale.shift_id, sale.staff_id, entry.draft.postings, sale.id
    )
    with pytest.raises(AlreadyUndone), counter.stores.write() as store:
        store.ledger.post(again)
