"""Reservations in the store."""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    select,
    text,
    union_all,
    update,
)

from db import chosen, columns
from db.bill_text import bill_text, read_bill
from db.members import begins, ranges
from db.pipeline import Question
from db.tables import (
    entries,
    members,
    particulars,
    reservation_items,
    reservations,
    sale_items,
    sales,
    search_keys,
    tills,
    total,
)
from db.transaction import AnyRow, Transaction
from pos.domain.address import Address
from pos.domain.menu import Meal
from pos.domain.pricing import BasketItem, Way
from pos.domain.reservations import BookedAlready, Reservation, ReservationOver, Source, State, rules_of
from pos.domain.usage import Had, counted

_EVERY = select(
    reservations.c.id,
    reservations.c.member_id,
    members.c.name,
    reservations.c.day,
    reservations.c.meal,
    reservations.c.way,
    reservations.c.bill,
    reservations.c.source,
    reservations.c.booked_ms,
    reservations.c.booked_by,
    reservations.c.eat_at,
    reservations.c.hold_id,
    reservations.c.state,
    reservations.c.ended_ms,
    reservations.c.ended_by,
    reservations.c.sale_id,
    reservations.c.why,
    reservations.c.card_tail,
).join(members, members.c.id == reservations.c.member_id)
_on_day = reservations.c.day == bindparam("on_day")
_at_meal = reservations.c.meal == bindparam("at_meal")
_of_member = reservations.c.member_id == bindparam("of_member")
_booked = reservations.c.state == State.BOOKED.value
_GET = _EVERY.where(reservations.c.id == bindparam("of_id"))
_SOLD = _EVERY.where(reservations.c.sale_id == bindparam("of_sale"))
_WAITING = _EVERY.where(_of_member, _on_day, _at_meal, _booked)
_OF_DAY = _EVERY.where(_on_day).order_by(reservations.c.seq)
_OF_MEMBER = _EVERY.where(_of_member, reservations.c.day >= bindparam("first")).order_by(
    reservations.c.day, reservations.c.meal, reservations.c.seq
)
_reserving = select(reservations.c.member_id).where(_on_day, _at_meal)
_ADDRESSES = select(particulars.c.member_id, *(particulars.c[part.name] for part in fields(Address))).where(
    particulars.c.member_id.in_(_reserving)
)
_FOUND = select(search_keys.c.member_id).where(begins(search_keys, 0), search_keys.c.member_id.in_(_reserving))
# What the chosen reservations' dishes are: the same question again, so that no list of ids is sent.
_items = select(
    reservation_items.c.reservation_id,
    reservation_items.c.dish_id,
    reservation_items.c.name,
    reservation_items.c.kind,
    reservation_items.c.unit_price,
    reservation_items.c.quantity,
    reservation_items.c.chosen,
)
# What was fetched or missed was cooked: its portion is nobody else's.
_taken = reservations.c.state != State.CANCELLED.value
_HOW_MANY = select(func.count()).select_from(reservations).where(_on_day, _at_meal, _taken)
_LATE = _HOW_MANY.where(reservations.c.booked_ms > bindparam("after_ms"), reservations.c.source != Source.STANDING.value)
_come = select(func.count()).where(_on_day, _at_meal, _booked, reservations.c.way != Way.DELIVERY.value)
_reversal = entries.alias("reversal")
_without_reservation = and_(
    sales.c.till.in_(select(tills.c.till)),  # lets the index by till and date serve
    sales.c.business_date == bindparam("on_day"),
    sales.c.meal == bindparam("at_meal"),
    ~exists().where(reservations.c.sale_id == sales.c.id),
    ~exists().where(_reversal.c.reverses == sales.c.id),
)
_walked_in = select(func.count()).where(_without_reservation)
# By what was chosen for a set meal, too: the same few choices over and over.
_PORTIONS = union_all(
    select(reservation_items.c.dish_id, reservation_items.c.chosen, total(reservation_items.c.quantity))
    .join(reservations, reservations.c.id == reservation_items.c.reservation_id)
    .where(_on_day, _at_meal, _taken)
    .group_by(reservation_items.c.dish_id, reservation_items.c.chosen),
    select(sale_items.c.dish_id, sale_items.c.chosen, total(sale_items.c.quantity))
    .join(sales, sales.c.id == sale_items.c.sale_id)
    .where(_without_reservation)
    .group_by(sale_items.c.dish_id, sale_items.c.chosen),
)
_AT_COUNTER = select(_come.scalar_subquery(), _walked_in.scalar_subquery())
_PENDING = (
    select(reservations.c.day, reservations.c.meal, reservations.c.rules, reservations.c.booked_ms)
    .where(
        reservations.c.member_id == bindparam("member"),
        reservations.c.day >= bindparam("first"),
        reservations.c.day <= bindparam("last"),
        _booked,
    )
    .order_by(reservations.c.seq)
)
_LOCK = text("SELECT pg_advisory_xact_lock(:space, :key)")
_LOCK_SPACE = 7_201
"""Advisory locks of meals; those of tills have another first number."""
_ADD = insert(reservations).inline()
_ADD_ITEM = insert(reservation_items)
_new_sale: BindParameter[str | None] = bindparam("new_sale")
_new_hold: BindParameter[str | None] = bindparam("new_hold")
_END = (
    update(reservations)
    .where(reservations.c.id == bindparam("of_id"), reservations.c.state == bindparam("before"))
    .values(
        state=bindparam("new_state"),
        ended_ms=bindparam("at_ms"),
        ended_by=bindparam("who"),
        sale_id=_new_sale,
        hold_id=_new_hold,
        why=bindparam("reason"),
    )
)


class SqlReservations:
    """Keeps the promises of pos.ports.ReservationRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, reservation_id: str) -> Reservation | None:
        return next(iter(self._read(_GET, {"of_id": reservation_id})), None)

    def sold(self, sale_id: str) -> Reservation | None:
        return next(iter(self._read(_SOLD, {"of_sale": sale_id})), None)

    def waiting(self, member_id: str, day: date, meal: Meal) -> Reservation | None:
        values = {"of_member": member_id, "on_day": day.isoformat(), "at_meal": meal.value}
        return next(iter(self._read(_WAITING, values)), None)

    def of_day(self, day: date, meal: Meal | None = None, state: State | None = None) -> tuple[Reservation, ...]:
        asked, values = _OF_DAY, {"on_day": day.isoformat()}
        if meal is not None:
            asked, values = asked.where(_at_meal), values | {"at_meal": meal.value}
        if state is not None:
            asked = asked.where(reservations.c.state == bindparam("in_state"))
            values = values | {"in_state": state.value}
        return self._read(asked, values)

    def addresses(self, day: date, meal: Meal) -> Mapping[str, Address]:
        rows = self._transaction.run(_ADDRESSES, {"on_day": day.isoformat(), "at_meal": meal.value}).all()
        return {member_id: Address(*address) for member_id, *address in rows}

    def found(self, day: date, meal: Meal, word: str) -> frozenset[str]:
        values = {"on_day": day.isoformat(), "at_meal": meal.value, **ranges([word])}
        return frozenset(self._transaction.run(_FOUND, values).scalars())

    def of_member(self, member_id: str, first: date, last: date | None = None) -> tuple[Reservation, ...]:
        values = {"of_member": member_id, "first": first.isoformat()}
        if last is None:
            return self._read(_OF_MEMBER, values)
        asked = _OF_MEMBER.where(reservations.c.day <= bindparam("last"))
        return self._read(asked, values | {"last": last.isoformat()})

    def taken_portions(self, day: date, meal: Meal) -> Mapping[str, int]:
        values = {"on_day": day.isoformat(), "at_meal": meal.value}
        portions = Counter({"": self._transaction.run(_HOW_MANY, values).scalar_one()})
        for dish_id, eaten, quantity in self._transaction.run(_PORTIONS, values):
            for one in (dish_id, *(inside for inside, _name in chosen.read(eaten))):
                portions[one] += quantity
        return portions

    def booked_since(self, day: date, meal: Meal, at_ms: int) -> int:
        values = {"on_day": day.isoformat(), "at_meal": meal.value, "after_ms": at_ms}
        found: int = self._transaction.run(_LATE, values).scalar_one()
        return found

    def at_counter(self, day: date, meal: Meal) -> tuple[int, int]:
        values = {"on_day": day.isoformat(), "at_meal": meal.value}
        row = self._transaction.run(_AT_COUNTER, values).one()
        return row[0], row[1]

    def lock_meal(self, day: date, meal: Meal) -> None:
        # A file has one writer at a time anyway.
        if self._transaction.on_server:
            key = zlib.crc32(f"{day} {meal}".encode()) - 2**31
            self._transaction.run(_LOCK, {"space": _LOCK_SPACE, "key": key})

    def add(self, reservation: Reservation, staff_id: str) -> None:
        self._transaction.send(
            _ADD, _row(reservation, staff_id), broken=partial(_booked_already, reservation)
        )
        self._transaction.send(_ADD_ITEM, *_item_rows(reservation))

    def add_all(self, reservations: Sequence[Reservation], staff_id: str) -> None:
        self._transaction.run_many(_ADD, (_row(one, staff_id) for one in reservations))
        self._transaction.run_many(_ADD_ITEM, (row for one in reservations for row in _item_rows(one)))

    def end(self, reservation: Reservation, before: State = State.BOOKED) -> None:
        values = {
            "of_id": reservation.id,
            "before": before.value,
            "new_state": reservation.state.value,
            "at_ms": reservation.ended_ms,
            "who": reservation.ended_by,
            "new_sale": reservation.sale_id or None,
            "new_hold": reservation.hold_id or None,
            "reason": reservation.why,
        }
        if self._transaction.run(_END, values).rowcount != 1:
            now = self.get(reservation.id)
            raise ReservationOver(reservation.member_name, now.state if now else State.CANCELLED)

    def _read(self, asked: Select[Any], of: Mapping[str, Any]) -> tuple[Reservation, ...]:
        rows = self._transaction.run(asked, of).all()
        if not rows:
            return ()
        baskets: dict[str, list[BasketItem]] = defaultdict(list)
        asked_for = asked.with_only_columns(reservations.c.id).order_by(None)
        items = _items.where(reservation_items.c.reservation_id.in_(asked_for)).order_by(
            reservation_items.c.reservation_id, reservation_items.c.line
        )
        for reservation_id, *item in self._transaction.run(items, of).all():
            baskets[reservation_id].append(_item(*item))
        return tuple(_reservation(row, baskets[row[0]]) for row in rows)


def pending(transaction: Transaction, member_id: str, day: date) -> tuple[Had, ...]:
    """What a member has reserved around a date, with the rules that gave something to it: limits count it."""
    return tuple(
        Had(date.fromisoformat(on), Meal(meal), tuple(json.loads(rules)), at_ms, pending=True)
        for on, meal, rules, at_ms in transaction.ask(ask_pending(member_id, day)).all()
    )


def ask_pending(member_id: str, day: date) -> Question:
    first, last = counted(day)
    return _PENDING, {"member": member_id, "first": first.isoformat(), "last": last.isoformat()}


def _booked_already(reservation: Reservation, key: str) -> Exception | None:
    if key in {"uq_reservations_waiting", "reservations.member_id, reservations.day, reservations.meal"}:
        return BookedAlready(reservation.member_name, "")
    return None


def _row(one: Reservation, staff_id: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "member_id": one.member_id,
        "day": one.day.isoformat(),
        "meal": one.meal.value,
        "way": one.way.value,
        "eat_at": one.eat_at,
        "source": one.source.value,
        "card_tail": one.card_tail,
        "bill": bill_text(one.bill),
        "rules": json.dumps(rules_of(one.bill), ensure_ascii=False),
        "booked_ms": one.booked_ms,
        "staff_id": staff_id,
        "booked_by": one.booked_by,
        "hold_id": one.hold_id or None,
        "state": one.state.value,
        "ended_ms": one.ended_ms,
        "ended_by": one.ended_by,
        "sale_id": one.sale_id or None,
        "why": one.why,
    }


def _item_rows(one: Reservation) -> Iterable[dict[str, Any]]:
    for line, item in enumerate(one.bill.basket):
        yield {
            "reservation_id": one.id,
            "line": line,
            "dish_id": item.dish_id,
            "name": item.name,
            "kind": item.kind.value,
            "unit_price": item.unit_price,
            "quantity": item.quantity,
            "chosen": chosen.written(item),
        }


@lru_cache(maxsize=1_024)  # two thousand people eat the same few dishes
def _item(dish_id: str, name: str, kind: str, price: int, quantity: int, eaten: str) -> BasketItem:
    return BasketItem(dish_id, name, columns.DISH_KIND[kind], price, quantity, chosen=chosen.read(eaten))


def _reservation(row: AnyRow, basket: Iterable[BasketItem]) -> Reservation:
    # By place: a noon reads two thousand, and a column by its name costs eight times as much.
    key, member_id, name, day, meal, way, bill, source, booked_ms, booked_by = row[:10]
    eat_at, hold_id, state, ended_ms, ended_by, sale_id, why, card_tail = row[10:]
    return Reservation(
        key,
        member_id,
        name,
        columns.day(day),
        columns.MEAL[meal],
        columns.WAY[way],
        read_bill(bill, tuple(basket)),
        columns.SOURCE[source],
        booked_ms,
        booked_by,
        eat_at,
        hold_id or "",
        columns.STATE[state],
        ended_ms,
        ended_by,
        sale_id or "",
        why,
        card_tail,
    )
