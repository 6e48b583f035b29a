"""The mind of the top-up screen: an amount, a way to pay, one key, booked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol
from uuid import uuid4

from pos.domain.accounts import TOP_UP_TENDERS, TopUp, TopUpPreview
from pos.domain.cards import CardUid
from pos.domain.errors import BadAmount, Refusal, Trouble
from pos.domain.money import Fen
from pos.domain.offers import BonusOffer
from pos.domain.pricing import Tender
from pos.domain.staff import Actor
from pos.services.accounts import TopUpOrder, TopUps
from pos.services.sales import Diner
from ui.accounts.form import Step, TopUpForm
from ui.presenting import Lane


class TopUpView(Protocol):
    """The face of the top-up screen."""

    def show_form(self, form: TopUpForm) -> None:
        """Paint the form as it is now; the first one after a close opens the screen."""
        ...

    def close_form(self) -> None:
        """Take the screen away."""
        ...


class TopUpPresenter:
    """One form at a time. Its id is made when it opens and kept for every retry, as that of a sale is."""

    def __init__(
        self,
        view: TopUpView,
        top_ups: TopUps,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        closed: Callable[[str], None],
        next_card: Callable[[CardUid], None],
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        """`closed` is told the member's id when the screen goes, `next_card` a card shown after the money was booked."""
        self._view = view
        self._top_ups = top_ups
        self._lane = lane
        self._actor = actor
        self._closed = closed
        self._next_card = next_card
        self._new_id = new_id
        self._form: TopUpForm | None = None
        self._attempt: TopUpOrder | None = None
        self._id = ""
        self._undo_id = ""
        self._last: TopUp | None = None
        self._previewing = False

    @property
    def is_open(self) -> bool:
        """Whether the screen is there; cards go to `card_read` then."""
        return self._form is not None

    def open(self, diner: Diner) -> None:
        """Begin a top-up of this diner's card."""
        self._id = self._new_id()
        self._attempt = None
        self._form = TopUpForm(diner, last=self._last)
        self._view.show_form(self._form)
        self._lane.run(lambda: self._top_ups.offers(diner.member.id), self._offered, self._refuse)

    def _offered(self, offers: tuple[BonusOffer, ...]) -> None:
        self._show(offers=offers)

    def set_amount(self, amount: Fen) -> None:
        """So much (fen) goes onto the card; 0 while the field is empty or half typed."""
        self._edit(amount=amount)

    def set_tender(self, tender: Tender) -> None:
        """Cash, WeChat or Alipay."""
        assert tender in TOP_UP_TENDERS, tender
        self._edit(tender=tender, given=None)

    def set_given(self, given: Fen | None) -> None:
        """So much cash (fen) was handed over; None for exactly the amount."""
        self._edit(given=given)

    def toggle_paid_for(self) -> None:
        """Somebody else pays, or the diner after all."""
        if self._form:
            self._edit(paid_for=not self._form.paid_for)

    def set_payer(self, name: str, relation: str) -> None:
        """Who pays, and what they are to the diner."""
        self._edit(payer=name, relation=relation)

    def toggle_identity_seen(self) -> None:
        """A document was looked at."""
        if self._form:
            self._edit(identity_seen=not self._form.identity_seen)

    def take_back(self) -> None:
        """Ask whether the last top-up of this till is to be taken back."""
        form = self._form
        if form and form.step is not Step.CHARGING and form.last and not form.last.undone and not form.unsure:
            self._undo_id = self._undo_id if form.taking_back else self._new_id()
            self._show(taking_back=True, refused=None)

    def confirm(self) -> None:
        """The Enter key: book it, or take the last one back; when it is booked, back to the sale."""
        form = self._form
        if form is None or form.step is Step.CHARGING:
            return
        if form.taking_back and form.last:
            self._undo(form.last)
        elif form.step is Step.DONE:
            self.close()
        elif form.unsure and self._attempt:
            self._book(self._attempt)
        elif form.amount <= 0:
            self._show(refused=BadAmount(""))
        else:
            self._book(self._order(form))

    def close(self) -> None:
        """Back to the sale, unless the money is just being booked."""
        form = self._form
        if form is None or form.step is Step.CHARGING:
            return
        if form.taking_back:
            self._show(taking_back=False, refused=None)
            return
        self._form = None
        self._view.close_form()
        self._closed(form.diner.member.id)

    def card_read(self, uid: CardUid) -> None:
        """The next diner's card. A form that is not booked stays: its money lies on the counter."""
        form = self._form
        if form is None or form.step is Step.DONE or (form.step is Step.FILLING and not form.amount):
            self._form = None
            self._view.close_form()
            self._next_card(uid)

    def answer_lost(self) -> None:
        """A bug ate the answer: Enter asks for the very same top-up again."""
        if self._form and self._form.step is Step.CHARGING:
            self._show(step=Step.FILLING, unsure=True)

    def _order(self, form: TopUpForm) -> TopUpOrder:
        return TopUpOrder(
            self._id,
            form.diner.member.id,
            form.tender,
            form.amount,
            given=(form.amount if form.given is None else form.given) if form.tender is Tender.CASH else 0,
            card_tail=form.diner.card[-4:],
            payer=form.paid_by,
            identity_seen=form.identity_seen,
        )

    def _book(self, order: TopUpOrder) -> None:
        self._attempt = order
        actor = self._actor()
        self._show(step=Step.CHARGING, refused=None)
        self._lane.run(lambda: self._top_ups.top_up(actor, order), self._booked, self._not_booked)

    def _booked(self, top_up: TopUp) -> None:
        self._attempt = None
        self._last = top_up
        self._show(step=Step.DONE, done=top_up, last=top_up, unsure=False)

    def _undo(self, last: TopUp) -> None:
        actor, undo_id = self._actor(), self._undo_id
        self._show(step=Step.CHARGING, refused=None)

        def undone(top_up: TopUp) -> None:
            self._last = top_up
            self._show(step=Step.DONE, done=top_up, last=top_up, taking_back=False)

        def not_undone(error: Refusal | Trouble) -> None:
            self._show(step=before, refused=error)

        before = Step.DONE if self._form and self._form.done else Step.FILLING
        self._lane.run(lambda: self._top_ups.undo(actor, undo_id, last.id), undone, not_undone)

    def _not_booked(self, error: Refusal | Trouble) -> None:
        unsure = isinstance(error, Trouble) and error.money_moved is not False
        self._show(step=Step.FILLING, refused=error, unsure=unsure)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(refused=error)

    def _edit(self, **changed: Any) -> None:
        form = self._form
        if form and form.step is Step.FILLING and not form.unsure and not form.taking_back:
            self._show(refused=None, **changed)
            self._look()

    def _look(self) -> None:
        """Ask the store what this would do; one question at a time, and only the newest answer stays."""
        form = self._form
        if form is None or self._previewing or not form.amount:
            return
        self._previewing = True
        order = self._order(form)

        def looked(preview: TopUpPreview) -> None:
            self._previewing = False
            now = self._form
            if now is None or now.step is not Step.FILLING:
                return
            if self._order(now) == order:
                self._show(preview=preview)
            else:
                self._look()

        def not_looked(error: Refusal | Trouble) -> None:
            self._previewing = False
            self._refuse(error)

        self._lane.run(lambda: self._top_ups.preview(order), looked, not_looked)

    def _show(self, **changed: Any) -> None:
        if self._form:
            self._form = replace(self._form, **changed)
            self._view.show_form(self._form)
