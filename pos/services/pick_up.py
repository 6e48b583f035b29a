"""Pick-up: a reserved meal is handed over at the counter, and paid out of what was held for it."""

from __future__ import annotations

from pos.domain.reservations import NotItsDay, check_begun, fetched
from pos.domain.sales import Sale
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore
from pos.services.diners import active
from pos.services.settling import Doing, behind_lock, require_open, require_waiting, serve
from pos.services.shifts import open_shift


class PickUp:
    """Reserved meals over the counter of one till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Hand over at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def hand_over(self, actor: Actor, sale_id: str, reservation_id: str) -> Sale:
        """Hand a reserved meal over: the sale of what was agreed, once however often the same id is asked for.

        A meal that has not begun is not handed over; one that is over is, until its day is closed.
        Raises ReservationGone, DayIsClosed, ReservationOver, NotItsDay, NotYet, MemberUnknown, MemberNotActive, NoShift,
        ShiftTooOld, ClockWentBack or NotPermitted; then no money moved.
        """
        actor.must(Permission.SELL)
        with self._stores.write() as store:
            reservation, wallet = behind_lock(store, reservation_id)
            if stored := store.sales.get(sale_id):
                return stored
            require_open(store, reservation.day)
            require_waiting(reservation)
            shift = open_shift(store, self._clock, self._till, actor)
            if reservation.day != shift.business_date:
                raise NotItsDay(reservation.day.isoformat())
            check_begun(reservation.meal, self._clock.local())
            active(store.members.get(reservation.member_id, reservation.day))
            return serve(Doing(store, actor, shift, self._clock.now_ms()), fetched(reservation), wallet, sale_id)
