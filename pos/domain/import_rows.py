"""Rows of an import: each becomes a newcomer, or says what is wrong with it. Pure; the store is asked elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from pos.domain.address import Address
from pos.domain.cards import CardUid, NotACard
from pos.domain.errors import Refusal
from pos.domain.identity import Document, read_document
from pos.domain.import_cells import (
    plain,
    read_address,
    read_card,
    read_day,
    read_fen,
    read_names,
    read_sex,
    shown,
)
from pos.domain.imports import ImportField, Layout, body
from pos.domain.money import Fen
from pos.domain.profile import Contact, Held, Particulars, Profile, checked_profile
from pos.domain.tables import CellFault, ReadRow, ReadTable

IMPORTS = UUID("5b3f0a1e-7c52-4d0e-9a35-2f8f6f1c9d10")
"""The namespace of ids that an import makes: the same row of the same file always has the same."""


class Wrong(StrEnum):
    """What is wrong with a row, or doubtful."""

    CELL = "cell"
    REFUSED = "refused"
    BAD_DAY = "bad_day"
    DAYS_DIFFER = "days_differ"
    BAD_SEX = "bad_sex"
    SEXES_DIFFER = "sexes_differ"
    BAD_AMOUNT = "bad_amount"
    BAD_CARD = "bad_card"
    TWICE = "twice"
    CARD_TWICE = "card_twice"
    NUMBER_TAKEN = "number_taken"
    TOTAL = "total"
    UNKNOWN_CATEGORY = "unknown_category"
    LOOKS_LIKE = "looks_like"
    OTHER_OPENING = "other_opening"
    DELETED = "deleted"
    NOBODY = "nobody"
    SEVERAL = "several"
    NOTHING_TO_PAY = "nothing_to_pay"


_TOTALS = frozenset({"合计", "总计", "小计", "共计", "total", "sum"})

DOUBTS = frozenset({Wrong.UNKNOWN_CATEGORY, Wrong.LOOKS_LIKE, Wrong.OTHER_OPENING})
"""What a person may let pass."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, as facts: the column where there is one, a fault of its cell, a refusal, another row.

    `words` are what stands in the cell where it helps and is no secret.
    """

    wrong: Wrong
    field: ImportField | None = None
    fault: CellFault | None = None
    refusal: Refusal | None = None
    row: int = 0
    words: str = ""

    @property
    def stops(self) -> bool:
        """Whether the row cannot be taken as it stands."""
        return self.wrong not in DOUBTS


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody a row tells of; `principal` and `bonus` (fen) are what the card held in the old books."""

    id: str
    profile: Profile
    document: Document | None = field(default=None, repr=False)
    card: CardUid | None = field(default=None, repr=False)
    principal: Fen = 0
    bonus: Fen = 0


@dataclass(frozen=True, slots=True)
class ReadMember:
    """A row of the file: its number, the name in it, who it tells of where it can be read, and what is wrong."""

    row: int
    name: str
    newcomer: Newcomer | None
    problems: tuple[Problem, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether it cannot be taken."""
        return any(problem.stops for problem in self.problems)

    def but(self, *problems: Problem) -> ReadMember:
        """The same with more problems."""
        return replace(self, problems=(*self.problems, *problems))


def read_members(
    table: ReadTable, layout: Layout, file_hash: str, today: date, categories: Iterable[str] = ()
) -> Iterator[ReadMember]:
    """Every row below the header, in order, duplicates within the file marked."""
    known, seen = frozenset(categories), _Seen()
    for row in body(table, layout):
        yield seen.marked(_RowReader(row, layout, today, known).member(f"{file_hash}/{table.sheet}/{row.number}"))


def is_total(words: str) -> bool:
    """Whether these are the words of a row that adds up the others."""
    return plain(words).lower().rstrip(":：") in _TOTALS


class _Seen:
    """What earlier rows told: a second row of one person or one card is marked."""

    def __init__(self) -> None:
        self._rows: dict[object, int] = {}
        self._cards: dict[str, int] = {}

    def marked(self, member: ReadMember) -> ReadMember:
        one = member.newcomer
        if one is None:
            return member
        problems = []
        if (key := _same(one)) is not None and (row := self._rows.setdefault(key, member.row)) != member.row:
            problems.append(Problem(Wrong.TWICE, row=row))
        if one.card is not None and (row := self._cards.setdefault(one.card.tail, member.row)) != member.row:
            problems.append(Problem(Wrong.CARD_TWICE, ImportField.CARD, row=row))
        return member.but(*problems)


def _same(one: Newcomer) -> object:
    """What makes two rows one person: the document, else name, birth date and telephone together."""
    if one.document is not None:
        return one.document.kind, one.document.number
    profile = one.profile
    if profile.birth_date is None and not profile.phone:
        return None
    return profile.name, profile.birth_date, profile.phone


class _RowReader:
    """Reads the cells of one row and keeps what is wrong with them."""

    def __init__(self, row: ReadRow, layout: Layout, today: date, categories: frozenset[str]) -> None:
        self._row = row
        self._columns: Mapping[ImportField, int] = layout.columns
        self._today = today
        self._categories = categories
        self._problems: list[Problem] = []

    def member(self, place: str) -> ReadMember:
        """What the row tells; `place` is where it stands: the file's hash, its sheet, its number."""
        name = self._words(ImportField.NAME)
        if is_total(name):
            self._wrong(Problem(Wrong.TOTAL))
        document = self._document()
        profile = self._profile(name, document)
        card = self._card()
        principal, bonus = self._amount(ImportField.PRINCIPAL), self._amount(ImportField.BONUS)
        if profile is None:
            return ReadMember(self._row.number, name, None, tuple(self._problems))
        newcomer = Newcomer(str(uuid5(IMPORTS, place)), profile, document, card, principal, bonus)
        return ReadMember(self._row.number, name, newcomer, tuple(self._problems))

    def _words(self, column: ImportField) -> str:
        """What stands in the column, '' where there is none; a cell that must not be believed is a problem."""
        if column not in self._columns:
            return ""
        cell = self._row.at(self._columns[column])
        if cell.fault is not None:
            self._wrong(Problem(Wrong.CELL, column, fault=cell.fault))
            return ""
        return plain(cell.text)

    def _wrong(self, problem: Problem) -> None:
        self._problems.append(problem)

    def _document(self) -> Document | None:
        if not (number := self._words(ImportField.IDENTITY)):
            return None
        try:
            return read_document(number, self._today)
        except Refusal as refusal:
            self._wrong(Problem(Wrong.REFUSED, ImportField.IDENTITY, refusal=refusal))
            return None

    def _profile(self, name: str, document: Document | None) -> Profile | None:
        profile = Profile(
            name,
            self._agreed(ImportField.BIRTH_DATE, read_day, document and document.birth_date, Wrong.BAD_DAY, Wrong.DAYS_DIFFER),
            self._words(ImportField.PHONE),
            Particulars(
                sex=self._agreed(ImportField.SEX, read_sex, document and document.sex, Wrong.BAD_SEX, Wrong.SEXES_DIFFER),
                address=self._address(),
                emergency=self._contact(ImportField.EMERGENCY_NAME, ImportField.EMERGENCY_PHONE),
                guardian=self._contact(ImportField.GUARDIAN_NAME, ImportField.GUARDIAN_PHONE),
                community_worker=self._contact(ImportField.WORKER_NAME, ImportField.WORKER_PHONE),
                household=self._words(ImportField.HOUSEHOLD),
                hukou=self._words(ImportField.HUKOU),
                residence=self._words(ImportField.RESIDENCE),
                categories=self._held(),
                diets=read_names(self._words(ImportField.DIETS)),
            ),
        )
        try:
            return checked_profile(profile, self._today)
        except Refusal as refusal:
            self._wrong(Problem(Wrong.REFUSED, refusal=refusal))
            return None

    def _agreed(
        self, column: ImportField, read: Callable[[str], Any], told: Any, bad: Wrong, differ: Wrong
    ) -> Any:
        """What a column says, which must not contradict what the document's number tells."""
        if not (words := self._words(column)):
            return told
        found = read(words)
        if found is None:
            self._wrong(Problem(bad, column, words=shown(words)))
        elif told is not None and found != told:
            self._wrong(Problem(differ, column, words=shown(words)))
        return told if told is not None else found

    def _address(self) -> Address:
        parts = {
            "estate": ImportField.ESTATE,
            "building": ImportField.BUILDING,
            "unit": ImportField.UNIT,
            "floor": ImportField.FLOOR,
            "door": ImportField.DOOR,
        }
        said = {part: words for part, column in parts.items() if (words := self._words(column))}
        whole = read_address(self._words(ImportField.ADDRESS))
        return replace(whole, **said)

    def _contact(self, name: ImportField, phone: ImportField) -> Contact:
        return Contact(self._words(name), self._words(phone))

    def _held(self) -> tuple[Held, ...]:
        names = read_names(self._words(ImportField.CATEGORIES))
        for name in names:
            if self._categories and name not in self._categories:
                self._wrong(Problem(Wrong.UNKNOWN_CATEGORY, ImportField.CATEGORIES, words=shown(name)))
        return tuple(Held(name) for name in names)

    def _card(self) -> CardUid | None:
        if not (number := self._words(ImportField.CARD)):
            return None
        with suppress(NotACard):
            return read_card(number)
        self._wrong(Problem(Wrong.BAD_CARD, ImportField.CARD))
        return None

    def _amount(self, column: ImportField) -> Fen:
        words = self._words(column)
        amount = read_fen(words)
        if amount is None or amount < 0:
            self._wrong(Problem(Wrong.BAD_AMOUNT, column, words=shown(words)))
            return 0
        return amount
