"""Taking a sale back: first whose and how much, then a second key, then a reversing entry, once."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.errors import NothingToUndo, Refusal, Trouble
from pos.domain.sales import Sale
from pos.services.sales import Diner
from ui.sales.calling import Calling
from ui.sales.counter import BUSY, Stage, UndoThis
from ui.sales.open_bill import OVER, OpenBill


class Undoing:
    """The sale of this diner of now, or the last one of the shift."""

    def __init__(self, bill: OpenBill, calling: Calling) -> None:
        """Undo beside this bill, which stays as it is; `calling` brings whoever comes next."""
        self._bill = bill
        self._calling = calling
        self._undo_id = ""
        self._before = Stage.WAITING

    def offer(self) -> None:
        """Ask which sale it would be."""
        bill = self._bill
        if bill.may_change or (bill.now.stage in OVER and not bill.now.looking):
            bill.lane.run(bill.checkout.last, self._offered, bill.refuse)

    def _offered(self, last: Sale | None) -> None:
        bill = self._bill
        if bill.now.stage in BUSY:
            return
        sale = _own_sale(bill.now.diner, last) or last
        if sale is None:
            bill.show(refused=NothingToUndo(), question=None, last=None)
            return
        self._undo_id = bill.new_id()
        bill.show(question=UndoThis(sale), last=last, refused=None)

    def undo(self, sale: Sale) -> None:
        """Yes: reverse it. Asked again after a Trouble, the same `undo_id` reverses it once."""
        bill = self._bill
        self._before = bill.now.stage
        actor, undo_id = bill.actor(), self._undo_id
        bill.show(stage=Stage.UNDOING, refused=None)
        bill.lane.run(
            lambda: bill.checkout.undo(actor, undo_id, sale.id),
            self._undone,
            self._not_undone,
        )

    def answer_lost(self) -> None:
        """The undo ended in a bug and no answer will come: the question stays, with its id."""
        if self._bill.now.stage is Stage.UNDOING:
            self._bill.show(stage=self._before)

    def _undone(self, sale: Sale) -> None:
        bill = self._bill
        stage = self._before if self._before is Stage.CHOOSING else Stage.UNDONE
        bill.show(stage=stage, question=None, done=sale, last=None)
        bill.refresh()
        diner = bill.now.diner
        if diner and diner.member.id == sale.member_id:
            bill.lane.run(lambda: bill.checkout.diner(diner.member.id), self._balance_back, bill.refuse)
        self._calling.call_queued()

    def _balance_back(self, diner: Diner) -> None:
        shown = self._bill.now.diner
        if shown and shown.member.id == diner.member.id:
            self._bill.show(diner=replace(diner, card=shown.card))

    def _not_undone(self, error: Refusal | Trouble) -> None:
        # After a Trouble the question stays, with its id: Enter asks for the very same undo again.
        question = None if isinstance(error, Refusal) else self._bill.now.question
        self._bill.show(stage=self._before, refused=error, question=question)
        self._calling.call_queued()


def _own_sale(diner: Diner | None, last: Sale | None) -> Sale | None:
    """This diner's newest sale of the open shift."""
    if diner is None or last is None or not diner.recent:
        return None
    own = diner.recent[0]
    return own if own.shift_id == last.shift_id else None
