"""The dishes of a set meal on the open bill: asked for when it is put on, and again when the cashier wishes."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.capacity import SoldOut
from pos.domain.errors import Refusal
from pos.domain.menu import Menu, Offer
from pos.domain.set_meals import check_chosen, eaten, is_open
from ui.sales.counter import BUSY
from ui.sales.open_bill import OpenBill
from ui.sales.set_choice import set_choice
from ui.sales.tray import Tray, dish_of


class Choosing:
    """Puts a set meal on the tray with what was chosen for it."""

    def __init__(self, bill: OpenBill, edit: Callable[[Tray], None]) -> None:
        """Choose for this bill; `edit` puts another tray on it, where it may be changed."""
        self._bill = bill
        self._edit = edit
        self._change = ""

    def sold_out(self, dish_id: str) -> SoldOut | None:
        """What is refused of a dish of which nothing is left."""
        found = self._found(dish_id)
        return SoldOut(found[0].name, 0) if found and found[0].capacity == 0 and self._bill.now.stage not in BUSY else None

    def ask_for(self, dish_id: str) -> bool:
        """Ask what belongs to one more portion of a set meal, beginning with what the last one has.

        False where there is nothing to ask.
        """
        lines = self._bill.now.tray.lines_of(dish_id)
        return self._ask(dish_id, lines[-1] if lines else dish_id, change="")

    def ask_again(self, line: str) -> bool:
        """Ask what belongs to the set meal of a line, beginning with what does now; False where there is nothing to ask."""
        return self._ask(dish_of(line), line, change=line)

    def _ask(self, dish_id: str, shown: str, *, change: str) -> bool:
        found = self._found(dish_id)
        if found is None or not self._bill.may_change or not is_open(*found):
            return False
        self._change = change
        self._bill.view.ask_set(set_choice(*found, self._bill.now.tray.picked(shown)))
        return True

    def picked(self, dish_id: str, dishes: tuple[str, ...]) -> None:
        """These dishes it shall be; a menu that changed meanwhile has the last word."""
        found, change = self._found(dish_id), self._change
        self._change = ""
        if found is None:
            return
        try:
            check_chosen(*found, dishes)
        except Refusal as error:
            self._bill.refuse(error)
            return
        tray, offer, menu = self._bill.now.tray, *found
        lines = (one for one in tray.lines_of(dish_id) if one != change)
        same = next((one for one in lines if eaten(offer, menu, tray.picked(one)) == eaten(offer, menu, dishes)), "")
        if not tray.count(change):
            self._edit(tray.put(same, tray.count(same) + 1) if same else tray.put_set(dish_id, dishes))
        elif same:
            self._edit(tray.put(change, 0).put(same, tray.count(same) + tray.count(change)))
        else:
            self._edit(tray.pick(change, dishes))

    def _found(self, dish_id: str) -> tuple[Offer, Menu] | None:
        today = self._bill.now.today
        if today is None:
            return None
        offer = next((offer for offer in today.menu.offers if offer.dish_id == dish_id), None)
        return None if offer is None else (offer, today.menu)
