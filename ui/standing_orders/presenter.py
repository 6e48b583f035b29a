"""The mind of a member's standing orders: the list of them, one order's form, its pause and its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pos.domain.eat_at import BadEatAt
from pos.domain.errors import Refusal, Trouble
from pos.domain.staff import Actor
from pos.domain.standing_orders import DaysBackwards, NoWeekday, StandingOrder
from pos.i18n import _
from pos.ports import Clock
from pos.services.menu import Menus
from pos.services.standing_orders import Kept, StandingOrders
from ui import messages
from ui.asking import AskView
from ui.presenting import Lane, Notices
from ui.standing_orders import phrases
from ui.standing_orders.form import (
    Mistyped,
    OrdersForm,
    Stage,
    new_order,
    order_of,
    parse_day,
    pause_values,
    values_of,
)

_BACK = {Stage.EDIT: Stage.LIST, Stage.PAUSE: Stage.EDIT, Stage.END: Stage.PAUSE}


class StandingOrdersPresenter:
    """One member at a time; Esc goes back a step."""

    def __init__(
        self,
        ask: AskView,
        notices: Notices,
        orders: StandingOrders,
        menus: Menus,
        lane: Lane,
        actor: Callable[[], Actor],
        clock: Clock,
        *,
        done: Callable[[], None],
    ) -> None:
        """`done` is told when reservations may have changed."""
        self._ask = ask
        self._notices = notices
        self._orders = orders
        self._menus = menus
        self._lane = lane
        self._actor = actor
        self._clock = clock
        self._done = done
        self._form: OrdersForm | None = None

    def open(self, member_id: str) -> None:
        """Show a member's orders."""

        def read() -> OrdersForm:
            name, orders = self._orders.name_of(member_id), self._orders.of_member(member_id)
            return OrdersForm(member_id, name, self._clock.local().date(), orders, self._menus.dishes())

        def came(form: OrdersForm) -> None:
            self._form = form
            self._show()

        self._lane.run(read, came, self._failed)

    def pick(self, at: int) -> None:
        """Open the form of an order."""
        form = self._form
        if form and form.stage is Stage.LIST and at < len(form.orders):
            self._edit(form.orders[at], new=False)

    def confirm(self) -> None:
        """Say yes to what is asked."""
        form = self._form
        if form is None or form.saving:
            return
        if form.stage is Stage.LIST:
            self._edit(new_order(str(uuid4()), form.member_id, form.today), new=True)
            return
        try:
            deed = self._deed(form)
        except Mistyped as wrong:
            self._show(wrong=wrong.name)
            self._notices.show_message(messages.note(phrases.mistyped(wrong.name)))
            return
        self._show(saving=True, wrong="")
        self._lane.run(deed, self._kept, self._refuse)

    def second(self) -> None:
        """From the form to the pause, from the pause to the end."""
        form = self._form
        if form is None or form.saving or form.edited is None or form.new:
            return
        if form.stage is Stage.EDIT:
            self._show(stage=Stage.PAUSE, values=pause_values(form.edited, form.today), wrong="")
        elif form.stage is Stage.PAUSE:
            self._show(stage=Stage.END, wrong="")

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        if self._form and not self._form.saving:
            self._notices.clear_message()
            self._show(values={**self._form.values, name: value}, wrong="")

    def close(self) -> None:
        """One step back."""
        form = self._form
        if form is None or form.saving:
            return
        before = _BACK.get(form.stage)
        if before is None:
            self.close_now()
        elif before is Stage.EDIT and form.edited:
            self._edit(form.edited, new=form.new)
        else:
            self._show(stage=before, wrong="")

    def close_now(self) -> None:
        """The section is left."""
        self._form = None
        self._ask.close_ask()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _deed(self, form: OrdersForm) -> Callable[[], Kept]:
        """What is asked of the store. Raises Mistyped."""
        actor, order = self._actor(), form.edited
        assert order is not None, "a form is about an order"
        if form.stage is Stage.END:
            return lambda: self._orders.end(actor, order.id)
        if form.stage is Stage.PAUSE:
            first, last = parse_day(form.values, "paused_from"), parse_day(form.values, "paused_to")
            return lambda: self._orders.pause(actor, order.id, first, last)
        wanted = order_of(form)
        return lambda: self._orders.add(actor, wanted) if form.new else self._orders.change(actor, wanted)

    def _kept(self, kept: Kept) -> None:
        form = self._form
        title = _("The standing order is ended.") if kept.order.ended else _("The standing order is kept.")
        self._notices.show_message(messages.good(title, phrases.kept_words(kept)))
        self._done()
        if form is not None:
            self.open(form.member_id)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong=_field_of(error, self._form))
        self._failed(error)

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _edit(self, order: StandingOrder, *, new: bool) -> None:
        self._show(stage=Stage.EDIT, edited=order, new=new, values=values_of(order), wrong="")

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._ask.show_ask(phrases.ask_of(self._form))


def _field_of(error: Refusal | Trouble, form: OrdersForm | None) -> str:
    match error:
        case NoWeekday():
            return "day_0"
        case DaysBackwards():
            return "paused_to" if form and form.stage is Stage.PAUSE else "last"
        case BadEatAt():
            return "eat_at"
        case _:
            return ""
