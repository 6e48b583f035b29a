"""The words of a refund: how the amount comes about, lot by lot, and where it goes."""

from __future__ import annotations

from pos import words
from pos.domain.pricing import Tender
from pos.domain.refunds import LotShare, Refund, RefundKind, RefundQuote
from pos.i18n import _
from pos.services.closing import Closed
from ui import formats
from ui.asking import YES, Ask, AskColumn, AskField, AskPage, AskTable, FieldKind
from ui.refunds.form import RefundForm

WAYS = (Tender.BANK, Tender.WECHAT, Tender.ALIPAY, Tender.CASH)


def refund_ask(form: RefundForm) -> Ask:
    """The question before money goes out."""
    title = {
        RefundKind.REFUND: _("Refund to {name}"),
        RefundKind.CLOSING: _("Close the account of {name}"),
        RefundKind.HEIRS: _("Pay the heirs of {name}"),
    }[form.kind]
    return Ask(
        title.format(name=form.name),
        _confirm(form),
        _told(form, form.quote) if form.quote else "",
        pages=(AskPage(_rows(form)),),
        table=_lots(form.quote) if form.quote else None,
        danger=form.kind is not RefundKind.REFUND,
        busy=form.saving,
        wrong=form.wrong,
        width=960,
    )


def paid_words(refund: Refund) -> str:
    """What was paid, in one line."""
    return _("{name}: {amount} goes back by {tender}").format(
        name=refund.member_name, amount=words.money(refund.amount), tender=words.tender(refund.tender)
    )


def closed_words(form: RefundForm, closed: Closed) -> str:
    """What was closed, or paid to heirs, in one line: what was booked, for a meal may have been eaten since the quote."""
    text = {
        RefundKind.REFUND: "",
        RefundKind.CLOSING: _("The account of {name} is closed, {amount} goes back"),
        RefundKind.HEIRS: _("{amount} of {name} goes to the heirs"),
    }[form.kind]
    return text.format(name=form.name, amount=words.money(closed.refund.amount if closed.refund else 0))


def _confirm(form: RefundForm) -> str:
    if form.quote is None:
        return _("Looking what goes back …")
    text = {
        RefundKind.REFUND: _("Pay {amount} back"),
        RefundKind.CLOSING: _("Pay {amount} back and close"),
        RefundKind.HEIRS: _("Pay {amount} to the heirs"),
    }[form.kind]
    return text.format(amount=words.money(form.pays))


def _told(form: RefundForm, quote: RefundQuote) -> str:
    parts = [
        _("Goes back {amount}").format(amount=words.money(quote.amount)),
        _("bonus given up {amount}").format(amount=words.money(quote.forfeited)),
    ]
    if form.kind is RefundKind.REFUND:
        left = words.money(quote.principal_after + quote.bonus_after)
        parts.append(_("then on the card {amount}").format(amount=left))
    elif form.deposit:
        parts.append(_("deposit {amount}").format(amount=words.money(form.deposit)))
    if quote.held:
        parts.append(_("held {amount}").format(amount=words.money(quote.held)))
    if quote.cash_allowed:
        parts.append(_("cash is allowed"))
    elif form.kind is RefundKind.HEIRS:
        parts.append(_("no cash: to an account of the heir"))
    else:
        parts.append(_("no cash: to an account in the same name"))
    return " · ".join(parts)


def _lots(quote: RefundQuote) -> AskTable:
    columns = (
        AskColumn(_("Paid in on"), 120),
        AskColumn(_("Offer")),
        AskColumn(_("Paid"), 108, right=True),
        AskColumn(_("Bonus"), 96, right=True),
        AskColumn(_("Eaten"), 108, right=True),
        AskColumn(_("Left"), 108, right=True),
        AskColumn(_("Refund"), 108, right=True),
        AskColumn(_("Given up"), 104, right=True),
    )
    return AskTable(columns, tuple(_lot(share) for share in quote.shares), seen=3)


def _lot(share: LotShare) -> tuple[str, ...]:
    money = words.money
    return (
        formats.moment(share.paid_ms)[:10] if share.paid_ms else "",
        share.offer,
        money(share.paid),
        money(share.bonus),
        money(share.eaten_principal + share.eaten_bonus),
        money(share.left_principal + share.left_bonus),
        money(share.amount),
        money(share.forfeited),
    )


def _rows(form: RefundForm) -> tuple[tuple[AskField, ...], ...]:
    ways = tuple((way.value, words.tender(way)) for way in WAYS)
    amount = AskField("amount", _("Amount in yuan"), form.amount, _("empty: all"), longest=9)
    tender = AskField("tender", _("How it is paid"), form.tender.value, kind=FieldKind.CHOICE, options=ways)
    reason = AskField("reason", _("Why"), form.reason, stretch=2)
    to = not form.in_cash
    heirs = form.kind is RefundKind.HEIRS
    whose = _("The heir") if heirs else _("Account in the name of")
    holder = AskField("holder", whose, form.holder, longest=50, enabled=to or heirs)
    account = AskField("account", _("Account, its last digits are kept"), form.account, longest=40, enabled=to)
    seen = AskField(
        "identity_seen", _("Document seen"), YES if form.identity_seen else "", kind=FieldKind.TICK
    )
    documents = AskField(
        "documents", _("Documents of the heirs"), form.documents, _("certificate of death, kinship"), stretch=2
    )
    card = AskField(
        "card_returned", _("The card came back"), YES if form.card_returned else "", kind=FieldKind.TICK, enabled=form.has_card
    )
    if form.kind is RefundKind.REFUND:
        return ((amount, tender, reason), (holder, account, seen))
    return ((tender, documents if form.kind is RefundKind.HEIRS else reason), (holder, account, card))
