"""One run of the standing orders over some days: everything is read at once, priced as by hand, and written at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.calendar import DayFacts
from pos.domain.canteen import Canteen
from pos.domain.capacity import SoldOut, check_left, left_on, taken_by
from pos.domain.day_close import DayIsClosed
from pos.domain.errors import NotEnough, Refusal
from pos.domain.holds import hold_postings
from pos.domain.ledger import Draft, EntryKind, remaining, spend
from pos.domain.members import Member
from pos.domain.menu import Meal, Menu
from pos.domain.pricing import Basket, Bill, Circumstances, Had, Tender, Usage, price
from pos.domain.reservations import (
    AfterCutOff,
    BookedAlready,
    Booking,
    DayClosed,
    Reservation,
    ReservationOver,
    Source,
    State,
    check_meal,
    rules_of,
)
from pos.domain.standing_orders import (
    Generated,
    Portions,
    Skipped,
    StandingOrder,
    given_up_with,
    on_menu,
)
from pos.domain.tariff import Tariff
from pos.ports import Store
from pos.ports.standing_orders import Reserved
from pos.services.cut_offs import cut_offs
from pos.services.diners import active
from pos.services.orders import basket_from
from pos.services.reservations import excused, reserved
from pos.services.sales import person_of
from pos.services.settling import Doing

Progress = Callable[[int, int], None]
"""Told steps done and steps in all; it ends the work by raising."""

_TOLD_EVERY = 100
_STORED_AT_ONCE = 1_000
_STAGES = 4
"""Pricing, locking, posting and storing have a step for each meal."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is asked for: days with what they are, by whom, when, and why also after the cut-off."""

    doing: Doing
    canteen: Canteen
    days: Mapping[date, DayFacts]
    now: datetime
    why: str

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last day."""
        return min(self.days), max(self.days)


def run_orders(run: Run, progress: Progress) -> Generated:
    """Book what is wanted on the days and was not booked before, within somebody's transaction.

    Who comes first is who ordered first; money goes to the earlier day first.
    """
    store = run.doing.store
    for day in sorted(run.days):
        for meal in Meal:
            store.reservations.lock_meal(day, meal)
    booking = _Booking(run)
    # Read behind the locks: whoever ended or changed an order meanwhile is heard.
    orders = tuple(filter(booking.is_locked, store.standing_orders.between(*run.span)))
    wanted = [(day, order) for day in sorted(run.days) for order in orders if order.holds_on(day)]
    steps = _STAGES * len(wanted)
    for done, (day, order) in enumerate(wanted):
        if done % _TOLD_EVERY == 0:
            progress(done, steps)
        booking.take(day, order)
    made = booking.made
    store.ledger.post_all(booking.drafts, lambda done, whole: progress(len(wanted) * (whole + 2 * done) // whole, steps))
    for start in range(0, len(made), _STORED_AT_ONCE):
        progress(steps - len(made) + start, steps)
        store.reservations.add_all(made[start : start + _STORED_AT_ONCE], run.doing.actor.staff_id)
    progress(steps, steps)
    return Generated(len(made), booking.before, tuple(booking.skipped))


class _Meal:
    """A meal's menu and what is left of it."""

    def __init__(self, store: Store, day: date, meal: Meal) -> None:
        self.menu: Menu = store.menu.menu(day, meal)
        self.taken = Counter(store.reservations.taken_portions(day, meal))
        self._most = store.menu.capacity(day, meal)

    def check(self, basket: Basket) -> None:
        """Raise SoldOut."""
        check_left(self.menu, self._most, self.taken, basket)

    def has(self, basket: Basket) -> bool:
        """Whether so much is left."""
        try:
            self.check(basket)
        except SoldOut:
            return False
        return True


class _Day:
    """What holds for everybody on one day; menus are read once for each meal, baskets made once."""

    def __init__(self, run: Run, day: date) -> None:
        store = run.doing.store
        self.day, self._run, self._store = day, run, store
        self.facts = run.days[day]
        self.tariff: Tariff = store.tariff.in_force(day)
        self.members: Mapping[str, Member] = store.standing_orders.holders(*run.span, day)
        self.closed = store.days.closed(day) is not None
        self.until = cut_offs(store, run.canteen, day).book
        self.late = run.now > self.until
        if self.late and run.why:
            excused(run.doing.actor, run.why, AfterCutOff(self.until))
        self._meals: dict[Meal, _Meal] = {}
        self._baskets: dict[tuple[Meal, Portions], Basket] = {}

    def check(self) -> None:
        """Raise DayIsClosed, DayClosed or AfterCutOff where nobody can book."""
        if self.closed:
            raise DayIsClosed(self.day.isoformat())
        if not self.facts.open:
            raise DayClosed(self.day.isoformat(), self.facts.reason or self.facts.holiday)
        if self.late and not self._run.why:
            raise AfterCutOff(self.until)

    def basket(self, order: StandingOrder) -> Basket:
        """What an order is on this day. Raises NothingPlanned, SoldOut and what baskets raise."""
        key, meal = (order.meal, order.portions), self._meal(order.meal)
        if key not in self._baskets or not meal.has(self._baskets[key]):
            # What a set meal is made of may be sold out, and another dish of the shelf left.
            menu = left_on(meal.menu, meal.taken)
            self._baskets[key] = basket_from(menu, on_menu(order.portions, menu), self._run.canteen.sale_limit)
            meal.check(self._baskets[key])
        return self._baskets[key]

    def booked(self, meal: Meal, basket: Basket) -> None:
        """So much less is left for the next one."""
        self._meal(meal).taken.update(taken_by(basket))

    def circumstances(self, order: StandingOrder) -> Circumstances:
        return Circumstances(self.day, order.meal, order.way, Tender.CARD, self.facts, self._run.canteen.area)

    def _meal(self, meal: Meal) -> _Meal:
        if meal not in self._meals:
            self._meals[meal] = _Meal(self._store, self.day, meal)
        return self._meals[meal]


class _Booking:
    """What the run makes, kept up with what each meal takes from the next."""

    def __init__(self, run: Run) -> None:
        asked, span = run.doing.store.standing_orders, run.span
        self._run = run
        # The locks first: what is read behind them stays true until the end.
        self._spendable = {owner: wallet.spendable for owner, wallet in asked.wallets(*span).items()}
        self._lots = dict(asked.open_lots(*span))
        self._usage = {owner: Usage(tuple(had)) for owner, had in asked.usage(*span).items()}
        self._doors = asked.doors(*span)
        self._taken = _taken(run.doing.store, span)
        self._days: dict[date, _Day] = {}
        self.made: list[Reservation] = []
        self.drafts: list[Draft] = []
        self.skipped: list[Skipped] = []
        self.before = 0

    def is_locked(self, order: StandingOrder) -> bool:
        """Whether its member had an order when the wallets were locked; who has the first one now waits for another run."""
        return order.member_id in self._spendable

    def take(self, day: date, order: StandingOrder) -> None:
        """Book one meal, or note why not."""
        if day not in self._days:
            self._days[day] = _Day(self._run, day)
        terms = self._days[day]
        member = terms.members[order.member_id]
        taken = self._taken.get((member.id, day, order.meal), ())
        own = _made_by(order, day, taken)
        if own and own[-1].state is not State.CANCELLED:
            self.before += 1
            return
        key = order.reservation_id(day, len(own))
        try:
            active(member)
            terms.check()
            check_meal(day, order.meal, self._run.now)
            _check_free(member, taken)
            self._check_wanted(member, order, own)
            bill = self._bill(terms, order, member)
            if bill.due > self._spendable[member.id]:
                raise NotEnough(bill.due, self._spendable[member.id])
        except Refusal as reason:
            door = self._doors.get(member.id, "")
            self.skipped.append(Skipped(member.id, member.name, door, day, order.meal, reason))
        else:
            self._make(key, day, order, member, bill)

    def _check_wanted(self, member: Member, order: StandingOrder, own: Sequence[Reserved]) -> None:
        """Raise ReservationOver for a meal that this order booked and somebody gave up; what went with a pause comes back."""
        if not own:
            return
        last, versions = own[-1], self._run.doing.store.standing_orders.versions(order.id)
        if not given_up_with(versions, last.day, last.meal, last.ended_ms):
            raise ReservationOver(member.name, last.state)

    def _bill(self, terms: _Day, order: StandingOrder, member: Member) -> Bill:
        usage = self._usage.get(member.id, Usage())
        return price(terms.basket(order), person_of(member), terms.circumstances(order), usage, terms.tariff)

    def _make(self, key: str, day: date, order: StandingOrder, member: Member, bill: Bill) -> None:
        doing, due = self._run.doing, bill.due
        hold_id = f"{key}/hold" if due else ""
        if due:
            lots = self._lots[member.id]
            uses = spend(lots, due)
            self._lots[member.id] = remaining(lots, uses)
            self._spendable[member.id] -= due
            postings = hold_postings(member.id, uses)
            self.drafts.append(doing.draft(hold_id, EntryKind.HOLD, doing.shift.business_date, postings, None))
        if rules := rules_of(bill):
            had = self._usage.get(member.id, Usage()).had
            self._usage[member.id] = Usage((*had, Had(day, order.meal, rules, doing.now_ms, pending=True)))
        self._days[day].booked(order.meal, bill.basket)
        why = self._run.why if self._days[day].late else ""
        wish = Booking(key, member.id, day, order.meal, order.way, (), due, Source.STANDING, order.eat_at, why=why)
        self.made.append(reserved(wish, member, bill, hold_id, doing))


def _taken(store: Store, span: tuple[date, date]) -> Mapping[tuple[str, date, Meal], list[Reserved]]:
    found: defaultdict[tuple[str, date, Meal], list[Reserved]] = defaultdict(list)
    for one in store.standing_orders.reserved(*span):
        found[one.member_id, one.day, one.meal].append(one)
    return found


def _made_by(order: StandingOrder, day: date, taken: Sequence[Reserved]) -> Sequence[Reserved]:
    """What an order booked for a meal so far, one after the other."""
    found = {one.id: one for one in taken}
    ids = (order.reservation_id(day, again) for again in range(len(taken)))
    return [found[one] for one in ids if one in found]


def _check_free(member: Member, taken: Sequence[Reserved]) -> None:
    """Raise BookedAlready for another reservation of the meal."""
    for one in taken:
        if one.state in (State.BOOKED, State.SERVED):
            raise BookedAlready(member.name, one.id)
