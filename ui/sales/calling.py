"""Who is at the counter: cards shown and members found, one after the other, and never one in another's place."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.cards import CardUid
from pos.domain.errors import Refusal, Trouble
from pos.services.sales import Diner
from ui.sales.counter import BUSY, MealWaits, OtherWaiting, Stage
from ui.sales.open_bill import NOBODY, OVER, Caller, OpenBill
from ui.sales.tray import Tray, usual_tray


class Calling:
    """The queue in front of the counter, as long as cards make it."""

    def __init__(self, bill: OpenBill) -> None:
        """Call diners to this bill."""
        self._bill = bill
        self._lookups = 0
        self._waiting: tuple[Diner, Caller] | None = None
        self._queue: Caller | None = None

    @property
    def queued(self) -> bool:
        """Whether somebody comes right after the payment under way."""
        return self._queue is not None

    def card_read(self, uid: CardUid) -> None:
        """A card was shown. The card of the open bill changes nothing, however long it lies on the reader."""
        own = self._bill.caller.uid
        if own is not None and uid.matches(own) and self._bill.now.stage not in OVER:
            if isinstance(self._bill.now.question, OtherWaiting):
                self._waiting = None
                self._bill.show(question=None)
            return
        self.call(Caller(uid))

    def call(self, caller: Caller) -> None:
        """Ask the store who it is, now or right after the payment under way."""
        bill = self._bill
        if bill.now.stage in BUSY:
            self._queue = caller
            bill.show(queued=True)
            return
        self._lookups += 1
        bill.show(looking=True)
        checkout = bill.checkout
        bill.lane.run(
            lambda: checkout.identify(caller.uid) if caller.uid else checkout.diner(caller.member_id),
            lambda diner: self._came(diner, caller),
            lambda error: self._not_known(error, caller),
        )

    def forget(self) -> None:
        """Nobody waits any more."""
        self._waiting = self._queue = None

    def answer_lost(self) -> None:
        """A bug ate an answer: nobody is looked up any more, so that selling goes on."""
        self._lookups = 0
        if self._bill.now.looking:
            self._bill.show(looking=False)

    def keep_waiting(self) -> None:
        """A payment begins: whoever waits for an answer comes after it."""
        if self._waiting:
            self._queue = self._waiting[1]
            self._waiting = None

    def call_queued(self) -> None:
        """The payment is over: whoever was queued comes now. The card just paid with lay on the reader."""
        caller, self._queue = self._queue, None
        self._bill.show(queued=False)
        if caller and not (caller == self._bill.caller and self._bill.now.stage is Stage.PAID):
            self.call(caller)

    def drop_for_waiting(self) -> None:
        """The open bill is dropped; whoever waited takes its place."""
        following, self._waiting = self._waiting, None
        self._bill.begin(None, NOBODY, Tray())
        if following:
            self._greet(*following)

    def _came(self, diner: Diner, caller: Caller) -> None:
        self._answered()
        bill, now = self._bill, self._bill.now
        if now.stage in BUSY:
            self.call(caller)
        elif now.stage is Stage.CHOOSING and now.diner and now.diner.member.id == diner.member.id:
            self._waiting = None
            bill.caller = caller if caller.uid else bill.caller
            asked = None if now.beside else self._meal_waits(diner)
            bill.show(diner=replace(diner, card=diner.card or now.diner.card), question=asked, refused=None)
        elif bill.must_not_vanish:
            self._waiting = (diner, caller)
            bill.show(question=OtherWaiting(_name_of(now.diner), diner.member.name))
        else:
            self._greet(diner, caller)

    def _not_known(self, error: Refusal | Trouble, caller: Caller) -> None:
        self._answered()
        bill, now = self._bill, self._bill.now
        if bill.must_not_vanish:
            self._waiting = None
            bill.show(refused=error, question=OtherWaiting(_name_of(now.diner), ""))
            return
        if caller.uid and now.diner and now.stage is Stage.CHOOSING:
            # Whoever pressed Enter now would charge the diner before.
            bill.begin(None, NOBODY, Tray())
        bill.refuse(error)

    def _answered(self) -> None:
        self._lookups = max(0, self._lookups - 1)
        self._bill.now = replace(self._bill.now, looking=self._lookups > 0)

    def _greet(self, diner: Diner, caller: Caller) -> None:
        now = self._bill.now
        self._waiting = None
        if now.stage is Stage.CHOOSING and now.diner is None and now.tray.portions:
            tray = now.tray  # the dishes were tapped before the card was found: they are this diner's
        else:
            tray = Tray() if diner.served_at_ms or diner.booked else usual_tray(diner.usual)
        self._bill.begin(diner, caller, tray)
        if asked := self._meal_waits(diner):
            self._bill.show(question=asked)

    def _meal_waits(self, diner: Diner) -> MealWaits | None:
        today = self._bill.latest or self._bill.now.today
        return MealWaits(diner.booked, over=today is not None and diner.booked.meal is not today.meal) if diner.booked else None


def _name_of(diner: Diner | None) -> str:
    return diner.member.name if diner else ""
