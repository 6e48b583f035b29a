"""Dates, times and counts as the screen says them; what paper needs too stands in pos/words.py."""

from __future__ import annotations

from datetime import date, datetime

from pos import words
from pos.clock import CHINA
from pos.domain.money import Fen
from pos.i18n import _, ngettext

MOST_MEALS = 99


def clock(local: datetime) -> str:
    """The head of the window: 'Mon 23 Nov 11:42', '11月23日 周一 11:42'."""
    return _("{weekday} {day} {time}").format(
        weekday=words.weekday(local.date()), day=day(local.date()), time=local.strftime("%H:%M")
    )


def day(value: date) -> str:
    """A day of this year or last: '11-23' in a form of the language, without the year."""
    return _("{month:02d}-{day:02d}").format(month=value.month, day=value.day)


def near(value: date, today: date) -> str:
    """What a day beside today is called: 'tomorrow'; '' for every other."""
    return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get((value - today).days, "")


def day_ahead(value: date, today: date | None) -> str:
    """A day with its weekday and, where there is room, how it is called from today: '11-24 Tue tomorrow'."""
    beside = "" if today is None else near(value, today)
    return " ".join(part for part in (day(value), words.weekday(value), beside) if part)


def day_words(value: date) -> str:
    """A day as a tab says it, with its weekday: 'Tue 11-24'."""
    return f"{words.weekday(value)} {day(value)}"


def full_day(value: date) -> str:
    """A day with its year: '2026-11-23'."""
    return value.isoformat()


def printed(local: datetime) -> str:
    """The moment of printing, of the canteen's wall clock: '2026-11-23 11:42'."""
    return local.strftime("%Y-%m-%d %H:%M")


def time_of(at_ms: int) -> str:
    """The wall-clock time of an instant (UTC epoch ms): '11:42'."""
    return _local(at_ms).strftime("%H:%M")


def when(at_ms: int, on: date) -> str:
    """The wall-clock time of an instant (UTC epoch ms), with its day where that is another than the day that is spoken of,
    which for what goes on is today: 'yesterday 18:05'.
    """
    then = _local(at_ms).date()
    return time_of(at_ms) if then == on else f"{ago(then, on)} {time_of(at_ms)}"


def moment(at_ms: int) -> str:
    """Day and time of an instant (UTC epoch ms): '2026-11-23 11:42'."""
    return _local(at_ms).strftime("%Y-%m-%d %H:%M")


def age(years: int | None) -> str:
    """An age in full years, or that it is not known."""
    if years is None:
        return _("age not known")
    return ngettext("{years} year old", "{years} years old", years).format(years=years)


def enough_for(balance: Fen, meal: Fen) -> str:
    """For how many meals of this price (fen) a balance (fen) is enough; empty when the meal costs nothing."""
    if meal <= 0:
        return ""
    meals = balance // meal
    if meals <= 0:
        return _("not enough for another meal")
    if meals > MOST_MEALS:
        return _("enough for more than {count} meals").format(count=MOST_MEALS)
    return ngettext("enough for {count} more meal", "enough for {count} more meals", meals).format(count=meals)


def ago(day_then: date, today: date) -> str:
    """How a day is called from today: 'today', 'yesterday', a weekday within a week, else the day."""
    days = (today - day_then).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return words.weekday(day_then) if 1 < days < 7 else day(day_then)


def wait(seconds: int) -> str:
    """A time to wait: '8 seconds', '2 minutes' (rounded up)."""
    if seconds < 60:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes = -(-seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def _local(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, CHINA)
