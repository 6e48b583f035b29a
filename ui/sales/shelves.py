"""Which dishes are on the page: shelves by kind, pages by room, and the keys under which each dish lies. No Qt.

The first nine dishes of a page lie under 1 to 9, the next nine under 0 and then 1 to 9 ("01" to "09"): no key
waits for a second one but 0, which begins nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.menu import DishKind, Menu, Offer

MOST_TILES = 18


def key_of(place: int) -> str:
    """What to press for the dish in this place of the page, counted from 0."""
    return str(place + 1) if place < 9 else f"0{place - 8}"


@dataclass(frozen=True, slots=True)
class Shelves:
    """A menu cut into shelves and pages. `kind` is None for all dishes; `room` is how many tiles a page holds."""

    menu: Menu | None = None
    kind: DishKind | None = None
    page: int = 0
    room: int = 12

    @property
    def kinds(self) -> tuple[DishKind | None, ...]:
        """The shelves that have something on them, all dishes first."""
        offered = {offer.kind for offer in self.menu.offers} if self.menu else set()
        return (None, *(kind for kind in DishKind if kind in offered)) if len(offered) > 1 else (None,)

    @property
    def pages(self) -> int:
        """How many pages this shelf has; where there are several, one place of each is for turning over."""
        count = len(self._offers())
        return 1 if count <= self.room else -(-count // self._held())

    @property
    def shown(self) -> tuple[Offer, ...]:
        """The dishes on the page, in the order of their keys."""
        if self.pages == 1:
            return self._offers()
        return self._offers()[self.page * self._held() : (self.page + 1) * self._held()]

    def with_menu(self, menu: Menu) -> Shelves:
        """The same shelf of another menu, if it has that shelf; the same page where only numbers changed."""
        if menu == self.menu:
            return self
        if self.menu and [(one.dish_id, one.kind) for one in menu.offers] == [(one.dish_id, one.kind) for one in self.menu.offers]:
            return replace(self, menu=menu)
        fresh = Shelves(menu, room=self.room)
        return replace(fresh, kind=self.kind) if self.kind in fresh.kinds else fresh

    def with_room(self, room: int) -> Shelves:
        """The same shelf for pages of so many tiles."""
        room = min(max(room, 2), MOST_TILES)
        return self if room == self.room else replace(self, room=room, page=0)

    def at_kind(self, kind: DishKind | None) -> Shelves:
        """Another shelf from its first page; the same shelf turns over a page."""
        return self.turned(1) if kind is self.kind else replace(self, kind=kind, page=0)

    def next_kind(self, step: int) -> Shelves:
        """The shelf beside this one, round and round."""
        kinds = self.kinds
        return replace(self, kind=kinds[(kinds.index(self.kind) + step) % len(kinds)], page=0)

    def turned(self, step: int) -> Shelves:
        """Another page of this shelf, round and round."""
        return replace(self, page=(self.page + step) % self.pages)

    def _held(self) -> int:
        return self.room - 1

    def _offers(self) -> tuple[Offer, ...]:
        if self.menu is None:
            return ()
        offers = (offer for offer in self.menu.offers if self.kind is None or offer.kind is self.kind)
        return tuple(sorted(offers, key=lambda offer: offer.key))


@dataclass(frozen=True, slots=True)
class TypedKeys:
    """Digits typed towards a dish: nothing, or a 0 that waits for one more."""

    zero: bool = False

    def typed(self, digit: int, shown: int) -> tuple[TypedKeys, int | None]:
        """What waits after this digit, and the place of the dish it chose among `shown` dishes, or None."""
        if digit == 0:
            return TypedKeys(not self.zero and shown > 9), None
        place = digit + 8 if self.zero else digit - 1
        return TypedKeys(), place if place < shown else None
