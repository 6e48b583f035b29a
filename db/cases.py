"""Cases and their steps in the store, and who of those that live alone was not seen of late."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, exists, insert, or_, select

from db.dated import names_on
from db.deliveries import HOLDS, address_of
from db.members import CURRENT_STATUS
from db.tables import (
    case_steps,
    cases,
    delivery_results,
    entries,
    members,
    particulars,
    reservations,
    sales,
    total,
)
from db.transaction import AnyRow, Transaction
from pos.domain.bill import Way
from pos.domain.cases import Case, CaseKind, CaseStep, LivingAlone, ReservedMeal, StepTaken, Whom
from pos.domain.deliveries import Outcome
from pos.domain.menu import Meal
from pos.domain.profile import NOBODY, Contact
from pos.domain.reservations import State

_CASES: Select[Any] = (
    select(
        cases.c.id,
        cases.c.member_id,
        members.c.name,
        cases.c.reservation_id,
        cases.c.day,
        reservations.c.meal,
        cases.c.kind,
        cases.c.opened_ms,
        cases.c.staff_id,
        cases.c.opened_by,
        members.c.phone,
        particulars.c.emergency,
        particulars.c.community_worker,
        particulars.c.estate,
        particulars.c.building,
        particulars.c.unit,
        particulars.c.floor,
        particulars.c.door,
    )
    .join(members, members.c.id == cases.c.member_id)
    .join(reservations, reservations.c.id == cases.c.reservation_id)
    .outerjoin(particulars, particulars.c.member_id == cases.c.member_id)
    .order_by(cases.c.seq)
)
_STEPS = select(
    case_steps.c.id,
    case_steps.c.case_id,
    case_steps.c.step,
    case_steps.c.at_ms,
    case_steps.c.staff_id,
    case_steps.c.staff_name,
    case_steps.c.note,
).order_by(case_steps.c.seq)
_this = cases.c.id == bindparam("of_id")
_about = and_(cases.c.kind == bindparam("of_kind"), cases.c.reservation_id == bindparam("of_meal"))
_turns = case_steps.c.ends != 0
_is_open = select(total(case_steps.c.ends)).where(case_steps.c.case_id == cases.c.id, _turns).scalar_subquery() == 0
_on_day = cases.c.day == bindparam("on_day")
_ADD = insert(cases).inline()
_ADD_STEP = insert(case_steps).inline()
_TURNS = select(case_steps.c.ends).where(case_steps.c.case_id == bindparam("of_case"), _turns)

_in_time = (reservations.c.day >= bindparam("first"), reservations.c.day <= bindparam("last"))
# Nobody fetched it: it ended so, or its meal is over. Of a delivery without a result nobody can know yet.
_unseen = or_(
    reservations.c.state == State.MISSED.value,
    and_(
        reservations.c.state == State.BOOKED.value,
        reservations.c.way != Way.DELIVERY.value,
        or_(reservations.c.day < bindparam("last"), reservations.c.meal.in_(bindparam("over", expanding=True))),
    ),
)
_MISSING = select(members.c.id, members.c.categories).where(
    members.c.categories.contains(bindparam("category")),
    CURRENT_STATUS.is_(None),
    members.c.id.in_(select(reservations.c.member_id).where(*_in_time, _unseen)),
)
_them: BindParameter[Any] = bindparam("them", expanding=True)
_RESERVED = (
    select(
        reservations.c.member_id,
        reservations.c.id,
        reservations.c.day,
        reservations.c.meal,
        reservations.c.way,
        reservations.c.state,
        delivery_results.c.outcome,
    )
    .select_from(reservations)
    .outerjoin(delivery_results, and_(delivery_results.c.reservation_id == reservations.c.id, HOLDS))
    .where(
        *_in_time,
        reservations.c.state != State.CANCELLED.value,
        reservations.c.member_id.in_(_them),
    )
)
_reversal = entries.alias("reversal")
_charged = reservations.alias("charged")
_SEEN = select(sales.c.member_id, sales.c.business_date, sales.c.meal).where(
    sales.c.member_id.in_(_them),
    sales.c.business_date >= bindparam("first"),
    ~exists().where(_reversal.c.reverses == sales.c.id),
    # A missed meal that is charged is a sale, and nobody was seen.
    ~exists().where(_charged.c.sale_id == sales.c.id, _charged.c.state == State.MISSED.value),
)
_SENT = (
    select(cases.c.member_id, reservations.c.day, reservations.c.meal)
    .join(reservations, reservations.c.id == cases.c.reservation_id)
    .where(cases.c.member_id.in_(_them), cases.c.day >= bindparam("first"))
)
_ORDER = {meal: number for number, meal in enumerate(Meal)}


class SqlCases:
    """Keeps the promises of pos.ports.CaseRows."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    def get(self, case_id: str) -> Case | None:
        return next(iter(self._read(_this, {"of_id": case_id})), None)

    def about(self, kind: CaseKind, reservation_id: str) -> Case | None:
        return next(iter(self._read(_about, {"of_kind": kind.value, "of_meal": reservation_id})), None)

    def open_now(self) -> tuple[Case, ...]:
        return self._read(_is_open, {})

    def of_day(self, day: date) -> tuple[Case, ...]:
        return self._read(_on_day, {"on_day": day.isoformat()})

    def add(self, case: Case) -> None:
        row = {
            "id": case.id,
            "member_id": case.member_id,
            "reservation_id": case.reservation_id,
            "day": case.day.isoformat(),
            "kind": case.kind.value,
            "opened_ms": case.opened_ms,
            "staff_id": case.staff_id,
            "opened_by": case.opened_by,
        }
        self._transaction.run(_ADD, row)

    def add_step(self, step: StepTaken) -> None:
        row = {
            "id": step.id,
            "case_id": step.case_id,
            "step": step.step.value,
            "ends": self._turn(step),
            "at_ms": step.at_ms,
            "staff_id": step.staff_id,
            "staff_name": step.staff_name,
            "note": step.note,
        }
        self._transaction.run(_ADD_STEP, row)

    def _turn(self, step: StepTaken) -> int:
        if step.step is not CaseStep.OPENED_AGAIN and not step.step.ends:
            return 0
        turns: list[int] = list(self._transaction.run(_TURNS, {"of_case": step.case_id}).scalars())
        ended = sum(turn > 0 for turn in turns)
        return len(turns) - ended + 1 if step.step.ends else -ended

    def alone(self, category: str, first: date, last: date, over: Sequence[Meal]) -> tuple[LivingAlone, ...]:
        days = {"first": first.isoformat(), "last": last.isoformat()}
        asked = {"day": last.isoformat(), "category": f'"{category}"', "over": [meal.value for meal in over]}
        missing = self._transaction.run(_MISSING, days | asked)
        them = [member_id for member_id, held in missing if category in names_on(held, last)]
        return self._meals_of(them, days, last, over) if them else ()

    def _meals_of(
        self, them: list[str], days: dict[str, str], last: date, over: Sequence[Meal]
    ) -> tuple[LivingAlone, ...]:
        values: dict[str, Any] = {**days, "them": them}
        meals: dict[str, list[ReservedMeal]] = defaultdict(list)
        for member_id, key, on, at, way, state, outcome in self._transaction.run(_RESERVED, values):
            day, meal = date.fromisoformat(on), Meal(at)
            if state == State.BOOKED and (way == Way.DELIVERY or (day == last and meal not in over)):
                continue  # nobody can know yet
            seen = state == State.SERVED or outcome == Outcome.REFUSED
            meals[member_id].append(ReservedMeal(key, day, meal, seen))
        known: dict[str, tuple[date, Meal]] = {}
        for asked in (_SEEN, _SENT):
            for member_id, on, at in self._transaction.run(asked, values):
                moment = (date.fromisoformat(on), Meal(at))
                known[member_id] = max(known.get(member_id, moment), moment, key=_when)
        return tuple(
            LivingAlone(member_id, tuple(sorted(some, key=lambda one: _when((one.day, one.meal)))), known.get(member_id))
            for member_id, some in sorted(meals.items())
        )

    def _read(self, condition: Any, values: dict[str, Any]) -> tuple[Case, ...]:
        rows = self._transaction.run(_CASES.where(condition), values).all()
        if not rows:
            return ()
        steps: dict[str, list[StepTaken]] = defaultdict(list)
        chosen = select(cases.c.id).join(reservations, reservations.c.id == cases.c.reservation_id).where(condition)
        for key, case_id, step, *facts in self._transaction.run(_STEPS.where(case_steps.c.case_id.in_(chosen)), values):
            steps[case_id].append(StepTaken(key, case_id, CaseStep(step), *facts))
        return tuple(_case(row, tuple(steps[row.id])) for row in rows)


def _when(moment: tuple[date, Meal]) -> tuple[date, int]:
    return moment[0], _ORDER[moment[1]]


def _case(row: AnyRow, steps: tuple[StepTaken, ...]) -> Case:
    place = address_of(row.estate, row.building, row.unit, row.floor, row.door)
    return Case(
        row.id,
        row.member_id,
        row.name,
        row.reservation_id,
        date.fromisoformat(row.day),
        Meal(row.meal),
        CaseKind(row.kind),
        row.opened_ms,
        row.staff_id,
        row.opened_by,
        steps,
        Whom(row.phone, place, _contact(row.emergency), _contact(row.community_worker)),
    )


def _contact(text: str | None) -> Contact:
    return Contact(**json.loads(text)) if text else NOBODY
