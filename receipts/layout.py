"""Slips for diners: a sale, a top-up, and the undoing of either, as the elements of a paper roll.

Pure functions from a committed value to a slip. What a receipt must show is listed in domain.md 2.4; all
amounts are fen in the value and yuan on paper. `tz` is the canteen's civil time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.accounts import TopUp
from pos.domain.money import Fen, yuan
from pos.domain.pricing import Tender
from pos.domain.sales import Sale
from pos.i18n import _
from pos.words import menu as menu_said
from receipts.roll import Columns, Element, Qr, Row, Rule, Slip, Text
from receipts.slips_accounts import batch_slip, statement_slip
from receipts.slips_cards import card_slip
from receipts.slips_day import day_close_slip
from receipts.slips_kitchen import kitchen_change_slip, kitchen_slip
from receipts.slips_labels import label_slip
from receipts.slips_parts import foot, heading, masked, moment, part, signature, warning
from receipts.slips_refunds import refund_slip, transfer_slip
from receipts.slips_report import report_slip
from receipts.slips_reservations import booking_slip
from receipts.slips_trial import trial_page

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.domain.canteen import Canteen
    from pos.domain.pricing import BasketItem, Bill

__all__ = [
    "batch_slip",
    "booking_slip",
    "card_slip",
    "day_close_slip",
    "kitchen_change_slip",
    "kitchen_slip",
    "label_slip",
    "refund_slip",
    "report_slip",
    "sale_slip",
    "statement_slip",
    "top_up_slip",
    "transfer_slip",
    "trial_page",
    "undo_slip",
]


def sale_slip(canteen: Canteen, sale: Sale, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA) -> Slip:
    """What the diner takes along: who paid which part of the meal, and what the card holds now."""
    undone = [warning(_("UNDONE"))] if sale.undone else []
    return Slip(
        (
            *heading(canteen, _("Meal slip"), copy, asked_by),
            *undone,
            Row(_("No."), sale.number),
            *_sale_facts(sale, tz),
            Rule(),
            *_items(sale.bill),
            Rule(),
            *_shares(sale.bill),
            Rule(),
            *_payment(sale),
            Rule(),
            Qr(sale.number, sale.number),
            *foot(canteen, _("Meal slip, not a tax invoice.")),
        )
    )


def top_up_slip(
    canteen: Canteen, top_up: TopUp, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA
) -> Slip:
    """What the member takes along for money put on the card; the invoice's kind is that of domain.md 2.3."""
    undone = [warning(_("UNDONE"))] if top_up.undone else []
    return Slip(
        (
            *heading(canteen, _("Top-up slip"), copy, asked_by),
            *undone,
            Row(_("No."), top_up.number),
            *_top_up_facts(top_up, tz),
            Rule(),
            Row(_("Paid in"), words.money(top_up.principal), 2, bold=True),
            *_tendered(top_up.tender, top_up.principal, top_up.given, top_up.change, top_up.reference),
            *_gift(top_up),
            Rule(),
            Row(_("Balance before"), words.money(top_up.balance_after - top_up.principal - top_up.bonus)),
            *_balance_after(top_up.principal_after, top_up.bonus_after),
            Rule(),
            Qr(top_up.number, top_up.number),
            *foot(
                canteen,
                _("Top-up slip, not a tax invoice."),
                _("Any invoice for it is one for prepaid cards."),
            ),
        )
    )


def undo_slip(
    canteen: Canteen,
    undone: Sale | TopUp,
    undone_ms: int | None = None,
    copy: int = 0,
    asked_by: str = "",
    tz: tzinfo = CHINA,
) -> Slip:
    """The proof that a sale or a top-up was reversed, signed for by whoever took cash back.

    `undone_ms` is when (UTC epoch ms); None where it is not known, as on a reprint.
    """
    if isinstance(undone, Sale):
        title, facts, back = _("Meal undone"), _sale_facts(undone, tz), _sale_back(undone)
    else:
        title, facts, back = _("Top-up undone"), _top_up_facts(undone, tz), _top_up_back(undone)
    when = [] if undone_ms is None else [Row(_("Undone at"), moment(undone_ms, tz))]
    return Slip(
        (
            *heading(canteen, title, copy, asked_by),
            Row(_("Undone no."), undone.number, bold=True),
            *when,
            *facts,
            Rule(),
            *back,
            Rule(),
            Qr(undone.number, undone.number),
            *foot(canteen, _("Slip {number} is no longer valid.").format(number=undone.number)),
        )
    )


def _sale_facts(sale: Sale, tz: tzinfo) -> list[Element]:
    time = moment(sale.at_ms, tz)
    day = sale.business_date.isoformat()
    return [
        Row(_("Time"), time),
        # A meal after midnight belongs to the day of its shift.
        *([] if time.startswith(day) else [Row(_("Business day"), day)]),
        Row(_("Meal"), f"{words.meal(sale.meal)} · {words.way(sale.way)}"),
        Row(_("Till"), f"{sale.till} · {sale.staff_name}"),
        Row(_("Diner"), sale.member_name or _("without a card")),
        *([Row(_("Card"), masked(sale.card_tail))] if sale.card_tail else []),
    ]


def _top_up_facts(top_up: TopUp, tz: tzinfo) -> list[Element]:
    return [
        Row(_("Time"), moment(top_up.at_ms, tz)),
        Row(_("Till"), f"{top_up.till} · {top_up.staff_name}"),
        Row(_("Member"), top_up.member_name),
        *([Row(_("Card"), masked(top_up.card_tail))] if top_up.card_tail else []),
        *_payer(top_up),
    ]


def _payer(top_up: TopUp) -> list[Element]:
    """Who paid for the member, if somebody else did, and whether a document was looked at."""
    whom = _("{what} ({detail})").format(what=top_up.paid_by, detail=top_up.relation) if top_up.relation else top_up.paid_by
    paid_by = [Row(_("Paid by"), whom)] if top_up.paid_by else []
    seen = [Row(_("Identity document"), _("seen"))] if top_up.identity_seen else []
    return [*paid_by, *seen]


def _items(bill: Bill) -> list[Element]:
    return [
        Columns(_("Dish"), _("Qty"), _("Amount")),
        *(element for item in bill.basket for element in _item(item)),
    ]


def _item(item: BasketItem) -> list[Element]:
    """A dish, and under a set meal what was chosen for it."""
    chosen = menu_said.names(name for _dish_id, name in item.chosen)
    return [Columns(item.name, str(item.quantity), yuan(item.amount)), *([Text(f"  {chosen}")] if chosen else [])]


def _shares(bill: Bill) -> list[Element]:
    """The list price, what others take off it and why, and what is left to the diner."""
    rows: list[Element] = [Row(_("List price"), words.money(bill.list_price))]
    for line in bill.helped:
        why = words.reason(line.reason, line.label)
        rows += [Row(words.bill_line(line), words.money(-line.amount)), Text(f"  {why}")]
    rows += [Row(words.bill_line(line), words.money(line.amount)) for line in bill.lines if line.is_fee]
    rows += [Text(words.reason(note)) for note in bill.notes]
    return [*rows, Row(_("You pay"), words.money(bill.due), 2, bold=True)]


def _payment(sale: Sale) -> list[Element]:
    paid = sale.payment
    if paid.tender is not Tender.CARD:
        return _tendered(paid.tender, sale.bill.due, paid.given, sale.change, paid.reference)
    return [
        Row(words.tender(paid.tender), words.money(paid.principal + paid.bonus)),
        *_two_parts(paid.principal, paid.bonus),
        Row(_("Balance before"), words.money(sale.balance_before)),
        *_balance_after(paid.principal_after, paid.bonus_after),
    ]


def _tendered(tender: Tender, due: Fen, given: Fen, change: Fen, reference: str) -> list[Element]:
    if tender is Tender.CASH:
        return [
            Row(_("Cash given"), words.money(given)),
            Row(_("Change"), words.money(change), bold=True),
        ]
    noted: list[Element] = [part(_("Reference"), reference)] if reference else []
    return [Row(words.tender(tender), words.money(due)), *noted]


def _gift(top_up: TopUp) -> list[Element]:
    if not top_up.bonus:
        return []
    return [Row(_("Bonus added"), words.money(top_up.bonus)), *([Text(f"  {top_up.offer}")] if top_up.offer else [])]


def _balance_after(principal: Fen, bonus: Fen) -> list[Element]:
    return [Row(_("Balance now"), words.money(principal + bonus), bold=True), *_two_parts(principal, bonus)]


def _two_parts(principal: Fen, bonus: Fen) -> list[Element]:
    """Both parts of card money, always: only the principal is ever paid back (domain.md 2.3)."""
    return [part(_("Principal"), yuan(principal)), part(_("Bonus"), yuan(bonus))]


def _sale_back(sale: Sale) -> list[Element]:
    paid, bill = sale.payment, sale.bill
    helped = [Text(_("The discounts and subsidies of this meal are undone with it."))] if bill.helped else []
    if paid.tender is Tender.CARD:
        back = Row(_("Back on the card"), words.money(paid.principal + paid.bonus), bold=True)
        return [*_items(bill), Rule(), back, *_two_parts(paid.principal, paid.bonus), *helped]
    return [*_items(bill), Rule(), *_handed_back(paid.tender, bill.due), *helped]


def _top_up_back(top_up: TopUp) -> list[Element]:
    return [
        Row(_("Taken off the card"), words.money(top_up.principal + top_up.bonus), bold=True),
        *_two_parts(top_up.principal, top_up.bonus),
        Rule(),
        *_handed_back(top_up.tender, top_up.principal),
    ]


def _handed_back(tender: Tender, amount: Fen) -> list[Element]:
    if tender is Tender.CASH:
        return [Row(_("Cash handed back"), words.money(amount), bold=True), *signature(_("Received by"))]
    return [Row(_("Back by {tender}").format(tender=words.tender(tender)), words.money(amount), bold=True)]
