"""Routes, volunteers and what is decided for a day's deliveries, in the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, Select, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from db.deliveries import address_of
from db.tables import (
    delivery_notes,
    members,
    particulars,
    reservations,
    route_stops,
    routes,
    run_stops,
    runs,
    volunteers,
)
from db.transaction import AnyRow, Transaction
from pos.domain.bill import Way
from pos.domain.menu import Meal
from pos.domain.routes import (
    NO_NOTE,
    NO_PLACE,
    DeliveryNote,
    Place,
    Recipient,
    Route,
    RouteTaken,
    Run,
    Volunteer,
)

_of_member: BindParameter[str] = bindparam("of_member")
_on_day: BindParameter[str] = bindparam("on_day")
_at_meal: BindParameter[str] = bindparam("at_meal")
_ROUTES = select(routes.c.id, routes.c.name, routes.c.active)
_VOLUNTEERS = select(volunteers).order_by(volunteers.c.name, volunteers.c.id)
_RUNS = select(runs).where(runs.c.day == _on_day, runs.c.meal == _at_meal)
_known = (
    members.c.id,
    members.c.name,
    members.c.phone,
    members.c.diets,
    particulars.c.estate,
    particulars.c.building,
    particulars.c.unit,
    particulars.c.floor,
    particulars.c.door,
    delivery_notes.c.note,
    delivery_notes.c.in_person,
    route_stops.c.route_id,
    route_stops.c.place,
)
_people = (
    members.outerjoin(particulars, particulars.c.member_id == members.c.id)
    .outerjoin(delivery_notes, delivery_notes.c.member_id == members.c.id)
    .outerjoin(route_stops, route_stops.c.member_id == members.c.id)
)
_delivered = select(reservations.c.member_id).where(
    reservations.c.day == _on_day, reservations.c.meal == _at_meal, reservations.c.way == Way.DELIVERY.value
)
_today = and_(run_stops.c.member_id == members.c.id, run_stops.c.day == _on_day, run_stops.c.meal == _at_meal)
_RECIPIENTS: Select[Any] = (
    select(*_known, run_stops.c.route_id, run_stops.c.place)
    .select_from(_people.outerjoin(run_stops, _today))
    .where(members.c.id.in_(_delivered))
)
_LIVING: Select[Any] = (
    select(*_known).select_from(_people).where(route_stops.c.route_id == bindparam("of_route")).order_by(members.c.id)
)
_UNSETTLE = delete(route_stops).where(route_stops.c.member_id == _of_member)
_SETTLE = insert(route_stops)
_ORDER = update(route_stops).where(route_stops.c.member_id == _of_member).values(place=bindparam("new_place"))
_CLEAR_DAY = delete(run_stops).where(
    run_stops.c.day == _on_day, run_stops.c.meal == _at_meal, run_stops.c.member_id == _of_member
)
_SET_DAY = insert(run_stops)
_NOTE = select(delivery_notes.c.note, delivery_notes.c.in_person).where(delivery_notes.c.member_id == _of_member)
_FORGET_NOTE = delete(delivery_notes).where(delivery_notes.c.member_id == _of_member)
_ADD_NOTE = insert(delivery_notes)


class SqlRoutes:
    """Keeps the promises of pos.ports.RouteRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def every(self) -> tuple[Route, ...]:
        return tuple(Route(id_, name, bool(active)) for id_, name, active in self._transaction.run(_ROUTES))

    def put(self, route: Route) -> None:
        try:
            self._put(routes, {"id": route.id}, {"name": route.name, "active": int(route.active)})
        except IntegrityError as error:
            raise RouteTaken(route.name) from error

    def volunteers(self) -> tuple[Volunteer, ...]:
        return tuple(map(_volunteer, self._transaction.run(_VOLUNTEERS)))

    def put_volunteer(self, volunteer: Volunteer) -> None:
        facts = {
            "name": volunteer.name,
            "phone": volunteer.phone,
            "weekdays": json.dumps(sorted(volunteer.weekdays)),
            "active": int(volunteer.active),
        }
        self._put(volunteers, {"id": volunteer.id}, facts)

    def runs(self, day: date, meal: Meal) -> Mapping[str, Run]:
        found = self._transaction.run(_RUNS, _meal(day, meal))
        return {row.route_id: _run(row, day, meal) for row in found}

    def put_run(self, run: Run) -> None:
        key = {"day": run.day.isoformat(), "meal": run.meal.value, "route_id": run.route_id}
        facts = {
            "volunteer_id": run.volunteer_id or None,
            "containers": run.containers,
            "cooked_at": run.cooked_at,
            "eat_by": run.eat_by,
            "merged_into": run.merged_into or None,
        }
        self._put(runs, key, facts)

    def recipients(self, day: date, meal: Meal) -> Mapping[str, Recipient]:
        rows = self._transaction.run(_RECIPIENTS, _meal(day, meal)).all()
        return {row[0]: _recipient(row, _place(row[-2], row[-1])) for row in rows}

    def living_on(self, route_id: str) -> tuple[Recipient, ...]:
        return tuple(_recipient(row) for row in self._transaction.run(_LIVING, {"of_route": route_id}))

    def settle(self, member_id: str, route_id: str) -> None:
        self._transaction.run(_UNSETTLE, {"of_member": member_id})
        if route_id:
            self._transaction.run(_SETTLE, {"member_id": member_id, "route_id": route_id, "place": 0})

    def order(self, member_ids: Sequence[str]) -> None:
        rows = ({"of_member": one, "new_place": number} for number, one in enumerate(member_ids, 1))
        self._transaction.run_many(_ORDER, rows)

    def set_day(self, day: date, meal: Meal, places: Mapping[str, Place]) -> None:
        self._transaction.run_many(_CLEAR_DAY, ({"of_member": one, **_meal(day, meal)} for one in places))
        rows = (
            {
                "day": day.isoformat(),
                "meal": meal.value,
                "member_id": one,
                "route_id": place.route_id or None,
                "place": place.number,
            }
            for one, place in places.items()
            if place != NO_PLACE
        )
        self._transaction.run_many(_SET_DAY, rows)

    def note(self, member_id: str) -> DeliveryNote:
        row = self._transaction.run(_NOTE, {"of_member": member_id}).first()
        return NO_NOTE if row is None else DeliveryNote(row.note, bool(row.in_person))

    def put_note(self, member_id: str, note: DeliveryNote) -> None:
        self._transaction.run(_FORGET_NOTE, {"of_member": member_id})
        if note != NO_NOTE:
            row = {"member_id": member_id, "note": note.text, "in_person": int(note.in_person)}
            self._transaction.run(_ADD_NOTE, row)

    def _put(self, into: Table, key: Mapping[str, Any], facts: Mapping[str, Any]) -> None:
        there = [into.c[name] == value for name, value in key.items()]
        if not self._transaction.run(update(into).where(*there).values(**facts)).rowcount:
            self._transaction.run(insert(into), {**key, **facts})


def _meal(day: date, meal: Meal) -> dict[str, str]:
    return {"on_day": day.isoformat(), "at_meal": meal.value}


def _volunteer(row: AnyRow) -> Volunteer:
    return Volunteer(row.id, row.name, row.phone, frozenset(json.loads(row.weekdays)), bool(row.active))


def _run(row: AnyRow, day: date, meal: Meal) -> Run:
    return Run(
        row.route_id,
        day,
        meal,
        row.volunteer_id or "",
        row.containers,
        row.cooked_at,
        row.eat_by,
        row.merged_into or "",
    )


def _recipient(row: AnyRow, today: Place = NO_PLACE) -> Recipient:
    # By place: a noon reads two thousand, and a column by its name costs eight times as much.
    key, name, phone, diets, estate, building, unit, floor, door, note, in_person, route_id, number = row[:13]
    return Recipient(
        key,
        name,
        phone,
        address_of(estate, building, unit, floor, door),
        _diets(diets),
        NO_NOTE if note is None else DeliveryNote(note, bool(in_person)),
        _place(route_id, number),
        today,
    )


def _place(route_id: str | None, number: int | None) -> Place:
    return NO_PLACE if number is None else Place(route_id or "", number)


@lru_cache(maxsize=256)  # most people have none, and many the same
def _diets(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
