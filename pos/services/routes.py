"""Routes and volunteers: what they are called, who lives on which route in which order, what to know at the door."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from pos.domain.address import countable
from pos.domain.routes import (
    DeliveryNote,
    Recipient,
    Route,
    RouteTaken,
    RouteUnknown,
    Volunteer,
    VolunteerTaken,
    VolunteerUnknown,
    checked_note,
)
from pos.domain.staff import Actor, Permission, check_name
from pos.domain.walking import in_walking_order
from pos.ports import Clock, OpenStore, Store


class Routes:
    """The routes of the canteen behind this store."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Decide about them."""
        self._stores = stores
        self._clock = clock

    def every(self) -> tuple[Route, ...]:
        """All routes by their names, those that are not walked any more last."""
        with self._stores.read() as store:
            return in_order(store.routes.every())

    def volunteers(self) -> tuple[Volunteer, ...]:
        """All volunteers by their names, those who come no more last."""
        with self._stores.read() as store:
            return tuple(sorted(store.routes.volunteers(), key=lambda one: not one.active))

    def save(self, actor: Actor, route: Route) -> Route:
        """Add a route (its id is '') or change one. Who lives on a route that is not walked any more has none.

        Raises NotPermitted, BadName, RouteTaken or RouteUnknown.
        """
        actor.must(Permission.ROUTES)
        kept = replace(route, id=route.id or str(uuid4()), name=check_name(route.name))
        with self._stores.write() as store:
            known = {one.id: one for one in store.routes.every()}
            if route.id and route.id not in known:
                raise RouteUnknown
            if any(one.name == kept.name and one.id != kept.id for one in known.values()):
                raise RouteTaken(kept.name)
            store.routes.put(kept)
        return kept

    def save_volunteer(self, actor: Actor, volunteer: Volunteer) -> Volunteer:
        """Add a volunteer (the id is '') or change one. Raises NotPermitted, BadName, VolunteerTaken or VolunteerUnknown."""
        actor.must(Permission.ROUTES)
        phone = "".join(volunteer.phone.split())
        kept = replace(volunteer, id=volunteer.id or str(uuid4()), name=check_name(volunteer.name), phone=phone)
        with self._stores.write() as store:
            known = {one.id: one for one in store.routes.volunteers()}
            if volunteer.id and volunteer.id not in known:
                raise VolunteerUnknown
            if any((one.name, one.phone) == (kept.name, kept.phone) and one.id != kept.id for one in known.values()):
                raise VolunteerTaken(kept.name)
            store.routes.put_volunteer(kept)
        return kept

    def living_on(self, route_id: str) -> tuple[Recipient, ...]:
        """Everybody who lives on a route, in its usual order."""
        with self._stores.read() as store:
            return _usual_order(store, route_id)

    def settle(self, actor: Actor, member_id: str, route_id: str) -> None:
        """Let a member live on a route from now on; '' is none. Raises NotPermitted or RouteUnknown."""
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            if route_id:
                require_walked(store, route_id)
            store.routes.settle(member_id, route_id)

    def order(self, actor: Actor, route_id: str, member_ids: Sequence[str]) -> None:
        """Walk a route in this order from now on. Who lives there and is not named keeps the place among the others.

        Raises NotPermitted.
        """
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            before = [one.member_id for one in _usual_order(store, route_id)]
            store.routes.order(in_their_places(before, member_ids))

    def note(self, member_id: str) -> DeliveryNote:
        """What whoever brings a member's meals should know."""
        with self._stores.read() as store:
            return store.routes.note(member_id)

    def keep_note(self, actor: Actor, member_id: str, note: DeliveryNote) -> None:
        """Keep what to know at a door. Raises NotPermitted, NoteTells or NoteTooLong."""
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            store.routes.put_note(member_id, checked_note(note))

    def whole_phones(self) -> bool:
        """Whether rosters show telephone numbers whole."""
        with self._stores.read() as store:
            canteen = store.canteen.get()
            return canteen is not None and canteen.whole_phones

    def show_phones(self, actor: Actor, *, whole: bool) -> None:
        """Decide whether rosters show telephone numbers whole, or their last four digits. Raises NotPermitted."""
        actor.must(Permission.ROUTES)
        with self._stores.write() as store:
            canteen = store.canteen.get()
            if canteen is not None and canteen.whole_phones is not whole:
                store.canteen.put(replace(canteen, whole_phones=whole), actor.staff_id, self._clock.now_ms())


def in_order(routes: Sequence[Route]) -> tuple[Route, ...]:
    """Routes by name, 2号线 before 10号线; those that are not walked any more last."""
    return tuple(sorted(routes, key=lambda one: (not one.active, countable(one.name), one.id)))


def in_their_places(before: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """The wanted ones in their new order, in the places that they had together; the others stay where they are."""
    known = set(before)
    ordered = [one for one in wanted if one in known]
    moving, next_one = set(ordered), iter(ordered)
    return [next(next_one) if one in moving else one for one in before]


def require_walked(store: Store, route_id: str) -> Route:
    """An active route by its id. Raises RouteUnknown."""
    found = next((one for one in store.routes.every() if one.id == route_id and one.active), None)
    if found is None:
        raise RouteUnknown
    return found


def _usual_order(store: Store, route_id: str) -> tuple[Recipient, ...]:
    living = store.routes.living_on(route_id)
    return in_walking_order(living, {one.member_id: one.usual.number for one in living})
