"""The canteen's first day: its name, its first manager, its first meal."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from pos.domain.canteen import Canteen
from pos.domain.errors import AboveLimit, BadAmount, NameTaken
from pos.domain.menu import DishKind, Meal, Offer
from pos.domain.money import Fen, yuan
from pos.domain.staff import Actor, Role, check_name
from pos.ports import Clock, OpenStore
from pos.services.staff import new_staff


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first start asks for. The set meal (fen) is sold at every meal until a menu is made."""

    name: str
    manager: str
    pin: str = field(repr=False)
    set_meal: str
    set_meal_price: Fen


class Canteens:
    """The canteen behind this till."""

    def __init__(self, stores: OpenStore, clock: Clock, till: str) -> None:
        """Found it, or find it founded."""
        self._stores = stores
        self._clock = clock
        self._till = till

    def current(self) -> Canteen | None:
        """The canteen, or None before the first start was finished."""
        with self._stores.read() as store:
            return store.canteen.get()

    def join(self) -> None:
        """Give this till its number range in a canteen that another till founded. Idempotent."""
        with self._stores.write() as store:
            store.canteen.register_till(self._till)

    def found(self, founding: Founding) -> Actor:
        """Found the canteen and sign its first manager in; there is no default PIN.

        Raises BadName, WeakPin, BadAmount, AboveLimit, or NameTaken when it was founded a moment ago elsewhere.
        """
        name, dish = check_name(founding.name), check_name(founding.set_meal)
        manager = new_staff(founding.manager, Role.MANAGER, founding.pin)
        canteen = Canteen(name)
        if founding.set_meal_price <= 0:
            raise BadAmount(yuan(founding.set_meal_price))
        if founding.set_meal_price > canteen.sale_limit:
            raise AboveLimit(founding.set_meal_price, canteen.sale_limit)
        with self._stores.write() as store:
            if existing := store.canteen.get():
                raise NameTaken(existing.name)
            store.staff.add(manager)
            store.canteen.put(canteen, manager.id, self._clock.now_ms())
            store.canteen.register_till(self._till)
            offer = Offer(str(uuid4()), dish, DishKind.SET_MEAL, founding.set_meal_price, 1)
            store.menu.add_dish(offer.dish_id, offer.name, offer.kind, offer.price)
            for meal in Meal:
                store.menu.set_menu(None, meal, (offer,))
        return Actor(manager.id, manager.name, manager.role)
