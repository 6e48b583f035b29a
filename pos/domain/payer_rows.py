"""Rows of a payer's list: whose card, and how much. Pure; who is meant is asked of the store elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date

from pos.domain.cards import CardUid, NotACard
from pos.domain.errors import Refusal
from pos.domain.identity import read_document
from pos.domain.import_cells import plain, read_card, read_day, read_fen, shown
from pos.domain.import_rows import Problem, Wrong, is_total
from pos.domain.imports import ImportField, Layout, body
from pos.domain.money import Fen
from pos.domain.tables import ReadRow, ReadTable


@dataclass(frozen=True, slots=True)
class ReadPayment:
    """A row of the list: its number, the name in it, what tells the member apart, and the amount (fen)."""

    row: int
    name: str
    amount: Fen = 0
    card: CardUid | None = field(default=None, repr=False)
    phone: str = ""
    birth_date: date | None = None
    problems: tuple[Problem, ...] = ()


def read_payments(table: ReadTable, layout: Layout, today: date) -> Iterator[ReadPayment]:
    """Every row below the header, in order; a row of totals is left out, for it pays nobody."""
    for row in body(table, layout):
        reader = _PaymentReader(row, layout, today)
        if not reader.is_total:
            yield reader.payment()


class _PaymentReader:
    """Reads the cells of one row and keeps what is wrong with them."""

    def __init__(self, row: ReadRow, layout: Layout, today: date) -> None:
        self._row = row
        self._layout = layout
        self._today = today
        self._problems: list[Problem] = []

    @property
    def is_total(self) -> bool:
        """Whether the row adds up the others."""
        return any(is_total(cell.text) for cell in self._row.cells)

    def payment(self) -> ReadPayment:
        """What the row says."""
        return ReadPayment(
            self._row.number,
            self._words(ImportField.NAME),
            self._amount(),
            self._card(),
            self._words(ImportField.PHONE),
            self._born(),
            tuple(self._problems),
        )

    def _words(self, column: ImportField) -> str:
        at = self._layout.columns.get(column)
        if at is None:
            return ""
        cell = self._row.at(at)
        if cell.fault is not None:
            self._problems.append(Problem(Wrong.CELL, column, fault=cell.fault))
            return ""
        return plain(cell.text)

    def _amount(self) -> Fen:
        words = self._words(ImportField.AMOUNT)
        amount = read_fen(words)
        if amount is None or amount < 0:
            self._problems.append(Problem(Wrong.BAD_AMOUNT, ImportField.AMOUNT, words=shown(words)))
        elif amount == 0 and not self._problems:
            self._problems.append(Problem(Wrong.NOTHING_TO_PAY, ImportField.AMOUNT))
        return amount if amount is not None and amount > 0 else 0

    def _card(self) -> CardUid | None:
        if not (number := self._words(ImportField.CARD)):
            return None
        with suppress(NotACard):
            return read_card(number)
        self._problems.append(Problem(Wrong.BAD_CARD, ImportField.CARD))
        return None

    def _born(self) -> date | None:
        """The birth date of its own column, or the one in the number of a document."""
        if words := self._words(ImportField.BIRTH_DATE):
            if (day := read_day(words)) is None:
                self._problems.append(Problem(Wrong.BAD_DAY, ImportField.BIRTH_DATE, words=shown(words)))
            return day
        if not (number := self._words(ImportField.IDENTITY)):
            return None
        try:
            return read_document(number, self._today).birth_date
        except Refusal as refusal:
            self._problems.append(Problem(Wrong.REFUSED, ImportField.IDENTITY, refusal=refusal))
            return None
