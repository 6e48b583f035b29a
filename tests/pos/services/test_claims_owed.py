"""How much a payer owes: claimed, paid, open; and the money that arrives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.store import SqlStores
from pos.domain.claim_errors import MoreThanClaimed
from pos.domain.claims import Owed, Payment
from pos.domain.errors import AlreadyUndone, BadAmount, NoShift, NothingToUndo
from pos.services.claim_payments import PaymentOrder
from tests.pos.services.claiming import CITY, NOVEMBER, Claiming, claiming_on, old_member

PAID = PaymentOrder("paid", CITY, 200, date(2026, 12, 1), "回单 7")


@pytest.fixture
def claiming(stores: SqlStores, tmp_path: Path) -> Claiming:
    """Two meals of November are claimed (6.00), one of December is not; a shift of 2 December is open."""
    claiming = claiming_on(stores, tmp_path)
    with claiming.day(date(2026, 11, 2)):
        wang = old_member(claiming)
        claiming.counter.sell(wang)
    claiming.sell_on(date(2026, 11, 3), wang)
    claiming.sell_on(date(2026, 12, 1), wang)
    claiming.stamp(NOVEMBER)
    claiming.at(date(2026, 12, 2))
    claiming.counter.shifts.open(claiming.counter.manager, 0)
    return claiming


def _owed(claiming: Claiming) -> Owed:
    (owed,) = claiming.claims.owed(claiming.counter.manager)
    return owed


def test_what_a_payer_owes_is_a_figure(claiming: Claiming) -> None:
    owed = _owed(claiming)

    assert owed == Owed(CITY, "市民政局", claimed=600, paid=0, unclaimed=300)
    assert owed.open == 600
    assert claiming.counter.balance("receivable:city") == 900


def test_money_of_a_payer_is_booked_against_what_it_owes(claiming: Claiming) -> None:
    payment = claiming.payments.receive(claiming.counter.manager, PAID)

    expected = Payment("paid", payment.number, CITY, 200, date(2026, 12, 1), "回单 7", "周敏", payment.at_ms)
    assert payment == expected
    assert claiming.payments.listed(claiming.counter.manager) == (expected,)
    assert _owed(claiming) == Owed(CITY, "市民政局", claimed=600, paid=200, unclaimed=300)
    assert (claiming.counter.balance("clearing:bank"), claiming.counter.balance("receivable:city")) == (200, 700)
    assert claiming.counter.verify.run().findings == ()


def test_a_payment_asked_twice_is_booked_once(claiming: Claiming) -> None:
    booked = [claiming.payments.receive(claiming.counter.manager, PAID) for _ in range(2)]

    assert booked[0] == booked[1]
    assert _owed(claiming).paid == 200


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_more_than_nothing(claiming: Claiming, amount: int) -> None:
    with pytest.raises(BadAmount):
        claiming.payments.receive(claiming.counter.manager, replace(PAID, amount=amount))


def test_nobody_pays_more_than_what_is_claimed(claiming: Claiming) -> None:
    claiming.payments.receive(claiming.counter.manager, PAID)

    with pytest.raises(MoreThanClaimed) as refusal:
        claiming.payments.receive(claiming.counter.manager, replace(PAID, payment_id="again", amount=401))

    assert (refusal.value.amount, refusal.value.open) == (401, 400)
    assert _owed(claiming).paid == 200


def test_a_payment_needs_an_open_shift(claiming: Claiming) -> None:
    claiming.counter.shifts.close(claiming.counter.manager, 0)

    with pytest.raises(NoShift):
        claiming.payments.receive(claiming.counter.manager, PAID)


def test_a_payment_booked_by_mistake_is_taken_back_once(claiming: Claiming) -> None:
    payment = claiming.payments.receive(claiming.counter.manager, PAID)

    undone = [claiming.payments.undo(claiming.counter.manager, "undo", payment.id) for _ in range(2)]
    with pytest.raises(AlreadyUndone):
        claiming.payments.undo(claiming.counter.manager, "other", payment.id)

    assert undone == [replace(payment, undone=True)] * 2
    assert _owed(claiming) == Owed(CITY, "市民政局", claimed=600, paid=0, unclaimed=300)
    assert claiming.counter.balance("clearing:bank") == 0
    assert claiming.counter.verify.run().findings == ()


def test_only_a_payment_is_taken_back(claiming: Claiming) -> None:
    with pytest.raises(NothingToUndo):
        claiming.payments.undo(claiming.counter.manager, "undo", "no-payment")


def test_a_payment_and_its_undoing_are_no_meals_of_the_next_claim(claiming: Claiming) -> None:
    claiming.payments.receive(claiming.counter.manager, PAID)
    claiming.payments.undo(claiming.counter.manager, "undo", "paid")
    claiming.counter.shifts.close(claiming.counter.manager, 0)
    claiming.at(date(2027, 1, 2))

    preview = claiming.claims.preview(claiming.counter.manager, CITY, replace(NOVEMBER, number=12))

    assert (preview.total, preview.movement, len(preview.lines)) == (300, 300, 1)
