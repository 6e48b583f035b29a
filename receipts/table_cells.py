"""What a cell says: numbers with the digits that a spreadsheet keeps, dates as ISO 8601, words as they stand."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from pos.domain.tables import CellFault, FileFault, ReadCell

MOST_COLUMNS = 200
EMPTY = ReadCell()

_KEPT_DIGITS = 15
"""A spreadsheet's number is a binary double: of a resident identity number it loses the last three digits."""

_SCIENTIFIC = re.compile(r"([0-9])(?:\.([0-9]+))?E\+?([0-9]{1,3})", re.IGNORECASE)


class Unreadable(Exception):
    """The file is no table; the reader that knows its name turns this into a refusal."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault)
        self.fault = fault


def cell_of(value: object) -> ReadCell:
    """The cell of a value as openpyxl gives it."""
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return ReadCell("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return number_cell(value)
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return ReadCell(value.date().isoformat() if whole_day else value.isoformat(" ", "minutes"))
    if isinstance(value, date | time | timedelta):
        return ReadCell(str(value))
    return text_cell(str(value))


def number_cell(value: float) -> ReadCell:
    """A number as the spreadsheet shows it at most: 15 digits, so that 59.970000000000006 reads '59.97'."""
    if abs(value) >= 10**_KEPT_DIGITS:
        return ReadCell(f"{value:.15g}", CellFault.LOST_DIGITS)
    text = f"{value:.{_KEPT_DIGITS}f}" if 0 < abs(value) < 1e-4 else f"{value:.15g}"
    return ReadCell(text)


def text_cell(text: str) -> ReadCell:
    """Words; '1.38E+10' is what is left of a telephone number that a spreadsheet program saved as csv."""
    text = text.strip()
    if found := _SCIENTIFIC.fullmatch(text):
        kept = 1 + len(found[2] or "")
        if int(found[3]) + 1 > kept:
            return ReadCell(text, CellFault.LOST_DIGITS)
    return ReadCell(text)
