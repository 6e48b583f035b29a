"""Words of the calendar: kinds of days, holidays, what holds on a day."""

from __future__ import annotations

from datetime import date

from pos import words
from pos.domain.calendar import DayFacts, DayKind, Holiday
from pos.i18n import _
from pos.words.tariff import day_kind as day_kind


def holiday(name: str) -> str:
    """The name of a statutory holiday; a name given by hand is as it was typed."""
    return {
        Holiday.NEW_YEAR: _("New Year"),
        Holiday.SPRING: _("Spring Festival"),
        Holiday.TOMB_SWEEPING: _("Qingming"),
        Holiday.LABOUR: _("Labour Day"),
        Holiday.DRAGON_BOAT: _("Dragon Boat"),
        Holiday.MID_AUTUMN: _("Mid-Autumn"),
        Holiday.NATIONAL: _("National Day"),
    }.get(Holiday(name), name) if name in set(Holiday) else name


def listed(value: DayKind, name: str) -> str:
    """A kind of day with the holiday it is about: 'holiday, National Day'."""
    return _("{kind}, {holiday}").format(kind=day_kind(value), holiday=holiday(name)) if name else day_kind(value)


def badge(facts: DayFacts) -> str:
    """What stands in the cell of a day."""
    if not facts.open:
        return facts.reason or holiday(facts.holiday) or _("closed")
    if facts.kind is DayKind.MAKE_UP:
        return _("made up")
    return holiday(facts.holiday)


def opening(opens: bool) -> str:
    """Whether the canteen opens."""
    return _("open") if opens else _("closed")


def paying(paid: bool) -> str:
    """Whether subsidies are paid."""
    return _("subsidies paid") if paid else _("no subsidies")


def full(day: date) -> str:
    """A weekday and its date."""
    return f"{words.weekday(day)} {day.isoformat()}"


def month(first: date) -> str:
    """A month of a year."""
    return _("{year}-{month:02d}").format(year=first.year, month=first.month)
