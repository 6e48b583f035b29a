"""Versions of printed lists in the store."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, func, insert, select, text

from db.tables import prints, staff
from db.transaction import AnyRow, Transaction
from pos.domain.menu import Meal
from pos.domain.prints import Print, PrintKind, print_id

_EVERY = select(prints, staff.c.name.label("staff_name")).join(staff, staff.c.id == prints.c.staff_id)
_of_meal = (
    prints.c.day == bindparam("on_day"),
    prints.c.meal == bindparam("at_meal"),
    prints.c.kind == bindparam("of_kind"),
)
_of_subject = prints.c.subject == bindparam("of_subject")
_LATEST = _EVERY.where(*_of_meal, _of_subject).order_by(prints.c.version.desc()).limit(1)
_other = prints.alias("other")
_newest = (
    select(func.max(_other.c.version))
    .where(
        _other.c.day == prints.c.day,
        _other.c.meal == prints.c.meal,
        _other.c.kind == prints.c.kind,
        _other.c.subject == prints.c.subject,
    )
    .scalar_subquery()
)
_LATEST_OF = _EVERY.where(*_of_meal, prints.c.version == _newest).order_by(prints.c.subject)
_GET = _EVERY.where(prints.c.id == bindparam("of_id"))
_ADD = insert(prints)
_LOCK = text("SELECT pg_advisory_xact_lock(:space, :key)")
_LOCK_SPACE = 7_202
"""Advisory locks of printed lists; those of tills and meals have other first numbers."""


class SqlPrints:
    """Keeps the promises of pos.ports.PrintRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def latest(self, kind: PrintKind, subject: str, day: date, meal: Meal) -> Print | None:
        row = self._transaction.run(_LATEST, {**_of(kind, day, meal), "of_subject": subject}).first()
        return None if row is None else _print(row)

    def latest_of(self, kind: PrintKind, day: date, meal: Meal) -> Mapping[str, Print]:
        rows = self._transaction.run(_LATEST_OF, _of(kind, day, meal))
        return {row.subject: _print(row) for row in rows}

    def get(self, print_id: str) -> Print | None:
        row = self._transaction.run(_GET, {"of_id": print_id}).first()
        return None if row is None else _print(row)

    def add(
        self,
        kind: PrintKind,
        subject: str,
        day: date,
        meal: Meal,
        at_ms: int,
        staff_id: str,
        lines: Mapping[str, str],
    ) -> Print:
        # A file has one writer at a time anyway.
        if self._transaction.on_server:
            key = zlib.crc32(f"{kind} {subject} {day} {meal}".encode()) - 2**31
            self._transaction.run(_LOCK, {"space": _LOCK_SPACE, "key": key})
        before = self.latest(kind, subject, day, meal)
        version = before.version + 1 if before else 1
        new_id = print_id(kind, subject, day, meal, version)
        row = {
            "id": new_id,
            "kind": kind.value,
            "subject": subject,
            "day": day.isoformat(),
            "meal": meal.value,
            "version": version,
            "at_ms": at_ms,
            "staff_id": staff_id,
            "lines": json.dumps(dict(lines), ensure_ascii=False),
        }
        self._transaction.run(_ADD, row)
        stored = self.get(new_id)
        assert stored is not None, "it was stored"
        return stored


def _of(kind: PrintKind, day: date, meal: Meal) -> dict[str, str]:
    return {"of_kind": kind.value, "on_day": day.isoformat(), "at_meal": meal.value}


def _print(row: AnyRow) -> Print:
    return Print(
        PrintKind(row.kind),
        row.subject,
        date.fromisoformat(row.day),
        Meal(row.meal),
        row.version,
        row.at_ms,
        row.staff_name,
        json.loads(row.lines),
    )
