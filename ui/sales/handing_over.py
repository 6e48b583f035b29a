"""Handing over what a diner reserved: one key, charged once."""

from __future__ import annotations

from collections.abc import Callable

from pos.domain.errors import Refusal, Trouble
from pos.domain.sales import Sale
from pos.domain.staff import Actor
from ui.sales.calling import Calling
from ui.sales.counter import BUSY, MealWaits, Stage
from ui.sales.open_bill import OpenBill

HandOver = Callable[[Actor, str, str], Sale]
"""The use case: who hands over, the sale's id, the reservation's."""


class HandingOver:
    """The reserved meal of whoever stands at the counter."""

    def __init__(self, bill: OpenBill, calling: Calling, hand_over: HandOver, paid: Callable[[Sale], None]) -> None:
        """Hand over on this bill; `paid` shows a sale that was made."""
        self._bill = bill
        self._calling = calling
        self._hand_over = hand_over
        self._paid = paid

    def yes(self, waits: MealWaits) -> None:
        """Hand it over. After an unsure answer the same is asked for again: the bill keeps its id."""
        bill = self._bill
        if bill.now.stage in BUSY or bill.now.looking:
            return
        actor, sale_id = bill.actor(), bill.sale_id
        self._calling.keep_waiting()
        bill.show(stage=Stage.CHARGING, question=None, refused=None, queued=self._calling.queued)
        bill.lane.run(
            lambda: self._hand_over(actor, sale_id, waits.reservation.id),
            self._paid,
            lambda error: self._failed(error, waits),
        )

    def beside(self, question: MealWaits) -> None:
        """Sell another meal beside the reserved one; beside one that is over there is nothing to ask the store for."""
        self._bill.show(question=None, beside=not question.over, refused=None)

    def _failed(self, error: Refusal | Trouble, waits: MealWaits) -> None:
        bill = self._bill
        unsure = isinstance(error, Trouble) and error.money_moved is not False
        question = waits if unsure else None
        bill.show(stage=Stage.CHOOSING, unsure=unsure, question=question)
        bill.refuse(error)
        self._calling.call_queued()
