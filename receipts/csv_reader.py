"""Read a .csv file, whatever its encoding and its separator."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from pos.domain.tables import FileFault, ReadCell
from receipts.table_cells import MOST_COLUMNS, Unreadable, text_cell
from receipts.tables import FORMULA_STARTS

_SEPARATORS = ",\t;，|"
_LOOKED_AT_LINES = 20


def rows(data: bytes) -> Iterator[list[ReadCell]]:
    """The rows with their cells, empty ones too. Raises Unreadable."""
    text = _text_of(data)
    if "\x00" in text:
        raise Unreadable(FileFault.NOT_A_TABLE)
    try:
        for fields in csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)):
            yield [text_cell(_unguarded(field)) for field in fields[:MOST_COLUMNS]]
    except csv.Error as error:
        raise Unreadable(FileFault.NOT_A_TABLE) from error


def _text_of(data: bytes) -> str:
    """UTF-16 by its mark, else UTF-8 if it is valid, else GB 18030, which a Chinese Excel writes."""
    marks = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
    marked = next((name for mark, name in marks.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(FileFault.NOT_A_TABLE)


def _separator(text: str) -> str:
    """The sign that most lines at the head of the file have; a comma where none has any."""
    lines = text[:100_000].splitlines()[:_LOOKED_AT_LINES]
    return max(_SEPARATORS, key=lambda sign: sum(sign in line for line in lines) * 1000 + sum(line.count(sign) for line in lines))


def _unguarded(field: str) -> str:
    """Without the mark that receipts/tables.py puts before words that look like a formula."""
    return field[1:] if field.startswith("'") and field[1:].startswith(FORMULA_STARTS) else field
