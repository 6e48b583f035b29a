"""The staff desk: who may sign in, and signing in by PIN."""

from __future__ import annotations

from uuid import uuid4

from pos.domain.errors import NameTaken, PinWait, WrongPin
from pos.domain.staff import Actor, Permission, Role, StaffMember, check_name, check_pin, pin_wait_s
from pos.ports import Clock, OpenStore


class Desk:
    """Where people sign in."""

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

    def add(self, actor: Actor, name: str, role: Role, pin: str) -> None:
        """Let somebody new sign in. Raises NameTaken, BadName, WeakPin or NotPermitted."""
        actor.must(Permission.STAFF)
        new = new_staff(name, role, pin)
        with self._stores.write() as store:
            if any(one.name == new.name for one in store.staff.all()):
                raise NameTaken(new.name)
            store.staff.add(new)


def new_staff(name: str, role: Role, pin: str) -> StaffMember:
    """A member of the staff with a hashed PIN. Raises BadName or WeakPin."""
    from pos.services import pins  # as above

    name = check_name(name)
    check_pin(pin)
    return StaffMember(str(uuid4()), name, role, pins.hash_pin(pin))
