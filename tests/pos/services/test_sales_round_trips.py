"""On a server a charge is three exchanges, the last with the commit, so that whoever waits for the same card waits for little."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from db.pipeline import Pipeline
from db.store import SqlStores
from pos.clock import SetClock
from pos.domain.pricing import Tender
from pos.domain.staff import Actor
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.members import Members, NewMember
from pos.services.sales import Checkout, Order
from pos.services.shifts import Shifts
from tests.pos.services.counter import CASHIER, MANAGER, NOON, TILL, found_canteen, staff_of


def _actor(stores: SqlStores, name: str) -> Actor:
    (found,) = staff_of(stores, name)
    return Actor(found.id, found.name, found.role)


def test_a_charge_asks_nothing_that_was_not_foreseen(
    postgresql_stores: SqlStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    stores, clock = postgresql_stores, SetClock(NOON)
    found_canteen(stores)
    manager, cashier = _actor(stores, MANAGER), _actor(stores, CASHIER)
    Shifts(stores, clock, TILL).open(cashier, 0)
    member = Members(stores, clock).enrol(manager, NewMember("王䶮", date(1944, 1, 1)))
    TopUps(stores, clock, TILL).top_up(cashier, TopUpOrder("top-up", member.id, Tender.WECHAT, 10_000))
    checkout = Checkout(stores, clock, TILL)
    today = checkout.today()
    order = Order("sale", member.id, (("set", 1),), Tender.CARD, today.day, today.meal, 720)
    exchanged: list[tuple[int, bool]] = []
    alone: list[str] = []
    exchange = Pipeline._exchange

    def count(pipeline: Pipeline, questions: Any, *, commit: bool = False) -> None:
        exchanged.append((len(questions), commit))
        exchange(pipeline, questions, commit=commit)

    monkeypatch.setattr(Pipeline, "_exchange", count)
    event.listen(stores.database.writer, "before_cursor_execute", lambda *said: alone.append(said[2]))

    sale = checkout.charge(cashier, order)

    assert (exchanged, alone) == ([(8, False), (6, False), (0, True)], [])
    assert sale.payment.principal == 720
