"""The detail of a claim as a table: a row for each line, in the columns that the payer's canteen chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from pos import words
from pos.clock import CHINA
from pos.domain.claim_paper import ClaimColumn, ClaimPaper
from pos.domain.claims import Claim, ClaimLine
from pos.domain.tables import Cell, Column, ColumnKind, Table
from pos.i18n import _, language
from receipts.slips_parts import PRACTICE_MARK

MARK = "canteen-claim"

_TOLD_EVERY = 500

_TEXT, _COUNT, _MONEY, _DAY = ColumnKind.TEXT, ColumnKind.COUNT, ColumnKind.MONEY, ColumnKind.DAY
_KINDS: dict[ClaimColumn, tuple[ColumnKind, int]] = {
    ClaimColumn.NO: (_COUNT, 6),
    ClaimColumn.NUMBER: (_TEXT, 14),
    ClaimColumn.DAY: (_DAY, 11),
    ClaimColumn.TIME: (_TEXT, 6),
    ClaimColumn.MEAL: (_TEXT, 6),
    ClaimColumn.WAY: (_TEXT, 8),
    ClaimColumn.TILL: (_TEXT, 5),
    ClaimColumn.NAME: (_TEXT, 12),
    ClaimColumn.IDENTITY: (_TEXT, 10),
    ClaimColumn.AGE: (_COUNT, 6),
    ClaimColumn.CATEGORY: (_TEXT, 10),
    ClaimColumn.COMMUNITY: (_TEXT, 14),
    ClaimColumn.HUKOU: (_TEXT, 18),
    ClaimColumn.LIST: (_MONEY, 10),
    ClaimColumn.OTHERS: (_MONEY, 10),
    ClaimColumn.DUE: (_MONEY, 10),
    ClaimColumn.AMOUNT: (_MONEY, 11),
    ClaimColumn.OPERATING: (_MONEY, 10),
    ClaimColumn.DELIVERY: (_MONEY, 10),
    ClaimColumn.RULE: (_TEXT, 12),
    ClaimColumn.NOTE: (_TEXT, 16),
    ClaimColumn.SIGN: (_TEXT, 10),
}
"""What stands in a column, and its width in half characters."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """One column as it is written: of OTHERS one for each payer."""

    column: ClaimColumn
    payer: str = ""


def claim_table(paper: ClaimPaper, progress: Callable[[int, int], None]) -> Table:
    """The whole detail; below it the sum, the hash, the ledger's heads and the mark that a check looks for."""
    claim = paper.claim
    shown = tuple(_shown(paper))
    names = dict(claim.names)
    return Table(
        name=claim.number,
        columns=tuple(_title(one, names) for one in shown),
        rows=_rows(paper, shown, progress),
        title=title_lines(paper),
        totals=(_totals(paper, shown),),
        foot=(
            _("Claim hash: {hash}").format(hash=claim.hash),
            *head_lines(claim),
            mark_line(paper),
        ),
        facts=(("claim", claim.number), ("claim_hash", claim.hash)),
    )


def title_lines(paper: ClaimPaper) -> tuple[str, ...]:
    """What stands above the table."""
    claim = paper.claim
    title = _("Subsidy claim {month} · {payer}").format(month=words.month(claim.month.first), payer=claim.payer_name)
    practice = (PRACTICE_MARK,) if paper.practice else ()
    return (*practice, f"{claim.canteen} · {title}", claim.number)


def head_lines(claim: Claim) -> tuple[str, ...]:
    """How far each till's ledger had come when the claim was stamped."""
    return tuple(
        _("Ledger head {number}: {hash}").format(number=head.number, hash=head.hash) for head in claim.heads
    )


def mark_line(paper: ClaimPaper) -> str:
    """What a program reads: 'canteen-claim;HASH;zh_CN;no+day+…'."""
    return ";".join((MARK, paper.claim.hash, language(), "+".join(paper.columns)))


def _shown(paper: ClaimPaper) -> Iterator[_Shown]:
    others = sorted({payer for line in paper.lines for payer, _part in line.others})
    for column in paper.columns:
        if column is ClaimColumn.OTHERS:
            yield from (_Shown(column, payer) for payer in others)
        else:
            yield _Shown(column)


def _title(one: _Shown, names: Mapping[str, str]) -> Column:
    kind, width = _KINDS[one.column]
    title = words.payer(one.payer, names) if one.payer else words.claim_column(one.column)
    return Column(title, kind, width)


def _rows(
    paper: ClaimPaper, shown: tuple[_Shown, ...], progress: Callable[[int, int], None]
) -> Iterator[tuple[Cell, ...]]:
    readers = [_reader(one) for one in shown]
    whole = len(paper.lines)
    for number, line in enumerate(paper.lines, start=1):
        yield tuple(read(number, line) for read in readers)
        if number % _TOLD_EVERY == 0 or number == whole:
            progress(number, whole)


def _totals(paper: ClaimPaper, shown: tuple[_Shown, ...]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for at, one in enumerate(shown):
        kind, _width = _KINDS[one.column]
        if kind is _MONEY:
            read = _reader(one)
            cells.append(sum(amount for line in paper.lines if isinstance(amount := read(0, line), int)))
        else:
            cells.append(_("Total") if at == 0 else None)
    return tuple(cells)


_Read = Callable[[int, ClaimLine], Cell]


def _reader(one: _Shown) -> _Read:
    if one.column is ClaimColumn.OTHERS:
        return lambda _number, line: next((part for payer, part in line.others if payer == one.payer), 0)
    return _READERS[one.column]


def _note(line: ClaimLine) -> str:
    if line.undone_on is not None:
        return _("undone on {day}").format(day=line.undone_on.isoformat())
    return _("charged by name") if line.by_hand else ""


def time_of(at_ms: int) -> str:
    """The wall-clock time of an instant (UTC epoch ms): '11:42'."""
    return datetime.fromtimestamp(at_ms / 1000, CHINA).strftime("%H:%M")


_READERS: dict[ClaimColumn, _Read] = {
    ClaimColumn.NO: lambda number, _line: number,
    ClaimColumn.NUMBER: lambda _number, line: line.number,
    ClaimColumn.DAY: lambda _number, line: line.day,
    ClaimColumn.TIME: lambda _number, line: time_of(line.at_ms),
    ClaimColumn.MEAL: lambda _number, line: words.meal(line.meal),
    ClaimColumn.WAY: lambda _number, line: words.way(line.way),
    ClaimColumn.TILL: lambda _number, line: line.till,
    ClaimColumn.NAME: lambda _number, line: line.name,
    ClaimColumn.IDENTITY: lambda _number, line: line.identity and f"**{line.identity}",
    ClaimColumn.AGE: lambda _number, line: line.age,
    ClaimColumn.CATEGORY: lambda _number, line: "、".join(line.categories),
    ClaimColumn.COMMUNITY: lambda _number, line: line.community,
    ClaimColumn.HUKOU: lambda _number, line: line.hukou,
    ClaimColumn.LIST: lambda _number, line: line.list_price,
    ClaimColumn.DUE: lambda _number, line: line.due,
    ClaimColumn.AMOUNT: lambda _number, line: line.amount,
    ClaimColumn.OPERATING: lambda _number, line: line.operating,
    ClaimColumn.DELIVERY: lambda _number, line: line.delivery,
    ClaimColumn.RULE: lambda _number, line: "、".join(line.rules),
    ClaimColumn.NOTE: lambda _number, line: _note(line),
    ClaimColumn.SIGN: lambda _number, _line: "",
}
