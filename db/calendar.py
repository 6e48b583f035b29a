"""The calendar in the store: rulings about dates and the weeks of the canteen, the newest holding."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from sqlalchemy import bindparam, func, insert, literal, select

from db.pipeline import Question
from db.tables import calendar_days, calendar_weeks, staff
from db.transaction import AnyRow, Transaction
from pos.domain.calendar import ALWAYS, DayKind, DecidedWeek, RuledDay, Ruling, Week

_days = calendar_days.c
_newest_of_day = select(func.max(_days.seq)).where(_days.day == bindparam("day")).scalar_subquery()
_week_of_day = (
    select(calendar_weeks.c.settings)
    .where(calendar_weeks.c.valid_from <= bindparam("day"))
    .order_by(calendar_weeks.c.valid_from.desc(), calendar_weeks.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_one = select(literal(1).label("one")).subquery()
_DAY = select(
    _week_of_day.label("settings"), _days.day, _days.kind, _days.holiday, _days.opens, _days.subsidy, _days.reason
).select_from(_one.outerjoin(calendar_days, _days.seq == _newest_of_day))
_newest = (
    select(func.max(_days.seq))
    .where(_days.day >= bindparam("first"), _days.day <= bindparam("last"))
    .group_by(_days.day)
)
_RULINGS = (
    select(calendar_days, staff.c.name.label("by"))
    .join(staff, staff.c.id == _days.staff_id)
    .where(_days.seq.in_(_newest))
    .order_by(_days.day)
)
_WEEKS = (
    select(calendar_weeks, staff.c.name.label("by"))
    .join(staff, staff.c.id == calendar_weeks.c.staff_id)
    .order_by(calendar_weeks.c.seq)
)
_RULE = insert(calendar_days).inline()
_KEEP = insert(calendar_weeks).inline()


class SqlCalendar:
    """Keeps the promises of pos.ports.CalendarRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def day(self, day: date) -> tuple[Week, Ruling | None]:
        row = self._transaction.ask(ask_day(day)).one()
        week = ALWAYS if row.settings is None else _week(row.settings)
        return week, None if row.day is None else _ruling(row)

    def rulings(self, first: date, last: date) -> tuple[RuledDay, ...]:
        rows = self._transaction.run(_RULINGS, {"first": first.isoformat(), "last": last.isoformat()})
        ruled = (RuledDay(_ruling(row), row.by, row.at_ms) for row in rows)
        return tuple(one for one in ruled if not one.ruling.empty)

    def weeks(self) -> tuple[DecidedWeek, ...]:
        return tuple(DecidedWeek(_week(row.settings), row.by, row.at_ms) for row in self._transaction.run(_WEEKS))

    def rule(self, ruling: Ruling, staff_id: str, at_ms: int) -> None:
        row = {
            "day": ruling.day.isoformat(),
            "kind": ruling.kind and ruling.kind.value,
            "holiday": ruling.holiday,
            "opens": _yes_or_no(ruling.opens),
            "subsidy": _yes_or_no(ruling.subsidy),
            "reason": ruling.reason,
            "staff_id": staff_id,
            "at_ms": at_ms,
        }
        self._transaction.run(_RULE, row)

    def keep(self, week: Week, staff_id: str, at_ms: int) -> None:
        settings = {
            "valid_from": week.valid_from.isoformat(),
            "open_on": sorted(week.open_on),
            "open_on_holidays": week.open_on_holidays,
            "open_on_make_up": week.open_on_make_up,
            "subsidy": sorted(week.subsidy),
            "payers": {payer: sorted(kinds) for payer, kinds in sorted(week.payers.items())},
        }
        row = {
            "valid_from": settings["valid_from"],
            "settings": json.dumps(settings, ensure_ascii=False),
            "staff_id": staff_id,
            "at_ms": at_ms,
        }
        self._transaction.run(_KEEP, row)


def ask_day(day: date) -> Question:
    return _DAY, {"day": day.isoformat()}


@lru_cache(maxsize=16)  # every sale asks, and the canteen decides once in a while
def _week(settings: str) -> Week:
    facts = json.loads(settings)
    return Week(
        valid_from=date.fromisoformat(facts["valid_from"]),
        open_on=frozenset(facts["open_on"]),
        open_on_holidays=facts["open_on_holidays"],
        open_on_make_up=facts["open_on_make_up"],
        subsidy=_kinds(facts["subsidy"]),
        payers={payer: _kinds(kinds) for payer, kinds in facts["payers"].items()},
    )


def _kinds(names: list[str]) -> frozenset[DayKind]:
    return frozenset(map(DayKind, names))


def _ruling(row: AnyRow) -> Ruling:
    kind = None if row.kind is None else DayKind(row.kind)
    return Ruling(
        date.fromisoformat(row.day), kind, row.holiday, _said(row.opens), _said(row.subsidy), row.reason
    )


def _yes_or_no(said: bool | None) -> int | None:
    return None if said is None else int(said)


def _said(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)
