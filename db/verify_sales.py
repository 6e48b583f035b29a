"""Compares each sale with the entry that paid for it: date, list price, everybody's part of it, and that limits count it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, select

from db.sales import Part
from db.tables import entries, sale_items, sale_lines, sales, total
from db.transaction import AnyRow, Transaction
from pos.domain.ledger import (
    BONUS,
    CANTEEN_DISCOUNT,
    DELIVERY_FEES,
    PASSES,
    PRINCIPAL,
    WAIVERS,
    EntryKind,
    entry_number,
    receivable,
    revenue,
)
from pos.domain.money import Fen
from pos.domain.pricing import DINER
from pos.domain.sales import payer_account

_ids: BindParameter[list[str]] = bindparam("sale_ids", expanding=True)
_SALES = select(sales).where(sales.c.id.in_(_ids))
_ITEM_SUMS = (
    select(sale_items.c.sale_id, total(sale_items.c.unit_price * sale_items.c.quantity))
    .where(sale_items.c.sale_id.in_(_ids))
    .group_by(sale_items.c.sale_id)
)
_PARTS = (
    select(sale_lines.c.sale_id, sale_lines.c.payer, sale_lines.c.part, total(sale_lines.c.amount))
    .where(sale_lines.c.sale_id.in_(_ids), sale_lines.c.part != Part.REPORT.value)
    .group_by(sale_lines.c.sale_id, sale_lines.c.payer, sale_lines.c.part)
)
_RULED = select(sale_lines.c.sale_id).where(sale_lines.c.sale_id.in_(_ids), sale_lines.c.rule_id != "")
_WITHOUT_ENTRY = (
    select(sales.c.number)
    .outerjoin(entries, (entries.c.id == sales.c.id) & (entries.c.kind == EntryKind.SALE.value))
    .where(entries.c.id.is_(None))
    .order_by(sales.c.seq)
)

Facts = dict[str, Any]

_HELPERS = (CANTEEN_DISCOUNT, PASSES, WAIVERS)
_FEES = "fees on top of the list price"


def compared_sales(
    transaction: Transaction, chunk: Sequence[Sequence[AnyRow]]
) -> Iterator[tuple[str, Facts, Facts | None]]:
    """For each sale's entry (one row a posting): its number, what the entry says, what the sale says (fen)."""
    if not chunk:
        return
    ids = {"sale_ids": [rows[0].id for rows in chunk]}
    stored = {row.id: row for row in transaction.run(_SALES, ids)}
    items: dict[str, Fen] = {row[0]: row[1] for row in transaction.run(_ITEM_SUMS, ids)}
    parts: dict[str, dict[str, Fen]] = defaultdict(lambda: defaultdict(int))
    for sale_id, payer, part, amount in transaction.run(_PARTS, ids):
        parts[sale_id][_FEES if part == Part.FEE else payer] += amount
    ruled = set(transaction.run(_RULED, ids).scalars())
    for rows in chunk:
        entry = rows[0]
        sale = stored.get(entry.id)
        expected = {**_of_entry(rows), "counted": True}
        found = None if sale is None else _of_sale(sale, items.get(sale.id, 0), parts[sale.id], sale.id in ruled)
        yield entry_number(entry.till, entry.epoch, entry.seq), expected, found


def sales_without_entry(transaction: Transaction) -> Sequence[str]:
    """The numbers of sales that no entry paid for."""
    return transaction.run(_WITHOUT_ENTRY).scalars().all()


def _of_entry(rows: Sequence[AnyRow]) -> Facts:
    entry = rows[0]
    helped: dict[str, Fen] = defaultdict(int)
    by_account: dict[str, Fen] = defaultdict(int)
    sold = own = fees = 0
    for row in rows:
        account, amount = row.account or "", row.amount or 0
        by_account[account] += amount
        if account.startswith(revenue("")):
            sold -= amount
        elif account == DELIVERY_FEES:
            fees -= amount
        elif account in _HELPERS or account.startswith(receivable("")):
            helped[account] += amount
        else:
            own += amount
    return {
        "number": entry_number(entry.till, entry.epoch, entry.seq),
        "date": entry.business_date,
        "items": sold,
        "list_price": sold,
        "due": own,
        "own_line": own - fees,
        "fees": fees,
        "helped": dict(helped),
        "principal": by_account[PRINCIPAL],
        "bonus": by_account[BONUS],
    }


def _of_sale(sale: AnyRow, items: Fen, parts: Mapping[str, Fen], ruled: bool) -> Facts:
    helped = {payer_account(payer): amount for payer, amount in parts.items() if payer not in {DINER, _FEES}}
    return {
        "number": sale.number,
        "date": sale.business_date,
        "items": items,
        "list_price": sale.list_price,
        "due": sale.due,
        "own_line": parts.get(DINER, 0),
        "fees": parts.get(_FEES, 0),
        "helped": helped,
        "principal": sale.principal,
        "bonus": sale.bonus,
        "counted": bool(sale.ruled) or not ruled,
    }
