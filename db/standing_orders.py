"""Standing orders in the store, and everything about those who have them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from sqlalchemy import Select, and_, bindparam, exists, func, insert, or_, select

from db.members import MEMBER_COLUMNS, member_of
from db.tables import (
    entries,
    lot_balances,
    lots,
    members,
    particulars,
    reservations,
    sale_lines,
    sales,
    staff,
    standing_orders,
    wallets,
)
from db.transaction import AnyRow, Transaction
from pos.domain.ledger import Lot, SpendOrder
from pos.domain.members import Member, Wallet
from pos.domain.menu import Meal
from pos.domain.pricing import Way
from pos.domain.reservations import State
from pos.domain.standing_orders import Portions, StandingOrder
from pos.domain.usage import Had, counted
from pos.ports.standing_orders import Reserved

_of = standing_orders.c
_newest = select(func.max(_of.seq)).group_by(_of.id)
_begun = select(func.min(_of.seq).label("begun"), _of.id).group_by(_of.id).subquery()
_ORDERS = (
    select(
        _of.id,
        _of.member_id,
        _of.weekdays,
        _of.meal,
        _of.way,
        _of.first_day,
        _of.portions,
        _of.eat_at,
        _of.last_day,
        _of.paused_from,
        _of.paused_to,
        _of.ended,
        staff.c.name,
        _of.made_ms,
    )
    .join(staff, staff.c.id == _of.staff_id)
)  # fmt: skip
_VERSIONS = _ORDERS.where(_of.id == bindparam("order_id")).order_by(_of.seq)
_GET = _ORDERS.where(_of.id == bindparam("order_id")).order_by(_of.seq.desc()).limit(1)
_NEWEST = _ORDERS.join(_begun, _begun.c.id == _of.id).where(_of.seq.in_(_newest)).order_by(_begun.c.begun)
_OF_MEMBER = _NEWEST.where(_of.member_id == bindparam("member"))
_holds = and_(
    _of.seq.in_(_newest),
    _of.ended == 0,
    _of.first_day <= bindparam("last"),
    or_(_of.last_day.is_(None), _of.last_day >= bindparam("first")),
)
_BETWEEN = _NEWEST.join(members, members.c.id == _of.member_id).where(_holds, members.c.name != "")
_ADD = insert(standing_orders).inline()

_holders = select(_of.member_id).where(_holds)
_HOLDERS = select(*MEMBER_COLUMNS).where(members.c.id.in_(_holders))
_DOORS = select(particulars.c.member_id, particulars.c.building, particulars.c.unit, particulars.c.door).where(
    particulars.c.member_id.in_(_holders)
)
_WALLETS = select(wallets).where(wallets.c.member_id.in_(_holders)).order_by(wallets.c.member_id)
_WALLETS_LOCKED = _WALLETS.with_for_update(key_share=True)
_LOTS = (
    select(
        lots.c.id,
        lots.c.member_id,
        lots.c.principal,
        lots.c.bonus,
        lot_balances.c.principal.label("principal_left"),
        lot_balances.c.bonus.label("bonus_left"),
        lots.c.spend_order,
    )
    .join(lot_balances, lot_balances.c.lot_id == lots.c.id)
    .where(lots.c.member_id.in_(_holders), lot_balances.c.principal + lot_balances.c.bonus > 0)
    .order_by(lots.c.seq)
)
_reversal = entries.alias("reversal")
# Limits count what a rule gave something to: a sale without any is not asked for.
_HAD = (
    select(sales.c.member_id, sales.c.seq, sales.c.business_date, sales.c.meal, sales.c.at_ms, sale_lines.c.rule_id)
    .join(sale_lines, and_(sale_lines.c.sale_id == sales.c.id, sale_lines.c.rule_id != ""))
    .where(
        sales.c.member_id.in_(_holders),
        sales.c.business_date >= bindparam("since"),
        sales.c.business_date <= bindparam("until"),
        ~exists().where(_reversal.c.reverses == sales.c.id),
    )
    .order_by(sales.c.seq, sale_lines.c.line)
)
# Whoever's they are: of days that it has not counted yet a server takes them for few, and would look up each holder's.
_of_days = and_(reservations.c.day >= bindparam("since"), reservations.c.day <= bindparam("until"))
_PENDING = (
    select(reservations.c.member_id, reservations.c.day, reservations.c.meal, reservations.c.rules, reservations.c.booked_ms)
    .where(_of_days, reservations.c.state == State.BOOKED.value)
    .order_by(reservations.c.seq)
)
_RESERVED = select(
    reservations.c.id,
    reservations.c.member_id,
    reservations.c.day,
    reservations.c.meal,
    reservations.c.state,
    reservations.c.ended_ms,
).where(_of_days)


class SqlStandingOrders:
    """Keeps the promises of pos.ports.StandingOrderRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, order_id: str) -> StandingOrder | None:
        return next(iter(self._read(_GET, {"order_id": order_id})), None)

    def of_member(self, member_id: str) -> tuple[StandingOrder, ...]:
        return self._read(_OF_MEMBER, {"member": member_id})

    def versions(self, order_id: str) -> tuple[StandingOrder, ...]:
        return self._read(_VERSIONS, {"order_id": order_id})

    def between(self, first: date, last: date) -> tuple[StandingOrder, ...]:
        self._transaction.count_anew(standing_orders, members, wallets, lots, lot_balances, reservations, sales, sale_lines)
        return self._read(_BETWEEN, _days(first, last))

    def put(self, order: StandingOrder, staff_id: str) -> None:
        row = {
            "id": order.id,
            "member_id": order.member_id,
            "weekdays": "".join(map(str, sorted(order.weekdays))),
            "meal": order.meal.value,
            "way": order.way.value,
            "portions": json.dumps(order.portions, ensure_ascii=False),
            "eat_at": order.eat_at,
            "first_day": order.first.isoformat(),
            "last_day": order.last and order.last.isoformat(),
            "paused_from": order.paused_from and order.paused_from.isoformat(),
            "paused_to": order.paused_to and order.paused_to.isoformat(),
            "ended": int(order.ended),
            "staff_id": staff_id,
            "made_ms": order.made_ms,
        }
        self._transaction.run(_ADD, row)

    def holders(self, first: date, last: date, day: date) -> Mapping[str, Member]:
        rows = self._transaction.run(_HOLDERS, {**_days(first, last), "day": day.isoformat()}).all()
        return {row[0]: member_of(row, day) for row in rows}

    def doors(self, first: date, last: date) -> Mapping[str, str]:
        rows = self._transaction.run(_DOORS, _days(first, last)).all()
        told = ((member_id, f"{building}{unit}{door}") for member_id, building, unit, door in rows)
        return {member_id: door for member_id, door in told if door}

    def wallets(self, first: date, last: date) -> Mapping[str, Wallet]:
        asked = _WALLETS_LOCKED if self._transaction.writing else _WALLETS
        rows = self._transaction.run(asked, _days(first, last)).mappings().all()
        return {row["member_id"]: Wallet(row["member_id"], row["principal"], row["bonus"], row["held"]) for row in rows}

    def open_lots(self, first: date, last: date) -> Mapping[str, tuple[Lot, ...]]:
        found: dict[str, tuple[Lot, ...]] = {}
        for lot_id, owner, principal, bonus, principal_left, bonus_left, order in self._transaction.run(_LOTS, _days(first, last)).all():
            lot = Lot(lot_id, owner, principal, bonus, principal_left, bonus_left, SpendOrder(order))
            found[owner] = (*found.get(owner, ()), lot)
        return found

    def usage(self, first: date, last: date) -> Mapping[str, Sequence[Had]]:
        values = {**_days(first, last), **_days(counted(first)[0], counted(last)[1], "since", "until")}
        sold: dict[int, tuple[str, str, str, int, list[str]]] = {}
        for member_id, seq, on, meal, at_ms, rule_id in self._transaction.run(_HAD, values).all():
            rules = sold.setdefault(seq, (member_id, on, meal, at_ms, []))[4]
            if rule_id not in rules:
                rules.append(rule_id)
        found: dict[str, list[Had]] = defaultdict(list)
        for member_id, on, meal, at_ms, rules in sold.values():
            found[member_id].append(Had(date.fromisoformat(on), Meal(meal), tuple(rules), at_ms))
        for member_id, on, meal, text, at_ms in self._transaction.run(_PENDING, values).all():
            found[member_id].append(Had(date.fromisoformat(on), Meal(meal), _rules(text), at_ms, pending=True))
        return found

    def reserved(self, first: date, last: date) -> Sequence[Reserved]:
        values = {**_days(first, last), **_days(first, last, "since", "until")}
        rows = self._transaction.run(_RESERVED, values).all()
        return [
            Reserved(key, member_id, date.fromisoformat(day), Meal(meal), State(state), ended_ms)
            for key, member_id, day, meal, state, ended_ms in rows
        ]

    def _read(self, asked: Select[tuple[object, ...]], values: Mapping[str, str]) -> tuple[StandingOrder, ...]:
        return tuple(map(_order, self._transaction.run(asked, values).all()))


def _days(first: date, last: date, name_of_first: str = "first", name_of_last: str = "last") -> dict[str, str]:
    return {name_of_first: first.isoformat(), name_of_last: last.isoformat()}


def _order(row: AnyRow) -> StandingOrder:
    # By place: a run reads five thousand.
    key, member_id, weekdays, meal, way, first, portions, eat_at, last, paused_from, paused_to, ended, by, made_ms = row
    return StandingOrder(
        key,
        member_id,
        _weekdays(weekdays),
        Meal(meal),
        Way(way),
        date.fromisoformat(first),
        _portions(portions),
        eat_at,
        last and date.fromisoformat(last),
        paused_from and date.fromisoformat(paused_from),
        paused_to and date.fromisoformat(paused_to),
        bool(ended),
        by,
        made_ms,
    )


@lru_cache(maxsize=128)
def _weekdays(digits: str) -> frozenset[int]:
    return frozenset(map(int, digits))


@lru_cache(maxsize=256)  # most have the day's set meal
def _portions(text: str) -> Portions:
    return tuple((dish_id, quantity) for dish_id, quantity in json.loads(text))


@lru_cache(maxsize=256)  # neighbours of one age have the same rules
def _rules(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
