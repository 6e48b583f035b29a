"""Cut-offs: until when a meal can be booked and cancelled by the canteen's calendar, and who may still come after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from pos.clock import CHINA
from pos.domain.canteen import Canteen
from pos.domain.menu import Meal
from pos.domain.reservations import MOST_DAYS_AHEAD, cut_off
from pos.ports import Store
from pos.services.calendar import days_between


@dataclass(frozen=True, slots=True)
class CutOffs:
    """Until when a meal can be booked and cancelled, in the canteen's civil time."""

    book: datetime
    cancel: datetime


def cut_offs(store: Store, canteen: Canteen, day: date, tz: tzinfo = CHINA) -> CutOffs:
    """The cut-offs for the meals of a day, by the canteen's calendar."""
    before = days_between(store, day - timedelta(days=MOST_DAYS_AHEAD), day)
    open_days = {one.day for one in before if one.facts.open}
    terms = canteen.booking
    return CutOffs(*(cut_off(day, until, open_days.__contains__, tz) for until in (terms.book_until, terms.cancel_until)))


def booked_late(store: Store, canteen: Canteen, day: date, meal: Meal, tz: tzinfo = CHINA) -> int:
    """How many that wait for a meal were booked after its cut-off: they take the walk-ins' portions."""
    until = cut_offs(store, canteen, day, tz).book
    return store.reservations.booked_since(day, meal, round(until.timestamp() * 1000))
