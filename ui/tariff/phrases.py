"""Words of the tariff editor: those of the rules, and the answers that may be chosen."""

from __future__ import annotations

from pos.domain.members import AgeStarts
from pos.domain.tariff import Base, Choose, Gift
from pos.i18n import _
from pos.words.tariff import given as given
from pos.words.tariff import home as home
from pos.words.tariff import limit as limit
from pos.words.tariff import own_days as own_days
from pos.words.tariff import payers as payers
from pos.words.tariff import service as service
from pos.words.tariff import weekday as weekday
from pos.words.tariff import whom as whom


def age_starts(value: AgeStarts) -> str:
    """From which day a new age counts."""
    return {
        AgeStarts.BIRTHDAY: _("on the birthday"),
        AgeStarts.DAY_AFTER: _("the day after"),
        AgeStarts.NEXT_MONTH: _("the next month"),
    }[value]


def choose(value: Choose) -> str:
    """Which rules of a group hold."""
    return {
        Choose.BEST: _("the best one"),
        Choose.FIRST: _("the first one"),
        Choose.SUM: _("all together"),
    }[value]


def base(value: Base) -> str:
    """What a threshold or a percentage is measured on."""
    return {Base.LIST: _("the list price"), Base.AFTER: _("what is left")}[value]


def gift(value: Gift) -> str:
    """A kind of gift, to choose from."""
    return {
        Gift.FLAT: _("pays a fixed price"),
        Gift.PERCENT: _("percent off"),
        Gift.OFF: _("an amount off"),
        Gift.UP_TO: _("paid up to an amount"),
        Gift.NTH_PERCENT: _("percent off by turns"),
        Gift.FREE: _("free"),
        Gift.FEE: _("a fee on top"),
        Gift.REPORT: _("only reported"),
    }[value]
