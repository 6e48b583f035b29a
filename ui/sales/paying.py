"""Paying the open bill: asked for once or ten times, charged once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.capacity import SoldOut
from pos.domain.errors import (
    AlreadyServed,
    EmptyBasket,
    NotEnough,
    NotOnMenu,
    NotPermitted,
    PriceChanged,
    Refusal,
    Trouble,
)
from pos.domain.menu import Menu
from pos.domain.money import Fen
from pos.domain.pricing import Tender, Waiver, Way
from pos.domain.reservations import ReservationWaits
from pos.domain.sales import Sale
from pos.domain.set_meals import WrongChoice
from pos.domain.staff import Permission
from pos.services.sales import Diner, Order, Today
from ui.sales.calling import Calling
from ui.sales.counter import NewPrice, OtherWaiting, ServedBefore, ShortOf, Stage
from ui.sales.open_bill import OPEN, Caller, OpenBill, open_stage
from ui.sales.reference import last_four
from ui.sales.tray import Tray


class Paying:
    """The ways to pay, and the answers of the store."""

    def __init__(self, bill: OpenBill, calling: Calling) -> None:
        """Pay this bill; `calling` brings whoever comes next."""
        self._bill = bill
        self._calling = calling

    def pay(self) -> None:
        """Charge the card of a diner, ask a walk-in for cash; after an unsure answer ask for the same charge."""
        bill, now = self._bill, self._bill.now
        if now.stage not in OPEN or now.looking or isinstance(now.question, ServedBefore):
            return
        if now.unsure and bill.attempt:
            self._charge(bill.attempt)
        elif now.diner is None:
            self.ask(Tender.CASH, bill.view.ask_cash)
        elif self._has_dishes():
            self._charge(self._order(Tender.CARD))

    def ask(self, tender: Tender, ask: Callable[[Fen], None]) -> None:
        """Let the cashier count cash or note a code for this bill."""
        if not self._has_dishes():
            return
        bill = self._bill.now.bill_by(tender)
        assert bill is not None, "a tray with dishes has a bill"
        self._calling.keep_waiting()
        self._bill.show(stage=Stage.PAYING, question=None, refused=None, queued=self._calling.queued)
        ask(bill.due)

    def cash_given(self, given: Fen) -> None:
        """The cashier holds so much cash (fen)."""
        if self._bill.now.stage is Stage.PAYING:
            self._charge(replace(self._order(Tender.CASH), given=given))

    def code_paid(self, tender: Tender, reference: str) -> None:
        """The cashier saw the payment on a telephone; of what was typed or scanned four digits are kept."""
        if self._bill.now.stage is Stage.PAYING:
            self._charge(replace(self._order(tender), reference=last_four(reference)))

    def ask_waiver(self) -> None:
        """Let a manager say why this diner is let off, and how much; anybody else is refused."""
        bill = self._bill
        if not bill.actor().may(Permission.WAIVER):
            bill.refuse(NotPermitted(Permission.WAIVER, bill.actor().name))
            return
        bill.show(waiver=None)
        self.ask(bill.now.usual_tender, bill.view.ask_waiver)

    def waive(self, why: str, amount: Fen | None) -> None:
        """Take so much (fen; None: all of it) off what is left to pay; the next key pays."""
        if self._bill.now.stage is Stage.PAYING:
            self._bill.show(stage=Stage.CHOOSING, waiver=Waiver(why, amount))
            self._calling.call_queued()

    def put_away(self) -> None:
        """Neither cash nor code after all: back to the bill."""
        if self._bill.now.stage is Stage.PAYING:
            self._bill.show(stage=Stage.CHOOSING)
            self._calling.call_queued()

    def charge_again(self) -> None:
        """Yes, a second meal for the same diner at the same meal."""
        bill = self._bill
        if isinstance(bill.now.question, ServedBefore) and bill.attempt and bill.now.stage is Stage.CHOOSING:
            self._charge(replace(bill.attempt, again=True))

    def answer_lost(self) -> None:
        """The charge ended in a bug and no answer will come: Enter asks for the very same charge again."""
        if self._bill.now.stage is Stage.CHARGING:
            self._bill.show(stage=Stage.CHOOSING, unsure=True)

    def _has_dishes(self) -> bool:
        if self._bill.now.tray.portions and self._bill.now.today:
            return True
        self._bill.refuse(EmptyBasket())
        return False

    def _order(self, tender: Tender) -> Order:
        now, bill = self._bill.now, self._bill.now.bill_by(tender)
        assert bill is not None, "a tray with dishes has a bill"
        assert now.today is not None, "dishes were chosen from a menu"
        return Order(
            sale_id=self._bill.sale_id,
            member_id=now.diner.member.id if now.diner else None,
            portions=now.tray.dishes,
            tender=tender,
            day=now.today.day,
            meal=now.today.meal,
            shown_due=bill.due,
            way=now.way,
            waiver=now.waiver,
            card_tail=now.diner.card[-4:] if now.diner else "",
            chosen=tuple((item.dish_id, tuple(one for one, _name in item.chosen)) for item in bill.basket if item.chosen),
            again=now.beside,
        )

    def _charge(self, order: Order) -> None:
        bill, actor = self._bill, self._bill.actor()
        bill.attempt = order
        self._calling.keep_waiting()
        bill.show(stage=Stage.CHARGING, question=None, refused=None, queued=self._calling.queued)
        bill.lane.run(lambda: bill.checkout.charge(actor, order), self.paid, self._not_paid)

    def paid(self, sale: Sale) -> None:
        """Show a sale that was made, and let the next one come."""
        bill = self._bill
        bill.attempt = None
        bill.show(
            stage=Stage.PAID,
            diner=_after(bill.now.diner, sale),
            tray=Tray(),
            way=Way.DINE_IN,
            done=sale,
            last=sale,
            unsure=False,
            waiver=None,
            beside=False,
        )
        bill.refresh()
        self._calling.call_queued()

    def _not_paid(self, error: Refusal | Trouble) -> None:
        bill, alone = self._bill, not self._calling.queued
        bill.show(stage=Stage.CHOOSING, unsure=_may_have_moved(error))
        match error:
            case PriceChanged() | NotOnMenu() | SoldOut() | WrongChoice():
                self._price_again(error)
            case AlreadyServed() if alone:
                bill.show(question=ServedBefore(error.name, error.at_ms))
            case ReservationWaits() if alone:
                self._look_again()
            case NotEnough() if alone:
                bill.show(question=ShortOf(error.needed, error.available))
            case _:
                bill.refuse(error)
        self._calling.call_queued()

    def _look_again(self) -> None:
        """The meal was reserved since the card was shown: ask which of the two it is."""
        bill, caller = self._bill, self._bill.caller
        diner = bill.now.diner
        self._calling.call(caller if caller.uid else Caller(member_id=diner.member.id if diner else ""))

    def _price_again(self, error: Refusal | Trouble) -> None:
        """Price the tray by the menu, the tariff and the usage of now, and ask again."""
        bill, diner = self._bill, self._bill.now.diner
        bill.lane.run(
            lambda: (bill.checkout.today(), bill.checkout.diner(diner.member.id) if diner else None),
            lambda answer: self._priced_again(answer, error),
            bill.refuse,
        )

    def _priced_again(self, answer: tuple[Today, Diner | None], error: Refusal | Trouble) -> None:
        bill, before = self._bill, self._bill.now
        if before.stage is not Stage.CHOOSING:
            return
        today, diner = answer
        bill.latest = today
        if diner and before.diner:
            diner = replace(diner, card=before.diner.card)
        tray = before.tray.only(today.menu)
        bill.show(today=today, diner=diner, tray=tray, stage=open_stage(diner, tray))
        if isinstance(error, NotOnMenu) and before.today:
            bill.refuse(NotOnMenu(_names(error.dish_ids, before.today.menu)))
        elif isinstance(error, SoldOut | WrongChoice):
            bill.refuse(error)
        elif isinstance(error, PriceChanged) and bill.now.bill and not isinstance(before.question, OtherWaiting):
            bill.show(question=NewPrice(error.shown, bill.now.bill.due))


def _may_have_moved(error: Refusal | Trouble) -> bool:
    """Whether money may have moved: a Refusal moves none, a Trouble says what it knows."""
    return isinstance(error, Trouble) and error.money_moved is not False


def _after(diner: Diner | None, sale: Sale) -> Diner | None:
    """The diner as the sale left them, without asking the store again."""
    if diner is None:
        return None
    paid, wallet = sale.payment, diner.wallet
    if paid.tender is Tender.CARD:
        wallet = replace(wallet, principal=paid.principal_after, bonus=paid.bonus_after)
    return replace(diner, wallet=wallet, served_at_ms=(*diner.served_at_ms, sale.at_ms))


def _names(dish_ids: tuple[str, ...], menu: Menu) -> tuple[str, ...]:
    names = {offer.dish_id: offer.name for offer in menu.offers}
    return tuple(names.get(dish_id, dish_id) for dish_id in dish_ids)
