"""The staff desk: who may sign in, signing in by PIN, and who comes and goes."""

from __future__ import annotations

from uuid import uuid4

from pos.domain.errors import (
    FormerName,
    LastManager,
    NameTaken,
    NotOnStaff,
    NotPermitted,
    OwnLeave,
    PinWait,
    WrongPin,
)
from pos.domain.staff import Actor, Permission, Role, StaffMember, check_name, check_pin, pin_wait_s
from pos.ports import Clock, OpenStore, Store


class Desk:
    """Where people sign in, and where a manager says who works here."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Sign in against one store."""
        self._stores = stores
        self._clock = clock

    def names(self) -> tuple[str, ...]:
        """Who may sign in, by name."""
        with self._stores.read() as store:
            return tuple(one.name for one in store.staff.all() if one.active)

    def sign_in(self, name: str, pin: str) -> Actor:
        """Sign in. Raises WrongPin, and PinWait while the delay after wrong PINs lasts; the delay survives a restart."""
        from pos.services import pins  # argon2 is loaded when the first PIN is typed

        with self._stores.read() as store:
            found = store.staff.named(name)
        if found is None:
            pins.pin_fits(pins.NOBODY, pin)
            raise WrongPin(0)
        now_ms = self._clock.now_ms()
        self._make_wait(found, now_ms)
        fits = pins.pin_fits(found.pin_hash, pin)
        if not fits or found.wrong_pins:
            wrong = 0 if fits else found.wrong_pins + 1
            self._remember(found, wrong, now_ms)
            if not fits:
                raise WrongPin(pin_wait_s(wrong))
        return Actor(found.id, found.name, found.role)

    def _make_wait(self, found: StaffMember, now_ms: int) -> None:
        wait_s = pin_wait_s(found.wrong_pins)
        if wait_s and now_ms < found.last_wrong_ms:
            # A clock that ran ahead at the wrong PIN must not lock anybody out until it gets there again.
            self._remember(found, found.wrong_pins, now_ms)
            raise PinWait(wait_s)
        if wait_s and (left_s := wait_s - (now_ms - found.last_wrong_ms) // 1000) > 0:
            raise PinWait(left_s)

    def _remember(self, found: StaffMember, wrong_pins: int, now_ms: int) -> None:
        with self._stores.write() as store:
            store.staff.pin_tried(found.id, wrong_pins, now_ms)

    def people(self, actor: Actor) -> tuple[StaffMember, ...]:
        """Everybody who works here, by name. Raises NotPermitted."""
        with self._stores.read() as store:
            _must_lead(store, actor)
            return tuple(one for one in store.staff.all() if one.active)

    def add(self, actor: Actor, name: str, role: Role, pin: str) -> None:
        """Let somebody new sign in. Raises NameTaken, FormerName, BadName, WeakPin or NotPermitted."""
        actor.must(Permission.STAFF)
        new = new_staff(name, role, pin)
        with self._stores.write() as store:
            _must_lead(store, actor)
            for one in store.staff.all():
                if one.name == new.name:
                    raise NameTaken(new.name) if one.active else FormerName(new.name)
            store.staff.add(new)

    def new_pin(self, actor: Actor, name: str, pin: str) -> None:
        """Give somebody another PIN, for theirs is forgotten or known. Raises NotOnStaff, WeakPin or NotPermitted."""
        from pos.services import pins  # as above

        actor.must(Permission.STAFF)
        check_pin(pin)
        pin_hash = pins.hash_pin(pin)
        with self._stores.write() as store:
            _must_lead(store, actor)
            found = _working(store, name)
            store.staff.set_pin(found.id, pin_hash)
            # Whoever guessed at the old PIN must not keep its owner waiting with the new one.
            store.staff.pin_tried(found.id, 0, self._clock.now_ms())

    def leave(self, actor: Actor, name: str) -> None:
        """Let somebody sign in no more; what they did stays. Raises NotOnStaff, LastManager, OwnLeave or NotPermitted."""
        actor.must(Permission.STAFF)
        with self._stores.write() as store:
            _must_lead(store, actor)
            found = _working(store, name)
            if not any(one.active and one.role is Role.MANAGER and one.id != found.id for one in store.staff.all()):
                raise LastManager(name)
            if found.id == actor.staff_id:
                raise OwnLeave(name)
            store.staff.set_active(found.id, active=False)


def _must_lead(store: Store, actor: Actor) -> None:
    """Somebody may have been taken off the staff at another counter while signed in here."""
    actor.must(Permission.STAFF)
    if not any(one.active and one.id == actor.staff_id for one in store.staff.all()):
        raise NotPermitted(Permission.STAFF, actor.name)


def _working(store: Store, name: str) -> StaffMember:
    found = store.staff.named(name)
    if found is None:
        raise NotOnStaff(name)
    return found


def new_staff(name: str, role: Role, pin: str) -> StaffMember:
    """A member of the staff with a hashed PIN. Raises BadName or WeakPin."""
    from pos.services import pins  # as above

    name = check_name(name)
    check_pin(pin)
    return StaffMember(str(uuid4()), name, role, pins.hash_pin(pin))
