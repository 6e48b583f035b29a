"""Committed sales in the store: the sale, its dishes and who pays which part of it; append-only."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, func, insert, literal_column, select, union_all

from db import chosen
from db.pipeline import Question
from db.reservations import pending
from db.tables import delivery_results, entries, reservations, sale_items, sale_lines, sales, total
from db.transaction import AnyRow, Transaction
from pos.domain.menu import DishKind, Meal
from pos.domain.money import Fen
from pos.domain.pricing import BasketItem, Bill, BillLine, Reason, ReasonCode, Tender, Way
from pos.domain.reservations import State
from pos.domain.sales import Payment, Sale
from pos.domain.usage import Had, Usage, counted

_reversal = entries.alias("reversal")
_undone = exists().where(_reversal.c.reverses == sales.c.id)
_SALES = select(
    sales.c.id,
    sales.c.number,
    sales.c.business_date,
    sales.c.meal,
    sales.c.way,
    sales.c.at_ms,
    sales.c.till,
    sales.c.shift_id,
    sales.c.staff_id,
    sales.c.staff_name,
    sales.c.member_id,
    sales.c.member_name,
    sales.c.card_tail,
    sales.c.notes,
    _undone.label("undone"),
    sales.c.tender,
    sales.c.principal,
    sales.c.bonus,
    sales.c.principal_after,
    sales.c.bonus_after,
    sales.c.given,
    sales.c.reference,
)
_brought = exists().where(delivery_results.c.id == sales.c.id)
_missed = exists().where(reservations.c.sale_id == sales.c.id, reservations.c.state == State.MISSED.value)
_newest_first = sales.c.seq.desc()

_GET = _SALES.where(sales.c.id == bindparam("sale_id"))
_KNOWN = select(sales.c.seq).where(sales.c.id == bindparam("sale_id"))
_since = and_(sales.c.member_id == bindparam("member"), sales.c.seq > bindparam("after"), ~_undone)


def _last_at(meal: Meal) -> Select[*tuple[Any, ...]]:
    last = (
        select(sales.c.seq, sales.c.business_date, sales.c.meal, sales.c.at_ms)
        .where(_since, sales.c.business_date == bindparam("day"), sales.c.meal == literal_column(f"'{meal.value}'"))
        .order_by(_newest_first)
        .limit(literal_column("1"))
        .subquery()
    )
    return select(last, literal_column("-1").label("line"), literal_column("''").label("rule_id"))


# One question for "served before?" and for all limits. Sales that no rule gave anything to count for no limit: for all of
# them stands the last sale of each meal of the day, so a card that serves many people is as quick as any other.
_USAGE = union_all(
    select(sales.c.seq, sales.c.business_date, sales.c.meal, sales.c.at_ms, sale_lines.c.line, sale_lines.c.rule_id)
    .select_from(sales)
    .join(sale_lines, and_(sale_lines.c.sale_id == sales.c.id, sale_lines.c.rule_id != literal_column("''")))
    .where(
        _since,
        sales.c.ruled == literal_column("1"),  # as the index ix_sales_ruled has it
        sales.c.business_date >= bindparam("first"),
        sales.c.business_date <= bindparam("last"),
    ),
    *map(_last_at, Meal),
).order_by("seq", "line")
_RECENT = (
    _SALES.where(sales.c.member_id == bindparam("member"), ~_undone)
    .order_by(_newest_first)
    .limit(bindparam("most"))
)
_OF_SHIFT = (
    _SALES.where(sales.c.shift_id == bindparam("shift")).order_by(_newest_first).limit(bindparam("most"))
)
_LAST_OF_SHIFT = (
    # What was sold at a door is taken back by its result; a meal that nobody had was sold by the close of its day.
    _SALES.where(sales.c.shift_id == bindparam("shift"), ~_undone, ~_brought, ~_missed).order_by(_newest_first).limit(1)
)
_DAY_TOTALS = select(func.count(), total(sales.c.due)).where(
    sales.c.till == bindparam("at_till"), sales.c.business_date == bindparam("day"), ~_undone
)
_ITEMS = (
    select(
        sale_items.c.sale_id,
        sale_items.c.dish_id,
        sale_items.c.name,
        sale_items.c.kind,
        sale_items.c.unit_price,
        sale_items.c.quantity,
        sale_items.c.grams,
        sale_items.c.chosen,
    )
    .where(sale_items.c.sale_id.in_(bindparam("sale_ids", expanding=True)))
    .order_by(sale_items.c.sale_id, sale_items.c.line)
)
_LINES = (
    select(
        sale_lines.c.sale_id,
        sale_lines.c.payer,
        sale_lines.c.amount,
        sale_lines.c.claimable,
        sale_lines.c.rule_id,
        sale_lines.c.tariff_id,
        sale_lines.c.reason,
        sale_lines.c.label,
        sale_lines.c.part,
    )
    .where(sale_lines.c.sale_id.in_(bindparam("sale_ids", expanding=True)))
    .order_by(sale_lines.c.sale_id, sale_lines.c.line)
)
_ADD = insert(sales).inline()
_ADD_ITEM = insert(sale_items)
_ADD_LINE = insert(sale_lines)


class Part(StrEnum):
    """What a stored line is: a part of the list price, a fee on top, or a claim that is no part of the bill."""

    SHARE = "share"
    FEE = "fee"
    REPORT = "report"


class SqlSales:
    """Keeps the promises of pos.ports.SaleRows. 'Newest' is the last one stored: a clock may go back."""

    __slots__ = ("_ahead", "_transaction")

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._ahead: dict[tuple[str, date], Sequence[AnyRow]] = {}

    def get(self, sale_id: str) -> Sale | None:
        # Every charge asks this, and almost never for a sale that is there: many columns would cost it much.
        if self._transaction.ask(ask_known(sale_id)).first() is None:
            return None
        return next(iter(self._whole(self._transaction.run(_GET, {"sale_id": sale_id}).all())), None)

    def add(self, sale: Sale) -> None:
        self._transaction.send(_ADD, _row(sale))
        self._transaction.send(
            _ADD_ITEM,
            *(
                {
                    "sale_id": sale.id,
                    "line": number,
                    "dish_id": item.dish_id,
                    "name": item.name,
                    "kind": item.kind.value,
                    "unit_price": item.unit_price,
                    "quantity": item.quantity,
                    "grams": item.grams,
                    "chosen": chosen.written(item),
                }
                for number, item in enumerate(sale.bill.basket)
            ),
        )
        self._transaction.send(
            _ADD_LINE,
            *(
                {
                    "sale_id": sale.id,
                    "line": number,
                    "payer": line.payer,
                    "amount": line.amount,
                    "claimable": int(line.claimable),
                    "rule_id": line.rule_id,
                    "tariff_id": line.tariff_id,
                    "reason": _written([line.reason]),
                    "label": line.label,
                    "part": part.value,
                }
                for number, (part, line) in enumerate(_parts(sale.bill))
            ),
        )

    def look_ahead(self, member_id: str, day: date) -> Question:
        """Read before the wallet's lock what a member had, and give the question that `usage` asks behind it.

        That is about what came since: a member's sales are stored one after the other, each behind that lock, so they
        have higher numbers. A sale that is undone in between still counts, as it did when the charge was asked for.
        """
        ahead = self._ahead[member_id, day] = self._transaction.ask(ask_usage(member_id, day)).all()
        return ask_usage(member_id, day, _newest(ahead))

    def usage(self, member_id: str, day: date) -> Usage:
        ahead = self._ahead.pop((member_id, day), [])
        since = self._transaction.ask(ask_usage(member_id, day, _newest(ahead))).all()
        had: dict[int, tuple[str, str, int, list[str]]] = {}
        for seq, on, meal, at_ms, _line, rule_id in (*ahead, *since):
            rules = had.setdefault(seq, (on, meal, at_ms, []))[3]
            if rule_id and rule_id not in rules:
                rules.append(rule_id)
        eaten = (Had(date.fromisoformat(on), Meal(meal), tuple(rules), at_ms) for on, meal, at_ms, rules in had.values())
        return Usage((*eaten, *pending(self._transaction, member_id, day)))

    def recent(self, member_id: str, limit: int) -> tuple[Sale, ...]:
        return self._whole(self._transaction.run(_RECENT, {"member": member_id, "most": limit}).all())

    def last_of_shift(self, shift_id: str) -> Sale | None:
        return next(iter(self._whole(self._transaction.run(_LAST_OF_SHIFT, {"shift": shift_id}).all())), None)

    def of_shift(self, shift_id: str, limit: int) -> tuple[Sale, ...]:
        return self._whole(self._transaction.run(_OF_SHIFT, {"shift": shift_id, "most": limit}).all())

    def day_totals(self, till: str, day: date) -> tuple[int, Fen]:
        row = self._transaction.run(_DAY_TOTALS, {"at_till": till, "day": day.isoformat()}).one()
        return (row[0], row[1])

    def _whole(self, rows: Sequence[AnyRow]) -> tuple[Sale, ...]:
        if not rows:
            return ()
        ids = {"sale_ids": [row[0] for row in rows]}
        items: dict[str, list[BasketItem]] = defaultdict(list)
        for sale_id, dish_id, name, kind, *counts, eaten in self._transaction.run(_ITEMS, ids).all():
            price, quantity, grams = counts
            dishes = chosen.read(eaten)
            items[sale_id].append(BasketItem(dish_id, name, DishKind(kind), price, quantity, grams, dishes))
        lines: dict[str, list[BillLine]] = defaultdict(list)
        reports: dict[str, list[BillLine]] = defaultdict(list)
        for sale_id, payer, amount, claimable, rule_id, tariff_id, why, label, part in self._transaction.run(_LINES, ids).all():
            (reason,) = _read(why)
            kept = reports if part == Part.REPORT else lines
            kept[sale_id].append(BillLine(payer, amount, bool(claimable), rule_id, tariff_id, reason, label))
        return tuple(_sale(row, items[row[0]], lines[row[0]], reports[row[0]]) for row in rows)


def ask_known(sale_id: str) -> Question:
    return _KNOWN, {"sale_id": sale_id}


def ask_usage(member_id: str, day: date, after: int = 0) -> Question:
    """What a member had around a date, of the sales with a number above `after`."""
    first, last = counted(day)
    span = {"first": first.isoformat(), "last": last.isoformat(), "day": day.isoformat()}
    return _USAGE, {"member": member_id, "after": after, **span}


def _newest(rows: Iterable[AnyRow]) -> int:
    return max((row[0] for row in rows), default=0)


def _row(sale: Sale) -> dict[str, Any]:
    payment = sale.payment
    return {
        "id": sale.id,
        "number": sale.number,
        "business_date": sale.business_date.isoformat(),
        "meal": sale.meal.value,
        "way": sale.way.value,
        "at_ms": sale.at_ms,
        "till": sale.till,
        "shift_id": sale.shift_id,
        "staff_id": sale.staff_id,
        "staff_name": sale.staff_name,
        "member_id": sale.member_id,
        "member_name": sale.member_name,
        "card_tail": sale.card_tail,
        "list_price": sale.bill.list_price,
        "due": sale.bill.due,
        "subsidised": int(sale.bill.subsidised),
        "ruled": int(any(line.rule_id for _, line in _parts(sale.bill))),
        "notes": _written(sale.bill.notes),
        "tender": payment.tender.value,
        "principal": payment.principal,
        "bonus": payment.bonus,
        "principal_after": payment.principal_after,
        "bonus_after": payment.bonus_after,
        "given": payment.given,
        "reference": payment.reference,
    }


def _parts(bill: Bill) -> Iterator[tuple[Part, BillLine]]:
    for line in bill.lines:
        yield (Part.FEE if line.is_fee else Part.SHARE), line
    for line in bill.reports:
        yield Part.REPORT, line


def _sale(row: AnyRow, items: Iterable[BasketItem], lines: Iterable[BillLine], reports: Iterable[BillLine]) -> Sale:
    # By place: every swipe reads five sales, and a column by its name costs eight times as much.
    sale_id, number, day, meal, way, at_ms, till, shift_id, staff_id, staff_name = row[:10]
    member_id, member_name, card_tail, notes, undone, tender, *paid = row[10:]
    return Sale(
        sale_id,
        number,
        date.fromisoformat(day),
        Meal(meal),
        Way(way),
        at_ms,
        till,
        shift_id,
        staff_id,
        staff_name,
        member_id,
        member_name,
        card_tail,
        Bill(tuple(items), tuple(lines), _read(notes), tuple(reports)),
        Payment(Tender(tender), *paid),
        bool(undone),
    )


def _written(reasons: Iterable[Reason]) -> str:
    return json.dumps([[reason.code, dict(reason.facts)] for reason in reasons], ensure_ascii=False)


@lru_cache(maxsize=1_024)  # the same few reasons stand on every bill; nobody changes their facts
def _read(text: str) -> tuple[Reason, ...]:
    return tuple(Reason(ReasonCode(code), facts) for code, facts in json.loads(text))
