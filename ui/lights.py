"""What the three lamps say: reader, printer, ledger. Words are made when they are shown, so a language switches live."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from pos.i18n import _, ngettext

if TYPE_CHECKING:
    from pos.devices.serial_reader import LostCause, ReaderState
    from pos.domain.verify import Verdict


class State(Enum):
    """How it is. Each has its own shape: disc, triangle, square, ring."""

    GOOD = auto()
    CARE = auto()
    BAD = auto()
    OFF = auto()


class Light(Enum):
    """Which lamp, from left to right. That of the people who are looked for is there while it says something."""

    CASES = "cases"
    READER = "reader"
    PRINTER = "printer"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True)
class Shine:
    """A lamp's state, and its words in whatever language is spoken when they are asked for."""

    state: State
    words: Callable[[], str]


NO_READER = Shine(State.OFF, lambda: _("No card reader"))
NO_PRINTER = Shine(State.OFF, lambda: _("No printer"))
NOBODY_LOOKED_FOR = Shine(State.OFF, lambda: "")
NOT_CHECKED = Shine(State.OFF, lambda: _("Ledger not checked"))
PLAYED = Shine(State.GOOD, lambda: _("Reader is played"))
WEDGE = Shine(State.GOOD, lambda: _("Reader types"))


def reader(state: ReaderState) -> Shine:
    """A reader on a line, as its thread tells it."""
    from pos.devices.serial_reader import Link

    if state.link is Link.CONNECTED:
        return Shine(State.GOOD, lambda: _("Reader ready"))
    return Shine(State.BAD, lambda: reader_words(state.cause))


def printer(*, waiting: int = 0, unknown: int = 0, reason: str = "") -> Shine:
    """The printer: papers that wait, papers that may or may not have come out, and why it does not print.

    `reason` is the value of receipts.printer_status.Reason, or empty while it prints.
    """

    def words() -> str:
        if reason:
            return printer_words(reason)
        if unknown:
            return ngettext("Printer: look at {count} paper", "Printer: look at {count} papers", unknown).format(count=unknown)
        if waiting:
            return ngettext("Printer: {count} waiting", "Printer: {count} waiting", waiting).format(count=waiting)
        return _("Printer ready")

    return Shine(State.CARE if reason or unknown or waiting else State.GOOD, words)


def printer_words(reason: str) -> str:
    """Why a printer does not print."""
    return {
        "not_connected": _("Printer: not connected"),
        "timeout": _("Printer: no answer"),
        "paper_out": _("Printer: out of paper"),
        "cover_open": _("Printer: cover is open"),
        "offline": _("Printer: switched off-line"),
        "refused": _("Printer: used by another program"),
    }.get(reason, _("Printer: trouble"))


def reader_words(cause: LostCause | None) -> str:
    """Why a reader is not heard."""
    from pos.devices.serial_reader import LostCause

    return {
        LostCause.ABSENT: _("Reader: not plugged in"),
        LostCause.BUSY: _("Reader: used by another program"),
        LostCause.DENIED: _("Reader: no right to open it"),
        LostCause.BAD_ADDRESS: _("Reader: wrong address"),
        LostCause.BROKEN: _("Reader: connection lost"),
        None: _("Reader: not found"),
    }[cause]


def checking(done: int, total: int) -> Shine:
    """The ledger while it is being checked."""
    percent = 100 * done // total if total else 0
    return Shine(State.OFF, lambda: _("Checking the ledger: {percent}%").format(percent=percent))


def cases(count: int) -> Shine:
    """How many people are looked for: nobody answered, or meals were missed, and nobody wrote yet how they are."""
    if not count:
        return NOBODY_LOOKED_FOR
    return Shine(
        State.BAD, lambda: ngettext("{count} person looked for", "{count} people looked for", count).format(count=count)
    )


def ledger(verdict: Verdict) -> Shine:
    """The ledger after it was checked."""
    if verdict.sound:
        return Shine(State.GOOD, lambda: _("Ledger sound"))
    count = len(verdict.findings)

    def words() -> str:
        return ngettext("Ledger: {count} contradiction", "Ledger: {count} contradictions", count).format(count=count)

    return Shine(State.BAD, words)
