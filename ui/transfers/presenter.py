"""The mind of a transfer: the other member, the amount, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pos.domain.account_errors import ReasonMissing, SameMember
from pos.domain.cards import CardUid
from pos.domain.errors import BadAmount, BalanceAboveLimit, NotEnough, Refusal, Trouble, UnknownCard
from pos.domain.members import MemberHit
from pos.domain.money import Fen, parse_yuan
from pos.domain.refunds import MovedLot, Transfer
from pos.domain.staff import Actor
from pos.services.members import Members
from pos.services.transfers import TransferOrder, Transfers
from ui import messages
from ui.asking import AskView
from ui.presenting import Lane, Notices
from ui.transfers.form import TransferForm
from ui.transfers.phrases import done_words, transfer_ask

FOUND = 20


class TransferPresenter:
    """One form at a time; its id is made when it opens and kept for every retry.

    Where the store did not say whether it booked the money, the same id is asked with even after the form was left.
    """

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        transfers: Transfers,
        members: Members,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        done: Callable[[], None],
    ) -> None:
        """`done` is told that money was handed on."""
        self._view = view
        self._notices = notices
        self._transfers = transfers
        self._members = members
        self._lane = lane
        self._actor = actor
        self._done = done
        self._form: TransferForm | None = None
        self._unsure: TransferForm | None = None

    @property
    def is_open(self) -> bool:
        """Whether the question is there; cards go to `card_read` then."""
        return self._form is not None

    def open(self, giver_id: str, name: str) -> None:
        """Ask who gets somebody's money."""
        before = self._unsure
        transfer_id = before.transfer_id if before and before.giver_id == giver_id else str(uuid4())
        self._form = TransferForm(transfer_id, giver_id, name)
        self._show()

    def typed(self, name: str, value: str) -> None:
        """A field was changed."""
        if self._form is None or self._form.saving:
            return
        changed: dict[str, Any] = {name: value}
        if name == "amount":
            changed["lots"] = None
        self._show(wrong="", **changed)
        if name == "text":
            self._find(value)
        elif name == "amount":
            self._look()

    def card_read(self, uid: CardUid) -> None:
        """The other member's card."""
        if self._form is None or self._form.receiver or self._form.saving:
            return

        def found(hits: tuple[MemberHit, ...]) -> None:
            if len(hits) == 1:
                self._take(hits[0])
            else:
                self._refuse(UnknownCard(uid.printed))

        self._lane.run(lambda: self._members.search(uid.printed, 2), found, self._refuse)

    def pick(self, at: int) -> None:
        """The member in this line gets it."""
        if self._form and self._form.receiver is None and at < len(self._form.hits):
            self._take(self._form.hits[at])

    def confirm(self) -> None:
        """Hand on what is shown, once."""
        form = self._form
        if form is None or form.saving or form.receiver is None:
            return
        if form.lots is None:
            self._look(tell=True)
            return
        amount = sum(lot.principal + lot.bonus for lot in form.lots)
        order = TransferOrder(form.transfer_id, form.giver_id, form.receiver.id, amount, form.reason)
        actor = self._actor()
        self._show(saving=True)

        def moved(transfer: Transfer) -> None:
            self._unsure = None
            self._leave()
            self._notices.show_message(messages.good(done_words(transfer)))
            self._done()

        def not_moved(error: Refusal | Trouble) -> None:
            if isinstance(error, Trouble) and error.money_moved is not False:
                self._unsure = form
            self._refuse(error)

        self._lane.run(lambda: self._transfers.transfer(actor, order), moved, not_moved)

    def close(self) -> None:
        """From the amount back to the choice of the member, from there away."""
        form = self._form
        if form is None or form.saving:
            return
        if form.receiver:
            self._show(receiver=None, lots=None, amount="", wrong="")
        else:
            self._leave()

    def drop(self) -> None:
        """The page is left."""
        if self._form:
            self._leave()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _find(self, text: str) -> None:
        def found(hits: tuple[MemberHit, ...]) -> None:
            form = self._form
            if form and form.text == text and form.receiver is None:
                self._show(hits=tuple(hit for hit in hits if hit.id != form.giver_id))

        self._lane.run(lambda: self._members.search(text, FOUND), found, self._refuse)

    def _take(self, hit: MemberHit) -> None:
        if self._form and hit.id == self._form.giver_id:
            self._refuse(SameMember())
            return
        self._notices.clear_message()
        self._show(receiver=hit)
        self._look()

    def _look(self, *, tell: bool = False) -> None:
        """Ask what would move; only the answer to what still stands there is shown."""
        form = self._form
        if form is None or form.receiver is None:
            return
        try:
            amount: Fen | None = parse_yuan(form.amount) if form.amount.strip() else None
        except BadAmount as error:
            if tell:
                self._refuse(error)
            return
        order = TransferOrder(form.transfer_id, form.giver_id, form.receiver.id, amount, form.reason)

        def came(lots: tuple[MovedLot, ...]) -> None:
            now = self._form
            if now and (now.amount, now.receiver) == (form.amount, form.receiver):
                self._show(lots=lots)

        self._lane.run(lambda: self._transfers.preview(order), came, self._refuse)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong=_field_of(error))
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._form = None
        self._view.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._view.show_ask(transfer_ask(self._form))


def _field_of(error: Refusal | Trouble) -> str:
    """The field that a refusal is about."""
    match error:
        case BadAmount() | NotEnough() | BalanceAboveLimit():
            return "amount"
        case ReasonMissing():
            return "reason"
        case _:
            return ""
