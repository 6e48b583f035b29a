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


def walk_ins_left(
    store: Store, canteen: Canteen, day: date, meal: Meal, walked_in: int, tz: tzinfo = CHINA
) -> int | None:
    """How many portions can still be had by who did not book in time; None for as many as there are.

    They are taken by the `walked_in` and by who booked after the cut-off, fetched or not.
    """
    quota = canteen.booking.walk_ins
    if quota is None:
        return None
    until = cut_offs(store, canteen, day, tz).book
    return max(quota - walked_in - store.reservations.booked_since(day, meal, round(until.timestamp() * 1000)), 0)
