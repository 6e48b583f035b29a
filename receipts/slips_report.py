"""The slip of a shift: in between (X), or its close with the count, the signatures and the ledger's seal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.money import Fen
from pos.domain.pricing import Tender
from pos.i18n import _
from receipts.roll import Element, Qr, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, moment, part, short_head, signature

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.domain.canteen import Canteen
    from pos.domain.shifts import Report, Shift

_NOBODY: Mapping[str, str] = {}


def report_slip(
    canteen: Canteen,
    report: Report,
    closed: bool,
    copy: int = 0,
    asked_by: str = "",
    tz: tzinfo = CHINA,
    payers: Mapping[str, str] = _NOBODY,
) -> Slip:
    """What a shift did so far, or all it did. `payers` gives the names of those who pay subsidies."""
    title = _("Shift close") if closed else _("Shift report (X)")
    return Slip(
        (
            *heading(canteen, title, copy, asked_by),
            *_shift_facts(report, closed, tz),
            Rule(),
            *_meals(report, payers),
            Rule(),
            *_top_ups(report),
            Rule(),
            *_cash(report, closed),
            *(_seal(report) if closed else [Rule()]),
            *foot(canteen),
        )
    )


def _shift_facts(report: Report, closed: bool, tz: tzinfo) -> list[Element]:
    shift = report.shift
    rows: list[Element] = [
        Row(_("Till"), shift.till),
        Row(_("Business day"), f"{shift.business_date.isoformat()} {words.weekday(shift.business_date)}"),
        Row(_("Opened"), moment(shift.opened_ms, tz)),
        part(_("by"), shift.staff_name),
    ]
    if closed and shift.closed_ms is not None:
        rows += [Row(_("Closed"), moment(shift.closed_ms, tz)), part(_("by"), shift.closed_by)]
    if not closed and report.printed_ms:
        rows.append(Row(_("As of"), moment(report.printed_ms, tz)))
    return rows


def _meals(report: Report, payers: Mapping[str, str]) -> list[Element]:
    return [
        Row(_("Meals sold"), str(report.sales), bold=True),
        Row(_("Undone"), str(report.undone)),
        Row(_("At list price"), words.money(report.list_price)),
        *(Row(_payer(payer, payers), words.money(amount)) for payer, amount in report.helped.items()),
        *_by_tender(_("Paid by diners"), report.taken),
    ]


def _top_ups(report: Report) -> list[Element]:
    bonus = [Row(_("Bonus added"), words.money(report.bonus))] if report.bonus else []
    deposits = _by_tender(_("Card deposits"), report.deposits) if report.deposits else []
    refunded = _by_tender(_("Paid back"), report.refunded) if report.refunded else []
    return [*_by_tender(_("Topped up"), report.topped_up), *bonus, *refunded, *deposits]


def _by_tender(title: str, amounts: Mapping[str, Fen]) -> list[Element]:
    return [
        Row(title, words.money(sum(amounts.values())), bold=True),
        *(part(words.tender(Tender(tender)), words.money(amount)) for tender, amount in amounts.items()),
    ]


def _cash(report: Report, closed: bool) -> list[Element]:
    shift = report.shift
    rows: list[Element] = [
        Row(_("Float"), words.money(shift.float_fen)),
        Row(_("Cash for meals"), words.money(report.taken.get(Tender.CASH, 0))),
        Row(_("Cash for top-ups"), words.money(report.topped_up.get(Tender.CASH, 0))),
    ]
    if cash := report.refunded.get(Tender.CASH, 0):
        rows.append(Row(_("Cash paid back"), words.money(-cash)))
    if cash := report.deposits.get(Tender.CASH, 0):
        rows.append(Row(_("Cash for card deposits"), words.money(cash)))
    if not closed or shift.expected is None or shift.counted is None:
        return [*rows, Row(_("Cash in the drawer"), words.money(report.cash_in_drawer), bold=True)]
    return [
        *rows,
        Row(_("Cash expected"), words.money(shift.expected), bold=True),
        Row(_("Cash counted"), words.money(shift.counted), bold=True),
        _difference(shift),
        *signature(_("Cashier")),
        *signature(_("Manager")),
        Rule(),
    ]


def _difference(shift: Shift) -> Row:
    amount = words.money(shift.difference)
    if shift.difference < 0:
        return Row(_("Short"), amount, 2, bold=True)
    if shift.difference > 0:
        return Row(_("Over"), f"+{amount}", 2, bold=True)
    return Row(_("Exact"), amount, 2, bold=True)


def _seal(report: Report) -> list[Element]:
    """The head of the chain of hashes: a sheet in a drawer pins the ledger as it was (design.md section 3)."""
    if not report.head:
        return []
    return [
        Row(_("Last number"), report.last_number),
        Qr(report.head, short_head(report.head)),
        Text(_("Keep this sheet: its code proves the ledger."), "center"),
    ]


def _payer(payer: str, payers: Mapping[str, str]) -> str:
    return words.payer(payer, payers)
