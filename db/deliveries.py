"""Results of stops and their boxes in the store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, insert, select

from db import columns
from db.members import CURRENT_STATUS
from db.tables import (
    box_moves,
    boxes_there,
    delivery_results,
    members,
    particulars,
    reservation_items,
    reservations,
    total,
)
from db.transaction import AnyRow, Transaction
from pos.domain.address import Address
from pos.domain.bill import Way
from pos.domain.deliveries import BoxHolder, BoxMove, Outcome, Result, Stop
from pos.domain.members import MemberStatus
from pos.domain.menu import DishKind, Meal
from pos.domain.reservations import State

_later = delivery_results.alias("later")
HOLDS = ~exists().where(_later.c.instead_of == delivery_results.c.id)
"""Whether nobody corrected a result."""

_RESULT_COLUMNS = (
    delivery_results.c.id,
    delivery_results.c.reservation_id,
    delivery_results.c.outcome,
    delivery_results.c.at_ms,
    delivery_results.c.staff_id,
    delivery_results.c.staff_name,
    delivery_results.c.volunteer,
    delivery_results.c.note,
    delivery_results.c.instead_of,
)
_RESULTS = select(*_RESULT_COLUMNS)
_GET = _RESULTS.where(delivery_results.c.id == bindparam("of_id"))
_HOLDING = _RESULTS.where(delivery_results.c.reservation_id == bindparam("of_stop"), HOLDS)
_OF_DAY = (
    _RESULTS.join(reservations, reservations.c.id == delivery_results.c.reservation_id)
    .where(reservations.c.day == bindparam("on_day"), HOLDS)
    .order_by(delivery_results.c.seq)
)
_ADDRESS = (particulars.c.estate, particulars.c.building, particulars.c.unit, particulars.c.floor, particulars.c.door)
_walking = (func.coalesce(particulars.c.address_key, ""), members.c.name, members.c.id)

_delivered = (
    reservations.c.day == bindparam("on_day"),
    reservations.c.meal == bindparam("at_meal"),
    reservations.c.way == Way.DELIVERY.value,
)
# Set meals where there are any, else one tray: Reservation.portions.
_sets = (
    select(total(case((reservation_items.c.kind == DishKind.SET_MEAL.value, reservation_items.c.quantity), else_=0)))
    .where(reservation_items.c.reservation_id == reservations.c.id)
    .scalar_subquery()
)
_STOPS: Select[Any] = (
    select(
        reservations.c.id,
        reservations.c.member_id,
        members.c.name,
        members.c.phone,
        *_ADDRESS,
        _sets,
        boxes_there.c.boxes,
        reservations.c.state,
        CURRENT_STATUS,
        *_RESULT_COLUMNS,
    )
    .select_from(reservations)
    .join(members, members.c.id == reservations.c.member_id)
    .outerjoin(particulars, particulars.c.member_id == members.c.id)
    .outerjoin(boxes_there, boxes_there.c.member_id == members.c.id)
    .outerjoin(delivery_results, and_(delivery_results.c.reservation_id == reservations.c.id, HOLDS))
    .where(*_delivered, reservations.c.state != State.CANCELLED.value)
    .order_by(*_walking, reservations.c.seq)
)
_COUNTS = (
    select(reservations.c.way, reservations.c.state, func.count())
    .where(reservations.c.day == bindparam("on_day"), reservations.c.meal == bindparam("at_meal"))
    .group_by(reservations.c.way, reservations.c.state)
)
_ADD = insert(delivery_results).inline()
_ADD_MOVE = insert(box_moves)
_MOVED = select(box_moves.c.id).where(box_moves.c.id == bindparam("of_id"))
_WITH = select(total(boxes_there.c.boxes)).where(boxes_there.c.member_id == bindparam("of_member"))
_last_move = select(func.max(box_moves.c.day)).where(box_moves.c.member_id == boxes_there.c.member_id).scalar_subquery()
_HOLDERS = (
    select(members.c.id, members.c.name, members.c.phone, *_ADDRESS, boxes_there.c.boxes, _last_move)
    .select_from(boxes_there)
    .join(members, members.c.id == boxes_there.c.member_id)
    .outerjoin(particulars, particulars.c.member_id == members.c.id)
    .where(boxes_there.c.boxes > 0)
    .order_by(*_walking)
)
_BOXES_OF = select(
    total(case((box_moves.c.boxes > 0, box_moves.c.boxes), else_=0)),
    total(case((box_moves.c.boxes < 0, -box_moves.c.boxes), else_=0)),
).where(box_moves.c.day == bindparam("on_day"))


class SqlDeliveries:
    """Keeps the promises of pos.ports.DeliveryRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, result_id: str) -> Result | None:
        row = self._transaction.run(_GET, {"of_id": result_id}).first()
        return None if row is None else _result(row)

    def holding(self, reservation_id: str) -> Result | None:
        row = self._transaction.run(_HOLDING, {"of_stop": reservation_id}).first()
        return None if row is None else _result(row)

    def of_day(self, day: date) -> tuple[Result, ...]:
        return tuple(map(_result, self._transaction.run(_OF_DAY, {"on_day": day.isoformat()})))

    def stops(self, day: date, meal: Meal) -> tuple[Stop, ...]:
        values = {"on_day": day.isoformat(), "at_meal": meal.value, "day": day.isoformat()}
        return tuple(map(_stop, self._transaction.run(_STOPS, values).all()))

    def counts(self, day: date, meal: Meal) -> Mapping[tuple[Way, State], int]:
        rows = self._transaction.run(_COUNTS, {"on_day": day.isoformat(), "at_meal": meal.value})
        return {(Way(way), State(state)): number for way, state, number in rows}

    def add(self, result: Result) -> None:
        row = {
            "id": result.id,
            "reservation_id": result.reservation_id,
            "outcome": result.outcome.value,
            "at_ms": result.at_ms,
            "staff_id": result.staff_id,
            "staff_name": result.staff_name,
            "volunteer": result.volunteer,
            "note": result.note,
            "instead_of": result.instead_of or None,
        }
        self._transaction.run(_ADD, row)

    def move_boxes(self, move: BoxMove) -> None:
        row = {
            "id": move.id,
            "member_id": move.member_id,
            "day": move.day.isoformat(),
            "boxes": move.boxes,
            "at_ms": move.at_ms,
            "staff_id": move.staff_id,
        }
        self._transaction.run(_ADD_MOVE, row)

    def box_moved(self, move_id: str) -> bool:
        return self._transaction.run(_MOVED, {"of_id": move_id}).first() is not None

    def boxes_with(self, member_id: str) -> int:
        found: int = self._transaction.run(_WITH, {"of_member": member_id}).scalar_one()
        return found

    def box_holders(self) -> tuple[BoxHolder, ...]:
        return tuple(
            BoxHolder(member_id, name, Address(*place), phone, boxes, date.fromisoformat(last))
            for member_id, name, phone, *place, boxes, last in map(_known, self._transaction.run(_HOLDERS))
        )

    def boxes_of(self, day: date) -> tuple[int, int]:
        out, back = self._transaction.run(_BOXES_OF, {"on_day": day.isoformat()}).one()
        return out, back


def _known(row: AnyRow) -> tuple[Any, ...]:
    """A row in which what nobody wrote down is ''."""
    return tuple("" if value is None else value for value in row)


def _stop(row: AnyRow) -> Stop:
    # By place: a noon reads hundreds, and a column by its name costs eight times as much.
    reservation_id, member_id, name, phone, estate, building, unit, floor, door, sets, there, state, status = row[:13]
    return Stop(
        reservation_id,
        member_id,
        name,
        phone,
        address_of(estate, building, unit, floor, door),
        sets or 1,
        there or 0,
        columns.STATE[state],
        MemberStatus.ACTIVE if status is None else MemberStatus(status),
        None if row[13] is None else _result(row[13:]),
    )


@lru_cache(maxsize=4_096)  # the same doors every noon
def address_of(*parts: str | None) -> Address:
    """The address of a row; nobody's particulars are five times NULL."""
    return Address(*(part or "" for part in parts))


def _result(row: Any) -> Result:
    key, reservation_id, outcome, at_ms, staff_id, staff_name, volunteer, note, instead_of = row
    return Result(
        key, reservation_id, Outcome(outcome), at_ms, staff_id, staff_name, volunteer, note, instead_of or ""
    )
