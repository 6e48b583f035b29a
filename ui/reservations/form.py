"""What the cashier sees of a booking, as one frozen value; the view paints it, the tests compare it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.diet import clashes
from pos.domain.menu import Meal, Offer
from pos.domain.money import Fen
from pos.domain.pricing import Basket, Bill, Way, price
from pos.services.orders import Chosen
from pos.services.reservations import MealAhead
from ui.sales.tray import EMPTY, Tray


@dataclass(frozen=True, slots=True)
class BookingForm:
    """The form at one moment. `days` are those that can be booked for, `ahead` is None until the store has answered.

    `late`: the cut-off has passed and a reason is asked for. `cancelling`: the reservation that is there is about to be
    given up. `unsure`: the store did not say whether it booked; the same booking is asked for again.
    """

    member_id: str
    name: str
    card_tail: str = ""
    diets: tuple[str, ...] = ()
    days: tuple[date, ...] = ()
    day: date | None = None
    meal: Meal = Meal.LUNCH
    way: Way = Way.DINE_IN
    tray: Tray = EMPTY
    ahead: MealAhead | None = None
    why: str = ""
    late: bool = False
    cancelling: bool = False
    saving: bool = False
    unsure: bool = False

    @property
    def bill(self) -> Bill | None:
        """The bill as the store will make it, or None without dishes."""
        if self.ahead is None or not self.tray.portions:
            return None
        basket = self.tray.basket(self.ahead.menu)
        return price(basket, self.ahead.person, self.ahead.circumstances(self.way), self.ahead.usage, self.ahead.tariff)

    @property
    def chosen(self) -> Chosen:
        """The dishes of the set meals, by the set's id."""
        return chosen_in(self.bill.basket) if self.bill else ()

    @property
    def spendable(self) -> Fen:
        """What can be held (fen): what the card has, and what the reservation that this one replaces gives back."""
        if self.ahead is None:
            return 0
        booked = self.ahead.booked
        return self.ahead.wallet.spendable + (booked.bill.due if booked else 0)

    @property
    def left_after(self) -> Fen | None:
        """What can be spent after it (fen, below zero when it does not suffice), or None without dishes."""
        return self.spendable - self.bill.due if self.bill else None

    def clashing(self, offer: Offer) -> tuple[str, ...]:
        """The diner's diet codes that a dish, or for a set meal one of its dishes, does not respect."""
        eaten = dict(self.chosen).get(offer.dish_id, ())
        inside = (tag for one in self._offers if one.dish_id in eaten for tag in one.tags)
        return clashes(self.diets, (*offer.tags, *inside))

    @property
    def _offers(self) -> tuple[Offer, ...]:
        return self.ahead.menu.offers if self.ahead else ()

    def left(self, offer: Offer) -> int | None:
        """Portions of a dish that can still be had; None for as many as are wanted."""
        return self.ahead.left.get(offer.dish_id) if self.ahead else None


def chosen_in(basket: Basket) -> Chosen:
    """The dishes of the set meals in a basket, by the set's id."""
    return tuple((item.dish_id, tuple(one for one, _name in item.chosen)) for item in basket if item.chosen)
