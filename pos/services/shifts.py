"""Shifts: open with a float, look in between, close with counted cash."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from pos.domain.errors import BadAmount, ClockWentBack, NoShift, NotPermitted, ShiftOpen, ShiftTooOld
from pos.domain.ledger import Draft, EntryKind, Posting, drawer
from pos.domain.money import Fen, yuan
from pos.domain.paper import SlipKind
from pos.domain.shifts import Report, Shift, count_postings, float_postings
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store

CLOCK_SLACK_MS = 5_000
"""A clock may be set back this far (time servers do it) before the till refuses to go on."""


def open_shift(store: Store, clock: Clock, till: str, actor: Actor) -> Shift:
    """The till's open shift of today.

    Raises NoShift, ShiftTooOld when it belongs to another day, ClockWentBack when the machine's clock stands
    before the shift's last entry or its opening.
    """
    shift = store.shifts.open_at(till)
    if shift is None:
        raise NoShift
    check_clock(store, clock, shift, actor)
    if shift.business_date != clock.local().date():
        raise ShiftTooOld(shift.business_date.isoformat())
    return shift


def check_clock(store: Store, clock: Clock, shift: Shift, actor: Actor) -> None:
    """Raise ClockWentBack when the machine's clock stands before the shift's last entry, or before its opening.

    A manager may go on: a clock that once ran ahead and was put right would else refuse everybody until that day.
    Order never comes from the clock, but from the sequence.
    """
    if not actor.may(Permission.SET_CLOCK):
        in_shift, at_ms = store.ledger.last_at(shift.till) or ("", 0)
        _check_after(clock, at_ms if in_shift == shift.id else shift.opened_ms)


def _check_after(clock: Clock, last_ms: int) -> None:
    now_ms = clock.now_ms()
    if now_ms < last_ms - CLOCK_SLACK_MS:
        raise ClockWentBack(now_ms, last_ms)


class Shifts:
    """The cash drawer's day."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Keep the shifts of one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def current(self) -> Shift | None:
        """The open shift, whatever day it belongs to."""
        with self._stores.read() as store:
            return store.shifts.open_at(self._till)

    def open(self, actor: Actor, float_fen: Fen) -> Shift:
        """Open today's shift with a float (fen, 0 or more) from the safe.

        Raises ShiftOpen, BadAmount, ClockWentBack or NotPermitted.
        """
        actor.must(Permission.SHIFT)
        if float_fen < 0:
            raise BadAmount(yuan(float_fen))
        with self._stores.write() as store:
            if open_now := store.shifts.open_at(self._till):
                raise ShiftOpen(open_now.staff_name, open_now.business_date.isoformat())
            last = None if actor.may(Permission.SET_CLOCK) else store.ledger.last(self._till)
            if last:
                _check_after(self._clock, last.draft.at_ms)
            shift = Shift(
                id=str(uuid4()),
                till=self._till,
                business_date=self._clock.local().date(),
                staff_id=actor.staff_id,
                staff_name=actor.name,
                opened_ms=self._clock.now_ms(),
                float_fen=float_fen,
            )
            store.shifts.add(shift)
            if float_fen:
                postings = float_postings(self._till, float_fen)
                store.ledger.post(_draft(shift, EntryKind.FLOAT, shift.opened_ms, actor, postings))
            return shift

    def x_report(self, actor: Actor, *, print_it: bool = False) -> Report:
        """What the shift did so far; closes nothing. Raises NoShift or NotPermitted."""
        actor.must(Permission.X_REPORT)
        with self._stores.write() if print_it else self._stores.read() as store:
            shift = store.shifts.open_at(self._till)
            if shift is None:
                raise NoShift
            if print_it:
                store.paper.add(self._till, SlipKind.X_REPORT, shift.id, self._clock.now_ms())
            return store.shifts.report(shift, self._clock.now_ms())

    def close(self, actor: Actor, counted: Fen) -> Report:
        """Close the shift: the counted cash (fen) goes to the safe, a difference is booked, the paper is queued.

        Somebody else's shift is closed by a manager only. Raises NoShift, BadAmount, ClockWentBack or
        NotPermitted.
        """
        actor.must(Permission.SHIFT)
        if counted < 0:
            raise BadAmount(yuan(counted))
        with self._stores.write() as store:
            shift = store.shifts.open_at(self._till)
            if shift is None:
                raise NoShift
            if shift.staff_id != actor.staff_id and not actor.may(Permission.CLOSE_ANY_SHIFT):
                raise NotPermitted(Permission.CLOSE_ANY_SHIFT, actor.name)
            check_clock(store, self._clock, shift, actor)
            now_ms = self._clock.now_ms()
            expected = store.ledger.balance(drawer(self._till))
            if expected or counted:
                postings = count_postings(self._till, expected, counted)
                store.ledger.post(_draft(shift, EntryKind.COUNT, now_ms, actor, postings))
            closed = replace(shift, closed_ms=now_ms, closed_by=actor.name, expected=expected, counted=counted)
            store.shifts.close(closed)
            store.paper.add(self._till, SlipKind.SHIFT_CLOSE, shift.id, now_ms)
            return store.shifts.report(closed, now_ms)


def _draft(shift: Shift, kind: EntryKind, at_ms: int, actor: Actor, postings: tuple[Posting, ...]) -> Draft:
    return Draft(str(uuid4()), kind, shift.business_date, at_ms, shift.id, actor.staff_id, postings)
