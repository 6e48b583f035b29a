"""The mind of the top-up screen: an amount, a way to pay, one key, booked once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol
from uuid import uuid4

from pos.domain.accounts import TOP_UP_TENDERS, TopUp
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

    @property
    def is_open(self) -> bool:
        """Whether the screen is there; cards go to `card_read` then."""
        return self._form is not None

    def open(self, diner: Diner) -> None:
        """Begin a top-up of this diner's card."""
        self._id = self._new_id()
        self._attempt = None
        self._form = TopUpForm(diner)
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

    def confirm(self) -> None:
        """The Enter key: book it; when it is booked, back to the sale."""
        form = self._form
        if form is None or form.step is Step.CHARGING:
            return
        if form.step is Step.DONE:
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
        )

    def _book(self, order: TopUpOrder) -> None:
        self._attempt = order
        actor = self._actor()
        self._show(step=Step.CHARGING, refused=None)
        self._lane.run(lambda: self._top_ups.top_up(actor, order), self._booked, self._not_booked)

    def _booked(self, top_up: TopUp) -> None:
        self._attempt = None
        self._show(step=Step.DONE, done=top_up, unsure=False)

    def _not_booked(self, error: Refusal | Trouble) -> None:
        unsure = isinstance(error, Trouble) and error.money_moved is not False
        self._show(step=Step.FILLING, refused=error, unsure=unsure)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(refused=error)

    def _edit(self, **changed: Any) -> None:
        if self._form and self._form.step is Step.FILLING and not self._form.unsure:
            self._show(refused=None, **changed)

    def _show(self, **changed: Any) -> None:
        if self._form:
            self._form = replace(self._form, **changed)
            self._view.show_form(self._form)
