"""One table of a tariff document: asked key by key, it notes what is wrong and goes on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

from pos.domain.errors import BadAmount
from pos.domain.money import Fen, parse_yuan
from pos.domain.tariff.faults import BadTariff, Fault, Finding
from pos.domain.tariff.lines import Path, line_at, lines_of

Choice = TypeVar("Choice", bound=StrEnum)
Named = TypeVar("Named")

_PERCENT = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?")
_AT_LINE = re.compile(r"^(.*?) \(at (?:line ([0-9]+), column [0-9]+|end of document)\)$", re.DOTALL)
ALL_BP = 10_000
LONGEST_ID = 40
LONGEST_LABEL = 40
"""Characters: labels and names stand on a narrow roll."""
LONGEST_AREA = 100


class WithPoint(str):
    """A number with a point as it was written: money never becomes a float."""

    __slots__ = ()


class Kind(StrEnum):
    """What a value is or should be."""

    TEXT = "text"
    NUMBER = "number"
    AMOUNT = "amount"
    PERCENT = "percent"
    DATE = "date"
    YES_NO = "yes_no"
    LIST = "list"
    TABLE = "table"
    OTHER = "other"


_KINDS: tuple[tuple[type, Kind], ...] = (
    (str, Kind.TEXT),
    (int, Kind.NUMBER),
    (WithPoint, Kind.AMOUNT),
    (date, Kind.DATE),
    (bool, Kind.YES_NO),
    (list, Kind.LIST),
    (dict, Kind.TABLE),
)


@dataclass(slots=True)
class Source:
    """A text that is being read, and what was found wrong with it so far."""

    lines: Mapping[Path, int]
    findings: list[Finding]


def opened(text: str) -> Table:
    """The whole document as a table. Raises BadTariff where it is no TOML at all."""
    try:
        values = tomllib.loads(text, parse_float=WithPoint)
    except RecursionError as error:  # a thousand brackets are no tariff
        raise BadTariff((Finding(Fault.SYNTAX, 1, facts={"detail": "nested too deeply"}),)) from error
    except tomllib.TOMLDecodeError as error:
        found = _AT_LINE.match(str(error))
        detail = found[1] if found else str(error)
        line = int(found[2]) if found and found[2] else max(1, len(text.splitlines()))
        raise BadTariff((Finding(Fault.SYNTAX, line, facts={"detail": detail}),)) from error
    return Table(values, (), Source(lines_of(text), []))


class Table:
    """Asked for keys, it gives values of the wanted kind; what is missing or wrong becomes a finding.

    A value that could not be read is answered with the default, so that one reading finds all mistakes: whoever
    asks throws the result away when there are findings.
    """

    def __init__(self, values: Mapping[str, Any], path: Path, source: Source, rule: str = "") -> None:
        self._values = values
        self._path = path
        self._source = source
        self._asked: set[str] = set()
        self.rule = rule

    def __contains__(self, key: object) -> bool:
        return key in self._values

    @property
    def line(self) -> int:
        """Where the table begins."""
        return line_at(self._source.lines, self._path)

    @property
    def findings(self) -> list[Finding]:
        """Everything found wrong in the document so far."""
        return self._source.findings

    def wrong(self, fault: Fault, key: str = "", **facts: int | str) -> None:
        """Note what is wrong with a key, or with the table."""
        path = (*self._path, key) if key else self._path
        line = line_at(self._source.lines, path)
        named = {"key": key, **facts} if key else facts
        self._source.findings.append(Finding(fault, line, self.rule, named))

    def text(self, key: str, default: str | None = None, *, longest: int) -> str:
        """One line of words that is not empty; without a default it must be there."""
        value: str = self._get(key, Kind.TEXT, default)
        if key in self and not value.strip():
            self.wrong(Fault.EMPTY, key)
        elif len(value) > longest or not value.isprintable():
            self.wrong(Fault.TOO_LONG, key, longest=longest)
        return value

    def day(self, key: str, *, needed: bool) -> date | None:
        """A civil date."""
        value: date | None = self._get(key, Kind.DATE, None if needed else date.min)
        return None if value == date.min else value

    def number(self, key: str, low: int, high: int) -> int | None:
        """A whole number within bounds (both included), or None where there is none."""
        value: int | None = self._get(key, Kind.NUMBER, -1)
        if value is None or key not in self or not isinstance(value, int):
            return None
        if not low <= value <= high:
            self.wrong(Fault.OUT_OF_RANGE, key, found=value, low=low, high=high)
            return None
        return value

    def yes(self, key: str) -> bool | None:
        """True or false, or None where nothing is said."""
        value: bool | None = self._get(key, Kind.YES_NO, default=False)
        return value if key in self else None

    def amount(self, key: str) -> Fen | None:
        """An amount of yuan above zero in fen: 3, 3.50 or '3.50'."""
        self._asked.add(key)
        if key not in self:
            return None
        value = self._values[key]
        if type(value) not in {int, str, WithPoint}:
            self.wrong(Fault.WRONG_TYPE, key, found=_shown(value), wanted=Kind.AMOUNT)
            return None
        try:
            return parse_yuan(str(value))
        except BadAmount:
            self.wrong(Fault.BAD_AMOUNT, key, found=str(value))
            return None

    def percent(self, key: str) -> int | None:
        """A percentage from 0 to 100 in basis points: 15 or 12.5."""
        self._asked.add(key)
        return self._basis_points(key, self._values[key]) if key in self else None

    def percents(self, key: str) -> tuple[int, ...] | None:
        """A list of percentages in basis points."""
        if key not in self:
            self._asked.add(key)
            return None
        found = (self._basis_points(key, value) for value in self._list(key))
        return tuple(one for one in found if one is not None)

    def choice(self, key: str, choices: type[Choice], default: Choice) -> Choice:
        """One of the words of an enum."""
        value: str = self._get(key, Kind.TEXT, default.value)
        found = self._chosen(key, value, {one.value: one for one in choices})
        return default if found is None else found

    def one(self, key: str, names: Mapping[str, Named], default: Named) -> Named:
        """The value of one of these names."""
        value: str = self._get(key, Kind.TEXT, "")
        found = self._chosen(key, value, names) if value or key in self else None
        return default if found is None else found

    def choices(self, key: str, choices: type[Choice]) -> frozenset[Choice]:
        """Some of the words of an enum."""
        return self.named(key, {one.value: one for one in choices})

    def named(self, key: str, names: Mapping[str, Named]) -> frozenset[Named]:
        """The values of some of these names."""
        found = (self._chosen(key, value, names) for value in self._texts(key))
        return frozenset(one for one in found if one is not None)

    def words(self, key: str) -> frozenset[str]:
        """A list of words."""
        return frozenset(self._texts(key))

    def listed(self, key: str) -> tuple[str, ...]:
        """A list of words in their order."""
        return tuple(self._texts(key))

    def table(self, key: str) -> Table | None:
        """A table inside this one, or None."""
        value: Mapping[str, Any] | None = self._get(key, Kind.TABLE, {})
        return Table(value or {}, (*self._path, key), self._source, self.rule) if key in self else None

    def tables(self, key: str) -> list[Table]:
        """A list of tables."""
        found = (self.element(key, number) for number in range(len(self._list(key))))
        return [table for table in found if table is not None]

    def element(self, key: str, number: int) -> Table | None:
        """The table at a place of a list, or None where something else stands there."""
        value = self._list(key)[number]
        if type(value) is dict:
            return Table(value, (*self._path, key, number), self._source, self.rule)
        self.wrong(Fault.WRONG_TYPE, key, found=_shown(value), wanted=Kind.TABLE)
        return None

    def items(self, key: str) -> list[Any]:
        """A list of whatever stands in it."""
        return self._list(key)

    def keys(self) -> tuple[str, ...]:
        """The keys that are there."""
        return tuple(self._values)

    def peek(self, key: str) -> Any:
        """A value as it stands, without asking for it."""
        return self._values.get(key)

    def done(self) -> None:
        """Nobody asks for more: whatever was not asked for is not known."""
        for key in self._values:
            if key not in self._asked:
                known = sorted(self._asked)
                self.wrong(Fault.UNKNOWN_KEY, key, known=", ".join(known), meant=meant(key, known))

    def _chosen(self, key: str, value: str, names: Mapping[str, Named]) -> Named | None:
        if value in names:
            return names[value]
        self.wrong(Fault.NO_SUCH_CHOICE, key, found=value, choices=", ".join(names), meant=meant(value, names))
        return None

    def _basis_points(self, key: str, value: Any) -> int | None:
        if type(value) not in {int, str, WithPoint}:
            self.wrong(Fault.WRONG_TYPE, key, found=_shown(value), wanted=Kind.PERCENT)
            return None
        found = _PERCENT.fullmatch(str(value).strip())
        basis_points = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else ALL_BP + 1
        if basis_points > ALL_BP:
            self.wrong(Fault.BAD_PERCENT, key, found=str(value))
            return None
        return basis_points

    def _texts(self, key: str) -> list[str]:
        texts: list[str] = []
        values = self._list(key)
        if key in self and type(self._values[key]) is list and not values:
            self.wrong(Fault.EMPTY, key)
        for value in values:
            if type(value) is str and value.strip():
                texts.append(value.strip())
            else:
                self.wrong(Fault.WRONG_TYPE, key, found=_shown(value), wanted=Kind.TEXT)
        return texts

    def _list(self, key: str) -> list[Any]:
        value: list[Any] | None = self._get(key, Kind.LIST, [])
        return value or []

    def _get(self, key: str, kind: Kind, default: Any) -> Any:
        self._asked.add(key)
        if key not in self._values:
            if default is None:
                self.wrong(Fault.MISSING, key)
            return _EMPTY.get(kind, lambda: None)() if default is None else default
        value = self._values[key]
        if _kind_of(value) is not kind:
            self.wrong(Fault.WRONG_TYPE, key, found=_shown(value), wanted=kind)
            return _EMPTY.get(kind, lambda: None)() if default is None else default
        return value


_EMPTY: Mapping[Kind, Callable[[], Any]] = {Kind.TEXT: str, Kind.LIST: list, Kind.TABLE: dict}


def meant(word: str, known: Iterable[str]) -> str:
    """The known word that is most like this one, or ''."""
    return next(iter(get_close_matches(word, list(known), 1)), "")


def _kind_of(value: Any) -> Kind:
    """Exactly: true is no number of 1, an instant is no date."""
    return next((kind for known, kind in _KINDS if type(value) is known), Kind.OTHER)


def _shown(value: Any) -> str:
    if type(value) is bool:
        return "true" if value else "false"
    return str(value)[:40]
