"""A bill as one text: who pays which part and why, without its basket, which stands in rows of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pos.domain.pricing import Basket, Bill, BillLine, Reason, ReasonCode


def bill_text(bill: Bill) -> str:
    """JSON: lines, notes and reports."""
    parts = [_lines(bill.lines), [_reason(note) for note in bill.notes], _lines(bill.reports)]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=2_048)  # neighbours of one age eat the same set meal under the same rules
def read_bill(text: str, basket: Basket) -> Bill:
    """The bill of a basket as `bill_text` wrote it."""
    lines, notes, reports = _parts(text)
    return Bill(basket, lines, notes, reports)


@lru_cache(maxsize=2_048)
def _parts(text: str) -> tuple[tuple[BillLine, ...], tuple[Reason, ...], tuple[BillLine, ...]]:
    lines, notes, reports = json.loads(text)
    return _read_lines(lines), tuple(map(_read_reason, notes)), _read_lines(reports)


def _lines(lines: Iterable[BillLine]) -> list[Any]:
    return [
        [one.payer, one.amount, int(one.claimable), one.rule_id, one.tariff_id, _reason(one.reason), one.label]
        for one in lines
    ]


def _reason(reason: Reason) -> list[Any]:
    return [reason.code, dict(reason.facts)]


def _read_lines(rows: Iterable[Sequence[Any]]) -> tuple[BillLine, ...]:
    return tuple(
        BillLine(payer, amount, bool(claimable), rule_id, tariff_id, _read_reason(reason), label)
        for payer, amount, claimable, rule_id, tariff_id, reason, label in rows
    )


def _read_reason(row: Sequence[Any]) -> Reason:
    code, facts = row
    return Reason(ReasonCode(code), facts)
