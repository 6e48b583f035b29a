"""The words of a transfer: to whom, how much of which top-up."""

from __future__ import annotations

from pos import words
from pos.domain.members import MemberHit
from pos.domain.refunds import MovedLot, Transfer
from pos.i18n import _
from ui import formats
from ui.asking import Ask, AskColumn, AskField, AskPage, AskTable
from ui.transfers.form import TransferForm


def transfer_ask(form: TransferForm) -> Ask:
    """Who gets it; then how much, and of which top-ups."""
    return _moving(form, form.receiver) if form.receiver else _choosing(form)


def done_words(transfer: Transfer) -> str:
    """What was handed on, in one line."""
    return _("{amount} of {giver} is now {receiver}'s").format(
        amount=words.money(transfer.principal + transfer.bonus),
        giver=transfer.giver_name,
        receiver=transfer.receiver_name,
    )


def _choosing(form: TransferForm) -> Ask:
    columns = (
        AskColumn(_("Name"), 160),
        AskColumn(_("Age"), 64, right=True),
        AskColumn(_("Address")),
        AskColumn(_("Phone"), 90),
        AskColumn(_("Card"), 80),
    )
    find = AskField("text", _("To whom?"), form.text, _("Name, phone, card, door"))
    rows = tuple(_hit(hit) for hit in form.hits)
    return Ask(
        _("Money of {name} for another member").format(name=form.name),
        "",
        _("Lay the other member's card on the reader, or find them."),
        pages=(AskPage(((find,),)),),
        table=AskTable(columns, rows, picks=_("Take the marked one"), seen=4),
        width=860,
    )


def _moving(form: TransferForm, receiver: MemberHit) -> Ask:
    amount = AskField("amount", _("Amount in yuan"), form.amount, _("empty: all"), longest=9)
    reason = AskField("reason", _("Why"), form.reason, stretch=2)
    moved = sum(lot.principal + lot.bonus for lot in form.lots or ())
    title = _("From {giver} to {receiver}").format(giver=form.name, receiver=receiver.name)
    confirm = _("Hand {amount} on").format(amount=words.money(moved)) if form.lots else _("Looking what moves …")
    return Ask(
        title,
        confirm,
        _("Principal and bonus move as each top-up has them; its terms go along."),
        pages=(AskPage(((amount, reason),)),),
        table=_lots(form.lots or ()),
        busy=form.saving,
        wrong=form.wrong,
        width=860,
    )


def _lots(lots: tuple[MovedLot, ...]) -> AskTable:
    columns = (
        AskColumn(_("Paid in on"), 130),
        AskColumn(_("Offer")),
        AskColumn(_("Principal"), 130, right=True),
        AskColumn(_("Bonus"), 130, right=True),
    )
    rows = tuple(
        (
            formats.moment(lot.paid_ms)[:10] if lot.paid_ms else "",
            lot.offer,
            words.money(lot.principal),
            words.money(lot.bonus),
        )
        for lot in lots
    )
    return AskTable(columns, rows, seen=4)


def _hit(hit: MemberHit) -> tuple[str, ...]:
    return hit.name, "" if hit.age is None else str(hit.age), hit.address, hit.phone_tail, hit.card_tail
