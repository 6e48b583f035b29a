"""The slip of a card: that it was given out, lost, found, replaced, returned or blocked, and what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos import words
from pos.clock import CHINA
from pos.domain.card_life import CardDeed, CardEvent
from pos.domain.cards import CardUid
from pos.domain.members import Wallet
from pos.domain.money import yuan
from pos.domain.pricing import Tender
from pos.i18n import _
from receipts.roll import Element, Row, Rule, Slip, Text
from receipts.slips_parts import foot, heading, masked, moment, part, signature

if TYPE_CHECKING:
    from datetime import tzinfo

    from pos.domain.canteen import Canteen

_TAIL_DIGITS = 4


def card_slip(
    canteen: Canteen, event: CardEvent, wallet: Wallet, copy: int = 0, asked_by: str = "", tz: tzinfo = CHINA
) -> Slip:
    """What the member takes along; `wallet` is what lies there when the slip is printed."""
    reason = [Row(_("Reason"), event.reason)] if event.reason else []
    return Slip(
        (
            *heading(canteen, _title(event), copy, asked_by),
            Row(_("Time"), moment(event.at_ms, tz)),
            Row(_("Till"), f"{event.till} · {event.staff_name}" if event.till else event.staff_name),
            Row(_("Member"), event.member_name),
            *_numbers(event),
            *reason,
            *_deposit(event),
            Rule(),
            Row(_("Balance"), words.money(wallet.spendable + wallet.held), bold=True),
            part(_("Principal"), yuan(wallet.principal)),
            part(_("Bonus"), yuan(wallet.bonus)),
            *([part(_("Held for reservations"), yuan(wallet.held))] if wallet.held else []),
            Text(_meaning(event)),
            *foot(canteen),
        )
    )


def _title(event: CardEvent) -> str:
    replaced = event.deed is CardDeed.ISSUED and event.other is not None
    return words.card_deed(CardDeed.REPLACED if replaced else event.deed)


def _numbers(event: CardEvent) -> list[Element]:
    if event.deed is CardDeed.ISSUED and event.other:
        return [Row(_("New card"), _masked(event.uid)), Row(_("Old card"), _masked(event.other))]
    return [Row(_("Card"), _masked(event.uid))]


def _masked(uid: CardUid) -> str:
    return masked(uid.printed[-_TAIL_DIGITS:])


def _deposit(event: CardEvent) -> list[Element]:
    if event.entry_id is None or event.tender is None:
        return []
    if event.deposit < 0:
        title = _("Deposit paid back ({tender})").format(tender=words.tender(event.tender))
        signed = signature(_("Received by")) if event.tender is Tender.CASH else []
        return [Rule(), Row(title, words.money(-event.deposit), bold=True), *signed]
    title = _("Deposit ({tender})").format(tender=words.tender(event.tender))
    return [Rule(), Row(title, words.money(event.deposit), bold=True), Text(_("It is paid back when the card comes back."))]


def _meaning(event: CardEvent) -> str:
    """What the deed means for the money, in one sentence."""
    if event.deed is CardDeed.ISSUED:
        return _("The old card is refused from now on.") if event.other else _("Report a lost card at once.")
    if event.deed is CardDeed.FOUND:
        return _("The card can be used again.")
    return _("The card is refused from now on; the money stays yours.")
