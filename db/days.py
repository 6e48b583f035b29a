"""Closed days in the store."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, insert, select, text

from db.members import CURRENT_STATUS
from db.tables import day_closes, entries, members, reservations, sales, total
from db.transaction import Transaction
from pos.domain.bill import Way
from pos.domain.day_close import DayClose, DayFigures
from pos.domain.deliveries import Outcome
from pos.domain.money import Fen
from pos.domain.reservations import State

_GET = select(day_closes).where(day_closes.c.day == bindparam("of_day"))
_ADD = insert(day_closes)
_reversal = entries.alias("reversal")
_SETTLED = (
    select(total(sales.c.due))
    .join(reservations, reservations.c.sale_id == sales.c.id)
    .where(reservations.c.day == bindparam("of_day"), ~exists().where(_reversal.c.reverses == sales.c.id))
)
_AWAY = (
    select(members.c.id)
    .join(reservations, reservations.c.member_id == members.c.id)
    .where(
        reservations.c.day == bindparam("of_day"),
        reservations.c.state == State.BOOKED.value,
        CURRENT_STATUS.is_not(None),
    )
)
_LOCK = text("SELECT pg_advisory_xact_lock(:space, :key)")
_SHARE = text("SELECT pg_advisory_xact_lock_shared(:space, :key)")
_LOCK_SPACE = 7_203
"""Advisory locks of days; those of tills, meals and printed lists have other first numbers."""


class SqlDays:
    """Keeps the promises of pos.ports.DayRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def lock(self, day: date) -> None:
        # A file has one writer at a time anyway.
        if self._transaction.on_server:
            self._transaction.run(_LOCK, {"space": _LOCK_SPACE, "key": day.toordinal()})

    def share(self, day: date) -> None:
        if self._transaction.on_server:
            self._transaction.run(_SHARE, {"space": _LOCK_SPACE, "key": day.toordinal()})

    def closed(self, day: date) -> DayClose | None:
        row = self._transaction.run(_GET, {"of_day": day.isoformat()}).first()
        if row is None:
            return None
        return DayClose(day, row.at_ms, row.till, row.staff_id, row.staff_name, _figures(row.figures))

    def away(self, day: date) -> frozenset[str]:
        return frozenset(self._transaction.run(_AWAY, {"of_day": day.isoformat(), "day": day.isoformat()}).scalars())

    def settled(self, day: date) -> Fen:
        found: int = self._transaction.run(_SETTLED, {"of_day": day.isoformat()}).scalar_one()
        return found

    def add(self, close: DayClose) -> None:
        row = {
            "day": close.day.isoformat(),
            "at_ms": close.at_ms,
            "till": close.till,
            "staff_id": close.staff_id,
            "staff_name": close.staff_name,
            "figures": _text(close.figures),
        }
        self._transaction.run(_ADD, row)


def _text(figures: DayFigures) -> str:
    facts = {
        "ended": [[way.value, state.value, number] for (way, state), number in sorted(figures.ended.items())],
        "outcomes": {outcome.value: number for outcome, number in sorted(figures.outcomes.items())},
        "held": figures.held,
        "settled": figures.settled,
        "boxes_out": figures.boxes_out,
        "boxes_back": figures.boxes_back,
    }
    return json.dumps(facts, ensure_ascii=False)


def _figures(text: str) -> DayFigures:
    facts: dict[str, Any] = json.loads(text)
    ended = {(Way(way), State(state)): number for way, state, number in facts.pop("ended")}
    outcomes = {Outcome(outcome): number for outcome, number in facts.pop("outcomes").items()}
    return DayFigures(ended, outcomes, **facts)
