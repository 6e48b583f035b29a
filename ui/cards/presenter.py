"""The mind of what happens to cards: asked once, done once, the new card heard by the reader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pos.domain.account_errors import NotPoolCard, PoolCard, ReasonMissing
from pos.domain.card_life import CardEvent
from pos.domain.cards import CardUid, NotACard, parse_typed
from pos.domain.errors import AboveLimit, BadAmount, CardTaken, Refusal, Trouble
from pos.domain.members import Card
from pos.domain.money import Fen, parse_yuan
from pos.domain.pricing import Tender
from pos.domain.staff import Actor
from pos.i18n import _
from pos.services.cards import Cards, Deposit
from pos.services.lending import Lending
from ui import messages
from ui.asking import AskView
from ui.cards.form import TAKES_NEW_CARD, CardForm, CardWish
from ui.cards.phrases import card_ask, done_words
from ui.presenting import Lane, Notices


class CardsPresenter:
    """One question at a time; its deed's id is made when it opens and kept for every retry."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        cards: Cards,
        lending: Lending,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        done: Callable[[CardEvent], None],
    ) -> None:
        """`done` is told what became of it."""
        self._view = view
        self._notices = notices
        self._cards = cards
        self._lending = lending
        self._lane = lane
        self._actor = actor
        self._done = done
        self._form: CardForm | None = None
        self._read: CardUid | None = None

    @property
    def is_open(self) -> bool:
        """Whether a question is there; cards go to `card_read` then."""
        return self._form is not None

    def open(self, wish: CardWish, member_id: str, name: str, card: Card | None = None, paid: Fen = 0) -> None:
        """Ask about somebody's card; `paid` is the deposit (fen) that lies with the canteen."""
        self._read = None
        self._form = CardForm(wish, str(uuid4()), member_id, name, card, paid)
        self._show()

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        if self._form and not self._form.saving:
            self._show(wrong="", **{name: Tender(value) if name == "tender" else value})

    def card_read(self, uid: CardUid) -> None:
        """This is the new card; where none is asked for it means nothing."""
        if self._form and self._form.wish in TAKES_NEW_CARD and not self._form.saving:
            self._notices.clear_message()
            self._show(number=uid.printed, wrong="")
            self._read = uid

    def confirm(self) -> None:
        """Do it, once."""
        form = self._form
        if form is None or form.saving:
            return
        uid: CardUid | None = None
        if form.wish in TAKES_NEW_CARD:
            uid = self._number(form)
            if uid is None:
                self._show(wrong="number")
                self._notices.show_message(
                    messages.note(_("Which card?"), _("Lay it on the reader, or type the number on it."))
                )
                return
        try:
            deposit = Deposit(parse_yuan(form.deposit) if form.deposit.strip() else 0, form.tender)
        except BadAmount as error:
            self._refuse(error)
            return
        actor = self._actor()
        self._show(saving=True)
        self._lane.run(lambda: self._write(actor, form, uid, deposit), self._written, self._refuse)

    def close(self) -> None:
        """Leave the card as it is."""
        if self._form and not self._form.saving:
            self._leave()

    def drop(self) -> None:
        """The page is left."""
        if self._form:
            self._leave()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _number(self, form: CardForm) -> CardUid | None:
        """The new card: all bytes where a reader heard it, four where its number was typed."""
        if self._read is not None and self._read.printed == form.number:
            return self._read
        try:
            return parse_typed(form.number)
        except NotACard:
            return None

    def _write(self, actor: Actor, form: CardForm, uid: CardUid | None, deposit: Deposit) -> CardEvent:
        cards, deed, member_id = self._cards, form.deed_id, form.member_id
        if form.wish is CardWish.LOST:
            return cards.report_lost(actor, deed, member_id)
        if uid is not None:
            if form.wish is CardWish.LEND:
                return self._lending.lend(actor, deed, member_id, uid)
            give = cards.issue if form.wish is CardWish.ISSUE else cards.replace
            return give(actor, deed, member_id, uid, deposit, form.reason)
        assert form.card is not None, "every other wish is about a card"
        old = form.card.uid
        if form.wish is CardWish.FOUND:
            return cards.found(actor, deed, old)
        if form.wish is CardWish.RETURN:
            return cards.give_back(actor, deed, old, form.tender)
        change = cards.block if form.wish is CardWish.BLOCK else cards.unblock
        return change(actor, deed, old, form.reason)

    def _written(self, event: CardEvent) -> None:
        self._leave()
        self._notices.show_message(messages.good(done_words(event)))
        self._done(event)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong=_field_of(error))
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._form = None
        self._view.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._view.show_ask(card_ask(self._form))


def _field_of(error: Refusal | Trouble) -> str:
    """The field that a refusal is about."""
    match error:
        case BadAmount() | AboveLimit():
            return "deposit"
        case PoolCard() | NotPoolCard():
            return "number"
        case ReasonMissing() | CardTaken():
            return "reason"
        case _:
            return ""
