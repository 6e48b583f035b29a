"""The words of an import: what a column means, what becomes of a row, and what is wrong with it."""

from __future__ import annotations

from pos.domain.import_rows import Problem, Wrong
from pos.domain.imports import ImportField
from pos.domain.tables import CellFault
from pos.i18n import _
from pos.services.imports import Fate
from ui import messages


def field(value: ImportField) -> str:
    """What a column means."""
    return {
        ImportField.NAME: _("Name"),
        ImportField.IDENTITY: _("Identity number"),
        ImportField.BIRTH_DATE: _("Birth date"),
        ImportField.SEX: _("Sex"),
        ImportField.PHONE: _("Phone"),
        ImportField.CARD: _("Card number"),
        ImportField.ADDRESS: _("Address"),
        ImportField.ESTATE: _("Estate"),
        ImportField.BUILDING: _("Building"),
        ImportField.UNIT: _("Unit"),
        ImportField.FLOOR: _("Floor"),
        ImportField.DOOR: _("Door"),
        ImportField.HOUSEHOLD: _("Household"),
        ImportField.HUKOU: _("Registered at"),
        ImportField.RESIDENCE: _("Lives at"),
        ImportField.CATEGORIES: _("Categories"),
        ImportField.DIETS: _("Diet"),
        ImportField.EMERGENCY_NAME: _("Emergency contact"),
        ImportField.EMERGENCY_PHONE: _("Emergency phone"),
        ImportField.GUARDIAN_NAME: _("Guardian"),
        ImportField.GUARDIAN_PHONE: _("Guardian's phone"),
        ImportField.WORKER_NAME: _("Community worker"),
        ImportField.WORKER_PHONE: _("Community worker's phone"),
        ImportField.PRINCIPAL: _("Opening principal"),
        ImportField.BONUS: _("Opening bonus"),
        ImportField.AMOUNT: _("Amount"),
    }[value]


def fate(value: Fate) -> str:
    """What becomes of a row."""
    return {
        Fate.NEW: _("new"),
        Fate.KNOWN: _("is a member"),
        Fate.DOUBTFUL: _("look at it"),
        Fate.STOPPED: _("cannot come in"),
    }[value]


def marked(stopped: bool, found: tuple[Problem, ...]) -> str:
    """What is wrong with a row, behind a sign: × for a row that cannot be taken, ? for one to look at."""
    return f"{'×' if stopped else '?'} {' · '.join(dict.fromkeys(map(problem, found)))}"


def problem(found: Problem) -> str:
    """One thing that is wrong."""
    said = _said(found)
    return said if found.field is None else _("{what}: {detail}").format(what=field(found.field), detail=said)


def _said(found: Problem) -> str:
    if found.refusal is not None:
        return messages.words(found.refusal).title.rstrip(".。")
    if found.fault is not None:
        return _fault(found.fault)
    words = {
        Wrong.BAD_DAY: _("“{words}” is no day"),
        Wrong.DAYS_DIFFER: _("“{words}” is not the birth date in the identity number"),
        Wrong.BAD_SEX: _("“{words}” is neither male nor female"),
        Wrong.SEXES_DIFFER: _("“{words}” is not what the identity number says"),
        Wrong.BAD_AMOUNT: _("“{words}” is no exact amount in yuan"),
        Wrong.BAD_CARD: _("this is no card number"),
        Wrong.TWICE: _("the same person as in row {row}"),
        Wrong.CARD_TWICE: _("the same card as in row {row}"),
        Wrong.NUMBER_TAKEN: _("this is the number of {words}, a member"),
        Wrong.TOTAL: _("a row of totals, nobody"),
        Wrong.UNKNOWN_CATEGORY: _("“{words}” is not among the canteen's categories"),
        Wrong.LOOKS_LIKE: _("a member of this name is there already, phone …{words}"),
        Wrong.OTHER_OPENING: _("another opening balance was brought in before; that one stays"),
        Wrong.DELETED: _("this row was brought in before, and the member's data were deleted since"),
        Wrong.NOBODY: _("no member fits"),
        Wrong.SEVERAL: _("several members fit: add the phone or the card"),
        Wrong.NOTHING_TO_PAY: _("there is no amount"),
    }[found.wrong]
    return words.format(words=found.words, row=found.row)


def _fault(value: CellFault) -> str:
    return {
        CellFault.MERGED: _("the cell is merged with others"),
        CellFault.FORMULA: _("a formula without its value: save the file in a spreadsheet program"),
        CellFault.ERROR: _("an error of the spreadsheet"),
        CellFault.LOST_DIGITS: _("digits were lost: make the column text and type it anew"),
    }[value]
