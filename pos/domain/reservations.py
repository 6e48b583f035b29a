"""Reservations: a meal of a later day, priced and paid aside today; until when, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from pos.domain.bill import CANTEEN, Bill, BillLine, ReasonCode, Way
from pos.domain.errors import Refusal
from pos.domain.menu import DishKind, Meal, meal_at
from pos.domain.money import Fen

MOST_DAYS_AHEAD = 14
LONGEST_WHY = 60


class State(StrEnum):
    """What became of a reservation. BOOKED waits for its meal; MISSED was neither fetched nor handed over."""

    BOOKED = "booked"
    SERVED = "served"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Source(StrEnum):
    """Who wished for it: somebody at the counter, a standing order, a chat sign-up list."""

    COUNTER = "counter"
    STANDING = "standing"
    LIST = "list"


class MissedRule(StrEnum):
    """What the canteen does with the money of a meal that nobody had.

    CHARGE takes the diner's own share: the meal was cooked. Nobody's subsidy is claimed for it, ever.
    """

    RELEASE = "release"
    CHARGE = "charge"


@dataclass(frozen=True, slots=True)
class BookingTerms:
    """What the canteen decided about reservations.

    `book_until` and `cancel_until` are wall-clock times of the last day before the meal on which the canteen is open;
    after `book_until` only `walk_ins` portions a meal can still be booked without a manager's word: None is as many as
    there are, 0 is none.
    """

    days_ahead: int = MOST_DAYS_AHEAD
    book_until: time = time(17)
    cancel_until: time = time(17)
    walk_ins: int | None = 0
    no_show: MissedRule = MissedRule.RELEASE
    undelivered: MissedRule = MissedRule.RELEASE


@dataclass(frozen=True, slots=True)
class Reservation:
    """One person's meal on one day. `bill` is what was agreed when it was booked, and stays.

    `hold_id` is the entry that set the diner's share aside, '' where the meal is free. `eat_at` is 'HH:MM' or ''.
    `sale_id` is the sale that it became, '' before and where nothing was paid. `why` is the reason of whoever
    booked late or ended it. `member_name` is the name of today.
    """

    id: str
    member_id: str
    member_name: str
    day: date
    meal: Meal
    way: Way
    bill: Bill
    source: Source
    booked_ms: int
    booked_by: str
    eat_at: str = ""
    hold_id: str = ""
    state: State = State.BOOKED
    ended_ms: int = 0
    ended_by: str = ""
    sale_id: str = ""
    why: str = ""
    card_tail: str = ""

    @property
    def portions(self) -> int:
        """Meals of it: set meals where there are any, else one tray, in boxes or on a plate."""
        sets = sum(item.quantity for item in self.bill.basket if item.kind is DishKind.SET_MEAL)
        return sets or 1


@dataclass(frozen=True, slots=True)
class Booking:
    """A wish to reserve. `id` is made when the form opens and kept for every retry.

    `shown_due` (fen) is what the screen showed; another price is refused. `instead` is the id of the reservation for
    the same meal that this one replaces. `why` is the manager's reason to book after the cut-off. `chosen` are the
    dishes chosen for a set meal.
    """

    id: str
    member_id: str
    day: date
    meal: Meal
    way: Way
    portions: tuple[tuple[str, int], ...]
    shown_due: Fen
    source: Source = Source.COUNTER
    eat_at: str = ""
    instead: str = ""
    why: str = ""
    card_tail: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()


def cut_off(day: date, until: time, opens: Callable[[date], bool], tz: tzinfo) -> datetime:
    """The last moment for a meal's day: this time on the last day before it on which the canteen is open.

    Monday's is Friday's where nobody works on Sunday (domain.md 5). After two closed weeks it is the day before.
    """
    before = (day - timedelta(days=number) for number in range(1, MOST_DAYS_AHEAD + 1))
    last = next((one for one in before if opens(one)), day - timedelta(days=1))
    return datetime.combine(last, until, tz)


def check_meal(day: date, meal: Meal, now: datetime) -> None:
    """Raise MealOver for a meal that was over at a moment (wall clock) of its day."""
    meals = tuple(Meal)
    if day == now.date() and meals.index(meal) < meals.index(meal_at(now.time())):
        raise MealOver(meal)


def check_begun(meal: Meal, now: datetime) -> None:
    """Raise NotYet for a meal that has not begun at a moment (wall clock) of its day; one that is over is still fetched."""
    meals = tuple(Meal)
    if meals.index(meal) > meals.index(meal_at(now.time())):
        raise NotYet(meal)


def forfeited(bill: Bill) -> Bill:
    """The bill of a meal that was booked and not had, where the canteen charges for it.

    The diner pays the share that was agreed; what payers would have given is the canteen's loss, and no limit of
    theirs is used up.
    """
    lines = tuple(
        replace(line, payer=CANTEEN, claimable=False, rule_id="", tariff_id="") if line.claimable else line
        for line in bill.lines
    )
    return replace(bill, lines=lines, reports=())


def fetched(reservation: Reservation) -> Reservation:
    """A meal that was to be brought, as it is handed over at the counter: the price stays as it was agreed, and nobody is
    asked for bringing it.
    """
    if reservation.way is not Way.DELIVERY:
        return reservation
    reports = tuple(line for line in reservation.bill.reports if line.reason.code is not ReasonCode.DELIVERED)
    return replace(reservation, way=Way.TAKE_AWAY, bill=replace(reservation.bill, reports=reports))


def rules_of(bill: Bill) -> tuple[str, ...]:
    """The rules that gave something to a bill: what it uses up of their limits."""
    every: tuple[BillLine, ...] = (*bill.lines, *bill.reports)
    return tuple(dict.fromkeys(line.rule_id for line in every if line.rule_id))


# -- what is refused ----------------------------------------------------------------------------------


@dataclass(eq=False)
class DayClosed(Refusal):
    """The canteen is closed on that day (ISO text); `reason` is what the calendar says."""

    day: str
    reason: str


@dataclass(eq=False)
class MealOver(Refusal):
    """The meal is over already: nobody books it any more, and nobody's subsidy is for it."""

    meal: Meal


@dataclass(eq=False)
class TooFarAhead(Refusal):
    """Nobody can book for that day yet, or any more."""

    day: str
    first: str
    last: str


@dataclass(eq=False)
class AfterCutOff(Refusal):
    """The time for booking or cancelling is over (`until`, wall clock). A manager may, with a reason."""

    until: datetime
    cancelling: bool = False


@dataclass(eq=False)
class BookedAlready(Refusal):
    """This member has a reservation for the meal: change that one."""

    name: str
    reservation_id: str


@dataclass(eq=False)
class ReservationWaits(Refusal):
    """This member has a reservation for this meal: a sale beside it needs an explicit yes."""

    name: str


@dataclass(eq=False)
class ReservationOver(Refusal):
    """The reservation was fetched, cancelled or missed before (`state`)."""

    name: str
    state: State


@dataclass(eq=False)
class ReservationGone(Refusal):
    """No reservation has this id."""


@dataclass(eq=False)
class NotItsDay(Refusal):
    """A reservation is fetched on its own day (ISO text), not before."""

    day: str


@dataclass(eq=False)
class NotYet(Refusal):
    """The meal is reserved for a later one of the same day: nothing of it is cooked yet."""

    meal: Meal


@dataclass(eq=False)
class ReasonNeeded(Refusal):
    """What a manager does against the rule needs a reason, in words that fit."""

    longest: int
