"""The dishes of a set meal on the open bill: asked for when it is put on, and again when the cashier wishes."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.capacity import SoldOut
from pos.domain.errors import Refusal
from pos.domain.menu import Menu, Offer
from pos.domain.set_meals import check_chosen, is_open
from ui.sales.counter import BUSY
from ui.sales.open_bill import OpenBill
from ui.sales.set_choice import set_choice
from ui.sales.tray import Tray


class Choosing:
    """Puts a set meal on the tray with what was chosen for it."""

    def __init__(self, bill: OpenBill, edit: Callable[[Tray], None]) -> None:
        """Choose for this bill; `edit` puts another tray on it, where it may be changed."""
        self._bill = bill
        self._edit = edit

    def sold_out(self, dish_id: str) -> SoldOut | None:
        """What is refused of a dish of which nothing is left."""
        found = self._found(dish_id)
        return SoldOut(found[0].name, 0) if found and found[0].capacity == 0 and self._bill.now.stage not in BUSY else None

    def ask_for(self, dish_id: str) -> bool:
        """Ask what belongs to a set meal that is new on the tray; False where there is nothing to ask."""
        if self._bill.now.tray.count(dish_id):
            return False
        return self.ask_again(dish_id)

    def ask_again(self, dish_id: str) -> bool:
        """Ask what belongs to a set meal, beginning with what does now; False where there is nothing to ask."""
        found = self._found(dish_id)
        if found is None or not self._bill.may_change or not is_open(*found):
            return False
        self._bill.view.ask_set(set_choice(*found, self._bill.now.tray.picked(dish_id)))
        return True

    def picked(self, dish_id: str, dishes: tuple[str, ...]) -> None:
        """These dishes it shall be; a menu that changed meanwhile has the last word."""
        found = self._found(dish_id)
        if found is None:
            return
        try:
            check_chosen(*found, dishes)
        except Refusal as error:
            self._bill.refuse(error)
            return
        tray = self._bill.now.tray
        tray = tray if tray.count(dish_id) else tray.choose(dish_id)
        self._edit(tray.pick(dish_id, dishes))

    def _found(self, dish_id: str) -> tuple[Offer, Menu] | None:
        today = self._bill.now.today
        if today is None:
            return None
        offer = next((offer for offer in today.menu.offers if offer.dish_id == dish_id), None)
        return None if offer is None else (offer, today.menu)
