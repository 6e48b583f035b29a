"""The lists as tables: the same columns on the screen, in a spreadsheet and on paper."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple

from pos import words
from pos.domain.lists import Owed
from pos.domain.members import MemberStatus
from pos.domain.tables import Cell, Column, ColumnKind, Table
from pos.i18n import _, ngettext
from pos.services.lists import BalanceList, RecentList


class ListKind(Enum):
    """Which list, in the order of the screen."""

    OWED = "owed"
    LOW = "low"
    DORMANT = "dormant"
    REFUNDABLE = "refundable"


Listed = BalanceList | RecentList


class _Part(NamedTuple):
    column: Column
    of: Callable[[Any], Cell]
    on_screen: bool = True


def title(kind: ListKind) -> str:
    """What a list is called."""
    return {
        ListKind.OWED: _("Balances owed"),
        ListKind.LOW: _("Low balances"),
        ListKind.DORMANT: _("Sleeping cards"),
        ListKind.REFUNDABLE: _("Refund without reason"),
    }[kind]


def table_of(kind: ListKind, listed: Listed, *, on_screen: bool = False) -> Table:
    """A list with its sums; what pins it to the books stands among a file's properties.

    The screen has no room for every column: it leaves out what is only needed on paper.
    """
    parts = tuple(part for part in _parts(kind) if part.on_screen or not on_screen)
    if on_screen and not any(getattr(line, "held", 0) for line in listed.lines):
        parts = tuple(part for part in parts if part.column.title != _("Held"))
    rows = tuple(tuple(part.of(line) for part in parts) for line in listed.lines)
    facts = (("canteen-ledger-head", listed.head),) if isinstance(listed, BalanceList) else ()
    return Table(
        title(kind),
        tuple(part.column for part in parts),
        rows,
        title=(heading(kind, listed),),
        totals=(_totals(parts, listed),) if rows else (),
        facts=facts,
    )


def heading(kind: ListKind, listed: Listed) -> str:
    """What the list is about, in a line: of which day, how many."""
    count = ngettext("{count} line", "{count} lines", len(listed.lines)).format(count=len(listed.lines))
    day = listed.day.isoformat()
    if kind is ListKind.OWED and isinstance(listed, BalanceList):
        said = _("{day}: {count}, {total} owed in all; the sums are those of the books.")
        return said.format(day=day, count=count, total=words.money(listed.sums.total))
    return _("{day}: {count}").format(day=day, count=count)


def empty(kind: ListKind) -> str:
    """What stands where a list has no line."""
    return {
        ListKind.OWED: _("Nobody has money here."),
        ListKind.LOW: _("Everybody who comes has money for enough meals."),
        ListKind.DORMANT: _("No card with money on it has slept that long."),
        ListKind.REFUNDABLE: _("Nothing was paid in during the last days that is still there."),
    }[kind]


def _parts(kind: ListKind) -> tuple[_Part, ...]:
    if kind is ListKind.REFUNDABLE:
        return _recent()
    name = _Part(Column(_("Name"), width=11), lambda one: one.name)
    phone = _Part(Column(_("Phone"), width=13), lambda one: one.phone)
    contact = _Part(Column(_("Emergency contact"), width=24), lambda one: one.contact)
    address = _Part(Column(_("Address"), width=26), lambda one: one.address, on_screen=False)
    card = _Part(Column(_("Card"), width=8), lambda one: one.card_tail, on_screen=False)
    principal = _Part(Column(_("Principal"), ColumnKind.MONEY, 11), lambda one: one.principal)
    bonus = _Part(Column(_("Bonus"), ColumnKind.MONEY, 10), lambda one: one.bonus)
    held = _Part(Column(_("Held"), ColumnKind.MONEY, 10), lambda one: one.held)
    total = _Part(Column(_("Balance"), ColumnKind.MONEY, 11), lambda one: one.total)
    last = _Part(Column(_("Last meal"), ColumnKind.DAY, 11), _last_use)
    if kind is ListKind.OWED:
        return name, phone, contact, address, card, principal, bonus, held, total, last
    if kind is ListKind.LOW:
        meal = _Part(Column(_("Last paid"), ColumnKind.MONEY, 11), lambda one: one.last_due)
        meals = _Part(Column(_("Meals left"), ColumnKind.COUNT, 10), lambda one: one.meals)
        return name, phone, contact, address, card, total, meal, meals, last
    status = _Part(Column(_("State"), width=10), _status)
    return name, phone, contact, address, card, principal, bonus, total, last, status


def _recent() -> tuple[_Part, ...]:
    return (
        _Part(Column(_("Name"), width=16), lambda one: one.name),
        _Part(Column(_("Phone"), width=14), lambda one: one.phone),
        _Part(Column(_("Number"), width=16), lambda one: one.number, on_screen=False),
        _Part(Column(_("Paid on"), ColumnKind.DAY, 11), lambda one: one.paid_on),
        _Part(Column(_("Back until"), ColumnKind.DAY, 11), lambda one: one.until),
        _Part(Column(_("Paid with"), width=10), lambda one: words.tender(one.tender)),
        _Part(Column(_("Paid"), ColumnKind.MONEY, 12), lambda one: one.principal),
        _Part(Column(_("Can be paid back"), ColumnKind.MONEY, 14), lambda one: one.principal_left),
        _Part(Column(_("Bonus left"), ColumnKind.MONEY, 12), lambda one: one.bonus_left),
    )


def _totals(parts: tuple[_Part, ...], listed: Listed) -> tuple[Cell, ...]:
    """The sums of the money columns; what one meal cost sums to nothing that anybody asks for."""
    first, *others = parts
    cells: list[Cell] = [_("Total") if first.column.kind is ColumnKind.TEXT else None]
    for part in others:
        adds_up = part.column.kind is ColumnKind.MONEY and part.column.title != _("Last paid")
        cells.append(sum(_fen(part.of(line)) for line in listed.lines) if adds_up else None)
    return tuple(cells)


def _fen(cell: Cell) -> int:
    assert isinstance(cell, int), "money is integer fen"
    return cell


def _last_use(one: Owed) -> Cell:
    return one.last_use or _("never")


def _status(one: Owed) -> str:
    return "" if one.status is MemberStatus.ACTIVE else words.member_status(one.status)
