"""Standing orders: taken, changed, paused, ended; and what they want of the coming days booked in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pos.domain.canteen import Canteen
from pos.domain.errors import BadQuantity, MemberNotActive, MemberUnknown
from pos.domain.members import MemberStatus
from pos.domain.menu import DishUnknown
from pos.domain.reservations import Reservation, State, TooFarAhead
from pos.domain.sales import MOST_PORTIONS
from pos.domain.staff import Actor, Permission
from pos.domain.standing_orders import (
    FIRST_SET,
    Generated,
    OrderedTwice,
    StandingOrder,
    StandingOrderGone,
    check_order,
    clashing,
    given_up_with,
)
from pos.ports import Clock, OpenStore, Store
from pos.services.calendar import days_between
from pos.services.cut_offs import cut_offs
from pos.services.sales import founded
from pos.services.settling import Doing, release
from pos.services.shifts import open_shift
from pos.services.standing_run import Progress, Run, run_orders

_GONE = (MemberStatus.LEFT, MemberStatus.DECEASED)


@dataclass(frozen=True, slots=True)
class Kept:
    """An order as it holds now, and what became of the meals that it had booked: those given up with it, those whose
    time for that is over, and those that stay as they were booked although the order says otherwise now.

    `again` were given up with it before, are wanted once more, and will be booked by the next run.
    """

    order: StandingOrder
    cancelled: tuple[Reservation, ...] = ()
    too_late: tuple[Reservation, ...] = ()
    as_before: tuple[Reservation, ...] = ()
    again: tuple[Reservation, ...] = ()


class StandingOrders:
    """The standing orders of one canteen, at one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Money is held and given back at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def name_of(self, member_id: str) -> str:
        """Whose orders they are. Raises MemberUnknown."""
        with self._stores.read() as store:
            name = store.members.name_of(member_id)
        if not name:
            raise MemberUnknown
        return name

    def of_member(self, member_id: str) -> tuple[StandingOrder, ...]:
        """A member's orders that were not ended and are not over, in the order in which they were made."""
        today = self._clock.local().date()
        with self._stores.read() as store:
            found = store.standing_orders.of_member(member_id)
        return tuple(one for one in found if not one.ended and (one.last is None or one.last >= today))

    def versions(self, order_id: str) -> tuple[StandingOrder, ...]:
        """Everything that an order ever was, oldest first."""
        with self._stores.read() as store:
            return store.standing_orders.versions(order_id)

    def add(self, actor: Actor, order: StandingOrder) -> Kept:
        """Take a standing order; `order.id` is made when the form opens and kept for every retry.

        Raises NoWeekday, DaysBackwards, OrderedTwice, BadQuantity, DishUnknown, MemberUnknown, MemberNotActive or
        NotPermitted.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            _lock(store, order.member_id)
            if stored := store.standing_orders.get(order.id):
                return Kept(stored)
            return self._keep(store, actor, order, None)

    def change(self, actor: Actor, order: StandingOrder) -> Kept:
        """Keep a new version of an order. Meals that it booked and wants no more are given up where there is time.

        Raises what `add` raises, StandingOrderGone, NoShift, ShiftTooOld or ClockWentBack.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            _lock(store, order.member_id)
            return self._keep(store, actor, order, _standing(store, order.id))

    def pause(self, actor: Actor, order_id: str, first: date | None, last: date | None = None) -> Kept:
        """Let an order rest from `first` to `last`, without `last` until further notice; without `first` it goes on.

        Raises what `change` raises.
        """
        return self._changed(actor, order_id, lambda order: replace(order, paused_from=first, paused_to=first and last))

    def end(self, actor: Actor, order_id: str) -> Kept:
        """End an order for good. Raises what `change` raises."""
        return self._changed(actor, order_id, lambda order: replace(order, ended=True))

    def generate(self, actor: Actor, first: date, last: date, progress: Progress, why: str = "") -> Generated:
        """Book what every standing order wants from `first` to `last`: in one transaction, and each meal once.

        A day after its cut-off is booked by a manager with a reason (`why`), else its meals are skipped, each with
        the reason, as everything that `Reservations.book` would refuse. Raises TooFarAhead, NoShift, ShiftTooOld,
        ClockWentBack, NotEnough, ReasonNeeded or NotPermitted; then, as when `progress` raises, nothing is booked.

        One transaction although it is long: given up, it leaves nothing, and what a wallet or a limit gives to the
        earlier day is read once, behind its lock. A file's sales wait meanwhile, on a server those to whoever has an
        order; after five seconds they are told that the store is busy, unpaid, and ask again. So the form says to do
        it when nobody is served. 15,000 meals took 4.5 s on a file and 6.3 s on a server.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            canteen = founded(store)
            self._check_days(canteen, first, last)
            shift = open_shift(store, self._clock, self._till, actor)
            doing = Doing(store, actor, shift, self._clock.now_ms())
            days = {one.day: one.facts for one in days_between(store, first, last)}
            return run_orders(Run(doing, canteen, days, self._clock.local(), why.strip()), progress)

    def _changed(self, actor: Actor, order_id: str, make: Callable[[StandingOrder], StandingOrder]) -> Kept:
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            _lock(store, _standing(store, order_id).member_id)
            # Read again behind the lock: another counter may have changed it meanwhile.
            before = _standing(store, order_id)
            return self._keep(store, actor, make(before), before)

    def _keep(self, store: Store, actor: Actor, wanted: StandingOrder, before: StandingOrder | None) -> Kept:
        order = replace(wanted, made_by=actor.name, made_ms=self._clock.now_ms())
        if before and order.without_version() == before.without_version():
            return Kept(before)
        check_order(order)
        if not order.ended:
            self._check(store, order)
        store.standing_orders.put(order, actor.staff_id)
        return Kept(order) if before is None else self._settled(store, actor, before, order)

    def _check(self, store: Store, order: StandingOrder) -> None:
        member = store.members.get(order.member_id, self._clock.local().date())
        assert member is not None, "whose wallet is locked is a member"
        if member.status in _GONE:
            raise MemberNotActive(member.name, member.status)
        if clashing(order, store.standing_orders.of_member(order.member_id)):
            raise OrderedTwice(member.name)
        known = {FIRST_SET, *(dish.id for dish in store.menu.dishes())}
        for dish_id, quantity in order.portions:
            if not 0 < quantity <= MOST_PORTIONS:
                raise BadQuantity(quantity, MOST_PORTIONS)
            if dish_id not in known:
                raise DishUnknown

    def _settled(self, store: Store, actor: Actor, before: StandingOrder, order: StandingOrder) -> Kept:
        """Give up what the order booked and wants no more, where there is time."""
        versions = store.standing_orders.versions(order.id)
        made = self._made(store, versions)
        booked = [one for one in made if one.state is State.BOOKED]
        wanted = [one for one in booked if order.wants(one.day, one.meal)]
        others = [one for one in booked if one not in wanted]
        now, canteen = self._clock.local(), founded(store)
        in_time = [one for one in others if now <= cut_offs(store, canteen, one.day).cancel]
        cancelled: list[Reservation] = []
        if in_time:
            shift = open_shift(store, self._clock, self._till, actor)
            doing = Doing(store, actor, shift, self._clock.now_ms())
            cancelled = [release(doing, one, State.CANCELLED) for one in in_time]
        told = (before.way, before.eat_at, before.portions) != (order.way, order.eat_at, order.portions)
        return Kept(
            order,
            tuple(cancelled),
            tuple(one for one in others if one not in in_time),
            tuple(wanted) if told else (),
            tuple(
                one
                for one in made
                if one.state is State.CANCELLED
                and order.wants(one.day, one.meal)
                and given_up_with(versions, one.day, one.meal, one.ended_ms)
                and now <= cut_offs(store, canteen, one.day).book
            ),
        )

    def _made(self, store: Store, versions: Sequence[StandingOrder]) -> list[Reservation]:
        """What any version of an order booked from today on: of each meal the last."""
        found = store.reservations.of_member(versions[0].member_id, self._clock.local().date())
        times = Counter((one.day, one.meal) for one in found)
        ids = {
            version.reservation_id(day, again)
            for version in versions
            for day, meal in times
            if version.meal is meal
            for again in range(times[day, meal])
        }
        return list({(one.day, one.meal): one for one in found if one.id in ids}.values())

    def _check_days(self, canteen: Canteen, first: date, last: date) -> None:
        today = self._clock.local().date()
        furthest = today + timedelta(days=canteen.booking.days_ahead)
        if not today <= first <= last <= furthest:
            wrong = first if first < today else last
            raise TooFarAhead(wrong.isoformat(), today.isoformat(), furthest.isoformat())


def _lock(store: Store, member_id: str) -> None:
    """Two counters that change a member's orders do it one after the other. Raises MemberUnknown."""
    if store.members.wallet(member_id) is None:
        raise MemberUnknown


def _standing(store: Store, order_id: str) -> StandingOrder:
    """An order that was not ended. Raises StandingOrderGone."""
    found = store.standing_orders.get(order_id)
    if found is None or found.ended:
        raise StandingOrderGone
    return found
