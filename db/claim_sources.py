"""Reads what no claim holds yet: the entries that moved a payer's account, and the meals behind them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    not_,
    or_,
    select,
    tuple_,
)

from db.dated import names_on
from db.sales import Part
from db.tables import (
    claim_lines,
    delivery_results,
    entries,
    identities,
    members,
    postings,
    sale_lines,
    sales,
    tills,
    total,
)
from db.tables.base import INTEGER
from db.transaction import Transaction
from pos.domain.areas import steps_of
from pos.domain.bill import DINER, ReasonCode, Way
from pos.domain.canteen import LIVING_ALONE
from pos.domain.claims import Claim, ClaimLine, Head, Month
from pos.domain.ledger import GENESIS, EntryKind, receivable
from pos.domain.members import age_on
from pos.domain.menu import Meal
from pos.domain.money import Fen

_sale_of_entry = func.coalesce(entries.c.reverses, entries.c.id)
_moves_meals = entries.c.kind.in_((EntryKind.SALE.value, EntryKind.REVERSAL.value))

Moved = Select[Any]
Values = dict[str, Any]


def _slowly(column: ColumnElement[str]) -> ColumnElement[str]:
    """A column that no index is used for: SQLite's planner else walks the whole history of a payer's account where
    the few postings of an entry are meant.
    """
    return column.concat("")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries a claim is made of: a condition on entries and postings, and its values."""

    condition: ColumnElement[bool]
    values: Values


def of_month(payer: str, month: Month) -> Scope:
    """The entries that moved a payer's account in a month."""
    account = postings.c.account == bindparam("account")
    day = postings.c.business_date
    days = and_(day >= bindparam("first"), day <= bindparam("last"))  # PostgreSQL takes no collation in BETWEEN
    values = {"account": receivable(payer), "first": month.first.isoformat(), "last": month.last.isoformat()}
    return Scope(and_(account, days), values)


def late(payer: str, last: Claim, tills_now: Iterable[str]) -> Scope:
    """The entries of claimed months that came after the heads which the last claim was made from."""
    values: Values = {"account": receivable(payer), "last": last.month.last.isoformat()}
    account = _slowly(postings.c.account) == bindparam("account")
    dated = entries.c.business_date <= bindparam("last")
    return Scope(and_(account, dated, _after(_heads(last, tills_now), "from", values)), values)


def until(scope: Scope, heads: tuple[Head, ...]) -> Scope:
    """The part of a scope that these heads had already: what a claim saw when it was stamped."""
    values = dict(scope.values)
    seen = not_(_after(heads, "until", values)) if heads else false()
    joined = entries.c.till.in_([head.till for head in heads])  # a till that joined later was not seen
    return Scope(and_(scope.condition, joined, seen), values)


def _heads(last: Claim, tills_now: Iterable[str]) -> tuple[Head, ...]:
    """How far each till had come at a claim; one that joined since had nothing."""
    known = {head.till for head in last.heads}
    return (*last.heads, *(Head(till, 0, 0, GENESIS) for till in tills_now if till not in known))


def _after(heads: tuple[Head, ...], prefix: str, values: Values) -> ColumnElement[bool]:
    """Entries that come after some heads in their tills' chains; `values` is filled."""
    parts: list[ColumnElement[bool]] = []
    for number, head in enumerate(heads):
        names = [f"{prefix}_{what}_{number}" for what in ("till", "epoch", "seq")]
        values.update(zip(names, (head.till, head.epoch, head.seq), strict=True))
        place = tuple_(entries.c.epoch, entries.c.seq)
        came = tuple_(*(bindparam(name, type_=INTEGER) for name in names[1:]))
        parts.append(and_(entries.c.till == bindparam(names[0]), place > came))
    return or_(*parts) if parts else false()


def movement(transaction: Transaction, scope: Scope) -> dict[str, Fen]:
    """What each entry of a scope moved on the payer's account, in fen: meals and their undoings, not payments."""
    rows = transaction.run(
        _entries_of(scope)
        .with_only_columns(entries.c.id, total(postings.c.amount))
        .group_by(entries.c.id),
        scope.values,
    )
    return {entry_id: amount for entry_id, amount in rows if amount}


def lines(transaction: Transaction, payer: str, scope: Scope) -> Iterator[ClaimLine]:
    """One line for each entry of a scope, with the facts of its meal."""
    chosen = _entries_of(scope).with_only_columns(_sale_of_entry)
    parts = _parts(transaction, payer, chosen, scope.values)
    moved = transaction.run(
        _entries_of(scope)
        .with_only_columns(
            entries.c.id,
            _sale_of_entry.label("sale_id"),
            case((entries.c.reverses.is_not(None), entries.c.business_date)).label("undone_on"),
        )
        .distinct(),
        scope.values,
    ).all()
    facts = {
        row.id: row for row in transaction.run(_MEALS.where(sales.c.id.in_(chosen)), scope.values)
    }
    for entry_id, sale_id, undone_on in moved:
        yield _line(entry_id, undone_on, facts[sale_id], parts[sale_id])


def reported(
    transaction: Transaction, payer: str, month: Month, last: Claim | None, tills_now: Iterable[str]
) -> Iterator[ClaimLine]:
    """Meals for which a payer owes no part of the price, but something for serving or bringing them: those of the month,
    those that reached claimed months after the `last` claim, and the undoings of those that a claim holds.
    """
    values = _reported_in(payer, month)
    yield from _of_meals(transaction, payer, _REPORTED, values, {})
    if last is not None:
        came = {**values, "last": last.month.last.isoformat()}
        after = _after(_heads(last, tills_now), "from", came)
        yield from _of_meals(transaction, payer, _REPORTED_LATE.where(after), came, {})
        taken = transaction.run(_UNDONE, values).all()
        undone = {sale_id: (entry_id, day) for entry_id, sale_id, day in taken}
        yield from _of_meals(transaction, payer, _UNDONE.with_only_columns(sales.c.id), values, undone)


def _of_meals(
    transaction: Transaction, payer: str, chosen: Moved, values: Values, undone: Mapping[str, tuple[str, str]]
) -> Iterator[ClaimLine]:
    """A line for each of these meals: its own, or that of the entry that undid it, with its day."""
    rows = transaction.run(_MEALS.where(sales.c.id.in_(chosen)), values).all()
    if rows:
        parts = _parts(transaction, payer, chosen, values)
        for row in rows:
            entry_id, day = undone.get(row.id, (row.id, None))
            yield _line(entry_id, day, row, parts[row.id])


def reports(transaction: Transaction, payer: str, month: Month) -> bool:
    """Whether there is any such meal."""
    return transaction.run(_REPORTED.limit(1), _reported_in(payer, month)).first() is not None


def _reported_in(payer: str, month: Month) -> Values:
    days = {"first": month.first.isoformat(), "last": month.last.isoformat()}
    return {"account": receivable(payer), "payer": payer, **days}


def _entries_of(scope: Scope) -> Moved:
    """Entries of meals in a scope; a payment's reversal has no sale behind it and is left out."""
    return (
        select(entries.c.id)
        .select_from(postings)
        .join(entries, entries.c.id == postings.c.entry_id)
        .join(sales, sales.c.id == _sale_of_entry)
        .where(scope.condition, _moves_meals)
    )


_MEALS = (
    select(
        sales.c.id,
        sales.c.number,
        sales.c.business_date,
        sales.c.meal,
        sales.c.way,
        sales.c.at_ms,
        sales.c.till,
        sales.c.member_id,
        sales.c.member_name,
        sales.c.card_tail,
        sales.c.list_price,
        members.c.birth_date,
        members.c.categories,
        members.c.hukou,
        members.c.residence,
        identities.c.tail,
        # A meal that was brought to a door saw no card: that is no meal charged by name.
        exists().where(delivery_results.c.id == sales.c.id).label("brought"),
    )
    .outerjoin(members, members.c.id == sales.c.member_id)
    .outerjoin(identities, identities.c.member_id == sales.c.member_id)
)


_reversal = entries.alias("reversal")
_is_reported = and_(
    exists().where(
        sale_lines.c.sale_id == sales.c.id,
        sale_lines.c.payer == bindparam("payer"),
        sale_lines.c.part == Part.REPORT.value,
    ),
    ~exists().where(postings.c.entry_id == sales.c.id, _slowly(postings.c.account) == bindparam("account")),
)
_stands = ~exists().where(_reversal.c.reverses == sales.c.id)
_REPORTED: Moved = select(sales.c.id).where(
    sales.c.till.in_(select(tills.c.till)),  # lets the index by till and date serve
    sales.c.business_date >= bindparam("first"),
    sales.c.business_date <= bindparam("last"),
    _is_reported,
    _stands,
)
_REPORTED_LATE: Moved = (
    select(sales.c.id)
    .join(entries, entries.c.id == sales.c.id)
    .where(entries.c.business_date <= bindparam("last"), _is_reported, _stands)
)
_claimed, _known = claim_lines.alias("claimed"), claim_lines.alias("known")
_UNDONE: Moved = (
    select(entries.c.id, sales.c.id, entries.c.business_date)
    .join(sales, sales.c.id == entries.c.reverses)
    .where(
        # The index of what was reversed serves; joined at once, SQLite would walk all sales.
        entries.c.id.in_(select(_reversal.c.id).where(_reversal.c.reverses > "", _reversal.c.business_date <= bindparam("last"))),
        _is_reported,
        exists().where(_claimed.c.payer == bindparam("payer"), _claimed.c.entry_id == sales.c.id),
        ~exists().where(_known.c.payer == bindparam("payer"), _known.c.entry_id == entries.c.id),
    )
)


@dataclass(slots=True)
class _Parts:
    """Who paid what of one sale."""

    amount: Fen
    others: dict[str, Fen]
    rules: dict[str, None]
    tariff_id: str
    age: int | None
    operating: Fen = 0
    delivery: Fen = 0


def _parts(transaction: Transaction, payer: str, chosen: Moved, values: Values) -> Mapping[str, _Parts]:
    found: dict[str, _Parts] = defaultdict(lambda: _Parts(0, {}, {}, "", None))
    rows = transaction.run(
        select(
            sale_lines.c.sale_id,
            sale_lines.c.payer,
            sale_lines.c.amount,
            sale_lines.c.rule_id,
            sale_lines.c.tariff_id,
            sale_lines.c.reason,
            sale_lines.c.part,
        )
        .where(
            sale_lines.c.sale_id.in_(chosen),
            sale_lines.c.payer != DINER,
            or_(sale_lines.c.payer == bindparam("whose"), sale_lines.c.part != Part.REPORT.value),
        )
        .order_by(sale_lines.c.sale_id, sale_lines.c.line),
        {**values, "whose": payer},
    )
    for sale_id, whose, amount, rule_id, tariff_id, reason, part in rows:
        parts = found[sale_id]
        if part == Part.REPORT:
            delivered = _code(reason) == ReasonCode.DELIVERED
            parts.delivery += amount if delivered else 0
            parts.operating += 0 if delivered else amount
        elif whose != payer:
            parts.others[whose] = parts.others.get(whose, 0) + amount
            continue
        else:
            parts.amount += amount
        parts.rules[rule_id] = None
        parts.tariff_id = tariff_id
        if parts.age is None:
            parts.age = _age(reason)
    return found


def _line(entry_id: str, undone_on: str | None, meal: Any, parts: _Parts) -> ClaimLine:
    sign = 1 if undone_on is None else -1
    day = date.fromisoformat(meal.business_date)
    return ClaimLine(
        entry_id=entry_id,
        sale_id=meal.id,
        number=meal.number,
        day=day,
        undone_on=None if undone_on is None else date.fromisoformat(undone_on),
        meal=Meal(meal.meal),
        way=Way(meal.way),
        at_ms=meal.at_ms,
        till=meal.till,
        member_id=meal.member_id or "",
        name=meal.member_name,
        identity=meal.tail or "",
        age=parts.age if parts.age is not None else _civil_age(meal.birth_date, day),
        categories=tuple(sorted(names_on(meal.categories or "[]", day) - {LIVING_ALONE})),
        community=_community(meal.residence or ""),
        hukou=meal.hukou or "",
        by_hand=bool(meal.member_id) and not meal.card_tail and not meal.brought,
        list_price=sign * meal.list_price,
        due=sign * (meal.list_price - parts.amount - sum(parts.others.values())),
        amount=sign * parts.amount,
        others=tuple((whose, sign * part) for whose, part in parts.others.items()),
        operating=sign * parts.operating,
        delivery=sign * parts.delivery,
        rules=tuple(parts.rules),
        tariff_id=parts.tariff_id,
    )


@lru_cache(maxsize=256)
def _code(reason: str) -> str:
    """What a line is for."""
    return str(json.loads(reason)[0][0])


@lru_cache(maxsize=1_024)  # the same few reasons stand on every bill
def _age(reason: str) -> int | None:
    """The age that a rule went by, where it went by one."""
    for _code, facts in json.loads(reason):
        if isinstance(facts.get("age"), int):
            return int(facts["age"])
    return None


def _civil_age(birth_date: str | None, day: date) -> int | None:
    return None if birth_date is None else age_on(date.fromisoformat(birth_date), day)


def _community(residence: str) -> str:
    """The smallest place that is known of where somebody lives."""
    return steps_of(residence)[-1] if steps_of(residence) else ""
