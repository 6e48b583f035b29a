"""The mind of a refund: quoted lot by lot, then paid once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

from pos.domain.account_errors import (
    AccountMissing,
    CashNotAllowed,
    DocumentsMissing,
    HeirMissing,
    NotSameName,
    ReasonMissing,
    RefundTooMuch,
)
from pos.domain.errors import BadAmount, Refusal, Trouble
from pos.domain.money import Fen, parse_yuan
from pos.domain.pricing import Tender
from pos.domain.refunds import RefundKind
from pos.domain.staff import Actor
from pos.services.closing import Closing, ClosingQuote
from pos.services.refunds import RefundOrder, Refunds
from ui import messages
from ui.asking import AskView
from ui.presenting import Lane, Notices
from ui.refunds.form import RefundForm
from ui.refunds.phrases import closed_words, paid_words, refund_ask


class RefundPresenter:
    """One form at a time; its id is made when it opens and kept for every retry.

    Where the store did not say whether it booked the money, the same id is asked with even after the form was left.
    """

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        refunds: Refunds,
        closing: Closing,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        paid: Callable[[], None],
    ) -> None:
        """`paid` is told that money went out."""
        self._view = view
        self._notices = notices
        self._refunds = refunds
        self._closing = closing
        self._lane = lane
        self._actor = actor
        self._paid = paid
        self._form: RefundForm | None = None
        self._quoting = False
        self._unsure: RefundForm | None = None

    def open(self, kind: RefundKind, member_id: str, name: str, card_tail: str = "") -> None:
        """Ask how much goes back, and where to; all of it is offered."""
        self._quoting = False
        before = self._unsure
        again = before is not None and (before.kind, before.member_id) == (kind, member_id)
        refund_id = before.refund_id if before and again else str(uuid4())
        heirs, closing = kind is RefundKind.HEIRS, kind is RefundKind.CLOSING
        self._form = RefundForm(
            kind, refund_id, member_id, name, card_tail, holder="" if heirs else name, card_returned=closing
        )
        self._show()
        self._quote()

    def typed(self, name: str, value: str) -> None:
        """A field was changed; another amount is quoted anew."""
        if self._form is None or self._form.saving:
            return
        changed: dict[str, Any] = {name: value}
        if name == "tender":
            changed = {"tender": Tender(value)}
        elif name in ("identity_seen", "card_returned"):
            changed = {name: bool(value)}
        elif name == "amount":
            changed = {"amount": value, "quote": None}
        self._show(wrong="", **changed)
        if name == "amount":
            self._quote()

    def confirm(self) -> None:
        """Pay what was quoted, once."""
        form = self._form
        if form is None or form.saving:
            return
        if form.quote is None:
            self._quote(tell=True)
            return
        actor, order = self._actor(), self._order(form)
        self._show(saving=True)

        def paid(told: str) -> None:
            self._unsure = None
            self._leave()
            self._notices.show_message(messages.good(told))
            self._paid()

        def not_paid(error: Refusal | Trouble) -> None:
            if isinstance(error, Trouble) and error.money_moved is not False:
                self._unsure = form
            self._refuse(error)

        self._lane.run(lambda: self._write(actor, form, order), paid, not_paid)

    def _write(self, actor: Actor, form: RefundForm, order: RefundOrder) -> str:
        """Do it; the answer says in a line what was done."""
        if form.kind is RefundKind.REFUND:
            return paid_words(self._refunds.refund(actor, order))
        end = self._closing.close if form.kind is RefundKind.CLOSING else self._closing.to_heirs
        return closed_words(form, end(actor, order, card_returned=form.card_returned and form.has_card))

    def close(self) -> None:
        """Leave the money where it is."""
        if self._form and not self._form.saving:
            self._leave()

    def drop(self) -> None:
        """The page is left."""
        if self._form:
            self._leave()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        self._show()

    def _order(self, form: RefundForm) -> RefundOrder:
        assert form.quote is not None, "only what was quoted is paid"
        return RefundOrder(
            form.refund_id,
            form.member_id,
            form.tender,
            # Not None: what is paid is what stood on the screen.
            form.quote.amount,
            holder=form.holder,
            account=form.account,
            reason=form.reason,
            documents=form.documents,
            identity_seen=form.identity_seen,
            card_tail=form.card_tail,
        )

    def _quote(self, *, tell: bool = False) -> None:
        """Ask what would go back; one question at a time, and only the newest answer stays."""
        form = self._form
        if form is None or self._quoting:
            return
        try:
            amount: Fen | None = parse_yuan(form.amount) if form.amount.strip() else None
        except BadAmount as error:
            if tell:
                self._refuse(error)
            return
        self._quoting = True

        def came(quote: ClosingQuote) -> None:
            self._quoting = False
            if self._form is None or self._form.refund_id != form.refund_id:
                return
            if self._form.amount == form.amount:
                self._show(quote=quote.refund, deposit=quote.deposit, has_card=quote.card is not None)
            else:
                self._quote()

        def refused(error: Refusal | Trouble) -> None:
            self._quoting = False
            if self._form is not None and self._form.amount != form.amount:
                self._quote()
            else:
                self._refuse(error)

        self._lane.run(lambda: self._quoted(form, amount), came, refused)

    def _quoted(self, form: RefundForm, amount: Fen | None) -> ClosingQuote:
        if form.kind is RefundKind.REFUND:
            return ClosingQuote(self._refunds.quote(form.member_id, amount), None, 0)
        return self._closing.quote(form.member_id)

    def _refuse(self, error: Refusal | Trouble) -> None:
        self._show(saving=False, wrong=_field_of(error))
        self._notices.show_message(messages.words(error))

    def _leave(self) -> None:
        self._form = None
        self._view.close_ask()

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self._view.show_ask(refund_ask(self._form))


def _field_of(error: Refusal | Trouble) -> str:
    """The field that a refusal is about."""
    match error:
        case BadAmount() | RefundTooMuch():
            return "amount"
        case CashNotAllowed():
            return "tender"
        case NotSameName() | HeirMissing():
            return "holder"
        case DocumentsMissing():
            return "documents"
        case AccountMissing():
            return "account"
        case ReasonMissing():
            return "reason"
        case _:
            return ""
