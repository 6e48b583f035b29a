"""The mind of the sale screen: whose bill it is, what stands on it, and that it is charged once.

One swipe and one key: a diner who has a usual meal finds it laid out and marked, and Enter charges it. What keeps
a charge from going wrong:

- A bill has one `sale_id`, made when it begins and kept for every retry; while a charge is under way further keys
  do nothing. When the store did not say whether it charged, the bill stands still and Enter asks for the very same
  charge again.
- A card shown while a payment is under way waits, and comes right after it. A card shown while a bill is open
  replaces a usual meal that nobody touched; anything else on the tray asks first. An unknown card never leaves the
  bill before it under the Enter key.
- Taking a sale back, and a second meal for one diner, each need a second key that is not the first.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from pos.domain.cards import CardUid
from pos.domain.money import Fen
from pos.domain.pricing import Tender, Way
from pos.domain.staff import Actor
from pos.services.sales import Checkout, Diner, Today
from ui.presenting import Lane
from ui.sales.calling import Calling
from ui.sales.choosing import Choosing
from ui.sales.counter import BUSY, MealWaits, OtherWaiting, Stage, UndoThis
from ui.sales.handing_over import HandingOver, HandOver
from ui.sales.open_bill import NOBODY, OVER, Caller, OpenBill, SaleView, open_stage
from ui.sales.paying import Paying
from ui.sales.tray import Tray
from ui.sales.undoing import Undoing

__all__ = ["SalePresenter", "SaleView"]


class SalePresenter:
    """One method for each wish of the cashier."""

    def __init__(
        self,
        view: SaleView,
        checkout: Checkout,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        find: Callable[[], None],
        top_up: Callable[[Diner], None],
        hand_over: HandOver,
        reserve: Callable[[Diner], None],
        day_shown: Callable[[Today], None] = lambda _today: None,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        """Sell through `checkout` for whoever `actor` says is signed in.

        `find`, `top_up` and `reserve` open other screens, `hand_over` sells a reserved meal, `day_shown` is told the
        day's figures whenever they change.
        """
        self._bill = OpenBill(view, checkout, lane, actor, day_shown, new_id)
        self._calling = Calling(self._bill)
        self._paying = Paying(self._bill, self._calling)
        self._undoing = Undoing(self._bill, self._calling)
        self._choosing = Choosing(self._bill, self._edit)
        self._handing_over = HandingOver(self._bill, self._calling, hand_over, self._paying.paid)
        self._find = find
        self._top_up = top_up
        self._reserve = reserve

    def refresh(self) -> None:
        """Look at the day again: at the start, and each minute; after a sale it happens by itself."""
        self._bill.refresh()

    # -- who is it ----------------------------------------------------------------------------------

    def card_read(self, uid: CardUid) -> None:
        """A card was shown to a reader, or its number typed."""
        self._calling.card_read(uid)

    def show_member(self, member_id: str) -> None:
        """Somebody was found by name, or topped up: show them as they are now."""
        self._calling.call(Caller(member_id=member_id))

    def find(self) -> None:
        """Look somebody up by name."""
        if self._bill.now.stage not in BUSY:
            self._find()

    def top_up(self) -> None:
        """Put money on this diner's card; without a diner, find one first."""
        now = self._bill.now
        if now.stage in BUSY or now.looking:
            return
        if now.diner:
            self._top_up(now.diner)
        else:
            self._find()

    def reserve(self) -> None:
        """Reserve a meal of a later day for this diner; without a diner, find one first."""
        now = self._bill.now
        if now.stage in BUSY or now.looking or now.unsure:
            return
        if now.diner:
            self._reserve(now.diner)
        else:
            self._find()

    # -- what is on the tray ------------------------------------------------------------------------

    def choose(self, dish_id: str) -> None:
        """One portion more of a dish; a set meal asks first which dishes belong to it.

        After a payment this begins a walk-in's bill, after an undo the diner's new one.
        """
        now = self._bill.now
        if sold_out := self._choosing.sold_out(dish_id):
            self._bill.refuse(sold_out)
            return
        if now.stage in OVER and not now.looking:
            same = now.diner is not None and now.stage is Stage.UNDONE
            self._bill.begin(now.diner if same else None, self._bill.caller if same else NOBODY, Tray())
        if not self._choosing.ask_for(dish_id):
            self._edit(self._bill.now.tray.choose(dish_id))

    def choose_again(self, line: str = "") -> None:
        """Choose the dishes of a set meal on the bill again: of this line, or of the one in hand."""
        self._choosing.ask_again(line or self._bill.now.tray.in_hand)

    def set_picked(self, dish_id: str, dishes: tuple[str, ...]) -> None:
        """These dishes belong to the set meal."""
        self._choosing.picked(dish_id, dishes)

    def put(self, line: str, quantity: int) -> None:
        """So many portions on a line."""
        self._edit(self._bill.now.tray.put(line, quantity))

    def more(self, step: int = 1) -> None:
        """One portion more (with `step` -1: one less) of the dish in hand."""
        tray = self._bill.now.tray
        if tray.in_hand:
            self._edit(tray.put(tray.in_hand, tray.count(tray.in_hand) + step))

    def remove(self) -> None:
        """Take the dish in hand off the tray."""
        tray = self._bill.now.tray
        if tray.in_hand:
            self._edit(tray.put(tray.in_hand, 0))

    def take_in_hand(self, line: str) -> None:
        """Let the +/- keys act on this line."""
        self._bill.show(tray=self._bill.now.tray.take_in_hand(line))

    def next_in_hand(self, step: int) -> None:
        """Let the +/- keys act on the line `step` further down."""
        self._bill.show(tray=self._bill.now.tray.next_in_hand(step))

    def toggle_way(self) -> None:
        """Dine in or take away."""
        if self._bill.may_change:
            way = Way.TAKE_AWAY if self._bill.now.way is Way.DINE_IN else Way.DINE_IN
            self._bill.show(way=way, question=None, refused=None)

    def _edit(self, tray: Tray) -> None:
        if self._bill.may_change:
            stage = open_stage(self._bill.now.diner, tray)
            self._bill.show(tray=tray, stage=stage, question=None, refused=None, done=None, waiver=None)

    # -- paying and taking back ---------------------------------------------------------------------

    def enter(self) -> None:
        """Yes to the undo that is asked about; else charge the bill."""
        now = self._bill.now
        if isinstance(now.question, MealWaits):
            self._handing_over.yes(now.question)
        elif not isinstance(now.question, UndoThis):
            self._paying.pay()
        elif now.stage not in BUSY and not now.looking:
            self._undoing.undo(now.question.sale)

    def pay_cash(self) -> None:
        """The diner pays this bill in cash."""
        if self._may_pay_otherwise():
            self._paying.ask(Tender.CASH, self._bill.view.ask_cash)

    def pay_code(self) -> None:
        """The diner pays this bill with a telephone."""
        if self._may_pay_otherwise():
            self._paying.ask(Tender.WECHAT, self._bill.view.ask_code)

    def _may_pay_otherwise(self) -> bool:
        return self._bill.may_change and not isinstance(self._bill.now.question, UndoThis)

    def ask_waiver(self) -> None:
        """A manager lets this diner off."""
        if self._may_pay_otherwise():
            self._paying.ask_waiver()

    def waive(self, why: str, amount: Fen | None) -> None:
        """So much (fen; None: all of it), for this reason."""
        self._paying.waive(why, amount)

    def cash_given(self, given: Fen) -> None:
        """The cashier holds so much cash (fen)."""
        self._paying.cash_given(given)

    def code_paid(self, tender: Tender, reference: str) -> None:
        """The cashier saw the payment on a telephone, and noted its last digits."""
        self._paying.code_paid(tender, reference)

    def put_away(self) -> None:
        """Neither cash nor code after all: back to the bill."""
        self._paying.put_away()

    def charge_again(self) -> None:
        """Yes, a second meal for the same diner at the same meal, or one beside the reserved one."""
        question = self._bill.now.question
        if isinstance(question, MealWaits) and not self._bill.now.unsure:
            self._handing_over.beside(question)
        else:
            self._paying.charge_again()

    def ask_undo(self) -> None:
        """Offer to take back this diner's sale of now, or the last sale of the shift."""
        self._undoing.offer()

    def answer_lost(self) -> None:
        """A bug ate an answer (the crash path calls this): nothing is taken as charged, nothing as not charged."""
        self._calling.answer_lost()
        self._paying.answer_lost()
        self._undoing.answer_lost()

    def drop(self) -> None:
        """Whoever sold goes: the open bill goes too with its diner, unless it is just being paid."""
        if self._bill.now.stage not in BUSY:
            self._calling.forget()
            self._bill.begin(None, NOBODY, Tray())

    def escape(self) -> None:
        """One step back: answer no, empty the tray, let the diner go."""
        bill, now = self._bill, self._bill.now
        if now.stage in BUSY:
            return
        if isinstance(now.question, OtherWaiting):
            self._calling.drop_for_waiting()
        elif now.question:
            bill.show(question=None, refused=None)
        elif now.diner and now.tray.portions and not now.tray.usual and not now.unsure:
            self._edit(Tray())
        else:
            bill.begin(None, NOBODY, Tray())
            bill.refresh()
