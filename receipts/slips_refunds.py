"""Slips of money out: a refund and a transfer, with every lot's sum, so that anybody can follow it with a pencil."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.money import yuan
from pos.domain.pricing import Tender
from pos.domain.refunds import LotShare, MovedLot, Refund, RefundKind, Transfer
from pos.i18n import _
from receipts.roll import Element, Qr, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, masked, moment, part, signature, warning

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.domain.canteen import Canteen


def refund_slip(canteen: Canteen, refund: Refund, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA) -> Slip:
    """What went back, how it comes about lot by lot, and where it went."""
    undone = _undone(refund)
    card = [Row(_("Card"), masked(refund.card_tail))] if refund.card_tail else []
    return Slip(
        (
            *heading(canteen, _title(refund), copy, asked_by),
            *undone,
            Row(_("No."), refund.number),
            Row(_("Time"), moment(refund.at_ms, tz)),
            Row(_("Till"), f"{refund.till} · {refund.staff_name}"),
            Row(_("Member"), refund.member_name),
            *card,
            *_why(refund),
            Rule(),
            *(row for share in refund.shares for row in _share(share, tz)),
            Row(_("Paid back"), words.money(refund.amount), 2, bold=True),
            *([Row(_("Bonus given up"), words.money(refund.forfeited))] if refund.forfeited else []),
            *_way(refund),
            Rule(),
            Row(_("Balance now"), words.money(refund.principal_after + refund.bonus_after), bold=True),
            part(_("Principal"), yuan(refund.principal_after)),
            part(_("Bonus"), yuan(refund.bonus_after)),
            Rule(),
            Qr(refund.number, refund.number),
            *foot(canteen, _("Principal can be paid back, bonus cannot.")),
        )
    )


def transfer_slip(canteen: Canteen, transfer: Transfer, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA) -> Slip:
    """What moved from one member to another, from which lots, signed by the giver."""
    undone = _undone(transfer)
    return Slip(
        (
            *heading(canteen, _("Transfer"), copy, asked_by),
            *undone,
            Row(_("No."), transfer.number),
            Row(_("Time"), moment(transfer.at_ms, tz)),
            Row(_("Till"), f"{transfer.till} · {transfer.staff_name}"),
            Row(_("From member"), transfer.giver_name),
            Row(_("To member"), transfer.receiver_name),
            Row(_("Reason"), transfer.reason),
            Rule(),
            *(row for lot in transfer.lots for row in _moved(lot, tz)),
            Row(_("Moved"), words.money(transfer.principal + transfer.bonus), 2, bold=True),
            part(_("Principal"), yuan(transfer.principal)),
            part(_("Bonus"), yuan(transfer.bonus)),
            Rule(),
            Row(
                _("Balance of {name}").format(name=transfer.giver_name),
                words.money(transfer.giver_principal_after + transfer.giver_bonus_after),
            ),
            Row(
                _("Balance of {name}").format(name=transfer.receiver_name),
                words.money(transfer.receiver_principal_after + transfer.receiver_bonus_after),
            ),
            *signature(_("Agreed by")),
            Rule(),
            Qr(transfer.number, transfer.number),
            *foot(canteen, _("The terms of each top-up go along.")),
        )
    )


def _undone(money_out: Refund | Transfer) -> list[Element]:
    if not money_out.undone:
        return []
    why = [Row(_("Undone because"), money_out.undo_reason)] if money_out.undo_reason else []
    return [warning(_("UNDONE")), *why]


def _title(refund: Refund) -> str:
    return {
        RefundKind.REFUND: _("Refund"),
        RefundKind.CLOSING: _("Account closed"),
        RefundKind.HEIRS: _("Paid to the heirs"),
    }[refund.kind]


def _why(refund: Refund) -> list[Element]:
    noted = ((_("Reason"), refund.reason), (_("Documents"), refund.documents))
    seen = [Row(_("Identity document"), _("seen"))] if refund.identity_seen else []
    return [*(Row(title, text) for title, text in noted if text), *seen]


def _share(share: LotShare, tz: tzinfo) -> list[Element]:
    """One lot as a little sum: paid, less what was used and what went before, is what is left of it."""
    rows: list[Element] = [
        Text(_lot(share.number, share.paid_ms, share.offer, tz), bold=True),
        part(_("Principal paid in"), yuan(share.paid)),
        *_unless_zero(_("Used"), -share.eaten_principal),
        *_unless_zero(_("Gone before"), -share.gone_principal),
        part(_("Principal left"), yuan(share.left_principal)),
    ]
    if share.bonus:
        rows += [
            part(_("Bonus given"), yuan(share.bonus)),
            *_unless_zero(_("Used"), -share.eaten_bonus),
            *_unless_zero(_("Gone before"), -share.gone_bonus),
            part(_("Bonus left"), yuan(share.left_bonus)),
        ]
    rows += _unless_zero(_("Bonus given up"), -share.forfeited)
    return [*rows, Row(_("Back from this top-up"), yuan(share.amount), bold=True), Rule()]


def _unless_zero(title: str, amount: int) -> list[Element]:
    return [part(title, yuan(amount))] if amount else []


def _moved(lot: MovedLot, tz: tzinfo) -> list[Element]:
    return [
        Text(_lot(lot.number, lot.paid_ms, lot.offer, tz), bold=True),
        part(_("Principal"), yuan(lot.principal)),
        part(_("Bonus"), yuan(lot.bonus)),
        Rule(),
    ]


def _lot(number: str, paid_ms: int, offer: str, tz: tzinfo) -> str:
    day = f"{datetime.fromtimestamp(paid_ms / 1000, tz):%Y-%m-%d}" if paid_ms else ""
    return " · ".join(fact for fact in (day, number, offer) if fact)


def _way(refund: Refund) -> list[Element]:
    """Where the money went: signed for in cash, else the account with its last four digits."""
    if refund.tender is Tender.CASH:
        return signature(_("Received by"))
    return [
        Row(words.tender(refund.tender), f"****{refund.account_tail}"),
        part(_("Account holder"), refund.holder),
    ]
