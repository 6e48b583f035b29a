"""Words for files with tables that cannot be read or written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pos.domain import tables
from pos.domain.errors import Refusal, Trouble
from pos.domain.tables import FileFault
from pos.i18n import _

_Words = tuple[str, str]


def _unreadable_file(error: tables.UnreadableFile) -> _Words:
    save_again = _("Open it in a spreadsheet program and save it as .xlsx without a password.")
    title, todo = {
        FileFault.MISSING: (_("{name} is not there any more."), _("Choose the file again.")),
        FileFault.NOT_READABLE: (_("{name} cannot be opened."), _("Close it in other programs, then try again.")),
        FileFault.TOO_LARGE: (_("{name} is too large."), _("Keep only the list in it, and save it again.")),
        FileFault.OLD_OR_LOCKED: (_("{name} is an old kind of file, or has a password."), save_again),
        FileFault.NOT_A_TABLE: (_("{name} holds no table."), _("Choose a file that ends in .xlsx or .csv.")),
        FileFault.DAMAGED: (_("{name} is damaged."), save_again),
    }[error.fault]
    return title.format(name=error.name), todo


def _too_many_rows(error: tables.TooManyRows) -> _Words:
    title = _("{name} has more than {limit} rows.").format(name=error.name, limit=error.limit)
    return title, _("Divide it into several files.")


def _unknown_sheet(error: tables.UnknownSheet) -> _Words:
    title = _("{name} has no sheet {sheet} any more.").format(name=error.name, sheet=error.sheet)
    return title, _("Choose the file again.")


def _file_not_written(error: tables.FileNotWritten) -> _Words:
    title = _("{name} could not be written.").format(name=error.name)
    return title, _("Close it in other programs, or choose another folder.")


TABLE: dict[type[Refusal | Trouble], Callable[[Any], _Words]] = {
    tables.UnreadableFile: _unreadable_file,
    tables.TooManyRows: _too_many_rows,
    tables.UnknownSheet: _unknown_sheet,
    tables.FileNotWritten: _file_not_written,
}
