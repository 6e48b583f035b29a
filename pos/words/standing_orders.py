"""Words of standing orders."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from pos import words
from pos.domain.calendar import EVERY_DAY
from pos.domain.standing_orders import FIRST_SET, Portions, StandingOrder
from pos.i18n import _

_A_MONDAY = date(2024, 1, 1)


def weekday_name(number: int) -> str:
    """The short name of a weekday, Monday is 0."""
    return words.weekday(_A_MONDAY + timedelta(days=number))


def weekdays(value: Collection[int]) -> str:
    """Days of the week: 'Mon, Wed, Fri', '每天'."""
    if set(value) >= EVERY_DAY:
        return _("every day")
    return _(", ").join(weekday_name(number) for number in sorted(value))


def ordered(value: Portions, dishes: Mapping[str, str]) -> str:
    """What is ordered; `dishes` are names by id."""
    named = ((_("set meal of the day") if one == FIRST_SET else dishes.get(one, "?"), count) for one, count in value)
    return _(", ").join(name if count == 1 else f"{name}×{count}" for name, count in named)


def stretch(first: date, last: date | None) -> str:
    """From a day to another, whose year is said where it is another one, or for good."""
    if last is None:
        return _("from {first}").format(first=first.isoformat())
    return f"{first.isoformat()} – {last:%m-%d}" if first.year == last.year else f"{first.isoformat()} – {last.isoformat()}"


def pause(value: StandingOrder) -> str:
    """The pause of an order, '' where there is none."""
    return "" if value.paused_from is None else stretch(value.paused_from, value.paused_to)
