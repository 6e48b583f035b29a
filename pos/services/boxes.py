"""Boxes: who still has some, and those that came back."""

from __future__ import annotations

from datetime import date

from pos.domain.deliveries import BoxHolder, BoxMove, TooManyBoxes
from pos.domain.errors import BadQuantity, MemberUnknown
from pos.domain.staff import Actor, Permission
from pos.ports import Clock, OpenStore
from pos.services.sales import founded

MOST_BOXES = 99
"""Boxes that one person brings back at once; more is a slip of the finger."""


class Boxes:
    """The boxes that meals were brought in."""

    def __init__(self, stores: OpenStore, clock: Clock) -> None:
        """Count them in one store."""
        self._stores = stores
        self._clock = clock

    def holders(self) -> tuple[BoxHolder, ...]:
        """Who has boxes, in walking order of the addresses; nobody where they are thrown away."""
        with self._stores.read() as store:
            return store.deliveries.box_holders() if founded(store).boxes_return else ()

    def came_back(self, actor: Actor, move_id: str, member_id: str, boxes: int, day: date | None = None) -> int:
        """Note that somebody gave boxes back, once for each id; the answer is how many are left there.

        Raises BadQuantity, TooManyBoxes, MemberUnknown or NotPermitted.
        """
        actor.must(Permission.DELIVERIES)
        if not 0 < boxes <= MOST_BOXES:
            raise BadQuantity(boxes, MOST_BOXES)
        with self._stores.write() as store:
            if store.members.wallet(member_id) is None:  # its lock: two counters count the same boxes one by one
                raise MemberUnknown
            known = store.deliveries.boxes_with(member_id)
            if store.deliveries.box_moved(move_id):
                return known
            if boxes > known:
                raise TooManyBoxes(store.members.name_of(member_id), known)
            on = day or self._clock.local().date()
            now_ms = self._clock.now_ms()
            store.deliveries.move_boxes(BoxMove(move_id, member_id, on, -boxes, now_ms, actor.staff_id))
            return known - boxes
