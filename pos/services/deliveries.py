"""Deliveries: what is to be brought at a meal, whose code was scanned, and what happened at each door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pos.domain.bill import Way
from pos.domain.cases import Case, CaseKind
from pos.domain.day_close import DayClose, DayNotYet
from pos.domain.deliveries import (
    AteElsewhere,
    BoxMove,
    NotADelivery,
    Outcome,
    Result,
    Stop,
    StopHasResult,
    StopOfOtherDay,
)
from pos.domain.errors import NotEnough
from pos.domain.fitting import used_up
from pos.domain.members import MemberStatus, Wallet
from pos.domain.menu import Meal
from pos.domain.reservations import (
    LONGEST_WHY,
    DayClosed,
    MissedRule,
    ReasonNeeded,
    Reservation,
    ReservationGone,
    ReservationOver,
    State,
)
from pos.domain.sales import Sale, without_secrets
from pos.domain.staff import Actor, Permission
from pos.domain.stop_codes import read_stop_code
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import facts_on
from pos.services.diners import active
from pos.services.rosters import round_on
from pos.services.sales import founded
from pos.services.settling import (
    Doing,
    behind_lock,
    locked,
    miss,
    require_open,
    require_waiting,
    serve,
    take_back,
)
from pos.services.shifts import open_shift


@dataclass(frozen=True, slots=True)
class Glance:
    """A meal's deliveries as they stand: its stops as they are walked to, how many reservations of each way are in each
    state, who is looked for, and the boxes that went out and came back on the day, if they come back at all. `close` is there once it is closed;
    `shut` is why nobody cooks on that day, None where somebody does.
    """

    day: date
    meal: Meal
    stops: tuple[Stop, ...]
    counts: Mapping[tuple[Way, State], int]
    cases: tuple[Case, ...]
    boxes_out: int = 0
    boxes_back: int = 0
    boxes_return: bool = True
    close: DayClose | None = None
    shut: str | None = None


@dataclass(frozen=True, slots=True)
class Noting:
    """A wish to note a stop. `id` is made when the stop is shown and kept for every retry.

    `day` and `meal` are those of the list it is noted on. `instead_of` is the id of the result that this one corrects.
    """

    id: str
    reservation_id: str
    outcome: Outcome
    day: date
    meal: Meal
    note: str = ""
    volunteer: str = ""
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What stands now: `again` says that the same was noted before, and nothing happened. `case` was opened by it."""

    result: Result
    again: bool = False
    sale: Sale | None = None
    case: Case | None = None


class Deliveries:
    """What is brought to doors, noted at one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Note at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def glance(self, day: date, meal: Meal) -> Glance:
        """A meal's deliveries, read in one moment."""
        with self._stores.read() as store:
            facts, boxes_return = facts_on(store, day), founded(store).boxes_return
            stops = _walked(store, day, meal)
            return Glance(
                day,
                meal,
                stops if boxes_return else tuple(replace(stop, boxes_there=0) for stop in stops),
                store.deliveries.counts(day, meal),
                store.cases.open_now(),
                *store.deliveries.boxes_of(day),
                boxes_return,
                store.days.closed(day),
                None if facts.open else facts.reason or facts.holiday,
            )

    def scanned(self, text: str, day: date, meal: Meal) -> str:
        """The id of the stop whose code was scanned, noted or not.

        Raises NotAStop, OtherCanteen, ReservationGone, NotADelivery, StopOfOtherDay or ReservationOver for a
        cancelled one.
        """
        with self._stores.read() as store:
            found = store.reservations.get(read_stop_code(text, store.canteen.mark()))
            if found is None:
                raise ReservationGone
            _check_stop(found, day, meal)
            return found.id

    def note(self, actor: Actor, noting: Noting) -> Noted:
        """Note what happened at a door: one transaction, and one only however often the same id is asked for.

        A meal that stayed there is sold as it was agreed; one that came back is released or charged by the canteen's
        rule, and nobody's subsidy is claimed for it. No answer opens a case. Another result for the same stop needs
        `instead_of`, and takes back what the first one led to. Raises ReservationGone, NotADelivery, StopOfOtherDay,
        DayNotYet, DayClosed, DayIsClosed, ReservationOver, StopHasResult, AteElsewhere, MemberNotActive,
        MemberUnknown, NotEnough, ReasonNeeded, NoShift, ShiftTooOld, ClockWentBack or NotPermitted; then no money moved.
        """
        actor.must(Permission.DELIVERIES)
        if len(noting.note.strip()) > LONGEST_WHY:
            raise ReasonNeeded(LONGEST_WHY)
        with self._stores.write() as store:
            store.days.share(noting.day)
            reservation, wallet = behind_lock(store, noting.reservation_id)
            if stored := store.deliveries.get(noting.id):
                return Noted(stored, sale=store.sales.get(stored.id))
            _check_stop(reservation, noting.day, noting.meal)
            self._check_day(store, noting.day)
            before = store.deliveries.holding(reservation.id)
            if before is None:
                require_waiting(reservation)
            elif before.id != noting.instead_of:
                if before.outcome is noting.outcome:
                    return Noted(before, again=True)
                raise StopHasResult(reservation.member_name, before.outcome, before.at_ms, before.staff_name)
            shift = open_shift(store, self._clock, self._till, actor)
            doing = Doing(store, actor, shift, self._clock.now_ms())
            return _note(doing, noting, reservation, wallet, before)

    def _check_day(self, store: Store, day: date) -> None:
        require_open(store, day)
        if day > self._clock.local().date():
            raise DayNotYet(day.isoformat())
        facts = facts_on(store, day)
        if not facts.open:
            raise DayClosed(day.isoformat(), facts.reason or facts.holiday)


def _walked(store: Store, day: date, meal: Meal) -> tuple[Stop, ...]:
    """The stops in the order of their rosters, those without a route first; at the end those nobody walks to."""
    stops = {stop.reservation_id: stop for stop in store.deliveries.stops(day, meal)}
    found: list[Stop] = []
    for roster in round_on(store, day, meal).every if stops else ():
        name, volunteer = roster.route.name if roster.route else "", roster.volunteer.name if roster.volunteer else ""
        printed = roster.printed.lines if roster.printed else {}
        mine = (stop for one in roster.standing if (stop := stops.pop(one.id, None)) is not None)
        found += (one.carried(name, volunteer, out=one.reservation_id in printed) for one in mine)
    return (*found, *stops.values())


def _check_stop(reservation: Reservation, day: date, meal: Meal) -> None:
    name = reservation.member_name
    if reservation.way is not Way.DELIVERY:
        raise NotADelivery(name, reservation.way)
    if (reservation.day, reservation.meal) != (day, meal):
        raise StopOfOtherDay(name, reservation.day.isoformat(), reservation.meal)
    if reservation.state is State.CANCELLED:
        raise ReservationOver(name, reservation.state)


def _note(doing: Doing, noting: Noting, reservation: Reservation, wallet: Wallet, before: Result | None) -> Noted:
    store = doing.store
    result = Result(
        noting.id,
        reservation.id,
        noting.outcome,
        doing.now_ms,
        doing.actor.staff_id,
        doing.actor.name,
        noting.volunteer,
        without_secrets(noting.note),
        before.id if before else "",
    )
    sale = None
    if before is None or before.outcome.had is not result.outcome.had:
        sale = _settle(doing, reservation, wallet, result, before)
    store.deliveries.add(result)
    _move_boxes(doing, reservation, result, before)
    case = _looked_for(doing, reservation) if result.outcome is Outcome.NO_ANSWER else None
    return Noted(result, sale=sale, case=case)


def _settle(
    doing: Doing, reservation: Reservation, wallet: Wallet, result: Result, before: Result | None
) -> Sale | None:
    """The money of it; what an earlier result led to is taken back first."""
    store = doing.store
    if before is not None:
        take_back(doing, reservation, f"{result.id}/back")
        wallet = locked(store, reservation.member_id)
        reservation = replace(reservation, sale_id="")
    if not result.outcome.had:
        return miss(doing, reservation, wallet, result.id, _rule(store, reservation), result.note or reservation.why)
    active(store.members.get(reservation.member_id, reservation.day))
    if before is not None:
        _check_money(store, reservation, wallet)
    return serve(doing, reservation, wallet, result.id, on_paper=False)


def _rule(store: Store, reservation: Reservation) -> MissedRule:
    """Who is known to be away pays for nothing."""
    member = store.members.get(reservation.member_id, reservation.day)
    here = member is not None and member.status is MemberStatus.ACTIVE
    return founded(store).booking.undelivered if here else MissedRule.RELEASE


def _check_money(store: Store, reservation: Reservation, wallet: Wallet) -> None:
    """What was given back may have been spent since, and so may the subsidy."""
    day, meal = reservation.day, reservation.meal
    usage, tariff = store.sales.usage(reservation.member_id, day), store.tariff.in_force(day)
    if had := used_up(reservation.bill, usage, tariff, day, meal):
        raise AteElsewhere(reservation.member_name, had.day.isoformat(), had.meal)
    if wallet.spendable < reservation.bill.due:
        raise NotEnough(reservation.bill.due, wallet.spendable)


def _move_boxes(doing: Doing, reservation: Reservation, result: Result, before: Result | None) -> None:
    """A meal that stays there leaves its boxes there, where they are used again."""
    store, boxes = doing.store, reservation.portions
    stayed = before is not None and before.outcome.had
    if result.outcome.had is stayed or not founded(store).boxes_return:
        return
    if stayed:
        boxes = -min(boxes, store.deliveries.boxes_with(reservation.member_id))  # some may have come back since
    if boxes:
        move = BoxMove(
            result.id, reservation.member_id, reservation.day, boxes, doing.now_ms, doing.actor.staff_id
        )
        store.deliveries.move_boxes(move)


def _looked_for(doing: Doing, reservation: Reservation) -> Case | None:
    """The case that nobody's answering opens; none for somebody who is known to be away, and one for each stop."""
    store = doing.store
    member = store.members.get(reservation.member_id, reservation.day)
    if member is None or member.status is not MemberStatus.ACTIVE:
        return None
    if known := store.cases.about(CaseKind.NO_ANSWER, reservation.id):
        return known
    opened = Case(
        f"{reservation.id}/case",
        reservation.member_id,
        reservation.member_name,
        reservation.id,
        reservation.day,
        reservation.meal,
        CaseKind.NO_ANSWER,
        doing.now_ms,
        doing.actor.staff_id,
        doing.actor.name,
    )
    store.cases.add(opened)
    return store.cases.get(opened.id)
