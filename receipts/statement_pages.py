"""A member's statement as A4 pages: every movement with what the card held after it."""

from __future__ import annotations

from pathlib import Path

from pos import words
from pos.domain.money import yuan
from pos.domain.pages import Frame
from pos.domain.statement import Balance, Statement, StatementLine
from pos.i18n import _
from receipts.new_file import put_in_place
from receipts.pages import Block, Facts, Gap, Grid, GridColumn, Words, pdf
from receipts.slips_accounts import signed
from receipts.slips_parts import masked


class StatementPages:
    """Keeps the promise of pos.ports.tables.WritesStatements."""

    def write(self, frame: Frame, statement: Statement, path: Path) -> None:
        """Write a statement as PDF. Raises FileNotWritten."""
        with put_in_place(path) as draft:
            draft.write_bytes(statement_pdf(frame, statement))


def statement_pdf(frame: Frame, statement: Statement) -> bytes:
    """The pages: who and when, what the card held, each movement, the sums, what it holds."""
    return pdf(frame, _blocks(statement))


def _blocks(statement: Statement) -> list[Block]:
    opening, closing = statement.opening, statement.closing
    facts = [
        (_("Member"), statement.member_name),
        (_("Card"), masked(statement.card_tail) if statement.card_tail else "–"),
        (_("From"), statement.start.isoformat()),
        (_("To"), statement.end.isoformat()),
        (_("Balance before"), words.money(opening.total)),
        (_("Balance"), words.money(closing.total)),
        (_("Topped up"), words.money(statement.topped_up)),
        (_("Meals"), words.money(-statement.eaten)),
    ]
    if statement.other:
        facts.append((_("Other"), words.money(statement.other)))
    blocks: list[Block] = [Facts(tuple(facts)), Gap(3)]
    blocks.append(_movements(statement) if statement.lines else Words(_("No movements."), align="center"))
    return [*blocks, Gap(4), *_closing(closing)]


def _movements(statement: Statement) -> Grid:
    held = any(line.after.held or line.moved.held for line in statement.lines) or statement.opening.held
    columns = (
        GridColumn(_("Date"), 10),
        GridColumn(_("No."), 13),
        GridColumn(_("What"), 22, wrap=True),
        GridColumn(_("Amount"), 10, "right"),
        GridColumn(_("Principal"), 10, "right"),
        GridColumn(_("Bonus"), 9, "right"),
        *((GridColumn(_("Held"), 8, "right"),) if held else ()),
        GridColumn(_("Balance"), 10, "right"),
    )
    before = ("", "", _("Balance before"), "", *_parts(statement.opening, bool(held)))
    return Grid(columns, (before, *(_row(line, bool(held)) for line in statement.lines)))


def _row(line: StatementLine, held: bool) -> tuple[str, ...]:
    what = words.statement_line(line)
    if line.undoes_number:
        what = _("{what} ({detail})").format(what=what, detail=line.undoes_number)
    return line.business_date.isoformat(), line.number, what, signed(line.moved.total), *_parts(line.after, held)


def _parts(balance: Balance, held: bool) -> tuple[str, ...]:
    kept = (yuan(balance.held),) if held else ()
    return yuan(balance.principal), yuan(balance.bonus), *kept, yuan(balance.total)


def _closing(closing: Balance) -> list[Block]:
    parts = [(_("Principal"), words.money(closing.principal)), (_("Bonus"), words.money(closing.bonus))]
    if closing.held:
        parts.append((_("Held for reservations"), words.money(closing.held)))
    return [
        Words(_("The card holds {balance}.").format(balance=words.money(closing.total)), 12, bold=True),
        Facts(tuple(parts)),
        Words(_("Principal can be paid back, bonus cannot."), 9),
    ]
