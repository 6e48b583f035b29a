"""Slips of what a member owns: a payment for many, and a statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.accounts import Batch
from pos.domain.money import yuan
from pos.domain.statement import Balance, Statement, StatementLine
from pos.i18n import _
from receipts.roll import Columns, Element, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, masked, moment, part, signature

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.domain.canteen import Canteen

STATEMENT_LINES = 60
"""Movements that a roll lists; a longer statement sums up the older ones, and its place is an A4 page."""


def batch_slip(canteen: Canteen, batch: Batch, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA) -> Slip:
    """What a payer of many top-ups takes along: everybody's amount, and the sum."""
    first = batch.top_ups[0]
    bonus = [Row(_("Bonus added"), words.money(batch.bonus))] if batch.bonus else []
    return Slip(
        (
            *heading(canteen, _("Top-ups for many"), copy, asked_by),
            Row(_("Time"), moment(first.at_ms, tz)),
            Row(_("Till"), f"{first.till} · {first.staff_name}"),
            Row(_("Paid by"), batch.payer),
            Row(_("Members"), str(len(batch.top_ups))),
            Rule(),
            *(
                Columns(one.member_name, _("undone") if one.undone else "", yuan(one.principal))
                for one in batch.top_ups
            ),
            Rule(),
            Row(_("Paid in"), words.money(batch.total), 2, bold=True),
            Row(words.tender(first.tender), words.money(batch.total)),
            *bonus,
            Row(_("Numbers"), f"{first.number} – {batch.top_ups[-1].number}"),
            *signature(_("Payer")),
            *foot(
                canteen,
                _("Top-up slip, not a tax invoice."),
                _("Any invoice for it is one for prepaid cards."),
            ),
        )
    )


def statement_slip(
    canteen: Canteen, statement: Statement, copy: int = 0, asked_by: str = "", printed_ms: int = 0, tz: tzinfo = CHINA
) -> Slip:
    """What the card held, each movement with the balance after it, and what it holds."""
    card = [Row(_("Card"), masked(statement.card_tail))] if statement.card_tail else []
    return Slip(
        (
            *heading(canteen, _("Statement"), copy, asked_by if copy else ""),
            Row(_("Member"), statement.member_name),
            *card,
            Row(_("From"), statement.start.isoformat()),
            Row(_("To"), statement.end.isoformat()),
            Row(_("Printed"), moment(printed_ms, tz)),
            Rule(),
            Row(_("Balance before"), words.money(statement.opening.total), bold=True),
            Rule(),
            *_movements(statement),
            Rule(),
            Row(_("Topped up"), words.money(statement.topped_up)),
            Row(_("Meals"), words.money(-statement.eaten)),
            *([Row(_("Other"), words.money(statement.other))] if statement.other else []),
            Row(_("Balance"), words.money(statement.closing.total), 2, bold=True),
            *_parts(statement.closing),
            *foot(canteen, _("Principal can be paid back, bonus cannot.")),
        )
    )


def _movements(statement: Statement) -> list[Element]:
    older, newest = statement.lines[:-STATEMENT_LINES], statement.lines[-STATEMENT_LINES:]
    rows: list[Element] = []
    if older:
        moved = older[-1].after.total - statement.opening.total
        rows += [
            Columns(_("{count} older movements").format(count=len(older)), "", signed(moved)),
            part(_("Balance"), yuan(older[-1].after.total)),
        ]
    if not statement.lines:
        rows.append(Text(_("No movements.")))
    for line in newest:
        rows += _movement(line)
    return rows


def _movement(line: StatementLine) -> list[Element]:
    return [
        Row(f"{line.business_date:%m-%d} {words.statement_line(line)}", signed(line.moved.total)),
        part(_("Balance"), yuan(line.after.total)),
    ]


def _parts(balance: Balance) -> list[Element]:
    held = [part(_("Held for reservations"), yuan(balance.held))] if balance.held else []
    return [part(_("Principal"), yuan(balance.principal)), part(_("Bonus"), yuan(balance.bonus)), *held]


def signed(amount: int) -> str:
    """An amount (fen) with its direction: '+200.00', '-12.50' (C6)."""
    return f"+{yuan(amount)}" if amount > 0 else yuan(amount)
