"""The mind of taking money back that went out by mistake: a refund or a transfer of the open shift, once, with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import uuid4

from pos import words
from pos.domain.account_errors import ReasonMissing
from pos.domain.errors import Refusal, Trouble
from pos.domain.ledger import EntryKind
from pos.domain.pricing import Tender
from pos.domain.refunds import Refund, Transfer
from pos.domain.staff import Actor
from pos.i18n import _
from ui import formats, messages
from ui.asking import Ask, AskField, AskPage, AskView, Fact
from ui.presenting import Lane, Notices


class RefundUndo(Protocol):
    """pos.services.refunds.Refunds, as far as it matters here."""

    def undoable(self, actor: Actor, number: str) -> Refund: ...
    def undo(self, actor: Actor, undo_id: str, refund_id: str, reason: str) -> Refund: ...


class TransferUndo(Protocol):
    """pos.services.transfers.Transfers, as far as it matters here."""

    def undoable(self, actor: Actor, number: str) -> Transfer: ...
    def undo(self, actor: Actor, undo_id: str, transfer_id: str, reason: str) -> Transfer: ...


@dataclass(frozen=True, slots=True)
class UndoForm:
    """What is taken back, under an id that is kept for every retry."""

    undo_id: str
    about: Refund | Transfer
    reason: str = ""
    saving: bool = False
    wrong: str = ""


class MoneyBackPresenter:
    """One question at a time; what may not be undone any more is told before anything is asked."""

    def __init__(
        self,
        view: AskView,
        notices: Notices,
        refunds: RefundUndo,
        transfers: TransferUndo,
        lane: Lane,
        actor: Callable[[], Actor],
        *,
        done: Callable[[], None],
    ) -> None:
        """`done` is told that money came back."""
        self._view = view
        self._notices = notices
        self._refunds = refunds
        self._transfers = transfers
        self._lane = lane
        self._actor = actor
        self._done = done
        self._form: UndoForm | None = None
        self._unsure: UndoForm | None = None

    def open(self, kind: EntryKind, number: str) -> None:
        """Ask about the refund or the transfer with this number.

        Where the store did not say whether it was undone, the same id is asked with again.
        """
        actor = self._actor()
        if self._unsure is not None and self._unsure.about.number == number:
            self._form = self._unsure
            self.say()
            return

        def look() -> Refund | Transfer:
            find = self._refunds.undoable if kind is EntryKind.REFUND else self._transfers.undoable
            return find(actor, number)

        def came(about: Refund | Transfer) -> None:
            self._form = UndoForm(str(uuid4()), about)
            self.say()

        self._lane.run(look, came, self._failed)

    def typed(self, name: str, value: str) -> None:
        """The reason was typed."""
        changed: dict[str, Any] = {name: value}
        if self._form and not self._form.saving:
            self._show(wrong="", **changed)

    def confirm(self) -> None:
        """Take it back, once."""
        form = self._form
        if form is None or form.saving:
            return
        actor = self._actor()
        self._show(saving=True)

        def undo() -> Refund | Transfer:
            if isinstance(form.about, Refund):
                return self._refunds.undo(actor, form.undo_id, form.about.id, form.reason)
            return self._transfers.undo(actor, form.undo_id, form.about.id, form.reason)

        def undone(about: Refund | Transfer) -> None:
            self._unsure = None
            self.drop()
            self._notices.show_message(messages.good(_("Number {number} is undone.").format(number=about.number), _hands(about)))
            self._done()

        def not_undone(error: Refusal | Trouble) -> None:
            if isinstance(error, Trouble) and error.money_moved is not False:
                self._unsure = form
            self._show(saving=False, wrong="reason" if isinstance(error, ReasonMissing) else "")
            self._failed(error)

        self._lane.run(undo, undone, not_undone)

    def close(self) -> None:
        """Leave everything as it is."""
        if self._form and not self._form.saving:
            self.drop()

    def drop(self) -> None:
        """The page is left."""
        if self._form is not None:
            self._form = None
            self._view.close_ask()

    def say(self) -> None:
        """Say everything in the language of the moment."""
        if self._form is not None:
            self._view.show_ask(_ask(self._form))

    def _failed(self, error: Refusal | Trouble) -> None:
        self._notices.show_message(messages.words(error))

    def _show(self, **changed: Any) -> None:
        if self._form is not None:
            self._form = replace(self._form, **changed)
            self.say()


def _ask(form: UndoForm) -> Ask:
    about = form.about
    reason = AskField("reason", _("Why is it undone?"), form.reason, _("like: wrong member"))
    if isinstance(about, Refund):
        title = _("Undo the refund to {name}?").format(name=about.member_name)
        amount = about.amount
        extra = (Fact(_("Bonus that comes back too"), words.money(about.forfeited)),) if about.forfeited else ()
        way = words.tender(about.tender) + (f" …{about.account_tail}" if about.account_tail else "")
        facts = (Fact(_("How it was paid"), way), *extra)
    else:
        title = _("Undo the transfer to {name}?").format(name=about.receiver_name)
        amount = about.principal + about.bonus
        facts = (Fact(_("Goes back to"), about.giver_name),)
    return Ask(
        title,
        _("Undo it"),
        _before(about),
        facts=(
            Fact(_("Number"), f"{about.number} · {formats.time_of(about.at_ms)} · {about.staff_name}"),
            *facts,
            Fact(_("Back onto the card"), words.money(amount), strong=True),
        ),
        pages=(AskPage(((reason,),)),),
        danger=True,
        busy=form.saving,
        wrong=form.wrong,
    )


def _before(about: Refund | Transfer) -> str:
    """What has to be so before it is undone."""
    if isinstance(about, Transfer):
        return _("It goes back as long as the receiver has not spent it.")
    if about.tender is Tender.CASH:
        return _("Only when the cash is back in your hand: it belongs into the drawer.")
    return _("Only when the money was not sent, or came back to the canteen's account.")


def _hands(about: Refund | Transfer) -> str:
    if isinstance(about, Refund) and about.tender is Tender.CASH:
        return _("Put {amount} into the drawer.").format(amount=words.money(about.amount))
    return ""
