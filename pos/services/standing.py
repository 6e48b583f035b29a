"""Standing: when a member pauses, leaves or has died, what that touches, and how it is taken back."""

from __future__ import annotations

from datetime import date

from pos.domain.absences import Absence, Affected
from pos.domain.errors import MemberUnknown
from pos.domain.profile import ProfileField
from pos.domain.reservations import Reservation, State
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore, Store
from pos.services.settling import Doing, locked, release


class Standing:
    """Whether members eat here, from day to day."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Keep it in one store; what was held for reserved meals is given back at one till."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def affected(self, member_id: str, absence: Absence) -> Affected:
        """What this absence would touch, before it is saved. Raises MemberUnknown."""
        with self._stores.read() as store:
            name, wallet = store.members.name_of(member_id), store.members.wallet(member_id)
            if wallet is None:
                raise MemberUnknown
            others = (one for one in store.profiles.absences(member_id) if one.id != absence.id)
            return Affected(
                name,
                wallet.principal,
                wallet.bonus,
                wallet.held,
                store.members.card_of(member_id),
                tuple(one for one in others if one.touches(absence)),
                store.profiles.meals_between(member_id, absence.first, absence.last),
                _reserved(store, member_id, absence),
            )

    def begin(self, actor: Actor, member_id: str, absence: Absence) -> tuple[Absence, ...]:
        """Save an absence, of today or planned; asked again with the same id, it is saved once, as it was asked last.

        What is reserved for its days is cancelled. Without an open shift of today no money can move: then it waits
        for the close of its day, and nobody is served it.

        The answer is every absence of the member. Raises MemberUnknown or NotPermitted.
        """
        actor.must(Permission.MEMBERS)
        with self._stores.write() as store:
            if not store.members.name_of(member_id):
                raise MemberUnknown
            save_absence(store, actor, member_id, absence, self._clock.now_ms())
            self._give_back(store, actor, member_id, absence)
            return store.profiles.absences(member_id)

    def _give_back(self, store: Store, actor: Actor, member_id: str, absence: Absence) -> None:
        shift = store.shifts.open_at(self._till)
        if shift is None or shift.business_date != self._clock.local().date():
            return
        locked(store, member_id)
        doing = Doing(store, actor, shift, self._clock.now_ms())
        # Read behind the lock: another counter may have handed one over meanwhile.
        for one in _reserved(store, member_id, absence):
            release(doing, one, State.CANCELLED)

    def end(self, actor: Actor, member_id: str, absence_id: str, last: date) -> tuple[Absence, ...]:
        """End an absence with this day as its last; one that would end before it begins was a mistake and goes.

        The answer is every absence of the member. Raises NotPermitted.
        """
        actor.must(Permission.MEMBERS)
        with self._stores.write() as store:
            stored = _absence(store, member_id, absence_id)
            if stored is not None:
                ended = None if last < stored.first else Absence(stored.id, stored.status, stored.first, last, stored.reason)
                if ended is None:
                    store.profiles.drop_absence(absence_id)
                else:
                    store.profiles.put_absence(member_id, ended)
                _note(store, actor, member_id, stored, ended, self._clock.now_ms())
            return store.profiles.absences(member_id)


def save_absence(store: Store, actor: Actor, member_id: str, absence: Absence, at_ms: int) -> None:
    """Save an absence with its line in the audit trail, within a transaction that may do more; once for each id."""
    stored = _absence(store, member_id, absence.id)
    if stored != absence:
        store.profiles.put_absence(member_id, absence)
        _note(store, actor, member_id, stored, absence, at_ms)


def _reserved(store: Store, member_id: str, absence: Absence) -> tuple[Reservation, ...]:
    found = store.reservations.of_member(member_id, absence.first, absence.last)
    return tuple(one for one in found if one.state is State.BOOKED)


def _note(
    store: Store, actor: Actor, member_id: str, old: Absence | None, new: Absence | None, at_ms: int
) -> None:
    line = (ProfileField.STATUS, _told(old), _told(new))
    store.profiles.note(member_id, actor.staff_id, at_ms, [line])


def _absence(store: Store, member_id: str, absence_id: str) -> Absence | None:
    return next((one for one in store.profiles.absences(member_id) if one.id == absence_id), None)


def _told(absence: Absence | None) -> str:
    if absence is None:
        return ""
    return f"{absence.status} {absence.reason} {absence.first}–{absence.last or ''}"
