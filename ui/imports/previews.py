"""Previews as lines of the screen and as tables of a file: each row of the list, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from pos.domain.import_cells import shown
from pos.domain.imports import MEMBER_FIELDS, TOP_UP_FIELDS, ImportField, Layout
from pos.domain.money import money, yuan
from pos.domain.tables import Column as FileColumn
from pos.domain.tables import ColumnKind, ReadTable
from pos.domain.tables import Table as FileTable
from pos.i18n import _, ngettext
from pos.services.imports import Fate, ImportLine, Preview
from pos.services.payer_lists import PayerLine, PayerPreview
from ui.imports import phrases

_ORDER = (Fate.STOPPED, Fate.DOUBTFUL, Fate.NEW, Fate.KNOWN)
_EXAMPLE_ROWS = 3
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A row as it is shown: its words, and whether somebody should look at it."""

    cells: tuple[str, ...]
    stopped: bool = False
    doubtful: bool = False


class Weight(Enum):
    """How much a count matters."""

    GOOD = "good"
    PLAIN = "plain"
    DOUBT = "doubt"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Count:
    """A count in words; none of something bad is no alarm."""

    words: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True, slots=True)
class Summary:
    """How a preview stands, in words, and what its deed would be: '' where there is nothing to do."""

    counts: tuple[Count, ...]
    deed: str
    question: str = ""
    stopped: bool = False


NOTHING_YET = Summary((), "")


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column of the file: its letter, its header, what stands in it, and what it means."""

    letter: str
    header: str
    example: str
    field: ImportField | None


def columns_of(table: ReadTable, layout: Layout) -> tuple[ColumnLine, ...]:
    """The columns of a file, as wide as its widest row."""
    width = max((len(row.cells) for row in table.rows), default=0)
    header = next((row for row in table.rows if row.number == layout.header_row), None)
    below = [row for row in table.rows if row.number > layout.header_row][:_EXAMPLE_ROWS]
    return tuple(
        ColumnLine(
            letter(column),
            header.at(column).text if header else "",
            " · ".join(filter(None, (shown(row.at(column).text) for row in below))),
            layout.field_at(column),
        )
        for column in range(width)
    )


def letter(column: int) -> str:
    """A column's name in a spreadsheet: A, B, …, Z, AA."""
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name


def _count(words: str, count: int, weight: Weight) -> Count:
    return Count(words.format(count=count), weight if count else Weight.PLAIN)


# -- members -------------------------------------------------------------------------------------------


def members_summary(preview: Preview, *, doubtful: bool) -> Summary:
    """How many are new, known, doubtful, and what cannot come in."""
    taken = preview.taken(doubtful=doubtful)
    added = sum(line.fate is not Fate.KNOWN for line in taken)
    opened = [line.read.newcomer for line in taken if line.opening and line.read.newcomer]
    owed = sum(one.principal + one.bonus for one in opened)
    counts = [
        _count(_("{count} new"), preview.count(Fate.NEW), Weight.GOOD),
        _count(_("{count} are members"), preview.count(Fate.KNOWN), Weight.PLAIN),
        _count(_("{count} to look at"), preview.count(Fate.DOUBTFUL), Weight.DOUBT),
        _count(_("{count} cannot come in"), preview.count(Fate.STOPPED), Weight.WRONG),
        Count(_("opening balances {amount}").format(amount=money(owed))),
    ]
    if not taken:
        return Summary(tuple(counts), "")
    deed = ngettext("Bring in {count} member", "Bring in {count} members", added).format(count=added)
    if not added:
        deed = _("Bring in {count} opening balances").format(count=len(opened))
    question = _("{members} new members and {openings} opening balances, {amount} in all, go into the books.")
    said = question.format(members=added, openings=len(opened), amount=money(owed))
    return Summary(tuple(counts), deed, said)


def member_lines(preview: Preview, *, wrong_only: bool) -> list[PreviewLine]:
    """The rows, those to look at first."""
    lines = sorted(preview.lines, key=lambda line: (_ORDER.index(line.fate), line.read.row))
    return [
        PreviewLine(_member_cells(line), line.fate is Fate.STOPPED, line.fate is Fate.DOUBTFUL)
        for line in lines
        if not wrong_only or line.read.problems
    ]


def _member_cells(line: ImportLine) -> tuple[str, ...]:
    one = line.read.newcomer
    state = phrases.fate(line.fate)
    if line.fate is Fate.KNOWN and line.opening:
        state = _("is a member, gets the balance")
    if line.read.problems:
        state = phrases.marked(line.fate is Fate.STOPPED, line.read.problems)
    born = one.profile.birth_date.isoformat() if one and one.profile.birth_date else ""
    phone = one.profile.phone if one else ""
    principal, bonus = (one.principal, one.bonus) if one else (0, 0)
    money_cells = (yuan(principal) if principal else "", yuan(bonus) if bonus else "")
    return str(line.read.row), line.read.name, born, phone, *money_cells, state


# -- a payer's list ------------------------------------------------------------------------------------


def payer_summary(preview: PayerPreview, *, again: bool) -> Summary:
    """How many rows, what they cost, and which stand in the way."""
    counts = [
        Count(ngettext("{count} row", "{count} rows", len(preview.lines)).format(count=len(preview.lines))),
        Count(_("{amount} to pay").format(amount=money(preview.total)), Weight.GOOD),
        Count(_("{amount} bonus").format(amount=money(preview.bonus))),
        _count(_("{count} cannot be booked"), preview.stopped, Weight.WRONG),
    ]
    if preview.stopped or not preview.lines or (preview.runs and not again):
        return Summary(tuple(counts), "", stopped=bool(preview.stopped))
    deed = _("Book {amount}").format(amount=money(preview.total))
    said = _("{amount} go onto {count} cards.").format(amount=money(preview.total), count=len(preview.lines))
    return Summary(tuple(counts), deed, said)


def payer_lines(preview: PayerPreview, *, wrong_only: bool) -> list[PreviewLine]:
    """The rows, those that cannot be booked first."""
    lines = sorted(preview.lines, key=lambda line: (not line.problems, line.read.row))
    return [
        PreviewLine(_payer_cells(line), bool(line.problems)) for line in lines if not wrong_only or line.problems
    ]


def _payer_cells(line: PayerLine) -> tuple[str, ...]:
    state = phrases.marked(True, line.problems) if line.problems else (_("booked before") if line.booked else _("can be booked"))
    after = yuan(line.balance_after) if line.balance_after else ""
    bonus = yuan(line.bonus) if line.bonus else ""
    return str(line.read.row), line.read.name, yuan(line.read.amount), bonus, after, state


# -- files ---------------------------------------------------------------------------------------------


def problems_table(name: str, lines: Sequence[PreviewLine]) -> FileTable:
    """What is wrong, row by row, to be put right in the file and brought in again."""
    columns = (
        FileColumn(_("Row"), width=6),
        FileColumn(_("Name"), width=16),
        FileColumn(_("What is wrong"), width=90),
    )
    rows = [(line.cells[0], line.cells[1], line.cells[-1]) for line in lines]
    return FileTable(_("Problems"), columns, rows, title=(name,))


def empty_form(fields: Sequence[ImportField]) -> FileTable:
    """A spreadsheet with nothing but the headers that are understood."""
    wide = {ImportField.IDENTITY: 22, ImportField.ADDRESS: 30, ImportField.NAME: 16}
    columns = [FileColumn(phrases.field(one), ColumnKind.TEXT, wide.get(one, 14)) for one in fields]
    return FileTable(_("List"), tuple(columns), ())


FORM_FIELDS = {
    "members": tuple(
        field
        for field in MEMBER_FIELDS
        if field not in (ImportField.ESTATE, ImportField.BUILDING, ImportField.UNIT, ImportField.FLOOR, ImportField.DOOR)
    ),
    "top_ups": TOP_UP_FIELDS,
}
